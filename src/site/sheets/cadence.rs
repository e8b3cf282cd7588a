//! What channels promise to publish against what the calendar holds, and of which subjects and whose it is: for those who work with it.

use super::{Addition, Planner, heading};
use crate::insight::{Kept, Mix, ORIGINS, Pace, Share, Slot, mix, paces};
use crate::model::{EntityId, Readership};
use crate::site::view::{CellView, ColumnView, LinkView, PartView, RowView, TableView};
use crate::syntax::escape;
use crate::text::PagePath;

pub(super) static ON_CHANNEL: Addition = Addition { kind: "channel", closing: true, parts: of_channel };

/// How well a promise was kept is nobody's business but ours.
fn is_told(planner: &Planner<'_>) -> bool {
    matches!(planner.edition.readership(), Readership::Staff | Readership::Board)
}

/// The cadence of every channel that promises one.
pub(super) fn all(planner: &Planner<'_>) -> Vec<Pace> {
    if is_told(planner) { paces(planner.book()) } else { Vec::new() }
}

/// Every channel with the last period that is over, for the calendar.
pub(super) fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let mut parts = Vec::new();
    let rows: Vec<RowView> =
        planner.agenda().paces.iter().filter_map(|pace| channel(planner, pace, page)).collect();
    if !rows.is_empty() {
        parts.push(heading(planner.locale.word("cadence"), "_cadence"));
        let table = TableView {
            id: "_cadence-by-channel".to_owned(),
            caption: planner.locale.word("cadence").to_owned(),
            corner: planner.kind_label("channel"),
            columns: vec![
                column(planner, "cadence_promised", false),
                column(planner, "cadence_period", false),
                column(planner, "cadence_planned", true),
                column(planner, "cadence_published", true),
                column(planner, "cadence_exported", true),
                column(planner, "cadence_state", false),
                column(planner, "cadence_kept", false),
            ],
            rows,
            ..TableView::default()
        };
        parts.push(PartView::Table { table: planner.with_csv(table, page) });
        parts.push(prose(planner.locale.word("cadence_note")));
    }
    if let Some(mix) = mix(planner.book()).filter(|_| is_told(planner)) {
        let tables = [pillars(planner, &mix, page), origins(planner, &mix)];
        let tables: Vec<TableView> = tables.into_iter().flatten().collect();
        if !tables.is_empty() {
            parts.push(heading(planner.locale.word("mix"), "_mix"));
            parts.push(prose(planner.locale.word("mix_note")));
            let table = |table| PartView::Table { table: planner.with_csv(table, page) };
            parts.extend(tables.into_iter().map(table));
        }
    }
    parts
}

fn prose(text: &str) -> PartView {
    let mut html = "<p>".to_owned();
    escape::text(&mut html, text);
    html.push_str("</p>");
    PartView::Prose { html }
}

fn column(planner: &Planner<'_>, word: &str, numeric: bool) -> ColumnView {
    ColumnView { text: planner.locale.word(word).to_owned(), numeric, ..ColumnView::default() }
}

fn number(planner: &Planner<'_>, count: usize) -> CellView {
    CellView::number(planner.locale.number(count as f64, 0))
}

/// What an export of the platform lists for the period.
fn exported(planner: &Planner<'_>, slot: &Slot) -> CellView {
    let none =
        || CellView { label: planner.locale.word("cadence_not_exported").to_owned(), ..CellView::default() };
    slot.exported.map_or_else(none, |count| number(planner, count))
}

fn state(planner: &Planner<'_>, kept: Kept) -> CellView {
    let word = format!("cadence_{}", kept.name());
    CellView::text(planner.locale.word(&word))
}

/// How many of the periods that can be judged were kept.
fn kept(planner: &Planner<'_>, pace: &Pace) -> Option<String> {
    let judged = |slot: &&Slot| !matches!(slot.kept, Kept::Begun | Kept::Running);
    let over = pace.slots.iter().filter(judged).count();
    let met = pace.slots.iter().filter(|slot| slot.kept == Kept::Met).count();
    let number = |count: usize| planner.locale.number(count as f64, 0);
    let values = [("met", number(met)), ("all", number(over))];
    let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
    (over > 0).then(|| planner.locale.fill("cadence_of", &values))
}

fn channel(planner: &Planner<'_>, pace: &Pace, page: &PagePath) -> Option<RowView> {
    let mut heading = planner.short_link(pace.channel, page)?;
    heading.url.push_str("#_cadence");
    let mut latest = pace.slots.iter().rev();
    let slot = latest.clone().find(|slot| slot.kept != Kept::Running).or_else(|| latest.next())?;
    let promised = planner.field_shown(pace.channel, "cadence", page);
    let none = || CellView { label: planner.locale.word("cadence_none").to_owned(), ..CellView::default() };
    Some(RowView {
        heading,
        cells: vec![
            CellView { value: promised, ..CellView::default() },
            CellView::text(planner.period_named(pace.grain, slot.first)),
            number(planner, slot.planned),
            number(planner, slot.published),
            exported(planner, slot),
            state(planner, slot.kept),
            kept(planner, pace).map_or_else(none, CellView::text),
        ],
        gap: slot.kept == Kept::Short,
    })
}

/// The periods of a channel, the newest first.
fn of_channel(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let Some(pace) = planner.agenda().paces.iter().find(|pace| pace.channel == id) else { return Vec::new() };
    let row = |slot: &Slot| RowView {
        heading: LinkView { text: planner.period_named(pace.grain, slot.first), ..LinkView::default() },
        cells: vec![
            number(planner, pace.promised),
            number(planner, slot.planned),
            number(planner, slot.published),
            exported(planner, slot),
            state(planner, slot.kept),
        ],
        gap: slot.kept == Kept::Short,
    };
    let table = TableView {
        id: "_cadence-by-period".to_owned(),
        caption: planner.locale.word("cadence").to_owned(),
        corner: planner.locale.word("cadence_period").to_owned(),
        columns: vec![
            column(planner, "cadence_promised", true),
            column(planner, "cadence_planned", true),
            column(planner, "cadence_published", true),
            column(planner, "cadence_exported", true),
            column(planner, "cadence_state", false),
        ],
        rows: pace.slots.iter().rev().map(row).collect(),
        ..TableView::default()
    };
    let said = kept(planner, pace).map_or_else(
        || planner.locale.word("cadence_sentence_none").to_owned(),
        |kept| planner.locale.fill("cadence_sentence", &[("kept", kept.as_str())]),
    );
    vec![
        heading(planner.locale.word("cadence"), "_cadence"),
        prose(&said),
        PartView::Table { table: planner.with_csv(table, page) },
    ]
}

fn share(planner: &Planner<'_>, percent: f64) -> CellView {
    CellView::number(planner.locale.percent(percent, 0))
}

/// The pillars with what was wished and what is; none where no post has a pillar.
fn pillars(planner: &Planner<'_>, mix: &Mix, page: &PagePath) -> Option<TableView> {
    if mix.with_pillar == 0 {
        return None;
    }
    let uneven: Vec<EntityId> = mix.uneven().map(|share| share.pillar).collect();
    let none = || CellView { label: planner.locale.word("mix_not_said").to_owned(), ..CellView::default() };
    let row = |own: &Share| {
        let tone = if uneven.contains(&own.pillar) { "warn" } else { "" };
        let off = |off: f64| {
            let sign = if off.round() > 0.0 { "+" } else { "" };
            CellView::number(format!("{sign}{}", planner.locale.number(off.round() + 0.0, 0))).toned(tone)
        };
        Some(RowView {
            heading: planner.short_link(own.pillar, page)?,
            cells: vec![
                number(planner, own.posts),
                share(planner, own.real),
                own.wished.map_or_else(none, |(wished, _)| share(planner, wished)),
                own.off().map_or_else(none, off),
            ],
            gap: !tone.is_empty(),
        })
    };
    Some(TableView {
        id: "_mix-of-pillars".to_owned(),
        caption: planner.locale.word("mix_pillars").to_owned(),
        caption_shown: true,
        corner: planner.kind_label("pillar"),
        columns: vec![
            column(planner, "mix_posts", true),
            column(planner, "mix_real", true),
            column(planner, "mix_wished", true),
            column(planner, "mix_off", true),
        ],
        rows: mix.shares.iter().filter_map(row).collect(),
        ..TableView::default()
    })
}

/// Whose posts they are; none where no post says it.
fn origins(planner: &Planner<'_>, mix: &Mix) -> Option<TableView> {
    let all: usize = mix.origins.iter().sum();
    let labels = planner.choices("post", "origin");
    let row = |(name, count): (&&str, &usize)| {
        let (_, label) = labels.iter().find(|(known, _)| known == name)?;
        Some(RowView {
            heading: LinkView { text: label.clone(), ..LinkView::default() },
            cells: vec![number(planner, *count), share(planner, *count as f64 * 100.0 / all.max(1) as f64)],
            gap: false,
        })
    };
    (all > 0).then(|| TableView {
        id: "_mix-of-origins".to_owned(),
        caption: planner.locale.word("mix_origins").to_owned(),
        caption_shown: true,
        corner: planner.label("post", "origin"),
        columns: vec![column(planner, "mix_posts", true), column(planner, "mix_real", true)],
        rows: ORIGINS.iter().zip(&mix.origins).filter_map(row).collect(),
        ..TableView::default()
    })
}
