//! What has a day → views of days, weeks and months, and calendar files. Worked out once for all pages of an edition.

use std::collections::BTreeMap;

use super::Planner;
use crate::directive::Calendar;
use crate::insight::{Book, Entry, Matter, Pace, State, entries};
use crate::model::{EntityId, FieldType, Readership, Value};
use crate::series::{Grain, day_of, number_of};
use crate::site::ics::{Ics, IcsEvent};
use crate::site::view::{DayView, EntryView, LinkView, Moment, MonthView, PartView, TagView, WeekdayView};
use crate::text::{PagePath, slug};
use crate::world::Date;

/// Months before and after today that are worked out.
const MONTHS: i32 = 12;
/// Reviews (or targets) of one day that are named one by one.
const MOST_ALIKE: usize = 2;
/// Days back from today that stand in a calendar file.
const FILE_DAYS_BACK: i64 = 31;

/// What has a day, from a year ago to a year ahead.
#[derive(Debug, Default)]
pub(in crate::site) struct Agenda {
    /// In order of time.
    pub entries: Vec<Entry>,
    /// How the channels keep their cadence.
    pub paces: Vec<Pace>,
    /// Those of a channel, pillar, campaign, role or person, by their place above.
    of: BTreeMap<EntityId, Vec<usize>>,
}

impl Agenda {
    /// What belongs to an entity, in order of time.
    pub fn of(&self, id: EntityId) -> impl DoubleEndedIterator<Item = &Entry> {
        let own = self.of.get(&id).map(Vec::as_slice).unwrap_or_default();
        own.iter().filter_map(|at| self.entries.get(*at))
    }

    /// Who or what has anything.
    pub fn owners(&self) -> impl Iterator<Item = EntityId> {
        self.of.keys().copied()
    }
}

/// What a list of days tells of each entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Everything.
    Whole,
    /// All but the entity on whose page it stands.
    Without(EntityId),
}

impl Planner<'_> {
    /// What has a day in this edition. The public is not told when we look at our own pages again.
    pub(super) fn agenda(&self) -> &Agenda {
        self.agenda.get_or_init(|| {
            let book = self.book();
            let (from, to) = (
                Grain::Month.after(self.today, -MONTHS),
                Grain::Month.end(Grain::Month.after(self.today, MONTHS)),
            );
            let entries = self.entries_between(from, to);
            let mut of: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
            for (at, entry) in entries.iter().enumerate() {
                for id in whose(book, entry) {
                    of.entry(id).or_default().push(at);
                }
            }
            Agenda { entries, paces: super::cadence::all(self), of }
        })
    }

    /// What has a day in a window, as far as this edition tells it.
    fn entries_between(&self, from: Date, to: Date) -> Vec<Entry> {
        let mut entries = entries(self.book(), from, to);
        if self.edition.readership() == Readership::Public {
            entries.retain(|entry| matches!(entry.matter, Matter::Post | Matter::Campaign));
        }
        entries
    }

    /// A block: months as tables where a number of months is asked for, or nothing at all; else the days of the window.
    pub(in crate::site) fn calendar_block(
        &self,
        asked: &Calendar,
        id: &str,
        page: &PagePath,
    ) -> Vec<PartView> {
        let from = asked.from.unwrap_or(self.today);
        let months = match (asked.from, asked.to, asked.months) {
            (.., Some(months)) => i32::try_from(months).unwrap_or(1),
            (None, None, None) => 1,
            _ => 0,
        };
        let first = if months > 0 { Grain::Month.start(from) } else { from };
        let last = match asked.to {
            Some(to) if months == 0 => to,
            _ => Grain::Month.end(Grain::Month.after(first, months.max(1) - 1)),
        };
        let mut found = self.entries_between(first, last);
        found.retain(|entry| {
            let whose = whose(self.book(), entry);
            asked.of.iter().all(|id| whose.contains(id))
        });
        if found.is_empty() {
            return Vec::new();
        }
        if months == 0 {
            let told = asked.of.first().map_or(Told::Whole, |id| Told::Without(*id));
            return vec![PartView::Agenda { days: self.agenda_days(found.iter(), told, page) }];
        }
        let month = |at: i32| {
            let month = self.month(Grain::Month.after(first, at), &found, page);
            MonthView { id: format!("{id}{}", month.id), ..month }
        };
        let months: Vec<MonthView> = (0..months).map(month).collect();
        let legend = self.legend(&months);
        vec![PartView::Months { months, legend }]
    }

    /// The days from the first to the last on which something happens.
    pub(super) fn agenda_days<'e>(
        &self,
        entries: impl Iterator<Item = &'e Entry>,
        told: Told,
        page: &PagePath,
    ) -> Vec<DayView> {
        let mut by_day: BTreeMap<Date, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            by_day.entry(entry.on).or_default().push(entry);
        }
        by_day.into_iter().map(|(day, entries)| self.day(day, &entries, told, page)).collect()
    }

    /// A month as a table of weeks.
    pub(super) fn month(&self, first: Date, entries: &[Entry], page: &PagePath) -> MonthView {
        let locale = self.locale;
        let sunday = i64::from(locale.is_sunday_first());
        let last = Grain::Month.end(first);
        let mut by_day: BTreeMap<Date, Vec<&Entry>> = BTreeMap::new();
        let mut spans = Vec::new();
        for entry in entries {
            if entry.until.is_some() && entry.on <= last && entry.last() >= first {
                spans.extend(self.span(entry, page));
            } else if entry.until.is_none() && (first..=last).contains(&entry.on) {
                by_day.entry(entry.on).or_default().push(entry);
            }
        }
        let to_week = |date: Date| {
            let number = number_of(date);
            number - (i64::from(date.weekday().to_monday_zero_offset()) + sunday).rem_euclid(7)
        };
        let start = to_week(first);
        let day = |number: i64| {
            let date = day_of(number);
            if !(first..=last).contains(&date) {
                return DayView { outside: true, number: date.day().to_string(), ..DayView::default() };
            }
            self.day(date, by_day.get(&date).map(Vec::as_slice).unwrap_or_default(), Told::Whole, page)
        };
        let weeks: Vec<Vec<DayView>> =
            (start..=number_of(last)).step_by(7).map(|week| (week..week + 7).map(day).collect()).collect();
        let weekday = |at: i64| {
            let date = day_of(start + at);
            let column = || weeks.iter().filter_map(|week| week.get(usize::try_from(at).ok()?));
            let quiet = column().all(|day| day.entries.is_empty());
            WeekdayView { short: locale.weekday_short(date), long: locale.weekday(date), quiet }
        };
        MonthView {
            id: format!("_month-{}", Grain::Month.iso(first)),
            caption: locale.month_year(first),
            spans,
            weekdays: (0..7).map(weekday).collect(),
            weeks,
        }
    }

    /// The signs that stand in these months, in the order in which things ripen.
    pub(super) fn legend(&self, months: &[MonthView]) -> Vec<TagView> {
        let mut tags: Vec<TagView> = Vec::new();
        let days = months.iter().flat_map(|month| month.weeks.iter().flatten());
        for tag in days.flat_map(|day| day.entries.iter().filter_map(|entry| entry.tag.as_ref())) {
            if !tags.iter().any(|known| known.text == tag.text) {
                tags.push(tag.clone());
            }
        }
        tags.sort_by_key(|tag| {
            ["good", "info", "neutral", "warn", "bad"].iter().position(|tone| *tone == tag.tone)
        });
        tags
    }

    fn span(&self, entry: &Entry, page: &PagePath) -> Option<LinkView> {
        let locale = self.locale;
        let days = format!("{} – {}", locale.day_month(entry.on), locale.day_month(entry.last()));
        Some(LinkView { note: days, ..self.short_link(entry.entity, page)? })
    }

    fn day(&self, day: Date, entries: &[&Entry], told: Told, page: &PagePath) -> DayView {
        let mut views: Vec<EntryView> = Vec::new();
        let mut told_of: Vec<Matter> = Vec::new();
        for entry in entries {
            let matter = entry.matter;
            let alike = entries.iter().filter(|other| other.matter == matter).count();
            if told != Told::Whole || matter.is_single() || alike <= MOST_ALIKE {
                views.extend(self.entry(entry, told, page));
            } else if !told_of.contains(&matter) {
                told_of.push(matter);
                views.extend(self.many(entry, alike, page));
            }
        }
        let today = if day == self.today { self.locale.word("today").to_owned() } else { String::new() };
        DayView {
            moment: Moment { iso: day.to_string(), text: self.locale.weekday_and_day(day) },
            number: day.day().to_string(),
            outside: false,
            today,
            entries: views,
        }
    }

    /// Many of one sort on one day as one line that leads to where they stand.
    fn many(&self, entry: &Entry, count: usize, page: &PagePath) -> Option<EntryView> {
        let url = match entry.matter {
            Matter::Target => {
                let kind = self.edition.entity(entry.entity)?.kind;
                self.addresses.kind(kind).map(|path| path.from(page))
            }
            _ => self.sheet_url("freshness", page),
        };
        let text = self.locale.counted(&format!("calendar_many_{}", entry.matter.name()), count);
        let link = LinkView { text, url: url.unwrap_or_default(), ..LinkView::default() };
        Some(EntryView { link, tag: self.state(entry), ..EntryView::default() })
    }

    fn entry(&self, entry: &Entry, told: Told, page: &PagePath) -> Option<EntryView> {
        let mut link = self.short_link(entry.entity, page)?;
        let kind = match entry.matter {
            Matter::Post => String::new(),
            matter => self.locale.word(&format!("matter_{}", matter.name())).to_owned(),
        };
        if !entry.what.is_empty() {
            link.text.clone_from(&entry.what);
        }
        let names = |id: EntityId| (told != Told::Without(id)).then(|| self.name_of(id));
        let about: Vec<String> = entry
            .channels
            .iter()
            .copied()
            .chain(entry.owner)
            .filter(|id| *id != entry.entity)
            .filter_map(names)
            .collect();
        Some(EntryView {
            time: entry.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")).unwrap_or_default(),
            kind,
            link,
            about: about.join(" · "),
            tag: self.state(entry),
        })
    }

    /// The state as a tag; that something is still ahead needs none.
    pub(super) fn state(&self, entry: &Entry) -> Option<TagView> {
        let word = |name: &str, tone| Some(TagView { text: self.locale.word(name).to_owned(), tone });
        match entry.state {
            State::Ahead | State::Past => None,
            State::Running => word("calendar_running", "info"),
            State::Overdue => word("overdue", "warn"),
            State::Stage(name) => {
                let kind = self.edition.kinds().named("post")?;
                let (_, field) = kind.field("status")?;
                let FieldType::Choice(choices) = &field.shape else { return None };
                let choice = choices.iter().find(|choice| choice.name == name)?;
                Some(TagView {
                    text: choice.label.within(self.locale.language()).to_owned(),
                    tone: choice.tone.map_or("neutral", |tone| tone.name()),
                })
            }
        }
    }

    /// A link to a calendar file with these entries; `None` when it would be empty.
    pub(super) fn calendar_file<'e>(
        &self,
        name: &str,
        title: &str,
        entries: impl Iterator<Item = &'e Entry>,
        page: &PagePath,
    ) -> Option<LinkView> {
        let since = day_of(number_of(self.today) - FILE_DAYS_BACK);
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut calendar = Ics::new(title, self.stamp());
        let mut count = 0;
        let meant = entries.filter(|entry| entry.last() >= since && entry.state != State::Stage("idea"));
        for entry in meant {
            let Some(mut event) = self.event(entry) else { continue };
            let times = known.entry(event.uid.clone()).or_default();
            *times += 1;
            if *times > 1 {
                event.uid = format!("{times}-{}", event.uid);
            }
            calendar.add(&event);
            count += 1;
        }
        if count == 0 {
            return None;
        }
        let path = PagePath::new(format!("calendar/{name}.ics"));
        let link = LinkView {
            text: self.locale.word("calendar_subscribe").to_owned(),
            url: path.from(page),
            ..LinkView::default()
        };
        self.generate(path, calendar.finish());
        Some(link)
    }

    /// The day of the edition, so that a calendar file does not change with the clock.
    fn stamp(&self) -> Date {
        match self.edition.setting("edition_date").map(|item| &item.value) {
            Some(Value::Date(date)) => *date,
            _ => self.today,
        }
    }

    fn event(&self, entry: &Entry) -> Option<IcsEvent> {
        let entity = self.edition.entity(entry.entity)?;
        let kind = self.edition.kinds().kind(entity.kind)?.name.as_str();
        let page = self.addresses.entity(entry.entity)?;
        let base = self.edition.setting_text("url").trim_end_matches('/');
        let host = base.split_once("://").map_or(base, |(_, rest)| rest);
        let host =
            host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("portolan.invalid");
        let matter = self.locale.word(&format!("matter_{}", entry.matter.name())).to_owned();
        // What moves keeps its name; what comes back has its day in it.
        let which = match entry.matter {
            Matter::Post if !entry.again => String::new(),
            Matter::Post | Matter::Target => entry.on.to_string(),
            Matter::NextStep | Matter::Action => slug(&entry.what).chars().take(48).collect(),
            _ => String::new(),
        };
        let which = if which.is_empty() { which } else { format!("-{which}") };
        let title = if entry.what.is_empty() { entity.title.as_str() } else { entry.what.as_str() };
        let summary = match entry.matter {
            Matter::Post | Matter::Campaign => title.to_owned(),
            _ => format!("{matter}: {title}"),
        };
        let names = |ids: &[EntityId]| ids.iter().map(|id| self.name_of(*id)).collect::<Vec<_>>().join(", ");
        let mut lines: Vec<String> = Vec::new();
        if let Some(tag) = self.state(entry) {
            lines.push(tag.text);
        }
        if !entry.channels.is_empty() && entry.matter != Matter::Case {
            lines.push(names(&entry.channels));
        }
        lines.extend(
            entry.owner.map(|owner| format!("{}: {}", self.locale.word("owner"), self.name_of(owner))),
        );
        Some(IcsEvent {
            uid: format!("{}-{kind}-{}{which}@{host}", entry.matter.name(), slug(&entity.id)),
            summary,
            description: lines.join("\n"),
            category: matter,
            url: self.absolute(page),
            on: entry.on,
            until: entry.until,
            time: entry.time,
            status: match entry.state {
                State::Stage("cancelled") => "CANCELLED",
                State::Stage("planned" | "drafting" | "review") => "TENTATIVE",
                _ => "CONFIRMED",
            },
        })
    }
}

/// To whom or what an entry belongs: channels, pillar, campaign, owner, and the people of a role or the roles of a person.
fn whose(book: Book<'_>, entry: &Entry) -> Vec<EntityId> {
    let mut whose: Vec<EntityId> = entry.channels.clone();
    whose.extend(entry.pillar.into_iter().chain(entry.campaign));
    if let Some(owner) = entry.owner {
        whose.push(owner);
        whose.extend(book.related(owner, "people"));
        whose.extend(book.related(owner, "roles"));
    }
    whose.sort();
    whose.dedup();
    whose
}
