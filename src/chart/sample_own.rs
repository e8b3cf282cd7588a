//! For tests: calendars, heatmaps, funnels and Gantt charts, easy and nasty, read from texts as an author would write them.

use super::gantt::Spans;
use super::listing::Listing;
use super::sample::{map, nowhere, spec, time};
use super::{ChartData, ChartKind, ChartSpec};
use crate::finding::{Finding, Reported};
use crate::series::{Column, Grain, Habits, day_of, number_of};
use crate::text::{SourceId, Span, Spanned};
use crate::world::Date;

const ES: Habits = Habits { decimal_comma: true, day_first: true };

/// A chart from its lines and a table with `;` between its cells, with what is found.
pub(crate) fn read(lines: &str, table: &str) -> (Option<(ChartSpec, ChartData)>, Vec<Finding>) {
    let Reported { value: spec, mut findings } = ChartSpec::read(&map(lines), ES);
    let Some(spec) = spec else { return (None, findings) };
    let mut rows = table.lines().map(|line| line.split(';').collect::<Vec<&str>>());
    let names = rows.next().unwrap_or_default();
    let rows: Vec<Vec<&str>> = rows.collect();
    let span = |row: usize, column: usize| Span::new(SourceId(1), row * 100 + column, row * 100 + column + 1);
    let columns: Vec<Column> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Column {
            name: Spanned::new((*name).to_owned(), span(0, at)),
            cells: rows
                .iter()
                .enumerate()
                .map(|(row, cells)| (cells.get(at).copied().unwrap_or_default(), span(row + 1, at)))
                .collect(),
        })
        .collect();
    let data = ChartData::read(&spec, &columns, ES).into(&mut findings);
    if let Some(data) = &data {
        findings.extend(super::check(&spec, data, nowhere()));
    }
    (data.map(|data| (spec, data)), findings)
}

fn good(name: &'static str, lines: &str, table: &str) -> (&'static str, ChartSpec, ChartData) {
    let (chart, findings) = read(lines, table);
    // Of empty data it is told that they are empty.
    assert!(findings.iter().all(|finding| finding.code.id == "P505"), "{name}: {findings:?}");
    let (spec, data) = chart.expect(name);
    (name, spec, data)
}

/// Moments of posts: more on Tuesdays and Thursdays, few on Sundays, none in August.
pub(crate) fn posts(first: Date, days: i64) -> String {
    let mut state = 7u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    let mut table = "publicado".to_owned();
    for number in number_of(first)..number_of(first) + days {
        let date = day_of(number);
        let weekday = date.weekday().to_monday_zero_offset();
        let most = [3, 5, 3, 5, 2, 1, 1][weekday as usize];
        let count = if date.month() == 8 { 0 } else { random() % (most + 1) };
        for _ in 0..count {
            let hour = [9, 12, 13, 18, 19, 20, 20, 21][random() as usize % 8];
            table.push_str(&format!("\n{date} {hour:02}:{:02}", random() % 60));
        }
    }
    table
}

fn values(first: Date, count: i64, value: impl Fn(i64) -> String) -> String {
    let rows = (0..count).map(|index| format!("\n{};{}", day_of(number_of(first) + index), value(index)));
    format!("fecha;valor{}", rows.collect::<String>())
}

/// Every chart that is tested and committed as a snapshot.
pub(crate) fn gallery() -> Vec<(&'static str, ChartSpec, ChartData)> {
    let november = Date::constant(2025, 11, 3);
    let calendar = "grafico: calendario\ntitulo: Publicamos casi a diario, salvo en agosto\ndatos: a.csv";
    let valued = format!("{calendar}\ny: valor");
    let heat = "grafico: mapa de calor\ntitulo: Nos leen sobre todo por la tarde\ndatos: a.csv";
    let funnel = "grafico: embudo\ntitulo: De cada mil que nos ven se apuntan tres\ndatos: a.csv";
    let gantt = "grafico: cronograma\ntitulo: El otoño va cargado\ndatos: a.csv";
    vec![
        good("calendar-posts", calendar, &posts(november, 363)),
        good("calendar-three-years", calendar, &posts(Date::constant(2023, 5, 20), 1400)),
        good("calendar-six-weeks", calendar, &posts(Date::constant(2026, 3, 4), 42)),
        good("calendar-one-day", calendar, "dia\n2026-03-04"),
        good(
            "calendar-gaps",
            &valued,
            &values(november, 200, |day| match day % 9 {
                0 | 4 => String::new(),
                rest => format!("{},{}", day * rest, rest),
            }),
        ),
        good("calendar-zeros", &valued, &values(november, 60, |_| "0".to_owned())),
        good("calendar-negative", &valued, &values(november, 60, |day| format!("{}", day % 13 - 6))),
        good("calendar-huge", &valued, &values(november, 60, |day| format!("{}", (day + 1) * 1_234_567_891))),
        ("calendar-empty", spec(ChartKind::Calendar, "Sin datos"), time(Grain::Day, vec![])),
        good("heatmap-posts", heat, &posts(november, 363)),
        good(
            "heatmap-themes",
            &format!("{heat}\ncolor: canal\ny: veces\nagregar: suma"),
            "tema;canal;veces\nPlaya;Instagram;12\nPlaya;Web;3\nPlaya;Web;1\nVoluntariado ambiental de verano;Instagram;0\nVoluntariado ambiental de verano;Boletín;7\nCuentas;Web;-2",
        ),
        good("heatmap-wide", heat, "dia;mañana;tarde;noche\nlunes;1;2;3\nmartes;4;5;6,5"),
        good("heatmap-one", heat, "dia;valor\nlunes;1"),
        good("heatmap-empty", heat, "dia;valor\nlunes;-"),
        good(
            "funnel-campaign",
            funnel,
            "etapa;personas\nVieron la campaña;48210\nVisitaron la página;6120\nEmpezaron el formulario;512\nSe apuntaron;148",
        ),
        good(
            "funnel-long-names",
            funnel,
            "etapa;personas\nPersonas que vieron al menos una publicación de la campaña de voluntariado;120000\nPersonas que abrieron la página con todos los detalles;9\nContestaron;0",
        ),
        good("funnel-one", funnel, "etapa;personas\nVieron;10"),
        good("funnel-zeros", funnel, "etapa;personas\nVieron;0\nVinieron;0"),
        good("funnel-gap", funnel, "etapa;personas\nVieron;100\nPreguntaron;\nVinieron;10\nVolvieron;10"),
        good(
            "gantt-campaigns",
            &format!("{gantt}\ncolor: tipo\nhoy: 2026-11-03"),
            "campaña;desde;hasta;tipo\nVuelta al cole;2026-09-01;2026-09-30;Campañas\nSemana de la movilidad;2026-09-16;2026-09-22;Campañas\nMemoria del año;2026-10-15;2026-12-18;Informes\nRecogida de alimentos y juguetes del barrio;2026-11-20;2027-01-05;Campañas\nAsamblea;2026-11-28;;Hitos\nEncuesta;2026-10-01;2026-10-20;Informes\nCierre de cuentas;2026-12-31;;Hitos",
        ),
        good("gantt-one-day", gantt, "que;dia\nAsamblea;2026-11-28"),
        good(
            "gantt-years",
            gantt,
            "que;desde;hasta\nPlan estratégico;2019;2030\nConvenio con el ayuntamiento;2024;2024\nUna tarde;2026-05-04;2026-05-04",
        ),
        good(
            "gantt-days",
            gantt,
            "que;desde;hasta\nMontaje;2026-06-01;2026-06-02\nFeria;2026-06-03;2026-06-07\nRecogida;2026-06-08;2026-06-08",
        ),
        (
            "gantt-empty",
            spec(ChartKind::Gantt, "Sin datos"),
            ChartData::Listing(Listing::Spans(Spans::default())),
        ),
    ]
}
