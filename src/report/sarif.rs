//! The findings as SARIF 2.1.0, for code scanning and editors.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::finding::{Code, Finding};
use crate::text::Position;

use super::Report;
use super::json::written;
use super::location::Location;

impl<'a> Report<'a> {
    /// A SARIF 2.1.0 log with one run; every code that occurs is a rule, columns count characters.
    pub fn sarif(&self) -> String {
        let codes: BTreeMap<&str, &Code> =
            self.findings.iter().map(|finding| (finding.code.id, finding.code)).collect();
        let indexes: BTreeMap<&str, usize> =
            codes.keys().enumerate().map(|(index, id)| (*id, index)).collect();
        let rules: Vec<Value> = codes
            .values()
            .map(|code| {
                json!({
                    "id": code.id,
                    "name": code.name,
                    "shortDescription": { "text": code.name.replace('_', " ") },
                    "help": { "text": format!("portolan explain {}", code.id) },
                    "defaultConfiguration": { "level": code.level.name() },
                })
            })
            .collect();
        let results: Vec<Value> = self
            .findings
            .iter()
            .map(|finding| self.result(finding, indexes.get(finding.code.id).copied().unwrap_or_default()))
            .collect();
        written(&json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "Portolan",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "language": self.language.tag(),
                    "rules": rules,
                } },
                "language": self.language.tag(),
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        }))
    }

    fn result(&self, finding: &'a Finding, rule: usize) -> Value {
        let mut text = self.words(&finding.message).into_owned();
        for words in [&finding.why, &finding.help].into_iter().flatten() {
            text.push('\n');
            text.push_str(&self.words(words));
        }
        let mut result = json!({
            "ruleId": finding.code.id,
            "ruleIndex": rule,
            "level": finding.level.name(),
            "message": { "text": text },
        });
        let location = self.locations.of(&finding.place);
        let related: Vec<Value> = finding
            .also
            .iter()
            .filter_map(|(span, words)| {
                let mut related = self.place(&self.locations.of_span(*span)?);
                set(&mut related, "message", json!({ "text": self.words(words) }));
                Some(related)
            })
            .collect();
        if let Some(location) = &location {
            set(&mut result, "locations", json!([self.place(location)]));
            if let (Some(replacement), Some((start, end))) = (self.replacement(finding), location.range) {
                set(
                    &mut result,
                    "fixes",
                    json!([{ "artifactChanges": [{
                        "artifactLocation": { "uri": self.address(location) },
                        "replacements": [{
                            "deletedRegion": region(start, end),
                            "insertedContent": { "text": replacement },
                        }],
                    }] }]),
                );
            }
        }
        if !related.is_empty() {
            set(&mut result, "relatedLocations", Value::Array(related));
        }
        result
    }

    fn place(&self, location: &Location) -> Value {
        let mut place = json!({ "artifactLocation": { "uri": self.address(location) } });
        if let Some((start, end)) = location.range {
            set(&mut place, "region", region(start, end));
        }
        json!({ "physicalLocation": place })
    }

    /// The path as a relative address.
    fn address(&self, location: &Location) -> String {
        let path = self.path(&location.path);
        let mut address = String::with_capacity(path.len());
        for byte in path.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    address.push(char::from(byte));
                }
                _ => address.push_str(&format!("%{byte:02X}")),
            }
        }
        address
    }
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}
