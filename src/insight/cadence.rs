//! What a channel promises to publish against what its calendar holds: how often, of which subjects, and whose.
//!
//! What was published is known in two ways: posts of the calendar whose status says so, and the posts that an export of the platform lists. No export says which of the planned posts a row of it is, so the two are not added: the greater counts, and both are shown.

use std::collections::BTreeMap;

use super::Book;
use super::calendar::{Entry, Matter, State, entries, first_posts};
use super::fields::Fields;
use super::metric::days_between;
use crate::model::{Cadence, EntityId, Playbook, Resolved, Unit, Value};
use crate::series::{Grain, day_of, number_of};
use crate::text::{Span, slug};
use crate::world::Date;

/// Periods that are looked at, the one of today among them.
const PERIODS: i32 = 6;
/// Days without anything published that are too many, however rarely a channel publishes.
const SILENT_DAYS: i64 = 30;
/// Days before and after today in which subjects are counted.
const MIX_DAYS: i64 = 90;
/// Posts with a pillar from which on their shares say something.
const ENOUGH: usize = 8;
/// Points by which a share may miss what is wished.
const MOST_POINTS: f64 = 15.0;

/// How a period went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// At least as much as promised is published.
    Met,
    /// It would be as much as promised, if what repeats went out as planned: nobody said so.
    Untold,
    /// Less than promised.
    Short,
    /// The calendar of the channel begins within it.
    Begun,
    /// It is not over.
    Running,
}

impl Kept {
    /// Name in words files.
    pub fn name(self) -> &'static str {
        match self {
            Kept::Met => "met",
            Kept::Untold => "untold",
            Kept::Short => "short",
            Kept::Begun => "begun",
            Kept::Running => "running",
        }
    }
}

/// A week, a month … of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its first day.
    pub first: Date,
    /// Posts that are in the calendar and not cancelled.
    pub planned: usize,
    /// Those of them that are marked as published.
    pub published: usize,
    /// Posts that an export of the platform lists, when it reaches over the whole period.
    pub exported: Option<usize>,
    /// How it went.
    pub kept: Kept,
}

impl Slot {
    /// What is known to have gone out.
    pub fn out(&self) -> usize {
        self.published.max(self.exported.unwrap_or_default())
    }
}

/// The cadence of a channel and how it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// The channel.
    pub channel: EntityId,
    /// Where the cadence is written.
    pub span: Span,
    /// Length of the periods that are counted.
    pub grain: Grain,
    /// Posts that are promised in each.
    pub promised: usize,
    /// The periods since the calendar of the channel begins, at most six, the present one last.
    pub slots: Vec<Slot>,
    /// Days since the last post that is published, or may be; since the first in the calendar where none is.
    pub silent: i64,
    /// From how many silent days on it is too long.
    pub patience: i64,
}

impl Pace {
    /// Whether the last two periods that are over were short.
    pub fn is_short(&self) -> bool {
        let mut over = self.slots.iter().rev().filter(|slot| slot.kept != Kept::Running);
        (0..2).all(|_| over.next().is_some_and(|slot| slot.kept == Kept::Short))
    }

    /// Whether nothing was published for too long.
    pub fn is_silent(&self) -> bool {
        self.silent >= self.patience
    }
}

/// The periods in which a cadence is counted, and how many posts each has to have: as long as it takes for at least one.
fn period(cadence: Cadence) -> Option<(Grain, usize)> {
    let (mut grain, mut times) = match cadence.every {
        Unit::Minute | Unit::Hour | Unit::Day => (Grain::Week, cadence.times * 7.0),
        Unit::WorkingDay => (Grain::Week, cadence.times * 5.0),
        Unit::Week => (Grain::Week, cadence.times),
        Unit::Month => (Grain::Month, cadence.times),
        Unit::Year if cadence.times >= 4.0 => (Grain::Quarter, cadence.times / 4.0),
        Unit::Year => (Grain::Year, cadence.times),
    };
    while times < 1.0 && grain != Grain::Year {
        times *= match grain {
            Grain::Week => 30.4 / 7.0,
            Grain::Quarter => 4.0,
            _ => 3.0,
        };
        grain = grain.longer();
    }
    // A thousandth for what division leaves over: three a quarter are three.
    let promised = (times + 0.001).floor();
    (1.0..10_000.0).contains(&promised).then_some((grain, promised as usize))
}

/// Every active channel that promises a cadence and is in the calendar. An edition that hides posts cannot tell.
pub fn paces(book: Book<'_>) -> Vec<Pace> {
    if !book.shows_all("post") {
        return Vec::new();
    }
    let firsts = first_posts(book);
    // What is counted in the same periods is looked up once.
    let mut known: BTreeMap<Grain, Vec<Entry>> = BTreeMap::new();
    let channels = book.of_kind("channel").filter(|(_, entity)| book.is_active(entity));
    let pace = |(channel, entity)| {
        let fields = Fields::of(book.kinds, entity, "channel")?;
        let Value::Cadence(cadence) = fields.value("cadence")? else { return None };
        let (grain, promised) = period(*cadence)?;
        let exported = book.published(channel);
        let begins = [firsts.get(&channel), exported.and_then(|exported| exported.days.first())];
        let begin = begins.into_iter().flatten().min().copied().filter(|begin| *begin <= book.today)?;
        let posts = known.entry(grain).or_insert_with(|| {
            let from = grain.after(book.today, 1 - PERIODS);
            entries(book, from, grain.end(book.today)).into_iter().filter(is_post).collect()
        });
        let own: Vec<&Entry> = posts.iter().filter(|post| post.channels.contains(&channel)).collect();
        let out = own.iter().filter(|post| is_out(post) || post.state == State::Past);
        let listed = exported.and_then(|exported| exported.days.last()).copied();
        let last = out.map(|post| post.on).chain(listed).filter(|on| *on <= book.today).max();
        let patience = days_between(*cadence)?.ceil() as i64;
        Some(Pace {
            channel,
            span: fields.span("cadence")?,
            grain,
            promised,
            slots: slots(book, channel, (grain, promised), begin, &own),
            silent: number_of(book.today) - number_of(last.unwrap_or(begin)),
            patience: patience.max(SILENT_DAYS),
        })
    };
    channels.filter_map(pace).collect()
}

fn slots(
    book: Book<'_>,
    channel: EntityId,
    (grain, promised): (Grain, usize),
    begin: Date,
    own: &[&Entry],
) -> Vec<Slot> {
    let slot = |back: i32| {
        let first = grain.after(book.today, -back);
        let last = grain.end(first);
        if last < begin {
            return None;
        }
        let within = || own.iter().filter(|post| (first..=last).contains(&post.on));
        let published = within().filter(|post| is_out(post)).count();
        let exported = book.published(channel).and_then(|listed| listed.within(first, last.min(book.today)));
        let mut slot = Slot { first, planned: within().count(), published, exported, kept: Kept::Short };
        let untold = within().filter(|post| post.state == State::Past).count();
        slot.kept = match () {
            () if slot.out() >= promised => Kept::Met,
            () if last >= book.today => Kept::Running,
            // Where an export tells what went out, nothing is left to be confirmed.
            () if exported.is_none() && published + untold >= promised => Kept::Untold,
            () if begin > first => Kept::Begun,
            () => Kept::Short,
        };
        Some(slot)
    };
    (0..PERIODS).rev().filter_map(slot).collect()
}

/// What the data folder may call the exports of each active channel that promises a cadence: its id as a folder, and its platform unless another channel is on it too.
pub fn exports_of_channels(playbook: &Playbook<Resolved>) -> Vec<(EntityId, Vec<String>)> {
    let kinds = &playbook.kinds;
    let channels: Vec<(EntityId, String, Fields<'_, Resolved>)> = playbook
        .iter()
        .filter_map(|(id, entity)| Some((id, slug(&entity.id), Fields::of(kinds, entity, "channel")?)))
        .filter(|(_, _, fields)| fields.choice("status").is_none_or(|status| status == "active"))
        .collect();
    let platform = |fields: &Fields<'_, Resolved>| {
        fields.text("platform").map(|platform| slug(&platform.value)).filter(|platform| !platform.is_empty())
    };
    let mut on: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, fields) in &channels {
        if let Some(platform) = platform(fields) {
            *on.entry(platform).or_default() += 1;
        }
    }
    let promising = channels.iter().filter(|(_, _, fields)| fields.value("cadence").is_some());
    promising
        .map(|(channel, id, fields)| {
            let alone = platform(fields).filter(|platform| on.get(platform) == Some(&1));
            (*channel, std::iter::once(id.clone()).chain(alone).collect())
        })
        .collect()
}

fn is_post(entry: &Entry) -> bool {
    entry.matter == Matter::Post && entry.is_meant()
}

fn is_out(entry: &Entry) -> bool {
    entry.state == State::Stage("published")
}

/// How much of what is published belongs to a pillar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The pillar.
    pub pillar: EntityId,
    /// Where its share is written, and how much it is, in percent.
    pub wished: Option<(f64, Span)>,
    /// Posts of it.
    pub posts: usize,
    /// Their share of all posts with a pillar, in percent.
    pub real: f64,
}

impl Share {
    /// By how many points it misses what is wished; more than wished is positive.
    pub fn off(&self) -> Option<f64> {
        Some(self.real - self.wished?.0)
    }
}

/// The subjects of the posts, from three months ago to three months ahead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mix {
    /// Every active pillar, in order.
    pub shares: Vec<Share>,
    /// Posts with a pillar.
    pub with_pillar: usize,
    /// Posts by their origin: our own, shared from others, in support of an ally.
    pub origins: [usize; 3],
}

impl Mix {
    /// The pillars whose share is too far from what is wished; none while there are too few posts.
    pub fn uneven(&self) -> impl Iterator<Item = &Share> {
        let enough = self.with_pillar >= ENOUGH;
        self.shares
            .iter()
            .filter(move |share| enough && share.off().is_some_and(|off| off.abs() > MOST_POINTS))
    }
}

/// Names of origins, in the order of [`Mix::origins`].
pub const ORIGINS: [&str; 3] = ["own", "shared", "amplified"];

/// The subjects of the posts. An edition that hides posts cannot tell.
pub fn mix(book: Book<'_>) -> Option<Mix> {
    if !book.shows_all("post") {
        return None;
    }
    let (from, to) = (number_of(book.today) - MIX_DAYS, number_of(book.today) + MIX_DAYS);
    let mut mix = Mix::default();
    let mut posts: BTreeMap<EntityId, usize> = BTreeMap::new();
    let found = entries(book, day_of(from), day_of(to));
    for entry in found.iter().filter(|entry| is_post(entry)) {
        if let Some(pillar) = entry.pillar {
            *posts.entry(pillar).or_default() += 1;
            mix.with_pillar += 1;
        }
        let origin = book.entity(entry.entity).and_then(|entity| {
            let origin = Fields::of(book.kinds, entity, "post")?.choice("origin")?;
            ORIGINS.iter().position(|name| *name == origin)
        });
        if let Some(count) = origin.and_then(|at| mix.origins.get_mut(at)) {
            *count += 1;
        }
    }
    let whole = mix.with_pillar.max(1) as f64;
    let pillars = book.of_kind("pillar").filter(|(_, entity)| book.is_active(entity));
    mix.shares = pillars
        .filter_map(|(pillar, entity)| {
            let fields = Fields::of(book.kinds, entity, "pillar")?;
            let count = posts.get(&pillar).copied().unwrap_or_default();
            Some(Share {
                pillar,
                wished: fields.number("share").zip(fields.span("share")),
                posts: count,
                real: count as f64 * 100.0 / whole,
            })
        })
        .collect();
    Some(mix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{Published, sample::Sample};

    /// Monday 1 June 2026 is today.
    fn sample(cadence: &str, posts: &str) -> Sample {
        let channels = format!(
            "web:\n  title: Web\n  platform: web\n  cadence: {cadence}\nold:\n  title: Old\n  platform: x\n  cadence: daily\n  status: retired\n"
        );
        let pillars = "one:\n  title: One\n  share: 60 %\ntwo:\n  title: Two\n  share: 40 %\n";
        Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            ("channels.yaml", &channels),
            ("pillars.yaml", pillars),
            ("calendar/posts.csv", &format!("title,at,channels,pillar,status,origin\n{posts}")),
        ])
    }

    fn kept(sample: &Sample) -> Vec<(usize, usize, Kept)> {
        let pace = paces(sample.book());
        assert!(pace.len() <= 1, "a channel at rest keeps no cadence");
        let slots = pace.first().map(|pace| pace.slots.as_slice()).unwrap_or_default();
        slots.iter().map(|slot| (slot.planned, slot.published, slot.kept)).collect()
    }

    #[test]
    fn weeks_are_counted_from_the_first_post_on() {
        let posts = "A,2026-05-13,web,one,published,own\nB,2026-05-19,web,one,published,own\nC,2026-05-20,web,one,published,own\nD,2026-05-26,web,one,planned,own\nE,2026-05-27,web,one,cancelled,own\nF,2026-06-02,web,one,planned,own\n";
        let sample = sample("2 per week", posts);
        let expected = [(1, 1, Kept::Begun), (2, 2, Kept::Met), (1, 0, Kept::Short), (1, 0, Kept::Running)];
        assert_eq!(kept(&sample), expected);
        let pace = &paces(sample.book())[0];
        assert_eq!((pace.silent, pace.is_silent(), pace.is_short()), (12, false, false));
    }

    #[test]
    fn two_short_periods_and_a_long_silence_are_told() {
        let short = sample("weekly", "A,2026-05-05,web,,published,\nB,2026-05-12,web,,planned,\n");
        assert!(paces(short.book())[0].is_short());
        let silent = sample("monthly", "A,2026-03-05,web,,published,\n");
        assert!(paces(silent.book())[0].is_silent());
        // Who has just begun is not silent, and who is not in the calendar is not asked.
        let begun = sample("weekly", "A,2026-05-28,web,,planned,\n");
        assert!(!paces(begun.book())[0].is_silent() && !paces(begun.book())[0].is_short());
        assert_eq!(paces(sample("weekly", "A,2026-05-28,,,published,\n").book()), []);
        assert_eq!(paces(sample("weekly", "A,2026-07-28,web,,planned,\n").book()), []);
    }

    #[test]
    fn the_posts_of_an_export_count_where_it_reaches_over_the_period() {
        let mut sample = sample("2 per week", "A,2026-05-13,web,one,published,own\n");
        let day = |day| Date::constant(2026, 5, day);
        let days = vec![day(4), day(12), day(13), day(19)];
        let web = sample.id("channel", "web");
        sample.published.insert(web, Published { days, until: day(24) });
        let pace = &paces(sample.book())[0];
        let slots: Vec<_> = pace.slots.iter().map(|slot| (slot.out(), slot.exported, slot.kept)).collect();
        let expected = [
            (1, Some(1), Kept::Short),
            (2, Some(2), Kept::Met),
            (1, Some(1), Kept::Short),
            (0, None, Kept::Short),
            (0, None, Kept::Running),
        ];
        assert_eq!(slots, expected);
        assert_eq!(pace.silent, 13);
    }

    #[test]
    fn exports_are_of_a_channel_by_its_folder_or_its_platform() {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            (
                "channels.yaml",
                "one:\n  title: One\n  platform: Instagram\n  cadence: weekly\ntwo:\n  title: Two\n  platform: instagram\n  cadence: weekly\nvideo:\n  title: Video\n  platform: YouTube\n  cadence: monthly\nold:\n  title: Old\n  platform: x\n  cadence: daily\n  status: retired\n",
            ),
        ]);
        let named = exports_of_channels(&sample.playbook);
        let names: Vec<Vec<&str>> =
            named.iter().map(|(_, names)| names.iter().map(String::as_str).collect()).collect();
        assert_eq!(names, [vec!["one"], vec!["two"], vec!["video", "youtube"]]);
    }

    #[test]
    fn what_repeats_is_not_known_to_be_out() {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            ("channels.yaml", "web:\n  title: Web\n  platform: web\n  cadence: weekly\n"),
            (
                "calendar/posts.yaml",
                "- title: Tip\n  at: 2026-05-06\n  channels: [web]\n  status: scheduled\n  repeats: { every: week on Wednesday }\n",
            ),
        ]);
        let told = kept(&sample);
        assert_eq!(told.len(), 5);
        assert_eq!(told[1], (1, 0, Kept::Untold));
        let pace = &paces(sample.book())[0];
        assert!(!pace.is_short() && !pace.is_silent());
    }

    #[test]
    fn periods_are_as_long_as_one_post_takes() {
        let check = |times: f64, every: Unit, expected| {
            assert_eq!(period(Cadence { times, every }), expected, "{times} {every:?}");
        };
        check(3.0, Unit::Week, Some((Grain::Week, 3)));
        check(1.0, Unit::Day, Some((Grain::Week, 7)));
        check(0.5, Unit::Week, Some((Grain::Month, 2)));
        check(1.0 / 3.0, Unit::Month, Some((Grain::Quarter, 1)));
        check(4.0, Unit::Year, Some((Grain::Quarter, 1)));
        check(1.0, Unit::Year, Some((Grain::Year, 1)));
        check(0.1, Unit::Year, None);
    }

    #[test]
    fn shares_are_judged_from_eight_posts_on() {
        let post = |at: usize, pillar: &str| format!("P{at},2026-05-{at:02},web,{pillar},published,own\n");
        let seven: String = (10..17).map(|at| post(at, "one")).collect();
        let few = mix(sample("weekly", &seven).book()).expect("posts");
        assert_eq!((few.with_pillar, few.uneven().count()), (7, 0));
        let enough = format!("{seven}{}", post(17, "two"));
        let many = mix(sample("weekly", &enough).book()).expect("posts");
        let off: Vec<f64> = many.uneven().filter_map(Share::off).collect();
        assert_eq!(off, [27.5, -27.5]);
        assert_eq!(many.origins, [8, 0, 0]);
        let even = format!("{enough}{}{}", post(18, "two"), post(19, "two"));
        assert_eq!(mix(sample("weekly", &even).book()).expect("posts").uneven().count(), 0);
    }
}
