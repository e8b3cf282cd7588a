//! What is told of columns that do not fit the kind of the chart.

use crate::finding::{Code, Finding, Level, Words};
use crate::text::Span;
use crate::words;

/// Columns that cannot be drawn as this kind of chart.
pub static WRONG_COLUMNS: Code =
    Code { id: "P530", name: "chart_columns", level: Level::Error, since: "0.1.0" };

/// A kind that draws one column of figures and got several.
pub(crate) fn one_series(count: usize, place: Span, findings: &mut Vec<Finding>) {
    if count > 1 {
        findings.push(
            wrong(
                place,
                words!(
                    "this chart draws one column of figures, and there are {count}",
                    "este gráfico dibuja una columna de cifras, y hay {count}"
                ),
            )
            .why(words!("only the first is drawn", "solo se dibuja la primera"))
            .help(words!("name one of them in `y:`", "nombra una de ellas en `y:`")),
        );
    }
}

/// A finding about the columns of a chart.
pub(crate) fn wrong(place: Span, message: Words) -> Finding {
    Finding::new(&WRONG_COLUMNS, place, message)
}
