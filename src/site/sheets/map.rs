//! The map: the whole strategy as one drawing with links, and the same as a list.

use std::collections::BTreeMap;

use super::{Planner, Sheet};
use crate::chart::map::{Block, Label, Layout, lay_out};
use crate::insight::{MapAim, SERVING, StrategyMap, chain};
use crate::model::{Chapter, EntityId};
use crate::site::view::{BranchView, LineView, MapView, NodeView, PartView, RungView, StrokeView};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "map",
    path: ["map", "mapa"],
    chapter: Chapter::Objectives,
    parts,
    has: |planner| !planner.is_for_a_crisis() && StrategyMap::of(planner.book()).is_related(),
};

/// More than these are counted instead of drawn.
const MOST: usize = 60;
/// Widths of the columns.
const GOALS: i32 = 190;
const OBJECTIVES: i32 = 282;
const SERVERS: i32 = 252;

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let map = StrategyMap::of(planner.book());
    let drawn = map.tops() <= MOST;
    let mut parts = Vec::new();
    if drawn {
        parts.push(PartView::Map { map: planner.map(&map, page) });
    }
    let tops = map.goals.iter().copied();
    let alone = map.objectives.iter().filter(|aim| aim.parent.is_none()).map(|aim| aim.id);
    let rungs = tops.chain(alone).filter_map(|id| planner.rung_of_all(id, page)).collect();
    let list = PartView::Chain { label: String::new(), rungs, more: None };
    parts.push(PartView::Details {
        summary: planner.locale.word("map_as_list").to_owned(),
        open: !drawn,
        parts: vec![list],
    });
    parts
}

impl Planner<'_> {
    fn rung_of_all(&self, id: EntityId, page: &PagePath) -> Option<RungView> {
        let link = self.short_link(id, page)?;
        Some(RungView { link, ..self.hanging(id, chain::below(self.book(), id), false, page) })
    }

    fn map(&self, map: &StrategyMap, page: &PagePath) -> MapView {
        let whole = map.count() <= MOST;
        let served: Vec<EntityId> =
            if whole { map.serving.iter().flatten().copied().collect() } else { Vec::new() };
        let rows: BTreeMap<EntityId, usize> =
            map.objectives.iter().enumerate().map(|(row, aim)| (aim.id, row)).collect();
        let of_goal = |goal: EntityId| {
            let aims = map.objectives.iter().filter(move |aim| aim.parent == Some(goal));
            aims.filter_map(|aim| rows.get(&aim.id).copied()).collect()
        };
        let goals =
            map.goals.iter().map(|id| Label { beside: of_goal(*id), ..self.map_label(*id) }).collect();
        let objectives = map.objectives.iter().map(|aim| {
            let note = if whole { String::new() } else { self.counts(aim) };
            Label { note, depth: aim.depth, ..self.map_label(aim.id) }
        });
        let firsts: Vec<EntityId> = map.serving.iter().filter_map(|group| group.first().copied()).collect();
        let servers = served.iter().map(|id| Label {
            note: self.value_on_map(map, *id).0,
            heads: firsts.contains(id),
            ..self.map_label(*id)
        });
        let columns = [(GOALS, goals), (OBJECTIVES, objectives.collect()), (SERVERS, servers.collect())];
        let columns: Vec<(i32, Vec<Label>)> =
            columns.into_iter().filter(|(_, labels): &(i32, Vec<Label>)| !labels.is_empty()).collect();
        let layout = lay_out(&columns);
        let ids = map.goals.iter().chain(map.objectives.iter().map(|aim| &aim.id)).chain(&served);
        let places: BTreeMap<EntityId, &Block> = ids.copied().zip(layout.columns.iter().flatten()).collect();
        let branches = self.branches(map, &served, &places, page);
        let (width, height) = layout.size;
        MapView {
            title: self.locale.word("sheet_map").to_owned(),
            about: self.locale.word(if whole { "map_reading" } else { "map_counts" }).to_owned(),
            width,
            height,
            heads: self.heads(map, &firsts, &layout, &places),
            branches,
        }
    }

    fn map_label(&self, id: EntityId) -> Label {
        let entity = self.book().entity(id);
        Label { name: entity.map(|entity| entity.title.clone()).unwrap_or_default(), ..Label::default() }
    }

    /// "2 channels · 3 metrics".
    fn counts(&self, aim: &MapAim) -> String {
        let book = self.book();
        let counted = SERVING.iter().filter_map(|name| {
            let count = aim.serving.iter().filter(|id| book.kind_of(**id) == *name).count();
            let kind = book.kinds.named(name).filter(|_| count > 0)?;
            let words = if count == 1 { &kind.label } else { &kind.plural };
            let words = words.within(self.locale.language()).to_lowercase();
            Some(format!("{}\u{a0}{words}", self.locale.number(count as f64, 0)))
        });
        counted.collect::<Vec<_>>().join(" · ")
    }

    /// The value of a metric and what it means, as its first objective sees it.
    fn value_on_map(&self, map: &StrategyMap, id: EntityId) -> (String, &'static str) {
        let of = |aim: &MapAim| self.standing(aim.id).iter().find(|standing| standing.metric == id);
        let Some(standing) = map.objectives.iter().find_map(of) else { return Default::default() };
        match &standing.state {
            Some(tag) => (format!("{} · {}", standing.value, tag.text), tag.tone),
            None => (standing.value.clone(), ""),
        }
    }

    /// What stands above the columns, and above each group of the last.
    fn heads(
        &self,
        map: &StrategyMap,
        firsts: &[EntityId],
        layout: &Layout,
        places: &BTreeMap<EntityId, &Block>,
    ) -> Vec<LineView> {
        let language = self.locale.language();
        let kinds = self.edition.kinds();
        let plural = |name: &str| {
            kinds.named(name).map(|kind| kind.plural.within(language).to_owned()).unwrap_or_default()
        };
        let mut lefts = layout.lefts.iter().copied();
        let mut heads = Vec::new();
        let goals = (!map.goals.is_empty()).then(|| self.locale.word("map_goals").to_owned());
        let objectives = (!map.objectives.is_empty()).then(|| plural("objective"));
        for text in goals.into_iter().chain(objectives) {
            heads.push(LineView { x: lefts.next().unwrap_or(0), y: 18, text });
        }
        for block in firsts.iter().filter_map(|id| Some((*id, *places.get(id)?))) {
            let (id, block) = block;
            let text = plural(self.book().kind_of(id));
            heads.push(LineView { x: block.x, y: block.y - 10, text });
        }
        heads
    }

    /// The boxes, each with the lines that begin at it, so that pointing at one shows what hangs on it.
    fn branches(
        &self,
        map: &StrategyMap,
        served: &[EntityId],
        places: &BTreeMap<EntityId, &Block>,
        page: &PagePath,
    ) -> Vec<BranchView> {
        let mut strokes: BTreeMap<EntityId, Vec<StrokeView>> = BTreeMap::new();
        for aim in &map.objectives {
            let Some(here) = places.get(&aim.id) else { continue };
            if let Some((parent, block)) = aim.parent.and_then(|id| Some((id, places.get(&id)?))) {
                let elbow = || block.elbow_to(here);
                let d = if aim.depth == 0 { Some(block.curve_to(here)) } else { elbow() };
                strokes.entry(parent).or_default().extend(d.map(|d| StrokeView { d }));
            }
            for block in aim.serving.iter().filter_map(|id| places.get(id)) {
                strokes.entry(aim.id).or_default().push(StrokeView { d: here.curve_to(block) });
            }
        }
        let ids = map.goals.iter().copied().chain(map.objectives.iter().map(|aim| aim.id));
        ids.chain(served.iter().copied())
            .filter_map(|id| {
                let node = self.node(map, id, places.get(&id)?, page)?;
                Some(BranchView { strokes: strokes.remove(&id).unwrap_or_default(), node })
            })
            .collect()
    }

    fn node(&self, map: &StrategyMap, id: EntityId, block: &Block, page: &PagePath) -> Option<NodeView> {
        let link = self.short_link(id, page)?;
        let line = |(y, text): &(i32, String)| LineView { x: block.text_left(), y: *y, text: text.clone() };
        let kind = if map.goals.contains(&id) { "goal" } else { self.book().kind_of(id) };
        let (value, tone) = self.value_on_map(map, id);
        Some(NodeView {
            x: block.x,
            y: block.y,
            width: block.width,
            height: block.height,
            kind: kind.to_owned(),
            name: if value.is_empty() { link.text } else { format!("{}: {value}", link.text) },
            url: link.url,
            tone,
            lines: block.name.iter().map(line).collect(),
            notes: block.note.iter().map(line).collect(),
        })
    }
}
