//! The register of accounts: which there are, who holds them, and when access was last looked at.

use super::{Planner, Sheet};
use crate::model::{Chapter, EntityId};
use crate::site::view::{CellView, ColumnView, PartView, RowView, TableView};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "accounts",
    path: ["account-register", "registro-de-cuentas"],
    chapter: Chapter::Governance,
    parts,
    has: |planner| planner.book().of_kind("account").next().is_some(),
};

/// Columns: fields of the kind.
const COLUMNS: [&str; 6] =
    ["channel", "handle", "owners", "two_factor", "recovery_contact", "last_access_review"];

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let Some(kind) = book.kinds.named("account") else { return Vec::new() };
    let language = planner.locale.language();
    let fields: Vec<_> = COLUMNS.iter().filter_map(|name| kind.field(name)).collect();
    let row = |id: EntityId| {
        let entity = book.entity(id)?;
        let cells = fields.iter().map(|(index, field)| {
            let value = entity.record.value(*index);
            let value = value.and_then(|item| planner.shown(&field.shape, &item.value, page));
            let tone = if value.is_none() { "gap" } else { "" };
            CellView { value, tone, label: String::new() }
        });
        let cells: Vec<CellView> = cells.collect();
        let gap = cells.iter().any(|cell| cell.tone == "gap");
        Some(RowView { heading: planner.short_link(id, page)?, cells, gap })
    };
    let table = TableView {
        id: "_register".to_owned(),
        caption: kind.plural.within(language).to_owned(),
        corner: kind.label.within(language).to_owned(),
        columns: fields
            .iter()
            .map(|(_, field)| ColumnView {
                text: field.label.within(language).to_owned(),
                ..ColumnView::default()
            })
            .collect(),
        rows: book.of_kind("account").filter_map(|(id, _)| row(id)).collect(),
        gaps_label: planner.locale.word("only_gaps").to_owned(),
        ..TableView::default()
    };
    vec![PartView::Table { table: planner.with_csv(table, page) }]
}
