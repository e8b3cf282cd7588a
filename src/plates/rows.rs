//! Charts whose rows are entities: the steps of a procedure, everything of a kind that has dates. The rows are read from the edition that is drawn, so that they cannot tell more than its pages.

use std::collections::BTreeMap;

use crate::chart::{self, ChartData, ChartKind, ChartSpec, Duty, Lasting, Raci};
use crate::finding::{Code, Finding, Language, Level};
use crate::insight::{self, OCCURRING, names_of_kind};
use crate::model::{Entity, EntityId, KindId, Kinds, Playbook, Resolved};
use crate::series::Habits;
use crate::syntax::{Entry, Node, Style, Tree};
use crate::text::{Spanned, fold, nearest, slug};
use crate::words;
use crate::world::Date;

/// Rows that the playbook does not have.
pub(super) static UNKNOWN_ROWS: Code =
    Code { id: "P541", name: "unknown_rows", level: Level::Error, since: "0.1.0" };

/// Where the rows of a chart are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The entities of this kind that have dates; a day is marked.
    Lasting(KindId, Option<Date>),
    /// The steps of this procedure.
    Steps(EntityId),
}

impl Rows {
    /// What the entities say that `shown` yields, in the order of time or of the steps.
    pub fn data<'a>(
        self,
        kinds: &Kinds,
        language: Language,
        shown: impl Iterator<Item = (EntityId, &'a Entity<Resolved>)>,
    ) -> ChartData {
        match self {
            Rows::Lasting(kind, today) => {
                let heading = kinds.kind(kind).map(|kind| kind.label.within(language)).unwrap_or_default();
                let of_kind = shown.filter(|(_, entity)| entity.kind == kind);
                let mut rows: Vec<Lasting> = of_kind
                    .filter_map(|(_, entity)| {
                        let (start, end) = insight::occurrence(kinds, entity)?;
                        Some(Lasting { name: entity.title.clone(), group: String::new(), start, end })
                    })
                    .collect();
                rows.sort_by(|one, other| (one.start, &one.name).cmp(&(other.start, &other.name)));
                ChartData::of_spans(heading.to_owned(), rows, today)
            }
            Rows::Steps(procedure) => {
                let shown: BTreeMap<EntityId, &Entity<Resolved>> = shown.collect();
                let steps = shown.get(&procedure).map(|entity| insight::steps(kinds, entity));
                let mut raci = Raci::default();
                for step in steps.unwrap_or_default() {
                    let by_duty = [
                        (Duty::Responsible, &step.responsible),
                        (Duty::Accountable, &step.accountable),
                        (Duty::Consulted, &step.consulted),
                        (Duty::Informed, &step.informed),
                    ];
                    let mut duties = Vec::new();
                    for (duty, roles) in by_duty {
                        for role in roles.iter().filter_map(|role| shown.get(role)) {
                            duties.push((raci.role(&role.title), duty));
                        }
                    }
                    raci.steps.push(chart::Step { name: step.name.value, span: step.name.span, duties });
                }
                ChartData::of_raci(raci)
            }
        }
    }
}

/// What stands for the title that a `raci` block may leave out: that of its procedure is taken.
const UNTITLED: &str = "\u{0}";

/// Whether a block of this name is the short form of a RACI table.
pub(super) fn is_raci(name: &str) -> bool {
    fold(name) == "raci"
}

/// A `raci` block as the chart that it is short for: `of: procedure`, or the procedure alone.
pub(super) fn raci(node: Node, name: &Spanned<String>) -> Node {
    let span = node.span;
    let entry = |key: &str, value: Node| Entry { key: Spanned::new(key.to_owned(), name.span), value };
    let word = |text: &str| Node { span: name.span, tree: Tree::Scalar(text.to_owned(), Style::Plain) };
    let mut entries = match node.tree {
        Tree::Map(entries) => entries,
        Tree::Null => Vec::new(),
        Tree::Scalar(..) | Tree::List(_) => vec![entry("of", node)],
    };
    let has = |names: [&str; 2]| entries.iter().any(|entry| names.contains(&fold(&entry.key.value).as_str()));
    let (has_kind, has_title) = (has(["chart", "grafico"]), has(["title", "titulo"]));
    if !has_kind {
        entries.push(entry("chart", word("raci")));
    }
    if !has_title {
        entries.push(entry("title", word(UNTITLED)));
    }
    Node { span, tree: Tree::Map(entries) }
}

/// Takes away again what stood for the title.
pub(super) fn untitle(spec: &mut ChartSpec) {
    if spec.title == UNTITLED {
        spec.title.clear();
    }
}

/// The rows that `of:` names; `None` when the playbook does not have them.
pub(super) fn rows(
    spec: &ChartSpec,
    of: &Spanned<String>,
    playbook: &Playbook<Resolved>,
    habits: Habits,
    findings: &mut Vec<Finding>,
) -> Option<Rows> {
    let kinds = &playbook.kinds;
    let steps = spec.own_tree("steps").map(|node| Spanned::new("steps".to_owned(), node.span));
    let columns = spec.x.iter().chain(&spec.color).chain(spec.own_text("start")).chain(spec.own_text("end"));
    if let Some(other) = spec.data.iter().chain(&spec.metrics).chain(columns).chain(&steps).next() {
        findings.push(beside(of, other));
    }
    if spec.kind == ChartKind::Raci {
        let procedures: BTreeMap<String, EntityId> = playbook
            .iter()
            .filter(|(_, entity)| kinds.kind(entity.kind).is_some_and(|kind| kind.name == "procedure"))
            .flat_map(|(id, entity)| {
                let titles = entity.titles().map(move |title| (slug(title), id));
                titles.chain([(entity.id.clone(), id)])
            })
            .collect();
        let found = procedures.get(&slug(&of.value)).copied();
        if found.is_none() {
            findings.push(unknown_procedure(of, &procedures));
        }
        return found.map(Rows::Steps);
    }
    let today = chart::marked_day(spec, habits).into(findings);
    let lasting = || kinds.iter().filter(|kind| OCCURRING.iter().any(|(name, ..)| *name == kind.name));
    let folded = fold(&of.value);
    let Some(kind) = lasting().find(|kind| names_of_kind(kind).iter().any(|name| fold(name) == folded))
    else {
        findings.push(unknown_kind(of, nearest(&of.value, lasting().flat_map(names_of_kind))));
        return None;
    };
    let dated = |(_, entity): (EntityId, &Entity<Resolved>)| {
        entity.kind == kind.id && insight::occurrence(kinds, entity).is_some()
    };
    if !playbook.iter().any(dated) {
        findings.push(without_dates(of));
        return None;
    }
    Some(Rows::Lasting(kind.id, today))
}

fn unknown_procedure(of: &Spanned<String>, known: &BTreeMap<String, EntityId>) -> Finding {
    let written = &of.value;
    Finding::new(
        &UNKNOWN_ROWS,
        of.span,
        words!("there is no procedure `{written}`", "no hay ningún procedimiento `{written}`"),
    )
    .why(words!("the rows of the table are its steps", "las filas de la tabla son sus pasos"))
    .help(words!(
        "write the id or the title of a procedure",
        "escribe el identificador o el título de un procedimiento"
    ))
    .suggest(nearest(written, known.keys().map(String::as_str)))
}

fn unknown_kind(of: &Spanned<String>, near: Option<&str>) -> Finding {
    let written = &of.value;
    Finding::new(
        &UNKNOWN_ROWS,
        of.span,
        words!("`{written}` is nothing that has dates", "`{written}` no es nada que tenga fechas"),
    )
    .why(words!("each row lasts from a first to a last day", "cada fila dura de un primer día a un último"))
    .help(words!(
        "write `campaigns`, `incidents` or `decisions`",
        "escribe `campanas`, `incidencias` o `decisiones`"
    ))
    .suggest(near)
}

fn without_dates(of: &Spanned<String>) -> Finding {
    let written = &of.value;
    Finding::new(
        &UNKNOWN_ROWS,
        of.span,
        words!("none of the `{written}` has a date", "en `{written}` no hay nada con fecha"),
    )
    .why(words!("without dates nothing can stand in time", "sin fechas nada tiene sitio en el tiempo"))
    .help(words!("give one of them its first day", "indica en alguna ficha el primer día"))
}

fn beside(of: &Spanned<String>, other: &Spanned<String>) -> Finding {
    let (written, beside) = (&of.value, &other.value);
    Finding::new(
        &UNKNOWN_ROWS,
        other.span,
        words!(
            "the rows are those of `{written}` and cannot be those of `{beside}` too",
            "las filas son las de `{written}` y no pueden ser también las de `{beside}`"
        ),
    )
    .also(of.span, words!("this one counts", "esto es lo que cuenta"))
    .why(words!("a chart has its rows from one place", "un gráfico toma sus filas de un solo sitio"))
    .help(words!("delete one of the two keys", "borra una de las dos claves"))
}
