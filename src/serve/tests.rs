//! Tests of the stage: what is shown while sites come and go.

use std::sync::Arc;

use super::stage::{Found, NONE, Stage};

fn site(stage: &Stage, files: &[(&str, &str)], keep: bool) {
    stage.begin();
    for (path, text) in files {
        stage.put(path, text.as_bytes());
    }
    stage.complete(keep);
}

fn shown(stage: &Stage, path: &str) -> String {
    match stage.find(path) {
        Found::File(served) => String::from_utf8(served.bytes().to_vec()).expect("UTF-8"),
        Found::Later => "later".to_owned(),
        Found::Nothing => "nothing".to_owned(),
    }
}

#[test]
fn pages_are_those_of_the_newest_site_and_pictures_those_there_are() {
    let stage = Stage::new();
    assert_eq!(shown(&stage, "a.html"), "later");
    site(&stage, &[("a.html", "1"), ("p.png", "x")], false);
    assert_eq!(shown(&stage, "a.html"), "1");
    stage.begin();
    assert_eq!(shown(&stage, "a.html"), "later");
    assert_eq!(shown(&stage, "p.png"), "x");
    assert_eq!(stage.wanted(|path| path == "b.html"), None);
    assert_eq!(stage.wanted(|_| true).as_deref(), Some("a.html"));
    stage.put("a.html", b"2");
    stage.complete(false);
    assert_eq!((shown(&stage, "a.html"), shown(&stage, "p.png")), ("2".to_owned(), "nothing".to_owned()));
}

#[test]
fn the_last_good_site_stays_when_the_new_one_is_not_to_be_shown() {
    let stage = Stage::new();
    site(&stage, &[("a.html", "1")], false);
    stage.begin();
    stage.put("a.html", b"half");
    stage.begin();
    stage.put("a.html", b"half of another");
    stage.abandon();
    assert_eq!(shown(&stage, "a.html"), "1");
    let empty = Stage::new();
    empty.abandon();
    assert!(empty.is_empty());
    assert_eq!(shown(&empty, "a.html"), "nothing");
}

#[test]
fn a_site_that_was_interrupted_is_better_than_none() {
    let stage = Stage::new();
    stage.abandon();
    stage.begin();
    stage.put("a.html", b"half");
    stage.interrupt();
    assert_eq!(shown(&stage, "a.html"), "later");
    stage.abandon();
    assert_eq!(shown(&stage, "a.html"), "half");
    // One that is not to be shown is not.
    stage.begin();
    stage.put("a.html", b"hidden");
    stage.abandon();
    assert_eq!(shown(&stage, "a.html"), "half");
}

#[test]
fn a_page_that_errors_took_away_stays_until_all_is_well() {
    let stage = Stage::new();
    site(&stage, &[("a.html", "1"), ("b.html", "1"), ("b.csv", "1")], false);
    site(&stage, &[("a.html", "2")], true);
    site(&stage, &[("a.html", "3")], true);
    assert_eq!(["a.html", "b.html", "b.csv"].map(|path| shown(&stage, path)), ["3", "1", "nothing"]);
    site(&stage, &[("a.html", "4")], false);
    assert_eq!(shown(&stage, "b.html"), "nothing");
}

#[test]
fn versions_follow_the_page_its_body_and_its_pictures() {
    let stage = Arc::new(Stage::new());
    let versions = |path: &str| stage.versions(path).expect("a complete site");
    site(&stage, &[("a.html", "<head>1<body>x"), ("p.png", "1")], false);
    let first = versions("a.html");
    site(&stage, &[("a.html", "<head>1<body>x"), ("p.png", "1")], false);
    assert_eq!(versions("a.html"), first);
    site(&stage, &[("a.html", "<head>2<body>x"), ("p.png", "1")], false);
    let head = versions("a.html");
    assert!(head.page != first.page && head.body == first.body);
    site(&stage, &[("a.html", "<head>2<body>x"), ("p.png", "2")], false);
    assert_ne!(versions("a.html").body, head.body);
    assert_eq!(versions("b.html").page, NONE);
}

#[test]
fn open_pages_are_wanted_first() {
    let stage = Arc::new(Stage::new());
    site(&stage, &[("a.html", "1"), ("b.html", "1")], false);
    let open = stage.open("b.html");
    stage.begin();
    assert_eq!(stage.wanted(|_| true).as_deref(), Some("b.html"));
    stage.complete(false);
    drop(open);
    stage.begin();
    assert_eq!(stage.wanted(|_| true), None);
}
