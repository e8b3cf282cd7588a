//! A sample of every part of a computed view, to be looked at and audited with the gallery of pages.

use crate::site::view::*;

fn link(text: &str, note: &str) -> LinkView {
    LinkView {
        text: text.into(),
        url: "canales/boletin.html".into(),
        note: note.into(),
        ..LinkView::default()
    }
}

fn text(text: &str) -> Shown {
    Shown::Text { text: text.into() }
}

fn heading(text: &str, anchor: &str) -> PartView {
    PartView::Heading { text: text.into(), anchor: anchor.into(), level: 2 }
}

fn map() -> MapView {
    let node = |x: i32, kind: &str, name: &str| NodeView {
        x,
        y: 28,
        width: 190,
        height: 32,
        kind: kind.into(),
        name: name.into(),
        url: "canales/boletin.html".into(),
        tone: "",
        lines: vec![LineView { x: x + 13, y: 49, text: name.into() }],
        notes: Vec::new(),
    };
    let stroke = StrokeView { d: "M191 44C249 44 249 44 307 44".into() };
    MapView {
        title: "Mapa de la estrategia".into(),
        about: "De las metas a los objetivos.".into(),
        width: 498,
        height: 61,
        heads: vec![LineView { x: 1, y: 14, text: "Metas".into() }],
        branches: vec![
            BranchView { strokes: vec![stroke], node: node(1, "goal", "Un río vivo") },
            BranchView { strokes: Vec::new(), node: node(307, "objective", "Más voluntariado") },
        ],
    }
}

fn flow() -> FlowView {
    let middle = |y: i32, text: &str| LineView { x: 96, y, text: text.into() };
    let step = |shape: &'static str, d: &str, line: LineView| FlowBoxView {
        shape,
        d: d.into(),
        lines: vec![line],
        notes: Vec::new(),
    };
    let listed = |number: usize, text: &str, shape: &'static str| FlowStepView {
        anchor: format!("_muestra-flujo-{number}"),
        text: text.into(),
        shape,
        who: vec![link("Portavoz", "")],
        last: shape == "end",
        ..FlowStepView::default()
    };
    let drawing = FlowDrawingView {
        narrow: false,
        width: 192,
        height: 122,
        lines: vec![StrokeView { d: "M96 41L96 79".into() }],
        arrows: vec![StrokeView { d: "M91 72h10l-5 8z".into() }],
        boxes: vec![
            step("start", "M1 1h190v40h-190z", middle(26, "Leer la queja")),
            step("end", "M1 81h190v40h-190z", middle(106, "Contestar")),
        ],
        labels: Vec::new(),
    };
    FlowView {
        id: "_muestra-flujo".into(),
        title: "Una queja".into(),
        title_shown: true,
        about: "Empieza en «Leer la queja» y termina en: Contestar.".into(),
        drawings: vec![drawing.clone(), FlowDrawingView { narrow: true, ..drawing }],
        steps: vec![listed(1, "Leer la queja", "start"), listed(2, "Contestar", "end")],
    }
}

fn tag(text: &str, tone: &'static str) -> TagView {
    TagView { text: text.into(), tone }
}

fn figure(value: &str, label: &str, note: &str, tone: &'static str) -> FigureView {
    FigureView { value: value.into(), label: label.into(), note: note.into(), url: String::new(), tone }
}

fn table() -> TableView {
    let column = |text: &str, gap: bool| ColumnView {
        text: text.into(),
        url: "canales/boletin.html".into(),
        numeric: false,
        tag: gap.then(|| tag("sin objetivo", "warn")),
    };
    let row = |name: &str, cells: Vec<CellView>| RowView {
        heading: link(name, ""),
        gap: cells.iter().any(|cell| cell.tone == "gap"),
        cells,
    };
    TableView {
        id: "_muestra".into(),
        caption: "Objetivos y canales".into(),
        caption_shown: true,
        corner: "Objetivo".into(),
        columns: vec![column("Instagram", false), column("Boletín", false), column("Mastodon", true)],
        rows: vec![
            row(
                "Que se apunten familias del barrio",
                vec![
                    CellView::of(Shown::Links { links: vec![link("usa", "historias con plazos")] }),
                    CellView::text("enlace al formulario"),
                    CellView::default(),
                ],
            ),
            row(
                "Que confíen en nosotras",
                vec![
                    CellView::default().toned("gap"),
                    CellView::of(Shown::Tag { tag: tag("Va bien", "good") }).toned("good"),
                    CellView { label: "justificado: no hay manos".into(), ..CellView::default() }
                        .toned("justified"),
                ],
            ),
            row(
                "Que pregunten",
                vec![
                    CellView::number("12"),
                    CellView::text("mal").toned("bad"),
                    CellView::text("ojo").toned("warn"),
                ],
            ),
        ],
        matrix: true,
        twin: false,
        gaps_label: "Solo las filas con huecos".into(),
        note: "Un guion es un hueco; las rayas, un hueco aceptado.".into(),
        csv_url: "figures/muestra.csv".into(),
    }
}

fn day(number: i8, entries: Vec<EntryView>) -> DayView {
    DayView {
        moment: Moment { iso: format!("2026-11-{number:02}"), text: format!("{number} de noviembre") },
        number: number.to_string(),
        today: if number == 4 { "Hoy".into() } else { String::new() },
        entries,
        ..DayView::default()
    }
}

fn entry(time: &str, kind: &str, name: &str, tag: Option<TagView>) -> EntryView {
    EntryView {
        time: time.into(),
        kind: kind.into(),
        link: link(name, ""),
        about: "Instagram · Noa Beltrán".into(),
        tag,
    }
}

fn month() -> MonthView {
    let week = (2..9).map(|number| match number {
        3 => {
            day(3, vec![entry("09:00", "", "Por qué plantamos en invierno", Some(tag("Publicado", "good")))])
        }
        4 => day(
            4,
            vec![
                entry("", "Revisar la página", "Tono", None),
                entry("18:30", "", "La nutria de las seis", Some(tag("En revisión", "warn"))),
                entry("19:00", "", "Anulada por la crecida", Some(tag("Cancelado", "bad"))),
            ],
        ),
        number => day(number, Vec::new()),
    });
    let outside = DayView { outside: true, ..DayView::default() };
    let first = std::iter::repeat_n(outside, 6).chain([day(1, Vec::new())]);
    let names = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
    let weekdays = names.iter().map(|name| WeekdayView {
        short: name.chars().take(3).collect(),
        long: (*name).to_owned(),
        quiet: name.starts_with('s'),
    });
    MonthView {
        id: "_mes".into(),
        caption: "noviembre de 2026".into(),
        spans: vec![link("Plantaciones de invierno", "1 nov – 28 feb")],
        weekdays: weekdays.collect(),
        weeks: vec![first.collect(), week.collect()],
    }
}

/// A page with all of them.
pub(super) fn sheet() -> SheetView {
    let leaf =
        |verb: &str, name: &str| TreeItem { verb: verb.into(), link: link(name, ""), ..TreeItem::default() };
    let tree = TreeItem {
        link: link("Una asociación que cuenta con su barrio", ""),
        items: vec![TreeItem {
            verb: "se persigue mediante".into(),
            link: link("Que se apunten familias", ""),
            here: true,
            items: vec![leaf("se mide con", "Inscripciones"), leaf("se sirve de", "Instagram")],
        }],
        ..TreeItem::default()
    };
    let card = CardView {
        title: link("Dinamización", ""),
        kicker: "Función".into(),
        rows: vec![FactView {
            lang: String::new(),
            field: "person".into(),
            label: "La ejerce".into(),
            help: String::new(),
            value: text("Lucía Prieto"),
        }],
        links: vec![link("Itinerario de acogida", "")],
    };
    let note =
        |tone: &'static str| PartView::Note { text: "Un aviso que no se debe pasar por alto.".into(), tone };
    SheetView {
        about: "Todas las piezas de las que se componen las vistas calculadas.".into(),
        parts: vec![
            heading("Cifras", "_cifras"),
            PartView::Figures {
                figures: vec![
                    figure("7 de 9", "objetivos con meta", "2 sin ninguna", "warn"),
                    figure("94 %", "de la cadencia prometida", "", "good"),
                    figure("3", "cuentas sin segundo titular", "", "bad"),
                    figure("12", "canales", "", "neutral"),
                ],
            },
            heading("Avisos", "_avisos"),
            note("good"),
            note("warn"),
            note("bad"),
            note("info"),
            note("neutral"),
            heading("Tabla", "_tabla"),
            PartView::Prose { html: "<p>Una tabla que relaciona dos tipos de fichas.</p>".into() },
            PartView::Table { table: table() },
            heading("Crisis", "_crisis"),
            PartView::Alarm { html: "<p>Detén lo programado y llama a quien esté de guardia.</p>".into() },
            PartView::Statement { statement: crisis().statements.remove(0) },
            PartView::Crisis { card: Box::new(crisis()) },
            PartView::Scorecard { card: scorecard() },
            heading("Fichas", "_fichas"),
            PartView::Cards { cards: vec![card.clone(), card.clone(), card] },
            heading("Cadena", "_cadena"),
            PartView::Tree { items: vec![tree] },
            heading("Mapa", "_mapa"),
            PartView::Map { map: map() },
            heading("Flujo", "_flujo"),
            PartView::Flow { flow: flow() },
            heading("Mes", "_un-mes"),
            PartView::Months {
                months: vec![month()],
                legend: vec![tag("Publicado", "good"), tag("En revisión", "warn"), tag("Cancelado", "bad")],
            },
            heading("Agenda", "_agenda"),
            PartView::Agenda {
                days: month().weeks.into_iter().flatten().filter(|day| !day.entries.is_empty()).collect(),
            },
            chain(),
            heading("Lista de tareas", "_tareas"),
            PartView::Checklist { checklist: checklist() },
            heading("Enlaces", "_enlaces"),
            PartView::Links { links: vec![link("Boletín", "cuentas claras"), link("Web", "")] },
            PartView::Details {
                summary: "Lo que se puede abrir".into(),
                open: false,
                parts: vec![PartView::Kpis {
                    kpis: vec![KpiView {
                        title: "Visitas".into(),
                        value: "1204".into(),
                        ..KpiView::default()
                    }],
                }],
            },
            PartView::Chart { chart: Box::new(chart()) },
        ],
    }
}

fn chain() -> PartView {
    let group = |verb: &str, name: &str, note: &str, state: Option<TagView>| GroupView {
        verb: verb.into(),
        links: vec![LinkView { tag: state, ..link(name, note) }],
        listed: false,
        rest: Some(link("Ver 3 más", "")),
    };
    let here = |note: &str| RungView {
        verb: "se sirve de".into(),
        link: link("Instagram", note),
        here: true,
        ..RungView::default()
    };
    let rung = |name: &str, below: RungView| RungView {
        verb: "se persigue mediante".into(),
        link: link(name, ""),
        groups: vec![group("se mide con", "Inscripciones", "1250", Some(tag("Va bien", "good")))],
        below: vec![below],
        ..RungView::default()
    };
    PartView::Chain {
        label: "Para qué".into(),
        rungs: vec![RungView {
            link: link("Una asociación que cuenta con su barrio", ""),
            below: vec![
                rung("Que se apunten familias", here("historias con plazos")),
                rung("Que confíen en nosotras", here("")),
            ],
            ..RungView::default()
        }],
        more: Some(link("Ver 2 más", "")),
    }
}

fn scorecard() -> ScorecardView {
    let aim = |name: &str, status: TagView, trend: Option<ChangeView>| AimView {
        metric: link(name, ""),
        unit: "personas".into(),
        status: Some(status),
        actual: "697".into(),
        period: "desde el 1 ene 2026".into(),
        expected: "750".into(),
        target: "900".into(),
        by: "para el 31 dic 2026".into(),
        baseline: "0".into(),
        since: "1 ene 2026".into(),
        attained: "77 %".into(),
        trend,
        age: "22 días".into(),
        ..AimView::default()
    };
    let better = ChangeView { text: "+81".into(), verdict: String::new(), tone: "good", direction: "up" };
    let goals = vec![
        GoalView {
            link: link("Una asociación que cuenta con su barrio", ""),
            empty: "Sin meta".into(),
            ..GoalView::default()
        },
        GoalView {
            link: link("Que se apunten familias", ""),
            depth: 1,
            aims: vec![
                aim("Inscripciones", tag("Va bien", "good"), Some(better)),
                AimView {
                    metric: link("Opinión", ""),
                    status: Some(tag("Todavía sin cifras", "neutral")),
                    target: "35".into(),
                    ..AimView::default()
                },
            ],
            empty: String::new(),
        },
    ];
    ScorecardView {
        id: "_metas".into(),
        caption: "Objetivos y metas".into(),
        goals,
        note: "Esperado: lo que tocaba.".into(),
        csv_url: "figures/muestra.csv".into(),
    }
}

fn checklist() -> ChecklistView {
    let read = LinkView { kind: "Leer".into(), summary: "pauta".into(), ..link("Tono", "") };
    let check = |name: &str, html: &str, title: Vec<LinkView>, ask: Vec<LinkView>| CheckView {
        name: name.into(),
        html: html.into(),
        title,
        ask,
        minutes: "45 min".into(),
        check: "Sabes explicarlo sin leerlo".into(),
    };
    ChecklistView {
        checks: vec![
            check("tono", "", vec![read], Vec::new()),
            check(
                "campo",
                "<p>Salir al campo y recorrer tres tramos</p>",
                Vec::new(),
                vec![link("Lucía", "fotos")],
            ),
        ],
        progress: "{n} de {of} hechos".into(),
        done: "Todo hecho".into(),
        reset: "Quitar todas las marcas".into(),
        kept: "Las marcas solo se guardan en este navegador.".into(),
        not_kept: "Este navegador no guarda las marcas.".into(),
    }
}

fn chart() -> ChartView {
    ChartView {
        id: "g-tabla".into(),
        kind: "matrix",
        title: "Una tabla que es el gráfico".into(),
        subtitle: String::new(),
        wide_html: String::new(),
        narrow_html: String::new(),
        table_html: "<table><caption class=\"visually-hidden\">Una tabla</caption><tbody><tr><th scope=\"row\">Uno</th><td>1</td></tr></tbody></table>".into(),
        sentence: "Hay una fila.".into(),
        table: ChartTable { columns: Vec::new(), rows: Vec::new(), note: String::new() },
        csv_url: String::new(),
        svg_url: String::new(),
        source: String::new(),
    }
}

fn crisis() -> CrisisView {
    let contact = || ContactView {
        link: link("Lucía Prieto", ""),
        phone: "+34 600 000 001".into(),
        url: "tel:+34600000001".into(),
    };
    let texts = |language: &str, tag: &str| StatementTextView {
        language: language.into(),
        tag: tag.into(),
        html: "<p>Desde las [hora] no controlamos nuestra cuenta.</p>".into(),
    };
    let labels = [
        ("first_hour", "Primera hora"),
        ("team", "Equipo de crisis"),
        ("statements", "Declaraciones"),
        ("do", "Qué hacer"),
        ("dont", "Qué no hacer"),
        ("escalate_when", "Escalar cuando"),
        ("stand_down", "Vuelta a la normalidad"),
    ];
    CrisisView {
        labels: labels.iter().map(|(field, label)| (*field, (*label).to_owned())).collect(),
        level: Some(tag("Grave · nivel 2", "bad")),
        terms: vec!["Primera declaración antes de 30 minutos".into()],
        steps: vec![
            CrisisStepView {
                within: "5 min".into(),
                text: "Comprobar desde otro dispositivo que no se puede entrar".into(),
                role: Some(link("Dinamización", "")),
                people: "Lucía Prieto".into(),
                channel: Some(link("Web", "")),
                template: Some(LinkView { url: "#_say-muestra".into(), ..link("Declaración inicial", "") }),
            },
            CrisisStepView { text: "Avisar a quien manda".into(), ..CrisisStepView::default() },
        ],
        team: vec![CrisisMemberView {
            duties: "Mando, portavoz".into(),
            who: link("Estrategia", ""),
            people: vec![contact()],
            deputy: Some(link("Aprobación", "")),
            deputies: vec![contact()],
        }],
        statements: vec![StatementView {
            link: link("Declaración inicial", ""),
            anchor: "_say-muestra".into(),
            approved: "Aprobada el 22 de junio de 2026 (hace 5 meses)".into(),
            stale: false,
            texts: vec![texts("Español", ""), texts("Inglés", "en")],
        }],
        later: vec![link("Mensaje de cierre", "")],
        advice: vec!["Guardar capturas".into()],
        warnings: vec!["Borrar lo publicado".into()],
        escalate_when: vec!["Piden dinero en nuestro nombre".into()],
        stand_down_html: "<p>Cuando lleva un día bajo control.</p>".into(),
        rehearsed: vec!["No consta ningún simulacro.".into()],
        overdue: true,
    }
}
