//! Time and bytes of a chart: ours beside plotters' own SVG backend with mesh, labels and legend, for the same data.
//!
//! Ours is all that `chart::draw` makes: a drawing for wide and one for narrow columns, sentence, table and file of figures. The bytes are of the
//! wide drawing and of both. Both sides are measured in turn; medians of the runs. `charts [RUNS]`

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use flate2::Compression;
use flate2::write::GzEncoder;
use plotters::prelude::*;
use portolan::chart::{self, CategoryData, ChartData, ChartKind, ChartSpec, Drawn, Event, TimeData, Values};
use portolan::locale::Locale;
use portolan::series::{Grain, Point, Series};
use portolan::text::{SourceId, Span};
use portolan::theme::words;
use portolan::world::Date;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A line for each name, a value a day.
struct Lines {
    names: Vec<&'static str>,
    values: Vec<Vec<f64>>,
    events: Vec<(usize, &'static str)>,
}

const CHANNELS: [&str; 5] = ["Instagram", "Web", "YouTube", "Newsletter", "LinkedIn"];
const YEARS: [(&str, [f64; 5]); 3] = [
    ("2023", [96.0, 71.0, 30.0, 22.0, 9.0]),
    ("2024", [120.0, 80.0, 44.0, 26.0, 15.0]),
    ("2025", [90.0, 85.0, 51.0, 30.0, 21.0]),
];

/// A walk that looks like data and is the same every time.
fn walk(seed: u32, count: usize, start: f64, step: f64) -> Vec<f64> {
    let (mut state, mut value) = (seed, start);
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            value += (f64::from(state >> 16) / 65_536.0 - 0.45) * step;
            (value * 10.0).round() / 10.0
        })
        .collect()
}

fn main() -> Outcome<()> {
    let runs = std::env::args().nth(1).map_or(Ok(201), |runs| runs.parse())?;
    let year = Lines {
        names: vec!["Instagram", "Newsletter"],
        values: vec![walk(3, 365, 3400.0, 40.0), walk(5, 365, 1200.0, 20.0)],
        events: vec![(54, "Christmas break"), (217, "Foam on the beach"), (300, "Autumn campaign")],
    };
    let long = Lines { names: vec!["Visits"], values: vec![walk(3, 5000, 400.0, 60.0)], events: Vec::new() };
    let locale = Locale::new("en", words("en"));
    let draw = |spec: &ChartSpec, data: &ChartData| chart::draw(spec, data, &locale, "c1");
    let spec = |kind, events: &[(usize, &str)]| {
        let event = |(day, label): &(usize, &str)| {
            let date = first().checked_add(jiff_days(*day)).map_err(|error| error.to_string())?;
            Ok::<_, String>(Event { date, label: (*label).to_owned(), until: None, anew: false })
        };
        let events = events.iter().map(event).collect::<Result<_, _>>()?;
        Ok::<_, String>(ChartSpec {
            kind,
            title: "Instagram grows faster".to_owned(),
            events,
            ..ChartSpec::default()
        })
    };
    let (year_spec, year_data) = (spec(ChartKind::Line, &year.events)?, ours(&year)?);
    let (bar_spec, bar_data) = (spec(ChartKind::Bar, &[])?, our_bars());
    let (long_spec, long_data) = (spec(ChartKind::Line, &[])?, ours(&long)?);
    println!(
        "{:<28}{:>9}{:>9}{:>7}{:>26}{:>26}{:>7}",
        "chart", "stock µs", "ours µs", "ratio", "stock bytes (gzip)", "ours wide (gzip)", "ratio"
    );
    row("2 × 365 days, 3 events", runs, &|| stock_lines(&year), &|| draw(&year_spec, &year_data))?;
    row("5 × 3 grouped bars", runs, &stock_bars, &|| draw(&bar_spec, &bar_data))?;
    row("5,000 days", runs, &|| stock_lines(&long), &|| draw(&long_spec, &long_data))
}

fn row(
    name: &str,
    runs: usize,
    stock: &dyn Fn() -> Outcome<String>,
    ours: &dyn Fn() -> Drawn,
) -> Outcome<()> {
    let (mut theirs, mut own, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let start = Instant::now();
        stock()?;
        let middle = Instant::now();
        let drawn = ours();
        let end = Instant::now();
        drop(drawn);
        let (a, b) = ((middle - start).as_secs_f64() * 1e6, (end - middle).as_secs_f64() * 1e6);
        theirs.push(a);
        own.push(b);
        ratios.push(b / a);
    }
    let (svg, drawn) = (stock()?, ours());
    let (theirs_gz, ours_gz) = (gzip(&svg)?, gzip(&drawn.wide)?);
    println!(
        "{name:<28}{:>9.0}{:>9.0}{:>7.2}{:>26}{:>26}{:>7.2}   both widths {} ({})",
        median(&mut theirs),
        median(&mut own),
        median(&mut ratios),
        format!("{} ({theirs_gz})", svg.len()),
        format!("{} ({ours_gz})", drawn.wide.len()),
        ours_gz as f64 / theirs_gz as f64,
        drawn.wide.len() + drawn.narrow.len(),
        gzip(&(drawn.wide.clone() + &drawn.narrow))?,
    );
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn gzip(text: &str) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?.len())
}

// Ours

fn first() -> Date {
    Date::constant(2012, 1, 1)
}

fn jiff_days(days: usize) -> std::time::Duration {
    std::time::Duration::from_secs(days as u64 * 86_400)
}

fn ours(lines: &Lines) -> Outcome<ChartData> {
    let mut series = Vec::new();
    for (name, values) in lines.names.iter().zip(&lines.values) {
        let mut points = Vec::new();
        for (day, value) in values.iter().enumerate() {
            let date = first().checked_add(jiff_days(day))?;
            points.push(Point { date, value: Some(*value), span: Span::new(SourceId(0), 0, 1) });
        }
        series.push(Series::new(*name, points, "", 1).0);
    }
    Ok(ChartData::Time(TimeData { series, grain: Grain::Day, ..TimeData::default() }))
}

fn our_bars() -> ChartData {
    let values = YEARS.iter().map(|(name, values)| Values {
        name: (*name).to_owned(),
        values: values.iter().copied().map(Some).collect(),
        ..Values::default()
    });
    ChartData::Categories(CategoryData {
        heading: "Channel".to_owned(),
        names: CHANNELS.map(str::to_owned).to_vec(),
        values: values.collect(),
    })
}

// plotters as its documentation shows it

const SIZE: (u32, u32) = (624, 312);
const COLORS: [RGBColor; 3] = [RGBColor(10, 90, 106), RGBColor(219, 107, 146), RGBColor(36, 23, 138)];

fn stock_lines(lines: &Lines) -> Outcome<String> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        root.fill(&WHITE)?;
        let start = NaiveDate::from_ymd_opt(2012, 1, 1).ok_or("a date")?;
        let days = lines.values.first().map_or(0, Vec::len) as u64;
        let all = || lines.values.iter().flatten().copied();
        let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let mut chart = ChartBuilder::on(&root)
            .caption("Instagram grows faster", ("sans-serif", 18))
            .margin(8)
            .x_label_area_size(30)
            .y_label_area_size(48)
            .build_cartesian_2d(start..start + Days::new(days.saturating_sub(1)), low..high)?;
        chart.configure_mesh().draw()?;
        for (event, label) in &lines.events {
            let day = start + Days::new(*event as u64);
            chart.draw_series([PathElement::new(vec![(day, low), (day, high)], BLACK)])?;
            chart.draw_series([Text::new((*label).to_owned(), (day, high), ("sans-serif", 13))])?;
        }
        for ((name, values), color) in lines.names.iter().zip(&lines.values).zip(COLORS) {
            let points =
                values.iter().enumerate().map(|(day, value)| (start + Days::new(day as u64), *value));
            chart
                .draw_series(LineSeries::new(points, &color))?
                .label(*name)
                .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 20, y)], color));
        }
        chart.configure_series_labels().border_style(BLACK).draw()?;
        root.present()?;
    }
    Ok(svg)
}

fn stock_bars() -> Outcome<String> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        root.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&root)
            .caption("Instagram grows faster", ("sans-serif", 18))
            .margin(8)
            .x_label_area_size(30)
            .y_label_area_size(48)
            .build_cartesian_2d(0.0..CHANNELS.len() as f64, 0.0..130.0)?;
        let name = |place: &f64| CHANNELS.get(*place as usize).copied().unwrap_or_default().to_owned();
        chart.configure_mesh().disable_x_mesh().x_labels(CHANNELS.len()).x_label_formatter(&name).draw()?;
        for (index, ((name, values), color)) in YEARS.iter().zip(COLORS).enumerate() {
            let bars = values.iter().enumerate().map(|(slot, value)| {
                let left = slot as f64 + 0.13 + 0.25 * index as f64;
                Rectangle::new([(left, 0.0), (left + 0.24, *value)], color.filled())
            });
            chart
                .draw_series(bars)?
                .label(*name)
                .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 10, y + 5)], color.filled()));
        }
        chart.configure_series_labels().border_style(BLACK).draw()?;
        root.present()?;
    }
    Ok(svg)
}
