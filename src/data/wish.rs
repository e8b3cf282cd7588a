//! `data:` of the settings: what exports do not say of themselves.

use super::file_name::Facts;
use crate::finding::{Code, Finding, Level};
use crate::model::{FieldType, Item, Playbook, Resolved, Value};
use crate::read::Files;
use crate::text::{FilePath, Spanned, nearest};
use crate::words;

static NO_SUCH_FILES: Code =
    Code { id: "P444", name: "setting_for_no_file", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&NO_SUCH_FILES];

/// What the settings say of some files of the data folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// Paths, with `*` for anything.
    pub files: Vec<Spanned<String>>,
    /// What is to be known of them.
    pub facts: Facts,
    /// Language that their numbers and dates are written in.
    pub language: Option<String>,
}

impl Wish {
    /// Whether a file is meant.
    pub fn is_for(&self, path: &FilePath) -> bool {
        self.files.iter().any(|pattern| is_meant(&pattern.value, path))
    }
}

/// The entries of `data:` in their order. A path that no file has is told.
pub fn wishes(playbook: &Playbook<Resolved>, files: &Files, findings: &mut Vec<Finding>) -> Vec<Wish> {
    let field = playbook.kinds.settings.iter().find(|field| field.name == "data");
    let fields = field.and_then(|field| match &field.shape {
        FieldType::List(item) => item.record(),
        _ => None,
    });
    let (Some(fields), Some(Value::List(items))) = (fields, playbook.setting("data").map(|item| &item.value))
    else {
        return Vec::new();
    };
    let mut wishes = Vec::new();
    for item in items {
        let Value::Record(record) = &item.value else { continue };
        let mut wish = Wish::default();
        for (index, item) in &record.fields {
            let name = fields.get(usize::from(*index)).map(|field| field.name.as_str());
            match (name, &item.value) {
                (Some("files"), Value::List(items)) => wish.files = items.iter().filter_map(text).collect(),
                (Some("year"), Value::Number { value, .. }) => {
                    // Bounded by the kind file.
                    wish.facts.year = (2000..2100).find(|year| f64::from(*year) == *value);
                }
                (Some("as_of"), Value::Date(date)) => wish.facts.as_of = Some(*date),
                (Some("language"), Value::Text(tag)) => wish.language = Some(tag.clone()),
                _ => {}
            }
        }
        for pattern in &wish.files {
            if !files.iter().any(|path| is_meant(&pattern.value, path)) {
                findings.push(no_such_files(pattern, files));
            }
        }
        wishes.push(wish);
    }
    wishes
}

fn text(item: &Item<Resolved>) -> Option<Spanned<String>> {
    match &item.value {
        Value::Text(text) => Some(Spanned::new(text.clone(), item.span)),
        _ => None,
    }
}

fn is_meant(pattern: &str, path: &FilePath) -> bool {
    fits(pattern.trim_start_matches("./").as_bytes(), path.as_str().as_bytes())
}

/// Whether a text fits a pattern in which `*` stands for anything; only the last `*` is ever tried again, so that no pattern takes long.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(t) {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(wanted) if wanted == byte => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                p = at + 1;
                t = from + 1;
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

fn no_such_files(pattern: &Spanned<String>, files: &Files) -> Finding {
    let written = &pattern.value;
    let near = nearest(written, files.iter().map(FilePath::as_str));
    Finding::new(
        &NO_SUCH_FILES,
        pattern.span,
        words!("no file is called `{written}`", "ningún archivo se llama `{written}`"),
    )
    .why(words!("what stands here is used for nothing", "lo que aquí se indica no se usa para nada"))
    .suggest(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let check = |pattern: &str, path: &str| is_meant(pattern, &FilePath::new(path).expect("a path"));
        assert!(check("data/tiktok/*.csv", "data/tiktok/Overview.csv"));
        assert!(check("data/*", "data/tiktok/Overview.csv"));
        assert!(check("data/a.csv", "data/a.csv"));
        assert!(check("*a*b*", "aab"));
        assert!(!check("data/tiktok/*.csv", "data/tiktok/Overview.zip"));
        assert!(!check("data/a", "data/a.csv"));
        // Quadratic at worst, and never worse.
        assert!(!check(&"*a".repeat(200), &"a".repeat(150)));
    }
}
