//! Floor 9: page → bytes by templates. The engine of the theme; what a template gets is said in [`crate::site::view`].
//!
//! 1. [`Theme::load`] puts the playbook's templates and styles over the embedded ones and says what does not work.
//! 2. [`Theme::assets`] gives the style sheets and scripts, each named by its content.
//! 3. [`Theme::menu`] renders the navigation once a folder; [`Menu::with_current`] marks a page in it.
//! 4. [`Theme::render`] makes a page. Templates see neither files nor network, and no page but their own.

mod asset;
mod brand;
mod builtin;
#[cfg(test)]
mod chart_gallery;
mod contract;
mod eject;
mod fault;
mod font;
#[cfg(test)]
mod gallery;
mod list;
mod menu;
mod names;
mod outline;
mod outside;
#[cfg(test)]
mod part_gallery;
mod rooted;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use tera::{Context, Tera, Value};

pub use asset::Asset;
pub use brand::{BRAND_COLOR_SHIFTED, Brand, Rgb};
pub use builtin::{FALLS_BACK_TO, PROGRAM_WORDS, own_words, words};
pub use contract::SCHEMA;
pub use eject::{Ejected, NothingToEject, OTHERS, eject, for_kind};
pub use fault::TEMPLATE_ERROR;
pub use font::{FONT_FILE, Font, UNKNOWN_FONT, Use, is_file};
pub use list::{Inventory, inventory};
pub use menu::Menu;
pub use names::{Known, OUTDATED_COPY, OVERRIDES_NOTHING, check_names};
pub use outside::OUTSIDE_LOAD;
pub use rooted::rooted;

use crate::finding::{Code, Finding, Level, Reported, bug};
use crate::site::view::{MenuView, PageHead, View};
use crate::text::{Place, SourceId, Span, nearest};
use crate::words;
use fault::Written;

/// A file in the playbook's `theme/` folder that no theme uses.
pub static UNUSED_THEME_FILE: Code =
    Code { id: "P603", name: "unused_theme_file", level: Level::Warning, since: "0.1.0" };

/// The policy of every page: nothing is loaded from elsewhere, no script or style stands in a page, no form is sent.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// A text file of the playbook's `theme/` folder.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Path below `theme/`: `templates/home.html`, `style.css`.
    pub path: String,
    /// Its source, for places.
    pub source: SourceId,
    /// Its text.
    pub text: String,
}

/// Templates, styles and scripts, ready to render. Shared by all threads.
#[derive(Debug)]
pub struct Theme {
    /// With the playbook's templates over the built-in ones.
    engine: Tera,
    /// The built-in ones alone; `None` when the playbook has none of its own.
    fallback: Option<Tera>,
    written: BTreeMap<String, Written>,
    assets: Vec<Asset>,
}

impl Theme {
    /// The default theme with the playbook's own files over it.
    ///
    /// `templates/NAME.html` replaces the template of that name (and may extend it as `builtin/NAME.html`), `style.css` is loaded after
    /// the built-in sheet, `words/*.yaml` is read elsewhere. A template that does not work is told and left out.
    pub fn load(files: &[ThemeFile], brand: &Brand, findings: &mut Vec<Finding>) -> Self {
        let mut written = BTreeMap::new();
        let mut style = String::new();
        for file in files {
            if let Some(name) = template_name(&file.path) {
                let text = file.text.clone();
                written.insert(format!("user/{name}"), Written { source: file.source, text });
            } else if file.path == "style.css" {
                outside::check(file, findings);
                style.clone_from(&file.text);
            } else if is_stray(&file.path) {
                findings.push(unused(file));
            }
        }
        let (assets, names) = assets(brand, style, findings);
        let global = |engine: &mut Tera| {
            engine.global_context().insert("assets", &names);
            engine.global_context().insert("brand", &BTreeMap::from([("logo", &brand.logo)]));
        };

        let mut builtin = engine(findings);
        global(&mut builtin);
        if written.is_empty() {
            return Self { engine: builtin, fallback: None, written, assets };
        }
        let mut with_user = engine(findings);
        global(&mut with_user);
        while !written.is_empty() {
            let batch: Vec<(&str, &str)> =
                written.iter().map(|(name, file)| (name.as_str(), file.text.as_str())).collect();
            let Err(error) = with_user.add_raw_templates(batch.iter().copied()) else {
                break;
            };
            let mut faults = fault::faults(&error, &written);
            if !faults.iter().any(|fault| written.contains_key(&fault.template)) {
                // The complaint is about a built-in template that a new one broke: the first without which all is well, else all of them.
                let cause = batch.iter().find(|(culprit, _)| {
                    let rest = batch.iter().copied().filter(|(name, _)| name != culprit);
                    with_user.clone().add_raw_templates(rest).is_ok()
                });
                let causes = batch.iter().filter(|one| cause.is_none_or(|cause| *one == cause));
                let message = faults.first().map(|fault| fault.message.clone()).unwrap_or_default();
                faults = causes
                    .map(|(name, _)| fault::Fault {
                        template: (*name).to_owned(),
                        message: message.clone(),
                        range: None,
                    })
                    .collect();
            }
            findings.extend(faults.iter().filter_map(|fault| describe(fault, &written, &builtin)));
            written.retain(|name, _| !faults.iter().any(|fault| fault.template == *name));
        }
        Self { engine: with_user, fallback: Some(builtin), written, assets }
    }

    /// The files that all pages load.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// Whether there is a template of this name (`kinds/scenario.html`), built in or of the playbook.
    pub fn has_template(&self, name: &str) -> bool {
        self.engine.contains_template(name)
    }

    /// A page. `site` and `words` are shared values: make them once with [`shared`].
    ///
    /// A fault in a template of the playbook gives a finding, and the built-in template makes the page.
    pub fn render(&self, page: &PageHead, site: &Value, words: &Value, view: &View) -> Reported<String> {
        let special = format!("kinds/{}.html", page.kind);
        let general = format!("{}.html", page.template);
        let special = if page.template == "sheet" { format!("sheets/{}.html", page.kind) } else { special };
        let is_special =
            matches!(page.template, "entity" | "sheet") && self.engine.contains_template(&special);
        let mut context = Context::new();
        let mut findings = Vec::new();
        insert(&mut context, "page", page, &mut findings);
        insert(&mut context, "view", view, &mut findings);
        let name = if is_special { &special } else { &general };
        let html = self.run(name, &general, context, site, words, &mut findings);
        Reported::new(html, findings)
    }

    /// A piece of a page: `fragments/chart.html` with a [`crate::site::view::ChartView`].
    pub fn fragment(
        &self,
        name: &str,
        view: &impl Serialize,
        site: &Value,
        words: &Value,
    ) -> Reported<String> {
        let mut context = Context::new();
        let mut findings = Vec::new();
        insert(&mut context, "view", view, &mut findings);
        let html = self.run(name, name, context, site, words, &mut findings);
        Reported::new(html, findings)
    }

    /// The navigation of one folder, to be marked for each of its pages.
    pub fn menu(&self, view: &MenuView, site: &Value, words: &Value) -> Reported<Menu> {
        let Reported { value, findings } = self.fragment("fragments/menu.html", view, site, words);
        Reported::new(Menu::new(value), findings)
    }

    fn run(
        &self,
        name: &str,
        builtin: &str,
        mut context: Context,
        site: &Value,
        words: &Value,
        findings: &mut Vec<Finding>,
    ) -> String {
        context.insert_value("site", site.clone());
        context.insert_value("words", words.clone());
        let error = match bounded(&self.engine, name, &context) {
            Ok(html) => return html,
            Err(error) => error,
        };
        let Some(fallback) = &self.fallback else {
            findings.push(bug(&format!("template {name}: {error}")));
            return String::new();
        };
        let mut faults = fault::faults(&error, &self.written);
        // The engine does not always say where: then it is the playbook's template of this page, if there is one.
        let own = format!("user/{name}");
        for fault in &mut faults {
            if fault.template.is_empty() && self.written.contains_key(&own) {
                fault.template.clone_from(&own);
            }
        }
        let told: Vec<Finding> =
            faults.iter().filter_map(|fault| describe(fault, &self.written, &self.engine)).collect();
        if told.is_empty() {
            findings.extend(faults.iter().map(|fault| of_the_theme(name, &fault.message)));
        } else {
            findings.extend(told);
        }
        match bounded(fallback, builtin, &context) {
            Ok(html) => html,
            Err(error) => {
                findings.push(bug(&format!("template {builtin}: {error}")));
                String::new()
            }
        }
    }
}

/// What a page may weigh: templates that repeat themselves without end are stopped here.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The text of a page, as long as it stays within bounds.
fn bounded(engine: &Tera, name: &str, context: &Context) -> Result<String, tera::Error> {
    let mut page = Page { bytes: Vec::with_capacity(16 * 1024), is_full: false };
    let rendered = engine.render_to(name, context, &mut page);
    if page.is_full {
        return Err(tera::Error::message(TOO_LARGE));
    }
    rendered?;
    String::from_utf8(page.bytes).map_err(|error| tera::Error::message(error.to_string()))
}

const TOO_LARGE: &str = "The page grows beyond 16 MiB";

struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full = self.bytes.len() + bytes.len() > MOST_BYTES;
        if self.is_full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A value that all pages share: the head of the site, the words.
pub type Shared = Value;

/// A value to be shared by all pages: made once, cheap to clone.
pub fn shared(value: &impl Serialize) -> Reported<Value> {
    match Value::try_from_serializable(value) {
        Ok(value) => Reported::new(value, Vec::new()),
        Err(error) => Reported::new(Value::none(), vec![bug(&format!("theme value: {error}"))]),
    }
}

fn insert(context: &mut Context, name: &'static str, value: &impl Serialize, findings: &mut Vec<Finding>) {
    context.insert_value(name, shared(value).into(findings));
}

/// The engine with the built-in templates.
fn engine(findings: &mut Vec<Finding>) -> Tera {
    let mut engine = Tera::new();
    let prefixed = builtin::TEMPLATES.iter().map(|(name, text)| (format!("builtin/{name}"), *text));
    let added =
        engine.set_fallback_prefixes(["user/", "builtin/"]).and_then(|()| engine.add_raw_templates(prefixed));
    if let Err(error) = added {
        findings.push(bug(&format!("built-in templates: {error}")));
    }
    engine
}

/// The files, and their paths by the names that templates use.
fn assets(
    brand: &Brand,
    custom: String,
    findings: &mut Vec<Finding>,
) -> (Vec<Asset>, BTreeMap<&'static str, String>) {
    let mut assets = Vec::new();
    let mut names = BTreeMap::from([("policy", POLICY.to_owned())]);
    let (brand_style, fonts) = brand.style(findings);
    for (name, stem, extension, text) in [
        ("css", "portolan", "css", compact(builtin::STYLE)),
        ("chart_css", "chart", "css", compact(builtin::CHART_STYLE)),
        ("parts_css", "parts", "css", compact(builtin::PARTS_STYLE)),
        ("boxes_css", "boxes", "css", compact(builtin::BOXES_STYLE)),
        ("search_css", "search", "css", compact(builtin::SEARCH_STYLE)),
        ("brand_css", "brand", "css", brand_style),
        ("custom_css", "custom", "css", custom),
        ("theme_js", "theme", "js", builtin::THEME_SCRIPT.to_owned()),
        ("js", "portolan", "js", builtin::SCRIPT.to_owned()),
        ("chart_js", "chart", "js", builtin::CHART_SCRIPT.to_owned()),
        ("filter_js", "filter", "js", builtin::FILTER_SCRIPT.to_owned()),
        ("search_js", "search", "js", builtin::SEARCH_SCRIPT.to_owned()),
        ("terms_js", "terms", "js", builtin::TERMS_SCRIPT.to_owned()),
        ("checklist_js", "checklist", "js", builtin::CHECKLIST_SCRIPT.to_owned()),
    ] {
        if text.is_empty() {
            names.insert(name, String::new());
            continue;
        }
        let asset = Asset::hashed(stem, extension, text);
        names.insert(name, asset.path.clone());
        assets.push(asset);
    }
    assets.extend(fonts);
    (assets, names)
}

/// A built-in sheet without its comments and indents, which nobody but who changes it reads.
fn compact(sheet: &str) -> String {
    let mut compact = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        compact.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    compact.push_str(rest);
    let lines = compact.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The name of the template that a file of the playbook replaces or adds.
fn template_name(path: &str) -> Option<&str> {
    path.strip_prefix("templates/").filter(|name| name.ends_with(".html"))
}

/// Whether a text file in `theme/` has no job. Pictures and fonts are passed through; words are read with the settings.
fn is_stray(path: &str) -> bool {
    let is_known_folder = ["words/", "assets/", "static/"].iter().any(|folder| path.starts_with(folder));
    let is_text = [".html", ".css", ".js", ".yaml", ".yml"].iter().any(|end| path.ends_with(end));
    is_text && !is_known_folder
}

fn unused(file: &ThemeFile) -> Finding {
    let path = &file.path;
    let finding = Finding::new(
        &UNUSED_THEME_FILE,
        Place::Span(Span::new(file.source, 0, 0)),
        words!("the theme does not use the file `{path}`", "el tema no usa el archivo `{path}`"),
    );
    let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
    let known = builtin::TEMPLATES.iter().map(|(name, _)| *name);
    let meant = if path.ends_with(".css") {
        Some("style.css".to_owned())
    } else {
        nearest(name, known).map(|name| format!("templates/{name}"))
    };
    match meant {
        Some(meant) => finding.help(words!(
            "the theme reads `theme/{meant}`: rename or move the file",
            "el tema lee `theme/{meant}`: cambia el nombre o la carpeta del archivo"
        )),
        None => finding.help(words!(
            "a theme consists of `templates/*.html`, `style.css` and `words/*.yaml`",
            "un tema consta de `templates/*.html`, `style.css` y `words/*.yaml`"
        )),
    }
}

fn describe(fault: &fault::Fault, written: &BTreeMap<String, Written>, engine: &Tera) -> Option<Finding> {
    let mut templates: Vec<&str> = engine.get_template_names().collect();
    templates.extend(builtin::TEMPLATES.iter().map(|(name, _)| *name));
    templates.sort_unstable();
    let mut components: Vec<&str> = engine.get_component_names().collect();
    components.sort_unstable();
    fault::finding(fault, written, &templates, &components)
}

/// A fault that shows only where a built-in template meets one of the playbook.
fn of_the_theme(name: &str, message: &str) -> Finding {
    Finding::new(
        &TEMPLATE_ERROR,
        Place::Run,
        words!(
            "the playbook's templates do not fit the built-in `{name}`: {message}",
            "las plantillas del playbook no encajan con la plantilla incluida `{name}`: {message}"
        ),
    )
    .help(words!(
        "look for a component or block in `theme/templates/` that has another meaning or other arguments than the built-in one",
        "busca en `theme/templates/` un componente o bloque con otro sentido u otros argumentos que el incluido"
    ))
    .group(format!("{name}: {message}"))
}
