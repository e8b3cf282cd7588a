//! The kinds of charts. What a kind is stands in a static [`Kind`] beside its layout; here is the list, one line a kind.

use super::scene::{Scene, Size};
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::Finding;
use crate::text::Span;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident => $module:ident,)+) => {
        /// What is drawn.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ChartKind { $($(#[$doc])* $variant,)+ }

        impl ChartKind {
            /// All kinds, in the order in which they are offered.
            pub const ALL: &'static [ChartKind] = &[$(ChartKind::$variant),+];

            pub(crate) fn definition(self) -> &'static Kind {
                match self { $(ChartKind::$variant => &super::$module::KIND,)+ }
            }
        }
    };
}

kinds! {
    /// Change over time.
    Line => line,
    /// Amounts side by side, upright or lying as their names need it.
    Bar => bar,
    /// Several figures of each name side by side.
    Grouped => grouped,
    /// A whole and its parts, one on the other.
    Stacked => stacked,
    /// A whole and its parts over time.
    Area => area,
    /// Answers from bad to good, on both sides of a middle.
    Diverging => diverging,
    /// What was reached beside what was wanted.
    Bullet => bullet,
    /// Before and after, as lines.
    Slope => slope,
    /// Before and after of many names.
    Dumbbell => dumbbell,
    /// Names by two figures.
    Scatter => scatter,
    /// One small line for each series.
    Multiples => multiples,
    /// A small line without texts, beside a figure.
    Sparkline => spark,
    /// Days as cells of five levels.
    Calendar => calendar,
    /// A table of two columns of names whose cells have levels.
    Heatmap => heatmap,
    /// Stages, and how much of each reaches the next.
    Funnel => funnel,
    /// What lasts from when to when.
    Gantt => gantt,
    /// A table with a text or a degree in every cell.
    Matrix => matrix,
    /// Who does, answers, is consulted and is informed.
    Raci => raci,
    /// Questions, answers, outcomes.
    Tree => tree,
}

#[expect(clippy::derivable_impls, reason = "the macro above knows no first kind")]
impl Default for ChartKind {
    fn default() -> Self {
        ChartKind::Line
    }
}

impl ChartKind {
    /// The English name: `line`, `bar`, `sparkline`.
    pub fn name(self) -> &'static str {
        self.definition().names.first().copied().unwrap_or_default()
    }

    /// The Spanish name: `linea`, `barras`, `minigrafico`.
    pub fn spanish(self) -> &'static str {
        self.definition().names.get(1).copied().unwrap_or(self.name())
    }
}

/// What a kind of chart is: how authors call it, what it needs, and the functions that draw it and put it into words.
pub(crate) struct Kind {
    /// English, Spanish and further names, folded.
    pub names: &'static [&'static str],
    /// Keys beyond those that all charts have.
    pub keys: &'static [Key],
    /// English names of the common keys that have no meaning for this kind.
    pub without: &'static [&'static str],
    /// How many series or columns of figures can be told apart.
    pub series: usize,
    /// Whether `x` may, must or cannot hold dates.
    pub along: Along,
    /// From the columns of a table to the data; `None` is the common reader.
    pub read: Option<Read>,
    /// How it is drawn.
    pub picture: Picture,
    /// What it shows, in sentences; `None` for the common ones. What all charts say (events, points left out) follows.
    pub sentences: Option<Sentences>,
    /// Its table; `None` for the common one.
    pub table: Option<Table>,
    /// Own keys that may hold the data, in place of a file or a metric.
    pub inline: &'static [&'static str],
    /// What is legal and unwise, or impossible, in these data for this kind.
    pub check: Option<Check>,
}

pub(crate) type Read = fn(&mut Reading) -> Option<ChartData>;
pub(crate) type Sentences = fn(&ChartSpec, &ChartData, &dyn Figures) -> Vec<String>;
pub(crate) type Table = fn(&ChartSpec, &ChartData, &dyn Figures) -> FigureTable;
/// The place is that of the data in the chart.
pub(crate) type Check = fn(&ChartSpec, &ChartData, Span, &mut Vec<Finding>);

/// How a kind is drawn.
#[derive(Clone, Copy)]
pub(crate) enum Picture {
    /// A scene for each width.
    Scenes(fn(&ChartSpec, &ChartData, Size, &dyn Figures) -> Scene),
    /// One small scene without words.
    Small(fn(&ChartData) -> Scene),
    /// HTML: tables and lists that are their own alternative. Texts must be escaped. The last argument is unique on the page and a prefix for ids.
    Html(fn(&ChartSpec, &ChartData, &dyn Figures, &str) -> String),
}

/// What `x` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Along {
    /// Dates only.
    Dates,
    /// Names only; dates are names here.
    Names,
    /// Dates or names.
    Either,
}

/// A key of one kind.
pub(crate) struct Key {
    /// English name.
    pub name: &'static str,
    /// Spanish name.
    pub spanish: &'static str,
    /// Further names.
    pub more: &'static [&'static str],
    /// What it may hold.
    pub takes: Takes,
}

impl Key {
    pub(crate) const fn new(name: &'static str, spanish: &'static str, takes: Takes) -> Self {
        Self { name, spanish, more: &[], takes }
    }

    /// Whether this folded text is one of its names.
    pub(crate) fn is_called(&self, folded: &str) -> bool {
        folded == self.name || folded == self.spanish || self.more.contains(&folded)
    }
}

/// The least value of the vertical axis.
pub(crate) const Y_MIN: Key = Key { more: &["ymin"], ..Key::new("y_min", "y_minimo", Takes::Number) };

/// Says that the last period is not complete yet.
pub(crate) const PARTIAL: Key =
    Key { more: &["incomplete", "incompleto"], ..Key::new("partial", "parcial", Takes::Text) };

/// Takes the rows from the playbook itself.
pub(crate) const OF: Key = Key::new("of", "de", Takes::Text);

/// What the value of a key may be.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    /// A text, or the name of a column.
    Text,
    /// One text or a list of them.
    Texts,
    /// A number.
    Number,
    /// A map with some of these keys, each in English and Spanish, and texts as values.
    Parts(&'static [(&'static str, &'static str)]),
    /// Anything: the kind reads it.
    Tree,
}

impl Kind {
    /// A kind with what most kinds have.
    pub(crate) const fn drawn(names: &'static [&'static str], along: Along, picture: Picture) -> Self {
        Self {
            names,
            keys: &[],
            without: &[],
            series: super::data::TOLD_APART,
            along,
            read: None,
            picture,
            sentences: None,
            table: None,
            inline: &[],
            check: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn names_are_folded_and_belong_to_one_kind() {
        let mut all: Vec<&str> = Vec::new();
        for kind in ChartKind::ALL {
            let names = kind.definition().names;
            assert!(names.len() >= 2, "{kind:?} needs an English and a Spanish name");
            for name in names {
                assert_eq!(fold(name), **name);
                assert!(!all.contains(name), "{name}");
                all.push(name);
            }
        }
    }
}
