//! What channels cost and whether that can be judged: reviews that are due, hours that nobody has, figures that show one side only.

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book};
use crate::model::EntityId;
use crate::series::Measure;
use crate::text::slug;
use crate::words;

static REVIEW_DUE: Code =
    Code { id: "P322", name: "channel_review_due", level: Level::Warning, since: "0.1.0" };
static HOURS_EXCEEDED: Code = Code { id: "P327", name: "hours_exceeded", level: Level::Note, since: "0.1.0" };
static NOTHING_SAID: Code =
    Code { id: "P399", name: "no_qualitative_metric", level: Level::Note, since: "0.1.0" };
static ONLY_VANITY: Code =
    Code { id: "P464", name: "only_vanity_headlines", level: Level::Note, since: "0.1.0" };
static NO_COST: Code = Code { id: "P465", name: "no_cost_known", level: Level::Note, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&REVIEW_DUE, &HOURS_EXCEEDED, &NOTHING_SAID, &ONLY_VANITY, &NO_COST];

/// Metrics from which on a playbook measures: who has one or two has only begun.
const MEASURING: usize = 3;

/// Words in the name or the topic of a metric that asks people what they think.
const QUALITATIVE: [&str; 14] = [
    "sentiment",
    "sentimiento",
    "survey",
    "encuesta",
    "satisfaction",
    "satisfaccion",
    "opinion",
    "nps",
    "reputation",
    "reputacion",
    "trust",
    "confianza",
    "valoracion",
    "recall",
];

/// All findings about cost and return.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    for (id, entity) in book.of_kind("channel") {
        let day = insight::review_by(book, id).filter(|day| *day < book.today && book.is_active(entity));
        if let Some(day) = day {
            let title = &entity.title;
            findings.push(
                Finding::new(
                    &REVIEW_DUE,
                    entity.span,
                    words!(
                        "the decision on “{title}” was to be reviewed by {day}",
                        "la decisión sobre «{title}» había que revisarla antes del {day}"
                    ),
                )
                .why(words!(
                    "channels go on costing hours out of habit, and those that were rejected may have changed",
                    "los canales siguen costando horas por costumbre, y los descartados pueden haber cambiado"
                ))
                .help(words!(
                    "look at what it costs and brings, and write a new `review_by:` in its `case:`",
                    "mira lo que cuesta y lo que trae, y escribe otro `revisar_antes_de:` en su `caso:`"
                )),
            );
        }
    }
    let outlays = insight::outlays(book);
    hours(book, &outlays, findings);
    metrics(book, &outlays, findings);
}

fn hours(book: Book<'_>, outlays: &[insight::Outlay], findings: &mut Vec<Finding>) {
    let asked: Vec<(EntityId, f64)> =
        outlays.iter().filter_map(|outlay| Some((outlay.channel, outlay.hours_week?))).collect();
    let sum: f64 = asked.iter().map(|(_, hours)| hours).sum();
    let Some(there) = insight::hours_of_roles(book).filter(|there| sum > *there) else { return };
    let most = asked.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    let Some(entity) = most.and_then(|(id, _)| book.entity(*id)) else { return };
    findings.push(
        Finding::new(
            &HOURS_EXCEEDED,
            entity.span,
            words!(
                "the channels ask for {sum} hours a week, and the roles have {there}",
                "los canales piden {sum} horas a la semana, y las funciones tienen {there}"
            ),
        )
        .why(words!(
            "what does not fit into the week is done badly, or by somebody in their evening",
            "lo que no cabe en la semana se hace mal, o lo hace alguien por las noches"
        ))
        .help(words!(
            "ask less of a channel, pause one, or find hours: this channel asks for the most",
            "pide menos a un canal, deja uno en pausa o busca horas: este canal es el que más pide"
        )),
    );
}

fn metrics(book: Book<'_>, outlays: &[insight::Outlay], findings: &mut Vec<Finding>) {
    let active: Vec<(EntityId, insight::Metric)> = book
        .of_kind("metric")
        .filter(|(_, entity)| book.is_active(entity))
        .filter_map(|(id, entity)| Some((id, insight::metric(book.kinds, entity)?)))
        .collect();
    let level = |id: EntityId| insight::level(book, id);
    let headlines: Vec<EntityId> =
        active.iter().filter(|(_, metric)| metric.headline).map(|(id, _)| *id).collect();
    let is_vain = headlines.iter().all(|id| level(*id) == Some(insight::Level::Output));
    if let Some(entity) = headlines.first().filter(|_| is_vain).and_then(|id| book.entity(*id)) {
        findings.push(
            Finding::new(
                &ONLY_VANITY,
                entity.span,
                words!("all headline metrics are outputs", "todos los indicadores principales son productos"),
            )
            .why(words!(
                "followers and impressions grow without anybody doing anything; the board would see noise first",
                "los seguidores y las impresiones crecen sin que nadie haga nada; la dirección vería ruido lo primero"
            ))
            .help(words!(
                "write `headline: yes` on a metric of what people do or of what changes",
                "pon `principal: sí` en un indicador de lo que la gente hace o de lo que cambia"
            )),
        );
    }
    // Who has no target yet has only begun.
    let aims = |id: &EntityId| {
        book.entity(*id).is_some_and(|entity| !insight::targets(book.kinds, entity).is_empty())
    };
    if active.len() < MEASURING || !insight::active_objectives(book).iter().any(aims) {
        return;
    }
    let Some((first, _)) = active.first() else { return };
    let Some(first) = book.entity(*first) else { return };
    let costs_known = active.iter().any(|(id, _)| level(*id) == Some(insight::Level::Input))
        || outlays.iter().any(|outlay| outlay.hours_week.is_some() || outlay.cost_month.is_some());
    if !costs_known {
        findings.push(
            Finding::new(
                &NO_COST,
                first.span,
                words!(
                    "nothing says what communication costs: neither hours nor money",
                    "nada dice lo que cuesta la comunicación: ni horas ni dinero"
                ),
            )
            .why(words!(
                "whether a result was worth it cannot be judged without its cost",
                "sin su coste no se puede juzgar si un resultado mereció la pena"
            ))
            .help(words!(
                "write `hours_week:` in the `case:` of the channels, or add a metric of level `input`",
                "escribe `horas_semana:` en el `caso:` de los canales, o añade un indicador de nivel `recurso`"
            )),
        );
    }
    let is_qualitative = |(id, metric): &(EntityId, insight::Metric)| {
        let Some(entity) = book.entity(*id) else { return false };
        let name = format!("{}-{}", slug(&entity.title), entity.id);
        metric.measure == Measure::Score
            || QUALITATIVE.iter().any(|word| name.split('-').any(|part| part == *word))
    };
    if !active.iter().any(is_qualitative) {
        findings.push(
            Finding::new(
                &NOTHING_SAID,
                first.span,
                words!(
                    "no metric says what people think: no sentiment, no survey, no score",
                    "ningún indicador dice qué piensa la gente: ni sentimiento, ni encuesta, ni nota"
                ),
            )
            .why(words!(
                "counts show how much, not why; the Barcelona Principles ask for both",
                "los recuentos dicen cuánto, no por qué; los Principios de Barcelona piden las dos cosas"
            ))
            .help(words!(
                "add one, even if a person judges twenty mentions a month by hand",
                "añade uno, aunque sea una persona que valore a mano veinte menciones al mes"
            )),
        );
    }
}
