//! Sample pages of every template, written to `target/theme-gallery/` to be looked at and audited.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::path::PathBuf;

use tera::Value;

use super::{Brand, Theme, shared, words};
use crate::site::view::*;
use crate::text::Place;

fn way(text: &str, url: &str) -> PageLink {
    PageLink { text: text.into(), url: url.into(), ..PageLink::default() }
}

fn link(text: &str, url: &str) -> LinkView {
    LinkView { text: text.into(), url: url.into(), ..LinkView::default() }
}

fn noted(text: &str, url: &str, note: &str) -> LinkView {
    LinkView { note: note.into(), ..link(text, url) }
}

fn told(text: &str, url: &str, summary: &str) -> LinkView {
    LinkView { summary: summary.into(), ..link(text, url) }
}

fn tag(text: &str, tone: &'static str) -> TagView {
    TagView { text: text.into(), tone }
}

fn text(text: &str) -> Shown {
    Shown::Text { text: text.into() }
}

fn number(text: &str) -> Shown {
    Shown::Number { text: text.into() }
}

fn moment(iso: &str, text: &str) -> Moment {
    Moment { iso: iso.into(), text: text.into() }
}

fn fact(label: &str, value: Shown) -> FactView {
    FactView {
        field: label.to_lowercase(),
        label: label.into(),
        help: String::new(),
        value,
        lang: String::new(),
    }
}

fn entry(text: &str, anchor: &str, children: Vec<ContentsEntry>) -> ContentsEntry {
    ContentsEntry { text: text.into(), anchor: anchor.into(), children }
}

pub(super) fn site() -> SiteHead {
    SiteHead {
        title: "Playbook de redes de Vecinas en Marcha".into(),
        organisation: "Asociación Vecinas en Marcha".into(),
        description: "Qué decimos, a quién, dónde y para qué: la estrategia de redes de la asociación, de la escucha a la evaluación.".into(),
        language: "es".into(),
        direction: "ltr",
        edition: "staff",
        edition_label: "Edición interna".into(),
        version: "2026.2".into(),
        date: moment("2026-11-21", "21 de noviembre de 2026"),
        generator: "Portolan 0.1.0".into(),
        title_lang: String::new(),
        description_lang: String::new(),
    }
}

fn term() -> TermView {
    TermView {
        anchor: "_term-alcance".into(),
        title: "Alcance".into(),
        url: "../glosario/index.html".into(),
        html: "<p>Personas distintas que han visto algo al menos una vez.</p>".into(),
    }
}

pub(super) fn head(template: &'static str, title: &str, path: &str) -> PageHead {
    let depth = path.matches('/').count();
    let root = "../".repeat(depth);
    PageHead {
        title: title.into(),
        window_title: format!("{title} · Vecinas en Marcha"),
        description: format!("{title}: página de muestra del tema con todos sus componentes."),
        home_url: format!("{root}index.html"),
        search_url: format!("{root}buscar.html"),
        canonical_url: String::new(),
        share: None,
        feed_url: String::new(),
        languages: Vec::new(),
        markdown_url: String::new(),
        model_url: String::new(),
        template,
        charts: template == "entity",
        drawings: template != "article",
        parts: template == "sheet",
        boxes: template == "article",
        terms: if template == "article" { vec![term()] } else { Vec::new() },
        checklist: template == "sheet",
        filter: false,
        kind: if template == "entity" { "channel".into() } else { String::new() },
        kicker: String::new(),
        breadcrumbs: vec![way("Inicio", &format!("{root}index.html"))],
        contents: Vec::new(),
        previous: None,
        next: None,
        emergency: Some(way("qué hacer en la primera hora", &format!("{root}crisis/cuenta-robada.html"))),
        title_lang: String::new(),
        translation_note: String::new(),
        menu_html: String::new(),
        footer_html: "<p>¿Ves algo que falta? Escribe a <a href=\"mailto:redes@ejemplo.org\">redes@ejemplo.org</a>.</p>".into(),
        path: path.into(),
        root,
    }
}

pub(super) fn menu(root: &str, open: &str) -> MenuView {
    let group = |label: &str, folder: &str, names: &[(&str, &str)]| MenuGroup {
        lang: String::new(),
        label: label.into(),
        url: format!("{root}{folder}/index.html"),
        count: names.len(),
        open: folder == open,
        items: if folder == open {
            names
                .iter()
                .map(|(text, file)| MenuItem {
                    lang: String::new(),
                    text: (*text).into(),
                    url: format!("{root}{folder}/{file}.html"),
                })
                .collect()
        } else {
            Vec::new()
        },
    };
    let chapter = |name: &'static str, label: &str, groups: Vec<MenuGroup>| MenuChapter {
        name,
        label: label.into(),
        open: groups.iter().any(|group| group.open),
        groups,
    };
    let channels = [
        ("Boletín mensual", "boletin"),
        ("Canal de WhatsApp para familias del barrio", "whatsapp"),
        ("Instagram", "instagram"),
        ("Mastodon", "mastodon"),
        ("Web propia", "web"),
    ];
    MenuView {
        root: root.into(),
        home_url: format!("{root}index.html"),
        chapters: vec![
            chapter(
                "listen",
                "Escuchar",
                vec![group("Escucha", "escucha", &[]), group("Sugerencias", "sugerencias", &[])],
            ),
            chapter(
                "objectives",
                "Objetivos",
                vec![
                    group("Objetivos", "objetivos", &[]),
                    group("Públicos", "publicos", &[]),
                    group("Canales", "canales", &channels),
                    group("Aliados", "aliados", &[]),
                ],
            ),
            chapter(
                "content",
                "Contenidos",
                vec![
                    group("Pilares", "pilares", &[]),
                    group("Campañas", "campanas", &[]),
                    group("Guías de estilo", "guias", &[("Tono y lenguaje", "tono")]),
                ],
            ),
            chapter("respond", "Responder", vec![group("Respuestas", "respuestas", &[])]),
            chapter(
                "evaluate",
                "Evaluar",
                vec![group("Métricas", "metricas", &[("Tiempo de respuesta", "respuesta")])],
            ),
            chapter("people", "Personas", vec![group("Funciones", "funciones", &[])]),
            chapter(
                "crisis",
                "Crisis",
                vec![group("Escenarios", "crisis", &[("Nos roban la cuenta", "cuenta-robada")])],
            ),
            chapter("governance", "Procedimientos y medios", vec![group("Glosario", "glosario", &[])]),
        ],
    }
}

/// A drawing as the charts make them: classes, no colours of its own.
fn drawing(id: &str, wide: bool) -> String {
    let (width, height, end) = if wide { (704, 300, 560) } else { (344, 260, 228) };
    let bottom = height - 40;
    let step = (end - 48) / 5;
    let points = [60, 75, 70, 52, 38, 30];
    let y = |value: i32| bottom - (bottom - 20) * value / 90;
    let x = |index: usize| 48 + step * index as i32;
    let path: Vec<String> =
        points.iter().enumerate().map(|(index, value)| format!("{} {}", x(index), y(*value))).collect();
    let grid: String = [0, 30, 60, 90]
        .iter()
        .map(|value| format!("<path class=\"{}\" d=\"M48 {y}H{end}\"/><text class=\"tick\" x=\"40\" y=\"{ty}\" text-anchor=\"end\">{value} h</text>", if *value == 0 { "zero" } else { "grid" }, y = y(*value), ty = y(*value) + 4))
        .collect();
    let months: String = ["ene", "feb", "mar", "abr", "may", "jun"]
        .iter()
        .enumerate()
        .map(|(index, month)| {
            format!(
                "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{month}</text>",
                x(index),
                bottom + 22
            )
        })
        .collect();
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t\"><title id=\"{id}-t\">Tiempo de respuesta por mes, de enero a junio</title>{grid}{months}<path class=\"target\" d=\"M48 {target}H{end}\"/><text class=\"label\" x=\"{lx}\" y=\"{ty}\">Objetivo: 24 h</text><path class=\"l1\" d=\"M{}\"/><circle class=\"dot f1\" cx=\"{end}\" cy=\"{last}\" r=\"4\"/><text class=\"label s1\" x=\"{lx}\" y=\"{ly}\">30 h</text></svg>",
        path.join("L"),
        target = y(24),
        lx = end + 10,
        ty = y(24) + 16,
        last = y(30),
        ly = y(30) - 2,
    )
}

fn chart(id: &str) -> ChartView {
    ChartView {
        id: id.into(),
        kind: "line",
        title: "Respondemos en la mitad de tiempo que en enero, aún por encima del objetivo".into(),
        subtitle: "Horas hasta la primera respuesta, media mensual, de enero a junio de 2026".into(),
        wide_html: drawing(&format!("{id}-w"), true),
        table_html: String::new(),
        narrow_html: drawing(&format!("{id}-n"), false),
        sentence: "El tiempo de respuesta bajó de 60 h en enero a 30 h en junio; el objetivo es de 24 h."
            .into(),
        table: ChartTable {
            columns: vec!["Mes".into(), "Horas".into(), "Mensajes".into()],
            rows: vec![
                vec!["Enero".into(), "60".into(), "1.204".into()],
                vec!["Febrero".into(), "75".into(), "998".into()],
                vec!["Junio".into(), "30".into(), String::new()],
            ],
            note: "Se muestran tres de los seis meses; el archivo los trae todos.".into(),
        },
        csv_url: "../datos/respuesta.csv".into(),
        svg_url: String::new(),
        source: "bandeja de entrada, exportación del 1 de julio de 2026".into(),
    }
}

pub(super) const PROSE: &str = r##"
<p>Instagram es el canal en el que las familias jóvenes nos conocen. Aquí no convencemos a nadie de hacerse socia: enseñamos lo que pasa en el barrio y abrimos la puerta a quien quiera venir. Lo que publicamos sale de los <a href="../pilares/index.html">pilares</a>, y cada historia tiene una <strong>razón para existir</strong>.<sup><a href="#nota-1" id="vuelta-1" aria-label="Nota 1">1</a></sup></p>
<h2 id="que-publicamos">Qué publicamos</h2>
<p>Tres formatos, por este orden de importancia. Ante la duda, <em>menos y mejor</em>; ver la <a class="external" rel="external" href="https://example.org/guia">guía de accesibilidad</a>.</p>
<ul><li>Historias con personas del barrio, con su permiso por escrito.</li><li>Carteles de actividades con fecha, lugar y plazo.<ul><li>Texto alternativo siempre.</li></ul></li><li>Respuestas a preguntas frecuentes.</li></ul>
<div class="callout note" role="note"><p class="callout-title">Nota</p><p>Las historias destacadas se revisan cada trimestre.</p></div>
<div class="callout tip" role="note"><p class="callout-title">Consejo</p><p>Graba en vertical y deja aire arriba: la interfaz tapa el 14 % de la imagen.</p></div>
<div class="callout important" role="note"><p class="callout-title">Importante</p><p>Menores: solo con autorización firmada.</p></div>
<div class="callout warning" role="note"><p class="callout-title">Atención: sorteos</p><p>Un sorteo necesita bases publicadas. Consulta el <a href="../procedimientos/sorteo.html">procedimiento</a>.</p></div>
<div class="callout caution" role="note"><p class="callout-title">Cuidado</p><p>No borres comentarios críticos: contéstalos.</p></div>
<div class="callout example" role="note"><p class="callout-title">Ejemplo</p><p>«Este sábado plantamos árboles en la plaza. Trae guantes.»</p></div>
<div class="callout crisis" role="note"><p class="callout-title">En una crisis</p><p>Deja de publicar lo programado y llama a la portavoz: <a href="tel:+34600000000"><bdi>600 000 000</bdi></a>.</p></div>
<h3 id="cuando">Cuándo</h3>
<div class="table-scroll"><table><thead><tr><th scope="col">Día</th><th scope="col">Formato</th><th scope="col" class="center">Turno</th><th scope="col" class="end">Alcance medio</th><th scope="col" class="end">Horas</th><th scope="col">Quién lo prepara y lo revisa</th></tr></thead><tbody><tr><td>Lunes</td><td>Historia</td><td class="center">Mañana</td><td class="end">1.204</td><td class="end">1,5</td><td>Responsable de contenidos</td></tr><tr><td>Jueves</td><td>Cartel</td><td class="center">Tarde</td><td class="end">3.980</td><td class="end">2</td><td>Voluntariado de diseño</td></tr></tbody></table></div>
<ul><li class="task done"><span class="box" aria-hidden="true"></span><span class="visually-hidden">Hecho: </span>Verificar la cuenta en dos pasos</li><li class="task"><span class="box" aria-hidden="true"></span><span class="visually-hidden">Pendiente: </span>Quitar el acceso a quien ya no está</li></ul>
<blockquote><p>Ser community manager no es publicar: es escuchar y conversar.</p></blockquote>
<pre tabindex="0"><code>utm_source=instagram&amp;utm_medium=social&amp;utm_campaign=verano-2026&amp;utm_content=historia-destacada</code></pre>
<figure class="picture"><img src="../assets/plaza.svg" alt="La plaza con árboles recién plantados" width="800" height="300"><figcaption>La plaza, en marzo de 2026.</figcaption></figure>
<h3 id="enlaces">Cómo se etiquetan los enlaces</h3>
<ol><li>Copia la dirección.</li><li>Añade <code>utm_source</code> y <code>utm_campaign</code>.</li><li>Pruébala con <kbd>Ctrl</kbd> + <kbd>clic</kbd>.</li></ol>
<section class="footnotes" role="doc-endnotes"><h2 id="notas">Notas</h2><ol><li id="nota-1">Acuerdo de la junta del 12 de enero. <a href="#vuelta-1" aria-label="Volver al texto">↩</a></li></ol></section>
"##;

fn kpi() -> KpiView {
    KpiView {
        title: "Tiempo de respuesta".into(),
        url: "indicadores/respuesta.html".into(),
        value: "9,4".into(),
        unit: "horas".into(),
        period: "abril de 2026".into(),
        changes: vec![ChangeView {
            text: "1,2 horas menos que en marzo (−11 %)".into(),
            verdict: "mejor".into(),
            tone: "good",
            direction: "down",
        }],
        so_far: "Mayo de 2026, sin terminar: 8,9 horas".into(),
        targets: vec![TargetView {
            tag: tag("En riesgo", "warn"),
            text: "Meta: 8 horas para el 30 de junio de 2026; a estas alturas se esperaban 8,6".into(),
            objective: Some(link("Responder a tiempo", "objetivos/responder.html")),
        }],
        stale: "El último dato es del 2 de mayo de 2026".into(),
        note: "Media de 86 casos".into(),
        spark_html: String::new(),
    }
}

fn values() -> ValuesView {
    let row = |period: &str, value: &str, note: &str, origin: &str| ValueRow {
        period: period.into(),
        value: value.into(),
        note: note.into(),
        origin: origin.into(),
    };
    ValuesView {
        heading: "Periodo".into(),
        unit: "horas".into(),
        rows: vec![
            row("Mayo de 2026", "8,9", "Sin terminar", "línea 12"),
            row("Abril de 2026", "9,4", "", "líneas 8–11"),
        ],
        has_notes: true,
        has_origins: true,
        older: "3 periodos anteriores están en el archivo del gráfico.".into(),
        source: "De datos/respuesta.csv, líneas 2–12, columna «horas»".into(),
        as_of: "Datos hasta el 2 de mayo de 2026".into(),
    }
}

pub(super) fn entity() -> EntityView {
    EntityView {
        lead_lang: String::new(),
        body_lang: String::new(),
        trail: Vec::new(),
        parts: Vec::new(),
        closing: Vec::new(),
        id: "instagram".into(),
        lead: "Para que las familias jóvenes del barrio nos conozcan y se apunten a la primera actividad."
            .into(),
        status: Some(tag("A prueba", "info")),
        review: ReviewView {
            changed: None,
            changed_by: String::new(),
            owner: Some(link("Responsable de contenidos", "../funciones/contenidos.html")),
            reviewed: Some(moment("2026-03-12", "12 de marzo de 2026")),
            due: Some(moment("2026-09-12", "12 de septiembre de 2026")),
            overdue: true,
            tags: vec!["familias".into(), "vídeo".into()],
        },
        facts: vec![
            fact(
                "Estado de los objetivos",
                Shown::List {
                    items: vec![
                        Shown::Tag { tag: tag("En marcha", "good") },
                        Shown::Tag { tag: tag("En riesgo", "warn") },
                        Shown::Tag { tag: tag("No se alcanza", "bad") },
                        Shown::Tag { tag: tag("A prueba", "info") },
                        Shown::Tag { tag: tag("Sin datos", "neutral") },
                    ],
                },
            ),
            fact(
                "Sirve a",
                Shown::Links {
                    links: vec![
                        noted(
                            "Llenar las actividades de verano",
                            "../objetivos/verano.html",
                            "historias con plazos de inscripción",
                        ),
                        LinkView {
                            tag: Some(tag("En riesgo", "warn")),
                            ..noted("Ganar 40 socias", "../objetivos/socias.html", "retratos de socias")
                        },
                    ],
                },
            ),
            fact(
                "Público",
                Shown::Links { links: vec![link("Familias jóvenes", "../publicos/familias.html")] },
            ),
            fact(
                "Cuenta",
                Shown::Address { url: "https://example.org/vecinas".into(), text: "@vecinasenmarcha".into() },
            ),
            fact(
                "Contacto",
                Shown::Address { url: "mailto:redes@ejemplo.org".into(), text: "redes@ejemplo.org".into() },
            ),
            fact(
                "Teléfono de guardia",
                Shown::Address { url: "tel:+34600000000".into(), text: "600 000 000".into() },
            ),
            fact("Cadencia", text("3 veces por semana")),
            fact("Tiempo de respuesta", number("24 h")),
            fact("Presupuesto al año", number("1.240 €")),
            fact("Abierto desde", Shown::Date { moment: moment("2019-05-02", "2 de mayo de 2019") }),
            fact("Color", Shown::Color { text: "#0a5a6a".into() }),
            fact(
                "Manual",
                Shown::File {
                    url: "../assets/plaza.svg".into(),
                    text: "plaza.svg".into(),
                    picture: true,
                    thumb_url: "../assets/plaza.svg".into(),
                    width: 800,
                    height: 300,
                },
            ),
            fact(
                "Caso",
                Shown::Record {
                    rows: vec![
                        fact("Decisión", Shown::Tag { tag: tag("Probar", "info") }),
                        fact("Horas por semana", number("5 h")),
                        fact(
                            "Por qué",
                            text(
                                "Las familias con menores de 12 años ya no abren el boletín y preguntan por mensaje directo.",
                            ),
                        ),
                    ],
                },
            ),
        ],
        kpis: Vec::new(),
        values: None,
        charts: vec![chart("respuesta")],
        body_html: PROSE.into(),
        sections: vec![
            SectionView {
                lang: String::new(),
                pair: "",
                field: "steps".into(),
                label: "Primeros quince minutos".into(),
                anchor: "pasos".into(),
                value: Shown::List {
                    items: vec![
                        Shown::Record {
                            rows: vec![
                                fact("Acción", text("Cambiar la contraseña y cerrar todas las sesiones")),
                                fact(
                                    "Quién",
                                    Shown::Links {
                                        links: vec![link(
                                            "Responsable de contenidos",
                                            "../funciones/contenidos.html",
                                        )],
                                    },
                                ),
                                fact("Plazo", number("5 min")),
                            ],
                        },
                        Shown::Record {
                            rows: vec![
                                fact("Acción", text("Publicar la declaración inicial en la web")),
                                fact("Quién", text("Portavoz")),
                                fact("Plazo", number("15 min")),
                            ],
                        },
                    ],
                },
            },
            SectionView {
                lang: String::new(),
                pair: "",
                field: "timeline".into(),
                label: "Cómo llegamos".into(),
                anchor: "llegada".into(),
                value: Shown::Steps {
                    timed: true,
                    steps: vec![
                        StepView {
                            when: Some(Shown::Date { moment: moment("2026-01-12", "12 de enero de 2026") }),
                            main: Some(text("Se abre la cuenta")),
                            main_lang: String::new(),
                            rows: vec![fact("Quién", text("Comunicación"))],
                        },
                        StepView {
                            when: None,
                            main: Some(text("The board looks at it")),
                            main_lang: "en".into(),
                            rows: Vec::new(),
                        },
                    ],
                },
            },
            SectionView {
                lang: String::new(),
                pair: "",
                field: "targets".into(),
                label: "Metas".into(),
                anchor: "metas".into(),
                value: Shown::Table {
                    columns: vec![
                        "Métrica".into(),
                        "Partida".into(),
                        "Meta".into(),
                        "Antes de".into(),
                        "Situación".into(),
                    ],
                    rows: vec![
                        vec![
                            Some(Shown::Links {
                                links: vec![link(
                                    "Inscripciones desde redes",
                                    "../metricas/inscripciones.html",
                                )],
                            }),
                            Some(number("120")),
                            Some(number("300")),
                            Some(Shown::Date { moment: moment("2026-06-30", "30 jun 2026") }),
                            Some(Shown::Tag { tag: tag("En marcha", "good") }),
                        ],
                        vec![
                            Some(Shown::Links {
                                links: vec![link("Tiempo de respuesta", "../metricas/respuesta.html")],
                            }),
                            Some(number("60 h")),
                            Some(number("24 h")),
                            None,
                            Some(Shown::Tag { tag: tag("En riesgo", "warn") }),
                        ],
                    ],
                },
            },
            SectionView {
                lang: String::new(),
                pair: "",
                field: "do".into(),
                label: "Lo que hacemos".into(),
                anchor: "hacemos".into(),
                value: Shown::List {
                    items: vec![
                        text("Contestar a todo en menos de un día."),
                        text("Pedir permiso antes de enseñar una cara."),
                    ],
                },
            },
            SectionView {
                lang: String::new(),
                pair: "",
                field: "template".into(),
                label: "Declaración inicial".into(),
                anchor: "declaracion".into(),
                value: text(
                    "Hemos perdido el control de la cuenta.\nNo abráis los enlaces de los últimos mensajes.\nInformaremos en la web.",
                ),
            },
        ],
        relations: vec![
            RelationView {
                again: false,
                rest: Vec::new(),
                rest_label: String::new(),
                verb: "se mide con".into(),
                kind: "Métricas".into(),
                links: vec![
                    link("Inscripciones desde redes", "../metricas/inscripciones.html"),
                    LinkView {
                        tag: Some(tag("Sin datos", "neutral")),
                        ..link("Tiempo de respuesta", "../metricas/respuesta.html")
                    },
                ],
            },
            RelationView {
                again: false,
                rest: Vec::new(),
                rest_label: String::new(),
                verb: "se usa en".into(),
                kind: "Campañas".into(),
                links: vec![told(
                    "Verano en el barrio",
                    "../campanas/verano.html",
                    "De mayo a julio: talleres, excursiones y fiesta final.",
                )],
            },
        ],
        references: vec![
            ReferenceView {
                title: "Encuesta a familias, 2025".into(),
                url: "https://example.org/encuesta".into(),
                note: "412 respuestas; el 63 % nos conoció por Instagram.".into(),
            },
            ReferenceView {
                title: "Acta de la junta, 12 de enero de 2026".into(),
                url: String::new(),
                note: String::new(),
            },
        ],
    }
}

fn pages() -> Vec<(PageHead, View)> {
    let chapter = |name: &'static str, url: &str, groups: &[&str]| {
        let words = words("es");
        HomeChapter {
            name,
            label: words[&format!("chapter_{name}")].clone(),
            about: words[&format!("chapter_about_{name}")].clone(),
            url: url.into(),
            groups: groups.iter().map(|group| link(group, "canales/index.html")).collect(),
        }
    };
    let block = |name: &'static str| HomeBlock { name, parts: Vec::new() };
    let home = HomeView {
    body_lang: String::new(),
        blocks: ["highlights", "figures", "loop", "across", "text"].map(block).to_vec(),
        kpis: vec![kpi()],
        body_html: "<h2 id=\"como\">Cómo se usa este playbook</h2><p>Este playbook es de todas las personas que hablan en nombre de la asociación. Empieza por tu función, sigue por los objetivos y vuelve cuando dudes: cada página dice por qué hacemos las cosas.</p><p>Si algo no encaja con lo que ves en la calle, dilo: así cambia.</p>".into(),
        loop_steps: vec![
            chapter("listen", "escucha/index.html", &["3 fuentes de escucha", "12 sugerencias"]),
            chapter("objectives", "canales/index.html", &["4 objetivos", "3 públicos", "5 canales"]),
            chapter("content", "canales/index.html", &["4 pilares", "2 campañas", "3 guías de estilo"]),
            chapter("respond", "canales/index.html", &["9 respuestas", "6 plantillas"]),
            chapter("evaluate", "canales/index.html", &["8 métricas", "2 evaluaciones"]),
        ],
        across: vec![
            chapter("people", "canales/index.html", &["5 funciones", "7 personas", "2 itinerarios"]),
            chapter("crisis", "crisis/cuenta-robada.html", &["4 niveles de gravedad", "6 escenarios"]),
            chapter("governance", "canales/index.html", &["5 procedimientos", "4 cuentas", "31 términos"]),
        ],
        highlights: vec![
            told("Soy nueva en el equipo", "articulos/bienvenida.html", "Tus dos primeras semanas, paso a paso."),
            told("Voy a publicar", "canales/instagram.html", "Qué, cómo y cuándo, canal por canal."),
            LinkView { tag: Some(tag("Vigente", "good")), ..told("Algo va mal", "crisis/cuenta-robada.html", "Qué hacer en la primera hora y a quién llamar.") },
        ],
    };
    let index = IndexView {
        body_lang: String::new(),
        about: "Los lugares donde hablamos y escuchamos, y para qué usamos cada uno.".into(),
        body_html: String::new(),
        count: "5 canales".into(),
        columns: vec!["Para qué".into(), "Público".into(), "Seguidores".into(), "Situación".into()],
        rows: [
            ("Boletín mensual", "boletin", "Avisar con calma", "1.840"),
            ("Canal de WhatsApp para familias del barrio", "whatsapp", "Recordar plazos", "312"),
            ("Instagram", "instagram", "Darnos a conocer", "4.205"),
            ("Mastodon", "mastodon", "Conversar con otras entidades", "97"),
            ("Web propia", "web", "Contar lo que permanece", ""),
        ]
        .iter()
        .enumerate()
        .map(|(index, (name, file, purpose, followers))| IndexRow {
            link: LinkView {
                tag: (index == 3).then(|| tag("A prueba", "info")),
                ..told(
                    name,
                    &format!("{file}.html"),
                    if index % 2 == 0 {
                        "Lo lleva la responsable de contenidos, con ayuda del voluntariado."
                    } else {
                        ""
                    },
                )
            },
            cells: vec![
                Some(text(purpose)),
                Some(Shown::Links {
                    links: vec![
                        link("Familias jóvenes", "../publicos/familias.html"),
                        link("Socias", "../publicos/socias.html"),
                    ],
                }),
                (!followers.is_empty()).then(|| number(followers)),
                Some(Shown::Tag {
                    tag: tag(
                        ["En marcha", "En riesgo", "No se alcanza", "Sin datos", "En marcha"][index],
                        ["good", "warn", "bad", "neutral", "good"][index],
                    ),
                }),
            ],
            ..IndexRow::default()
        })
        .collect(),
    };
    let plain_index = IndexView {
        body_lang: String::new(),
        about: "Cómo escribimos y cómo nos presentamos.".into(),
        body_html: String::new(),
        count: "2 guías de estilo".into(),
        columns: Vec::new(),
        rows: vec![
            IndexRow {
                link: told("Tono y lenguaje", "tono.html", "Cercanas, concretas y sin jerga."),
                ..IndexRow::default()
            },
            IndexRow {
                link: LinkView {
                    tag: Some(tag("Borrador", "neutral")),
                    ..told("Imagen", "../canales/instagram.html", "Fotos con personas, nunca de archivo.")
                },
                ..IndexRow::default()
            },
        ],
    };
    let article = ArticleView {
        lead_lang: String::new(),
        body_lang: String::new(),
        lead: "Lo que conviene saber antes de publicar la primera vez.".into(),
        review: ReviewView {
            changed: None,
            changed_by: String::new(),
            owner: Some(link("Coordinación", "")),
            reviewed: Some(moment("2026-10-01", "1 de octubre de 2026")),
            ..ReviewView::default()
        },
        body_html: PROSE.into(),
        children: vec![
            told("La primera semana", "../guias/tono.html", "Conocer la organización antes que las redes."),
            link("La segunda semana", "../guias/tono.html"),
        ],
        relations: vec![RelationView {
            again: false,
            rest: Vec::new(),
            rest_label: String::new(),
            verb: "lo cita".into(),
            kind: "Itinerarios".into(),
            links: vec![link("Nueva en redes", "../guias/tono.html")],
        }],
    };
    let term = |anchor: &str, term: &str, aka: &str, html: &str| GlossaryTerm {
        lang: String::new(),
        html_lang: String::new(),
        anchor: anchor.into(),
        term: term.into(),
        aka: aka.into(),
        html: html.into(),
        url: format!("{anchor}.html"),
    };
    let glossary = GlossaryView {
        about: "Las palabras de este playbook, explicadas en una o dos frases.".into(),
        letters: vec![
            GlossaryLetter {
                letter: "A".into(),
                terms: vec![term(
                    "alcance",
                    "alcance",
                    "en inglés, reach",
                    "<p>Personas distintas que han visto una publicación. No se suma entre publicaciones.</p>",
                )],
            },
            GlossaryLetter {
                letter: "C".into(),
                terms: vec![
                    term("comunidad", "comunidad", "", "<p>Quienes nos siguen, conversan y vuelven.</p>"),
                    term(
                        "crisis",
                        "crisis",
                        "",
                        "<p>Lo que no se puede resolver con los medios de cada día. Ver <a href=\"../crisis/cuenta-robada.html\">los escenarios</a>.</p>",
                    ),
                ],
            },
            GlossaryLetter {
                letter: "T".into(),
                terms: vec![term(
                    "tasa",
                    "tasa de interacción sobre impresiones",
                    "tasa de interacción, engagement rate",
                    "<p>Interacciones divididas entre impresiones.</p>",
                )],
            },
        ],
    };
    let mut entity_head = head("entity", "Instagram", "canales/instagram.html");
    entity_head.breadcrumbs =
        vec![way("Inicio", "../index.html"), way("Objetivos", ""), way("Canales", "../canales/index.html")];
    entity_head.contents = vec![
        entry(
            "Qué publicamos",
            "que-publicamos",
            vec![
                entry("Cuándo", "cuando", vec![]),
                entry("Cómo se etiquetan los enlaces", "enlaces", vec![]),
            ],
        ),
        entry("Primeros quince minutos", "pasos", vec![]),
        entry("Metas", "metas", vec![]),
        entry("Declaración inicial", "declaracion", vec![]),
        entry("Relaciones", "_relations", vec![]),
        entry("Fuentes", "_references", vec![]),
    ];
    entity_head.previous =
        Some(way("Canal de WhatsApp para familias del barrio", "../canales/whatsapp.html"));
    entity_head.next = Some(way("Mastodon", "../canales/mastodon.html"));
    let mut article_head = head("article", "Antes de publicar la primera vez", "articulos/bienvenida.html");
    article_head.translation_note = "Algunas partes de esta página aún no están traducidas.".into();
    let language = |tag: &str, name: &str, current| LanguageView {
        tag: tag.into(),
        direction: "ltr",
        name: name.into(),
        url: "bienvenida.html".into(),
        current,
        ..LanguageView::default()
    };
    article_head.languages = vec![language("es", "Español", true), language("en", "English", false)];
    article_head.contents = vec![
        entry("Qué publicamos", "que-publicamos", vec![entry("Cuándo", "cuando", vec![])]),
        entry("En esta sección", "_children", vec![]),
        entry("Relaciones", "_relations", vec![]),
    ];
    article_head.next = Some(way("La primera semana", "../guias/tono.html"));
    let index_head = head("index", "Canales", "canales/index.html");
    let metric_head = head("entity", "Tiempo de respuesta", "metricas/respuesta.html");
    let metric = EntityView {
        lead_lang: String::new(),
        body_lang: String::new(),
        lead: "Horas que pasan hasta la primera respuesta de una persona.".into(),
        status: Some(tag("En riesgo", "warn")),
        facts: vec![fact("Unidad", text("horas")), fact("Nivel", text("respuesta inmediata"))],
        kpis: vec![KpiView { url: String::new(), ..kpi() }],
        values: Some(values()),
        body_html: String::new(),
        sections: Vec::new(),
        ..entity()
    };
    let crisis = EntityView {
    lead_lang: String::new(),
    body_lang: String::new(),
        lead: "Alguien publica en nuestro nombre o no podemos entrar.".into(),
        status: Some(tag("Gravedad 2", "bad")),
        charts: Vec::new(),
        body_html: "<div class=\"callout crisis\" role=\"note\"><p class=\"callout-title\">Primero</p><p>Llama a la portavoz: <a href=\"tel:+34600000000\"><bdi>600 000 000</bdi></a>. No contestes a nadie todavía.</p></div>".into(),
        facts: Vec::new(),
        ..entity()
    };
    let crisis_head = head("entity", "Nos roban la cuenta", "crisis/cuenta-robada.html");
    let mut lost = head("not-found", "No encontramos esta página", "404.html");
    lost.breadcrumbs = Vec::new();
    let mut pages = vec![
        (head("sheet", "Partes", "partes.html"), View::Sheet(super::part_gallery::sheet())),
        (head("home", "Playbook de redes de Vecinas en Marcha", "index.html"), View::Home(home)),
        (entity_head, View::Entity(Box::new(entity()))),
        (metric_head, View::Entity(Box::new(metric))),
        (crisis_head, View::Entity(Box::new(crisis))),
        (index_head, View::Index(index)),
        (head("index", "Guías de estilo", "guias/index.html"), View::Index(plain_index)),
        (
            head("index", "Sugerencias", "sugerencias/index.html"),
            View::Index(IndexView {
                body_lang: String::new(),
                about: String::new(),
                body_html: String::new(),
                count: String::new(),
                columns: vec!["Estado".into()],
                rows: Vec::new(),
            }),
        ),
        (article_head, View::Article(article)),
        (head("glossary", "Glosario", "glosario/index.html"), View::Glossary(glossary)),
        (
            lost,
            View::NotFound(NotFoundView {
                links: vec![
                    told("Canales", "canales/index.html", "Dónde hablamos y para qué."),
                    link("Glosario", "glosario/index.html"),
                ],
            }),
        ),
    ];
    // Every link of the samples leads somewhere, so that the audit can follow them.
    let made: Vec<String> = pages.iter().map(|(head, _)| head.path.clone()).collect();
    for path in [
        "escucha/index.html",
        "objetivos/index.html",
        "publicos/index.html",
        "aliados/index.html",
        "pilares/index.html",
        "campanas/index.html",
        "respuestas/index.html",
        "metricas/index.html",
        "funciones/index.html",
        "crisis/index.html",
        "canales/boletin.html",
        "canales/whatsapp.html",
        "canales/mastodon.html",
        "canales/web.html",
        "guias/tono.html",
        "funciones/contenidos.html",
        "objetivos/verano.html",
        "objetivos/socias.html",
        "publicos/familias.html",
        "publicos/socias.html",
        "metricas/inscripciones.html",
        "campanas/verano.html",
        "procedimientos/sorteo.html",
        "glosario/alcance.html",
        "glosario/comunidad.html",
        "glosario/crisis.html",
        "glosario/tasa.html",
    ] {
        if !made.iter().any(|made| made == path) {
            let name = path.trim_end_matches(".html").replace('/', ", ");
            let article = ArticleView {
                lead_lang: String::new(),
                body_lang: String::new(),
                lead: String::new(),
                review: ReviewView::default(),
                body_html: format!("<p>Página de muestra: {name}.</p>"),
                children: Vec::new(),
                relations: Vec::new(),
            };
            pages.push((head("article", &format!("Muestra {name}"), path), View::Article(article)));
        }
    }
    pages
}

/// Renders all samples and gives path and HTML.
pub(super) fn render_all(theme: &Theme) -> Vec<(String, String)> {
    let site: Value = shared(&site()).value;
    let words: Value = shared(&words("es")).value;
    pages()
        .into_iter()
        .map(|(mut head, view)| {
            let folder = head.path.split_once('/').map_or("", |(folder, _)| folder);
            let menu = theme.menu(&menu(&head.root, folder), &site, &words);
            assert_eq!(menu.findings, Vec::new());
            head.menu_html = menu.value.with_current(&format!("{}{}", head.root, head.path));
            let page = theme.render(&head, &site, &words, &view);
            assert_eq!(page.findings, Vec::new(), "{}", head.path);
            (head.path, page.value)
        })
        .collect()
}

fn write(folder: &str, theme: &Theme) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target").join(folder);
    let put = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    for (path, html) in render_all(theme) {
        put(&path, html.as_bytes());
    }
    for asset in theme.assets() {
        put(&asset.path, &asset.bytes);
    }
    put("datos/respuesta.csv", "mes,horas\n2026-01,60\n2026-06,30\n".as_bytes());
    put("assets/plaza.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 300\"><rect width=\"800\" height=\"300\" fill=\"#cfe3e6\"/><path d=\"M0 230h800v70H0z\" fill=\"#b9a77d\"/><circle cx=\"200\" cy=\"160\" r=\"70\" fill=\"#3f7d4f\"/><circle cx=\"560\" cy=\"150\" r=\"90\" fill=\"#2f6a41\"/></svg>".as_bytes());
}

#[test]
fn gallery() {
    let mut findings = Vec::new();
    write("theme-gallery", &Theme::load(&[], &Brand::default(), &mut findings));
    assert_eq!(findings, Vec::new());
    let brand = Brand {
        color: Some(((255, 122, 0), Place::Run)),
        logo: "assets/plaza.svg".into(),
        ..Brand::default()
    };
    write("theme-gallery-brand", &Theme::load(&[], &brand, &mut findings));
    assert_eq!(findings.len(), 1, "the orange is shifted: {findings:?}");
}
