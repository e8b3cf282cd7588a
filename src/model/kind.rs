//! What kinds and fields are, after their files were read.

use std::collections::BTreeMap;

use super::Readerships;
use crate::finding::{Code, Level, Words};
use crate::text::{fold, slug};

/// Index of a kind in [`Kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// All kinds of a run: the built-in ones and the playbook's own.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    pub(super) list: Vec<Kind>,
    pub(super) names: BTreeMap<String, KindId>,
    pub(super) folders: BTreeMap<String, KindId>,
    /// Fields of the settings file, read by the same engine.
    pub settings: Vec<Field>,
}

impl Kinds {
    /// The kind with this id; `None` only for an id of another run.
    pub fn kind(&self, id: KindId) -> Option<&Kind> {
        self.list.get(usize::from(id.0))
    }

    /// The kind with this English or Spanish name, however it is accented or cased.
    pub fn named(&self, name: &str) -> Option<&Kind> {
        self.names.get(&fold(name)).and_then(|id| self.kind(*id))
    }

    /// The kind that a folder or a list file of this name holds; a leading number does not count (`2-objetivos`).
    pub fn of_folder(&self, name: &str) -> Option<&Kind> {
        let folded = fold(name);
        let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.'));
        self.folders.get(bare).and_then(|id| self.kind(*id))
    }

    /// The names of folders and list files of a kind, sorted.
    pub fn folders_of(&self, id: KindId) -> Vec<&str> {
        self.folders.iter().filter(|(_, kind)| **kind == id).map(|(name, _)| name.as_str()).collect()
    }

    /// All kinds, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.list.iter()
    }

    /// The kinds with the names that the words of a language have for them; `None` when they have none.
    ///
    /// The keys: `kind_channel`, `kinds_channel` (several), `folder_channel` (in addresses), `about_channel`, `field_channel_purpose`, `verb_channel_uses`, `inverse_channel_uses`, `choice_channel_status_active`, each also without the kind (`field_purpose`), and with the way through records (`field_channel_case_reason`).
    pub fn in_words(&self, words: &BTreeMap<String, String>) -> Option<Kinds> {
        let starts = ["kind_", "kinds_", "folder_", "about_", "field_", "verb_", "inverse_", "choice_"];
        // Words of the interface begin so too, and are those of no kind.
        let names = |key: &String| starts.iter().any(|start| key.starts_with(start));
        if !words.keys().any(|key| key.starts_with("kind_") || key.starts_with("field_") && names(key)) {
            return None;
        }
        let mut kinds = self.clone();
        for kind in &mut kinds.list {
            let name = kind.name.clone();
            let put = |place: &mut Words, key: &str| {
                if let Some(text) = words.get(&format!("{key}_{name}")) {
                    *place = Words::same(text.as_str());
                }
            };
            put(&mut kind.label, "kind");
            put(&mut kind.plural, "kinds");
            put(&mut kind.about, "about");
            if let Some(folder) = words.get(&format!("folder_{name}")).map(|text| slug(text))
                && !folder.is_empty()
            {
                kind.folder = Words::same(folder);
            }
            fields_in_words(&mut kind.fields, &format!("{name}_"), "", words);
        }
        fields_in_words(&mut kinds.settings, "settings_", "", words);
        Some(kinds)
    }

    /// All names that a kind is known by, canonical English first.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|kind| kind.name.as_str())
    }
}

/// Puts the words of a language in place of the labels of fields.
fn fields_in_words(fields: &mut [Field], kind: &str, way: &str, words: &BTreeMap<String, String>) {
    for field in fields {
        let name = format!("{way}{}", field.name);
        let put = |place: &mut Words, what: &str, name: &str| {
            let of_kind = words.get(&format!("{what}_{kind}{name}"));
            if let Some(text) = of_kind.or_else(|| words.get(&format!("{what}_{name}"))) {
                *place = Words::same(text.as_str());
            }
        };
        put(&mut field.label, "field", &name);
        let mut shape = &mut field.shape;
        while let FieldType::List(item) = shape {
            shape = item.as_mut();
        }
        match shape {
            FieldType::Choice(choices) => {
                for choice in choices {
                    put(&mut choice.label, "choice", &format!("{name}_{}", choice.name));
                }
            }
            FieldType::Link(relation) | FieldType::Links(relation) => {
                put(&mut relation.verb, "verb", &name);
                if let Some(inverse) = &mut relation.inverse {
                    put(&mut inverse.verb, "inverse", &name);
                }
            }
            FieldType::Record(inner) => fields_in_words(inner, kind, &format!("{name}_"), words),
            _ => {}
        }
    }
}

/// The steps of the loop and what runs across it; the navigation follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chapter {
    /// Listen.
    Listen,
    /// Objectives.
    Objectives,
    /// Content.
    Content,
    /// Respond.
    Respond,
    /// Evaluate.
    Evaluate,
    /// People.
    People,
    /// Crisis.
    Crisis,
    /// Governance.
    Governance,
}

impl Chapter {
    /// All, in the order of the navigation.
    pub const ALL: [Chapter; 8] = [
        Chapter::Listen,
        Chapter::Objectives,
        Chapter::Content,
        Chapter::Respond,
        Chapter::Evaluate,
        Chapter::People,
        Chapter::Crisis,
        Chapter::Governance,
    ];

    /// The five steps of the loop come first in [`Chapter::ALL`].
    pub fn in_loop(self) -> bool {
        self <= Chapter::Evaluate
    }

    /// The chapter that a folder of this name stands for (`1-escuchar`), number taken away, in English or Spanish.
    pub fn of_folder(name: &str) -> Option<Self> {
        Some(match fold(name).as_str() {
            "listen" | "escuchar" => Chapter::Listen,
            "objectives" | "objetivos" => Chapter::Objectives,
            "content" | "contenido" | "contenidos" => Chapter::Content,
            "respond" | "responder" => Chapter::Respond,
            "evaluate" | "evaluar" => Chapter::Evaluate,
            "people" | "team" | "equipo" | "personas" => Chapter::People,
            "crisis" => Chapter::Crisis,
            "governance" | "gobierno" | "gobernanza" => Chapter::Governance,
            _ => return None,
        })
    }

    /// Name in kind files and templates.
    pub fn name(self) -> &'static str {
        match self {
            Chapter::Listen => "listen",
            Chapter::Objectives => "objectives",
            Chapter::Content => "content",
            Chapter::Respond => "respond",
            Chapter::Evaluate => "evaluate",
            Chapter::People => "people",
            Chapter::Crisis => "crisis",
            Chapter::Governance => "governance",
        }
    }
}

/// A kind of entity.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its index.
    pub id: KindId,
    /// Canonical English identifier.
    pub name: String,
    /// First Spanish identifier.
    pub es: String,
    /// Singular for people.
    pub label: Words,
    /// Plural for people.
    pub plural: Words,
    /// One sentence.
    pub about: Words,
    /// Folder name in addresses, in each language.
    pub folder: Words,
    /// Its chapter.
    pub chapter: Chapter,
    /// Place within the chapter.
    pub order: i64,
    /// Editions that show it unless an entity says otherwise.
    pub seen_by: Readerships,
    /// Order of the index and of previous/next.
    pub sort: Sort,
    /// Canonical name of the field that names an entity.
    pub title_field: String,
    /// Fields: the kind's own first, then the common ones.
    pub fields: Vec<Field>,
    /// Coverage rules.
    pub rules: Vec<Rule>,
    /// Fields that the index shows beside the names; empty leaves the choice to the program.
    pub columns: Vec<String>,
    /// Whether it came from the playbook's `types/`.
    pub custom: bool,
}

impl Kind {
    /// The field with this name in any of its languages, and its index.
    pub fn field(&self, name: &str) -> Option<(u16, &Field)> {
        field_named(&self.fields, name)
    }

    /// Index of a field by its canonical name; for lenses.
    pub fn index(&self, name: &str) -> Option<u16> {
        self.fields.iter().position(|field| field.name == name).and_then(|index| u16::try_from(index).ok())
    }
}

/// The field with this name in any of its languages, and its index.
pub fn field_named<'a>(fields: &'a [Field], name: &str) -> Option<(u16, &'a Field)> {
    let folded = fold(name);
    let index = fields.iter().position(|field| field.names.contains(&folded))?;
    Some((u16::try_from(index).ok()?, fields.get(index)?))
}

/// Order of the entities of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By title in the order of the language.
    Title,
    /// By the common field `order`, then title.
    Order,
    /// By a field; `newest` turns it round.
    Field {
        /// Canonical name.
        name: String,
        /// Greatest first.
        newest: bool,
    },
}

/// How much a field is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Want {
    /// Missing is an error.
    Required,
    /// Missing is a warning.
    Expected,
    /// May be missing.
    #[default]
    Optional,
}

/// A field of a kind or of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Canonical English name.
    pub name: String,
    /// First Spanish name.
    pub es: String,
    /// All accepted names, folded; the canonical one first.
    pub names: Vec<String>,
    /// What may be written.
    pub shape: FieldType,
    /// How much it is wanted.
    pub want: Want,
    /// For people.
    pub label: Words,
    /// One sentence; may be empty.
    pub help: Words,
    /// Editions that show it, when narrower than the entity.
    pub seen_by: Option<Readerships>,
    /// Whether every kind has it.
    pub common: bool,
    /// What a translation may do with a text in it.
    pub translation: Translation,
}

/// What a translation may do with the text of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Translation {
    /// Words: each language has its own.
    #[default]
    Words,
    /// A name: it may have another form in another language, and nothing is missing without.
    Name,
    /// A fact, such as the heading of a column: the same in all languages.
    Fact,
}

impl Field {
    /// The name that an author of this language would write.
    pub fn name_in(&self, language: crate::finding::Language) -> &str {
        match language {
            crate::finding::Language::English => &self.name,
            crate::finding::Language::Spanish => &self.es,
        }
    }
}

/// What may be written in a field.
#[derive(Clone, Debug)]
pub enum FieldType {
    /// A line.
    Text,
    /// Markdown.
    Markdown,
    /// A number, perhaps bounded.
    Number {
        /// Least value.
        min: Option<f64>,
        /// Greatest value.
        max: Option<f64>,
        /// Unit shown after it; may be empty.
        unit: Words,
    },
    /// A number or two bounds.
    Band,
    /// A share of a hundred.
    Percent,
    /// An amount with its currency.
    Money,
    /// Working time in hours.
    Hours,
    /// A day.
    Date,
    /// A day and a time of day.
    DateTime,
    /// A year, quarter, month, week or two dates.
    Period,
    /// Two dates.
    Span,
    /// A length of time.
    Duration,
    /// How often.
    Cadence,
    /// Yes or no.
    YesNo,
    /// One of some words.
    Choice(Vec<Choice>),
    /// An http(s) address.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A file of the playbook.
    File,
    /// A colour.
    Color,
    /// One entity.
    Link(Relation),
    /// Some entities.
    Links(Relation),
    /// A map with known fields.
    Record(Vec<Field>),
    /// A list.
    List(Box<FieldType>),
    /// A map with free keys.
    Map,
}

impl FieldType {
    /// Its name in kind files.
    pub fn name(&self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::Markdown => "markdown",
            FieldType::Number { .. } => "number",
            FieldType::Band => "band",
            FieldType::Percent => "percent",
            FieldType::Money => "money",
            FieldType::Hours => "hours",
            FieldType::Date => "date",
            FieldType::DateTime => "datetime",
            FieldType::Period => "period",
            FieldType::Span => "span",
            FieldType::Duration => "duration",
            FieldType::Cadence => "cadence",
            FieldType::YesNo => "yes_no",
            FieldType::Choice(_) => "choice",
            FieldType::Url => "url",
            FieldType::Email => "email",
            FieldType::Phone => "phone",
            FieldType::File => "file",
            FieldType::Color => "color",
            FieldType::Link(_) => "link",
            FieldType::Links(_) => "links",
            FieldType::Record(_) => "record",
            FieldType::List(_) => "list",
            FieldType::Map => "map",
        }
    }

    /// The relation of a link field.
    pub fn relation(&self) -> Option<&Relation> {
        match self {
            FieldType::Link(relation) | FieldType::Links(relation) => Some(relation),
            FieldType::List(item) => item.relation(),
            _ => None,
        }
    }

    /// The fields of a record or of a list of records.
    pub fn record(&self) -> Option<&[Field]> {
        match self {
            FieldType::Record(fields) => Some(fields),
            FieldType::List(item) => item.record(),
            _ => None,
        }
    }

    /// The words of a choice, or of a list of choices; none for another type.
    pub fn choices(&self) -> &[Choice] {
        match self {
            FieldType::Choice(choices) => choices,
            FieldType::List(item) => item.choices(),
            _ => &[],
        }
    }
}

/// A word of a choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Canonical English name.
    pub name: String,
    /// Spanish name.
    pub es: String,
    /// All accepted names, folded.
    pub names: Vec<String>,
    /// For people.
    pub label: Words,
    /// Its tone when shown as a tag.
    pub tone: Option<Tone>,
}

/// The mood of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As wished.
    Good,
    /// Needs attention.
    Warn,
    /// Wrong.
    Bad,
    /// Under way.
    Info,
    /// Neither.
    Neutral,
}

impl Tone {
    /// Its name in kind files and templates.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Neutral => "neutral",
        }
    }
}

/// What a link field means.
#[derive(Clone, Debug, Default)]
pub struct Relation {
    /// Kinds that it may point at; empty: any.
    pub to: Vec<KindId>,
    /// Names of the key with the text on the edge, folded; empty when there is none.
    pub note: Vec<String>,
    /// This entity … that one.
    pub verb: Words,
    /// The relation seen from the other side.
    pub inverse: Option<Inverse>,
}

/// A relation seen from its target.
#[derive(Clone, Debug)]
pub struct Inverse {
    /// Canonical name of the field of the target's kind that writes the same relation.
    pub name: String,
    /// Its Spanish names.
    pub es: Vec<String>,
    /// That one … this one.
    pub verb: Words,
}

/// A coverage rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its code; a playbook's own rules have codes of their own.
    pub code: &'static Code,
    /// At least so many.
    pub at_least: Option<usize>,
    /// At most so many.
    pub at_most: Option<usize>,
    /// Field, inverse name or path in a record.
    pub of: String,
    /// Only for entities with one of these values: field, canonical values.
    pub when: Vec<(String, Vec<String>)>,
    /// Its level.
    pub level: Level,
    /// The finding's message after the entity's name.
    pub say: Words,
    /// Why it matters.
    pub why: Words,
    /// How to mend it.
    pub help: Words,
}
