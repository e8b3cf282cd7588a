//! Findings that say the same in many places, told once.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::text::{Place, SourceId};

/// How many places of a group are named.
const NAMED: usize = 3;
/// How many findings of one code in one file are told one by one; who has thousands is helped by none of them. The next one speaks for the rest.
const ALONE: usize = 100;
/// How many notes of one code are shown with their lines at a terminal; the next one speaks for the rest.
pub(super) const NOTES_SHOWN: usize = 12;

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
    /// It speaks for the further notes of its code, which say other things; all of them are told where nothing is left out.
    pub is_for_others: bool,
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

/// The findings of the same code and group made one, where the first of them stands; a finding without a group stays alone, unless its file has very many of its code, or it is a note and more than `notes` of its code were told.
pub fn grouped(findings: &[Finding], notes: usize) -> Vec<Grouped<'_>> {
    let mut told: Vec<Grouped<'_>> = Vec::with_capacity(findings.len());
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    // Where the finding stands that speaks for those of a code in a file, or for the notes of a code.
    let mut alone: BTreeMap<(&str, Option<SourceId>), (usize, usize)> = BTreeMap::new();
    for finding in findings {
        if finding.group.is_none() {
            let limits = [
                (finding.level == Level::Note).then_some((None, notes)),
                match &finding.place {
                    Place::Span(span) => Some((Some(span.source), ALONE)),
                    _ => None,
                },
            ];
            let mut speaker = None;
            for (of, limit) in limits.into_iter().flatten() {
                let (count, last) = alone.entry((finding.code.id, of)).or_default();
                *count += 1;
                if *count == limit.saturating_add(1) {
                    *last = told.len();
                } else if *count > limit {
                    speaker = Some((*last, of.is_none()));
                    break;
                }
            }
            if let Some((at, is_for_others)) = speaker
                && let Some(known) = told.get_mut(at)
            {
                known.add(finding);
                known.is_for_others |= is_for_others;
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
        told.push(Grouped {
            finding,
            level: finding.level,
            count: 1,
            places: vec![&finding.place],
            is_for_others: false,
        });
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
        let told = grouped(&findings, usize::MAX);
        assert_eq!(told.len(), ALONE + 2);
        assert_eq!(told.iter().map(|told| told.count).sum::<usize>(), 20_001);
    }

    #[test]
    fn notes_of_a_code_are_shown_twelve_times() {
        let mut findings: Vec<Finding> = (0..50)
            .map(|file| {
                let mut finding = Finding::new(&BUG, Span::new(SourceId(file), 0, 0), Words::same("x"));
                finding.level = Level::Note;
                finding
            })
            .collect();
        let told = grouped(&findings, NOTES_SHOWN);
        assert_eq!(told.len(), NOTES_SHOWN + 1);
        let last = told.last().expect("one");
        assert!(last.is_for_others && last.count == 50 - NOTES_SHOWN && last.places.len() == NAMED);
        // Thirteen are all shown: nothing is left to speak for.
        assert!(grouped(&findings[..=NOTES_SHOWN], NOTES_SHOWN).iter().all(|told| !told.is_for_others));
        // A warning is never passed over for being one of many files.
        for finding in &mut findings {
            finding.level = Level::Warning;
        }
        assert_eq!(grouped(&findings, NOTES_SHOWN).len(), 50);
    }
}
