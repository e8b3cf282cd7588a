//! Findings that say the same in many places, told once.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::text::{Place, SourceId};

/// How many places of a group are named.
const NAMED: usize = 3;
/// How many findings of one code in one file are told one by one; who has thousands is helped by none of them. The next one speaks for the rest.
const ALONE: usize = 100;

/// A finding, and how often it occurs.
#[derive(Clone, Debug)]
pub struct Grouped<'a> {
    /// The first of the group.
    pub finding: &'a Finding,
    /// The most serious level in the group.
    pub level: Level,
    /// How many findings the group has, this one counted.
    pub count: usize,
    /// The first three places.
    pub places: Vec<&'a Place>,
}

impl<'a> Grouped<'a> {
    fn add(&mut self, finding: &'a Finding) {
        self.count += 1;
        self.level = self.level.min(finding.level);
        if self.places.len() < NAMED {
            self.places.push(&finding.place);
        }
    }
}

/// The findings of the same code and group made one, where the first of them stands; a finding without a group stays alone, unless its file has very many of its code.
pub fn grouped(findings: &[Finding]) -> Vec<Grouped<'_>> {
    let mut told: Vec<Grouped<'_>> = Vec::with_capacity(findings.len());
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut alone: BTreeMap<(&str, SourceId), (usize, usize)> = BTreeMap::new();
    for finding in findings {
        if let (None, Place::Span(span)) = (&finding.group, &finding.place) {
            let (count, last) = alone.entry((finding.code.id, span.source)).or_default();
            *count += 1;
            if *count == ALONE + 1 {
                *last = told.len();
            } else if *count > ALONE
                && let Some(known) = told.get_mut(*last)
            {
                known.add(finding);
                continue;
            }
        }
        if let Some(group) = &finding.group {
            let index = *places.entry((finding.code.id, group)).or_insert(told.len());
            if let Some(known) = told.get_mut(index) {
                known.add(finding);
                continue;
            }
        }
        told.push(Grouped { finding, level: finding.level, count: 1, places: vec![&finding.place] });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{BUG, Words};
    use crate::text::Span;

    #[test]
    fn thousands_in_one_file_are_told_once() {
        let finding = |source, at| Finding::new(&BUG, Span::new(SourceId(source), at, at), Words::same("x"));
        let mut findings: Vec<Finding> = (0..20_000).map(|at| finding(0, at)).collect();
        findings.push(finding(1, 0));
        let told = grouped(&findings);
        assert_eq!(told.len(), ALONE + 2);
        assert_eq!(told.iter().map(|told| told.count).sum::<usize>(), 20_001);
    }
}
