//! What is covered and what is missing: the coverage rules of kinds on an entity, and two kinds against each other.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use super::{Accepted, Book, accepted};
use crate::finding::{Code, Level};
use crate::model::{
    Entity, EntityId, Field, FieldType, Item, Kind, KindId, Kinds, Record, Resolved, Rule, Value,
};
use crate::relations::Graph;
use crate::text::{Span, Spanned, fold};

/// Something has nothing of what the settings want it to have. It is known here, since the gap can be meant to be.
pub static COVERAGE_GAP: Code =
    Code { id: "P319", name: "coverage_gap", level: Level::Warning, since: "0.1.0" };

/// The pairs of kinds that every strategy has.
pub const PAIRS: &[(&str, &str)] = &[
    ("objective", "metric"),
    ("objective", "channel"),
    ("objective", "audience"),
    ("objective", "pillar"),
    ("audience", "channel"),
];

/// A pair of kinds to hold against each other.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What should be covered.
    pub rows: KindId,
    /// By what.
    pub columns: KindId,
    /// How a row without any is told; not at all when `None`.
    pub level: Option<Level>,
    /// Whether the author wrote it, and where.
    pub span: Option<Span>,
}

/// A coverage entry of the settings as it was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Word for the kind of the rows.
    pub rows: Spanned<String>,
    /// Word for the kind of the columns.
    pub columns: Spanned<String>,
    /// The level of findings, if there are to be any.
    pub level: Option<Level>,
}

/// Two kinds against each other.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The kind of the rows.
    pub rows: KindId,
    /// The kind of the columns.
    pub columns: KindId,
    /// The rows.
    pub across: Vec<Line>,
    /// The columns.
    pub down: Vec<Line>,
    cells: BTreeMap<(EntityId, EntityId), Option<String>>,
}

/// A row or a column.
#[derive(Clone, Debug)]
pub struct Line {
    /// Whose it is.
    pub id: EntityId,
    /// How it stands.
    pub state: State,
}

/// Whether something is covered.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It has at least one.
    Covered,
    /// It has none, and need not.
    Free,
    /// It has none, on purpose.
    Justified(Accepted),
    /// It has none.
    Missing,
}

impl Matrix {
    /// All that is alive of two kinds; `None` when there is nothing of one of them.
    pub fn of(book: Book<'_>, rows: KindId, columns: KindId) -> Option<Self> {
        let alive = |kind: KindId| -> Vec<EntityId> {
            let all = book.iter().filter(|(_, entity)| entity.kind == kind && book.is_active(entity));
            all.map(|(id, _)| id).collect()
        };
        let (rows_of, columns_of) = (alive(rows), alive(columns));
        let known: BTreeSet<EntityId> = columns_of.iter().copied().collect();
        let mut cells: BTreeMap<(EntityId, EntityId), Option<String>> = BTreeMap::new();
        for row in &rows_of {
            for arrow in book.graph.arrows(*row) {
                if known.contains(&arrow.other) && !book.graph.is_mention(arrow) {
                    let note = cells.entry((*row, arrow.other)).or_default();
                    if note.is_none() {
                        note.clone_from(&arrow.note);
                    }
                }
            }
        }
        let (used_rows, used_columns): (BTreeSet<EntityId>, BTreeSet<EntityId>) =
            cells.keys().copied().unzip();
        let across = lines(book, &rows_of, columns, &used_rows);
        let mut down = lines(book, &columns_of, rows, &used_columns);
        // A pair of the settings asks something of its rows only.
        let name = |kind: KindId| book.kinds.kind(kind).map(|kind| kind.name.as_str()).unwrap_or_default();
        if !PAIRS.contains(&(name(rows), name(columns))) {
            let asked =
                book.kinds.kind(columns).and_then(|kind| rule_between(book.graph, kind, rows)).is_some();
            for line in down.iter_mut().filter(|line| !asked && line.state == State::Missing) {
                line.state = State::Free;
            }
        }
        (!across.is_empty() && !down.is_empty()).then_some(Self { rows, columns, across, down, cells })
    }

    /// What a row has of a column: the note of the relation, perhaps none; `None` when they are not related.
    pub fn cell(&self, row: EntityId, column: EntityId) -> Option<Option<&str>> {
        self.cells.get(&(row, column)).map(Option::as_deref)
    }

    /// Rows of which something is asked, and how many of them are covered, and how many lack it on purpose.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count =
            |wanted: fn(&State) -> bool| self.across.iter().filter(|line| wanted(&line.state)).count();
        (
            count(|state| *state != State::Free),
            count(|state| *state == State::Covered),
            count(|state| matches!(state, State::Justified(_))),
        )
    }
}

/// Those that are covered or should be.
fn lines(book: Book<'_>, ids: &[EntityId], other: KindId, used: &BTreeSet<EntityId>) -> Vec<Line> {
    let line = |id: &EntityId| {
        let state = if used.contains(id) { State::Covered } else { missing(book, *id, other)? };
        Some(Line { id: *id, state })
    };
    ids.iter().filter_map(line).collect()
}

/// Why an entity has nothing of a kind; `None` when nothing of the sort is asked of it.
fn missing(book: Book<'_>, id: EntityId, other: KindId) -> Option<State> {
    let entity = book.entity(id)?;
    let kind = book.kinds.kind(entity.kind)?;
    let rule = rule_between(book.graph, kind, other);
    // What no rule asks by name is asked of those of whom rules ask anything: not of the goal of the organisation, not of a channel that was given up.
    let asks = |rule: &&Rule| rule.at_least.is_some_and(|least| least > 0);
    if let Some(rule) = rule.or_else(|| kind.rules.iter().find(asks))
        && !applies(book.kinds, entity, rule)
    {
        return None;
    }
    let gap = accepted(book.kinds, entity).into_iter().find(|gap| {
        let holds = gap.until.is_none_or(|until| until >= book.today);
        holds && (rule.is_some_and(|rule| gap.names(rule.code)) || gap.names(&COVERAGE_GAP))
    });
    Some(gap.map_or(State::Missing, State::Justified))
}

/// The rule that asks of a kind to have something of another.
pub fn rule_between<'a>(graph: &Graph, kind: &'a Kind, other: KindId) -> Option<&'a Rule> {
    let leads = |rule: &&Rule| {
        let relation = field_at(&kind.fields, &rule.of).and_then(|field| field.shape.relation());
        let own = relation.is_some_and(|relation| relation.to.contains(&other));
        // A relation from within a record (the metric of a target) has no field on the other side, only a name.
        let named = || graph.verbs.iter().any(|verb| verb.kind == Some(other) && verb.inverse == rule.of);
        rule.at_least.is_some_and(|least| least > 0) && (own || named())
    };
    kind.rules.iter().find(leads)
}

/// The field at a path.
fn field_at<'a>(fields: &'a [Field], path: &str) -> Option<&'a Field> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let field = fields.iter().find(|field| field.name == name)?;
    if rest.is_empty() { Some(field) } else { field_at(field.shape.record()?, rest) }
}

/// The pairs of a playbook: those of every strategy, then those of its settings.
pub fn wishes(book: Book<'_>) -> Vec<Wish> {
    let id = |name: &str| book.kinds.named(name).map(|kind| kind.id);
    let common = PAIRS.iter().filter_map(|(rows, columns)| {
        Some(Wish { rows: id(rows)?, columns: id(columns)?, level: None, span: None })
    });
    let mut wishes: Vec<Wish> = common.collect();
    for written in written(book) {
        let (Some(rows), Some(columns)) =
            (meant(book.kinds, &written.rows.value), meant(book.kinds, &written.columns.value))
        else {
            continue;
        };
        let wish =
            Wish { rows: rows.id, columns: columns.id, level: written.level, span: Some(written.rows.span) };
        match wishes.iter_mut().find(|known| (known.rows, known.columns) == (wish.rows, wish.columns)) {
            Some(known) => *known = wish,
            None => wishes.push(wish),
        }
    }
    wishes
}

/// The kind that an author means: by its name or that of its folder, in either language.
pub fn meant<'a>(kinds: &'a Kinds, word: &str) -> Option<&'a Kind> {
    kinds.named(word).or_else(|| kinds.of_folder(word))
}

/// The coverage entries of the settings.
pub fn written(book: Book<'_>) -> Vec<Written> {
    let Some(field) = book.kinds.settings.iter().find(|field| field.name == "coverage") else {
        return Vec::new();
    };
    let (Some(fields), Some(Value::List(items))) =
        (field.shape.record(), book.setting("coverage").map(|item| &item.value))
    else {
        return Vec::new();
    };
    let entry = |item: &Item<Resolved>| {
        let Value::Record(record) = &item.value else { return None };
        let fields = Fields::new(fields, record);
        let level = match fields.choice("level") {
            Some("error") => Some(Level::Error),
            Some("warning") => Some(Level::Warning),
            Some("note") => Some(Level::Note),
            _ => None,
        };
        Some(Written { rows: fields.text("rows")?, columns: fields.text("columns")?, level })
    };
    items.iter().filter_map(entry).collect()
}

/// Whether two kinds can be related at all.
pub fn can_be_related(one: &Kind, other: &Kind) -> bool {
    fn leads(fields: &[Field], to: KindId) -> bool {
        fields.iter().any(|field| {
            let own = field
                .shape
                .relation()
                .is_some_and(|relation| relation.to.contains(&to) || relation.to.is_empty());
            own || field.shape.record().is_some_and(|fields| leads(fields, to))
        })
    }
    leads(&one.fields, other.id) || leads(&other.fields, one.id)
}

/// Whether a rule is meant for an entity.
pub fn applies(kinds: &Kinds, entity: &Entity<Resolved>, rule: &Rule) -> bool {
    let fields = kinds.kind(entity.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
    rule.when.iter().all(|(path, wanted)| match choice_at(fields, &entity.record, path) {
        Some(names) => names.iter().any(|name| wanted.contains(name)),
        // Who says nothing about the state of a thing means that it is alive.
        None if path == "status" => wanted.iter().any(|name| name == "active"),
        None => wanted.iter().any(|name| name == "none"),
    })
}

/// Whether an entity keeps a rule that is meant for it, or something else in that field must be mended first.
pub fn keeps(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>, kind: &Kind, rule: &Rule) -> bool {
    let name = rule.of.split('.').next().unwrap_or_default();
    if kind.index(name).is_some_and(|field| book.is_unsettled(id, field)) {
        return true;
    }
    let count = count(&kind.fields, entity, id, book.graph, &rule.of);
    rule.at_least.is_none_or(|least| count >= least) && rule.at_most.is_none_or(|most| count <= most)
}

/// The names of the choice (or yes/no, or text) at a path of a record.
fn choice_at(fields: &[Field], record: &Record<Resolved>, path: &str) -> Option<Vec<String>> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let index = fields.iter().position(|field| field.name == name)?;
    let field = fields.get(index)?;
    let item = record.value(u16::try_from(index).ok()?)?;
    match (&item.value, &field.shape) {
        (Value::Record(inner), FieldType::Record(fields)) if !rest.is_empty() => {
            choice_at(fields, inner, rest)
        }
        (Value::Choice(choice), FieldType::Choice(choices)) => {
            choices.get(usize::from(*choice)).map(|choice| choice.names.clone())
        }
        (Value::YesNo(yes), _) => Some(vec![if *yes { "yes" } else { "no" }.to_owned()]),
        (Value::Text(text), _) => Some(vec![fold(text)]),
        _ => None,
    }
}

/// How many relations (in either direction, by field, path or inverse name) or values stand at `of`.
fn count(fields: &[Field], entity: &Entity<Resolved>, id: EntityId, graph: &Graph, of: &str) -> usize {
    let mut others: Vec<_> =
        graph.arrows(id).iter().filter(|arrow| graph.name(arrow) == of).map(|arrow| arrow.other).collect();
    others.sort();
    others.dedup();
    if others.is_empty() { values(fields, &entity.record.fields, of) } else { others.len() }
}

fn values(fields: &[Field], record: &[(u16, Item<Resolved>)], path: &str) -> usize {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(index) = fields.iter().position(|field| field.name == name) else { return 0 };
    let Some((_, item)) = record.iter().find(|(known, _)| usize::from(*known) == index) else { return 0 };
    let inner = fields.get(index).and_then(|field| field.shape.record()).unwrap_or_default();
    at(&item.value, inner, rest)
}

fn at(value: &Value<Resolved>, fields: &[Field], rest: &str) -> usize {
    match value {
        Value::Record(record) if !rest.is_empty() => values(fields, &record.fields, rest),
        Value::List(items) if !rest.is_empty() => {
            items.iter().map(|item| at(&item.value, fields, rest)).sum()
        }
        Value::List(items) => items.len(),
        Value::Links(edges) => edges.len(),
        _ => usize::from(rest.is_empty()),
    }
}

/// Audiences of an objective whom none of its channels reaches; those without any channel are another matter.
pub fn out_of_reach(book: Book<'_>, objective: EntityId) -> Vec<EntityId> {
    let channels = book.related(objective, "channels");
    let reaches = |audience: &EntityId| {
        let theirs = book.related(*audience, "channels");
        theirs.is_empty() || theirs.iter().any(|channel| channels.contains(channel))
    };
    if channels.is_empty() {
        return Vec::new();
    }
    book.related(objective, "audiences").into_iter().filter(|audience| !reaches(audience)).collect()
}

/// Whether it is said of an audience what it needs, what hinders it, or what moves it.
pub fn is_known(book: Book<'_>, audience: &Entity<Resolved>) -> bool {
    let fields = Fields::of(book.kinds, audience, "audience");
    fields.is_some_and(|fields| ["needs", "barriers", "insight"].iter().any(|name| fields.has(name)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn strategy() -> Sample {
        Sample::new([
            (
                "playbook.yaml",
                "title: T\ncoverage:\n  - { rows: objectives, columns: canales, level: note }\n  - { rows: objectives, columns: nonsense }\n",
            ),
            ("objectives/river.md", "---\nkind: organisation\n---\n"),
            (
                "objectives/hands.md",
                "---\nkind: communication\naudiences: [volunteers, press]\nchannels: [{ ref: letter, for: dates }]\n---\n",
            ),
            (
                "objectives/trust.md",
                "---\nkind: communication\naccept: [{ code: P304, reason: next year, until: 2026-12-31 }]\n---\n",
            ),
            (
                "objectives/late.md",
                "---\nkind: communication\naccept: [{ code: P304, reason: last year, until: 2025-12-31 }]\n---\n",
            ),
            ("objectives/gone.md", "---\nkind: communication\nstatus: retired\n---\n"),
            ("audiences/volunteers.md", "---\nwho: They\nneeds: [dates]\nchannels: [letter]\n---\n"),
            ("audiences/press.md", "---\nwho: They\nchannels: [site]\n---\n"),
            ("channels/letter.md", "---\npurpose: p\n---\n"),
            ("channels/site.md", "---\npurpose: p\n---\n"),
            ("channels/given-up.md", "---\npurpose: p\ncase: { decision: avoid }\n---\n"),
        ])
    }

    fn state<'m>(matrix: &'m Matrix, sample: &Sample, kind: &str, id: &str) -> Option<&'m State> {
        let id = sample.id(kind, id);
        let lines = matrix.across.iter().chain(&matrix.down);
        lines.into_iter().find(|line| line.id == id).map(|line| &line.state)
    }

    #[test]
    fn rows_and_columns_say_how_they_stand() {
        let sample = strategy();
        let book = sample.book();
        let id = |name: &str| book.kinds.named(name).expect("a kind").id;
        let matrix = Matrix::of(book, id("objective"), id("channel")).expect("a matrix");
        let of = |kind: &str, name: &str| state(&matrix, &sample, kind, name);
        assert_eq!(of("objective", "hands"), Some(&State::Covered));
        assert!(matches!(of("objective", "trust"), Some(State::Justified(gap)) if gap.reason == "next year"));
        assert_eq!(of("objective", "late"), Some(&State::Missing));
        // Nothing is asked of the goal of all, of what is retired, of what was given up.
        assert_eq!(of("objective", "river"), None);
        assert_eq!(of("objective", "gone"), None);
        assert_eq!(of("channel", "given-up"), None);
        assert_eq!(of("channel", "site"), Some(&State::Missing));
        let cell = matrix.cell(sample.id("objective", "hands"), sample.id("channel", "letter"));
        assert_eq!(cell, Some(Some("dates")));
        assert_eq!(matrix.counts(), (3, 1, 1));
    }

    #[test]
    fn nothing_of_a_kind_makes_no_matrix() {
        let sample = strategy();
        let book = sample.book();
        let id = |name: &str| book.kinds.named(name).expect("a kind").id;
        assert!(Matrix::of(book, id("objective"), id("pillar")).is_none());
    }

    #[test]
    fn settings_add_pairs() {
        let sample = strategy();
        let book = sample.book();
        let wishes = wishes(book);
        assert_eq!(wishes.len(), PAIRS.len());
        assert_eq!(wishes.iter().filter(|wish| wish.level == Some(Level::Note)).count(), 1);
        assert_eq!(written(book).len(), 2);
    }

    #[test]
    fn an_audience_that_no_channel_of_the_objective_reaches() {
        let sample = strategy();
        let book = sample.book();
        assert_eq!(out_of_reach(book, sample.id("objective", "hands")), [sample.id("audience", "press")]);
        assert!(out_of_reach(book, sample.id("objective", "trust")).is_empty());
        let known = |id: &str| is_known(book, book.entity(sample.id("audience", id)).expect("an audience"));
        assert!(known("volunteers") && !known("press"));
    }
}
