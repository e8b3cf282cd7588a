//! Chains of small playbooks.

use super::*;
use crate::insight::checked::Sample;

fn metric(level: &str) -> String {
    format!(
        "---\ntitle: {level}\nkind: flow\nunit: things\nlevel: {level}\nfrequency: monthly\nvalues:\n  - {{ date: 2026-10-31, value: 90 }}\n---\n"
    )
}

#[test]
fn a_chain_stops_where_nothing_is_measured() {
    let (output, impact) = (metric("output"), metric("impact"));
    let sample = Sample::new([
        ("playbook.yaml", "title: Guide\nlanguage: en\n"),
        ("metrics/reach.md", output.as_str()),
        ("metrics/sales.md", impact.as_str()),
        ("metrics/trust.md", "---\ntitle: Trust\nkind: score\nunit: points\nlevel: outcome\n---\n"),
        (
            "objectives/all.md",
            "---\ntitle: All\nkind: organisation\ntargets: [{ metric: sales, value: 3 }]\n---\n",
        ),
        (
            "objectives/talk.md",
            "---\ntitle: Talk\nkind: communication\nparent: all\ntargets: [{ metric: trust, value: 3 }]\nchannels: [web]\n---\n",
        ),
        ("channels/web.md", "---\ntitle: Web\nplatform: web\npurpose: To tell\nmetrics: [reach]\n---\n"),
    ]);
    let book = sample.book();
    let talk = chain(book, sample.id("objective", "talk"));
    let rings: Vec<(Level, Via, bool)> =
        talk.rings.iter().map(|ring| (ring.level, ring.via, ring.measured)).collect();
    assert_eq!(
        rings,
        [
            (Level::Output, Via::Channel(sample.id("channel", "web")), true),
            (Level::Outcome, Via::Own, false),
            (Level::Impact, Via::Above(sample.id("objective", "all")), true),
        ]
    );
    assert_eq!(talk.reaches, Some(Level::Output), "a metric without figures and one of others do not count");
    let all = chain(book, sample.id("objective", "all"));
    assert_eq!(all.reaches, Some(Level::Impact));
}
