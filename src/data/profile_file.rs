//! Profile files → profiles. A playbook's `profiles/` goes through the same code as the built-in ones.

use std::collections::BTreeMap;

use super::profile::{Basis, CellType, Profile, ProfileColumn, heading};
use crate::finding::{Code, Finding, Level, Words};
use crate::series::{Grain, Measure};
use crate::syntax::{Node, Tree, yaml};
use crate::text::{SourceId, Span, fold, nearest, slug};
use crate::words;

static PROFILE_KEY: Code =
    Code { id: "P435", name: "unknown_profile_key", level: Level::Error, since: "0.1.0" };
static PROFILE_VALUE: Code =
    Code { id: "P436", name: "wrong_profile_value", level: Level::Error, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&PROFILE_KEY, &PROFILE_VALUE];

macro_rules! embedded {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../profiles/", $name, ".yaml")))),*] };
}

/// The built-in profile files by name. A test holds the list against the folder.
static EMBEDDED: &[(&str, &str)] = embedded! {
    "facebook-ages" "facebook-cities" "facebook-content" "facebook-countries" "facebook-daily"
    "facebook-page" "facebook-pages" "ga4-channels" "ga4-daily" "ga4-nth-day" "ga4-pages"
    "instagram-content" "klaviyo-campaigns" "linkedin-content" "linkedin-followers" "linkedin-posts"
    "linkedin-visitors" "matomo-pages" "matomo-visits" "publer-daily" "publer-posts"
    "search-console-countries" "search-console-dates" "search-console-devices" "search-console-pages"
    "search-console-queries" "tiktok-activity" "tiktok-content" "tiktok-followers" "tiktok-gender"
    "tiktok-overview" "tiktok-viewers" "x-classic" "x-content" "x-overview" "x-video" "youtube-ages"
    "youtube-chart" "youtube-content" "youtube-geography" "youtube-totals" "youtube-traffic"
};

const PROFILE_KEYS: &[&str] = &[
    "profile",
    "platform",
    "folders",
    "title",
    "basis",
    "scope",
    "grain",
    "required",
    "date",
    "split",
    "dates",
    "total_rows",
    "totals_differ",
    "cap",
    "columns",
];
const COLUMN_KEYS: &[&str] =
    &["name", "type", "measure", "unit", "parts", "weight", "platform", "named_above"];
const GRAINS: &[(&str, Grain)] = &[
    ("day", Grain::Day),
    ("week", Grain::Week),
    ("month", Grain::Month),
    ("quarter", Grain::Quarter),
    ("year", Grain::Year),
];

/// The profiles of a run, by what their headings look like.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    /// In the order in which they are preferred: the playbook's own first.
    pub list: Vec<Profile>,
    /// Comparable heading → profile and column, in the order of the list.
    headings: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Profiles {
    /// The built-in profiles after those of a playbook. Findings about built-in files can only come from a fault of ours; a test holds that there are none.
    pub fn new(own: &[Node], findings: &mut Vec<Finding>) -> Self {
        let mut list: Vec<Profile> = Vec::new();
        for node in own {
            add(&mut list, Reader { findings }.profile(node), node.span, findings);
        }
        for (index, (_, text)) in EMBEDDED.iter().enumerate() {
            let Some(node) = yaml::parse(text, SourceId(index as u32), 0, findings) else { continue };
            let profile = Reader { findings }.profile(&node);
            // A playbook's own profile takes the place of the built-in one of its name.
            if !list.iter().any(|known| profile.as_ref().is_some_and(|(one, _)| one.name == known.name)) {
                add(&mut list, profile, node.span, findings);
            }
        }
        let mut headings: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, profile) in list.iter().enumerate() {
            for (index, column) in profile.columns.iter().enumerate() {
                for (name, _) in &column.names {
                    let places = headings.entry(name.clone()).or_default();
                    if !places.contains(&(at, index)) {
                        places.push((at, index));
                    }
                }
            }
        }
        Self { list, headings }
    }

    /// The columns of all profiles that have this comparable heading.
    pub fn with_heading(&self, heading: &str) -> &[(usize, usize)] {
        self.headings.get(heading).map(Vec::as_slice).unwrap_or_default()
    }
}

fn add(list: &mut Vec<Profile>, read: Option<(Profile, Span)>, place: Span, findings: &mut Vec<Finding>) {
    let Some((profile, span)) = read else { return };
    if list.iter().any(|known| known.name == profile.name) {
        let name = &profile.name;
        let span = if span.start < span.end { span } else { place };
        findings.push(Finding::new(
            &PROFILE_VALUE,
            span,
            words!("there is already a profile called `{name}`", "ya hay un perfil llamado `{name}`"),
        ));
        return;
    }
    list.push(profile);
}

struct Reader<'f> {
    findings: &'f mut Vec<Finding>,
}

impl Reader<'_> {
    /// A profile and the place of its name.
    fn profile(&mut self, node: &Node) -> Option<(Profile, Span)> {
        self.check_keys(node, PROFILE_KEYS, false);
        let text = |key: &str| node.entry(key).and_then(Node::text).filter(|text| !slug(text).is_empty());
        let (Some(name), Some(platform)) = (text("profile"), text("platform")) else {
            self.wrong(
                node.span,
                words!(
                    "a profile needs `profile: …` and `platform: …`",
                    "un perfil necesita `profile: …` y `platform: …`"
                ),
            );
            return None;
        };
        let columns_node = node.entry("columns");
        let mut columns: Vec<ProfileColumn> = Vec::new();
        for entry in columns_node.map(Node::entries).unwrap_or_default() {
            columns.push(self.column(&entry.key.value, &entry.value));
        }
        if columns.is_empty() {
            self.wrong(
                columns_node.map_or(node.span, |columns| columns.span),
                words!("a profile needs `columns:`", "un perfil necesita `columns:`"),
            );
            return None;
        }
        self.relate(columns_node, &mut columns);
        let basis = self.one_of(node, "basis", Basis::Dated, &Basis::ALL);
        let tells_apart =
            |column: &ProfileColumn| matches!(column.cells, CellType::Id | CellType::Link | CellType::Text);
        if basis == Basis::Items && !columns.iter().any(tells_apart) {
            self.wrong(
                node.entry("basis").map_or(node.span, |basis| basis.span),
                words!(
                    "items need a column that tells them apart, of type id, link or text",
                    "los elementos necesitan una columna que los distinga, de tipo id, link o text"
                ),
            );
            return None;
        }
        let scope = match text("scope") {
            Some(scope) => fold(scope),
            None if basis == Basis::Items => "items".to_owned(),
            None => String::new(),
        };
        let mut required = Vec::new();
        for item in several(node.entry("required")) {
            let either: Vec<usize> =
                several(Some(item)).into_iter().filter_map(|item| self.index(&columns, item)).collect();
            if !either.is_empty() {
                required.push(either);
            }
        }
        if required.is_empty() {
            self.wrong(
                node.entry("required").map_or(node.span, |required| required.span),
                words!(
                    "a profile needs `required:`, the columns by which it is recognised",
                    "un perfil necesita `required:`, las columnas por las que se reconoce"
                ),
            );
            return None;
        }
        let date = node.entry("date").and_then(|item| self.index(&columns, item));
        let split = node.entry("split").and_then(|item| self.index(&columns, item));
        let day_first = node.entry("dates").and_then(|_| {
            self.one_of(
                node,
                "dates",
                None,
                &[("day_first", Some(true)), ("month_first", Some(false)), ("language", None)],
            )
        });
        let totals_differ = self.one_of(node, "totals_differ", false, &[("true", true), ("false", false)]);
        let cap = node.entry("cap").and_then(|cap| {
            let number = cap.text().and_then(|text| text.parse().ok());
            if number.is_none() {
                self.wrong(cap.span, words!("`cap` is a whole number", "`cap` es un número entero"));
            }
            number
        });
        let profile = Profile {
            name: slug(name),
            platform: fold(platform),
            folders: words_of(node.entry("folders")).iter().map(|name| slug(name)).collect(),
            title: self.title(node, name),
            basis,
            scope,
            grain: self.one_of(node, "grain", Grain::Day, GRAINS),
            required,
            date,
            split,
            day_first,
            total_rows: words_of(node.entry("total_rows")).iter().map(|word| heading(word)).collect(),
            totals_differ,
            cap,
            columns,
        };
        Some((profile, node.entry("profile").map_or(node.span, |name| name.span)))
    }

    fn column(&mut self, name: &str, node: &Node) -> ProfileColumn {
        self.check_keys(node, COLUMN_KEYS, true);
        let mut names = Vec::new();
        for entry in node.entries().iter().filter(|entry| is_language(&entry.key.value)) {
            for name in words_of(Some(&entry.value)) {
                names.push((heading(name), entry.key.value.clone()));
            }
        }
        if names.is_empty() {
            names.push((heading(name), "en".to_owned()));
        }
        let cells = self.one_of(node, "type", CellType::Text, &CellType::ALL);
        let measures = Measure::ALL.map(|measure| (measure.name(), Some(measure)));
        let measure = self.one_of(node, "measure", None, &measures);
        // A figure of which nothing is said counts what happened; so most columns need one line only.
        let cells = match (measure, node.entry("type")) {
            (Some(_), None) => CellType::Count,
            _ => cells,
        };
        let unit = match node.entry("unit").and_then(Node::text) {
            Some(unit) => unit.to_owned(),
            None => match cells {
                CellType::Percent | CellType::Fraction | CellType::Share => "%".to_owned(),
                CellType::Duration => "s".to_owned(),
                _ => String::new(),
            },
        };
        if let (Some(_), false) = (measure, cells.is_figure()) {
            self.wrong(
                node.span,
                words!(
                    "the column `{name}` measures something, and its type is no figure",
                    "la columna `{name}` mide algo y su tipo no es una cifra"
                ),
            );
        }
        let above = node.entry("named_above").map(Node::entries).unwrap_or_default();
        let named_above = above.iter().map(|entry| self.column(&entry.key.value, &entry.value)).collect();
        ProfileColumn {
            name: fold(node.entry("name").and_then(Node::text).unwrap_or(name)),
            names,
            cells,
            measure,
            unit,
            parts: None,
            weight: None,
            platform: node.entry("platform").and_then(Node::text).map(fold),
            named_above,
        }
    }

    /// `parts:` and `weight:` name columns that may come later.
    fn relate(&mut self, node: Option<&Node>, columns: &mut [ProfileColumn]) {
        for (index, entry) in node.map(Node::entries).unwrap_or_default().iter().enumerate() {
            let parts = several(entry.value.entry("parts"));
            let parts = match parts.as_slice() {
                [] => None,
                [above, below] => {
                    let above: Vec<usize> = several(Some(above))
                        .into_iter()
                        .filter_map(|part| self.index(columns, part))
                        .collect();
                    self.index(columns, below).filter(|_| !above.is_empty()).map(|below| (above, below))
                }
                _ => {
                    self.wrong(
                        entry.value.span,
                        words!(
                            "`parts` names two columns: what is divided, and what it is divided by",
                            "`parts` nombra dos columnas: lo que se divide y entre qué se divide"
                        ),
                    );
                    None
                }
            };
            let weight = entry.value.entry("weight").and_then(|weight| self.index(columns, weight));
            if let Some(column) = columns.get_mut(index) {
                column.parts = parts;
                column.weight = weight;
            }
        }
    }

    fn index(&mut self, columns: &[ProfileColumn], node: &Node) -> Option<usize> {
        let name = node.text().unwrap_or_default();
        let folded = fold(name);
        let index = columns.iter().position(|column| column.name == folded);
        if index.is_none() {
            let near = nearest(name, columns.iter().map(|column| column.name.as_str()));
            self.findings.push(
                Finding::new(
                    &PROFILE_VALUE,
                    node.span,
                    words!(
                        "the profile has no column `{name}`",
                        "el perfil no tiene ninguna columna `{name}`"
                    ),
                )
                .suggest(near),
            );
        }
        index
    }

    fn title(&mut self, node: &Node, otherwise: &str) -> Words {
        let Some(title) = node.entry("title") else { return Words::same(otherwise) };
        match title.text() {
            Some(text) => Words::same(text),
            None => {
                let text = |language: &str| title.entry(language).and_then(Node::text);
                let either = text("en").or(text("es")).unwrap_or(otherwise);
                Words {
                    en: text("en").unwrap_or(either).to_owned(),
                    es: text("es").unwrap_or(either).to_owned(),
                }
            }
        }
    }

    fn one_of<T: Clone>(&mut self, node: &Node, key: &str, otherwise: T, known: &[(&str, T)]) -> T {
        let Some(value) = node.entry(key) else { return otherwise };
        let name = value.text().unwrap_or_default();
        if let Some((_, one)) = known.iter().find(|(known, _)| *known == name) {
            return one.clone();
        }
        let list = known.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        self.findings.push(
            Finding::new(
                &PROFILE_VALUE,
                value.span,
                words!("`{name}` is not a value of `{key}`", "`{name}` no es un valor de `{key}`"),
            )
            .why(words!("the values are {list}", "los valores son {list}"))
            .suggest(nearest(name, known.iter().map(|(name, _)| *name))),
        );
        otherwise
    }

    fn check_keys(&mut self, node: &Node, known: &[&str], languages: bool) {
        for entry in node.entries() {
            let key = &entry.key.value;
            if known.contains(&key.as_str()) || languages && is_language(key) {
                continue;
            }
            let list = known.join(", ");
            let why = if languages {
                words!(
                    "the keys are {list}, and languages (`en`, `es`, `es-419`) for the headings",
                    "las claves son {list}, e idiomas (`en`, `es`, `es-419`) para los encabezados"
                )
            } else {
                words!("the keys are {list}", "las claves son {list}")
            };
            self.findings.push(
                Finding::new(
                    &PROFILE_KEY,
                    entry.key.span,
                    words!("a profile has no key `{key}` here", "un perfil no tiene aquí la clave `{key}`"),
                )
                .why(why)
                .suggest(nearest(key, known.iter().copied())),
            );
        }
    }

    fn wrong(&mut self, span: Span, message: Words) {
        self.findings.push(Finding::new(&PROFILE_VALUE, span, message));
    }
}

/// `en`, `es`, `es-419`, `pt-BR`.
fn is_language(key: &str) -> bool {
    let (language, region) =
        key.split_once('-').map_or((key, None), |(language, region)| (language, Some(region)));
    let region_fits = |region: &str| {
        (2..=3).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    language.len() == 2
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(region_fits)
}

/// One node or the items of a list.
fn several(node: Option<&Node>) -> Vec<&Node> {
    match node {
        Some(Node { tree: Tree::List(items), .. }) => items.iter().collect(),
        Some(node) if node.text().is_some() => vec![node],
        _ => Vec::new(),
    }
}

/// One word or a list of words.
fn words_of(node: Option<&Node>) -> Vec<&str> {
    several(node).into_iter().filter_map(Node::text).collect()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the list is held against the folder")]
mod tests {
    use super::*;

    fn own(text: &str) -> (Profiles, Vec<Finding>) {
        let mut findings = Vec::new();
        let node = yaml::parse(text, SourceId(0), 0, &mut findings).expect("a tree");
        let profiles = Profiles::new(&[node], &mut findings);
        (profiles, findings)
    }

    #[test]
    fn the_built_in_profiles_have_no_fault() {
        let mut findings = Vec::new();
        let profiles = Profiles::new(&[], &mut findings);
        let told: Vec<_> = findings
            .iter()
            .map(|finding| {
                let file = match finding.place {
                    crate::text::Place::Span(span) => EMBEDDED[span.source.0 as usize].0,
                    _ => "",
                };
                format!("{file}: {:?} {}", finding.place, finding.message.en)
            })
            .collect();
        assert!(told.is_empty(), "{told:#?}");
        let named: Vec<&str> = profiles.list.iter().map(|profile| profile.name.as_str()).collect();
        let files: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        assert_eq!(named, files);
    }

    #[test]
    fn every_file_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/profiles");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of profiles")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().replace(".yaml", ""))
            .collect();
        names.sort();
        let embedded: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded);
    }

    #[test]
    fn headings_of_a_profile_are_told_apart() {
        let profiles = Profiles::new(&[], &mut Vec::new());
        for profile in &profiles.list {
            let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
            for column in &profile.columns {
                for (name, _) in &column.names {
                    let before = seen.insert(name, &column.name);
                    assert!(
                        before.is_none_or(|before| before == column.name),
                        "{}: `{name}` is {} and {}",
                        profile.name,
                        before.unwrap_or_default(),
                        column.name
                    );
                }
            }
        }
    }

    #[test]
    fn ratios_have_parts_of_their_kind() {
        for profile in Profiles::new(&[], &mut Vec::new()).list {
            for column in &profile.columns {
                let Some((above, below)) = &column.parts else { continue };
                let is_quotient =
                    matches!(column.measure, Some(Measure::Ratio | Measure::Duration | Measure::Score));
                assert!(is_quotient, "{}.{}", profile.name, column.name);
                for part in above.iter().chain([below]) {
                    let part = &profile.columns[*part];
                    assert!(part.measure.is_some(), "{}.{}", profile.name, part.name);
                }
            }
        }
    }

    #[test]
    fn typos_are_told_with_what_was_meant() {
        let (_, findings) = own(
            "profile: mine\nplatform: radio\nrequired: [date, lisseners]\nbases: items\ncolumns:\n  date: { tipe: date }\n  listeners: { measure: flw }\n",
        );
        let told: Vec<(&str, Option<&str>)> =
            findings.iter().map(|finding| (finding.code.id, finding.replacement.as_deref())).collect();
        assert!(told.contains(&("P435", Some("basis"))), "{told:?}");
        assert!(told.contains(&("P435", Some("type"))), "{told:?}");
        assert!(told.contains(&("P436", Some("flow"))), "{told:?}");
        assert!(told.contains(&("P436", Some("listeners"))), "{told:?}");
    }

    #[test]
    fn an_own_profile_comes_first_and_replaces_its_namesake() {
        let (profiles, findings) = own(
            "profile: youtube-totals\nplatform: youtube\nrequired: [day, plays]\ncolumns:\n  day: { type: date }\n  plays: { measure: flow }\n",
        );
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(profiles.list[0].columns.len(), 2);
        assert_eq!(profiles.list.iter().filter(|profile| profile.name == "youtube-totals").count(), 1);
    }
}
