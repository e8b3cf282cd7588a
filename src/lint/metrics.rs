//! Metrics that mislead: out of date, with holes or jumps, rates that cannot be worked out anew, targets on the wrong side, figures that measure nothing.

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book, Figures, Good, Measurement, Metric};
use crate::model::{Entity, Resolved};
use crate::read::NO_DENOMINATOR;
use crate::series::Measure;
use crate::text::{fold, slug};
use crate::words;
use crate::world::Date;

static RATIO_WITHOUT_PARTS: Code =
    Code { id: "P451", name: "ratio_without_parts", level: Level::Warning, since: "0.1.0" };
static STALE_METRIC: Code = Code { id: "P452", name: "stale_metric", level: Level::Warning, since: "0.1.0" };
static GAP_IN_SERIES: Code =
    Code { id: "P453", name: "gap_in_series", level: Level::Warning, since: "0.1.0" };
static SUDDEN_CHANGE: Code = Code { id: "P454", name: "sudden_change", level: Level::Note, since: "0.1.0" };
static WRONG_SIDE: Code =
    Code { id: "P455", name: "target_on_wrong_side", level: Level::Warning, since: "0.1.0" };
static ADVERTISING_VALUE: Code =
    Code { id: "P457", name: "advertising_value", level: Level::Warning, since: "0.1.0" };
static UNDEFINED_METRIC: Code =
    Code { id: "P466", name: "metric_without_definition", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[
    &NO_DENOMINATOR,
    &RATIO_WITHOUT_PARTS,
    &STALE_METRIC,
    &GAP_IN_SERIES,
    &SUDDEN_CHANGE,
    &WRONG_SIDE,
    &ADVERTISING_VALUE,
    &UNDEFINED_METRIC,
];

/// Days that are named in one finding.
const MOST_NAMED: usize = 3;

/// All findings about metrics and targets.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let kinds = book.kinds;
    for (id, entity) in book.iter() {
        if let Some(metric) = insight::metric(kinds, entity).filter(|metric| metric.active) {
            let has_words = insight::formula_in_words(kinds, entity).is_some();
            names(entity, &metric, has_words, insight::is_defined(kinds, entity), findings);
            if let Some(measured) = book.measurement(id) {
                figures(entity, measured, book.today, findings);
            }
        }
        for target in insight::targets(kinds, entity) {
            let metric = book.entity(target.metric).and_then(|metric| insight::metric(kinds, metric));
            let (Some(metric), Some(baseline)) = (metric, target.baseline) else { continue };
            let is_wrong = match metric.good {
                Some(Good::Up) | None => target.max < baseline,
                Some(Good::Down) => target.min > baseline,
                Some(Good::Band) => false,
            };
            if is_wrong {
                findings.push(wrong_side(&target, metric.good == Some(Good::Down)));
            }
        }
    }
}

/// What can be told without figures.
fn names(
    entity: &Entity<Resolved>,
    metric: &Metric,
    has_words: bool,
    is_defined: bool,
    findings: &mut Vec<Finding>,
) {
    let title = &entity.title;
    let name = slug(title);
    let is_rate = metric.measure == Measure::Ratio;
    let has_parts = matches!(metric.figures, Figures::Ratio { .. } | Figures::Series(_));
    let is_engagement = ["engagement-rate", "tasa-de-interaccion", "tasa-de-engagement"]
        .iter()
        .any(|vague| name.contains(vague) || entity.id.contains(vague));
    let says_of_what = ["by", "per", "over", "sobre", "por", "entre"]
        .iter()
        .any(|word| name.split('-').any(|part| part == *word));
    if is_rate && is_engagement && !has_parts && !says_of_what && !has_words {
        findings.push(
            Finding::new(
                &NO_DENOMINATOR,
                entity.span,
                words!(
                    "“{title}” does not say what interactions are divided by",
                    "«{title}» no dice entre qué se dividen las interacciones"
                ),
            )
            .why(words!(
                "platforms divide by reach, by impressions or by followers; the figures differ and cannot be compared",
                "unas plataformas dividen entre el alcance, otras entre las impresiones o los seguidores; las cifras no son comparables"
            ))
            .help(words!(
                "name both parts in `formula:`, and the second one in the title",
                "nombra las dos partes en `formula:`, y la segunda en el título"
            )),
        );
    } else if is_rate && !has_parts {
        findings.push(
            Finding::new(
                &RATIO_WITHOUT_PARTS,
                entity.span,
                words!("“{title}” is a rate without its two parts", "«{title}» es una tasa sin sus dos partes"),
            )
            .why(words!(
                "a rate for a quarter is worked out from the sums of both parts; a mean of monthly rates is another figure",
                "la tasa de un trimestre se calcula con las sumas de ambas partes; la media de las tasas mensuales es otra cifra"
            ))
            .help(words!(
                "write `formula: {{ num: …, den: … }}` with two columns, metrics or series",
                "escribe `formula: {{ numerador: …, denominador: … }}` con dos columnas, indicadores o series"
            )),
        );
    }
    // Of the figures that a board sees first; elsewhere a title may do.
    if metric.headline && !is_rate && !is_defined {
        findings.push(
            Finding::new(
                &UNDEFINED_METRIC,
                entity.span,
                words!(
                    "“{title}” is a headline figure and does not say what is counted",
                    "«{title}» es una cifra principal y no dice qué se cuenta"
                ),
            )
            .why(words!(
                "two people who count “views” or “members” by their own idea write down different figures",
                "dos personas que cuentan «visualizaciones» o «miembros» cada una a su manera anotan cifras distintas"
            ))
            .help(words!(
                "say it in a sentence of `summary:`, name the parts in `formula:`, or where it is defined in `definition_source:`",
                "dilo en una frase de `resumen:`, nombra las partes en `formula:`, o dónde se define en `fuente_definicion:`"
            )),
        );
    }
    let folded = fold(title).replace(['-', '_'], " ");
    let by_name = ["advertising value equiv", "valor publicitario", "equivalencia publicitaria"];
    let is_value = by_name.iter().any(|value| folded.contains(value))
        || name.split('-').chain(entity.id.split('-')).any(|part| matches!(part, "ave" | "aves" | "vpe"));
    if is_value {
        findings.push(
            Finding::new(
                &ADVERTISING_VALUE,
                entity.span,
                words!(
                    "“{title}” counts what advertising would have cost",
                    "«{title}» cuenta lo que habría costado la publicidad"
                ),
            )
            .why(words!(
                "the price of an advertisement says nothing of what communication achieved; the Barcelona Principles reject it",
                "el precio de un anuncio no dice nada de lo que logró la comunicación; los Principios de Barcelona lo rechazan"
            ))
            .help(words!(
                "measure what changed: visits, sign-ups, what people know or do",
                "mide lo que cambió: visitas, inscripciones, lo que la gente sabe o hace"
            )),
        );
    }
}

/// What the figures show.
fn figures(entity: &Entity<Resolved>, measured: Measurement<'_>, today: Date, findings: &mut Vec<Finding>) {
    let title = &entity.title;
    let metric = measured.metric;
    let Some(reading) = insight::reading(metric, measured.quantity, measured.as_of, today) else { return };
    let newest = reading.newest;
    if reading.stale {
        findings.push(
            Finding::new(
                &STALE_METRIC,
                entity.span,
                words!(
                    "the newest figure of “{title}” is of {newest}",
                    "el último dato de «{title}» es del {newest}"
                ),
            )
            .why(words!(
                "older than 60 days, or than twice the time in which a value is due, it says nothing of today",
                "con más de 60 días, o más del doble de lo que tarda en llegar un dato, ya no dice nada de hoy"
            ))
            .help(words!(
                "add new figures, or write `status: paused` or `retired`",
                "añade datos nuevos, o escribe `estado: en_pausa` o `retirado`"
            )),
        );
    }
    if let Some(gap) = reading.gaps.first() {
        let missing: usize = reading.gaps.iter().map(|gap| gap.count).sum();
        let (from, last) = (gap.from, measured.quantity.grain.end(gap.last));
        findings.push(
            Finding::new(
                &GAP_IN_SERIES,
                entity.span,
                words!(
                    "“{title}” lacks {missing} of its values, the first of {from}",
                    "a «{title}» le faltan valores ({missing}), el primero del {from}"
                ),
            )
            .mark(words!("none from {from} to {last}", "ninguno del {from} al {last}"))
            .why(words!(
                "sums over a time with gaps are too small, and nobody sees it in a line",
                "las sumas de un tiempo con huecos se quedan cortas, y en una línea no se ve"
            ))
            .help(words!(
                "add what is missing, or accept the gap with `accept:` and a reason",
                "añade lo que falta, o acepta el hueco con `aceptado:` y un motivo"
            )),
        );
    }
    if !reading.jumps.is_empty() {
        let days: Vec<String> =
            reading.jumps.iter().take(MOST_NAMED).map(|figure| figure.from.to_string()).collect();
        let more = if reading.jumps.len() > MOST_NAMED { ", …" } else { "" };
        let days = format!("{}{more}", days.join(", "));
        findings.push(
            Finding::new(
                &SUDDEN_CHANGE,
                entity.span,
                words!("“{title}” changes suddenly: {days}", "«{title}» cambia de golpe: {days}"),
            )
            .why(words!(
                "a jump of more than five times the usual change is often another way of counting",
                "un salto de más de cinco veces el cambio habitual suele ser otra forma de contar"
            ))
            .help(words!(
                "if so, write the day under `breaks:`; if it really happened, say it in the text or accept it",
                "si es así, escribe el día en `rupturas:`; si de verdad ocurrió, cuéntalo en el texto o acéptalo"
            )),
        );
    }
}

fn wrong_side(target: &insight::Target, is_down: bool) -> Finding {
    let message = if is_down {
        words!(
            "the target is above the baseline, and lower is better",
            "la meta está por encima de la línea base, y lo mejor es bajar"
        )
    } else {
        words!(
            "the target is below the baseline, and higher is better",
            "la meta está por debajo de la línea base, y lo mejor es subir"
        )
    };
    Finding::new(&WRONG_SIDE, target.span, message)
        .why(words!(
            "as it stands, getting worse would count as success",
            "tal como está, empeorar contaría como éxito"
        ))
        .help(words!(
            "put the numbers right, or say in the metric what is better: `good: down` or `good: up`",
            "corrige las cifras, o di en el indicador qué es mejor: `mejor: baja` o `mejor: sube`"
        ))
}
