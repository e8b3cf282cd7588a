//! Charts and metrics of platform exports, from the bytes of a download to the figures on the site.

use crate::program::{Scratch, build, run_in, tree};

const POSTS: &str = "\"Tweet id\",\"Tweet permalink\",\"Tweet text\",\"time\",\"impressions\",\"engagements\",\"engagement rate\"
\"1\",\"https://x.example/1\",\"one\",\"2024-03-02 18:42 +0000\",\"100\",\"10\",\"0.1\"
\"2\",\"https://x.example/2\",\"two, and more\",\"2024-03-20 18:42 +0000\",\"900\",\"9\",\"0.01\"
\"3\",\"https://x.example/3\",\"three\",\"2024-04-01 18:42 +0000\",\"100\",\"50\",\"0.5\"
";

fn playbook(page: &str) -> Scratch {
    let source = Scratch::new("exported-source");
    source.write("playbook.yaml", "title: Exported\nlanguage: en\n");
    source.write("data/x/tweets_20240501.csv", POSTS);
    source.write("page.md", page);
    source
}

/// The figures of the only chart of the site.
fn figures(source: &Scratch) -> String {
    let scratch = Scratch::new("exported");
    let output = scratch.join("site");
    let ran = build(source.path(), &output, "staff").ended(0);
    let files = tree(&output);
    let found = files.iter().find(|(name, _)| name.starts_with("figures/") && name.ends_with(".csv"));
    let (_, bytes) = found.unwrap_or_else(|| panic!("no figures: {}", ran.talk));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

#[test]
fn a_rate_of_an_export_is_recomputed_from_its_parts() {
    let page =
        "# Page\n\n```chart\nchart: line\ntitle: Rate\ndata: x.engagement_rate\ntime_unit: month\n```\n";
    let figures = figures(&playbook(page));
    // 19 of 1,000 and 50 of 100: neither the mean of the rates (5.5 %) nor their sum.
    assert!(figures.contains("2024-03,1.9"), "{figures}");
    assert!(figures.contains("2024-04,50"), "{figures}");
}

/// Named as a file and read as an export, a table says once what is wrong with it.
#[test]
fn a_file_that_also_feeds_a_series_tells_its_findings_once() {
    let source = Scratch::new("told-once");
    source.write("playbook.yaml", "title: Guide\nlanguage: en\n");
    source.write("data/youtube/Totals.csv", "Date,Views\n2026-01-01,10,3\n2026-01-02,12\n");
    let chart = |data: &str| format!("```chart\nchart: line\ntitle: {data}\ndata: {data}\n```\n\n");
    let page = ["# Guide\n\n", &chart("data/youtube/Totals.csv"), &chart("youtube.views")].concat();
    source.write("index.md", page);
    let ran = run_in(source.path(), &["check", "--lang", "en", "--format", "plain"]);
    assert_eq!(ran.out.matches("P402").count(), 1, "{}", ran.out);
}

#[test]
fn what_is_counted_is_added_and_what_has_no_sum_is_refused() {
    let page = "# Page\n\n```chart\nchart: bar\ntitle: Seen\ndata: x.impressions\ntime_unit: month\n```\n";
    let figures = figures(&playbook(page));
    assert!(figures.contains("2024-03,1000") && figures.contains("2024-04,100"), "{figures}");
    let page = "# Page\n\n```chart\nchart: line\ntitle: Rate\ndata: x.engagement_rate\naggregate: sum\ntime_unit: month\n```\n";
    let ran = run_in(playbook(page).path(), &["check", "--lang", "en"]);
    assert!(ran.out.contains("a mean of rates gives a small period"), "{}", ran.out);
}
