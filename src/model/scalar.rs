//! A typed field reads what was typed: text → number, money, date, period, duration, cadence …, in Spanish and English.

use jiff::civil::{Date, DateTime, Time};

use super::{Cadence, FieldType, Money, Period, Phase, Unit, Value};
use crate::finding::Words;
use crate::text::fold;
use crate::words;

/// Why a text is not of the type: what is expected (with an example), and what was probably meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// "a date such as `2026-05-31`".
    pub what: Words,
    /// A ready replacement.
    pub meant: Option<String>,
}

impl Expected {
    fn such(what: Words) -> Self {
        Self { what, meant: None }
    }
}

/// Reads a scalar of a type that is neither a link nor made of parts. `None` for the other types.
///
/// # Errors
/// What would have been right.
pub fn read_scalar<P: Phase>(shape: &FieldType, text: &str) -> Option<Result<Value<P>, Expected>> {
    let text = text.trim();
    Some(match shape {
        FieldType::Text => Ok(Value::Text(text.to_owned())),
        FieldType::Number { min, max, .. } => read_number(text, *min, *max),
        FieldType::Band => read_band(text),
        FieldType::Percent => read_percent(text),
        FieldType::Money => read_money(text),
        FieldType::Hours => read_hours(text),
        FieldType::Date => date(text).map(Value::Date),
        FieldType::DateTime => datetime(text).map(Value::DateTime),
        FieldType::Period => period(text).map(Value::Period),
        FieldType::Span => read_span(text),
        FieldType::Duration => duration(text).map(|(count, unit)| Value::Duration { count, unit }),
        FieldType::Cadence => cadence(text).map(Value::Cadence),
        FieldType::YesNo => yes_no(text).map(Value::YesNo),
        FieldType::Choice(choices) => {
            let folded = fold(text);
            let index = choices.iter().position(|choice| choice.names.contains(&folded));
            match index.and_then(|index| u16::try_from(index).ok()) {
                Some(index) => Ok(Value::Choice(index)),
                None => Err(not_a_choice(choices, text)),
            }
        }
        FieldType::Url => url(text).map(Value::Url),
        FieldType::Email => email(text).map(Value::Email),
        FieldType::Phone => phone(text).map(Value::Phone),
        FieldType::File => Ok(Value::File(text.to_owned())),
        FieldType::Color => color(text).map(Value::Color),
        FieldType::Markdown
        | FieldType::Link(_)
        | FieldType::Links(_)
        | FieldType::Record(_)
        | FieldType::List(_)
        | FieldType::Map => return None,
    })
}

fn not_a_choice(choices: &[super::Choice], text: &str) -> Expected {
    let list = |name: fn(&super::Choice) -> &str| {
        choices.iter().map(|choice| format!("`{}`", name(choice))).collect::<Vec<_>>().join(", ")
    };
    let (en, es) = (list(|choice| &choice.name), list(|choice| &choice.es));
    let names = choices.iter().flat_map(|choice| [choice.es.as_str(), choice.name.as_str()]);
    Expected {
        what: words!("one of {en}", "uno de {es}"),
        meant: crate::text::nearest(text, names).map(str::to_owned),
    }
}

/// A number as people write it, with its decimals: `1250`, `12.5`, `12,5`, `1.250,5`, `1 250`, `-3`. `1.250` is 1.25: who means 1250 writes it without a point.
pub fn number(text: &str) -> Option<(f64, u8)> {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            ' ' | '\u{a0}' | '\u{202f}' | '_' | '\'' => {}
            '−' => cleaned.push('-'),
            _ => cleaned.push(character),
        }
    }
    let commas = cleaned.matches(',').count();
    let points = cleaned.matches('.').count();
    // The sign that comes last and once is the decimal sign; the other one groups thousands.
    let plain = match (cleaned.rfind(','), cleaned.rfind('.')) {
        (Some(comma), Some(point)) if comma > point && commas == 1 && groups(&cleaned, '.', comma) => {
            cleaned.replace('.', "").replace(',', ".")
        }
        (Some(comma), Some(point)) if point > comma && points == 1 && groups(&cleaned, ',', point) => {
            cleaned.replace(',', "")
        }
        (Some(_), Some(_)) => return None,
        (Some(_), None) if commas == 1 => cleaned.replace(',', "."),
        (Some(_), None) if groups(&cleaned, ',', cleaned.len()) => cleaned.replace(',', ""),
        (None, Some(_)) if points > 1 && groups(&cleaned, '.', cleaned.len()) => cleaned.replace('.', ""),
        _ => cleaned,
    };
    let digits = plain.trim_start_matches(['-', '+']);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    let decimals = plain.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    value.is_finite().then_some((value, u8::try_from(decimals.min(9)).unwrap_or(9)))
}

/// Whether every group after the first `sign` and before `end` has three digits.
fn groups(text: &str, sign: char, end: usize) -> bool {
    let whole = text.get(..end).unwrap_or(text).trim_start_matches(['-', '+']);
    let mut parts = whole.split(sign);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
}

fn read_number<P: Phase>(text: &str, min: Option<f64>, max: Option<f64>) -> Result<Value<P>, Expected> {
    let Some((value, decimals)) = number(text) else {
        return Err(Expected::such(words!(
            "a number such as `1250` or `12.5`",
            "un número como `1250` o `12,5`"
        )));
    };
    match (min, max) {
        (Some(min), Some(max)) if value < min || value > max => {
            Err(Expected::such(words!("a number from {min} to {max}", "un número de {min} a {max}")))
        }
        (Some(min), _) if value < min => {
            Err(Expected::such(words!("a number of at least {min}", "un número de {min} como mínimo")))
        }
        (_, Some(max)) if value > max => {
            Err(Expected::such(words!("a number of at most {max}", "un número de {max} como máximo")))
        }
        _ => Ok(Value::Number { value, decimals }),
    }
}

fn read_band<P: Phase>(text: &str) -> Result<Value<P>, Expected> {
    let expected =
        || Expected::such(words!("a number, or two such as `3..5`", "un número, o dos como `3..5`"));
    if let Some((low, high)) = text.split_once("..") {
        let (min, low_decimals) = number(low).ok_or_else(expected)?;
        let (max, high_decimals) = number(high).ok_or_else(expected)?;
        return if min <= max {
            Ok(Value::Band { min, max, decimals: low_decimals.max(high_decimals) })
        } else {
            Err(Expected { meant: Some(format!("{}..{}", high.trim(), low.trim())), ..expected() })
        };
    }
    let bare = text.strip_suffix('%').unwrap_or(text);
    let (value, decimals) = number(bare).ok_or_else(expected)?;
    Ok(Value::Band { min: value, max: value, decimals })
}

fn read_percent<P: Phase>(text: &str) -> Result<Value<P>, Expected> {
    let bare = text.strip_suffix('%').unwrap_or(text);
    match number(bare) {
        Some((value, decimals)) => Ok(Value::Percent { value, decimals }),
        None => Err(Expected::such(words!("a share such as `12.5 %`", "un porcentaje como `12,5 %`"))),
    }
}

fn read_money<P: Phase>(text: &str) -> Result<Value<P>, Expected> {
    let expected = || {
        Expected::such(words!(
            "an amount with its currency, such as `40 EUR`",
            "un importe con su moneda, como `40 EUR`"
        ))
    };
    let is_sign = |c: char| c.is_alphabetic() || matches!(c, '€' | '$' | '£');
    let sign: String = text.chars().filter(|c| is_sign(*c)).collect();
    let amount = text.trim_matches(|c: char| is_sign(c) || c.is_whitespace());
    let currency = match sign.as_str() {
        "€" | "euros" | "euro" => "EUR".to_owned(),
        "$" => "USD".to_owned(),
        "£" => "GBP".to_owned(),
        code if code.len() == 3 && code.is_ascii() => code.to_ascii_uppercase(),
        _ => return Err(expected()),
    };
    let (amount, decimals) = number(amount).ok_or_else(expected)?;
    Ok(Value::Money(Money { amount, decimals, currency }))
}

fn read_hours<P: Phase>(text: &str) -> Result<Value<P>, Expected> {
    if let Some((hours, _)) = number(text) {
        return Ok(Value::Hours(hours));
    }
    let hours = hours_and_minutes(text).or_else(|| match duration(text) {
        Ok((count, Unit::Hour)) => Some(count),
        Ok((count, Unit::Minute)) => Some(count / 60.0),
        _ => None,
    });
    hours.map(Value::Hours).ok_or_else(|| {
        Expected::such(words!("hours such as `5`, `5 h` or `1 h 30`", "horas como `5`, `5 h` o `1 h 30`"))
    })
}

/// `1 h 30`, `1h30m`.
fn hours_and_minutes(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(['h', 'H'])?;
    let minutes = minutes.trim().trim_end_matches("min").trim_end_matches('m').trim();
    let (hours, _) = number(hours)?;
    let minutes: f64 = if minutes.is_empty() { 0.0 } else { f64::from(minutes.parse::<u8>().ok()?) };
    Some(hours + minutes / 60.0)
}

/// `2026-05-31`; a day-first or month-first date is refused with the ISO form as what was meant where there is only one reading.
pub fn date(text: &str) -> Result<Date, Expected> {
    if let Some(date) = iso_date(text) {
        return Ok(date);
    }
    let parts: Vec<i16> = text.split(['/', '.', '-']).map_while(|part| part.trim().parse().ok()).collect();
    let meant = match *parts.as_slice() {
        [day, month, year] if year > 999 => {
            let one = |day: i16, month: i16| {
                Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            };
            match (one(day, month), one(month, day)) {
                (Some(date), None) | (None, Some(date)) => Some(date.to_string()),
                (Some(date), Some(same)) if date == same => Some(date.to_string()),
                _ => None,
            }
        }
        [year, month, day] if year > 999 => {
            // A day that the month does not have: its last one was probably meant.
            Date::new(year, i8::try_from(month).unwrap_or(0), 1)
                .ok()
                .filter(|_| (29..=31).contains(&day))
                .map(|first| first.last_of_month().to_string())
        }
        _ => None,
    };
    Err(Expected {
        what: words!(
            "a date: year-month-day, such as `2026-05-31`",
            "una fecha: año-mes-día, como `2026-05-31`"
        ),
        meant,
    })
}

fn iso_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn datetime(text: &str) -> Result<DateTime, Expected> {
    let expected = |meant| Expected {
        what: words!(
            "a date and time such as `2026-05-31 18:30`",
            "una fecha y hora como `2026-05-31 18:30`"
        ),
        meant,
    };
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let day = date(day)
        .map_err(|error| expected(error.meant.map(|day| format!("{day} {time}").trim().to_owned())))?;
    let time = time.trim().trim_end_matches('Z').trim_end_matches('h').trim();
    let time = if time.is_empty() { Some(Time::midnight()) } else { time_of_day(time) };
    time.map(|time| day.to_datetime(time)).ok_or_else(|| expected(None))
}

fn time_of_day(text: &str) -> Option<Time> {
    let mut parts = text.split([':', '.']);
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    Time::new(hour, minute, second, 0).ok()
}

/// `2026`, `2026-Q2`, `2026-T2`, `2026-05`, `2026-W12`, `2026-S12`, `2026-01-01..2026-03-31`.
fn period(text: &str) -> Result<Period, Expected> {
    let expected = || {
        Expected::such(words!(
            "a period such as `2026`, `2026-Q2`, `2026-05`, `2026-W12` or `2026-01-01..2026-03-31`",
            "un periodo como `2026`, `2026-T2`, `2026-05`, `2026-S12` o `2026-01-01..2026-03-31`"
        ))
    };
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (date(from.trim())?, date(to.trim())?);
        return if from <= to { Ok(Period::Days(from, to)) } else { Err(expected()) };
    }
    let (year, rest) = text.split_once(['-', ' ']).unwrap_or((text, ""));
    let year: i16 = year.parse().ok().filter(|year| (1000..=9999).contains(year)).ok_or_else(expected)?;
    let in_range = |number: &str, greatest: i8| {
        number.parse::<i8>().ok().filter(|number| (1..=greatest).contains(number)).ok_or_else(expected)
    };
    let period = match rest.get(..1) {
        None => Period::Year(year),
        Some("Q" | "q" | "T" | "t") => Period::Quarter(year, in_range(rest.get(1..).unwrap_or_default(), 4)?),
        Some("W" | "w" | "S" | "s") => Period::Week(year, in_range(rest.get(1..).unwrap_or_default(), 53)?),
        Some(_) => Period::Month(year, in_range(rest, 12)?),
    };
    period.days().map(|_| period).ok_or_else(expected)
}

fn read_span<P: Phase>(text: &str) -> Result<Value<P>, Expected> {
    let expected = || {
        Expected::such(words!(
            "two dates such as `2026-01-01..2026-03-31`",
            "dos fechas como `2026-01-01..2026-03-31`"
        ))
    };
    let (from, to) = text.split_once("..").ok_or_else(expected)?;
    let (from, to) = (date(from.trim())?, date(to.trim())?);
    if from <= to { Ok(Value::Span(from, to)) } else { Err(expected()) }
}

/// The unit with this name, in English or Spanish, short or long.
fn unit(name: &str) -> Option<Unit> {
    Some(match fold(name).as_str() {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas" => Unit::Hour,
        "d" | "day" | "days" | "dia" | "dias" => Unit::Day,
        "working_day" | "working_days" | "business_day" | "business_days" | "dia_habil" | "dias_habiles"
        | "dia_laborable" | "dias_laborables" => Unit::WorkingDay,
        "w" | "week" | "weeks" | "semana" | "semanas" | "sem" => Unit::Week,
        "month" | "months" | "mes" | "meses" => Unit::Month,
        "y" | "year" | "years" | "ano" | "anos" => Unit::Year,
        _ => return None,
    })
}

/// `24h`, `30 min`, `2 days`, `6 meses`, `un año`.
fn duration(text: &str) -> Result<(f64, Unit), Expected> {
    let expected = || {
        Expected::such(words!(
            "a length of time such as `24h`, `30 min`, `2 days` or `6 months`",
            "una duración como `24h`, `30 min`, `2 días` o `6 meses`"
        ))
    };
    let split = text.find(|c: char| c.is_alphabetic()).ok_or_else(expected)?;
    let (count, name) = text.split_at(split);
    let (count, name) = match (count.trim(), name.split_once(' ')) {
        ("", Some(("un" | "una" | "a" | "an" | "one", name))) => (1.0, name),
        (count, _) => (number(count).ok_or_else(expected)?.0, name),
    };
    let unit = unit(name).ok_or_else(expected)?;
    if count < 0.0 { Err(expected()) } else { Ok((count, unit)) }
}

/// `3 per week`, `4 por semana`, `3/week`, `weekly`, `semanal`, `2 veces al mes`.
fn cadence(text: &str) -> Result<Cadence, Expected> {
    let expected = || {
        Expected::such(words!(
            "how often, such as `3 per week` or `monthly`",
            "cada cuánto, como `3 por semana` o `mensual`"
        ))
    };
    let once = |every| Ok(Cadence { times: 1.0, every });
    match fold(text).as_str() {
        "daily" | "diaria" | "diario" | "every_day" | "cada_dia" => return once(Unit::Day),
        "weekly" | "semanal" | "every_week" | "cada_semana" => return once(Unit::Week),
        "fortnightly" | "quincenal" => return Ok(Cadence { times: 0.5, every: Unit::Week }),
        "monthly" | "mensual" | "every_month" | "cada_mes" => return once(Unit::Month),
        "quarterly" | "trimestral" => return Ok(Cadence { times: 4.0, every: Unit::Year }),
        "half_yearly" | "semestral" => return Ok(Cadence { times: 2.0, every: Unit::Year }),
        "yearly" | "annual" | "anual" | "every_year" | "cada_ano" => return once(Unit::Year),
        _ => {}
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '/')
        .filter(|word| {
            !matches!(
                fold(word).as_str(),
                "" | "per"
                    | "a"
                    | "por"
                    | "al"
                    | "a_la"
                    | "la"
                    | "cada"
                    | "times"
                    | "time"
                    | "veces"
                    | "vez"
                    | "x"
            )
        })
        .collect();
    let [times, every] = words.as_slice() else { return Err(expected()) };
    let times = match fold(times).as_str() {
        "once" | "una" | "un" | "one" => 1.0,
        "twice" | "dos" | "two" => 2.0,
        _ => number(times.trim_end_matches('x')).ok_or_else(expected)?.0,
    };
    let every = unit(every).ok_or_else(expected)?;
    if times > 0.0 { Ok(Cadence { times, every }) } else { Err(expected()) }
}

fn yes_no(text: &str) -> Result<bool, Expected> {
    match fold(text).as_str() {
        "yes" | "si" | "true" | "verdadero" | "y" | "s" => Ok(true),
        "no" | "false" | "falso" | "n" => Ok(false),
        _ => Err(Expected::such(words!("`yes` or `no`", "`sí` o `no`"))),
    }
}

fn url(text: &str) -> Result<String, Expected> {
    let bare = !text.contains("://") && text.contains('.') && !text.contains(char::is_whitespace);
    let expected = Expected {
        what: words!("an address such as `https://example.org`", "una dirección como `https://example.org`"),
        meant: bare.then(|| format!("https://{text}")),
    };
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.starts_with('/') && is_plain(host) => Ok(text.to_owned()),
        _ => Err(expected),
    }
}

/// No white space, control character, quote or angle bracket.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`'))
}

fn email(text: &str) -> Result<String, Expected> {
    let bare = text.strip_prefix("mailto:").unwrap_or(text);
    let valid = bare.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.')
    });
    if valid && is_plain(bare) {
        Ok(bare.to_owned())
    } else {
        Err(Expected::such(words!("an e-mail address", "una dirección de correo")))
    }
}

fn phone(text: &str) -> Result<String, Expected> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '.' | '/' | '\u{a0}'));
    if plain && (3..=20).contains(&digits) {
        Ok(text.to_owned())
    } else {
        Err(Expected::such(words!(
            "a telephone number such as `+34 600 000 000`",
            "un teléfono como `+34 600 000 000`"
        )))
    }
}

fn color(text: &str) -> Result<String, Expected> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        match digits.len() {
            6 => return Ok(format!("#{}", digits.to_ascii_lowercase())),
            3 => {
                let long: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
                return Ok(format!("#{}", long.to_ascii_lowercase()));
            }
            _ => {}
        }
    }
    Err(Expected::such(words!("a colour such as `\"#0a5a6a\"`", "un color como `\"#0a5a6a\"`")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Named;

    fn read(shape: FieldType, text: &str) -> Option<Value<Named>> {
        read_scalar(&shape, text).expect("a scalar type").ok()
    }

    #[test]
    fn numbers() {
        for (text, value) in [
            ("1250", 1250.0),
            ("12,5", 12.5),
            ("12.5", 12.5),
            ("1.250,5", 1250.5),
            ("1,250.5", 1250.5),
            ("1.250.000", 1_250_000.0),
            ("1 250", 1250.0),
            ("-3", -3.0),
        ] {
            assert_eq!(number(text).map(|(value, _)| value), Some(value), "{text}");
        }
        for text in ["", "x", "1.2.3", "12,50,1", "nan", "inf", "1e9", "--1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn dates_and_what_was_meant() {
        assert!(date("2026-05-31").is_ok());
        let meant = |text: &str| date(text).expect_err("no date").meant;
        assert_eq!(meant("31/05/2026").as_deref(), Some("2026-05-31"));
        assert_eq!(meant("01/02/2026"), None);
        assert_eq!(meant("2026-02-30").as_deref(), Some("2026-02-28"));
        assert_eq!(meant("mañana"), None);
    }

    #[test]
    fn periods() {
        for text in ["2026", "2026-Q2", "2026-T2", "2026-05", "2026-W53", "2026-01-01..2026-03-31"] {
            assert!(read(FieldType::Period, text).is_some(), "{text}");
        }
        for text in ["26", "2026-Q5", "2026-13", "2026-03-31..2026-01-01", "2025-W53"] {
            assert!(read(FieldType::Period, text).is_none(), "{text}");
        }
    }

    #[test]
    fn durations_and_cadences() {
        let duration = |text: &str| match read(FieldType::Duration, text) {
            Some(Value::Duration { count, unit }) => Some((count, unit)),
            _ => None,
        };
        assert_eq!(duration("24h"), Some((24.0, Unit::Hour)));
        assert_eq!(duration("6 meses"), Some((6.0, Unit::Month)));
        assert_eq!(duration("un año"), Some((1.0, Unit::Year)));
        assert_eq!(duration("5 días hábiles"), Some((5.0, Unit::WorkingDay)));
        assert_eq!(duration("pronto"), None);
        let cadence = |text: &str| match read(FieldType::Cadence, text) {
            Some(Value::Cadence(cadence)) => Some((cadence.times, cadence.every)),
            _ => None,
        };
        assert_eq!(cadence("3 per week"), Some((3.0, Unit::Week)));
        assert_eq!(cadence("4 por semana"), Some((4.0, Unit::Week)));
        assert_eq!(cadence("2 veces al mes"), Some((2.0, Unit::Month)));
        assert_eq!(cadence("semanal"), Some((1.0, Unit::Week)));
        assert_eq!(cadence("a veces"), None);
    }

    #[test]
    fn money_hours_and_addresses() {
        assert_eq!(
            read(FieldType::Money, "40 €"),
            Some(Value::Money(Money { amount: 40.0, decimals: 0, currency: "EUR".into() }))
        );
        assert_eq!(read(FieldType::Money, "40"), None);
        assert_eq!(read(FieldType::Hours, "1 h 30"), Some(Value::Hours(1.5)));
        assert_eq!(read(FieldType::Url, "javascript:alert(1)"), None);
        assert_eq!(url("example.org").expect_err("no scheme").meant.as_deref(), Some("https://example.org"));
        assert_eq!(read(FieldType::Color, "#abc"), Some(Value::Color("#aabbcc".into())));
    }
}
