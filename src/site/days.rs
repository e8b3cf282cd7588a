//! The theme contract, days: what months, weeks and agendas are made of.

use serde::Serialize;

use super::view::{LinkView, Moment, TagView};

/// A month as a table of weeks.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MonthView {
    /// Unique on the page; begins with `_`.
    pub id: String,
    /// "November 2026".
    pub caption: String,
    /// What lasts longer than a day: campaigns, with their days as note.
    pub spans: Vec<LinkView>,
    /// The heads of the seven columns.
    pub weekdays: Vec<WeekdayView>,
    /// Weeks of seven days each.
    pub weeks: Vec<Vec<DayView>>,
}

/// The head of a column.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeekdayView {
    /// "Mon".
    pub short: String,
    /// "Monday".
    pub long: String,
    /// Whether nothing happens on it in the whole month: then it needs little room.
    pub quiet: bool,
}

/// A day with what happens on it.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DayView {
    /// The day, in words with its weekday.
    pub moment: Moment,
    /// Its number in the month.
    pub number: String,
    /// Whether it belongs to the month before or after: then nothing stands in it.
    pub outside: bool,
    /// "Today" on that day; else empty.
    pub today: String,
    /// What happens.
    pub entries: Vec<EntryView>,
}

/// Something that happens on a day.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryView {
    /// "09:00"; empty for the whole day.
    pub time: String,
    /// What is to be done, where it is no post: "Read over"; may be empty.
    pub kind: String,
    /// The page it is about.
    pub link: LinkView,
    /// Channels, and who sees to it; may be empty.
    pub about: String,
    /// Its state, where there is more to say than that it comes.
    pub tag: Option<TagView>,
}
