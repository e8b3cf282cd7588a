//! A change becomes a site on the stage: read, check, make in memory, tell. One at a time; a newer change ends the making of an older one.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::finding::{Finding, Language, Level};
use crate::model::Readership;
use crate::pipeline::{self, Checked};
use crate::report::{Report, Told, summary};
use crate::text::Sources;
use crate::world::DiskWorld;

use super::notice::{Notice, Stale};
use super::sink::{Memory, Superseded};
use super::stage::Stage;
use super::watch::{Waited, Watch};

/// Opens the playbook anew: the date may be another one.
pub type Open = dyn Fn() -> io::Result<DiskWorld> + Send;

/// Something for the terminal.
pub enum Said<'a> {
    /// A site was made, or withheld.
    Made(Round<'a>),
    /// The folder is gone.
    Gone,
    /// The disk is looked at in intervals, because of this.
    Polls(&'a str),
    /// The program met a fault of its own and goes on.
    Fault,
}

/// One change and what became of it.
pub struct Round<'a> {
    /// The first place that changed, below the root.
    pub changed: Option<String>,
    /// Number of pages; `None` when the last good site is still shown.
    pub pages: Option<usize>,
    /// From the change until the new site was served.
    pub took: Duration,
    /// Everything that was found.
    pub findings: &'a [Finding],
    /// The texts of the findings.
    pub sources: &'a Sources,
    /// The language of the findings.
    pub language: Language,
}

/// What was found while pages were made. It is told again at once with the next change, so that nothing flickers.
#[derive(Default)]
struct Late {
    told: Vec<Told>,
    findings: Vec<Finding>,
}

/// What makes sites.
pub struct Work {
    pub open: Box<Open>,
    pub readership: Readership,
    /// The language that was asked for; else that of the playbook.
    pub language: Option<Language>,
    /// Whether the disk is to be looked at in intervals.
    pub poll: bool,
    pub stage: Arc<Stage>,
    pub say: Box<dyn Fn(Said<'_>) + Send>,
}

impl Work {
    /// Works for ever.
    pub fn run(self, world: DiskWorld) {
        let changed = Arc::new(AtomicBool::new(false));
        let mut late = Late::default();
        let mut world = Some(world);
        loop {
            let Some(known) = world.take() else {
                std::thread::sleep(Duration::from_millis(500));
                world = (self.open)().ok();
                continue;
            };
            let told = if self.poll { None } else { Some(Watch::told(&known, &changed)) };
            let mut watch = match told {
                Some(Ok(watch)) => watch,
                Some(Err(error)) => {
                    (self.say)(Said::Polls(&error.to_string()));
                    Watch::looked(&known)
                }
                None => Watch::looked(&known),
            };
            self.round(&known, None, Instant::now(), &changed, &mut late);
            loop {
                match watch.wait() {
                    Waited::Changed(place, since) => {
                        let place = place.map(|place| place.display().to_string());
                        match (self.open)() {
                            Ok(world) => self.round(&world, place, since, &changed, &mut late),
                            Err(_) => break,
                        }
                    }
                    Waited::Nothing => {}
                    Waited::Moved => break,
                }
            }
            world = (self.open)().ok();
            if world.is_none() {
                self.gone();
            }
        }
    }

    fn gone(&self) {
        let language = self.language.unwrap_or(self.stage.notice().language);
        self.stage.abandon();
        let stale = Some((Stale::Folder, !self.stage.is_empty()));
        self.stage.tell(Notice::new(&[], &summary(&[], language), self.readership, language, stale));
        (self.say)(Said::Gone);
    }

    /// One round; a fault of the program ends the round and nothing else.
    fn round(
        &self,
        world: &DiskWorld,
        place: Option<String>,
        since: Instant,
        changed: &AtomicBool,
        late: &mut Late,
    ) {
        changed.store(false, Ordering::Relaxed);
        let made = catch_unwind(AssertUnwindSafe(|| self.make(world, place, since, changed, late)));
        if made.is_err() {
            self.stage.abandon();
            let language = self.language.unwrap_or(self.stage.notice().language);
            let stale = Some((Stale::Fault, !self.stage.is_empty()));
            self.stage.tell(Notice::new(&[], &summary(&[], language), self.readership, language, stale));
            (self.say)(Said::Fault);
        }
    }

    fn make(
        &self,
        world: &DiskWorld,
        place: Option<String>,
        since: Instant,
        changed: &AtomicBool,
        late: &mut Late,
    ) {
        let checked = pipeline::check(world);
        if changed.load(Ordering::Relaxed) {
            return;
        }
        let language = self.language.unwrap_or_else(|| pipeline::language(&checked));
        let told = Report::new(&checked.findings, &checked.sources, language).told_in_pieces();
        if checked.findings.iter().any(pipeline::withholds) {
            self.stage.abandon();
            let mut findings = checked.findings.clone();
            pipeline::finish(&checked, &mut findings);
            self.tell(&told, &findings, language, Some(Stale::Withheld));
            self.say(place, None, since.elapsed(), &findings, &checked, language);
            return;
        }
        self.stage.begin();
        let known: Vec<Told> = told.iter().chain(&late.told).cloned().collect();
        let counted: Vec<Finding> = checked.findings.iter().chain(&late.findings).cloned().collect();
        self.tell(&known, &counted, language, None);
        let sink = Memory { stage: &self.stage, changed, begun: std::sync::OnceLock::new() };
        let made = match pipeline::make(&checked, world, self.readership, &sink) {
            Ok(made) => made,
            // The next round is about to begin.
            Err(Superseded) => return self.stage.interrupt(),
        };
        let took = sink.begun.get().map_or_else(|| since.elapsed(), |begun| begun.duration_since(since));
        let mut findings = checked.findings.clone();
        late.findings.clone_from(&made.findings);
        findings.extend(made.findings);
        pipeline::finish(&checked, &mut findings);
        let all = Report::new(&findings, &checked.sources, language).told_in_pieces();
        late.told = all.iter().filter(|one| !told.contains(one)).cloned().collect();
        if findings.iter().any(pipeline::withholds) {
            self.stage.abandon();
            self.tell(&all, &findings, language, Some(Stale::Withheld));
            self.say(place, None, since.elapsed(), &findings, &checked, language);
        } else {
            self.stage.complete(findings.iter().any(|finding| finding.level == Level::Error));
            self.tell(&all, &findings, language, None);
            self.say(place, Some(made.pages), took, &findings, &checked, language);
        }
    }

    fn tell(&self, told: &[Told], findings: &[Finding], language: Language, stale: Option<Stale>) {
        let stale = stale.map(|stale| (stale, !self.stage.is_empty()));
        self.stage.tell(Notice::new(told, &summary(findings, language), self.readership, language, stale));
    }

    fn say(
        &self,
        changed: Option<String>,
        pages: Option<usize>,
        took: Duration,
        findings: &[Finding],
        checked: &Checked,
        language: Language,
    ) {
        let sources = &checked.sources;
        (self.say)(Said::Made(Round { changed, pages, took, findings, sources, language }));
    }
}
