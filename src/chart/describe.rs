//! What a chart shows, in sentences made from the figures: for people who do not see it, and for the table's heading.

use super::data::{CategoryData, Role, TOLD_APART, TimeData};
use super::line::{decimals_of, drawn_events};
use super::scale::Notation;
use super::scene::Scene;
use super::{ChartData, ChartSpec, Event, Figures};
use crate::finding::Language;
use crate::series::{Grain, Series};
use crate::text::capital;
use crate::world::Date;

/// The author's description, or else sentences from the figures; then what the drawing leaves out.
pub(crate) fn sentence(
    spec: &ChartSpec,
    data: &ChartData,
    scene: Option<&Scene>,
    words: &dyn Figures,
) -> String {
    let mut sentences: Vec<String> = Vec::new();
    match spec.kind.definition().sentences {
        _ if !spec.description.is_empty() => sentences.push(spec.description.clone()),
        Some(own) => sentences = own(spec, data, words),
        None => match data {
            ChartData::Time(data) => of_time(spec, data, words, &mut sentences),
            ChartData::Categories(data) => of_categories(spec, data, words, &mut sentences),
            ChartData::Listing(_) => {}
        },
    }
    if let ChartData::Time(data) = data {
        events(spec, data, words, &mut sentences);
    }
    if let Some(scene) = scene {
        drawing(spec, scene, words.language(), &mut sentences);
    }
    sentences.join(" ")
}

/// `Q2`, `T2`.
pub(crate) fn quarter(date: Date, language: Language) -> String {
    let number = (date.month() - 1) / 3 + 1;
    match language {
        Language::English => format!("Q{number}"),
        Language::Spanish => format!("T{number}"),
    }
}

/// A date as said in a sentence or a table: day, week, month, quarter or year.
pub(crate) fn when(date: Date, grain: Grain, words: &dyn Figures) -> String {
    match (grain, words.language()) {
        (Grain::Day, _) => words.date_long(date),
        (Grain::Week, Language::English) => format!("week of {}", words.date_long(grain.start(date))),
        (Grain::Week, Language::Spanish) => format!("semana del {}", words.date_long(grain.start(date))),
        (Grain::Month, _) => words.month_year(date),
        (Grain::Quarter, language) => format!("{} {}", quarter(date, language), date.year()),
        (Grain::Year, _) => date.year().to_string(),
    }
}

/// A value with its unit, as a sentence says it.
pub(crate) fn figure(value: f64, decimals: u8, unit: &str, words: &dyn Figures) -> String {
    let text = Notation::new(value, decimals, unit).write(value, words);
    match unit {
        "" | "%" | "€" | "EUR" | "$" | "USD" | "£" | "GBP" => text,
        unit => format!("{text}\u{a0}{unit}"),
    }
}

fn of_time(spec: &ChartSpec, data: &TimeData, words: &dyn Figures, sentences: &mut Vec<String>) {
    let language = words.language();
    let with_values: Vec<&Series> =
        data.series.iter().filter(|series| series.known().next().is_some()).collect();
    for series in with_values.iter().take(TOLD_APART) {
        sentences.push(course(series, data.grain, with_values.len() > 1, words));
    }
    if with_values.len() > TOLD_APART {
        let more = with_values.len() - TOLD_APART;
        sentences.push(match language {
            Language::English => {
                format!("{more} more series are drawn in grey; the table has their figures.")
            }
            Language::Spanish => {
                format!("Otras {more} series se dibujan en gris; sus cifras están en la tabla.")
            }
        });
    }
    if with_values.is_empty() {
        sentences.push(no_data(language));
    }
    if let [series] = with_values.as_slice() {
        extremes(series, data.grain, words, sentences);
        gap_to_target(spec, series, words, sentences);
    }
    beyond(data, words, sentences);
    let missing: usize = data.series.iter().map(Series::missing).sum();
    match (missing, language) {
        (0, _) => {}
        (1, Language::English) => sentences.push("1 value is missing.".to_owned()),
        (1, Language::Spanish) => sentences.push("Falta 1 dato.".to_owned()),
        (count, Language::English) => sentences.push(format!("{count} values are missing.")),
        (count, Language::Spanish) => sentences.push(format!("Faltan {count} datos.")),
    }
}

/// What is expected, and what is not complete.
fn beyond(data: &TimeData, words: &dyn Figures, sentences: &mut Vec<String>) {
    let language = words.language();
    let last = |role: Role| data.role(role).and_then(|series| series.known().next_back());
    let write = |role: Role, value: f64| {
        let series = data.role(role).or(data.series.first());
        let (decimals, unit) = series.map_or((0, ""), |series| (series.decimals, series.unit.as_str()));
        figure(value, decimals, unit, words)
    };
    let range = |low: Role, high: Role| {
        let ((_, least), (_, greatest)) = (last(low)?, last(high)?);
        let (least, greatest) = (write(low, least), write(high, greatest));
        Some(match language {
            Language::English => format!("between {least} and {greatest}"),
            Language::Spanish => format!("entre {least} y {greatest}"),
        })
    };
    if let Some(range) = range(Role::Low, Role::High) {
        sentences.push(match language {
            Language::English => format!("The last value lies {range}."),
            Language::Spanish => format!("El último valor está {range}."),
        });
    }
    let expected = last(Role::Ahead).map(|(date, value)| (date, write(Role::Ahead, value)));
    let range = range(Role::AheadLow, Role::AheadHigh);
    let date = expected.as_ref().map(|(date, _)| *date).or(last(Role::AheadHigh).map(|(date, _)| date));
    if let Some(date) = date {
        let date = when(date, data.grain, words);
        let value = match (expected, range) {
            (Some((_, value)), Some(range)) => format!("{value}, {range}"),
            (Some((_, value)), None) => value,
            (None, range) => range.unwrap_or_default(),
        };
        sentences.push(match language {
            Language::English => format!("Expected for {date}: {value}."),
            Language::Spanish => format!("Previsión para {date}: {value}."),
        });
    }
    if let Some((_, last)) = data.ends().filter(|_| data.partial) {
        let period = when(last, data.grain, words);
        sentences.push(match language {
            Language::English => format!("The last period ({period}) is not complete yet."),
            Language::Spanish => format!("El último periodo ({period}) aún no está completo."),
        });
    }
}

/// From the first value to the last, with the change in words.
fn course(series: &Series, grain: Grain, named: bool, words: &dyn Figures) -> String {
    let (Some((first_date, first)), Some((last_date, last))) =
        (series.known().next(), series.known().next_back())
    else {
        return String::new();
    };
    let value = |value: f64| figure(value, series.decimals, &series.unit, words);
    let name = if named && !series.name.is_empty() { format!("{}: ", series.name) } else { String::new() };
    let (from, to) = (when(first_date, grain, words), when(last_date, grain, words));
    let language = words.language();
    if series.known().nth(1).is_none() {
        return format!("{name}{} ({to}).", value(last));
    }
    let change = change(first, last, series, words);
    let (first, last) = (value(first), value(last));
    let text = match language {
        Language::English => format!("{name}from {first} ({from}) to {last} ({to}), {change}."),
        Language::Spanish => format!("{name}de {first} ({from}) a {last} ({to}), {change}."),
    };
    capital(&text)
}

/// The change in percent; in points for percentages; as a difference where the start is not above zero.
fn change(first: f64, last: f64, series: &Series, words: &dyn Figures) -> String {
    change_of(first, last, series.decimals, &series.unit, words)
}

/// The change between two values with these decimals and this unit.
pub(super) fn change_of(first: f64, last: f64, decimals: u8, unit: &str, words: &dyn Figures) -> String {
    let language = words.language();
    let difference = last - first;
    if difference == 0.0 {
        return match language {
            Language::English => "unchanged".to_owned(),
            Language::Spanish => "sin cambios".to_owned(),
        };
    }
    let amount = if unit == "%" {
        let points = words.number(difference.abs(), decimals.clamp(1, 2));
        match language {
            Language::English => format!("{points} points"),
            Language::Spanish => format!("{points} puntos"),
        }
    } else if first > 0.0 && last >= 0.0 && difference.abs() / first < 100.0 {
        let percent = difference.abs() / first * 100.0;
        words.percent(percent, if percent < 9.95 { 1 } else { 0 })
    } else {
        figure(difference.abs(), decimals, unit, words)
    };
    match (difference > 0.0, language) {
        (true, Language::English) => format!("up {amount}"),
        (false, Language::English) => format!("down {amount}"),
        (true, Language::Spanish) => format!("{amount} más"),
        (false, Language::Spanish) => format!("{amount} menos"),
    }
}

fn extremes(series: &Series, grain: Grain, words: &dyn Figures, sentences: &mut Vec<String>) {
    let highest = series.known().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let lowest = series.known().reduce(|a, b| if b.1 < a.1 { b } else { a });
    let (Some(highest), Some(lowest)) = (highest, lowest) else { return };
    if series.known().nth(2).is_none() || highest.1 == lowest.1 {
        return;
    }
    let value = |value: f64| figure(value, series.decimals, &series.unit, words);
    let (high, low) = (value(highest.1), value(lowest.1));
    let (high_date, low_date) = (when(highest.0, grain, words), when(lowest.0, grain, words));
    sentences.push(match words.language() {
        Language::English => format!("Highest: {high} ({high_date}); lowest: {low} ({low_date})."),
        Language::Spanish => format!("Máximo: {high} ({high_date}); mínimo: {low} ({low_date})."),
    });
}

/// How far the last value is from the target, without judging which side is good.
fn gap_to_target(spec: &ChartSpec, series: &Series, words: &dyn Figures, sentences: &mut Vec<String>) {
    let (Some(target), Some((_, last))) = (spec.target, series.known().next_back()) else { return };
    let decimals = series.decimals.max(decimals_of(target));
    let gap = (last - target).abs();
    let gap = match (series.unit.as_str(), words.language()) {
        ("%", Language::English) => format!("{} points", words.number(gap, decimals)),
        ("%", Language::Spanish) => format!("{} puntos", words.number(gap, decimals)),
        (unit, _) => figure(gap, decimals, unit, words),
    };
    let target_text = figure(target, decimals_of(target), &series.unit, words);
    sentences.push(match (last.total_cmp(&target), words.language()) {
        (std::cmp::Ordering::Equal, Language::English) => {
            format!("The last value is exactly the target of {target_text}.")
        }
        (std::cmp::Ordering::Equal, Language::Spanish) => {
            format!("El último valor es justo el objetivo de {target_text}.")
        }
        (std::cmp::Ordering::Less, Language::English) => {
            format!("The last value is {gap} below the target of {target_text}.")
        }
        (std::cmp::Ordering::Less, Language::Spanish) => {
            format!("El último valor queda {gap} por debajo del objetivo de {target_text}.")
        }
        (std::cmp::Ordering::Greater, Language::English) => {
            format!("The last value is {gap} above the target of {target_text}.")
        }
        (std::cmp::Ordering::Greater, Language::Spanish) => {
            format!("El último valor queda {gap} por encima del objetivo de {target_text}.")
        }
    });
}

fn of_categories(spec: &ChartSpec, data: &CategoryData, words: &dyn Figures, sentences: &mut Vec<String>) {
    let language = words.language();
    let mut any = false;
    for values in data.values.iter().take(TOLD_APART) {
        let known: Vec<(&str, f64)> = data
            .names
            .iter()
            .zip(&values.values)
            .filter_map(|(name, value)| value.map(|value| (name.as_str(), value)))
            .collect();
        let highest = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
        let lowest = known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a });
        let (Some(highest), Some(lowest)) = (highest, lowest) else { continue };
        any = true;
        let unit = spec.unit.as_deref().unwrap_or(&values.unit);
        let value = |value: f64| figure(value, values.decimals, unit, words);
        let name = if data.values.len() > 1 { format!("{}: ", values.name) } else { String::new() };
        let (high, low) = (value(highest.1), value(lowest.1));
        let text = match language {
            _ if known.len() == 1 => format!("{name}{}: {high}.", highest.0),
            Language::English if highest.1 == lowest.1 => format!("{name}all {} are at {high}.", known.len()),
            Language::Spanish if highest.1 == lowest.1 => {
                format!("{name}los {} valores son iguales: {high}.", known.len())
            }
            Language::English => format!(
                "{name}highest of {}: {} ({high}); lowest: {} ({low}).",
                known.len(),
                highest.0,
                lowest.0
            ),
            Language::Spanish => format!(
                "{name}de {}, el valor más alto es {} ({high}); el más bajo, {} ({low}).",
                known.len(),
                highest.0,
                lowest.0
            ),
        };
        sentences.push(capital(&text));
    }
    if !any {
        sentences.push(no_data(language));
    }
    if let (Some(target), [values]) = (spec.target, data.values.as_slice()) {
        let reached = values.values.iter().flatten().filter(|value| **value >= target).count();
        let known = values.values.iter().flatten().count();
        let unit = spec.unit.as_deref().unwrap_or(&values.unit);
        let target = figure(target, decimals_of(target), unit, words);
        sentences.push(match language {
            Language::English => format!("{reached} of {known} are at or above the target of {target}."),
            Language::Spanish => format!("{reached} de {known} llegan al objetivo de {target} o lo superan."),
        });
    }
}

fn events(spec: &ChartSpec, data: &TimeData, words: &dyn Figures, sentences: &mut Vec<String>) {
    let said: Vec<String> = drawn_events(spec, data)
        .enumerate()
        .map(|(index, event)| format!("{}, {} ({})", index + 1, event.label, lasted(event, words)))
        .collect();
    if said.is_empty() {
        return;
    }
    let said = match (said.len(), said.first()) {
        (1, Some(only)) => only.trim_start_matches("1, ").to_owned(),
        _ => said.join("; "),
    };
    sentences.push(match words.language() {
        Language::English => format!("Marked: {said}."),
        Language::Spanish => format!("Señalado: {said}."),
    });
}

fn lasted(event: &Event, words: &dyn Figures) -> String {
    let first = words.date_long(event.date);
    match (event.until, words.language()) {
        (None, Language::English) if event.anew => {
            format!("{first}; figures are counted in another way from here on")
        }
        (None, Language::Spanish) if event.anew => format!("{first}; desde aquí se cuenta de otra manera"),
        (None, _) => first,
        (Some(until), Language::English) => format!("{first} to {}", words.date_long(until)),
        (Some(until), Language::Spanish) => format!("del {first} al {}", words.date_long(until)),
    }
}

/// What the drawing does not show as it is in the data.
fn drawing(spec: &ChartSpec, scene: &Scene, language: Language, sentences: &mut Vec<String>) {
    if scene.thinned {
        sentences.push(match language {
            Language::English => {
                "The line is drawn with fewer points than there are; the file has all of them.".to_owned()
            }
            Language::Spanish => {
                "La línea se dibuja con menos puntos de los que hay; el archivo los tiene todos.".to_owned()
            }
        });
    }
    if let Some(grain) = scene.joined {
        sentences.push(super::table::joined_note(grain, spec.aggregate.unwrap_or_default(), language));
    }
    match (scene.unnamed, language) {
        (0, _) => {}
        (count, Language::English) => {
            sentences.push(format!("{count} points have no name in the drawing; the table has them all."));
        }
        (count, Language::Spanish) => {
            sentences
                .push(format!("{count} puntos no llevan nombre en el dibujo; la tabla los tiene todos."));
        }
    }
    if scene.left_out > 0 {
        let count = scene.left_out;
        sentences.push(match language {
            Language::English => format!("{count} more are not drawn; the file has them."),
            Language::Spanish => format!("Otros {count} no se dibujan; están en el archivo."),
        });
    }
}

pub(crate) fn no_data(language: Language) -> String {
    match language {
        Language::English => "There are no data yet.".to_owned(),
        Language::Spanish => "Todavía no hay datos.".to_owned(),
    }
}
