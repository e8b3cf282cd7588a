//! For tests: calendars, heatmaps, funnels and Gantt charts, easy and nasty, read from texts as an author would write them.

use super::gantt::Spans;
use super::listing::Listing;
use super::sample::{nowhere, spec, time};
use super::{ChartData, ChartKind, ChartSpec};
use crate::finding::Finding;
use crate::series::{Column, Grain, Habits, day_of, number_of};
use crate::syntax::yaml;
use crate::text::{SourceId, Span, Spanned};
use crate::world::Date;

const ES: Habits = Habits { decimal_comma: true, day_first: true };

/// A chart from its lines and a table with `;` between its cells, with what is found.
pub(crate) fn read(lines: &str, table: &str) -> (Option<(ChartSpec, ChartData)>, Vec<Finding>) {
    let mut findings = Vec::new();
    let node = yaml::parse(lines, SourceId(0), 0, &mut findings).expect("YAML");
    let spec = ChartSpec::read(&node, ES).into(&mut findings);
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
        good(
            "matrix-risks",
            "grafico: matriz\ntitulo: Dos riesgos piden un plan ya\ndatos: a.csv\nx: impacto\ny: probabilidad\nfilas: [5, 4, 3, 2, 1]\ncolumnas: [1, 2, 3, 4, 5]\nsombra: ambas",
            "escenario;impacto;probabilidad\nCuenta secuestrada;5;4\nMensaje fuera de lugar desde la cuenta oficial;3;4\nBulo en la red;3;4\nCaída del servicio;2;2\nFiltración de datos;5;2",
        ),
        good(
            "matrix-words",
            "grafico: matriz\ntitulo: Poco esfuerzo, mucho efecto\ndatos: a.csv\nx: esfuerzo\ny: efecto",
            "accion;efecto;esfuerzo\nResponder antes;Alto;Bajo\nVídeo semanal;alto;alto\nSorteo;bajo;medio",
        ),
        good(
            "matrix-texts",
            "grafico: matriz\ntitulo: Para qué está cada canal\ndatos: a.csv",
            "objetivo;Instagram;Boletín;Web\nQue se apunten familias;Historias con plazos;Enlace al formulario;Ficha de cada actividad\nQue confíen en nosotras;;Cuentas claras cada trimestre;\nQue pregunten;Respuesta en un día;;Formulario",
        ),
        good(
            "matrix-degrees",
            "grafico: matriz\ntitulo: Qué pesa cada canal para cada público\ndatos: a.csv",
            "público;Instagram;Boletín\nFamilias;alta;media\nMayores;muy baja;alta\nPrensa;baja;",
        ),
        good(
            "raci-publish",
            "grafico: raci\ntitulo: Dirección responde de todo lo que se publica\ndatos: a.csv",
            "paso;Dinamización;Dirección;Jurídico;Junta\nEscribir el texto;R;A;;\nRevisar los datos personales que aparecen en imágenes y textos;C;A;R;I\nPublicar;A/R;I;;\nContar el resultado;R;A;C;I",
        ),
        good(
            "raci-inline",
            "grafico: raci\ntitulo: Quién hace qué\npasos:\n  - { hacer: Escribir, ejecuta: Redes, responde: Dirección }\n  - { hacer: Publicar, r: Redes, a: Redes, informa: [Junta, Prensa] }",
            "",
        ),
        good(
            "tree-answer",
            "grafico: arbol\ntitulo: Casi siempre se contesta\nnodos:\n  cierto: { pregunta: ¿Es cierto lo que dice?, respuestas: { Sí: error, No: mala-fe } }\n  error: { pregunta: ¿El error es nuestro?, respuestas: { Sí: Pedir perdón y decir cuándo se arregla, No: Explicar de quién depende } }\n  mala-fe: { pregunta: ¿Lo dice de mala fe?, respuestas: { Sí: callar, No: Corregir con datos y enlace } }\n  callar: No contestar y avisar a la coordinación",
            "",
        ),
        good(
            "tree-deep",
            "grafico: arbol\ntitulo: Con cada pregunta se decide algo\nnodos:\n  a: { pregunta: ¿Es una emergencia?, respuestas: { Sí: Llamar al 112, No: b } }\n  b: { pregunta: ¿Hay datos personales?, respuestas: { Sí: Ocultar el mensaje, No: c, No se sabe: d } }\n  c: { pregunta: ¿Es una pregunta?, respuestas: { Sí: Contestar en el día, No: d } }\n  d: { pregunta: ¿Insulta a alguien?, respuestas: { Sí: Aplicar las normas, No: e } }\n  e: { pregunta: ¿Es una queja justa?, respuestas: { Sí: Dar las gracias y trasladarla, No: Dejarlo estar } }",
            "",
        ),
        good(
            "tree-one",
            "grafico: arbol\ntitulo: Una sola pregunta\nnodos:\n  a: { pregunta: ¿Llueve?, respuestas: { Sí: { hacer: Aplazar }, No: Salir a la calle } }",
            "",
        ),
    ]
}

fn codes(lines: &str, table: &str) -> Vec<&'static str> {
    read(lines, table).1.iter().map(|finding| finding.code.id).collect()
}

#[test]
fn what_is_wrong_is_told() {
    let gantt = "chart: gantt\ntitle: x\ndata: a";
    assert_eq!(codes(gantt, "what;who\na;b"), ["P530"]);
    assert_eq!(codes(gantt, "what;from;to\na;2026-05-02;2026-05-01"), ["P531"]);
    assert_eq!(codes(gantt, "what;from;to\na;2026-05-02;2026-05-01\nb;;2026-05-01"), ["P531", "P530"]);
    assert_eq!(codes("chart: calendar\ntitle: x\ndata: a\ny: v", "d;v\n2026-01;1\n2026-02;3"), ["P530"]);
    assert_eq!(codes("chart: calendar\ntitle: x\ndata: a\ny: [v, w]", "d;v;w\n2026-01-01;1;2"), ["P530"]);
    let funnel = "chart: funnel\ntitle: x\ndata: a";
    assert_eq!(codes(funnel, "s;n;m\na;2;1\nb;1;1"), ["P530"]);
    assert_eq!(codes(funnel, "s;n\na;2\nb;3"), ["P533"]);
    let heat = "chart: heatmap\ntitle: x\ndata: a\ncolor: b";
    assert_eq!(codes(&format!("{heat}\ny: n"), "a;b;n\np;q;1\np;q;2"), ["P540"]);
    assert_eq!(codes(heat, "a;b;n\np;q;1\np;q;2"), [""; 0]);
    let matrix = "chart: matrix\ntitle: x\ndata: a\nx: i\ny: p";
    assert_eq!(codes(matrix, "i;p\n1;2"), ["P530"]);
    assert_eq!(codes(&format!("{matrix}\nrows: [2, 1]"), "n;i;p\na;1;2\nb;1;3\nc;1;"), ["P532", "P532"]);
    assert_eq!(codes("chart: matrix\ntitle: x\ndata: a", "i\n1"), ["P530"]);
    assert_eq!(codes(&format!("{matrix}\nshade: both"), "n;i;p\na;web;2"), ["P530"]);
    let raci = "chart: raci\ntitle: x\ndata: a";
    assert_eq!(codes(raci, "s;a;b\nx;R;A\ny;R;\nz;A;C\nw;RA;A"), ["P538", "P539", "P538"]);
    assert_eq!(codes(raci, "s;a;b\nx;Responsable;A"), ["P532", "P539"]);
    assert_eq!(codes("chart: raci\ntitle: x\nsteps: [{ r: a, a: b }]", ""), ["P507"]);
    let tree = |nodes: &str| codes(&format!("chart: tree\ntitle: x\nnodes:\n{nodes}"), "");
    assert_eq!(
        tree("  a: { ask: q, answers: { yes: bb, no: Go on then } }\n  b: Stop here"),
        ["P534", "P536"]
    );
    assert_eq!(tree("  a: { ask: q, answers: { yes: b } }\n  b: { ask: r, answers: { no: a } }"), ["P535"]);
    assert_eq!(tree("  a: { ask: q, answers: { Yes: Go on, yes: Do stop } }\n  A: Stop"), ["P537", "P537"]);
    assert_eq!(tree("  a: { ask: q }"), ["P507"]);
}

#[test]
fn hours_and_scales() {
    let (chart, _) = read("chart: heatmap\ntitle: x\ndata: a", "t\n03/27/2026 18:42\n03/28/2026 6:05 PM");
    let Some((_, ChartData::Listing(Listing::Hours(hours)))) = chart else { panic!("hours") };
    assert_eq!(
        (hours.values[4][18], hours.values[5][18], hours.values[0][0]),
        (Some(1.0), Some(1.0), Some(0.0))
    );
    let matrix = "chart: matrix\ntitle: x\ndata: a\nx: impact\ny: likelihood\nshade: both";
    let (chart, _) = read(matrix, "risk;impact;likelihood\na;high;low\nb;low;high\nc;medium;high");
    let Some((_, ChartData::Listing(Listing::Board(board)))) = chart else { panic!("a board") };
    assert_eq!((board.rows, board.shaded), (vec!["High".to_owned(), "Low".to_owned()], true));
    assert_eq!(board.columns, ["Low", "Medium", "High"]);
    assert_eq!(board.cells[0], [vec!["B"], vec!["C"], vec![]]);
}

#[test]
fn shared_questions_are_told_once() {
    let lines = "chart: tree\ntitle: x\nnodes:\n  a: { ask: q, answers: { one: b, two: b, three: c, four: c } }\n  b: { ask: r, answers: { no: c } }\n  c: Stop";
    let (chart, findings) = read(lines, "");
    assert_eq!(findings.len(), 0);
    let Some((_, ChartData::Listing(Listing::Tree(tree)))) = chart else { panic!("a tree") };
    let again: Vec<bool> = tree.answers.iter().map(|(_, next)| next.again).collect();
    assert_eq!(again, [false, true, false, false]);
}
