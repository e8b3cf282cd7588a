//! Evaluations of a small playbook, before and after the data change.

use super::*;
use crate::insight::Status;
use crate::insight::checked::Sample;

fn sample(september: u32, figures: &str) -> Sample {
    let metrics = format!(
        "visits:
  title: Visits
  kind: flow
  unit: visits
  level: outcome
  frequency: monthly
  values: [{{ date: 2026-07-31, value: 100 }}, {{ date: 2026-08-31, value: 110 }}, {{ date: 2026-09-30, value: {september} }}, {{ date: 2026-10-31, value: 500 }}]
"
    );
    let evaluation = format!("---\ntitle: Q3\nperiod: 2026-Q3\nissued: 2026-10-05\n{figures}---\n");
    Sample::new([
        ("playbook.yaml", "title: Guide\nlanguage: en\n"),
        ("metrics.yaml", &metrics),
        (
            "objectives/grow.md",
            "---\ntitle: Grow\nkind: communication\ntargets:\n  - { metric: visits, baseline: 100, baseline_date: 2026-06-30, value: 140, by: 2026-12-31 }\n  - { metric: visits, baseline: 0, baseline_date: 2026-07-01, value: 600, by: 2026-12-31 }\n---\n",
        ),
        ("evaluations/q3.md", &evaluation),
        ("decisions/end.md", "---\ntitle: End\ndate: 2026-08-01\nkind: stop\n---\n"),
        ("decisions/late.md", "---\ntitle: Late\ndate: 2026-11-01\nkind: stop\n---\n"),
    ])
}

const FIGURES: &str =
    "figures:\n  - { metric: visits, value: 120 }\n  - { metric: visits, value: 330, since: 2026-07-01 }\n";

fn read(sample: &Sample) -> Evaluation {
    evaluation(sample.book(), sample.id("evaluation", "q3")).expect("an evaluation")
}

#[test]
fn without_record_the_figures_are_those_of_the_end_of_the_period() {
    let sample = sample(120, "");
    let evaluation = read(&sample);
    let goals = evaluation.goals(sample.book());
    let actual: Vec<_> = goals[0].aims.iter().map(|aim| (aim.progress.actual, aim.later)).collect();
    assert_eq!(actual, [(Some(120.0), None), (Some(330.0), None)]);
    let figures = evaluation.to_record(sample.book());
    let figures: Vec<_> = figures.iter().map(|(_, since, found)| (*since, found.value)).collect();
    assert_eq!(figures, [(None, 120.0), (Some(Date::constant(2026, 7, 1)), 330.0)]);
}

#[test]
fn a_recorded_figure_stays_when_the_data_change() {
    let same = sample(120, FIGURES);
    assert!(read(&same).goals(same.book())[0].aims.iter().all(|aim| aim.later.is_none()));
    let changed = sample(150, FIGURES);
    let goals = read(&changed).goals(changed.book());
    let aims: Vec<_> = goals[0].aims.iter().map(|aim| (aim.progress.actual, aim.later)).collect();
    assert_eq!(
        aims,
        [(Some(120.0), Some(Later::Changed(150.0))), (Some(330.0), Some(Later::Changed(360.0)))]
    );
    assert_eq!(goals[0].aims[0].progress.status, Status::OnTrack, "150 would have been achieved");
}

#[test]
fn headlines_name_a_metric_once() {
    let sample = sample(120, "");
    let evaluation = read(&sample);
    assert_eq!(evaluation.headlines(&evaluation.goals(sample.book()), 5).len(), 1);
}

#[test]
fn what_stopped_in_its_time() {
    let sample = sample(120, "");
    assert_eq!(read(&sample).stops(sample.book()), [sample.id("decision", "end")]);
}
