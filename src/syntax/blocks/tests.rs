//! Exports as they come: preambles, comments, stacked tables.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests measure time")]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::text::{Place, Span};

/// Every block: titles in brackets, comments after `#`, then header and rows as lines joined by ` / `, cells by `|`; lines above the header before `^`.
fn show(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let mut findings = Vec::new();
    let blocks = blocks(text, SourceId(0), &mut findings);
    let line = |block: &Block<'_>, row: usize| {
        let cells: Vec<_> = (0..block.grid.width(row)).map(|column| block.grid.text(row, column)).collect();
        cells.join("|")
    };
    let shown = blocks.iter().map(|block| {
        let mut parts: Vec<String> = block.titles.iter().map(|title| format!("[{}] ", title.value)).collect();
        parts.extend(block.comments.iter().map(|comment| format!("#{}# ", comment.value)));
        let rows =
            |rows: std::ops::Range<usize>| rows.map(|row| line(block, row)).collect::<Vec<_>>().join(" / ");
        let header = block.header();
        if header > 0 {
            parts.push(rows(0..header) + " ^ ");
        }
        parts.push(rows(header..block.grid.rows()));
        parts.concat()
    });
    (shown.collect(), findings.iter().map(|finding| finding.code.id).collect())
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (shown, codes) = show(text);
    assert_eq!(shown, expected, "{text:?}");
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn plain_tables_are_one_block() {
    check("a,b\n1,2\n3,4\n", &["a|b / 1|2 / 3|4"]);
    check("a,b\r\n1,2\r\n\r\n3,4", &["a|b / 1|2 / 3|4"]);
    check("a\n\n1\n\n2\n", &["a / 1 / 2"]);
    check("nombre\nana\n\nbea\n", &["nombre / ana / bea"]);
    check("x,y\nno,hay\n\nni,uno\n", &["x|y / no|hay / ni|uno"]);
    check("a;b\n1,5;2,5\n\n3,5;4,5\n", &["a|b / 1,5|2,5 / 3,5|4,5"]);
    check("a,b\n1,2\n,\n3,4\n", &["a|b / 1|2 / 3|4"]);
    check("Mes,2025,2026\nenero,1,2\n", &["Mes|2025|2026 / enero|1|2"]);
    check("a,b\n1,2,3\n4,5,6\n", &["a|b / 1|2|3 / 4|5|6"]);
    check("hashtag,uso\n#cine,1\n\n#arte,2\n", &["hashtag|uso / #cine|1 / #arte|2"]);
    check("a,b\n1,\"x\n\ny\"\n2,z\n", &["a|b / 1|x\n\ny / 2|z"]);
}

#[test]
fn what_stands_above_the_header() {
    check(
        "Informe de Instagram\n\nFecha;Alcance\n2026-01-01;2\n",
        &["[Informe de Instagram] Fecha|Alcance / 2026-01-01|2"],
    );
    check(
        "sep=,\r\n\"Facebook follows\"\r\n\"Date\",\"Primary\"\r\n\"2025-08-01T00:00:00\",\"20\"\r\n",
        &["[Facebook follows] Date|Primary / 2025-08-01T00:00:00|20"],
    );
    check(
        "Video overview,,\nDate,Views,Likes\n2026-01-01,5,6\n",
        &["[Video overview] Date|Views|Likes / 2026-01-01|5|6"],
    );
    check(
        "Informe, mayo de 2026\nFecha;Alcance\n2026-01-01;1,5\n",
        &["[Informe, mayo de 2026] Fecha|Alcance / 2026-01-01|1,5"],
    );
    check(
        "Cuenta,Teatro\nDesde,2026-01-01\nFecha,Alcance,Clics\n2026-01-01,5,6\n2026-01-02,5,6\n2026-01-03,5,6\n",
        &[
            "Cuenta|Teatro / Desde|2026-01-01 ^ Fecha|Alcance|Clics / 2026-01-01|5|6 / 2026-01-02|5|6 / 2026-01-03|5|6",
        ],
    );
    check(
        "# ----\n# Overview\n# Start date: 20260101\n# ----\n\nDate,Views\n20260101,4\n",
        &["#----# #Overview# #Start date: 20260101# #----# Date|Views / 20260101|4"],
    );
    check("#id,nombre\n1,Ana\n", &["#id|nombre / 1|Ana"]);
    check("# GA4, todo\nFecha,Alcance\n2026-01-01,4\n", &["#GA4, todo# Fecha|Alcance / 2026-01-01|4"]);
}

#[test]
fn stacked_tables() {
    check(
        "Edad\nTramo;Mujeres\n18-24;0,2\n\nCiudades\n\"Ciudad\",\"Parte\"\n\"Cádiz\",\"4.1\"\n",
        &["[Edad] Tramo|Mujeres / 18-24|0,2", "[Ciudades] Ciudad|Parte / Cádiz|4.1"],
    );
    check(
        "# Uno\nDate,Views\n20260101,4\n\n# Dos\nPage,Views\n/a,4\n",
        &["#Uno# Date|Views / 20260101|4", "#Dos# Page|Views / /a|4"],
    );
    check(
        "# Uno\nDate,Views\n20260101,4\n# Dos\nPage,Views,Users\n/a,4,2\n",
        &["#Uno# Date|Views / 20260101|4", "#Dos# Page|Views|Users / /a|4|2"],
    );
    check(
        "Date,Views\n20260101,4\n,\n,\nPage,Views\n/a,4\n",
        &["Date|Views / 20260101|4", "Page|Views / /a|4"],
    );
    // A note below is a row that does not fit, and said so when the table is checked.
    check("a,b\n1,2\n\nFuente: nosotros\n", &["a|b / 1|2 / Fuente: nosotros"]);
    check("a,b\n1,2\n# nota\n3,4\n", &["#nota# a|b / 1|2 / 3|4"]);
    // A comment that looked like a header, in a piece that then goes on with another delimiter.
    check("a7\n\n#|7\r\n7|\naaaa", &["a7 / #|7 / 7| ^ aaaa"]);
}

#[test]
fn nothing_at_all() {
    for text in ["", "\n \n", "sep=;\n", "# nada\n"] {
        let (shown, codes) = show(text);
        assert!(shown.is_empty(), "{text:?}");
        assert_eq!(codes, ["P404"], "{text:?}");
    }
}

#[test]
fn nasty_texts_take_no_time() {
    for (before, part, count) in [
        ("", " \"x\",1\n\n", 30_000),
        ("", "\"x\",1\n\n", 30_000),
        ("", "a,1\n\nb;2\n\n", 30_000),
        ("", "a\n\n", 30_000),
        ("", "#\n", 30_000),
        ("", "#a,b\n", 30_000),
        ("", "sep=,\n", 30_000),
        ("", ",\n", 30_000),
        ("", "a,b\n\"", 30_000),
        ("", "\"a\n\n", 30_000),
        ("", "a,b\n1,2\n\ntítulo\nc,d\n3,4\n\n", 20_000),
        ("", " \n", 80_000),
        ("5\n\n", "t\n\n", 50_000),
        ("a,b\n1,2\n\n", "t\n\n", 50_000),
    ] {
        let told = |count: usize| {
            let text = format!("{before}{}", part.repeat(count));
            let start = Instant::now();
            show(&text);
            start.elapsed()
        };
        // Ten times as much takes ten times as long, whatever else the machine does meanwhile.
        let (short, long) = (told(count / 10), told(count));
        assert!(
            long < short * 40 + Duration::from_secs(1),
            "{short:?} for a tenth, {long:?} for all of {part:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    /// Every letter of the text is in a cell, a title or a comment, or is a sign between them: nothing is lost.
    #[test]
    fn nothing_is_lost(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "b", "7", "ñ", "\"", "\"\"", ",", ";", "|", "\n", "\n\n", "\r\n", "\r", " ", "#", "sep=;\n", "1,5",
    ]), 0..50)) {
        let text = parts.concat();
        let mut findings = Vec::new();
        let mut covered = vec![false; text.len()];
        let mut cover = |span: Span| {
            covered.get_mut(span.start as usize..span.end as usize).expect("a slice").fill(true);
        };
        for block in blocks(&text, SourceId(0), &mut findings) {
            block.titles.iter().chain(&block.comments).for_each(|line| cover(line.span));
            for row in 0..block.grid.rows() {
                (0..block.grid.width(row)).for_each(|column| cover(block.grid.span(row, column)));
            }
            prop_assert!(block.header() < block.grid.rows().max(1));
        }
        let without_table = findings.iter().any(|finding| finding.code.id == "P404");
        let declared = text.contains("sep=");
        for (at, letter) in text.char_indices() {
            if letter.is_alphanumeric() && !covered[at] {
                prop_assert!(without_table || declared, "{:?} at {}", letter, at);
            }
        }
        for finding in findings {
            let Place::Span(span) = finding.place else { panic!("a place in the text") };
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
    }
}
