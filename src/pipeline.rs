//! Floor 11: the whole journey. [`check`] reads and checks a playbook; [`make`] makes the files of one edition, [`build`] publishes them whole or not at all.

mod accept;
mod codes;
pub mod history;
mod levels;
mod look;
mod sink;
mod unread;

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
use crate::model::{Playbook, Readership, Resolved, Value, Version};
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
use crate::site::{self, Asked, Drawn, Fragments, Ground, Menu, PlannedPage, Planner, Subject, Told};
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

/// A language whose words the theme does not have whole.
static INCOMPLETE_WORDS: Code =
    Code { id: "P907", name: "incomplete_words", level: Level::Note, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[
    &unread::NOT_READ,
    &INCOMPLETE_WORDS,
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
    /// Language tag of the site; the main one where there are several.
    pub language: String,
    /// The playbook in its further languages, in their order.
    pub tongues: Vec<Tongue>,
    /// What was found so far, with the levels of the settings.
    pub findings: Vec<Finding>,
    /// How many gaps are accepted on purpose.
    pub gaps: Gaps,
    /// The day for which everything is worked out.
    pub today: Date,
    /// What the repository tells.
    pub history: History,
}

/// The playbook in a further language, with what its texts ask for.
#[derive(Debug)]
pub struct Tongue {
    /// Language tag.
    pub language: String,
    /// All entities, with the texts that are translated.
    pub playbook: Playbook<Resolved>,
    /// All relations, with what they are for in this language.
    pub graph: Graph,
    /// All charts.
    pub plates: Plates,
    /// All blocks that show a part of the playbook.
    pub directives: Directives,
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
    let mut names = plates::named_files(&playbook, &sketches);
    let further: Vec<_> = playbook
        .versions
        .iter()
        .map(|version| {
            let playbook = playbook.within(version);
            let sketches = plates::sketch(&playbook, habits).into_translated(version, &mut findings);
            names.extend(plates::named_files(&playbook, &sketches));
            (playbook, sketches)
        })
        .collect();
    let asked_for = names.clone();
    let wanted = Wanted {
        names,
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
    let versions = playbook.versions.iter().zip(further);
    let tongues = versions.map(|(version, (playbook, sketches))| {
        let graph = Graph::of(&playbook.kinds, playbook.entities.iter().map(Some));
        let plates = plates::prepare(&playbook, sketches, &tables, &sources, habits, world.today())
            .into_translated(version, &mut findings);
        let book = Book::whole(&playbook, &graph, &plates, world.today());
        let directives = directive::read(&playbook, book).into_translated(version, &mut findings);
        Tongue { language: version.translated.language.clone(), playbook, graph, plates, directives }
    });
    let tongues: Vec<Tongue> = tongues.collect();
    let in_all: Vec<&Playbook<Resolved>> =
        std::iter::once(&playbook).chain(tongues.iter().map(|tongue| &tongue.playbook)).collect();
    let pictures = pictures::read(world, &in_all).into(&mut findings);
    if draft.has_settings {
        unread::tell(&in_all, &draft.files, &asked_for, &mut findings);
    }
    let theme = draft.theme.into_iter().map(|(path, source)| ThemeFile {
        path: path.as_str().to_owned(),
        source,
        text: sources.source(source).map(|source| source.text.clone()).unwrap_or_default(),
    });
    let theme: Vec<ThemeFile> = theme.collect();
    let languages = std::iter::once(draft.language.as_str());
    let languages = languages.chain(tongues.iter().map(|tongue: &Tongue| tongue.language.as_str()));
    findings.extend(languages.filter_map(|language| incomplete_words(&theme, language, &playbook)));
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
        tongues,
        findings,
        gaps,
        today,
        history,
    }
}

/// What a stage has to say of a playbook in a further language.
trait IntoTranslated<T> {
    /// The value; of the findings those in the files of that language, since of everything else they were told in the main one.
    fn into_translated(self, version: &Version<Resolved>, findings: &mut Vec<Finding>) -> T;
}

impl<T> IntoTranslated<T> for Reported<T> {
    fn into_translated(self, version: &Version<Resolved>, findings: &mut Vec<Finding>) -> T {
        let sources = &version.translated.sources;
        let is_own = |place: &Place| matches!(place, Place::Span(span) if sources.contains(&span.source));
        findings.extend(self.findings.into_iter().filter(|finding| is_own(&finding.place)));
        self.value
    }
}

impl Checked {
    /// The languages of the site, the main one first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let further = self.tongues.iter().map(|tongue| tongue.language.as_str());
        std::iter::once(self.language.as_str()).chain(further)
    }

    /// The playbook in every language, with its relations, the main one first.
    pub fn playbooks(&self) -> Vec<(&Playbook<Resolved>, &Graph)> {
        let further = self.tongues.iter().map(|tongue| (&tongue.playbook, &tongue.graph));
        std::iter::once((&self.playbook, &self.graph)).chain(further).collect()
    }

    /// What the texts in every language ask for, the main one first.
    fn asked<'a>(&'a self, told: &'a Told, copies: bool) -> Vec<Asked<'a>> {
        let asked = |plates, directives| Asked { told, plates, directives, pictures: &self.pictures, copies };
        let further = self.tongues.iter().map(|tongue| asked(&tongue.plates, &tongue.directives));
        std::iter::once(asked(&self.plates, &self.directives)).chain(further).collect()
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
    let mut editions =
        edition::restrict_all(&checked.playbooks(), &checked.sources, readership).into(&mut findings);
    let locales: Vec<Locale> = checked.languages().map(|language| locale(checked, language)).collect();
    for (edition, locale) in editions.iter_mut().zip(&locales) {
        if let Some(kinds) = edition.kinds().in_words(locale.words()) {
            edition.rename(kinds);
        }
    }
    let Some(edition) = editions.first() else {
        return Ok(Made { title: String::new(), pages: 0, findings });
    };
    let Look { theme, logo } = look(checked, world, &mut findings);
    let interface = locales.iter().flat_map(|locale| locale.words().values());
    let scan = LeakScan::of(&editions, &checked.sources, interface, &mut findings);
    let words: Vec<theme::Shared> =
        locales.iter().map(|locale| shared(locale.words()).into(&mut findings)).collect();
    let fragments: Vec<ThemeFragments<'_>> = words
        .iter()
        .map(|words| ThemeFragments { theme: &theme, words, findings: Mutex::new(Vec::new()) })
        .collect();
    let told = checked.history.told(checked, edition, checked.today);
    let grounds = Ground::of(checked.languages());
    let planners: Vec<Planner<'_>> = editions
        .iter()
        .zip(&locales)
        .zip(checked.asked(&told, S::COPIES))
        .zip(&fragments)
        .zip(&grounds)
        .map(|((((edition, locale), asked), fragments), ground)| {
            Planner::new(edition, locale, asked, fragments, checked.today, ground)
        })
        .collect();
    let heads: Vec<_> = planners.iter().map(Planner::head).collect();
    let sites: Vec<theme::Shared> = heads.iter().map(|head| shared(head).into(&mut findings)).collect();
    let pages: Vec<PlannedPage> = planners.iter().flat_map(Planner::pages).collect();

    // What pages load comes first: a preview shows a page before the others are made.
    for asset in theme.assets() {
        sink.put(&PagePath::new(asset.path.as_str()), &asset.bytes)?;
    }
    let write = |page: &PlannedPage| -> Result<Vec<Finding>, S::Refused> {
        let of_language = (planners.get(page.language), sites.get(page.language), words.get(page.language));
        let (Some(planner), Some(site), Some(words)) = of_language else { return Ok(Vec::new()) };
        let (mut head, view) = planner.page(page);
        head.languages = site::ways(&planners, page);
        let Reported { value: mut html, mut findings } = theme.render(&head, site, words, &view);
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
    let mut redirects = Vec::new();
    for ((planner, site), words) in planners.iter().zip(&sites).zip(&words) {
        for redirect in planner.redirects().into(&mut findings) {
            let view = planner.redirect_view(&redirect);
            let html = theme.fragment("fragments/redirect.html", &view, site, words).into(&mut findings);
            findings.extend(scan.check(&redirect.from, html.as_bytes()));
            sink.put(&redirect.from, html.as_bytes())?;
            redirects.push(redirect);
        }
    }
    let mut files: BTreeMap<FilePath, PagePath> = BTreeMap::new();
    for planner in &planners {
        let model = planner.model();
        for (path, bytes) in planner.generated().into_iter().chain(model).chain(planner.search_index()) {
            findings.extend(scan.check(&path, &bytes));
            sink.put(&path, &bytes)?;
        }
        files.extend(planner.files());
    }
    let all: Vec<&Planner<'_>> = planners.iter().collect();
    for (path, bytes) in site::published(&all, &redirects, theme::POLICY) {
        findings.extend(scan.check(&path, &bytes));
        sink.put(&path, &bytes)?;
    }
    if S::LAST {
        for Drawn { path, bytes, words } in site::drawn(&all) {
            findings.extend(scan.check(&path, words.as_bytes()));
            sink.put(&path, &bytes)?;
        }
    }
    files.extend(logo.map(|file| (file.clone(), site::address_of(&file))));
    let files: Vec<(FilePath, PagePath)> = files.into_iter().collect();
    let copied = files.par_iter().map(|(file, path)| copy(world, file, path, &scan, sink));
    findings.extend(copied.collect::<Result<Vec<_>, _>>()?.into_iter().flatten());
    let narrowed: BTreeMap<FilePath, Vec<PagePath>> = planners.iter().flat_map(Planner::copies).collect();
    let narrowed = narrowed.par_iter().map(|(file, paths)| narrow(checked, world, file, paths, sink));
    findings.extend(narrowed.collect::<Result<Vec<_>, _>>()?.into_iter().flatten());
    for fragments in &fragments {
        findings.append(&mut fragments.findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
    finish(checked, &mut findings);
    let pages = pages.len();
    if S::LAST {
        std::mem::forget(planners);
        std::mem::forget(editions);
    }
    let title = heads.into_iter().next().map(|head| head.title).unwrap_or_default();
    Ok(Made { title, pages, findings })
}

/// A locale of the site, with the playbook's own words over those of the theme.
pub fn locale(checked: &Checked, tag: &str) -> Locale {
    Locale::new(tag, words_of(&checked.theme, tag))
}

/// The words of a language: the playbook's own over those of the theme, and what both lack from the language to which they fall back.
fn words_of(files: &[ThemeFile], tag: &str) -> BTreeMap<String, String> {
    let own = own_words(files, tag);
    let back = own.get(theme::FALLS_BACK_TO).filter(|_| theme::own_words(tag).is_none());
    let mut words = theme::words(back.map_or(tag, String::as_str));
    words.extend(own);
    words
}

/// `theme/words/TAG.yaml` of a playbook.
fn own_words(files: &[ThemeFile], tag: &str) -> BTreeMap<String, String> {
    let name = format!("words/{tag}.yaml");
    let mut words = BTreeMap::new();
    for file in files.iter().filter(|file| file.path == name) {
        let node = crate::syntax::yaml::parse(&file.text, file.source, 0, &mut Vec::new());
        for entry in node.iter().flat_map(|node| node.entries()) {
            if let Some(text) = entry.value.text() {
                words.insert(entry.key.value.clone(), text.to_owned());
            }
        }
    }
    words
}

/// Notes languages whose words are not complete.
fn incomplete_words(files: &[ThemeFile], language: &str, playbook: &Playbook<Resolved>) -> Option<Finding> {
    let complete = theme::words("en");
    let mut own = theme::own_words(language).unwrap_or_default();
    own.extend(own_words(files, language));
    let (all, known) = (complete.len(), complete.keys().filter(|key| own.contains_key(*key)).count());
    if known == all {
        return None;
    }
    let share = known * 100 / all.max(1);
    let setting = playbook.setting("languages").or_else(|| playbook.setting("language"));
    let place = setting.map_or(Place::Run, |item| Place::Span(item.span));
    let back = own.get(theme::FALLS_BACK_TO).map_or("en", String::as_str);
    Some(
        Finding::new(
            &INCOMPLETE_WORDS,
            place,
            words!(
                "the theme has {share} % of the words of the site in `{language}`",
                "el tema tiene un {share} % de las palabras del sitio en `{language}`"
            ),
        )
        .why(words!("the others appear in `{back}`", "las demás aparecen en `{back}`"))
        .help(words!(
            "translate those that you need in `theme/words/{language}.yaml`",
            "traduce las que necesites en `theme/words/{language}.yaml`"
        )),
    )
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
    scan: &LeakScan<'_>,
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
