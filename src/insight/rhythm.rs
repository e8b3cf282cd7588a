//! The rhythm of a post that comes back: the words of an author ("week on Wednesday", "cada dos viernes") → days.

use crate::model::Unit;
use crate::series::{Grain, day_of, number_of};
use crate::text::fold;
use crate::world::Date;

/// Most days that one post can have in a window.
const MOST_SLOTS: usize = 1000;

/// How often, and on which days.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// Every how many of `unit`.
    pub every: i32,
    /// Day, working day, week or month.
    pub unit: Unit,
    /// Days of the week, Monday is 0; none for the day of the first time.
    pub weekdays: Vec<i8>,
    /// Day of the month, when one is named; 31 is the last.
    pub month_day: Option<i8>,
    /// Which of these weekdays in the month: 1 is the first, -1 the last.
    pub which: Option<i8>,
}

/// Words that carry nothing.
const FILLERS: &[&str] = &[
    "every", "each", "on", "of", "the", "a", "at", "in", "and", "per", "once", "cada", "todos", "todas",
    "los", "las", "el", "la", "al", "del", "de", "en", "y", "e", "por", "una", "un", "vez", "days", "dias",
];

const NUMBERS: &[(&str, &str, i32)] = &[
    ("two", "dos", 2),
    ("three", "tres", 3),
    ("four", "cuatro", 4),
    ("five", "cinco", 5),
    ("six", "seis", 6),
    ("eight", "ocho", 8),
];

const ORDINALS: &[(&[&str], i8)] = &[
    (&["first", "1st", "primer", "primero", "primera"], 1),
    (&["second", "2nd", "segundo", "segunda"], 2),
    (&["third", "3rd", "tercer", "tercero", "tercera"], 3),
    (&["fourth", "4th", "cuarto", "cuarta"], 4),
    (&["last", "ultimo", "ultima"], -1),
];

const WEEKDAYS: &[&[&str]] = &[
    &["monday", "mondays", "mon", "lunes", "lun"],
    &["tuesday", "tuesdays", "tue", "martes", "mar"],
    &["wednesday", "wednesdays", "wed", "miercoles", "mie"],
    &["thursday", "thursdays", "thu", "jueves", "jue"],
    &["friday", "fridays", "fri", "viernes", "vie"],
    &["saturday", "saturdays", "sat", "sabado", "sabados", "sab"],
    &["sunday", "sundays", "sun", "domingo", "domingos", "dom"],
];

const UNITS: &[(&[&str], Unit, i32)] = &[
    (&["day", "daily", "dia", "diario", "diaria", "a-diario"], Unit::Day, 1),
    (&["workday", "workdays", "weekday", "weekdays", "laborable", "laborables"], Unit::WorkingDay, 1),
    (&["week", "weeks", "weekly", "semana", "semanas", "semanal"], Unit::Week, 1),
    (&["fortnight", "fortnightly", "biweekly", "quincena", "quincenal"], Unit::Week, 2),
    (&["month", "months", "monthly", "mes", "meses", "mensual"], Unit::Month, 1),
    (&["quarter", "quarters", "quarterly", "trimestre", "trimestres", "trimestral"], Unit::Month, 3),
    (&["year", "years", "yearly", "ano", "anos", "anual"], Unit::Month, 12),
];

impl Rhythm {
    /// Reads the words; `None` when one of them is not understood or nothing says how often.
    pub fn read(text: &str) -> Option<Rhythm> {
        let folded = fold(text);
        let words: Vec<&str> =
            folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let (mut count, mut unit, mut which, mut number) = (None, None, None, None);
        let mut weekdays: Vec<i8> = Vec::new();
        let is = |names: &[&str], word: &str| names.contains(&word);
        for (at, word) in words.iter().enumerate() {
            let names_day = matches!(*word, "dia" | "day");
            let before_number = words.get(at + 1).is_some_and(|next| next.parse::<i8>().is_ok());
            // "on day 15": the unit is the month, said elsewhere or meant.
            if names_day && before_number {
                continue;
            }
            if let Ok(written) = word.trim_end_matches("th").parse::<i32>() {
                let is_month_day = matches!(
                    at.checked_sub(1).and_then(|at| words.get(at)),
                    Some(&("dia" | "day" | "the" | "on" | "el"))
                );
                if is_month_day {
                    number = i8::try_from(written).ok().filter(|day| (1..=31).contains(day));
                    number?;
                } else {
                    count = Some(written);
                }
            } else if let Some((_, _, written)) = NUMBERS.iter().find(|(en, es, _)| en == word || es == word)
            {
                count = Some(*written);
            } else if *word == "other" {
                count = Some(2);
            } else if let Some((_, written)) = ORDINALS.iter().find(|(names, _)| is(names, word)) {
                which = Some(*written);
            } else if let Some(weekday) = WEEKDAYS.iter().position(|names| is(names, word)) {
                weekdays.push(i8::try_from(weekday).ok()?);
            } else if let Some((_, named, times)) = UNITS.iter().find(|(names, ..)| is(names, word)) {
                // "every working day": the last word decides.
                unit = Some((*named, *times));
            } else if !FILLERS.contains(word) {
                return None;
            }
        }
        weekdays.sort_unstable();
        weekdays.dedup();
        let (unit, times) = match unit {
            // "the first Monday", "day 15" without "of each month".
            Some((Unit::Day | Unit::Week, _)) | None if which.is_some() || number.is_some() => {
                (Unit::Month, 1)
            }
            Some((Unit::Day, _)) if !weekdays.is_empty() => (Unit::Week, 1),
            Some(unit) => unit,
            None if !weekdays.is_empty() => (Unit::Week, 1),
            None if count.is_some() && words.iter().any(|word| matches!(*word, "days" | "dias")) => {
                (Unit::Day, 1)
            }
            None => return None,
        };
        if which.is_some() && weekdays.is_empty() && !matches!(unit, Unit::Month) {
            return None;
        }
        let every = count.unwrap_or(1).checked_mul(times).filter(|every| (1..=520).contains(every))?;
        let month_day = number.or(if weekdays.is_empty() {
            which.filter(|which| *which == -1).map(|_| 31)
        } else {
            None
        });
        Some(Rhythm { every, unit, weekdays, month_day, which })
    }

    /// Its days from the first time on that lie in the window, both ends included.
    pub fn days(&self, first: Date, from: Date, to: Date) -> Vec<Date> {
        let from = from.max(first);
        let mut days = Vec::new();
        if from > to {
            return days;
        }
        match self.unit {
            Unit::Week => self.in_weeks(first, from, to, &mut days),
            Unit::Month | Unit::Year => self.in_months(first, from, to, &mut days),
            Unit::WorkingDay => {
                let all = number_of(from)..=number_of(to);
                days.extend(
                    all.map(day_of).filter(|day| day.weekday().to_monday_zero_offset() < 5).take(MOST_SLOTS),
                );
            }
            Unit::Minute | Unit::Hour | Unit::Day => {
                let (first, every) = (number_of(first), i64::from(self.every));
                let skipped = (number_of(from) - first).div_euclid(every) * every + first;
                let mut next = if skipped < number_of(from) { skipped + every } else { skipped };
                while next <= number_of(to) && days.len() < MOST_SLOTS {
                    days.push(day_of(next));
                    next += every;
                }
            }
        }
        days
    }

    fn in_weeks(&self, first: Date, from: Date, to: Date, days: &mut Vec<Date>) {
        let own = [first.weekday().to_monday_zero_offset()];
        let weekdays = if self.weekdays.is_empty() { own.as_slice() } else { self.weekdays.as_slice() };
        let start = number_of(Grain::Week.start(first));
        let step = 7 * i64::from(self.every);
        let mut week = start + (number_of(from) - start).div_euclid(step) * step;
        while week <= number_of(to) && days.len() < MOST_SLOTS {
            let of_week = weekdays.iter().map(|weekday| day_of(week + i64::from(*weekday)));
            days.extend(of_week.filter(|day| (from..=to).contains(day)));
            week += step;
        }
    }

    fn in_months(&self, first: Date, from: Date, to: Date, days: &mut Vec<Date>) {
        let index = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let skipped = (index(from) - index(first)).div_euclid(self.every) * self.every;
        let mut month = Grain::Month.after(first, skipped);
        while month <= to && days.len() < MOST_SLOTS {
            days.extend(self.in_month(month, first).filter(|day| (from..=to).contains(day)));
            let next = Grain::Month.after(month, self.every);
            if next <= month {
                break;
            }
            month = next;
        }
    }

    /// The days of one month, in order.
    fn in_month(&self, month: Date, first: Date) -> impl Iterator<Item = Date> {
        let last = month.last_of_month();
        let mut days = Vec::new();
        if self.weekdays.is_empty() {
            let wished = self.month_day.unwrap_or(first.day()).min(last.day());
            days.push(day_of(number_of(month) + i64::from(wished) - 1));
        }
        for weekday in &self.weekdays {
            let offset = i64::from(weekday - month.weekday().to_monday_zero_offset()).rem_euclid(7);
            let wished = match self.which {
                Some(-1) => {
                    let back = i64::from(last.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
                    number_of(last) - back
                }
                which => number_of(month) + offset + 7 * i64::from(which.unwrap_or(1) - 1),
            };
            days.push(day_of(wished));
        }
        days.sort_unstable();
        days.into_iter().filter(move |day| *day <= last)
    }
}

/// A time of day: `18:30`, `18.30`, `18h`, `9`.
pub fn clock(text: &str) -> Option<(i8, i8)> {
    let text = text.trim().trim_end_matches('h').trim();
    let (hour, minute) = text.split_once([':', '.', 'h']).unwrap_or((text, "0"));
    let (hour, minute): (i8, i8) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIRST: Date = Date::constant(2026, 11, 4);

    fn days(text: &str) -> Vec<String> {
        let rhythm = Rhythm::read(text).unwrap_or_else(|| panic!("{text}"));
        let days = rhythm.days(FIRST, Date::constant(2026, 11, 1), Date::constant(2027, 1, 15));
        days.iter().map(|day| day.strftime("%m-%d").to_string()).collect()
    }

    #[test]
    fn words_of_two_languages() {
        let wednesdays = [
            "11-04", "11-11", "11-18", "11-25", "12-02", "12-09", "12-16", "12-23", "12-30", "01-06", "01-13",
        ];
        for text in [
            "week",
            "week on Wednesday",
            "every Wednesday",
            "semana los miércoles",
            "cada miércoles",
            "Semanal",
            "Wednesdays",
        ] {
            assert_eq!(days(text), wednesdays, "{text}");
        }
        for text in
            ["two weeks", "every 2 weeks on Wed", "cada dos semanas", "quincenal", "every other Wednesday"]
        {
            assert_eq!(days(text), ["11-04", "11-18", "12-02", "12-16", "12-30", "01-13"], "{text}");
        }
        for text in ["month", "cada mes", "mensual"] {
            assert_eq!(days(text), ["11-04", "12-04", "01-04"], "{text}");
        }
        for text in ["month on day 15", "mes el día 15", "el 15 de cada mes"] {
            assert_eq!(days(text), ["11-15", "12-15", "01-15"], "{text}");
        }
        for text in ["first Monday of the month", "primer lunes de cada mes"] {
            assert_eq!(days(text), ["12-07", "01-04"], "{text}");
        }
        for text in ["last Friday of the month", "último viernes de mes"] {
            assert_eq!(days(text), ["11-27", "12-25"], "{text}");
        }
        assert_eq!(days("último día del mes"), ["11-30", "12-31"]);
        assert_eq!(days("lunes y jueves").iter().take(3).collect::<Vec<_>>(), ["11-05", "11-09", "11-12"]);
        assert_eq!(days("trimestre"), ["11-04"]);
        assert_eq!(days("cada 30 días"), ["11-04", "12-04", "01-03"]);
        assert_eq!(days("laborables").len(), 53);
    }

    #[test]
    fn what_is_not_understood_is_no_rhythm() {
        for text in ["", "sometimes", "cuando haya algo", "0 weeks", "week on Someday", "day 45", "2026"] {
            assert_eq!(Rhythm::read(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_day() {
        assert_eq!(clock("18:30"), Some((18, 30)));
        assert_eq!(clock("9h"), Some((9, 0)));
        assert_eq!(clock("18h30"), Some((18, 30)));
        assert_eq!(clock("25:00"), None);
        assert_eq!(clock("later"), None);
    }

    proptest! {
        #[test]
        fn days_lie_in_the_window_in_order(text in "(every|cada|two|2|week|mes|month|lunes|friday|last|day|15| )+", first in -800_000i64..2_900_000, ahead in -500i64..500) {
            if let Some(rhythm) = Rhythm::read(&text) {
                let (first, from, to) = (day_of(first), day_of(first + ahead), day_of(first + ahead + 120));
                let found = rhythm.days(first, from, to);
                prop_assert!(found.iter().all(|day| *day >= first && *day >= from && *day <= to));
                prop_assert!(found.is_sorted());
            }
        }
    }
}
