//! The calendar: this week and the next, months as tables, and what is ahead of every channel, pillar, campaign, role and person.

use super::agenda::Told;
use super::{Addition, Planner, Sheet, heading};
use crate::insight::{Entry, Matter, State};
use crate::model::{Chapter, EntityId, Readership};
use crate::series::{Grain, day_of, number_of};
use crate::site::view::{
    CellView, ColumnView, FigureView, LinkView, MonthView, PartView, RowView, Shown, TableView,
};
use crate::text::PagePath;
use crate::world::Date;

pub(super) static SHEET: Sheet =
    Sheet { name: "calendar", path: ["calendar", "calendario"], chapter: Chapter::Content, parts, has };

pub(super) static ON_CHANNEL: Addition = Addition { kind: "channel", closing: true, parts: of_entity };
pub(super) static ON_PILLAR: Addition = Addition { kind: "pillar", closing: true, parts: of_entity };
pub(super) static ON_CAMPAIGN: Addition = Addition { kind: "campaign", closing: true, parts: of_entity };
pub(super) static ON_ROLE: Addition = Addition { kind: "role", closing: true, parts: of_entity };
pub(super) static ON_PERSON: Addition = Addition { kind: "person", closing: true, parts: of_entity };

/// Months that are shown open: this one and those that follow.
const MONTHS_AHEAD: i32 = 3;
/// Months before this one that can be unfolded.
const MONTHS_BACK: i32 = 6;
/// Days ahead on the page of a channel, a role or a person.
const DAYS_AHEAD: i64 = 28;
/// Entries ahead on such a page.
const MOST_AHEAD: usize = 14;

/// Whom the calendar is counted for: word, kinds.
const BY: [(&str, &[&str]); 4] = [
    ("calendar_by_channel", &["channel"]),
    ("calendar_by_pillar", &["pillar"]),
    ("calendar_by_campaign", &["campaign"]),
    ("calendar_by_owner", &["role", "person"]),
];

fn has(planner: &Planner<'_>) -> bool {
    let at_work = matches!(planner.edition.readership(), Readership::Staff | Readership::Board);
    planner.agenda().entries.iter().any(|entry| {
        entry.matter == Matter::Post || at_work && !matches!(entry.matter, Matter::Review | Matter::Campaign)
    })
}

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let mut parts = vec![PartView::Figures { figures: figures(planner, page) }];
    let title = planner.locale.word("sheet_calendar");
    let name = format!("{title} – {}", planner.title);
    if let Some(link) = planner.calendar_file("calendar", &name, planner.agenda().entries.iter(), page) {
        parts.push(PartView::Links { links: vec![link] });
    }
    parts.extend(week(planner, 0, "calendar_this_week", page));
    parts.extend(week(planner, 1, "calendar_next_week", page));
    let this = Grain::Month.start(planner.today);
    let entries = &planner.agenda().entries;
    for at in 0..MONTHS_AHEAD {
        let month = planner.month(Grain::Month.after(this, at), entries, page);
        if at == 0 || !is_empty(&month) {
            parts.push(heading(&capitalised(&month.caption), &format!("{}-head", month.id)));
            parts.push(months(planner, vec![month]));
        }
    }
    let past: Vec<MonthView> = (1..=MONTHS_BACK)
        .map(|back| planner.month(Grain::Month.after(this, -back), entries, page))
        .filter(|month| !is_empty(month))
        .collect();
    parts.push(heading(planner.locale.word("calendar_by"), "_by"));
    parts.extend(BY.iter().filter_map(|(word, kinds)| by(planner, word, kinds, page)));
    parts.extend(super::cadence::parts(planner, page));
    if !past.is_empty() {
        parts.push(heading(planner.locale.word("calendar_past"), "_past"));
        parts.extend(past.into_iter().map(|month| PartView::Details {
            summary: capitalised(&month.caption),
            open: false,
            parts: vec![months(planner, vec![month])],
        }));
    }
    parts
}

/// This week, for the home page; nothing where the edition has no calendar.
pub(super) fn at_home(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    if planner.sheet_url("calendar", page).is_none() {
        return Vec::new();
    }
    week(planner, 0, "calendar_this_week", page)
}

/// A week under its heading, `at` weeks from this one.
fn week(planner: &Planner<'_>, at: i32, word: &str, page: &PagePath) -> Vec<PartView> {
    let first = Grain::Week.after(Grain::Week.start(planner.today), at);
    let last = Grain::Week.end(first);
    let entries = planner.agenda().entries.iter();
    let entries = entries.filter(|entry| entry.until.is_none() && (first..=last).contains(&entry.on));
    let days = planner.agenda_days(entries, Told::Whole, page);
    let title = heading(planner.locale.word(word), &format!("_{}", word.replace('_', "-")));
    let content = if days.is_empty() {
        PartView::Note { text: planner.locale.word("calendar_week_empty").to_owned(), tone: "warn" }
    } else {
        PartView::Agenda { days }
    };
    vec![title, content]
}

fn months(planner: &Planner<'_>, months: Vec<MonthView>) -> PartView {
    let legend = planner.legend(&months);
    PartView::Months { months, legend }
}

fn is_empty(month: &MonthView) -> bool {
    month.weeks.iter().flatten().all(|day| day.entries.is_empty())
}

/// "noviembre de 2026" at the head of a section.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn figures(planner: &Planner<'_>, page: &PagePath) -> Vec<FigureView> {
    let today = planner.today;
    let until = |days: i64| day_of(number_of(today) + days);
    let count = |is_meant: &dyn Fn(&Entry) -> bool| {
        planner.agenda().entries.iter().filter(|entry| is_meant(entry)).count()
    };
    let is_post = |entry: &Entry, last: Date| {
        entry.matter == Matter::Post && entry.is_meant() && entry.on >= today && entry.on <= last
    };
    let is_open = |entry: &Entry| matches!(entry.state, State::Stage("planned" | "drafting" | "review"));
    let figure = |count: usize, word: &str, tone, url| FigureView {
        value: planner.locale.number(count as f64, 0),
        label: planner.locale.counted(word, count),
        note: String::new(),
        url,
        tone,
    };
    let tone = |count: usize, bad| if count == 0 { "good" } else { bad };
    let ahead = count(&|entry| is_post(entry, until(13)));
    let mut figures = Vec::new();
    if planner.agenda().entries.iter().any(|entry| entry.matter == Matter::Post) {
        let open = count(&|entry| is_post(entry, until(13)) && is_open(entry));
        let late = count(&|entry| entry.matter == Matter::Post && entry.state == State::Overdue);
        figures.push(figure(
            ahead,
            "calendar_ahead",
            if ahead == 0 { "warn" } else { "neutral" },
            String::new(),
        ));
        figures.push(figure(open, "calendar_open", if open == 0 { "good" } else { "info" }, String::new()));
        figures.push(figure(late, "calendar_late", tone(late, "warn"), String::new()));
    }
    let tasks = count(&|entry| entry.matter != Matter::Post && entry.state == State::Overdue);
    let url = planner.sheet_url("freshness", page).unwrap_or_default();
    figures.push(figure(tasks, "calendar_tasks_late", tone(tasks, "warn"), url));
    figures
}

/// What is ahead of each channel, say: how much in two and in four weeks, what is late, and its calendar file.
fn by(planner: &Planner<'_>, word: &str, kinds: &[&str], page: &PagePath) -> Option<PartView> {
    let agenda = planner.agenda();
    let today = planner.today;
    let (two, four) = (day_of(number_of(today) + 13), day_of(number_of(today) + 27));
    let number = |count: usize| match count {
        0 => CellView { label: planner.locale.number(0.0, 0), ..CellView::default() },
        count => CellView::number(planner.locale.number(count as f64, 0)),
    };
    let row = |id: EntityId| {
        let count = |last: Date| {
            agenda.of(id).filter(|entry| entry.is_meant() && entry.on >= today && entry.on <= last).count()
        };
        let late = agenda.of(id).filter(|entry| entry.state == State::Overdue).count();
        let next = agenda.of(id).find(|entry| entry.is_meant() && entry.on >= today);
        let next = next.map_or_else(CellView::default, |entry| {
            CellView::of(Shown::Text { text: planner.locale.day_month(entry.on) })
        });
        let late = number(late).toned(if late > 0 { "warn" } else { "" });
        let add = |link| LinkView { text: planner.locale.word("calendar_add").to_owned(), ..link };
        let file =
            file_of(planner, id, page).map(|link| CellView::of(Shown::Links { links: vec![add(link)] }));
        let mut heading = planner.short_link(id, page)?;
        if !coming(planner, id).is_empty() {
            heading.url.push_str("#_calendar");
        }
        Some(RowView {
            heading,
            cells: vec![next, number(count(two)), number(count(four)), late, file.unwrap_or_default()],
            gap: false,
        })
    };
    let book = planner.book();
    let mut whose: Vec<EntityId> = agenda.owners().filter(|id| kinds.contains(&book.kind_of(*id))).collect();
    whose.sort_by(|a, b| planner.locale.compare(&planner.name_of(*a), &planner.name_of(*b)));
    let rows: Vec<RowView> = whose.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let column = |word: &str, numeric| ColumnView {
        text: planner.locale.word(word).to_owned(),
        numeric,
        ..ColumnView::default()
    };
    let table = TableView {
        id: format!("_{}", word.replace('_', "-")),
        caption: planner.locale.word(word).to_owned(),
        caption_shown: true,
        corner: planner.locale.word("name").to_owned(),
        columns: vec![
            column("calendar_next", false),
            column("calendar_in_two_weeks", true),
            column("calendar_in_four_weeks", true),
            column("overdue", true),
            column("calendar_file", false),
        ],
        rows,
        ..TableView::default()
    };
    Some(PartView::Table { table })
}

/// The calendar file of a channel, a role …
fn file_of(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Option<LinkView> {
    let entity = planner.edition.entity(id)?;
    let kind = planner.edition.kinds().kind(entity.kind)?.name.clone();
    let name = format!("{kind}-{}", crate::text::slug(&entity.id));
    let title = format!("{} – {}", planner.name_of(id), planner.title);
    planner.calendar_file(&name, &title, planner.agenda().of(id), page)
}

/// What an entity's own page shows: what is late, then what is ahead.
fn coming<'p>(planner: &'p Planner<'_>, id: EntityId) -> Vec<&'p Entry> {
    let today = planner.today;
    let last = day_of(number_of(today) + DAYS_AHEAD);
    let own = || planner.agenda().of(id).filter(|entry| entry.until.is_none());
    let late = own().filter(|entry| entry.state == State::Overdue && entry.on < today);
    late.chain(own().filter(|entry| entry.on >= today && entry.on <= last)).take(MOST_AHEAD).collect()
}

/// What is late and what is ahead, on the page of a channel, pillar, campaign, role or person.
fn of_entity(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let shown = coming(planner, id);
    if shown.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![heading(planner.locale.word("calendar_of"), "_calendar")];
    let days = planner.agenda_days(shown.into_iter(), Told::Without(id), page);
    parts.push(PartView::Agenda { days });
    let mut links = Vec::new();
    if let Some(url) = planner.sheet_url("calendar", page) {
        let text = planner.locale.word("calendar_whole").to_owned();
        links.push(LinkView { text, url, ..LinkView::default() });
    }
    links.extend(file_of(planner, id, page));
    parts.push(PartView::Links { links });
    parts
}
