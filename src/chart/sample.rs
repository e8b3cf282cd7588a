//! For tests: words of two languages without a locale library, a tiny map reader, charts of the example and nasty ones.

use super::{CategoryData, ChartData, ChartKind, ChartSpec, Event, Figures, TimeData, Values};
use crate::finding::Language;
use crate::series::{Grain, Point, Series, day_of, number_of};
use crate::syntax::{Entry, Node, Style, Tree};
use crate::text::{SourceId, Span, Spanned};
use crate::world::Date;

pub(crate) struct Spanish;
pub(crate) struct English;

const MESES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn grouped(value: f64, decimals: u8, group: char, decimal: char) -> String {
    let text = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        out.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(decimal);
        out.push_str(fraction);
    }
    out
}

fn month(names: [&'static str; 12], date: Date) -> &'static str {
    names[date.month() as usize - 1]
}

impl Figures for Spanish {
    fn language(&self) -> Language {
        Language::Spanish
    }
    fn number(&self, value: f64, decimals: u8) -> String {
        grouped(value, decimals, '.', ',')
    }
    fn percent(&self, value: f64, decimals: u8) -> String {
        format!("{}\u{a0}%", self.number(value, decimals))
    }
    fn date_long(&self, date: Date) -> String {
        format!("{} de {} de {}", date.day(), month(MESES, date), date.year())
    }
    fn month_year(&self, date: Date) -> String {
        format!("{} de {}", month(MESES, date), date.year())
    }
    fn month_short(&self, date: Date) -> String {
        month(MESES, date)[..3].to_owned()
    }
    fn day_month(&self, date: Date) -> String {
        format!("{}\u{a0}{}", date.day(), self.month_short(date))
    }
}

impl Figures for English {
    fn language(&self) -> Language {
        Language::English
    }
    fn number(&self, value: f64, decimals: u8) -> String {
        grouped(value, decimals, ',', '.')
    }
    fn percent(&self, value: f64, decimals: u8) -> String {
        format!("{}%", self.number(value, decimals))
    }
    fn date_long(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), month(MONTHS, date), date.year())
    }
    fn month_year(&self, date: Date) -> String {
        format!("{} {}", month(MONTHS, date), date.year())
    }
    fn month_short(&self, date: Date) -> String {
        month(MONTHS, date)[..3].to_owned()
    }
    fn day_month(&self, date: Date) -> String {
        format!("{}\u{a0}{}", date.day(), self.month_short(date))
    }
}

pub(crate) fn nowhere() -> Span {
    Span::new(SourceId(0), 0, 1)
}

pub(crate) fn text(text: &str) -> Node {
    Node { span: nowhere(), tree: Tree::Scalar(text.to_owned(), Style::Plain) }
}

/// Lines `key: value`, where a value may be `[a, b]` or `{a: b}`.
pub(crate) fn map(lines: &str) -> Node {
    let entry = |line: &str| {
        let (key, value) = line.split_once(':').expect("key: value");
        Entry { key: Spanned::new(key.trim().to_owned(), nowhere()), value: value_of(value.trim()) }
    };
    Node { span: nowhere(), tree: Tree::Map(lines.lines().map(entry).collect()) }
}

fn value_of(value: &str) -> Node {
    let within = |open, close| value.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    if let Some(items) = within('[', ']') {
        let items = items.split(';').map(|item| value_of(item.trim())).collect();
        return Node { span: nowhere(), tree: Tree::List(items) };
    }
    match within('{', '}') {
        Some(pairs) => map(&pairs.replace(", ", "\n")),
        None => text(value),
    }
}

/// Values from `start` on, one every period of the grain.
pub(crate) fn series(name: &str, start: Date, grain: Grain, values: &[Option<f64>]) -> Series {
    let points = values
        .iter()
        .enumerate()
        .map(|(index, value)| Point {
            date: grain.after(start, index as i32),
            value: *value,
            span: nowhere(),
        })
        .collect();
    Series::new(name, points, "", 0).0
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

/// A walk that looks like data and is the same every time.
pub(crate) fn walk(seed: u32, count: usize, start: f64, step: f64) -> Vec<Option<f64>> {
    let mut state = seed;
    let mut value = start;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            value += (f64::from(state >> 16) / 65_536.0 - 0.45) * step;
            Some((value * 10.0).round() / 10.0)
        })
        .collect()
}

pub(crate) fn time(grain: Grain, series: Vec<Series>) -> ChartData {
    ChartData::Time(TimeData { series, grain, ..TimeData::default() })
}

pub(crate) fn categories(names: &[&str], values: &[(&str, &[f64])]) -> ChartData {
    ChartData::Categories(CategoryData {
        heading: "Canal".to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        values: values
            .iter()
            .map(|(name, values)| Values {
                name: (*name).to_owned(),
                values: some(values),
                unit: String::new(),
                decimals: 0,
            })
            .collect(),
    })
}

pub(crate) fn spec(kind: ChartKind, title: &str) -> ChartSpec {
    ChartSpec { kind, title: title.to_owned(), ..ChartSpec::default() }
}

fn event(year: i16, month: i8, day: i8, label: &str) -> Event {
    Event { date: Date::constant(year, month, day), until: None, label: label.to_owned(), anew: false }
}

/// Every chart that is looked at and kept as a snapshot: name, spec, data.
pub(crate) fn gallery() -> Vec<(&'static str, ChartSpec, ChartData)> {
    let mut all = common();
    all.extend(super::sample_own::gallery());
    all
}

/// Lines, bars and sparklines.
fn common() -> Vec<(&'static str, ChartSpec, ChartData)> {
    use ChartKind::{Bar, Line, Sparkline};
    let may = Date::constant(2025, 11, 1);
    let monday = Date::constant(2025, 11, 3);
    let month = |name: &str, values: &[f64]| series(name, may, Grain::Month, &some(values));
    let followers = vec![
        month(
            "Instagram",
            &[3412., 3585., 3786., 3989., 4219., 4466., 4750., 5051., 5324., 5480., 5735., 6012.],
        ),
        month(
            "Boletín",
            &[1238., 1271., 1322., 1371., 1431., 1486., 1551., 1612., 1650., 1671., 1733., 1801.],
        ),
        month("LinkedIn", &[604., 634., 676., 721., 770., 818., 862., 910., 949., 970., 1022., 1071.]),
        month("YouTube", &[388., 397., 411., 424., 442., 458., 473., 491., 503., 511., 527., 540.]),
    ];
    let hours = [
        19.1, 18.5, 19.3, 19.2, 19.0, 18.1, 17.4, 22.5, 23.1, 17.9, 16.8, 16.1, 15.9, 15.2, 14.7, 14.9, 14.1,
        13.8, 13.2, 13.5, 12.7, 12.1, 12.4, 11.8, 11.2, 11.5, 10.9, 10.4, 10.7, 10.1, 14.6, 17.8, 11.0, 9.9,
        9.6, 9.8, 9.2, 9.5, 12.8, 13.9, 13.1, 11.7, 9.1, 8.8, 8.9, 8.4, 8.6, 8.1, 7.9, 8.2, 7.7, 7.6,
    ];
    let mut weekly = series("horas", monday, Grain::Week, &some(&hours));
    weekly.decimals = 1;
    let mut gaps = walk(7, 60, 40.0, 8.0);
    for index in [10, 11, 12, 13, 30, 44, 45] {
        gaps[index] = None;
    }
    let mut money =
        categories(&["Anuncios", "Vídeo", "Taller", "Diseño"], &[("Gasto", &[1250., 830., 460., 300.])]);
    if let ChartData::Categories(data) = &mut money {
        data.values[0].unit = "€".to_owned();
    }
    let mut percent =
        month("Apertura", &[40.5, 39.2, 41.6, 42.7, 41.6, 43.0, 44.1, 43.8, 42.5, 41.9, 44.0, 45.2]);
    percent.unit = "%".to_owned();
    percent.decimals = 1;
    let day =
        |name: &str, values: &[Option<f64>]| series(name, Date::constant(2016, 1, 1), Grain::Day, values);
    let mut response = spec(Line, "Respondemos en menos de la mitad de tiempo que hace un año");
    response.subtitle = "Mediana semanal de horas hasta la primera respuesta".to_owned();
    response.target = Some(8.0);
    response.events = vec![
        event(2025, 12, 24, "Vacaciones de Navidad"),
        event(2026, 6, 8, "Espuma en la playa"),
        event(2026, 6, 20, "Retirada de la publicación"),
    ];
    let mut crowded = response.clone();
    crowded.events =
        (0..9).map(|index| event(2026, 1 + index % 8, 3 + index, "Campaña de captación de socios")).collect();
    crowded.events.sort_by_key(|event| event.date);
    let mut reach = spec(Bar, "El alcance crece desde febrero");
    reach.target = Some(12_000.0);
    let twelve: Vec<Series> = (0..12)
        .map(|index| {
            series(
                &format!("Cuenta municipal número {index}"),
                may,
                Grain::Month,
                &walk(index, 12, 50.0 + 9.0 * f64::from(index), 14.0),
            )
        })
        .collect();
    let sorted =
        ChartSpec { sort: super::Sort::Value, ..spec(Bar, "La web ocupa más horas que ninguna red") };
    let long_names = categories(
        &[
            "Publicaciones con vídeo corto y subtítulos",
            "Fotografías del archivo municipal",
            "Directos",
            "Encuestas a las familias de la asociación de vecinos del barrio",
        ],
        &[("Interacciones", &[1204., 873., 98., 42.])],
    );
    let close = vec![
        month(
            "Instagram y Facebook juntos",
            &[10., 20., 30., 41., 52., 60., 71., 80., 91., 100., 110., 120.],
        ),
        month("LinkedIn", &[11., 21., 29., 40., 50., 61., 70., 81., 90., 101., 109., 119.]),
        month("YouTube", &[12., 22., 31., 42., 51., 62., 72., 82., 92., 102., 111., 121.]),
        month("Boletín", &[13., 19., 32., 43., 53., 63., 73., 83., 93., 103., 112., 118.]),
    ];
    let mut all = vec![
        (
            "line-followers",
            spec(Line, "Instagram casi duplica sus seguidores"),
            time(Grain::Month, followers.clone()),
        ),
        ("line-response", response, time(Grain::Day, vec![weekly.clone()])),
        ("line-crowded-events", crowded, time(Grain::Day, vec![weekly.clone()])),
        (
            "line-percent",
            ChartSpec { target: Some(45.0), ..spec(Line, "La apertura llega al objetivo") },
            time(Grain::Month, vec![percent]),
        ),
        ("line-close-ends", spec(Line, "Cuatro canales crecen a la par"), time(Grain::Month, close)),
        (
            "line-one-point",
            spec(Line, "Un dato"),
            time(Grain::Day, vec![series("Socios", monday, Grain::Day, &[Some(42.0)])]),
        ),
        ("line-equal", spec(Line, "Nada cambia"), time(Grain::Month, vec![month("Socios", &[7.; 8])])),
        ("line-zero", spec(Line, "Cero"), time(Grain::Month, vec![month("Quejas", &[0.; 8])])),
        (
            "line-negative",
            ChartSpec { target: Some(0.0), ..spec(Line, "El saldo mejora") },
            time(
                Grain::Month,
                vec![month("Saldo", &[-40., -35., -10., -12., 5., 12., 20., 18., 25., 31., 40., 44.])],
            ),
        ),
        (
            "line-gaps",
            spec(Line, "Faltan semanas"),
            time(Grain::Day, vec![series("Visitas", monday, Grain::Week, &gaps)]),
        ),
        (
            "line-5000",
            spec(Line, "Catorce años de visitas"),
            time(Grain::Day, vec![day("Visitas", &walk(3, 5000, 400.0, 60.0))]),
        ),
        (
            "line-huge",
            spec(Line, "Impresiones"),
            time(Grain::Month, vec![month("Impresiones", &[1.2e9, 1.9e9, 2.2e9, 2.4e9, 3.1e9, 3.3e9])]),
        ),
        (
            "line-enormous",
            spec(Line, "Demasiado"),
            time(Grain::Month, vec![month("Impresiones", &[1.2e15, 1.9e15, 2.2e15, 2.4e16])]),
        ),
        (
            "line-tiny",
            spec(Line, "Tasa"),
            time(Grain::Month, vec![Series { decimals: 9, ..month("Tasa", &[2e-9, 3e-9, 4e-9, 1e-9]) }]),
        ),
        ("line-12-series", spec(Line, "Doce cuentas"), time(Grain::Month, twelve)),
        (
            "line-ten-years",
            spec(Line, "Diez años"),
            time(
                Grain::Month,
                vec![series("Socios", Date::constant(2015, 3, 1), Grain::Month, &walk(11, 132, 900.0, 40.0))],
            ),
        ),
        (
            "line-two-weeks",
            spec(Line, "Dos semanas"),
            time(
                Grain::Day,
                vec![series("Mensajes", Date::constant(2026, 6, 5), Grain::Day, &walk(5, 14, 30.0, 22.0))],
            ),
        ),
        (
            "line-quarters",
            spec(Line, "Trimestres"),
            time(
                Grain::Quarter,
                vec![series("Altas", Date::constant(2024, 1, 1), Grain::Quarter, &walk(9, 10, 30.0, 12.0))],
            ),
        ),
        ("line-empty", spec(Line, "Sin datos"), time(Grain::Month, vec![])),
        (
            "bar-months",
            reach,
            time(
                Grain::Month,
                vec![month(
                    "Alcance",
                    &[
                        9708., 7929., 10903., 11916., 13058., 12740., 14011., 16320., 13200., 9100., 15020.,
                        16110.,
                    ],
                )],
            ),
        ),
        (
            "bar-few",
            sorted,
            categories(
                &["Instagram", "Web", "YouTube", "Boletín", "LinkedIn"],
                &[("Horas", &[33., 41., 19., 13., 10.])],
            ),
        ),
        ("bar-money", spec(Bar, "Los anuncios son la mitad del gasto"), money),
        (
            "bar-long-names",
            ChartSpec { target: Some(1000.0), ..spec(Bar, "El vídeo corto es lo que más mueve") },
            long_names,
        ),
        (
            "bar-negative",
            spec(Bar, "Cambio de seguidores"),
            categories(&["Instagram", "X", "Facebook", "LinkedIn"], &[("Cambio", &[210., -340., -25., 96.])]),
        ),
        (
            "bar-negative-long",
            spec(Bar, "Cambio de seguidores"),
            categories(
                &["Instagram de la asociación", "X (antes Twitter)", "Facebook", "LinkedIn de la federación"],
                &[("Cambio", &[210., -340., -25., 96.])],
            ),
        ),
        (
            "bar-grouped",
            spec(Bar, "Este año publicamos menos y mejor"),
            categories(
                &["Instagram", "Web", "YouTube"],
                &[("2025", &[120., 80., 44.]), ("2026", &[90., 85., 51.])],
            ),
        ),
        (
            "bar-weeks",
            spec(Bar, "Mensajes"),
            time(Grain::Week, vec![series("Mensajes", monday, Grain::Week, &walk(2, 52, 20.0, 6.0))]),
        ),
        (
            "bar-5000",
            spec(Bar, "Visitas"),
            time(Grain::Day, vec![day("Visitas", &walk(3, 5000, 400.0, 60.0))]),
        ),
        ("bar-zero", spec(Bar, "Nada"), categories(&["A", "B"], &[("Quejas", &[0., 0.])])),
        ("bar-one", spec(Bar, "Uno"), categories(&["Web"], &[("Quejas", &[3.])])),
        (
            "bar-30",
            spec(Bar, "Treinta barrios"),
            categories(
                &[
                    "Centro",
                    "Norte",
                    "Sur",
                    "Este",
                    "Oeste",
                    "Puerto",
                    "Vega",
                    "Sierra",
                    "Playa",
                    "Estación",
                    "Centro 2",
                    "Norte 2",
                    "Sur 2",
                    "Este 2",
                    "Oeste 2",
                    "Puerto 2",
                    "Vega 2",
                    "Sierra 2",
                    "Playa 2",
                    "Estación 2",
                    "Centro 3",
                    "Norte 3",
                    "Sur 3",
                    "Este 3",
                    "Oeste 3",
                    "Puerto 3",
                    "Vega 3",
                    "Sierra 3",
                    "Playa 3",
                    "Estación 3",
                ],
                &[(
                    "Altas",
                    &[
                        30., 29., 28., 27., 26., 25., 24., 23., 22., 21., 20., 19., 18., 17., 16., 15., 14.,
                        13., 12., 11., 10., 9., 8., 7., 6., 5., 4., 3., 2., 1.,
                    ],
                )],
            ),
        ),
        ("sparkline", spec(Sparkline, ""), time(Grain::Month, vec![followers[0].clone()])),
        (
            "sparkline-gaps",
            spec(Sparkline, ""),
            time(Grain::Day, vec![series("Visitas", monday, Grain::Week, &gaps)]),
        ),
        (
            "sparkline-one",
            spec(Sparkline, ""),
            time(Grain::Day, vec![series("Socios", day_of(number_of(monday)), Grain::Day, &[Some(42.0)])]),
        ),
    ];
    all.extend(super::sample_kinds::kinds());
    all
}
