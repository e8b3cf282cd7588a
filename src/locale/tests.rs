//! What CLDR and our words give in Spanish, English and a few other languages.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::time::{Duration, Instant};

use jiff::civil::{date, datetime};

use super::*;

fn locale(tag: &str) -> Locale {
    let words = [
        ("search", "Buscar"),
        ("hits_one", "{n} resultado"),
        ("hits_many", "{n} de resultados"),
        ("hits_other", "{n} resultados"),
        ("unit_hour_one", "{n} hora"),
        ("unit_hour_other", "{n} horas"),
        ("about", "{what} sobre {whom}, {what}"),
    ];
    Locale::new(tag, words.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect())
}

#[test]
fn is_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&locale("es"));
}

#[test]
fn tags() {
    for (given, tag, language, direction) in [
        ("es", "es", Language::Spanish, "ltr"),
        ("es_MX.UTF-8", "es-MX", Language::Spanish, "ltr"),
        ("EN-us", "en-US", Language::English, "ltr"),
        ("ca", "ca", Language::Spanish, "ltr"),
        ("ar", "ar", Language::English, "rtl"),
        ("he-Hebr", "he-Hebr", Language::English, "rtl"),
        ("uz-Cyrl", "uz-Cyrl", Language::English, "ltr"),
        ("", "en", Language::English, "ltr"),
        ("qqx", "en", Language::English, "ltr"),
        ("und", "en", Language::English, "ltr"),
        ("../../x", "en", Language::English, "ltr"),
    ] {
        let locale = locale(given);
        assert_eq!(
            (locale.tag(), locale.language(), locale.direction()),
            (tag, language, direction),
            "{given}"
        );
    }
}

#[test]
fn words_and_plurals() {
    let es = locale("es");
    assert_eq!(es.word("search"), "Buscar");
    assert_eq!(es.word("no_such_word"), "no_such_word");
    assert_eq!(es.counted("hits", 0), "0 resultados");
    assert_eq!(es.counted("hits", 1), "1 resultado");
    assert_eq!(es.counted("hits", 12_345), "12.345 resultados");
    assert_eq!(es.counted("hits", 2_000_000), "2.000.000 de resultados");
    assert_eq!(es.counted("unit_hour", 1_000_000), "1.000.000 horas", "no `many` form: `other`");
    assert_eq!(es.counted("no_such_word", 2), "no_such_word");
    assert_eq!(locale("en").counted("hits", 2_000_000), "2,000,000 resultados");
    assert_eq!(es.fill("about", &[("what", "{whom}"), ("whom", "ti")]), "{whom} sobre ti, {whom}");
    assert_eq!(es.fill("about", &[("whom", "}{")]), "{what} sobre }{, {what}");
    assert_eq!(es.words().len(), 7);
    assert_eq!(es.duration(1.0, "hour"), "1 hora");
    assert_eq!(es.duration(1.5, "hour"), "1,5 horas");
    assert_eq!(es.duration(48.0, "hour"), "48 horas");
}

#[test]
fn numbers() {
    let (es, en) = (locale("es"), locale("en"));
    for (value, decimals, spanish, english) in [
        (0.0, 0, "0", "0"),
        (12.0, 1, "12,0", "12.0"),
        (1234.5, 1, "1234,5", "1,234.5"),
        (1_234_567.5, 1, "1.234.567,5", "1,234,567.5"),
        (0.005, 2, "0,01", "0.01"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, "-3", "-3"),
        (-0.04, 1, "0,0", "0.0"),
        (1e15, 0, "1.000.000.000.000.000", "1,000,000,000,000,000"),
        (f64::NAN, 1, "–", "–"),
        (f64::INFINITY, 1, "–", "–"),
    ] {
        assert_eq!(es.number(value, decimals), spanish, "{value}");
        assert_eq!(en.number(value, decimals), english, "{value}");
    }
    assert_eq!(locale("es-MX").number(1234.5, 1), "1,234.5");
    assert_eq!(es.percent(12.5, 1), "12,5\u{a0}%");
    assert_eq!(en.percent(12.5, 1), "12.5%");
    assert_eq!(locale("eu").percent(12.5, 1), "%\u{a0}12,5");
    assert_eq!(es.money(40.0, 0, "EUR"), "40\u{a0}€");
    assert_eq!(es.money(1250.5, 2, "USD"), "1250,50\u{a0}USD");
    assert_eq!(en.money(40.0, 0, "EUR"), "€40");
    assert_eq!(en.money(-40.0, 2, "GBP"), "-£40.00");
    assert_eq!(en.money(40.0, 0, "MXN"), "MXN\u{a0}40");
}

#[test]
fn dates() {
    let day = date(2026, 3, 9);
    let (es, en) = (locale("es"), locale("en"));
    assert_eq!(es.date(day), "9 de marzo de 2026");
    assert_eq!(en.date(day), "9 March 2026");
    assert_eq!(locale("en-US").date(day), "March 9, 2026");
    assert_eq!(locale("ca").date(day), "9 de març del 2026");
    assert_eq!(es.date_short(day), "9 mar 2026");
    assert_eq!(en.date_short(day), "9 Mar 2026");
    assert_eq!(es.month_year(day), "marzo de 2026");
    assert_eq!(en.month_year(day), "March 2026");
    let moment = datetime(2026, 3, 9, 7, 5, 0, 0);
    assert_eq!(es.datetime(moment), "9 de marzo de 2026, 07:05");
    assert_eq!(en.datetime(moment), "9 March 2026, 07:05");
    // Far years are no reason to fail.
    assert!(!es.date(Date::MIN).is_empty() && !es.date(Date::MAX).is_empty());
}

#[test]
fn alphabetical_order() {
    let sorted = |tag: &str| {
        let locale = locale(tag);
        let mut names = ["zeta", "ola", "ñandú", "nube", "árbol", "Nivel 10", "Nivel 2", "nivel 2"];
        names.sort_by(|a, b| locale.compare(a, b));
        names.join(" ")
    };
    assert_eq!(sorted("es"), "árbol nivel 2 Nivel 2 Nivel 10 nube ñandú ola zeta");
    assert_eq!(sorted("en"), "árbol ñandú nivel 2 Nivel 2 Nivel 10 nube ola zeta");
    assert_eq!(locale("es").compare("a", "a"), Ordering::Equal);
    assert_ne!(locale("es").compare("a\u{0}", "a"), Ordering::Equal, "different names are never equal");
}

#[test]
fn initials() {
    let es = locale("es");
    for (text, initial) in [
        ("árbol", "A"),
        ("Ñandú", "Ñ"),
        ("n\u{303}u", "Ñ"),
        ("¿Qué?", "Q"),
        ("3 pasos", "#"),
        ("", "#"),
        ("…", "#"),
        ("ъ", "Ъ"),
        ("ßa", "S"),
    ] {
        assert_eq!(es.initial(text), initial, "{text}");
    }
    assert_eq!(locale("en").initial("ñandú"), "N");
}

#[test]
fn is_made_and_used_quickly() {
    let start = Instant::now();
    let es = locale("es");
    let made = start.elapsed();
    let start = Instant::now();
    let day = date(2026, 3, 9);
    let length: usize = (0..10_000).map(|_| es.date(day).len()).sum();
    let dates = start.elapsed();
    assert_eq!(length, 10_000 * "9 de marzo de 2026".len());
    // Without optimisation everything is some twenty times slower; the limits only catch a change of order.
    let slack = if cfg!(debug_assertions) { 40 } else { 2 };
    assert!(made <= Duration::from_millis(5) * slack, "made in {made:?}");
    assert!(dates <= Duration::from_millis(50) * slack, "10 000 dates in {dates:?}");
}

#[test]
fn days_of_the_week() {
    let monday = Date::constant(2026, 11, 9);
    let said = |tag: &str| {
        let locale = Locale::new(tag, BTreeMap::new());
        (locale.weekday(monday), locale.weekday_short(monday), locale.weekday_and_day(monday))
    };
    assert_eq!(said("es"), ("lunes".to_owned(), "lun".to_owned(), "lunes, 9 de noviembre".to_owned()));
    assert_eq!(said("en"), ("Monday".to_owned(), "Mon".to_owned(), "Monday 9 November".to_owned()));
    for (tag, sunday) in [("es", false), ("en", false), ("en-US", true), ("es-MX", true), ("gl", false)] {
        assert_eq!(Locale::new(tag, BTreeMap::new()).is_sunday_first(), sunday, "{tag}");
    }
}
