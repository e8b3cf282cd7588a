//! Every chart of `chart::sample` in pages of the real theme, written to `target/chart-gallery/` for the tests in a browser and for people's eyes.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::gallery::{head, site};
use super::{Brand, Theme, shared, words};
use crate::chart;
use crate::chart::sample::gallery as charts;
use crate::locale::Locale;
use crate::site::view::{ArticleView, ChartView, ReviewView, View};

/// One page for each kind of chart, and the files of figures.
fn pages(theme: &Theme) -> BTreeMap<String, String> {
    let locale = Locale::new("es", words("es"));
    let words = shared(&words("es")).value;
    let site = shared(&site()).value;
    let mut files = BTreeMap::new();
    let mut bodies: BTreeMap<&str, String> = BTreeMap::new();
    for (name, spec, data) in charts() {
        let mut drawn = chart::draw(&spec, &data, &locale, name);
        let csv = format!("figures/{name}.csv");
        files.insert(csv.clone(), std::mem::take(&mut drawn.csv));
        let kind = drawn.kind;
        let chart = theme.fragment("fragments/chart.html", &ChartView::of(drawn, name, csv), &site, &words);
        assert_eq!(chart.findings, Vec::new(), "{name}");
        let body = bodies.entry(kind).or_default();
        write!(body, "<h2>{name}</h2>{}", chart.value).unwrap();
    }
    for (kind, body_html) in bodies {
        let path = format!("{kind}.html");
        let mut head = head("article", &format!("Galería: {kind}"), &path);
        head.emergency = None;
        head.charts = true;
        head.drawings = true;
        let view = View::Article(ArticleView {
            lead_lang: String::new(),
            body_lang: String::new(),
            lead: String::new(),
            review: ReviewView::default(),
            body_html,
            children: Vec::new(),
            relations: Vec::new(),
        });
        let page = theme.render(&head, &site, &words, &view);
        assert_eq!(page.findings, Vec::new(), "{kind}");
        files.insert(path, page.value);
    }
    files
}

#[test]
fn chart_gallery() {
    let mut findings = Vec::new();
    let theme = Theme::load(&[], &Brand::default(), &mut findings);
    assert_eq!(findings, Vec::new());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/chart-gallery");
    // What an earlier run wrote and this one does not would be looked at too.
    let _ = std::fs::remove_dir_all(&root);
    let put = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    let pages = pages(&theme);
    assert!(pages.keys().filter(|path| path.ends_with(".html")).count() >= 3, "{:?}", pages.keys());
    for (path, text) in pages {
        put(&path, text.as_bytes());
    }
    for asset in theme.assets() {
        put(&asset.path, &asset.bytes);
    }
}
