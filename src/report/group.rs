//! Findings that say the same in many places, told once.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::text::Place;

/// How many places of a group are named.
const NAMED: usize = 3;

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

/// The findings of the same code and group made one, where the first of them stands; a finding without a group stays alone.
pub fn grouped(findings: &[Finding]) -> Vec<Grouped<'_>> {
    let mut told: Vec<Grouped<'_>> = Vec::with_capacity(findings.len());
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings {
        if let Some(group) = &finding.group {
            let index = *places.entry((finding.code.id, group)).or_insert(told.len());
            if let Some(known) = told.get_mut(index) {
                known.count += 1;
                known.level = known.level.min(finding.level);
                if known.places.len() < NAMED {
                    known.places.push(&finding.place);
                }
                continue;
            }
        }
        told.push(Grouped { finding, level: finding.level, count: 1, places: vec![&finding.place] });
    }
    told
}
