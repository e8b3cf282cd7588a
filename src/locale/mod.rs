//! Floor 2: words, numbers, dates and order of one language. The only file that names ICU.
//!
//! The data are CLDR's, compiled in: nothing is read from the system, so the same input gives the same text on every machine.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use fixed_decimal::{Decimal, FloatPrecision, Sign, SignedRoundingMode, UnsignedRoundingMode};
use icu_calendar::Gregorian;
use icu_calendar::types::Weekday;
use icu_calendar::week::{WeekInformation, WeekPreferences};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_datetime::fieldsets::{E, M, MD, MDE, YM, YMD};
use icu_datetime::input::Date as IcuDate;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesPreferences};
use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::finding::Language;
use crate::world::Date;

/// Always the calendar that playbooks are written in, whatever the language prefers.
type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

const NO_BREAK_SPACE: &str = "\u{a0}";
/// Stands for a number that is none (a division by zero, say).
const NO_NUMBER: &str = "–";

/// Everything that depends on the language of a page: its interface words, and how numbers, dates and names are written and ordered.
///
/// Made once for a language and shared by all threads.
pub struct Locale {
    tag: String,
    language: Language,
    words: BTreeMap<String, String>,
    decimals: Option<DecimalFormatter>,
    plurals: Option<PluralRules>,
    order: Option<CollatorBorrowed<'static>>,
    long_date: Option<Formatter<YMD>>,
    short_date: Option<Formatter<YMD>>,
    month: Option<Formatter<YM>>,
    long_month: Option<Formatter<M>>,
    short_month: Option<Formatter<M>>,
    short_day: Option<Formatter<MD>>,
    long_weekday: Option<Formatter<E>>,
    short_weekday: Option<Formatter<E>>,
    weekday_and_day: Option<Formatter<MDE>>,
    sunday_first: bool,
}

impl Locale {
    /// The locale of a language tag (`es`, `es-MX`, `en_GB`) with the interface words of its language.
    ///
    /// A tag that is none, or of a language for which there are no data, becomes `en`. Plain `en` writes dates as in Britain: a playbook's readers are seldom all in one country, and `9 March` cannot be misread.
    pub fn new(tag: &str, words: BTreeMap<String, String>) -> Self {
        let known = read_tag(tag).filter(has_data);
        let tag = known.as_ref().map_or_else(|| "en".to_owned(), ToString::to_string);
        let locale = known.or_else(|| read_tag("en")).unwrap_or(IcuLocale::UNKNOWN);
        let dates =
            if tag == "en" { read_tag("en-GB").unwrap_or_else(|| locale.clone()) } else { locale.clone() };

        let mut order = CollatorPreferences::from(&locale);
        // "Nivel 10" after "Nivel 2".
        order.numeric_ordering = Some(CollationNumericOrdering::True);
        let date_preferences = DateTimeFormatterPreferences::from(&dates);
        Self {
            language: Language::of(&tag),
            words,
            decimals: DecimalFormatter::try_new(
                DecimalFormatterPreferences::from(&locale),
                Default::default(),
            )
            .ok(),
            plurals: PluralRules::try_new_cardinal(PluralRulesPreferences::from(&locale)).ok(),
            order: CollatorBorrowed::try_new(order, CollatorOptions::default()).ok(),
            long_date: Formatter::try_new(date_preferences, YMD::long()).ok(),
            short_date: Formatter::try_new(date_preferences, YMD::medium()).ok(),
            month: Formatter::try_new(date_preferences, YM::long()).ok(),
            long_month: Formatter::try_new(date_preferences, M::long()).ok(),
            short_month: Formatter::try_new(date_preferences, M::medium()).ok(),
            short_day: Formatter::try_new(date_preferences, MD::medium()).ok(),
            long_weekday: Formatter::try_new(date_preferences, E::long()).ok(),
            short_weekday: Formatter::try_new(date_preferences, E::medium()).ok(),
            weekday_and_day: Formatter::try_new(date_preferences, MDE::long()).ok(),
            sunday_first: WeekInformation::try_new(WeekPreferences::from(&dates))
                .is_ok_and(|week| week.first_weekday == Weekday::Sunday),
            tag,
        }
    }

    /// The language tag in its usual form, for the `lang` attribute: `es`, `es-MX`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language in which the program speaks where it has only two.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The direction of the script, for the `dir` attribute: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        let mut parts = self.tag.split('-');
        let language = parts.next().unwrap_or_default();
        let script = parts.next().filter(|part| part.len() == 4);
        let leftwards = match script {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo" | "Adlm"),
            None => matches!(
                language,
                "ar" | "he" | "iw" | "fa" | "ur" | "ps" | "sd" | "ug" | "dv" | "yi" | "ckb" | "syr"
            ),
        };
        if leftwards { "rtl" } else { "ltr" }
    }

    /// An interface word; the key itself when the theme has none, so that a gap is seen and nothing breaks.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// All interface words, for templates.
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// The words of `key` with each `{name}` replaced by its value. A name that is not given stays as it is; braces within a value are text.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.word(key), values)
    }

    /// A count with its noun: the words of `key_one`, `key_many` or `key_other`, as the language's plural asks, with `{n}` replaced by the number.
    ///
    /// Spanish has `many` for whole millions ("1.000.000 de visitas"); a missing form falls back to `key_other`, then to the key.
    pub fn counted(&self, key: &str, n: usize) -> String {
        let category = self.plurals.as_ref().map(|rules| rules.category_for(n));
        self.counted_as(key, category, &self.number(n as f64, 0))
    }

    /// A length of time: the words of `unit_hour_one`, `unit_hour_other` … for the unit `hour`. Fractions keep up to two decimals ("1,5 horas").
    pub fn duration(&self, count: f64, unit: &str) -> String {
        let decimal = rounded(count, 2).map(|mut decimal| {
            decimal.absolute.trim_end();
            decimal
        });
        let category = match (&self.plurals, &decimal) {
            (Some(rules), Some(decimal)) => Some(rules.category_for(&decimal.absolute)),
            _ => None,
        };
        self.counted_as(&format!("unit_{unit}"), category, &self.written(decimal.as_ref()))
    }

    fn counted_as(&self, key: &str, category: Option<PluralCategory>, number: &str) -> String {
        let form = match category {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        };
        let words = [form, "other"].iter().find_map(|form| self.words.get(&format!("{key}_{form}")));
        fill(words.map_or_else(|| self.word(key), String::as_str), &[("n", number)])
    }

    /// A number with exactly `decimals` decimals (at most 20), halves rounded away from zero: `1234,5` and `12.345` in Spanish, which groups from five digits on.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        self.written(rounded(value, decimals).as_ref())
    }

    /// A percentage, given as such (12.5 for `12,5 %`).
    pub fn percent(&self, value: f64, decimals: u8) -> String {
        let number = self.number(value, decimals);
        match self.base_language() {
            "es" | "ca" | "gl" | "de" | "sv" | "da" | "nb" | "nn" | "no" | "fi" | "cs" | "sk" | "sl"
            | "ro" | "ru" | "uk" | "bg" | "hr" | "lt" | "be" => {
                format!("{number}{NO_BREAK_SPACE}%")
            }
            "fr" => format!("{number}\u{202f}%"),
            "eu" => format!("%{NO_BREAK_SPACE}{number}"),
            _ => format!("{number}%"),
        }
    }

    /// An amount of money; `currency` is a code such as `EUR`. Euro and pound are written with their sign, other currencies with their code, because `$` is the sign of twenty.
    pub fn money(&self, amount: f64, decimals: u8, currency: &str) -> String {
        // Cents have two digits: 40.5 EUR are 40.50.
        let number = self.number(amount, if decimals == 1 { 2 } else { decimals });
        let sign = match currency {
            "EUR" => "€",
            "GBP" => "£",
            code => code,
        };
        let before = matches!(self.base_language(), "en" | "ga" | "mt" | "ja" | "zh" | "ko" | "hi" | "cy");
        if !before {
            return format!("{number}{NO_BREAK_SPACE}{sign}");
        }
        let (minus, number) = number.strip_prefix('-').map_or(("", number.as_str()), |number| ("-", number));
        let space = if sign.chars().all(char::is_alphabetic) { NO_BREAK_SPACE } else { "" };
        format!("{minus}{sign}{space}{number}")
    }

    /// A date in full: `9 de marzo de 2026`, `9 March 2026`.
    pub fn date(&self, date: Date) -> String {
        self.formatted_date(self.long_date.as_ref(), date)
    }

    /// A date for tables: `9 mar 2026`.
    pub fn date_short(&self, date: Date) -> String {
        self.formatted_date(self.short_date.as_ref(), date)
    }

    /// The month of a date with its year: `marzo de 2026`, `March 2026`.
    pub fn month_year(&self, date: Date) -> String {
        match (&self.month, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.strftime("%Y-%m").to_string(),
        }
    }

    /// A month without its year: `marzo`, `March`.
    pub fn month_long(&self, date: Date) -> String {
        match (&self.long_month, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.strftime("%m").to_string(),
        }
    }

    /// A month without its year, as short as the language writes it: `mar`, `Mar`. For the ticks of charts.
    pub fn month_short(&self, date: Date) -> String {
        match (&self.short_month, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.strftime("%m").to_string(),
        }
    }

    /// A day without its year: `9 mar`, `9 Mar`. For the ticks of charts.
    pub fn day_month(&self, date: Date) -> String {
        match (&self.short_day, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.strftime("%m-%d").to_string(),
        }
    }

    /// The day of the week: `lunes`, `Monday`.
    pub fn weekday(&self, date: Date) -> String {
        match (&self.long_weekday, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.strftime("%a").to_string(),
        }
    }

    /// The day of the week, cut short: `lun`, `Mon`. For the heads of calendars.
    pub fn weekday_short(&self, date: Date) -> String {
        match (&self.short_weekday, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.strftime("%a").to_string(),
        }
    }

    /// A day with its weekday, without its year: `lunes, 9 de noviembre`, `Monday 9 November`.
    pub fn weekday_and_day(&self, date: Date) -> String {
        match (&self.weekday_and_day, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.to_string(),
        }
    }

    /// Whether weeks begin on Sunday, as in the United States and Mexico; else on Monday.
    pub fn is_sunday_first(&self) -> bool {
        self.sunday_first
    }

    /// A date in full and the time to the minute, on the clock of 24 hours: `9 de marzo de 2026, 07:05`. (CLDR's "a las 01:05" is wrong Spanish.)
    pub fn datetime(&self, moment: DateTime) -> String {
        format!("{}, {:02}:{:02}", self.date(moment.date()), moment.hour(), moment.minute())
    }

    /// The order of two names in this language: ñ after n in Spanish, accents and case only between equals, numbers by their value. Names that differ are never equal, so that the order is the same in every run.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.order.as_ref().map_or(Ordering::Equal, |order| order.compare(a, b)).then_with(|| a.cmp(b))
    }

    /// The letter under which a name stands in an alphabetical list: upper case, without accent (`Á` under `A`), `Ñ` kept where it is a letter of its own; `#` for what begins with no letter.
    pub fn initial(&self, text: &str) -> String {
        let own_letter = matches!(self.base_language(), "es" | "gl" | "eu" | "ast");
        let first = text.nfc().find(|character| character.is_alphanumeric());
        let Some(first) = first.filter(|character| character.is_alphabetic()) else {
            return "#".to_owned();
        };
        if own_letter && matches!(first, 'ñ' | 'Ñ') {
            return "Ñ".to_owned();
        }
        let bare = std::iter::once(first).nfd().find(|character| !is_combining_mark(*character));
        bare.unwrap_or(first).to_uppercase().take(1).collect()
    }

    fn base_language(&self) -> &str {
        self.tag.split('-').next().unwrap_or_default()
    }

    fn written(&self, decimal: Option<&Decimal>) -> String {
        match (&self.decimals, decimal) {
            (Some(formatter), Some(decimal)) => formatter.format(decimal).to_string(),
            (None, Some(decimal)) => decimal.to_string(),
            (_, None) => NO_NUMBER.to_owned(),
        }
    }

    fn formatted_date(&self, formatter: Option<&Formatter<YMD>>, date: Date) -> String {
        match (formatter, gregorian(date)) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => date.to_string(),
        }
    }
}

fn read_tag(tag: &str) -> Option<IcuLocale> {
    // `es_ES.UTF-8` is how systems write it.
    let tag = tag.trim().split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    tag.parse::<IcuLocale>().ok().filter(|locale| !locale.id.language.is_unknown())
}

/// Whether there are data for a language tag.
pub fn is_language(tag: &str) -> bool {
    usual_tag(tag).is_some()
}

/// A language tag in its usual form (`pt_br` → `pt-BR`); `None` when it is none or of a language for which there are no data.
pub fn usual_tag(tag: &str) -> Option<String> {
    read_tag(tag).filter(has_data).map(|locale| locale.to_string())
}

/// Whether CLDR knows the language: without data a month is written `M03`.
fn has_data(locale: &IcuLocale) -> bool {
    let formatter: Result<Formatter<YMD>, _> =
        Formatter::try_new(DateTimeFormatterPreferences::from(locale), YMD::long());
    match (formatter, IcuDate::try_new_gregorian(2026, 3, 9)) {
        (Ok(formatter), Ok(day)) => !formatter.format(&day).to_string().contains("M03"),
        _ => false,
    }
}

/// The number rounded for writing; `None` for what is no number or infinite.
fn rounded(value: f64, decimals: u8) -> Option<Decimal> {
    let mut decimal = Decimal::try_from_f64(value, FloatPrecision::RoundTrip).ok()?;
    let position = -i16::from(decimals.min(20));
    decimal.round_with_mode(position, SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand));
    decimal.absolute.pad_end(position);
    // No "-0".
    if decimal.absolute.is_zero() {
        decimal.set_sign(Sign::None);
    }
    Some(decimal)
}

fn gregorian(date: Date) -> Option<IcuDate<Gregorian>> {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    IcuDate::try_new_gregorian(i32::from(date.year()), part(date.month()), part(date.day())).ok()
}

/// Replaces `{name}` in one pass, so that a value is never read as a pattern.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        match value {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
