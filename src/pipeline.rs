//! Floor 11: the whole journey. [`check`] reads and checks a playbook; [`make`] makes the files of one edition, [`build`] publishes them whole or not at all.

mod accept;
mod codes;
pub mod history;
mod levels;
mod look;
mod sink;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use rayon::prelude::*;

use crate::data::{self, DataFiles, Wanted};
use crate::directive::{self, Directives};
use crate::edition;
use crate::finding::{Code, Finding, Language, Level, Reported};
use crate::insight::{self, Book};
use crate::leak::LeakScan;
use crate::lint;
use crate::locale::Locale;
use crate::model::{Playbook, Readership, Resolved, Value};
use crate::output::{OutputError, Published, Staging};
use crate::picture::{self, Flaw};
use crate::pictures::{self, Pictures};
use crate::plates::{self, Plates};
use crate::read::{self, Files};
use crate::relations::Graph;
use crate::report;
use crate::resolve;
use crate::series::Habits;
use crate::site::view::{ChartView, KpisView, MenuView, PartsView};
use crate::site::{self, Asked, Drawn, Fragments, Menu, PlannedPage, Planner, Subject};
use crate::text::{FilePath, PagePath, Place, SourceId, Sources};
use crate::theme::{self, Theme, ThemeFile, shared};
use crate::words;
use crate::world::{Date, World};

pub use accept::Gaps;
pub use codes::codes;
use history::History;
pub use look::{Look, look};
pub use sink::{MakePage, Sink};

static ACTIVE_PICTURE: Code =
    Code { id: "P215", name: "active_picture", level: Level::Warning, since: "0.1.0" };
static KINDS_IN_DOUBT: Code =
    Code { id: "P123", name: "kinds_in_doubt", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[
    &ACTIVE_PICTURE,
    &KINDS_IN_DOUBT,
    &levels::UNKNOWN_LEVEL,
    &levels::LEVEL_OF_UNKNOWN_CODE,
    &accept::UNKNOWN_CODE,
    &accept::NEEDLESS,
    &history::HISTORY_NOT_READ,
    &history::UNKNOWN_REVISION,
];

/// A playbook that was read and checked, ready to make editions of.
#[derive(Debug)]
pub struct Checked {
    /// All entities, links resolved.
    pub playbook: Playbook<Resolved>,
    /// All relations.
    pub graph: Graph,
    /// All charts.
    pub plates: Plates,
    /// All blocks that show a part of the playbook.
    pub directives: Directives,
    /// All pictures.
    pub pictures: Pictures,
    /// The files of the folder.
    pub files: Files,
    /// The texts, for findings.
    pub sources: Sources,
    /// Theme files of the playbook.
    pub theme: Vec<ThemeFile>,
    /// Language tag of the site.
    pub language: String,
    /// What was found so far, with the levels of the settings.
    pub findings: Vec<Finding>,
    /// How many gaps are accepted on purpose.
    pub gaps: Gaps,
    /// The day for which everything is worked out.
    pub today: Date,
    /// What the repository tells.
    pub history: History,
}

/// Reads and checks a playbook.
pub fn check(world: &dyn World) -> Checked {
    check_since(world, None)
}

/// [`check`], with the time since which changes are told, when the command line names one.
pub fn check_since(world: &dyn World, since: Option<&str>) -> Checked {
    let mut findings = Vec::new();
    let draft = read::read(world).into(&mut findings);
    let mut sources = draft.sources;
    let playbook = resolve::resolve(draft.playbook, &draft.files).into(&mut findings);
    let today = match playbook.setting("today").map(|item| &item.value) {
        Some(Value::Date(day)) if !world.is_today_given() => *day,
        _ => world.today(),
    };
    let graph = Graph::of(&playbook.kinds, playbook.entities.iter().map(Some));
    let habits = Habits::of(&draft.language);
    let sketches = plates::sketch(&playbook, habits).into(&mut findings);
    let wanted = Wanted {
        names: plates::named_files(&playbook, &sketches),
        wishes: data::wishes(&playbook, &draft.files, &mut findings),
        counts: !insight::exports_of_channels(&playbook).is_empty(),
        breaks: insight::breaks_of_series(&playbook),
    };
    let data = DataFiles::load(world, &draft.files, wanted, habits, &mut sources, &mut findings);
    let tables = data.tables(&sources, &mut findings);
    let plates = plates::prepare(&playbook, sketches, &tables, &sources, habits, today).into(&mut findings);
    let book = Book::whole(&playbook, &graph, &plates, today);
    let directives = directive::read(&playbook, book).into(&mut findings);
    findings.extend(lint::lint(book));
    let history = History::read(world, &playbook, since, &mut findings);
    let pictures = pictures::read(world, &playbook).into(&mut findings);
    let theme = draft.theme.into_iter().map(|(path, source)| ThemeFile {
        path: path.as_str().to_owned(),
        source,
        text: sources.source(source).map(|source| source.text.clone()).unwrap_or_default(),
    });
    let theme = theme.collect();
    let doubt = kinds_in_doubt(&findings, &sources);
    findings.extend(doubt);
    soften(&playbook, draft.has_settings, &mut findings);
    let known = codes(&playbook.kinds);
    let gaps = accept::accept(Book::whole(&playbook, &graph, &plates, today), &known, &mut findings);
    levels::doubt(&playbook, &known, &mut findings);
    levels::apply(&playbook, &mut findings);
    report::sort(&mut findings, &sources);
    Checked {
        playbook,
        graph,
        plates,
        directives,
        pictures,
        files: draft.files,
        sources,
        theme,
        language: draft.language,
        findings,
        gaps,
        today,
        history,
    }
}

/// Secrets, contact data, leaks, and kinds that do not say who sees what: no setting changes their level, and a site that has them is not published.
pub fn protects_people(finding: &Finding) -> bool {
    matches!(finding.code.id, "P106" | "P123" | "P702" | "P790")
}

/// Whether a site with this finding is never published: it endangers people, or there is nothing to publish.
pub fn withholds(finding: &Finding) -> bool {
    protects_people(finding) || finding.code.id == "P006"
}

/// Kind files say who sees what. While one of them cannot be read as it was meant, a page for staff may look like any article.
fn kinds_in_doubt(findings: &[Finding], sources: &Sources) -> Option<Finding> {
    let span = findings.iter().filter(|finding| finding.level == Level::Error).find_map(|finding| {
        let Place::Span(span) = &finding.place else { return None };
        sources.source(span.source).is_some_and(|source| read::is_kind_file(&source.path)).then_some(*span)
    })?;
    Some(
        Finding::new(
            &KINDS_IN_DOUBT,
            span,
            words!(
                "nothing is published while a kind file has errors",
                "no se publica nada mientras un archivo de tipos tenga errores"
            ),
        )
        .why(words!(
            "kind files say who sees what: without them a page for staff could appear in the public edition",
            "los archivos de tipos dicen quién ve qué: sin ellos, una página del equipo podría salir en la edición pública"
        ))
        .help(words!("mend the errors of this file", "corrige los errores de este archivo")),
    )
}

/// An article may come from elsewhere, and a folder without settings promised nothing: there nothing is worse than a warning.
fn soften(playbook: &Playbook<Resolved>, has_settings: bool, findings: &mut [Finding]) {
    let article = playbook.kinds.named("article").map(|kind| kind.id);
    let articles: BTreeSet<SourceId> = playbook
        .entities
        .iter()
        .chain(&playbook.welcome)
        .filter(|entity| Some(entity.kind) == article)
        .map(|entity| entity.source)
        .collect();
    for finding in findings {
        let in_article = matches!(&finding.place, Place::Span(span) if articles.contains(&span.source));
        if (in_article || !has_settings)
            && finding.code.id != "P006"
            && !protects_people(finding)
            && finding.code.id != "P110"
        {
            finding.level = finding.level.max(Level::Warning);
        }
    }
}

/// Brings findings of several stages into the order and with the levels in which they are told.
pub fn finish(checked: &Checked, findings: &mut Vec<Finding>) {
    levels::apply(&checked.playbook, findings);
    report::sort(findings, &checked.sources);
    findings.dedup();
}

/// What one edition became.
#[derive(Debug)]
pub struct Built {
    /// For whom.
    pub readership: Readership,
    /// Its title.
    pub title: String,
    /// Number of pages.
    pub pages: usize,
    /// Findings of this edition (hidden references, templates, leaks).
    pub findings: Vec<Finding>,
    /// What the writing did; `None` when the site was withheld.
    pub published: Option<Published>,
}

/// Makes one edition and publishes it, unless `withhold` says of its findings that it must not be published.
///
/// # Errors
/// When the outside fails: the folder is refused, the disk is full. The site that was there is then unchanged.
pub fn build(
    checked: &Checked,
    world: &dyn World,
    readership: Readership,
    staging: Staging,
    withhold: &dyn Fn(&[Finding]) -> bool,
) -> Result<Built, OutputError> {
    let Made { title, pages, findings } = make(checked, world, readership, &staging)?;
    let published = if withhold(&findings) { None } else { Some(staging.publish()?) };
    Ok(Built { readership, title, pages, findings, published })
}

/// What the making of an edition gave besides its files.
#[derive(Debug)]
pub struct Made {
    /// The title of the site.
    pub title: String,
    /// Number of pages.
    pub pages: usize,
    /// Findings of this edition (hidden references, templates, leaks).
    pub findings: Vec<Finding>,
}

/// Makes all files of one edition and gives them to the sink.
///
/// # Errors
/// When the sink takes a file not.
pub fn make<S: Sink>(
    checked: &Checked,
    world: &dyn World,
    readership: Readership,
    sink: &S,
) -> Result<Made, S::Refused> {
    let mut findings = Vec::new();
    let edition = edition::restrict(&checked.playbook, &checked.graph, &checked.sources, readership)
        .into(&mut findings);
    let locale = locale(checked);
    let Look { theme, logo } = look(checked, world, &mut findings);
    let scan = LeakScan::of(&edition, locale.words().values(), &mut findings);
    let words = shared(locale.words()).into(&mut findings);
    let fragments = ThemeFragments { theme: &theme, words: &words, findings: Mutex::new(Vec::new()) };
    let told = checked.history.told(checked, &edition, checked.today);
    let asked = Asked {
        told: &told,
        plates: &checked.plates,
        directives: &checked.directives,
        pictures: &checked.pictures,
        copies: S::COPIES,
    };
    let planner = Planner::new(&edition, &locale, asked, &fragments, checked.today);
    let head = planner.head();
    let site = shared(&head).into(&mut findings);
    let pages = planner.pages();

    // What pages load comes first: a preview shows a page before the others are made.
    for asset in theme.assets() {
        sink.put(&PagePath::new(asset.path.as_str()), &asset.bytes)?;
    }
    let write = |page: &PlannedPage| -> Result<Vec<Finding>, S::Refused> {
        let (head, view) = planner.page(page);
        let Reported { value: mut html, mut findings } = theme.render(&head, &site, &words, &view);
        if page.subject == Subject::NotFound
            && let Some(root) = planner.absolute_root()
        {
            html = theme::rooted(&html, &root);
        }
        findings.extend(scan.check(&page.path, html.as_bytes()));
        sink.put(&page.path, html.as_bytes())?;
        if let Some((path, text)) = planner.twin(page, &head, &view) {
            findings.extend(scan.check(&path, text.as_bytes()));
            sink.put(&path, text.as_bytes())?;
        }
        Ok(findings)
    };
    findings.extend(sink.pages(&pages, &write)?);
    let redirects = planner.redirects().into(&mut findings);
    for redirect in &redirects {
        let view = planner.redirect_view(redirect);
        let html = theme.fragment("fragments/redirect.html", &view, &site, &words).into(&mut findings);
        findings.extend(scan.check(&redirect.from, html.as_bytes()));
        sink.put(&redirect.from, html.as_bytes())?;
    }
    let model = planner.model();
    let published = site::published(&[&planner], &redirects, theme::POLICY);
    let made = planner.generated().into_iter().chain(model).chain(planner.search_index());
    for (path, bytes) in made.chain(published) {
        findings.extend(scan.check(&path, &bytes));
        sink.put(&path, &bytes)?;
    }
    if S::LAST {
        for Drawn { path, bytes, words } in site::drawn(&[&planner]) {
            findings.extend(scan.check(&path, words.as_bytes()));
            sink.put(&path, &bytes)?;
        }
    }
    let logo = logo.map(|file| (file.clone(), site::address_of(&file)));
    let files: BTreeMap<FilePath, PagePath> = planner.files().into_iter().chain(logo).collect();
    let files: Vec<(FilePath, PagePath)> = files.into_iter().collect();
    let copied = files.par_iter().map(|(file, path)| copy(world, file, path, &scan, sink));
    findings.extend(copied.collect::<Result<Vec<_>, _>>()?.into_iter().flatten());
    let narrowed = planner.copies();
    let narrowed = narrowed.par_iter().map(|(file, paths)| narrow(checked, world, file, paths, sink));
    findings.extend(narrowed.collect::<Result<Vec<_>, _>>()?.into_iter().flatten());
    findings.append(&mut fragments.findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    finish(checked, &mut findings);
    let pages = pages.len();
    if S::LAST {
        std::mem::forget(planner);
        std::mem::forget(edition);
    }
    Ok(Made { title: head.title, pages, findings })
}

/// The locale of the site, with the playbook's own words over those of the theme.
pub fn locale(checked: &Checked) -> Locale {
    let tag = checked.language.as_str();
    let mut words = theme::words(tag);
    for file in &checked.theme {
        if file.path == format!("words/{tag}.yaml") {
            let node = crate::syntax::yaml::parse(&file.text, file.source, 0, &mut Vec::new());
            for entry in node.iter().flat_map(|node| node.entries()) {
                if let Some(text) = entry.value.text() {
                    words.insert(entry.key.value.clone(), text.to_owned());
                }
            }
        }
    }
    Locale::new(tag, words)
}

/// The language of messages about a playbook.
pub fn language(checked: &Checked) -> Language {
    Language::of(&checked.language)
}

/// Puts the smaller copies of a picture. Those of the site before serve again: making one takes longer than a hundred pages.
fn narrow<S: Sink>(
    checked: &Checked,
    world: &dyn World,
    file: &FilePath,
    paths: &[PagePath],
    sink: &S,
) -> Result<Option<Finding>, S::Refused> {
    if sink.take_over(paths)? {
        return Ok(None);
    }
    if let Ok(copies) = checked.pictures.copies(world, file) {
        paths.iter().zip(copies.iter()).try_for_each(|(path, bytes)| sink.put(path, bytes))?;
        return Ok(None);
    }
    // Its head was whole and the rest is not: browsers show what there is of it.
    let whole = world.read(file).unwrap_or_default();
    let clean = match picture::look(&whole) {
        Some(Ok(facts)) => picture::clean(&whole, &facts).unwrap_or_default(),
        _ => Cow::Borrowed(&[][..]),
    };
    paths.iter().try_for_each(|path| sink.put(path, &clean))?;
    Ok(Some(pictures::damaged(file)))
}

/// Copies a file of the playbook. A drawing that could run a script is left out; of a picture nothing is published but the picture.
fn copy<S: Sink>(
    world: &dyn World,
    file: &FilePath,
    path: &PagePath,
    scan: &LeakScan,
    sink: &S,
) -> Result<Option<Finding>, S::Refused> {
    let Ok(bytes) = world.read(file) else {
        // It was there when the folder was listed; its absence is told like any file that cannot be read.
        return Ok(Some(gone(file)));
    };
    if file.has_extension(&["svg"]) && is_active(&bytes) {
        return Ok(Some(
            Finding::new(
                &ACTIVE_PICTURE,
                Place::File(file.clone()),
                words!(
                    "the drawing can run a script and is not published",
                    "el dibujo puede ejecutar un script y no se publica"
                ),
            )
            .help(words!("save it again as plain SVG", "guárdalo de nuevo como SVG simple")),
        ));
    }
    let bytes = match picture::look(&bytes) {
        Some(Ok(facts)) => match picture::clean(&bytes, &facts) {
            Ok(clean) => clean,
            // Told when the playbook was checked.
            Err(_) => return Ok(None),
        },
        Some(Err(Flaw::Unshown(_))) | None => Cow::Borrowed(bytes.as_slice()),
        Some(Err(_)) => return Ok(None),
    };
    sink.put(path, &bytes)?;
    Ok(scan.check(path, &bytes))
}

fn gone(file: &FilePath) -> Finding {
    Finding::new(
        &ACTIVE_PICTURE,
        Place::File(file.clone()),
        words!("the file disappeared while it was read", "el archivo desapareció mientras se leía"),
    )
}

/// Whether an SVG holds anything that a browser would run or load.
fn is_active(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let handler = text
        .split(|character: char| character.is_ascii_whitespace() || matches!(character, '"' | '\'' | '/'))
        .any(|word| {
            word.strip_prefix("on").is_some_and(|rest| {
                rest.split_once('=').is_some_and(|(name, _)| {
                    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
                })
            })
        });
    let words =
        ["<script", "javascript:", "<foreignobject", "<iframe", "<!entity", "<animate", "<set", "data:text"];
    handler || words.iter().any(|word| text.contains(word))
}

/// The theme as the planner needs it.
struct ThemeFragments<'a> {
    theme: &'a Theme,
    words: &'a theme::Shared,
    findings: Mutex<Vec<Finding>>,
}

impl ThemeFragments<'_> {
    fn keep<T>(&self, reported: Reported<T>) -> T {
        let mut findings = self.findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        findings.extend(reported.findings);
        reported.value
    }
}

impl Fragments for ThemeFragments<'_> {
    fn chart(&self, view: &ChartView) -> String {
        self.keep(self.theme.fragment("fragments/chart.html", view, &theme::Shared::none(), self.words))
    }

    fn kpis(&self, view: &KpisView) -> String {
        self.keep(self.theme.fragment("fragments/kpis.html", view, &theme::Shared::none(), self.words))
    }

    fn parts(&self, view: &PartsView) -> String {
        self.keep(self.theme.fragment("fragments/parts.html", view, &theme::Shared::none(), self.words))
    }

    fn menu(&self, view: &MenuView) -> Box<dyn Menu> {
        Box::new(self.keep(self.theme.menu(view, &theme::Shared::none(), self.words)))
    }
}

impl Menu for theme::Menu {
    fn with_current(&self, url: &str) -> String {
        theme::Menu::with_current(self, url)
    }
}
