//! The theme contract, second part: what computed views are made of. Pages of the whole playbook, additions to the page of an entity, and blocks in a text are lists of these.

use serde::Serialize;

use super::days::{DayView, MonthView};
use super::view::{
    ChangeView, ChartView, CrisisView, FactView, KpiView, LinkView, Shown, StatementView, TagView,
};
use crate::text::csv_line;

/// A part of a view; `part` tells which. Each is drawn by the component of that name in `components/parts.html`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum PartView {
    /// A heading; those of level 2 and 3 stand in the contents of the page.
    Heading {
        /// Text.
        text: String,
        /// Anchor, unique on the page; begins with `_`.
        anchor: String,
        /// 2 or 3.
        level: u8,
    },
    /// Sentences.
    Prose {
        /// Safe HTML.
        html: String,
    },
    /// A remark that must not be overlooked.
    Note {
        /// The sentence.
        text: String,
        /// `good`, `warn`, `bad`, `info` or `neutral`.
        tone: &'static str,
    },
    /// What to do before anything else.
    Alarm {
        /// Safe HTML.
        html: String,
    },
    /// A few large numbers with what they count.
    Figures {
        /// The numbers.
        figures: Vec<FigureView>,
    },
    /// Cards of metrics.
    Kpis {
        /// The cards.
        kpis: Vec<KpiView>,
    },
    /// A chart with sentence, table and file.
    Chart {
        /// The chart.
        chart: Box<ChartView>,
    },
    /// A table of entities, or a matrix of two kinds.
    Table {
        /// The table.
        table: TableView,
    },
    /// Cards of entities, side by side where there is room.
    Cards {
        /// The cards.
        cards: Vec<CardView>,
    },
    /// Links under one another.
    Links {
        /// The links.
        links: Vec<LinkView>,
    },
    /// Lists in lists: a chain from a goal down to a figure.
    Tree {
        /// The outermost items.
        items: Vec<TreeItem>,
    },
    /// A prepared text, ready to be copied.
    Statement {
        /// The text in its languages.
        statement: StatementView,
    },
    /// Months as tables of weeks; on a telephone, lists of days.
    Months {
        /// The months.
        months: Vec<MonthView>,
        /// What the signs in them mean.
        legend: Vec<TagView>,
    },
    /// Days under one another, each with what happens on it.
    Agenda {
        /// The days that have something.
        days: Vec<DayView>,
    },
    /// Steps to be ticked off: boxes on paper, and with a script in this browser.
    Checklist {
        /// The steps.
        checklist: ChecklistView,
    },
    /// The card of a crisis scenario.
    Crisis {
        /// The card.
        card: Box<CrisisView>,
    },
    /// Why something is there, from the goal down to it; or what hangs on a goal.
    Chain {
        /// What the chain answers; when it is not seen as a heading above.
        label: String,
        /// The outermost places.
        rungs: Vec<RungView>,
        /// Where the rest can be seen, when not all of it is shown.
        more: Option<LinkView>,
    },
    /// The whole strategy as a drawing with links.
    Map {
        /// The drawing.
        map: MapView,
    },
    /// Steps and where they lead, as drawings and as a list with links.
    Flow {
        /// The flow.
        flow: FlowView,
    },
    /// Objectives with their targets.
    Scorecard {
        /// The card.
        card: ScorecardView,
    },
    /// Parts that are folded up at first; a page on paper shows them.
    Details {
        /// What can be opened.
        summary: String,
        /// Whether it is open at first.
        open: bool,
        /// What is inside.
        parts: Vec<PartView>,
    },
}

/// A large number.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureView {
    /// The number with its unit.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// What has to be known besides; may be empty.
    pub note: String,
    /// Where it is broken down; may be empty.
    pub url: String,
    /// `good`, `warn`, `bad`, `info` or `neutral`.
    pub tone: &'static str,
}

/// A table whose rows have a heading.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TableView {
    /// Unique on the page; begins with `_`.
    pub id: String,
    /// What the table shows; always said, visible or not.
    pub caption: String,
    /// Whether the caption is seen (the heading above does not say the same).
    pub caption_shown: bool,
    /// Heading of the first column.
    pub corner: String,
    /// Headings of the others.
    pub columns: Vec<ColumnView>,
    /// Rows.
    pub rows: Vec<RowView>,
    /// Whether the same stands below as a list: on narrow screens the table then gives way to it.
    pub twin: bool,
    /// Whether it relates two kinds: then many columns are expected, and empty cells mean something.
    pub matrix: bool,
    /// "Only gaps": when not empty, readers can hide the rows without one. Works without a script.
    pub gaps_label: String,
    /// Said below; may be empty.
    pub note: String,
    /// Relative address of the same as CSV; may be empty.
    pub csv_url: String,
}

/// A column.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ColumnView {
    /// Heading.
    pub text: String,
    /// Where the heading leads; may be empty.
    pub url: String,
    /// Whether its cells are numbers.
    pub numeric: bool,
    /// State of the whole column ("no audience"), where there is one.
    pub tag: Option<TagView>,
}

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RowView {
    /// Heading of the row.
    pub heading: LinkView,
    /// One for each column.
    pub cells: Vec<CellView>,
    /// Whether something is missing in it.
    pub gap: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CellView {
    /// What stands in it; `None` for nothing.
    pub value: Option<Shown>,
    /// `gap` (something is missing), `justified` (missing on purpose), `good`, `warn`, `bad`, or empty.
    pub tone: &'static str,
    /// What an empty cell means, for those who do not see it; may be empty.
    pub label: String,
}

/// Objectives with their targets: one table, stacked where there is no room.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScorecardView {
    /// Unique on the page; begins with `_`.
    pub id: String,
    /// What is shown, for those who do not see the heading.
    pub caption: String,
    /// The objectives, those above first.
    pub goals: Vec<GoalView>,
    /// Said below; may be empty.
    pub note: String,
    /// Relative address of the same as CSV; may be empty.
    pub csv_url: String,
}

/// An objective.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GoalView {
    /// The objective.
    pub link: LinkView,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// Its targets.
    pub aims: Vec<AimView>,
    /// Said when it has no target.
    pub empty: String,
}

/// A target.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AimView {
    /// The metric.
    pub metric: LinkView,
    /// Its unit where the numbers do not bear it.
    pub unit: String,
    /// State, in words.
    pub status: Option<TagView>,
    /// The value; empty when there is none.
    pub actual: String,
    /// Of when it is, since when it is added up, or what became of it after it was issued.
    pub period: String,
    /// What was expected by the day; may be empty.
    pub expected: String,
    /// The value to reach.
    pub target: String,
    /// Until when; may be empty.
    pub by: String,
    /// Where it began; may be empty.
    pub baseline: String,
    /// When that was; may be empty.
    pub since: String,
    /// The share of the way that is done; may be empty.
    pub attained: String,
    /// Against the period before.
    pub trend: Option<ChangeView>,
    /// The last periods as a small line; safe HTML, may be empty.
    pub spark_html: String,
    /// How old the newest figure is; may be empty.
    pub age: String,
}

/// A card.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CardView {
    /// Whose card it is.
    pub title: LinkView,
    /// Above the title; may be empty.
    pub kicker: String,
    /// What is said of it.
    pub rows: Vec<FactView>,
    /// Links at the foot.
    pub links: Vec<LinkView>,
}

/// An item of a tree.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TreeItem {
    /// How it hangs on what is above it: "is measured by"; may be empty.
    pub verb: String,
    /// The entity, with the note of the relation as its note.
    pub link: LinkView,
    /// Whether this is the page's own entity.
    pub here: bool,
    /// What hangs on it.
    pub items: Vec<TreeItem>,
}

/// Steps to be ticked off.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChecklistView {
    /// In order.
    pub checks: Vec<CheckView>,
    /// "{n} of {of} done".
    pub progress: String,
    /// Said when all are done.
    pub done: String,
    /// What takes all marks away.
    pub reset: String,
    /// Where the marks are kept.
    pub kept: String,
    /// Said where the browser keeps none.
    pub not_kept: String,
}

/// A step to be ticked off.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckView {
    /// Its name among the marks, unique in the list.
    pub name: String,
    /// What to do; may be empty. Safe HTML.
    pub html: String,
    /// What to read, learn or open: a verb as kind, what the page is as summary.
    pub title: Vec<LinkView>,
    /// Whom to ask.
    pub ask: Vec<LinkView>,
    /// How long it takes; may be empty.
    pub minutes: String,
    /// How one knows that it is done; may be empty.
    pub check: String,
}

/// A place in a chain.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RungView {
    /// How it hangs on what is above it: "is pursued through"; may be empty.
    pub verb: String,
    /// The entity, with the note of the relation; without text it is the page's own, whose name stands above.
    pub link: LinkView,
    /// Whether this is the page's own entity.
    pub here: bool,
    /// What hangs on it, in short.
    pub groups: Vec<GroupView>,
    /// What hangs on it, with what hangs on that.
    pub below: Vec<RungView>,
}

/// What hangs on something by one verb.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupView {
    /// "is measured by".
    pub verb: String,
    /// The entities, with notes and states.
    pub links: Vec<LinkView>,
    /// Whether each entity has a line of its own: it has a note.
    pub listed: bool,
    /// "12 more", where there are more.
    pub rest: Option<LinkView>,
}

/// A drawing of the strategy: boxes in columns, joined by lines; all in px of the drawing.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapView {
    /// Its name.
    pub title: String,
    /// How it is to be read.
    pub about: String,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Headings of columns and of groups in them.
    pub heads: Vec<LineView>,
    /// The boxes with their lines.
    pub branches: Vec<BranchView>,
}

/// A box with the lines that begin at it.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BranchView {
    /// The lines.
    pub strokes: Vec<StrokeView>,
    /// The box.
    pub node: NodeView,
}

/// A line.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrokeView {
    /// The way it takes, as SVG writes it.
    pub d: String,
}

/// A box.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NodeView {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// `goal`, or the name of the kind.
    pub kind: String,
    /// The whole name, with the value.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// `good`, `warn`, `bad`, `info`, `neutral` or empty.
    pub tone: &'static str,
    /// Lines of the name.
    pub lines: Vec<LineView>,
    /// Lines below it.
    pub notes: Vec<LineView>,
}

/// A line of words in a drawing.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LineView {
    /// Where it begins.
    pub x: i32,
    /// On which base line.
    pub y: i32,
    /// The words.
    pub text: String,
}

/// Steps, questions and where their answers lead.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowView {
    /// Its `id`, unique on the page; begins with `_`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Whether the name is the author's and is shown.
    pub title_shown: bool,
    /// Where it begins and may end, for who does not see the drawing.
    pub about: String,
    /// Drawings: one for wide windows, perhaps one for narrow ones; none where it is too large for one.
    pub drawings: Vec<FlowDrawingView>,
    /// All of it as a list.
    pub steps: Vec<FlowStepView>,
}

/// A drawing of a flow; all in px of the drawing.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowDrawingView {
    /// Whether it is for narrow windows.
    pub narrow: bool,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// The ways.
    pub lines: Vec<StrokeView>,
    /// The heads of their arrows.
    pub arrows: Vec<StrokeView>,
    /// The steps.
    pub boxes: Vec<FlowBoxView>,
    /// The answers, set about their middle.
    pub labels: Vec<LineView>,
}

/// A step in a drawing.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowBoxView {
    /// `start`, `step`, `decision` or `end`.
    pub shape: &'static str,
    /// Its outline, as SVG writes it.
    pub d: String,
    /// Lines of the text, set about their middle.
    pub lines: Vec<LineView>,
    /// Lines that say who.
    pub notes: Vec<LineView>,
}

/// A step in the list.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FlowStepView {
    /// Its `id`.
    pub anchor: String,
    /// What is to be done or asked.
    pub text: String,
    /// `start`, `step`, `decision` or `end`.
    pub shape: &'static str,
    /// Who does it; without an address where the author wrote words.
    pub who: Vec<LinkView>,
    /// What belongs to it.
    pub see: Vec<LinkView>,
    /// Where it goes on, unless with the next.
    pub ways: Vec<WayView>,
    /// Whether it ends here.
    pub last: bool,
}

/// Where a step leads.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WayView {
    /// The answer; empty where there is only one way.
    pub answer: String,
    /// Number and text of the step.
    pub text: String,
    /// Its address on the page.
    pub url: String,
}

/// A page about the whole playbook.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SheetView {
    /// What the page answers, one or two sentences.
    pub about: String,
    /// What it shows.
    pub parts: Vec<PartView>,
}

/// Parts inside of a text: what `fragments/parts.html` draws.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PartsView {
    /// The parts.
    pub parts: Vec<PartView>,
}

impl PartView {
    /// Whether this part, or one within it, is a checklist: its page loads another script.
    pub fn has_checklist(&self) -> bool {
        match self {
            PartView::Checklist { .. } => true,
            PartView::Details { parts, .. } => parts.iter().any(PartView::has_checklist),
            _ => false,
        }
    }
}

impl CellView {
    /// A cell with a value.
    pub fn of(value: Shown) -> Self {
        Self { value: Some(value), ..Self::default() }
    }

    /// A cell with plain words; empty words make an empty cell.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { value: (!text.is_empty()).then_some(Shown::Text { text }), ..Self::default() }
    }

    /// A cell with a number that is written already.
    pub fn number(text: impl Into<String>) -> Self {
        Self::of(Shown::Number { text: text.into() })
    }

    /// The same cell with a tone.
    pub fn toned(self, tone: &'static str) -> Self {
        Self { tone, ..self }
    }
}

impl TableView {
    /// The cells as CSV: what is shown, without tags and addresses.
    pub fn csv(&self) -> String {
        let mut text = String::new();
        let head = std::iter::once(self.corner.as_str());
        csv_line(&mut text, head.chain(self.columns.iter().map(|column| column.text.as_str())));
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(plain).collect();
            csv_line(
                &mut text,
                std::iter::once(row.heading.text.as_str()).chain(cells.iter().map(String::as_str)),
            );
        }
        text
    }
}

fn plain(cell: &CellView) -> String {
    cell.value.as_ref().map(words).filter(|text| !text.is_empty()).unwrap_or_else(|| cell.label.clone())
}

/// The words of a value, without form.
pub(super) fn words(value: &Shown) -> String {
    match value {
        Shown::Text { text } | Shown::Number { text } | Shown::Color { text } => text.clone(),
        Shown::Date { moment } => moment.iso.clone(),
        Shown::Tag { tag } => tag.text.clone(),
        Shown::Address { text, .. } | Shown::File { text, .. } => text.clone(),
        Shown::Links { links } => {
            let name = |link: &LinkView| match link.note.as_str() {
                "" => link.text.clone(),
                note => format!("{}: {note}", link.text),
            };
            links.iter().map(name).collect::<Vec<_>>().join("; ")
        }
        Shown::List { items } => items.iter().map(words).collect::<Vec<_>>().join("; "),
        Shown::Prose { .. } | Shown::Record { .. } | Shown::Steps { .. } | Shown::Table { .. } => {
            String::new()
        }
    }
}
