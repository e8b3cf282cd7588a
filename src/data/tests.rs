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
    let wanted = Wanted { names: vec![Spanned::new("any.series".to_owned(), place)], ..Wanted::default() };
    let data = DataFiles::load(&world, &paths, wanted, Habits::of(language), &mut sources, &mut findings);
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

#[test]
fn overlapping_exports_count_once_and_the_newest_wins() {
    let january = "Date,Views\n2026-01-30,10\n2026-01-31,11\n";
    let same = "Date,Views\n2026-01-31,11\n2026-02-01,12\n";
    let ran = csv(&[("datos/youtube/a.csv", january), ("datos/youtube/b.csv", same)]);
    assert!(ran.told.is_empty(), "{:?}", ran.told);
    assert_eq!(values(&ran, "youtube.views").len(), 3);

    let other = "Date,Views\n2026-01-31,15\n2026-02-01,12\n";
    let ran = csv(&[("datos/youtube/a.csv", january), ("datos/youtube/b.csv", other)]);
    assert_eq!(values(&ran, "youtube.views")[1].1, Some(15.0));
    assert_eq!(ran.told.len(), 1);
    assert!(ran.told[0].starts_with("P440 warning"), "{:?}", ran.told);
    assert!(ran.told[0].contains("2026-01-31: 11 and 15"), "{:?}", ran.told);

    // The day in the name says which is newer, whatever the order of the names.
    let ran = csv(&[("datos/youtube/a 2026-03-01.csv", january), ("datos/youtube/b 2026-02-02.csv", other)]);
    assert_eq!(values(&ran, "youtube.views")[1].1, Some(11.0));
    // A hundred differences of two files are one finding.
    let days = |add: u32| -> String {
        let rows = (1..=28).map(|day| format!("2026-02-{day:02},{}\n", day + add));
        format!("Date,Views\n{}", rows.collect::<String>())
    };
    let ran = csv(&[("datos/youtube/a.csv", &days(0)), ("datos/youtube/b.csv", &days(1))]);
    assert_eq!(ran.told.len(), 1);
}

#[test]
fn two_exports_of_one_post_are_never_added() {
    let head = "Post id,Date,Post text,Post Link,Impressions,Likes\n";
    let first = format!(
        "{head}1,\"Mon, Mar 2, 2026\",uno,https://x.example/1,100,5\n2,\"Mon, Mar 2, 2026\",dos,https://x.example/2,50,1\n"
    );
    let again = format!("{head}1,\"Mon, Mar 2, 2026\",uno,https://x.example/1,130,6\n");
    let ran = csv(&[
        ("datos/x/content_2026-03-01_2026-03-31.csv", &first),
        ("datos/x/content_2026-03-01_2026-04-30.csv", &again),
    ]);
    assert!(ran.told.is_empty(), "totals of a post grow: {:?}", ran.told);
    let mut found: Vec<Option<f64>> =
        values(&ran, "x.items.impressions").into_iter().map(|(_, value)| value).collect();
    found.sort_by(|a, b| a.partial_cmp(b).unwrap());
    assert_eq!(found, [Some(50.0), Some(130.0)]);
    // Nothing tells the whole: the plain name means the items.
    assert_eq!(ran.collected["x.impressions"].basis, Basis::Items);
    assert_eq!(
        ran.collected["x.impressions"].as_of.map(|date| date.to_string()),
        Some("2026-04-30".to_owned())
    );
    // Of the same day one of them must be wrong.
    let ran = csv(&[("datos/x/a 2026-03-31.csv", &first), ("datos/x/b 2026-03-31.csv", &again)]);
    assert!(ran.told[0].starts_with("P440"), "{:?}", ran.told);
}

#[test]
fn ratios_are_made_of_their_parts_and_never_read() {
    let text = "Fecha;Clics;Impresiones;CTR;Posición\n2026-05-01;10;200;99 %;4,5\n2026-05-02;0;0;0 %;0\n2026-05-03;3;50;;3,2\n";
    let ran = csv(&[("datos/search-console/Fechas.csv", text)]);
    let ctr = &ran.collected["search_console.ctr"];
    assert_eq!((ctr.measure, ctr.unit.as_str()), (Measure::Ratio, "%"));
    assert_eq!(
        values(&ran, "search_console.ctr").iter().map(|(_, value)| *value).collect::<Vec<_>>(),
        [Some(10.0), Some(0.0), Some(3.0)]
    );
    let weights = ctr.weights.as_ref().expect("what it is divided by");
    assert_eq!(weights.known().map(|(_, value)| value).collect::<Vec<_>>(), [200.0, 0.0, 50.0]);
    let position = &ran.collected["search_console.position"];
    assert_eq!(position.measure, Measure::Score);
    assert_eq!(position.weights.as_ref().map(|weights| weights.points.len()), Some(3));
    assert!(ran.told.is_empty(), "{:?}", ran.told);
}

#[test]
fn a_rate_whose_numerator_is_not_exported_is_weighted() {
    let text = "Content,Video title,Video publish time,Views,Impressions,Impressions click-through rate (%),Average view duration\na1,Uno,\"Mar 1, 2026\",100,1000,5,0:01:00\nb2,Dos,\"Mar 2, 2026\",300,4000,2.5,0:02:00\n";
    let ran = csv(&[("datos/youtube/Table data.csv", text)]);
    let clicks: Vec<Option<f64>> =
        values(&ran, "youtube.items.ctr").into_iter().map(|(_, value)| value).collect();
    assert_eq!(clicks, [Some(50.0), Some(100.0)]);
    let duration = &ran.collected["youtube.items.average_view_duration"];
    assert_eq!((duration.measure, duration.unit.as_str()), (Measure::Duration, "s"));
    assert_eq!(duration.series.known().map(|(_, value)| value).collect::<Vec<_>>(), [60.0, 120.0]);
    assert_eq!(
        duration.weights.as_ref().map(|weights| weights.known().map(|(_, value)| value).sum::<f64>()),
        Some(400.0)
    );
}

#[test]
fn totals_are_kept_apart_and_compared() {
    let rows = "2026-01-01,10\n2026-01-02,12\n";
    let right = csv(&[("datos/youtube/a.csv", &format!("Date,Views\nTotal,22\n{rows}"))]);
    assert!(right.told.is_empty(), "{:?}", right.told);
    assert_eq!(values(&right, "youtube.views").len(), 2);
    let wrong = csv(&[("datos/youtube/a.csv", &format!("Date,Views\nTotal,30\n{rows}"))]);
    assert_eq!(wrong.told, ["P439 warning the total of `Views` is 30, and its rows add up to 22"]);
    // Usual for this export, and so a note only.
    let place = "Geography,Views\nTotal,30\nES,10\nMX,12\n";
    let usual = csv(&[("datos/youtube/Geography 2026-01-01_2026-01-31.csv", place)]);
    assert_eq!(usual.told.len(), 1);
    assert!(usual.told[0].starts_with("P439 note"), "{:?}", usual.told);
    assert_eq!(values(&usual, "youtube.geography.es"), [("2026-01-01".to_owned(), Some(10.0))]);
}

#[test]
fn years_come_from_the_name_or_are_asked_for() {
    let text = "\"Date\",\"Video Views\",\"Profile Views\"\n\"31 December\",\"7\",\"1\"\n\"1 January\",\"undefined\",\"2\"\n";
    let ran = csv(&[("datos/tiktok/Overview.csv", text)]);
    assert_eq!(ran.told, ["P438 error `31 December` has no year"]);
    assert!(ran.collected.is_empty());
    let ran = csv(&[("datos/tiktok/Overview 2026-01-02.csv", text)]);
    assert_eq!(
        values(&ran, "tiktok.views"),
        [("2025-12-31".to_owned(), Some(7.0)), ("2026-01-01".to_owned(), None)]
    );
    let ran = csv(&[("datos/tiktok/2025/Overview 2025.csv", text)]);
    assert_eq!(values(&ran, "tiktok.profile_views")[1].0, "2026-01-01");
}

#[test]
fn folders_name_accounts_that_are_not_platforms() {
    let text = "Date,Views\n2026-01-01,10\n";
    let overview = "Date,Impressions,Likes,New follows,Unfollows\n\"Thu, Jan 1, 2026\",10,1,2,0\n";
    let ids = |files: &[(&str, &str)]| csv(files).collected.keys().cloned().collect::<Vec<_>>();
    assert_eq!(ids(&[("datos/Totals.csv", text)]), ["youtube.views"]);
    assert_eq!(ids(&[("5-datos/2026/Totals.csv", text)]), ["youtube.views"]);
    assert_eq!(ids(&[("data/yt/Totals.csv", text)]), ["youtube.views"]);
    assert_eq!(ids(&[("data/Canal joven/Totals.csv", text)]), ["canal-joven.views"]);
    assert_eq!(ids(&[("data/a/Totals.csv", text), ("data/b/Totals.csv", text)]), ["a.views", "b.views"]);
    let both = ids(&[("data/sede/Totals.csv", text), ("data/sede/x.csv", overview)]);
    assert!(
        both.contains(&"sede.youtube.views".to_owned()) && both.contains(&"sede.x.impressions".to_owned()),
        "{both:?}"
    );
    // Meta says `Views` of a page and of an Instagram account alike; the folder tells which.
    let daily = "sep=,\n\"Visualizaciones\"\n\"Fecha\",\"Primary\"\n\"2026-01-01T00:00:00\",\"4\"\n";
    assert_eq!(ids(&[("datos/instagram/v.csv", daily)]), ["instagram.views"]);
    assert_eq!(ids(&[("datos/meta/v.csv", daily)]), ["facebook.views"]);
    let own = daily.replace("Visualizaciones", "Alcance de Instagram");
    assert_eq!(ids(&[("datos/meta/v.csv", &own)]), ["instagram.reach"]);
}

#[test]
fn what_is_no_export_is_left_alone() {
    let ran = csv(&[
        ("datos/horas.csv", "mes;horas\n2026-01;40\n"),
        ("datos/LEEME.md", "# Datos\n"),
        ("datos/foto.png", "\u{89}PNG"),
        ("datos/roto.csv", "\"a,b\nc"),
        ("otros/Totals.csv", "Date,Views\n2026-01-01,10\n"),
    ]);
    assert!(ran.collected.is_empty());
    assert!(ran.told.is_empty(), "{:?}", ran.told);
}

#[test]
fn a_playbook_adds_a_profile_of_its_own() {
    let profile = "profile: radio\nplatform: radio\nrequired: [date, listeners]\ncolumns:\n  date: { type: date, es: Fecha }\n  listeners: { measure: unique, es: Oyentes }\n  hours: { type: number, measure: flow, unit: h, es: Horas de escucha }\n";
    let ran = csv(&[
        ("perfiles/radio.yaml", profile),
        (
            "datos/radio/enero.csv",
            "Fecha;OYENTES;Horas  de escucha\n05/01/2026;1.250;3,5\n19/01/2026;2.100;1.250,25\n",
        ),
    ]);
    assert!(ran.told.is_empty(), "{:?}", ran.told);
    assert_eq!(values(&ran, "radio.listeners")[1], ("2026-01-19".to_owned(), Some(2100.0)));
    assert_eq!(values(&ran, "radio.hours")[1].1, Some(1250.25));
    assert_eq!(ran.collected["radio.hours"].unit, "h");
}

#[test]
fn weeks_are_left_out_where_days_are_known() {
    let weeks =
        "Fecha,Visitas,Acciones\n\"2026-01-05,2026-01-11\",70,100\n\"2026-01-12,2026-01-18\",77,110\n";
    let days = "Fecha,Visitas,Acciones\n2026-01-12,10,20\n2026-01-18,11,21\n";
    let ran = csv(&[("datos/web/semanas.csv", weeks), ("datos/web/dias.csv", days)]);
    let found: Vec<Option<f64>> = values(&ran, "web.sessions").into_iter().map(|(_, value)| value).collect();
    assert_eq!(found, [Some(70.0), Some(10.0), Some(11.0)]);
    let ran = csv(&[("datos/web/semanas.csv", weeks)]);
    assert_eq!(ran.collected["web.sessions"].grain, crate::series::Grain::Week);
}

#[test]
fn undecidable_figures_follow_the_file_before_the_language() {
    // `1.250` hours could be read in two ways; the rate of the same file decides.
    let text = |rate: &str| {
        format!(
            "Contenido;Título del vídeo;Hora de publicación del vídeo;Visualizaciones;Tiempo de visualización (horas);Porcentaje de clics de las impresiones (%)\nab;Uno;18 dic 2025;1.250;1.250;{rate}\n"
        )
    };
    let hours =
        |rate: &str| values(&csv(&[("datos/youtube/t.csv", &text(rate))]), "youtube.items.watch_hours")[0].1;
    assert_eq!(hours("5,5"), Some(1250.0));
    let ran = csv(&[("datos/youtube/t.csv", &text("5.5").replace("1.250;1.250", "12;1.250"))]);
    assert_eq!(values(&ran, "youtube.items.watch_hours")[0].1, Some(1.25));
    // Nothing decides: the language does, and it is told.
    let ran = csv(&[("datos/youtube/t.csv", &text("").replace("1.250;1.250", "12;1.250"))]);
    assert_eq!(values(&ran, "youtube.items.watch_hours")[0].1, Some(1250.0));
    assert!(ran.told[0].starts_with("P412"), "{:?}", ran.told);
}

#[test]
fn snapshots_become_a_series_for_each_part() {
    let text = "Gender,Distribution\nFemale,0.61\nMale,0.35\nOther,0.04\n";
    let ran = csv(&[
        ("datos/tiktok/FollowerGender_2026-01-31.csv", text),
        ("datos/tiktok/FollowerGender_2026-02-28.csv", &text.replace("0.61", "0.6").replace("0.04", "0.05")),
    ]);
    assert!(ran.told.is_empty(), "{:?}", ran.told);
    assert_eq!(
        values(&ran, "tiktok.gender.female"),
        [("2026-01-31".to_owned(), Some(61.0)), ("2026-02-28".to_owned(), Some(60.0))]
    );
    assert_eq!(ran.collected["tiktok.gender.female"].basis, Basis::Snapshot);
    assert_eq!(ran.collected["tiktok.gender.female"].unit, "%");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn any_rows_below_a_known_header_are_read_without_a_fault(rows in ".{0,120}", header in 0usize..4) {
        let header = ["Date,Views", "Content,Video publish time,Views", "Fecha;Visitas;Acciones", "Gender,Distribution"][header];
        csv(&[("datos/a 2026-01-01.csv", &format!("{header}\n{rows}"))]);
    }
}

/// What is told of names in the English of their findings, and the ids of the series that they mean.
fn named(files: &[(&str, &str)], names: &[&str]) -> (Vec<String>, Vec<Option<String>>) {
    let world = MemoryWorld::new(
        files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())),
        Date::constant(2026, 11, 22),
    );
    let place = crate::text::Span::new(SourceId(0), 0, 0);
    let spanned = names.iter().map(|name| Spanned::new((*name).to_owned(), place));
    let wanted = Wanted { names: spanned.collect(), ..Wanted::default() };
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let habits = Habits::of("es");
    let data = DataFiles::load(&world, &Files::of(&world), wanted, habits, &mut sources, &mut findings);
    let data = data.tables(&sources, &mut findings);
    let told = findings.iter().map(|finding| {
        let parts = [&finding.message].into_iter().chain(&finding.why).chain(&finding.help);
        let parts: Vec<&str> = parts.map(|words| words.en.as_ref()).collect();
        format!("{} {}", finding.code.id, parts.join("; "))
    });
    let ids = names.iter().map(|name| data.collected(name).map(|one| one.id.clone()));
    (told.collect(), ids.collect())
}

const DAYS: &str = "Fecha,Usuarios,Sesiones\n20260101,5,7\n20260102,6,8\n";

#[test]
fn a_date_alone_is_no_profile() {
    let profiles = Profiles::new(&[], &mut Vec::new());
    let of = |text: &str| {
        let mut blocks = crate::syntax::blocks(text, SourceId(0), &mut Vec::new());
        recognise(&blocks.remove(0).grid, &profiles, "ga4").is_some()
    };
    assert!(of(DAYS));
    assert!(!of("Fecha,Socios,Cuotas\n2026-01-01,5,7\n"));
    assert!(!of("Fecha\n2026-01-01\n"));
    // The figures that a line above the header names.
    assert!(of("Facebook visits\n\"Date\",\"Primary\"\n\"2026-01-01T00:00:00\",\"5\"\n"));
}

#[test]
fn a_series_by_the_name_of_its_tool_or_folder() {
    let clicks = "Fecha,Clics,Impresiones\n2026-01-01,5,70\n";
    let files = [("datos/ga4/dias.csv", DAYS), ("datos/gsc/Fechas.csv", clicks)];
    let names =
        ["ga4.sessions", "google-analytics.users", "search-console.clicks", "gsc.clicks", "web.sessions"];
    let (told, ids) = named(&files, &names);
    assert!(told.is_empty(), "{told:?}");
    let ids: Vec<&str> = ids.iter().map(|id| id.as_deref().unwrap_or("none")).collect();
    assert_eq!(
        ids,
        ["web.sessions", "web.users", "search_console.clicks", "search_console.clicks", "web.sessions"]
    );
    let (told, _) = named(&files, &["ga4.visits"]);
    assert!(told.len() == 1 && told[0].contains("`web.sessions`"), "{told:?}");
    // Of two tools together neither name is true.
    let visits = "date,nb_visits,nb_actions\n2025-12-01,5,7\n";
    let (told, ids) =
        named(&[files[0], ("datos/matomo/dias.csv", visits)], &["ga4.sessions", "matomo.sessions"]);
    assert_eq!(ids, [None, None]);
    assert!(told.iter().filter(|line| line.starts_with("P437")).count() == 2, "{told:?}");
    // A folder of two platforms does not lend its name to figures of the other one.
    let meta = "Instagram visits\n\"Date\",\"Primary\"\n\"2026-01-01T00:00:00\",\"5\"\n";
    let (_, ids) = named(&[("datos/facebook/a.csv", meta)], &["facebook.visits", "instagram.visits"]);
    assert_eq!(ids, [None, Some("instagram.visits".to_owned())]);
}

#[test]
fn a_source_that_is_no_series() {
    let opens = "Campaña;Aperturas\nEnero;120\nMarzo;140\n";
    let files =
        [("datos/mailchimp/campaigns.csv", opens), ("datos/acta.docx", "PK"), ("datos/ga4/a.csv", DAYS)];
    let (told, _) = named(&files, &["mailchimp.opens"]);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("P437"), "{told:?}");
    assert!(told[0].contains("portolan describe datos/mailchimp/campaigns.csv"), "{told:?}");
    for (name, code) in [
        ("datos/acta.docx", "P411"),
        ("acta.docx", "P411"),
        ("datos/otra.docx", "P410"),
        ("otra.docx", "P410"),
        ("datos/socios", "P410"),
        ("socios.csv", "P410"),
    ] {
        let (told, _) = named(&files, &[name]);
        assert!(told.len() == 1 && told[0].starts_with(code), "{name}: {told:?}");
    }
}
