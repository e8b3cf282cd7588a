//! For tests: easy and nasty charts of every kind beside line, bar and sparkline.

use super::data::Role;
use super::sample::{categories, map, series, spec, time, walk};
use super::{ChartData, ChartKind, ChartSpec, Event};
use crate::series::{Column, Grain, Habits, Series};
use crate::text::{SourceId, Span, Spanned};
use crate::world::Date;

const ES: Habits = Habits { decimal_comma: true, day_first: true };

/// A chart from a block and a table, as an author would write them.
pub(crate) fn written(block: &str, table: &str) -> (ChartSpec, ChartData) {
    let read = ChartSpec::read(&map(&format!("{block}\ndata: a.csv")), ES);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let spec = read.value.expect("drawable");
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().expect("headings").split(';').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(';').collect()).collect();
    let span = |row: usize, at: usize| Span::new(SourceId(1), row * 100 + at, row * 100 + at + 1);
    let columns: Vec<Column> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Column {
            name: Spanned::new((*name).to_owned(), span(0, at)),
            cells: rows.iter().enumerate().map(|(row, cells)| (cells[at], span(row + 1, at))).collect(),
        })
        .collect();
    let read = ChartData::read(&spec, &columns, ES);
    (spec, read.value.expect("data"))
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

pub(crate) fn kinds() -> Vec<(&'static str, ChartSpec, ChartData)> {
    let start = Date::constant(2025, 11, 1);
    let month = |name: &str, values: &[f64]| series(name, start, Grain::Month, &some(values));
    let mut all: Vec<(&'static str, ChartSpec, ChartData)> = Vec::new();
    lines(&mut all, &month);
    parts(&mut all, &month);
    compared(&mut all, &month);
    points(&mut all);
    all
}

fn lines(all: &mut Vec<(&'static str, ChartSpec, ChartData)>, month: &dyn Fn(&str, &[f64]) -> Series) {
    let forecast = "grafico: linea\ntitulo: A este ritmo llegamos en junio\nsubtitulo: Suscripciones al boletín\nprevision: {medio: previsto, bajo: minimo, alto: maximo}\nobjetivo: {valor: 2400, fecha: 2026-12-31}";
    let rows = "mes;suscripciones;minimo;previsto;maximo
2025-11;1238;;;\n2025-12;1271;;;\n2026-01;1322;;;\n2026-02;1371;;;\n2026-03;1431;;;\n2026-04;1486;;;\n2026-05;1551;;;\n2026-06;1612;;;\n2026-07;;1630;1660;1690\n2026-08;;1650;1712;1780\n2026-09;;1668;1765;1870\n2026-10;;1680;1820;1960\n2026-11;;1690;1871;2050";
    let (spec_of, data) = written(forecast, rows);
    all.push(("line-forecast", spec_of, data));
    let band = "grafico: linea\ntitulo: La espera baja, y cada vez hay menos diferencias\nbajo: p25\nalto: p75\ny: mediana";
    let rows = "mes;p25;mediana;p75\n2026-01;8;14;30\n2026-02;7;13;27\n2026-03;7;12;25\n2026-04;6;11;21\n2026-05;6;10;19\n2026-06;5;9;15";
    let (spec_of, data) = written(band, rows);
    all.push(("line-band", spec_of, data));
    let mut spans = spec(ChartKind::Line, "La campaña dobla las visitas");
    spans.events = vec![
        Event {
            date: Date::constant(2026, 2, 10),
            until: Some(Date::constant(2026, 4, 20)),
            label: "Campaña de invierno".to_owned(),
            anew: false,
        },
        Event {
            date: Date::constant(2026, 7, 1),
            until: None,
            label: "Nueva forma de contar".to_owned(),
            anew: true,
        },
    ];
    let mut visits = time(
        Grain::Month,
        vec![month("Visitas", &[400., 420., 410., 640., 820., 790., 600., 580., 990., 1010., 1000., 700.])],
    );
    if let ChartData::Time(data) = &mut visits {
        data.partial = true;
    }
    all.push(("line-spans-break-partial", spans, visits));
    let mut far =
        time(Grain::Month, vec![month("Socios", &[40., 41., 43.]), month("Amigos", &[10., 11., 15.])]);
    if let ChartData::Time(data) = &mut far {
        let next = Date::constant(2026, 2, 1);
        data.beside =
            vec![(Role::Ahead, series("Previsto", next, Grain::Month, &some(&[44., 46., 50., 52.])))];
    }
    all.push(("line-forecast-two-series", spec(ChartKind::Line, "Dos series y lo que se espera"), far));
}

fn parts(all: &mut Vec<(&'static str, ChartSpec, ChartData)>, month: &dyn Fn(&str, &[f64]) -> Series) {
    use ChartKind::{Area, Grouped, Stacked};
    let formats = || {
        vec![
            month("Vídeo corto", &[10., 12., 18., 22., 30., 34., 41., 45., 50., 52., 58., 61.]),
            month("Carrusel", &[20., 22., 21., 24., 22., 25., 26., 24., 27., 28., 26., 29.]),
            month("Foto", &[40., 38., 35., 36., 30., 28., 24., 22., 20., 18., 16., 15.]),
            month("Historia", &[5., 6., 5., 7., 8., 6., 9., 8., 10., 9., 11., 12.]),
        ]
    };
    all.push((
        "area-formats",
        spec(Area, "El vídeo corto ya es la mitad de lo que publicamos"),
        time(Grain::Month, formats()),
    ));
    all.push((
        "area-one-day",
        spec(Area, "Un mes"),
        time(Grain::Month, vec![month("A", &[4.]), month("B", &[2.])]),
    ));
    let mut gap = formats();
    gap[1].points[5].value = None;
    all.push(("area-gap", spec(Area, "Falta un mes"), time(Grain::Month, gap)));
    let day = Date::constant(2016, 1, 1);
    let long = |name: &str, seed| series(name, day, Grain::Day, &walk(seed, 3000, 400.0, 30.0));
    all.push((
        "area-3000",
        spec(Area, "Ocho años"),
        time(Grain::Day, vec![long("Web", 3), long("Boletín", 4)]),
    ));
    all.push((
        "area-zero",
        spec(Area, "Nada"),
        time(Grain::Month, vec![month("A", &[0., 0., 0.]), month("B", &[0., 0., 0.])]),
    ));
    all.push((
        "stacked-months",
        spec(Stacked, "El vídeo corto desplaza a la foto"),
        time(Grain::Month, formats()),
    ));
    let hours = categories(
        &["Comunicación", "Presidencia", "Voluntariado de redes y archivo"],
        &[("Publicar", &[12., 2., 6.]), ("Responder", &[8., 1., 9.]), ("Medir", &[3., 1., 1.])],
    );
    all.push((
        "stacked-hours",
        spec(Stacked, "Responder es lo que más horas lleva al voluntariado"),
        hours.clone(),
    ));
    all.push(("grouped-hours", spec(Grouped, "Responder es lo que más horas lleva al voluntariado"), hours));
    let negative = categories(&["Web", "Boletín"], &[("Altas", &[30., 12.]), ("Bajas", &[-8., -20.])]);
    all.push(("stacked-negative", spec(Stacked, "Altas y bajas"), negative));
    let shares = categories(&["2025", "2026"], &[("Propio", &[40., 55.]), ("Ajeno", &[60., 45.])]);
    all.push(("stacked-shares", spec(Stacked, "Más de la mitad es propio"), shares));
    let stacked_many: Vec<Series> = (0..7)
        .map(|seed| series(&format!("Serie {seed}"), day, Grain::Month, &walk(seed, 30, 40.0, 6.0)))
        .collect();
    all.push(("stacked-seven", spec(Stacked, "Siete partes"), time(Grain::Month, stacked_many)));
}

fn compared(all: &mut Vec<(&'static str, ChartSpec, ChartData)>, month: &dyn Fn(&str, &[f64]) -> Series) {
    use ChartKind::{Diverging, Dumbbell, Multiples, Slope};
    let answers: [(&str, &[f64]); 5] = [
        ("Muy mal", &[2., 10., 4., 30.]),
        ("Mal", &[6., 18., 9., 30.]),
        ("Ni bien ni mal", &[20., 22., 30., 20.]),
        ("Bien", &[50., 34., 40., 15.]),
        ("Muy bien", &[22., 16., 17., 5.]),
    ];
    let asked = ["Boletín", "Instagram", "Web municipal", "Tiempo de respuesta por teléfono y por correo"];
    all.push((
        "diverging-five",
        spec(Diverging, "El boletín gusta; la espera, no"),
        categories(&asked, &answers),
    ));
    all.push((
        "diverging-three",
        spec(Diverging, "Las menciones son buenas salvo en junio"),
        categories(
            &["Mayo", "Junio", "Julio"],
            &[("Negativas", &[4., 60., 9.]), ("Neutras", &[30., 25., 40.]), ("Positivas", &[66., 15., 51.])],
        ),
    ));
    all.push((
        "diverging-two-zero",
        spec(Diverging, "Sí y no"),
        categories(&["A", "B", "C"], &[("No", &[0., 3., 0.]), ("Sí", &[10., 0., 0.])]),
    ));
    all.push((
        "diverging-four",
        spec(Diverging, "Sin término medio"),
        categories(
            &["Uno", "Dos"],
            &[("Nada", &[1., 9.]), ("Poco", &[4., 10.]), ("Bastante", &[20., 3.]), ("Mucho", &[11., 1.])],
        ),
    ));
    let bullet = "grafico: bala\ntitulo: Dos de cuatro objetivos ya se cumplen\ny: actual\nobjetivo: meta\nrangos: [bajo; medio]";
    let rows = "indicador;actual;meta;bajo;medio\nSuscripciones al boletín;412;500;200;350\nSeguidores en Instagram;610;600;300;500\nVoluntariado;38;60;20;40\nVisitas al mes a la página de inicio;540;520;250;400";
    let (one, data) = written(bullet, rows);
    all.push(("bullet-goals", one, data));
    let each = "grafico: bala\ntitulo: Cada objetivo en su escala\nobjetivo: meta\nescala: cada";
    let (one, data) = written(
        each,
        "indicador;actual;meta\nSeguidores;6012;8000\nRespuesta (horas);7,5;8\nApertura (%);45,2;45\nSin dato;;12",
    );
    all.push(("bullet-own-scales", one, data));
    let (one, data) = written(
        "grafico: bala\ntitulo: Todas a por quinientas\nobjetivo: 500",
        "sede;socios\nNorte;412\nSur;0\nCentro;900",
    );
    all.push(("bullet-one-target", one, data));
    let channels = ["Instagram", "Boletín", "LinkedIn", "YouTube", "X", "Facebook de la federación"];
    let before: &[f64] = &[3412., 1238., 604., 388., 2100., 1500.];
    let after: &[f64] = &[6012., 1801., 1071., 540., 1400., 1490.];
    let years = || categories(&channels, &[("2025", before), ("2026", after)]);
    all.push(("slope-channels", spec(Slope, "Solo X y Facebook pierden seguidores"), years()));
    all.push(("dumbbell-channels", spec(Dumbbell, "Solo X y Facebook pierden seguidores"), years()));
    let ends = vec![
        month("Instagram", &[10., 20., 30.]),
        month("Boletín", &[12., 21., 29.]),
        month("LinkedIn", &[11., 19., 31.]),
    ];
    all.push(("slope-close", spec(Slope, "Casi iguales"), time(Grain::Month, ends)));
    let mut holes =
        categories(&["Uno", "Dos", "Tres"], &[("Antes", &[5., 5., 1.]), ("Ahora", &[5., 9., 3.])]);
    if let ChartData::Categories(data) = &mut holes {
        data.values[0].values[1] = None;
        data.values[1].values[2] = None;
    }
    all.push(("slope-holes", spec(Slope, "Faltan cifras"), holes.clone()));
    all.push(("dumbbell-holes", spec(Dumbbell, "Faltan cifras"), holes));
    let same = categories(&["Uno", "Dos"], &[("Antes", &[7., 7.]), ("Ahora", &[7., 7.])]);
    all.push(("dumbbell-same", spec(Dumbbell, "Nada cambia"), same.clone()));
    all.push(("slope-same", spec(Slope, "Nada cambia"), same));
    let panels: Vec<Series> = (0..12)
        .map(|seed| {
            month(
                &format!("Cuenta municipal {seed}"),
                &walk(seed, 12, 40.0 + 8.0 * f64::from(seed), 12.0).into_iter().flatten().collect::<Vec<_>>(),
            )
        })
        .collect();
    all.push((
        "multiples-twelve",
        spec(Multiples, "Crecen todas menos dos"),
        time(Grain::Month, panels.clone()),
    ));
    all.push((
        "multiples-four",
        ChartSpec { target: Some(60.0), ..spec(Multiples, "Tres de cuatro llegan a sesenta") },
        time(Grain::Month, panels.into_iter().take(4).collect()),
    ));
    all.push((
        "multiples-one",
        spec(Multiples, "Una"),
        time(Grain::Month, vec![month("Socios", &[3., 4., 2.])]),
    ));
    let mut gaps = series(
        "Visitas con un nombre bastante largo",
        Date::constant(2025, 1, 1),
        Grain::Month,
        &walk(4, 20, 10.0, 9.0),
    );
    gaps.points[4].value = None;
    gaps.points[9].value = None;
    let negative = month("Saldo", &[-4., 3., -2., 5.]);
    all.push((
        "multiples-gaps-negative",
        spec(Multiples, "Huecos y saldos"),
        time(Grain::Month, vec![gaps, negative]),
    ));
}

fn points(all: &mut Vec<(&'static str, ChartSpec, ChartData)>) {
    let block = "grafico: dispersion\ntitulo: Empezar por los subtítulos: mucho efecto y poco trabajo\nnombre: accion\nx: esfuerzo\ny: efecto\ncuadrantes: {x: 3, y: 3, arriba_izquierda: Hacer ya, arriba_derecha: Planificar, abajo_izquierda: Si sobra tiempo, abajo_derecha: Dejar}";
    let rows = "accion;esfuerzo;efecto\nSubtítulos;1;4,5\nBoletín semanal;3,5;4\nPódcast;5;2\nPlantillas;1,5;3,5\nDirecto mensual;4;3,4\nConcurso;2;1,5\nTraducir la web;4,5;4,8\nResponder antes de un día;2;4,6";
    let (one, data) = written(block, rows);
    all.push(("scatter-priorities", one, data));
    let (one, data) = written(
        "grafico: dispersion\ntitulo: Las publicaciones largas se guardan más\nx: palabras\ny: guardados\ntamano: alcance\nnombre: tema",
        "tema;palabras;guardados;alcance\nAgenda;120;14;2000\nReceta;260;40;5200\nAviso;60;3;8000\nHistoria;310;52;1500\nEntrevista;420;50;900\nSorteo;80;20;12000",
    );
    all.push(("scatter-sizes", one, data));
    let crowd: String =
        (0..60).map(|at| format!("\nPunto {at};{};{}", (at * 37) % 50, (at * 53) % 47)).collect();
    let (one, data) =
        written("grafico: dispersion\ntitulo: Sesenta\nx: a\ny: b", &format!("nombre;a;b{crowd}"));
    all.push(("scatter-sixty", one, data));
    let heap: String = (0..12)
        .map(|at| {
            format!(
                "\nActividad número {at};{};{}",
                3.0 + f64::from(at % 3) / 10.0,
                3.0 + f64::from(at % 4) / 10.0
            )
            .replace('.', ",")
        })
        .collect();
    let (one, data) =
        written("grafico: dispersion\ntitulo: Un montón\nx: a\ny: b", &format!("nombre;a;b{heap}"));
    all.push(("scatter-heap", one, data));
    let (one, data) = written("grafico: dispersion\ntitulo: Uno\nx: a\ny: b", "nombre;a;b\nSolo;-3;0");
    all.push(("scatter-one", one, data));
}
