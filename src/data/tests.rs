//! Exports in their true bytes are read to exactly the series that `tests/exports/*/expected.txt` holds, which were computed without this program.
#![allow(clippy::disallowed_methods, reason = "fixtures are files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use crate::finding::Level;
use crate::series::Measure;
use crate::world::{Date, MemoryWorld};

struct Ran {
    collected: BTreeMap<String, Collected>,
    /// Code, level and message.
    told: Vec<String>,
}

fn ran(files: &[(&str, Vec<u8>)], language: &str) -> Ran {
    let world = MemoryWorld::new(
        files.iter().map(|(name, bytes)| (*name, bytes.clone())),
        Date::constant(2026, 11, 22),
    );
    let paths = Files::of(&world);
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let place = crate::text::Span::new(SourceId(0), 0, 0);
    let named = [Spanned::new("any.series".to_owned(), place)];
    let data = DataFiles::load(&world, &paths, &named, Habits::of(language), &mut sources, &mut findings);
    let data = data.tables(&sources, &mut findings);
    let told = findings
        .iter()
        .filter(|finding| finding.code.id != "P437")
        .map(|finding| format!("{} {} {}", finding.code.id, finding.level.name(), finding.message.en))
        .collect();
    assert!(findings.iter().all(|finding| finding.code.id != "P999"));
    let _ = Level::Note;
    Ran { collected: data.collected, told }
}

fn csv(files: &[(&str, &str)]) -> Ran {
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    ran(&files, "es")
}

fn values(ran: &Ran, id: &str) -> Vec<(String, Option<f64>)> {
    let ids: Vec<&String> = ran.collected.keys().collect();
    let one = ran.collected.get(id).unwrap_or_else(|| panic!("no {id} in {ids:?}, told {:?}", ran.told));
    one.series.points.iter().map(|point| (point.date.to_string(), point.value)).collect()
}

/// Signs for the words that the expected texts write.
fn sign(unit: &str) -> &str {
    match unit {
        "%" => "%",
        "hours" => "h",
        "seconds" => "s",
        _ => "",
    }
}

fn folder_files(folder: &Path, below: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(below).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            folder_files(folder, &path, files);
        } else {
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            files.push((name, fs::read(&path).expect("a file")));
        }
    }
}

#[test]
fn exports_are_read_to_exactly_what_is_expected() {
    let exports = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports");
    let mut cases: Vec<_> = fs::read_dir(exports)
        .expect("tests/exports")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(cases.len() > 20);
    let mut faults = Vec::new();
    for case in &cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let mut files = Vec::new();
        folder_files(case, &case.join("data"), &mut files);
        let files: Vec<(&str, Vec<u8>)> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        // Not opened yet.
        if files.iter().any(|(name, _)| [".zip", ".xls", ".xlsx"].iter().any(|ending| name.ends_with(ending)))
        {
            continue;
        }
        let language = if name.contains("es") { "es" } else { "en" };
        let ran = ran(&files, language);
        let expected = fs::read_to_string(case.join("expected.txt")).expect("what is expected");
        for line in expected.lines().filter(|line| !line.starts_with('#') && !line.starts_with("series ")) {
            if let Err(fault) = compare(&ran, line) {
                faults.push(format!("{name}: {fault}"));
            }
        }
        // Notes are what is usual for an export; anything worse would be a false alarm.
        faults.extend(
            ran.told
                .iter()
                .filter(|told| !told.contains(" note "))
                .map(|told| format!("{name}: told {told}")),
        );
        if expected.lines().filter(|line| !line.starts_with('#')).count() == 1 && !ran.collected.is_empty() {
            faults.push(format!("{name}: there should be no series"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn compare(ran: &Ran, line: &str) -> Result<(), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [id, measure, unit, basis, points, first, last, early, late, sum, weights] = words.as_slice() else {
        return Err(format!("a line of another form: {line}"));
    };
    let ids: Vec<&String> = ran.collected.keys().collect();
    let one = ran.collected.get(*id).ok_or_else(|| format!("no {id} in {ids:?}, told {:?}", ran.told))?;
    let known: Vec<(Date, f64)> = one.series.known().collect();
    let figure = |value: f64| {
        let text = format!("{value:.4}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    };
    let total = |series: &crate::series::Series| figure(series.known().map(|(_, value)| value).sum());
    let found = [
        one.measure.name().to_owned(),
        one.unit.clone(),
        one.basis.name().to_owned(),
        known.len().to_string(),
        known.first().map(|(date, _)| date.to_string()).unwrap_or_default(),
        known.last().map(|(date, _)| date.to_string()).unwrap_or_default(),
        known.first().map(|(_, value)| figure(*value)).unwrap_or_default(),
        known.last().map(|(_, value)| figure(*value)).unwrap_or_default(),
        total(&one.series),
        one.weights.as_ref().map_or("-".to_owned(), total),
    ];
    let expected = [measure, &sign(unit), basis, points, first, last, early, late, sum, weights]
        .map(|word| (*word).to_owned());
    if found != expected {
        return Err(format!("{id}\n  expected {expected:?}\n  found    {found:?}"));
    }
    Ok(())
}

#[test]
fn measures_follow_the_profile() {
    let ran = csv(&[("datos/youtube/Totals.csv", "Date,Views\n2026-01-01,12\n2026-01-02,13\n")]);
    assert_eq!(
        values(&ran, "youtube.views"),
        [("2026-01-01".to_owned(), Some(12.0)), ("2026-01-02".to_owned(), Some(13.0))]
    );
    assert_eq!(ran.collected["youtube.views"].measure, Measure::Flow);
    assert!(ran.told.is_empty(), "{:?}", ran.told);
}
