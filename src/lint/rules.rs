//! The coverage rules of kind files, those of the program and those of authors: how many relations or values an entity has, against how many it should have.

use crate::finding::{Finding, Words};
use crate::insight::{Book, coverage};
use crate::model::{Entity, Resolved, Rule};

/// Evaluates every rule of every kind on every entity of it.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    for (id, entity) in book.iter() {
        let Some(kind) = book.kinds.kind(entity.kind) else { continue };
        for rule in &kind.rules {
            if coverage::applies(book.kinds, entity, rule) && !coverage::keeps(book, id, entity, kind, rule) {
                findings.push(finding(rule, entity));
            }
        }
    }
}

fn finding(rule: &Rule, entity: &Entity<Resolved>) -> Finding {
    let title = &entity.title;
    let message =
        Words { en: format!("“{title}”: {}", rule.say.en), es: format!("«{title}»: {}", rule.say.es) };
    let mut finding = Finding::new(rule.code, entity.span, message).level(rule.level);
    if !rule.why.en.is_empty() {
        finding = finding.why(rule.why.clone());
    }
    if !rule.help.en.is_empty() {
        finding = finding.help(rule.help.clone());
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::sample::Sample;

    fn told(channel: &str) -> Vec<&'static str> {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            ("people/ana.md", "---\nname: Ana\n---\n"),
            ("channels/web.md", &format!("---\ntitle: Web\nplatform: web\n{channel}---\n")),
        ]);
        let mut findings = Vec::new();
        check(sample.book(), &mut findings);
        findings.iter().map(|finding| finding.code.id).collect()
    }

    #[test]
    fn a_name_that_was_not_found_is_not_missed_as_well() {
        assert!(told("").contains(&"P321"));
        assert!(!told("owner: ana\n").contains(&"P321"));
        assert!(!told("owner: anna\n").contains(&"P321"));
    }
}
