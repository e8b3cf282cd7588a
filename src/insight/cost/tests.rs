//! Costs of small playbooks.

use super::*;
use crate::insight::checked::Sample;

const METRICS: &str = "signups:
  title: Sign-ups
  kind: flow
  unit: sign-ups
  level: outcome
  channel: web
  frequency: monthly
  values: [{ date: 2026-07-31, value: 900 }, { date: 2026-08-31, value: 10 }, { date: 2026-09-30, value: 20 }, { date: 2026-10-31, value: 30 }]
readers:
  title: Readers
  kind: stock
  unit: people
  level: outcome
  channel: letter
  frequency: monthly
  values: [{ date: 2026-07-31, value: 100 }, { date: 2026-08-31, value: 110 }, { date: 2026-09-30, value: 120 }, { date: 2026-10-31, value: 160 }]
seen:
  title: Seen
  kind: flow
  unit: views
  level: output
  channel: video
  frequency: monthly
  values: [{ date: 2026-10-31, value: 3000 }]
";

fn sample() -> Sample {
    let channel = "platform: x\npurpose: p\n";
    let text = |title: &str, rest: &str| format!("---\ntitle: {title}\n{channel}{rest}---\n");
    let web = text("Web", "case: { decision: keep, hours_week: 7, cost_month: 20 EUR }\n");
    let letter = text("Letter", "case: { decision: keep, hours_week: 3 }\n");
    let video = text("Video", "case: { decision: trial, cost_month: 5 USD }\n");
    let free = text("Free", "");
    let none = text("None", "case: { decision: keep, hours_week: 1 }\n");
    let closed = text("Closed", "case: { decision: close, reason: Nobody came, review_by: 2027-01-01 }\n");
    Sample::new([
        ("playbook.yaml", "title: Guide\nlanguage: en\n"),
        ("metrics.yaml", METRICS),
        ("channels/web.md", &web),
        ("channels/letter.md", &letter),
        ("channels/video.md", &video),
        ("channels/free.md", &free),
        ("channels/none.md", &none),
        ("channels/closed.md", &closed),
        (
            "objectives/grow.md",
            "---\ntitle: Grow\nkind: communication\ntargets: [{ metric: signups, baseline: 0, baseline_date: 2026-01-01, value: 100, by: 2026-12-31, counted: total }]\n---\n",
        ),
    ])
}

#[test]
fn what_comes_of_a_channel_is_divided_by_what_it_costs() {
    let sample = sample();
    let outlays = outlays(sample.book());
    let of = |id: &str| {
        let id = sample.id("channel", id);
        outlays.iter().find(|outlay| outlay.channel == id).expect("a channel in use")
    };
    let web = &of("web").results[0];
    assert_eq!((web.a_month, web.months, web.growth), (20.0, 3, false), "July is too old to count");
    assert_eq!(web.money_each, Some((1.0, "EUR".to_owned())));
    assert!((web.hours_each.expect("hours") - 30.4375 / 20.0).abs() < 1e-9);
    assert_eq!(of("web").answer, Answer::Returns);
    let letter = &of("letter").results[0];
    assert_eq!((letter.a_month, letter.months, letter.growth), (20.0, 3, true));
    assert_eq!((letter.money_each.clone(), of("letter").answer), (None, Answer::Unaimed));
    assert_eq!(of("video").answer, Answer::OutputsOnly);
    assert_eq!(of("free").answer, Answer::NoCost);
    assert_eq!(of("none").answer, Answer::NoResult);
    assert_eq!(outlays.len(), 5, "a closed channel costs nothing any more");
}

#[test]
fn rejected_channels_keep_their_reason() {
    let sample = sample();
    let rejected = rejected(sample.book());
    assert_eq!(rejected.len(), 1);
    assert_eq!((rejected[0].decision, rejected[0].reason.as_deref()), ("close", Some("Nobody came")));
}

#[test]
fn currencies_are_never_added() {
    let money = |amount: f64, currency: &str| Money { amount, decimals: 0, currency: currency.to_owned() };
    let all = [money(2.0, "EUR"), money(3.0, "USD"), money(4.0, "EUR")];
    let of = |settings: &str| {
        let sample = Sample::new([("playbook.yaml", settings)]);
        sums(sample.book(), all.iter())
    };
    assert_eq!(of("title: Guide\nlanguage: en\n"), [money(6.0, "EUR"), money(3.0, "USD")]);
    assert_eq!(of("title: Guide\nlanguage: en\ncurrency: usd\n"), [money(3.0, "USD"), money(6.0, "EUR")]);
}
