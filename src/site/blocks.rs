//! Blocks that show a part of the playbook: their answer, worked out of what the edition shows.

use super::Planner;
use super::view::{
    CardView, CellView, ColumnView, LinkView, PartView, PartsView, RowView, Shown, TableView, TreeItem,
};
use crate::directive::{Block, Column, Directive, EntityTree, Form, List, Matrix, Order, Scorecard};
use crate::insight::{self, Facet, Limb};
use crate::model::{EntityId, FieldType, Kind};
use crate::syntax::escape;
use crate::text::PagePath;

impl Planner<'_> {
    /// The HTML of a block; empty when the edition shows nothing of it.
    pub(super) fn directive(&self, block: &Block, page: &PagePath) -> String {
        let id = format!("_block-{}", block.number);
        let parts = match &block.directive {
            Directive::List(list) => self.list_block(list, id, page),
            Directive::Matrix(matrix) => self.matrix_block(matrix, id, page),
            Directive::Tree(tree) => self.tree_block(tree, page),
            Directive::Calendar(calendar) => self.calendar_block(calendar, &id, page),
            Directive::Scorecard(card) => self.scorecard_block(card, &id, page),
            Directive::Flow(flow) => self.flow_block(flow, &id, page),
        };
        if parts.is_empty() { String::new() } else { self.parts_in_text(parts, page) }
    }

    /// Parts inside of a text.
    pub(super) fn parts_in_text(&self, parts: Vec<PartView>, page: &PagePath) -> String {
        self.composed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(page.clone());
        self.fragments.parts(&PartsView { parts })
    }

    fn list_block(&self, list: &List, id: String, page: &PagePath) -> Vec<PartView> {
        let Some(kind) = self.edition.kinds().kind(list.selection.kind) else { return Vec::new() };
        let mut shown = self.in_order(list.selection.entities(self.book()));
        if let Some(order) = &list.order {
            self.sort(&mut shown, order);
        }
        shown.truncate(list.limit.unwrap_or(usize::MAX));
        if shown.is_empty() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        if list.form != Form::Table && !list.title.is_empty() {
            let mut html = "<p class=\"block-title\">".to_owned();
            escape::text(&mut html, &list.title);
            html.push_str("</p>");
            parts.push(PartView::Prose { html });
        }
        parts.push(match list.form {
            Form::Table => PartView::Table { table: self.list_table(list, kind, &shown, id, page) },
            Form::List => {
                let link = |id: &EntityId| self.described(*id, list, page);
                PartView::Links { links: shown.iter().filter_map(link).collect() }
            }
            Form::Cards => {
                let card = |id: &EntityId| self.list_card(*id, list, kind, page);
                PartView::Cards { cards: shown.iter().filter_map(card).collect() }
            }
        });
        parts
    }

    /// A link with its summary and, where columns are asked for, with what they say as its note.
    fn described(&self, id: EntityId, list: &List, page: &PagePath) -> Option<LinkView> {
        let mut link = self.link(id, page)?;
        link.kind.clear();
        if list.columns.is_empty() {
            return Some(link);
        }
        let said = list.columns.iter().filter_map(|column| self.said(column, id, page));
        link.note = said
            .map(|shown| super::parts::words(&shown))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        link.summary.clear();
        Some(link)
    }

    fn list_card(&self, id: EntityId, list: &List, kind: &Kind, page: &PagePath) -> Option<CardView> {
        let mut title =
            if list.columns.is_empty() { self.link(id, page)? } else { self.short_link(id, page)? };
        title.kind.clear();
        let rows = list.columns.iter().filter_map(|column| {
            let value = self.said(column, id, page)?;
            let label = self.heading_of(column, kind);
            Some(super::view::FactView {
                field: String::new(),
                label,
                help: String::new(),
                value,
                lang: String::new(),
            })
        });
        Some(CardView { title, rows: rows.collect(), ..CardView::default() })
    }

    fn list_table(
        &self,
        list: &List,
        kind: &Kind,
        shown: &[EntityId],
        id: String,
        page: &PagePath,
    ) -> TableView {
        let language = self.locale.language();
        let row = |id: &EntityId| {
            let cells = list.columns.iter().map(|column| self.said(column, *id, page));
            let cells = cells.map(|value| CellView { value, ..CellView::default() }).collect();
            Some(RowView { heading: self.short_link(*id, page)?, cells, gap: false })
        };
        let mut rows: Vec<RowView> = shown.iter().filter_map(row).collect();
        // What nothing says anything of, an edition may have hidden: a column of blanks tells nobody anything.
        let said: Vec<bool> = (0..list.columns.len())
            .map(|at| rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| cell.value.is_some())))
            .collect();
        for row in &mut rows {
            let mut said = said.iter();
            row.cells.retain(|_| said.next().copied().unwrap_or(true));
        }
        let columns = list.columns.iter().zip(&said).filter(|(_, said)| **said);
        let columns = columns.map(|(column, _)| ColumnView {
            text: self.heading_of(column, kind),
            numeric: is_number(column, kind),
            ..ColumnView::default()
        });
        let plural = kind.plural.within(language);
        TableView {
            id,
            caption: if list.title.is_empty() { plural.to_owned() } else { list.title.clone() },
            caption_shown: !list.title.is_empty(),
            corner: kind.label.within(language).to_owned(),
            columns: columns.collect(),
            rows,
            ..TableView::default()
        }
    }

    fn heading_of(&self, column: &Column, kind: &Kind) -> String {
        if !column.label.is_empty() {
            return column.label.clone();
        }
        column.facet.label(self.edition.kinds(), kind).within(self.locale.language()).to_owned()
    }

    /// What an entity says in a column.
    fn said(&self, column: &Column, id: EntityId, page: &PagePath) -> Option<Shown> {
        let entity = self.edition.entity(id)?;
        let kind = self.edition.kinds().kind(entity.kind)?;
        let Facet::Field(index) = &column.facet else {
            let links = column.facet.others(self.book(), id).into_iter().filter_map(|(other, note)| {
                let link = self.short_link(other, page)?;
                Some(LinkView { note: note.unwrap_or_default().to_owned(), ..link })
            });
            let links: Vec<LinkView> = links.collect();
            return (!links.is_empty()).then_some(Shown::Links { links });
        };
        let field = kind.fields.get(usize::from(*index))?;
        match entity.record.value(*index) {
            Some(item) => self.shown(&field.shape, &item.value, page),
            None if field.common && field.name == "summary" => {
                let text = self.summary(entity).to_owned();
                (!text.is_empty()).then_some(Shown::Text { text })
            }
            None => None,
        }
    }

    /// In the order of the index of their kind.
    fn in_order(&self, mut ids: Vec<EntityId>) -> Vec<EntityId> {
        ids.sort_by_key(|id| self.places.get(id).copied().unwrap_or(usize::MAX));
        ids
    }

    fn sort(&self, ids: &mut [EntityId], order: &Order) {
        let name = |id: &EntityId| self.edition.entity(*id).map_or("", |entity| entity.title.as_str());
        match order.field {
            None => ids.sort_by(|one, other| self.locale.compare(name(one), name(other))),
            Some(index) => ids.sort_by_cached_key(|id| {
                let value = self.edition.entity(*id).and_then(|entity| entity.record.value(index));
                value.map(|item| super::sort_key(&item.value))
            }),
        }
        if order.reverse {
            ids.reverse();
        }
    }

    fn matrix_block(&self, matrix: &Matrix, id: String, page: &PagePath) -> Vec<PartView> {
        let book = self.book();
        let rows = self.in_order(matrix.rows.entities(book));
        let columns = self.in_order(matrix.columns.entities(book));
        let kinds = book.kinds;
        let (Some(row_kind), Some(column_kind)) =
            (kinds.kind(matrix.rows.kind), kinds.kind(matrix.columns.kind))
        else {
            return Vec::new();
        };
        if rows.is_empty() || columns.is_empty() {
            return Vec::new();
        }
        let crossings = insight::crossings(book, &rows, &columns, matrix.by.as_ref());
        let cell = |row: EntityId, column: EntityId| match crossings.notes(row, column) {
            None => CellView { label: self.locale.word("no").to_owned(), ..CellView::default() },
            Some([]) => CellView::text(self.locale.word("yes")),
            Some(notes) => CellView::text(notes.join("; ")),
        };
        let row = |row: &EntityId| {
            let cells = columns.iter().map(|column| cell(*row, *column)).collect();
            Some(RowView { heading: self.short_link(*row, page)?, cells, gap: false })
        };
        let heading = |column: &EntityId| {
            let link = self.short_link(*column, page)?;
            Some(ColumnView { text: link.text, url: link.url, ..ColumnView::default() })
        };
        let language = self.locale.language();
        let (one, other) = (row_kind.plural.within(language), column_kind.plural.within(language));
        let table = TableView {
            id,
            caption: if matrix.title.is_empty() { format!("{one} × {other}") } else { matrix.title.clone() },
            caption_shown: !matrix.title.is_empty(),
            corner: row_kind.label.within(language).to_owned(),
            columns: columns.iter().filter_map(heading).collect(),
            rows: rows.iter().filter_map(row).collect(),
            matrix: true,
            ..TableView::default()
        };
        vec![PartView::Table { table: self.with_csv(table, page) }]
    }

    fn scorecard_block(&self, card: &Scorecard, id: &str, page: &PagePath) -> Vec<PartView> {
        let book = self.book();
        let objectives = if card.objectives.is_empty() {
            insight::active_objectives(book)
        } else {
            let shown = card.objectives.iter().filter(|id| self.edition.entity(**id).is_some());
            shown.copied().collect()
        };
        if objectives.is_empty() {
            return Vec::new();
        }
        let day = card.on.unwrap_or(book.today);
        vec![self.scorecard(&insight::goals(book, &objectives, day), day, page, id)]
    }

    fn tree_block(&self, asked: &EntityTree, page: &PagePath) -> Vec<PartView> {
        let book = self.book();
        let roots = asked.roots.iter().filter(|root| self.edition.entity(**root).is_some());
        let items = roots.filter_map(|root| {
            self.tree_item(&insight::tree(book, *root, &asked.along, asked.depth), false, page)
        });
        let items: Vec<TreeItem> = items.collect();
        if items.is_empty() { Vec::new() } else { vec![PartView::Tree { items }] }
    }

    /// `again`: the relation is the one that was named just before.
    fn tree_item(&self, branch: &Limb<'_>, again: bool, page: &PagePath) -> Option<TreeItem> {
        let graph = self.edition.graph();
        let link = self.short_link(branch.id, page)?;
        let verb = branch.by.filter(|_| !again).and_then(|arrow| graph.verb(arrow));
        let mut items = Vec::new();
        let mut before = None;
        for below in &branch.below {
            let relation = below.by.map(|arrow| (arrow.verb, arrow.forward));
            items.extend(self.tree_item(below, relation == before, page));
            before = relation;
        }
        Some(TreeItem {
            verb: verb.map(|words| words.within(self.locale.language()).to_owned()).unwrap_or_default(),
            link: LinkView {
                note: branch.by.and_then(|arrow| arrow.note.clone()).unwrap_or_default(),
                ..link
            },
            here: self.addresses.entity(branch.id) == Some(page),
            items,
        })
    }
}

fn is_number(column: &Column, kind: &Kind) -> bool {
    let Facet::Field(index) = &column.facet else { return false };
    kind.fields.get(usize::from(*index)).is_some_and(|field| {
        matches!(
            field.shape,
            FieldType::Number { .. }
                | FieldType::Percent
                | FieldType::Money
                | FieldType::Hours
                | FieldType::Band
                | FieldType::Duration
        )
    })
}
