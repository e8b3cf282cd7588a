//! The six kinds of measurement: what sort of figure a value is, from which follows the arithmetic that has a meaning.

/// What sort of figure a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// What there is at a date (followers): the last value counts.
    #[default]
    Stock,
    /// What happens in a period (comments): values are added.
    Flow,
    /// Different people in a period (reach): values are never added, since the same person may be in several.
    Unique,
    /// One quantity divided by another (engagement rate): recomputed from the sums of its two parts.
    Ratio,
    /// How long something takes (view duration): the mean, weighted by how many there were.
    Duration,
    /// A mark or an index (satisfaction): the mean, shown with the number of answers.
    Score,
}

impl Measure {
    /// All of them, in the order of the enum.
    pub const ALL: [Measure; 6] =
        [Measure::Stock, Measure::Flow, Measure::Unique, Measure::Ratio, Measure::Duration, Measure::Score];

    /// The name in kind files and profiles: `stock`, `flow`, `unique`, `ratio`, `duration`, `score`.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Stock => "stock",
            Measure::Flow => "flow",
            Measure::Unique => "unique",
            Measure::Ratio => "ratio",
            Measure::Duration => "duration",
            Measure::Score => "score",
        }
    }

    /// The measure of this name.
    pub fn named(name: &str) -> Option<Measure> {
        Measure::ALL.into_iter().find(|measure| measure.name() == name)
    }
}
