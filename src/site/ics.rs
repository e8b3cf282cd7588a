//! Calendars as files that calendar programs read (RFC 5545). Times are floating: the hour of the place where the reader is.

use std::fmt::Write;

use crate::world::Date;

/// Octets of a line before it is folded.
const MOST_OCTETS: usize = 75;

/// A calendar.
pub(super) struct Ics {
    lines: String,
    stamp: String,
}

/// An event of it.
#[derive(Debug, Default)]
pub(super) struct IcsEvent {
    /// The same in every build, and in no other calendar of the world.
    pub uid: String,
    /// Title.
    pub summary: String,
    /// What else is to be known; may be empty.
    pub description: String,
    /// Kinds of event, for filters; may be empty.
    pub category: String,
    /// Address of the page; may be empty.
    pub url: String,
    /// The first day.
    pub on: Date,
    /// The last day, when there are several.
    pub until: Option<Date>,
    /// Hour and minute; the whole day without.
    pub time: Option<(i8, i8)>,
    /// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
    pub status: &'static str,
}

impl Ics {
    /// An empty calendar; `stamp` is the day of the edition, so that the same playbook makes the same file.
    pub fn new(name: &str, stamp: Date) -> Self {
        let mut calendar = Self { lines: String::new(), stamp: format!("{}T000000Z", compact(stamp)) };
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", "-//Portolan//Portolan//EN");
        calendar.line("CALSCALE", "GREGORIAN");
        calendar.line("METHOD", "PUBLISH");
        calendar.text("NAME", name);
        calendar.text("X-WR-CALNAME", name);
        calendar
    }

    /// Adds an event.
    pub fn add(&mut self, event: &IcsEvent) {
        self.line("BEGIN", "VEVENT");
        self.text("UID", &event.uid);
        self.line("DTSTAMP", &self.stamp.clone());
        match event.time {
            Some((hour, minute)) => {
                self.line("DTSTART", &format!("{}T{hour:02}{minute:02}00", compact(event.on)));
            }
            None => {
                let last = event.until.unwrap_or(event.on);
                self.line("DTSTART;VALUE=DATE", &compact(event.on));
                // The end of an event is the first moment after it.
                self.line("DTEND;VALUE=DATE", &compact(last.tomorrow().unwrap_or(last)));
                self.line("TRANSP", "TRANSPARENT");
            }
        }
        self.text("SUMMARY", &event.summary);
        for (name, value) in [("DESCRIPTION", &event.description), ("CATEGORIES", &event.category)] {
            if !value.is_empty() {
                self.text(name, value);
            }
        }
        if !event.url.is_empty() {
            self.line("URL", &event.url);
        }
        self.line("STATUS", event.status);
        self.line("END", "VEVENT");
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        self.line("END", "VCALENDAR");
        self.lines.into_bytes()
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escaped(value));
    }

    fn line(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|letter| !letter.is_control()).collect();
        fold(&mut self.lines, &format!("{name}:{value}"));
    }
}

/// `20261109`.
fn compact(date: Date) -> String {
    let mut text = String::with_capacity(8);
    let _ = write!(text, "{:04}{:02}{:02}", date.year(), date.month(), date.day());
    text
}

/// A text value: backslash, semicolon, comma and the end of a line mean something of their own.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.trim().replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' | '\r' => escaped.push_str("\\n"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Lines of at most 75 octets; those that follow begin with a space. No letter is torn apart.
fn fold(lines: &mut String, line: &str) {
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > MOST_OCTETS {
            lines.push_str("\r\n ");
            octets = 1;
        }
        lines.push(letter);
        octets += letter.len_utf8();
    }
    lines.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a calendar program does: joins folded lines, parts names from values, takes escapes back.
    fn read(text: &str) -> Vec<(String, String)> {
        let body = text.strip_suffix("\r\n").expect("ends with a line end");
        for line in body.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        let joined = body.replace("\r\n ", "");
        let parted = joined.split("\r\n").map(|line| line.split_once(':').expect("a name and a value"));
        parted.map(|(name, value)| (name.to_owned(), unescaped(value))).collect()
    }

    fn unescaped(value: &str) -> String {
        let mut text = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().expect("an escaped letter") {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        text
    }

    fn of(event: &IcsEvent) -> Vec<(String, String)> {
        let mut calendar = Ics::new("Guía", Date::constant(2026, 11, 9));
        calendar.add(event);
        read(&String::from_utf8(calendar.finish()).expect("UTF-8"))
    }

    fn value<'a>(lines: &'a [(String, String)], name: &str) -> &'a str {
        let mut found = lines.iter().filter(|(known, _)| known == name);
        let (_, value) = found.next().unwrap_or_else(|| panic!("{name}"));
        assert!(found.next().is_none(), "{name} twice");
        value
    }

    #[test]
    fn an_hour_and_whole_days() {
        let event = IcsEvent {
            uid: "post-a@x".into(),
            summary: "Río; orilla, y más\nsegunda".into(),
            on: Date::constant(2026, 12, 31),
            time: Some((9, 5)),
            status: "CONFIRMED",
            ..IcsEvent::default()
        };
        let lines = of(&event);
        assert_eq!(value(&lines, "DTSTART"), "20261231T090500");
        assert_eq!(value(&lines, "DTSTAMP"), "20261109T000000Z");
        assert_eq!(value(&lines, "SUMMARY"), "Río; orilla, y más\nsegunda");
        assert!(!lines.iter().any(|(name, _)| name.starts_with("DTEND")), "a moment has no end");
        let until = Some(Date::constant(2027, 2, 28));
        let lines = of(&IcsEvent { time: None, until, ..event });
        assert_eq!(value(&lines, "DTSTART;VALUE=DATE"), "20261231");
        assert_eq!(value(&lines, "DTEND;VALUE=DATE"), "20270301");
        let first = lines.first().expect("a line");
        assert_eq!((first.0.as_str(), first.1.as_str()), ("BEGIN", "VCALENDAR"));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(summary in "\\PC{0,200}", description in "([ -~ñá€🌊]|\n){0,300}") {
            let event = IcsEvent { summary: summary.clone(), description: description.clone(), status: "CONFIRMED", ..IcsEvent::default() };
            let lines = of(&event);
            prop_assert_eq!(value(&lines, "SUMMARY"), summary.trim());
            if !description.trim().is_empty() {
                prop_assert_eq!(value(&lines, "DESCRIPTION"), description.trim());
            }
        }
    }
}
