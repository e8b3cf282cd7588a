//! The gallery as scenes and as SVG: what must hold for every chart, and the committed drawings.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::path::PathBuf;

use proptest::prelude::*;

use super::sample::{English, Spanish, categories, gallery, series, spec, time};
use super::scene::{Ink, Plotted};
use super::*;
use crate::series::Grain;

fn scenes() -> Vec<(String, Scene)> {
    let mut scenes = Vec::new();
    for (name, spec, data) in gallery() {
        let data = data.sorted(&spec);
        for (variant, size) in [("wide", WIDE), ("narrow", NARROW)] {
            let scene = match spec.kind.definition().picture {
                Picture::Scenes(scene) => scene(&spec, &data, size, &Spanish),
                Picture::Small(scene) => scene(&data),
                Picture::Html(_) => continue,
            };
            scenes.push((format!("{name}-{variant}"), scene));
        }
    }
    scenes
}

fn check(name: &str, scene: &Scene) {
    for (index, text) in scene.texts.iter().enumerate() {
        let area = text.area();
        assert!(text.size() >= 12.0, "{name}: {text:?}");
        assert!(
            area.left >= -0.5 && area.right <= scene.size.width + 0.5,
            "{name}: {:?} reaches from {} to {} of {}",
            text.text,
            area.left,
            area.right,
            scene.size.width
        );
        assert!(area.top >= -1.0 && area.bottom <= scene.size.height + 1.0, "{name}: {text:?}");
        for other in &scene.texts[index + 1..] {
            assert!(!area.meets(&other.area()), "{name}: {:?} lies on {:?}", text.text, other.text);
        }
    }
    let frame = scene.frame;
    for plotted in &scene.plotted {
        let within = |x: f64, y: f64| {
            let (x, y) = (frame.px(x), frame.py(y));
            assert!(x >= frame.left - 0.1 && x <= frame.right + 0.1, "{name}: x {x} outside {frame:?}");
            assert!(y >= frame.top - 0.1 && y <= frame.bottom + 0.1, "{name}: y {y} outside {frame:?}");
        };
        match plotted {
            Plotted::Line { points, .. } | Plotted::Dots { points, .. } | Plotted::Surface { points, .. } => {
                points.iter().for_each(|(x, y)| within(*x, *y));
            }
            Plotted::Bars { corners, .. } | Plotted::Cells { corners, .. } => {
                corners.iter().for_each(|(a, b)| {
                    within(a.0, a.1);
                    within(b.0, b.1);
                })
            }
        }
    }
}

#[test]
fn texts_stay_on_the_canvas_and_off_each_other() {
    for (name, scene) in scenes() {
        check(&name, &scene);
    }
}

#[test]
fn bars_start_at_zero() {
    for (name, scene) in scenes().into_iter().filter(|(name, _)| name.starts_with("bar")) {
        for plotted in &scene.plotted {
            let Plotted::Bars { corners, .. } = plotted else { continue };
            let upright = scene.frame.y.0 < scene.frame.y.1;
            for (a, _) in corners {
                assert_eq!(if upright { a.1 } else { a.0 }, 0.0, "{name}");
            }
        }
    }
}

#[test]
fn targets_do_not_lie_on_lines() {
    let scenes = scenes();
    let (_, scene) = scenes.iter().find(|(name, _)| name == "line-response-wide").expect("in the gallery");
    let label = scene.texts.iter().find(|text| text.ink == Ink::TargetLabel).expect("a target");
    let frame = scene.frame;
    for plotted in &scene.plotted {
        let Plotted::Line { points, .. } = plotted else { continue };
        for pair in points.windows(2) {
            let place = |point: (f64, f64)| (frame.px(point.0), frame.py(point.1));
            assert!(!label.area().crossed(place(pair[0]), place(pair[1])), "{label:?}");
        }
    }
}

#[test]
fn many_series_are_grey_and_long_ones_thinned() {
    let scenes = scenes();
    let find = |name: &str| &scenes.iter().find(|(known, _)| known == name).expect("in the gallery").1;
    let twelve = find("line-12-series-wide");
    let grey =
        twelve.plotted.iter().filter(|plotted| matches!(plotted, Plotted::Line { ink: Ink::Line(0), .. }));
    assert_eq!(grey.count(), 8);
    let long = find("line-5000-wide");
    assert!(long.thinned);
    let points: usize = long
        .plotted
        .iter()
        .map(|plotted| if let Plotted::Line { points, .. } = plotted { points.len() } else { 0 })
        .sum();
    assert!(points < 700, "{points}");
}

#[test]
fn gaps_are_gaps() {
    let scenes = scenes();
    let (_, scene) = scenes.iter().find(|(name, _)| name == "line-gaps-wide").expect("in the gallery");
    let lines = scene.plotted.iter().filter(|plotted| matches!(plotted, Plotted::Line { .. })).count();
    assert_eq!(lines, 4);
    // Ten weeks without any row in a weekly series break the line too.
    let mut weekly = series("a", Date::constant(2025, 1, 6), Grain::Week, &[Some(1.0); 40]);
    weekly.points.drain(15..25);
    let scene = line::scene(&spec(ChartKind::Line, "x"), &time(Grain::Day, vec![weekly]), WIDE, &Spanish);
    assert_eq!(scene.plotted.iter().filter(|plotted| matches!(plotted, Plotted::Line { .. })).count(), 2);
}

#[test]
fn svg_is_sound() {
    for (name, spec, data) in gallery() {
        let drawn = draw(&spec, &data, &Spanish, "c1");
        assert_eq!(drawn, draw(&spec, &data, &Spanish, "c1"), "{name}");
        for svg in [&drawn.wide, &drawn.narrow] {
            assert!(!svg.contains("style="), "{name}");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}: {svg}");
            assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count(), "{name}");
            assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count(), "{name}");
        }
        if let Picture::Scenes(_) = spec.kind.definition().picture {
            assert!(drawn.wide.contains("aria-labelledby=\"c1-w-t c1-w-d\""), "{name}");
            assert!(drawn.narrow.contains("<title id=\"c1-n-t\">"), "{name}");
            assert!(!drawn.sentence.is_empty(), "{name}");
        }
        assert!(drawn.table.rows.len() <= 40, "{name}");
        assert!(drawn.table.rows.iter().all(|row| row.len() == drawn.table.columns.len()), "{name}");
    }
}

#[test]
fn hostile_names_stay_text() {
    let nasty = "</svg><script>alert(1)</script>";
    let drawn = draw(
        &spec(ChartKind::Bar, nasty),
        &categories(&[nasty, "=1+1"], &[("-x", &[1.0, 2.0])]),
        &Spanish,
        "\" onload=\"x",
    );
    for svg in [&drawn.wide, &drawn.narrow] {
        assert!(!svg.contains("<script") && !svg.contains("onload=\""), "{svg}");
        assert_eq!(svg.matches("</svg>").count(), 1);
    }
    assert!(drawn.csv.contains("'=1+1,2"), "{}", drawn.csv);
    assert!(drawn.csv.starts_with("Canal,'-x"), "{}", drawn.csv);
}

#[test]
fn sentences() {
    let find = |name: &str, words: &dyn Figures| {
        let (_, spec, data) =
            gallery().into_iter().find(|(known, ..)| *known == name).expect("in the gallery");
        draw(&spec, &data, words, "c").sentence
    };
    assert_eq!(
        find("line-response", &Spanish),
        "De 19,1 (3 de noviembre de 2025) a 7,6 (26 de octubre de 2026), 60\u{a0}% menos. \
         Máximo: 23,1 (29 de diciembre de 2025); mínimo: 7,6 (26 de octubre de 2026). \
         El último valor queda 0,4 por debajo del objetivo de 8. \
         Señalado: 1, Vacaciones de Navidad (24 de diciembre de 2025); 2, Espuma en la playa (8 de junio de 2026); \
         3, Retirada de la publicación (20 de junio de 2026)."
    );
    assert!(
        find("line-followers", &English)
            .starts_with("Instagram: from 3,412 (November 2025) to 6,012 (October 2026), up 76%.")
    );
    assert!(find("line-percent", &English).contains("up 4.7 points."));
    assert!(find("line-equal", &Spanish).contains("sin cambios"));
    assert!(find("line-gaps", &Spanish).ends_with("Faltan 7 datos."));
    assert_eq!(find("line-empty", &Spanish), "Todavía no hay datos.");
    assert_eq!(find("bar-few", &Spanish), "De 5, el valor más alto es Web (41); el más bajo, LinkedIn (10).");
    assert!(
        find("bar-5000", &Spanish).contains("El último valor de cada trimestre"),
        "{}",
        find("bar-5000", &Spanish)
    );
}

#[test]
fn table_and_file() {
    let (_, spec, data) = gallery().into_iter().find(|(name, ..)| *name == "line-followers").expect("there");
    let drawn = draw(&spec, &data, &Spanish, "c");
    assert_eq!(drawn.table.columns, ["Mes", "Instagram", "Boletín", "LinkedIn", "YouTube"]);
    assert_eq!(drawn.table.rows[0], ["Noviembre de 2025", "3.412", "1.238", "604", "388"]);
    assert!(drawn.csv.starts_with("Mes,Instagram,Boletín,LinkedIn,YouTube\r\n2025-11,3412,1238,604,388\r\n"));
    let (_, spec, data) = gallery().into_iter().find(|(name, ..)| *name == "line-5000").expect("there");
    let drawn = draw(&spec, &data, &Spanish, "c");
    assert_eq!(drawn.table.columns[0], "Año");
    assert_eq!(drawn.table.note, "El último valor de cada año; el archivo los tiene todos.");
    assert_eq!(drawn.csv.lines().count(), 5001);
}

/// The blocks between ```NAME and ``` in the order of a page.
fn fenced<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("```{name}\n");
    page.split(open.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn charts_of_the_guide_can_be_copied() {
    let habits = [crate::series::Habits::of("en"), crate::series::Habits::of("es")];
    let mut kinds = std::collections::BTreeSet::new();
    for (name, block, habits) in [("charts.md", "chart", habits[0]), ("charts.es.md", "grafico", habits[1])] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/guide").join(name);
        let page = std::fs::read_to_string(path).expect("the guide");
        let data: Vec<&str> = page.split("\nIn `").chain(page.split("\nEn `")).collect();
        for text in fenced(&page, block) {
            let mut findings = Vec::new();
            let node =
                crate::syntax::yaml::parse(text, crate::text::SourceId(0), 0, &mut findings).expect("YAML");
            let read = ChartSpec::read(&node, habits);
            findings.extend(read.findings);
            let spec = read.value.expect("a chart");
            // A tree stands in the chart itself.
            let file = spec.data.as_ref().map(|file| file.value.as_str());
            let of_file = file.map(|file| data.iter().find(|part| part.starts_with(file)).expect("its data"));
            let table = of_file.map_or("none", |of_file| fenced(of_file, "csv")[0]);
            let delimiter = if table.contains(';') { ';' } else { ',' };
            let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(delimiter).collect()).collect();
            let span = |row: usize, at: usize| {
                Span::new(crate::text::SourceId(1), row * 100 + at, row * 100 + at + 1)
            };
            let columns: Vec<crate::series::Column> = (0..rows[0].len())
                .map(|at| crate::series::Column {
                    name: crate::text::Spanned::new(rows[0][at].to_owned(), span(0, at)),
                    cells: (1..rows.len()).map(|row| (rows[row][at], span(row, at))).collect(),
                })
                .collect();
            let read = ChartData::read(&spec, &columns, habits);
            findings.extend(read.findings);
            let data = read.value.unwrap_or_else(|| panic!("{name}: {text}: {findings:?}"));
            findings.extend(super::check(&spec, &data, super::sample::nowhere()));
            assert_eq!(findings, Vec::new(), "{name}: {text}");
            let drawn = draw(&spec, &data, &Spanish, "c");
            let told = !drawn.table.rows.is_empty() || !drawn.html.is_empty();
            assert!(told && !drawn.sentence.is_empty(), "{name}: {text}");
            kinds.insert((name, drawn.kind));
        }
    }
    // Who adds a kind shows it to authors, in both languages, and draws a sample of it.
    let drawn: std::collections::BTreeSet<ChartKind> =
        gallery().into_iter().map(|(_, spec, _)| spec.kind).collect();
    for kind in ChartKind::ALL {
        for guide in ["charts.md", "charts.es.md"] {
            assert!(kinds.contains(&(guide, kind.name())), "{guide} has no block of {}", kind.name());
        }
        assert!(drawn.contains(kind), "no sample of {}", kind.name());
    }
}

#[test]
fn drawing_and_table_have_the_same_order() {
    let column = |name: &str, values: &[f64]| Values {
        name: name.to_owned(),
        values: values.iter().copied().map(Some).collect(),
        ..Values::default()
    };
    let data = ChartData::Categories(CategoryData {
        heading: "Canal".to_owned(),
        names: ["Boletín", "Web", "Radio"].map(str::to_owned).to_vec(),
        values: vec![column("2025", &[10.0, 30.0, 20.0]), column("2026", &[50.0, 1.0, 1.0])],
    });
    for (kind, sort, order) in [
        (ChartKind::Bar, Sort::Data, ["Boletín", "Web", "Radio"]),
        (ChartKind::Bar, Sort::Value, ["Web", "Radio", "Boletín"]),
        (ChartKind::Dumbbell, Sort::Value, ["Web", "Radio", "Boletín"]),
        (ChartKind::Slope, Sort::Name, ["Boletín", "Radio", "Web"]),
        (ChartKind::Stacked, Sort::Value, ["Boletín", "Web", "Radio"]),
    ] {
        let spec = ChartSpec { kind, sort, title: "Horas".to_owned(), ..ChartSpec::default() };
        let drawn = draw(&spec, &data, &Spanish, "c");
        let of_table: Vec<&str> = drawn.table.rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(of_table, order, "{kind:?} {sort:?}");
        if kind != ChartKind::Slope {
            let at = |name: &str| drawn.wide.rfind(&format!(">{name}<")).expect("its label");
            assert!(order.is_sorted_by_key(|name| at(name)), "{kind:?} {sort:?}: {}", drawn.wide);
        }
        // The file keeps the order of the data.
        assert!(drawn.csv.lines().nth(1).expect("a row").contains("Boletín"), "{}", drawn.csv);
    }
}

/// Contrast by the formula of WCAG.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_are_seen_and_texts_are_read() {
    let grounds = [["#fbfaf7", "#ffffff"], ["#13181b", "#1b2226"]];
    let mut tokens = 0;
    for line in CHART_CSS.lines() {
        let line = line.trim();
        let Some((name, value)) = line.split_once(": light-dark(") else { continue };
        let least = match name.as_bytes() {
            [b'-', b'-', b'c', b'0'..=b'9'] => 3.0,
            [b'-', b'-', b't', b'0'..=b'9'] => 4.5,
            _ => continue,
        };
        tokens += 1;
        let colours: Vec<&str> = value.trim_end_matches(");").split(", ").collect();
        for (colour, grounds) in colours.iter().zip(grounds) {
            for ground in grounds {
                let found = contrast(colour, ground);
                assert!(found >= least, "{name} {colour} on {ground}: {found:.2}");
            }
        }
    }
    assert_eq!(tokens, 10);
}

/// What is seen of linear red, green and blue: by most people, and without the cones for long, middle and short waves (Machado, Oliveira, Fernandes 2009).
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("common", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
    ),
];

/// Lightness and hue (OKLab, in hundredths) of a colour as a sight has it.
fn seen(hex: &str, sight: [[f64; 3]; 3]) -> [f64; 3] {
    let linear = [1, 3, 5].map(|at| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let times = |rows: [[f64; 3]; 3], with: [f64; 3]| {
        rows.map(|row| row.iter().zip(with).map(|(a, b)| a * b).sum::<f64>())
    };
    let light = times(sight, linear).map(|part| part.clamp(0.0, 1.0));
    let cones = times(
        [[0.412221, 0.536333, 0.051446], [0.211903, 0.680700, 0.107397], [0.088302, 0.281719, 0.629979]],
        light,
    );
    times(
        [[0.210454, 0.793618, -0.004072], [1.977998, -2.428592, 0.450594], [0.025904, 0.782772, -0.808676]],
        cones.map(f64::cbrt),
    )
    .map(|part| part * 100.0)
}

#[test]
fn series_are_told_apart_by_every_sight() {
    let token = |name: &str, scheme: usize| {
        let line =
            CHART_CSS.lines().find_map(|line| line.trim().strip_prefix(&format!("--{name}: light-dark(")));
        line.and_then(|line| line.trim_end_matches(");").split(", ").nth(scheme)).expect("a token")
    };
    for scheme in [0, 1] {
        for (sight, matrix) in SIGHTS {
            for (index, one) in ["c1", "c2", "c3", "c4"].iter().enumerate() {
                for other in &["c1", "c2", "c3", "c4"][index + 1..] {
                    let (a, b) = (seen(token(one, scheme), matrix), seen(token(other, scheme), matrix));
                    let far = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(far >= 11.0, "{one} and {other}, scheme {scheme}, {sight}: {far:.1}");
                }
            }
            // Levels grow in one direction of lightness, so that they are read in grey too.
            let levels: Vec<f64> = ["v0", "v1", "v2", "v3", "v4"]
                .iter()
                .map(|name| seen(token(name, scheme), matrix)[0])
                .collect();
            let steps: Vec<f64> = levels
                .windows(2)
                .map(|pair| (pair[1] - pair[0]) * if scheme == 0 { -1.0 } else { 1.0 })
                .collect();
            assert!(steps.iter().all(|step| *step >= 7.0), "{sight}, scheme {scheme}: {steps:.1?}");
        }
    }
}

#[test]
fn every_class_is_styled() {
    for (_, spec, data) in gallery() {
        let drawn = draw(&spec, &data, &Spanish, "c");
        for svg in [&drawn.wide, &drawn.narrow] {
            for classes in svg.split("class=\"").skip(1) {
                let classes = classes.split('"').next().expect("a value");
                for class in classes.split(' ') {
                    assert!(CHART_CSS.contains(&format!(".{class} ")), "{class}");
                }
            }
        }
    }
}

/// Rewritten with `UPDATE=1`; look at the pictures before you commit new ones.
#[test]
fn drawings_are_as_committed() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/charts");
    let update = std::env::var_os("UPDATE").is_some();
    for (name, spec, data) in gallery() {
        let drawn = draw(&spec, &data, &Spanish, name);
        for (variant, svg) in [("wide", &drawn.wide), ("narrow", &drawn.narrow)] {
            if svg.is_empty() {
                continue;
            }
            let path = folder.join(format!("{name}-{variant}.svg"));
            if update {
                std::fs::write(&path, format!("{svg}\n")).expect("writable");
            }
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(committed.trim_end(), svg, "{name} {variant}: run with UPDATE=1 and look at it");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_values_can_be_drawn(
        values in prop::collection::vec(prop::option::of(prop_oneof![-1e3..1e3f64, -1e18..1e18f64, Just(0.0), -1e-9..1e-9f64]), 0..60),
        day in 0i64..30_000,
        grain in prop::sample::select(vec![Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year]),
        target in prop::option::of(-1e4..1e4f64),
        names in prop::collection::vec("[A-Za-zñ ]{0,30}", 1..6),
        kind in prop::sample::select(ChartKind::ALL),
    ) {
        let start = crate::series::day_of(day);
        let all = names.iter().enumerate().map(|(index, name)| series(name, start, grain, &values[index.min(values.len())..]));
        let spec = ChartSpec { target, ..spec(kind, "Título") };
        let data = time(grain, all.collect());
        for size in [WIDE, NARROW] {
            let scene = match kind.definition().picture {
                Picture::Scenes(scene) => scene(&spec, &data, size, &English),
                Picture::Small(scene) => scene(&data),
                Picture::Html(_) => continue,
            };
            for text in &scene.texts {
                let area = text.area();
                prop_assert!(area.left >= -0.5 && area.right <= scene.size.width + 0.5, "{:?} {:?}", text, area);
            }
        }
        let drawn = draw(&spec, &data, &Spanish, "c");
        prop_assert!(!drawn.wide.contains("NaN"));
        let numbers: Vec<(&str, f64)> = names.iter().map(|name| (name.as_str(), 3.0)).collect();
        let labels: Vec<&str> = numbers.iter().map(|(name, _)| *name).collect();
        let heights: Vec<f64> = values.iter().map(|value| value.unwrap_or(1.0)).chain(std::iter::repeat(1.0)).take(labels.len()).collect();
        let drawn = draw(&ChartSpec { kind: ChartKind::Bar, ..spec }, &categories(&labels, &[("Valor", &heights)]), &English, "c");
        prop_assert!(!drawn.narrow.contains("NaN"));
    }
}
