//! Scorecards of small playbooks.

use super::*;
use crate::insight::checked::Sample;

const SETTINGS: (&str, &str) = ("playbook.yaml", "title: Guide\nlanguage: en\n");
const VISITS: (&str, &str) = (
    "metrics/visits.md",
    "---\ntitle: Visits\nkind: flow\nunit: visits\nlevel: outcome\nfrequency: monthly\nvalues:\n  - { date: 2026-08-31, value: 100 }\n  - { date: 2026-09-30, value: 120 }\n  - { date: 2026-10-31, value: 90 }\n---\n",
);

fn objective(id: &str, rest: &str) -> (String, String) {
    (format!("objectives/{id}.md"), format!("---\ntitle: {id}\nkind: communication\n{rest}---\n"))
}

fn sample(objectives: &[(&str, &str)]) -> Sample {
    let made: Vec<(String, String)> = objectives.iter().map(|(id, rest)| objective(id, rest)).collect();
    let mut files = vec![SETTINGS, VISITS];
    files.extend(made.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    // `Sample::new` takes an array: the rest is filled with files that mean nothing.
    let at = |index: usize| files.get(index).copied().unwrap_or(("notes.txt", ""));
    Sample::new([at(0), at(1), at(2), at(3), at(4), at(5)])
}

const AIM: &str = "targets:\n  - { metric: visits, baseline: 100, baseline_date: 2026-08-31, value: 140, by: 2026-12-31 }\n";

#[test]
fn the_order_is_that_of_the_tree() {
    let sample = sample(&[
        ("leaf", "parent: middle\n"),
        ("middle", "parent: root\norder: 2\n"),
        ("first", "parent: root\norder: 1\n"),
        ("root", ""),
    ]);
    let book = sample.book();
    let goals = goals(book, &active_objectives(book), book.today);
    let names: Vec<(&str, usize)> = goals
        .iter()
        .map(|goal| (book.entity(goal.id).map_or("", |entity| entity.id.as_str()), goal.depth))
        .collect();
    assert_eq!(names, [("root", 0), ("first", 1), ("middle", 1), ("leaf", 2)]);
}

#[test]
fn a_circle_of_objectives_is_listed_once() {
    let sample = sample(&[("one", "parent: two\n"), ("two", "parent: one\n"), ("three", "status: draft\n")]);
    let book = sample.book();
    assert_eq!(goals(book, &active_objectives(book), book.today).len(), 2);
}

#[test]
fn a_target_is_read_as_of_the_day() {
    let sample = sample(&[("grow", AIM)]);
    let book = sample.book();
    let grow = sample.id("objective", "grow");
    let now = &aims(book, grow, book.today)[0];
    assert_eq!((now.progress.actual, now.progress.status), (Some(90.0), Status::OffTrack));
    assert_eq!(now.age, Some(22));
    let then = &aims(book, grow, Date::constant(2026, 9, 30))[0];
    assert_eq!((then.progress.actual, then.progress.status), (Some(120.0), Status::OnTrack));
    assert_eq!(then.progress.attained, Some(0.5));
    let before = &aims(book, grow, Date::constant(2026, 1, 1))[0];
    assert_eq!(before.progress.status, Status::NoData);
    assert_eq!(tally(&goals(book, &[grow], book.today)), [(Status::OffTrack, 1)]);
}

#[test]
fn what_is_not_smart() {
    let sample =
        sample(&[("bare", ""), ("half", "targets:\n  - { metric: visits, value: 140, baseline: 3 }\n")]);
    let book = sample.book();
    assert_eq!(lacks(book, sample.id("objective", "bare")), [Lack::Target, Lack::Owner, Lack::Parent]);
    assert_eq!(
        lacks(book, sample.id("objective", "half")),
        [Lack::BaselineDate, Lack::Deadline, Lack::Owner, Lack::Parent]
    );
    assert_eq!(sample.told("P301").len(), 1, "only one has no target");
}
