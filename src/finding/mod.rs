//! Floor 2: what the program tells an author: codes, levels, words in both languages, findings.
//!
//! An author's mistake is a [`Finding`], never an `Err`. The words stand beside the check that raises them.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::text::{Place, Span};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something is wrong: exit status 1.
    Error,
    /// Something is probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// The name in machine formats: `error`, `warning`, `note`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// A kind of finding: a number for life, a name for people, and the level it has unless settings change it.
///
/// Each code has a page in `docs/codes` in both languages and a fixture under `tests/findings`.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `P` and three digits; never given twice.
    pub id: &'static str,
    /// The wrong state, in snake_case: `unknown_field`.
    pub name: &'static str,
    /// Level unless changed.
    pub level: Level,
    /// First release that had it.
    pub since: &'static str,
}

/// The code of a rule that is data (a kind file, a playbook's `types/`): made once for each id and kept for the run.
pub fn interned(id: &str, name: &str, level: Level) -> &'static Code {
    static INTERNED: Mutex<BTreeMap<String, &'static Code>> = Mutex::new(BTreeMap::new());
    let mut interned = INTERNED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(code) = interned.get(id) {
        return code;
    }
    let keep = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    let code: &'static Code =
        Box::leak(Box::new(Code { id: keep(id), name: keep(name), level, since: "0.1.0" }));
    interned.insert(id.to_owned(), code);
    code
}

/// The two languages in which the program speaks to authors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The language of a tag such as `es`, `es-MX`, `en_GB.UTF-8`; Spanish for the other languages of Spain, else English.
    pub fn of(tag: &str) -> Self {
        let tag = tag.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        match tag.as_str() {
            "es" | "ca" | "gl" | "eu" => Language::Spanish,
            _ => Language::English,
        }
    }

    /// The language tag: `en`, `es`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }
}

/// The same sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Words {
    /// The same text in both languages (a name, a number, what an author wrote).
    pub fn same(text: impl Into<String>) -> Self {
        let en: String = text.into();
        Self { es: en.clone(), en }
    }

    /// The text in one language.
    pub fn within(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Spanish => &self.es,
        }
    }
}

/// Builds [`Words`] from an English and a Spanish format string with captured arguments:
/// `words!("unknown field `{name}`", "campo desconocido `{name}`")`.
#[macro_export]
macro_rules! words {
    ($en:literal, $es:literal $(, $argument:expr)* $(,)?) => {
        $crate::finding::Words { en: format!($en $(, $argument)*), es: format!($es $(, $argument)*) }
    };
}

/// One thing to tell an author: what, where, why it matters, how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of finding.
    pub code: &'static Code,
    /// The code's level, or what settings or the place (an article) made of it.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// One short true phrase, small first letter, no full stop.
    pub message: Words,
    /// A few words under the mark in the line.
    pub mark: Option<Words>,
    /// Further places with their own words ("first defined here").
    pub also: Vec<(Span, Words)>,
    /// Why it matters.
    pub why: Option<Words>,
    /// How to mend it.
    pub help: Option<Words>,
    /// What to put in place of the marked text.
    pub replacement: Option<String>,
    /// The place holds a secret: no printer shows its line, for this finding or for another on the same line.
    pub secret: bool,
    /// Findings of the same code and group are told once, with the number of places.
    pub group: Option<String>,
}

impl Finding {
    /// A finding with the level of its code.
    pub fn new(code: &'static Code, place: impl Into<Place>, message: Words) -> Self {
        Self {
            code,
            level: code.level,
            place: place.into(),
            message,
            mark: None,
            also: Vec::new(),
            why: None,
            help: None,
            replacement: None,
            secret: false,
            group: None,
        }
    }

    /// Another level than the code's own.
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Words under the mark.
    pub fn mark(mut self, words: Words) -> Self {
        self.mark = Some(words);
        self
    }

    /// A further place.
    pub fn also(mut self, span: Span, words: Words) -> Self {
        self.also.push((span, words));
        self
    }

    /// Why it matters.
    pub fn why(mut self, words: Words) -> Self {
        self.why = Some(words);
        self
    }

    /// How to mend it.
    pub fn help(mut self, words: Words) -> Self {
        self.help = Some(words);
        self
    }

    /// The text to put in place of the marked one; also says so as help when there is none yet.
    pub fn replace(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if self.help.is_none() {
            self.help = Some(words!("did you mean `{text}`?", "¿querías decir `{text}`?"));
        }
        self.replacement = Some(text);
        self
    }

    /// [`Finding::replace`] when there is a suggestion.
    pub fn suggest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(text) => self.replace(text),
            None => self,
        }
    }

    /// The marked text is a secret (a password, a telephone number): printers show where it is and never what it is. The message must not quote it.
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Told once for all findings of this code and group.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// Keeps the first hundred of findings that may come by the million, one for each cell of a column; the next one says how many more there are.
#[derive(Debug, Default)]
pub struct Many {
    findings: Vec<Finding>,
    further: usize,
}

impl Many {
    /// How many are told one by one.
    const TOLD: usize = 100;

    /// Takes a finding; it is only made when it will be told.
    pub fn push(&mut self, finding: impl FnOnce() -> Finding) {
        if self.findings.len() <= Self::TOLD {
            self.findings.push(finding());
        } else {
            self.further += 1;
        }
    }

    /// The findings; the last one speaks for those that were left out.
    pub fn findings(mut self) -> Vec<Finding> {
        let count = self.further;
        if count > 0
            && let Some(last) = self.findings.last_mut()
        {
            last.why = Some(words!(
                "{count} further places of the same column are like this one, from here on",
                "otros {count} sitios de la misma columna están como este, a partir de aquí"
            ));
        }
        self.findings
    }
}

/// What a stage gives back: its value and what it has to say.
#[derive(Clone, Debug, Default)]
pub struct Reported<T> {
    /// The result; always there.
    pub value: T,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

impl<T> Reported<T> {
    /// A value and its findings.
    pub fn new(value: T, findings: Vec<Finding>) -> Self {
        Self { value, findings }
    }

    /// Moves the findings to a list and gives the value.
    pub fn into(self, findings: &mut Vec<Finding>) -> T {
        findings.extend(self.findings);
        self.value
    }
}

/// A state that should not exist was met (a bug of ours, not of the author). The run goes on; tests look at the count.
pub static BUG: Code = Code { id: "P999", name: "bug", level: Level::Error, since: "0.1.0" };

static BUGS: AtomicUsize = AtomicUsize::new(0);

/// Notes a bug as a finding that asks for a report, and goes on.
pub fn bug(what: &str) -> Finding {
    BUGS.fetch_add(1, Ordering::Relaxed);
    Finding::new(&BUG, Place::Run, words!("a fault of the program: {what}", "un fallo del programa: {what}"))
        .help(words!(
            "your files are probably right; please report this line",
            "tus archivos probablemente están bien; comunica esta línea, por favor"
        ))
}

/// How many bugs this process has noted.
pub fn bugs() -> usize {
    BUGS.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_is_told_and_counted() {
        let before = bugs();
        let finding = bug("two pages have one address");
        assert!(bugs() > before);
        assert_eq!((finding.code.id, finding.level, &finding.place), ("P999", Level::Error, &Place::Run));
        assert!(finding.message.es.contains("two pages have one address"));
    }
}
