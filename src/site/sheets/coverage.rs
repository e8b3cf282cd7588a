//! Coverage: what every objective, audience and channel has, what it lacks and why that matters; kinds against each other as authors ask.

use std::collections::BTreeSet;

use super::{Planner, Sheet, heading};
use crate::insight::coverage::{self, Line, Matrix, State, Wish};
use crate::model::{Chapter, EntityId, Kind, KindId, Readership};
use crate::site::view::{
    CardView, CellView, ColumnView, FactView, FigureView, LinkView, PartView, RowView, Shown, TableView,
    TagView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "coverage",
    path: ["coverage", "cobertura"],
    chapter: Chapter::Objectives,
    parts,
    // What is missing concerns those who can mend it; to others a relation that is hidden from them would look like a gap.
    has: |planner| {
        let readership = planner.edition.readership();
        matches!(readership, Readership::Staff | Readership::Board) && !matrices(planner).is_empty()
    },
};

/// More columns than rows, and more than these: then the table is turned.
const MOST_COLUMNS: usize = 8;

fn matrices(planner: &Planner<'_>) -> Vec<Matrix> {
    let book = planner.book();
    let of = |wish: &Wish| Matrix::of(book, wish.rows, wish.columns);
    coverage::wishes(book).iter().filter_map(of).collect()
}

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let matrices = matrices(planner);
    let mut parts = vec![PartView::Figures {
        figures: matrices.iter().filter_map(|matrix| planner.coverage_figure(matrix)).collect(),
    }];
    parts.extend(planner.gaps(&matrices, page));
    for matrix in &matrices {
        let Some((rows, columns)) = planner.matrix_kinds(matrix) else { continue };
        let title = planner.against(rows, columns);
        parts.push(heading(&title, &anchor(rows, columns)));
        let table = planner.coverage_table(matrix, rows, columns, title, page);
        parts.push(PartView::Table { table: planner.with_csv(table, page) });
    }
    parts
}

fn anchor(rows: &Kind, columns: &Kind) -> String {
    format!("_{}-{}", rows.name.replace('_', "-"), columns.name.replace('_', "-"))
}

impl Planner<'_> {
    fn matrix_kinds(&self, matrix: &Matrix) -> Option<(&Kind, &Kind)> {
        let kinds = self.edition.kinds();
        Some((kinds.kind(matrix.rows)?, kinds.kind(matrix.columns)?))
    }

    /// "Objectives and channels".
    fn against(&self, rows: &Kind, columns: &Kind) -> String {
        let language = self.locale.language();
        let columns = columns.plural.within(language).to_lowercase();
        let parts = [("rows", rows.plural.within(language)), ("columns", columns.as_str())];
        self.locale.fill("coverage_against", &parts)
    }

    /// "7 of 9 objectives with metrics".
    fn coverage_figure(&self, matrix: &Matrix) -> Option<FigureView> {
        let (rows, columns) = self.matrix_kinds(matrix)?;
        let language = self.locale.language();
        let (asked, covered, justified) = matrix.counts();
        if asked == 0 {
            return None;
        }
        let number = |count: usize| self.locale.number(count as f64, 0);
        let (asked_text, covered_text) = (number(asked), number(covered));
        let lower = |words: &crate::finding::Words| words.within(language).to_lowercase();
        let (rows_text, columns_text) = (lower(&rows.plural), lower(&columns.plural));
        let parts = [("rows", rows_text.as_str()), ("columns", columns_text.as_str())];
        Some(FigureView {
            value: self
                .locale
                .fill("coverage_of", &[("n", covered_text.as_str()), ("all", asked_text.as_str())]),
            label: self.locale.fill("coverage_with", &parts),
            note: if justified > 0 {
                self.locale.counted("coverage_justified", justified)
            } else {
                String::new()
            },
            url: format!("#{}", anchor(rows, columns)),
            tone: if covered + justified == asked { "good" } else { "warn" },
        })
    }

    /// What is missing: what, why it matters, how to mend it; or that nothing is.
    fn gaps(&self, matrices: &[Matrix], page: &PagePath) -> Vec<PartView> {
        let mut cards: Vec<CardView> = Vec::new();
        let mut known = BTreeSet::new();
        for matrix in matrices {
            for (lines, other) in [(&matrix.across, matrix.columns), (&matrix.down, matrix.rows)] {
                let missing = lines.iter().filter(|line| line.state == State::Missing);
                let new = missing.filter(|line| known.insert((line.id, other)));
                cards.extend(new.filter_map(|line| self.gap(line.id, other, page)));
            }
        }
        if cards.is_empty() {
            let text = self.locale.word("coverage_complete").to_owned();
            return vec![PartView::Note { text, tone: "good" }];
        }
        vec![heading(self.locale.word("coverage_gaps"), "_missing"), PartView::Cards { cards }]
    }

    fn gap(&self, id: EntityId, other: KindId, page: &PagePath) -> Option<CardView> {
        let language = self.locale.language();
        let entity = self.edition.entity(id)?;
        let kind = self.edition.kinds().kind(entity.kind)?;
        let other = self.edition.kinds().kind(other)?;
        let [what, why, help] = match coverage::rule_between(self.edition.graph(), kind, other.id) {
            Some(rule) => [&rule.say, &rule.why, &rule.help].map(|words| sentence(words.within(language))),
            None => {
                let label = other.label.within(language).to_lowercase();
                ["coverage_nothing", "coverage_nothing_why", "coverage_nothing_help"]
                    .map(|key| self.locale.fill(key, &[("kind", label.as_str())]))
            }
        };
        let row = |field: &str, key: &str, text: String| FactView {
            lang: String::new(),
            field: field.to_owned(),
            label: self.locale.word(key).to_owned(),
            help: String::new(),
            value: Shown::Text { text },
        };
        let rows = [row("why", "coverage_why", why), row("help", "coverage_help", help)];
        let says = |row: &FactView| !matches!(&row.value, Shown::Text { text } if text.is_empty());
        let title = LinkView { summary: what, ..self.short_link(id, page)? };
        Some(CardView {
            title,
            kicker: kind.label.within(language).to_owned(),
            rows: rows.into_iter().filter(says).collect(),
            links: Vec::new(),
        })
    }

    fn coverage_table(
        &self,
        matrix: &Matrix,
        rows: &Kind,
        columns: &Kind,
        caption: String,
        page: &PagePath,
    ) -> TableView {
        let turned = matrix.down.len() > MOST_COLUMNS && matrix.down.len() > matrix.across.len();
        let (across, down, row_kind, column_kind) = if turned {
            (&matrix.down, &matrix.across, columns, rows)
        } else {
            (&matrix.across, &matrix.down, rows, columns)
        };
        let heads = |line: &Line, other: &Kind| {
            let mut link = self.short_link(line.id, page)?;
            (link.tag, link.note) = self.state_of(line, other);
            Some(link)
        };
        let column = |line: &Line| {
            let link = heads(line, row_kind)?;
            Some(ColumnView { text: link.text, url: link.url, numeric: false, tag: link.tag })
        };
        let row = |line: &Line| {
            let cell = |other: &Line| {
                let (row, column) = if turned { (other.id, line.id) } else { (line.id, other.id) };
                self.coverage_cell(matrix, row, column, line, other)
            };
            Some(RowView {
                heading: heads(line, column_kind)?,
                cells: down.iter().map(cell).collect(),
                gap: matches!(line.state, State::Missing | State::Justified(_)),
            })
        };
        let table_rows: Vec<RowView> = across.iter().filter_map(row).collect();
        let gaps = table_rows.iter().any(|row| row.gap);
        TableView {
            id: anchor(rows, columns).replacen('_', "_table-", 1),
            caption,
            caption_shown: false,
            corner: row_kind.label.within(self.locale.language()).to_owned(),
            columns: down.iter().filter_map(column).collect(),
            rows: table_rows,
            matrix: true,
            gaps_label: if gaps { self.locale.word("only_gaps").to_owned() } else { String::new() },
            ..TableView::default()
        }
    }

    /// The tag of a heading, and the reason of a gap that is meant to be.
    fn state_of(&self, line: &Line, other: &Kind) -> (Option<TagView>, String) {
        match &line.state {
            State::Missing => {
                let label = other.label.within(self.locale.language()).to_lowercase();
                let text = self.locale.fill("coverage_without", &[("kind", label.as_str())]);
                (Some(TagView { text, tone: "warn" }), String::new())
            }
            State::Justified(gap) => {
                let text = match gap.until {
                    Some(until) => {
                        let date = self.locale.date(until);
                        self.locale.fill("coverage_accepted_until", &[("date", date.as_str())])
                    }
                    None => self.locale.word("coverage_accepted").to_owned(),
                };
                (Some(TagView { text, tone: "info" }), gap.reason.clone())
            }
            State::Covered | State::Free => (None, String::new()),
        }
    }

    /// The purpose, or how the objective stands by the metric, or simply that there is one.
    fn coverage_cell(
        &self,
        matrix: &Matrix,
        row: EntityId,
        column: EntityId,
        line: &Line,
        other: &Line,
    ) -> CellView {
        let Some(note) = matrix.cell(row, column) else {
            let tone = match (&line.state, &other.state) {
                (State::Missing, _) | (_, State::Missing) => "gap",
                (State::Justified(_), _) | (_, State::Justified(_)) => "justified",
                _ => "",
            };
            let label = match tone {
                "gap" => self.locale.word("coverage_missing").to_owned(),
                "justified" => self.locale.word("coverage_accepted").to_owned(),
                _ => String::new(),
            };
            return CellView { value: None, tone, label };
        };
        if let Some(note) = note {
            return CellView::text(note);
        }
        let standing = self.standing(row).iter().find(|standing| standing.metric == column);
        match standing.and_then(|standing| standing.state.clone()) {
            Some(tag) => CellView::of(Shown::Tag { tag }),
            None => CellView::text(self.locale.word("coverage_yes")),
        }
    }
}

/// The text of a rule as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
