//! A typed value → what a template shows, in the language of the page.

use super::Planner;
use super::view::{FactView, LinkView, Moment, Shown, StepView, TagView};
use crate::insight::Rhythm;
use crate::model::{
    Cadence, Edge, EntityId, Field, FieldType, Item, Money, Period, Record, Resolved, Tone, Value, Want,
};
use crate::text::{PagePath, Spanned, capital};
use crate::world::Date;

/// A text from this length on says something by itself, in characters.
const LONG_TEXT: usize = 28;

/// Endings of files that every browser shows as a picture.
const PICTURES: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

impl Planner<'_> {
    /// A value as a template shows it; `None` when there is nothing to show.
    pub(super) fn shown(&self, shape: &FieldType, value: &Value<Resolved>, page: &PagePath) -> Option<Shown> {
        let locale = self.locale;
        Some(match (value, shape) {
            (Value::Text(text), _) => Shown::Text { text: text.clone() },
            (Value::Markdown(passage), _) => Shown::Prose { html: self.fill(passage, page) },
            (Value::Number { value, decimals }, FieldType::Number { unit, .. }) => {
                let unit = unit.within(locale.language());
                let number = locale.number(*value, *decimals);
                Shown::Number { text: if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") } }
            }
            (Value::Number { value, decimals }, _) => {
                Shown::Number { text: locale.number(*value, *decimals) }
            }
            (Value::Band { min, max, decimals }, _) => {
                Shown::Number { text: self.band(*min, *max, *decimals) }
            }
            (Value::Percent { value, decimals }, _) => {
                Shown::Number { text: locale.percent(*value, *decimals) }
            }
            (Value::Money(Money { amount, decimals, currency }), _) => {
                Shown::Number { text: locale.money(*amount, *decimals, currency) }
            }
            (Value::Hours(hours), _) => Shown::Number { text: self.counted("unit_hour", *hours) },
            (Value::Date(date), _) => Shown::Date { moment: self.moment(*date) },
            (Value::DateTime(at), _) => {
                Shown::Date { moment: Moment { iso: at.to_string(), text: locale.datetime(*at) } }
            }
            (Value::Period(period), _) => Shown::Text { text: self.period(*period) },
            (Value::Span(from, to), _) => Shown::Text { text: self.days(*from, *to) },
            (Value::Duration { count, unit }, _) => {
                Shown::Number { text: self.counted(&format!("unit_{}", unit.name()), *count) }
            }
            (Value::Cadence(cadence), _) => Shown::Text { text: self.cadence(*cadence) },
            (Value::YesNo(yes), _) => {
                Shown::Text { text: locale.word(if *yes { "yes" } else { "no" }).to_owned() }
            }
            (Value::Choice(index), FieldType::Choice(choices)) => {
                let choice = choices.get(usize::from(*index))?;
                let text = choice.label.within(locale.language()).to_owned();
                match choice.tone {
                    // A tag for everything would make tags mean nothing: what is neither good nor bad is a word.
                    Some(Tone::Neutral) | None => Shown::Text { text },
                    Some(tone) => Shown::Tag { tag: TagView { text, tone: tone.name() } },
                }
            }
            (Value::Url(url), _) => {
                let text = url.trim_start_matches("https://").trim_start_matches("http://");
                Shown::Address { url: url.clone(), text: text.trim_end_matches('/').to_owned() }
            }
            (Value::Email(address), _) => {
                Shown::Address { url: format!("mailto:{address}"), text: address.clone() }
            }
            (Value::Phone(number), _) => {
                let digits: String = number
                    .chars()
                    .filter(|character| character.is_ascii_digit() || *character == '+')
                    .collect();
                Shown::Address { url: format!("tel:{digits}"), text: number.clone() }
            }
            (Value::File(path), _) => {
                let file = crate::text::FilePath::new(path)?;
                if self.is_withheld(&file) {
                    return Some(Shown::Text { text: file.name().to_owned() });
                }
                let url = self.publish(&file).from(page);
                let picture = PICTURES.contains(&file.extension().to_ascii_lowercase().as_str());
                let (thumb_url, width, height) = self.thumb(&file, page);
                Shown::File { url, text: file.name().to_owned(), picture, thumb_url, width, height }
            }
            (Value::Color(text), _) => Shown::Color { text: text.clone() },
            (Value::Link(edge), _) => Shown::Links { links: vec![self.edge(edge, page)?] },
            (Value::Links(edges), _) => {
                Shown::Links { links: edges.iter().filter_map(|edge| self.edge(edge, page)).collect() }
            }
            (Value::Record(record), FieldType::Record(fields)) => {
                Shown::Record { rows: self.rows(fields, record, page) }
            }
            (Value::List(items), FieldType::List(shape)) => self.list(shape, items, page)?,
            (Value::Map(pairs), _) if pairs.iter().all(|(key, _)| self.is_language(&key.value)) => {
                // The same text in other languages: that of the page stands above already.
                let others = pairs.iter().filter(|(key, _)| !self.is_own_language(&key.value));
                let row = |(key, text): &(Spanned<String>, String)| FactView {
                    field: key.value.clone(),
                    label: capital(&self.language_name(&key.value)),
                    help: String::new(),
                    value: Shown::Text { text: text.clone() },
                    lang: key.value.clone(),
                };
                let rows: Vec<FactView> = others.map(row).collect();
                if rows.is_empty() {
                    return None;
                }
                Shown::Record { rows }
            }
            (Value::Map(pairs), _) => Shown::Record {
                rows: pairs
                    .iter()
                    .map(|(key, text)| FactView {
                        field: key.value.clone(),
                        label: key.value.clone(),
                        help: String::new(),
                        value: Shown::Text { text: text.clone() },
                        lang: self.lang_at(key.span),
                    })
                    .collect(),
            },
            (Value::Choice(_) | Value::Record(_) | Value::List(_), _) => return None,
        })
    }

    pub(super) fn rows(&self, fields: &[Field], record: &Record<Resolved>, page: &PagePath) -> Vec<FactView> {
        let row = |(index, item): &(u16, Item<Resolved>)| {
            let field = fields.get(usize::from(*index))?;
            // "week on Thursday" is read in any language, and said in that of the page.
            let rhythm = match (&item.value, field.name.as_str()) {
                (Value::Text(text), "every") => Rhythm::read(text),
                _ => None,
            };
            let value = match rhythm {
                Some(rhythm) => Shown::Text { text: self.rhythm(&rhythm) },
                None => self.shown(&field.shape, &item.value, page)?,
            };
            Some(FactView { lang: self.lang_of(field, item), ..self.fact(field, value) })
        };
        record.fields.iter().filter_map(row).collect()
    }

    pub(super) fn fact(&self, field: &Field, value: Shown) -> FactView {
        let language = self.locale.language();
        FactView {
            field: field.name.clone(),
            label: field.label.within(language).to_owned(),
            help: field.help.within(language).to_owned(),
            value,
            lang: String::new(),
        }
    }

    fn list(&self, shape: &FieldType, items: &[Item<Resolved>], page: &PagePath) -> Option<Shown> {
        if let FieldType::Record(fields) = shape
            && let Some(shown) = self.steps(fields, items, page).or_else(|| self.table(fields, items, page))
        {
            return Some(shown);
        }
        let items: Vec<Shown> =
            items.iter().filter_map(|item| self.shown(shape, &item.value, page)).collect();
        (!items.is_empty()).then_some(Shown::List { items })
    }

    /// A list of records that each say something becomes steps: when, what, and the rest in small. Numbers stay a table.
    fn steps(&self, fields: &[Field], items: &[Item<Resolved>], page: &PagePath) -> Option<Shown> {
        let used = used_fields(fields, items);
        let is_figure = |field: &Field| {
            matches!(field.shape, FieldType::Number { .. } | FieldType::Percent | FieldType::Money)
                && field.want == Want::Required
        };
        if used.iter().any(|(_, field)| is_figure(field)) {
            return None;
        }
        let says = |index: u16| {
            let long = |item: &Item<Resolved>| match part(item, index).map(|item| &item.value) {
                Some(Value::Text(text)) => text.chars().count() >= LONG_TEXT,
                Some(Value::Markdown(_)) => true,
                _ => false,
            };
            items.iter().any(long)
        };
        let main = used.iter().find(|(index, _)| says(*index)).map(|(index, _)| *index)?;
        let when = used
            .first()
            .filter(|(_, field)| {
                matches!(field.shape, FieldType::Duration | FieldType::Date | FieldType::DateTime)
            })
            .map(|(index, _)| *index);
        let step = |item: &Item<Resolved>| {
            let mut step = StepView { when: None, main: None, main_lang: String::new(), rows: Vec::new() };
            for (index, field) in &used {
                let Some(item) = part(item, *index) else { continue };
                // Of a text with its language that language is said in words, and to the browser.
                if let (Value::Text(tag), "language") = (&item.value, field.name.as_str())
                    && self.is_language(tag)
                {
                    if !self.is_own_language(tag) {
                        step.main_lang.clone_from(tag);
                    }
                    let text = capital(&self.language_name(tag));
                    step.rows.push(self.fact(field, Shown::Text { text }));
                    continue;
                }
                let Some(value) = self.shown(&field.shape, &item.value, page) else { continue };
                match value {
                    value if Some(*index) == when => step.when = Some(value),
                    value if *index == main => step.main = Some(value),
                    // Who does, answers, is asked and is told: a record in a step is read with the step.
                    Shown::Record { rows } => step.rows.extend(rows),
                    value => {
                        let lang = self.lang_of(field, item);
                        step.rows.push(FactView { lang, ..self.fact(field, value) });
                    }
                }
            }
            // A step that only names a page to read or a person to ask is that link.
            if step.main.is_none()
                && matches!(step.rows.first(), Some(FactView { value: Shown::Links { .. }, .. }))
            {
                step.main = Some(step.rows.remove(0).value);
            }
            step
        };
        Some(Shown::Steps { timed: when.is_some(), steps: items.iter().map(step).collect() })
    }

    /// A list of records whose fields are all short becomes a table of the fields that are used.
    fn table(&self, fields: &[Field], items: &[Item<Resolved>], page: &PagePath) -> Option<Shown> {
        let used = used_fields(fields, items);
        let short = used.iter().all(|(_, field)| {
            !matches!(field.shape, FieldType::Record(_) | FieldType::List(_) | FieldType::Map)
        });
        if !short || used.len() > 6 || used.is_empty() {
            return None;
        }
        let language = self.locale.language();
        let row = |item: &Item<Resolved>| {
            let Value::Record(record) = &item.value else { return Vec::new() };
            let cell = |(index, field): &(u16, &Field)| {
                record.value(*index).and_then(|item| self.shown(&field.shape, &item.value, page))
            };
            used.iter().map(cell).collect()
        };
        Some(Shown::Table {
            columns: used.iter().map(|(_, field)| field.label.within(language).to_owned()).collect(),
            rows: items.iter().map(row).collect(),
        })
    }

    fn edge(&self, edge: &Edge<Resolved>, page: &PagePath) -> Option<LinkView> {
        let mut link = self.link(edge.target, page)?;
        link.note = edge.note.clone().unwrap_or_default();
        // In a cell or a fact the name is enough.
        link.summary = String::new();
        Some(link)
    }

    /// A link to an entity, with its kind, summary and state.
    pub(super) fn link(&self, id: EntityId, page: &PagePath) -> Option<LinkView> {
        let entity = self.edition.entity(id)?;
        let kind = self.edition.kinds().kind(entity.kind)?;
        Some(LinkView {
            text: self.name_of(id),
            url: self.addresses.entity(id).map(|path| path.from(page)).unwrap_or_default(),
            note: String::new(),
            kind: kind.label.within(self.locale.language()).to_owned(),
            summary: self.summary(entity).to_owned(),
            tag: self.status(entity),
            lang: self.lang_of_title(entity),
        })
    }

    /// A day, for people and machines.
    pub(super) fn moment(&self, date: Date) -> Moment {
        Moment { iso: date.to_string(), text: self.locale.date(date) }
    }

    pub(super) fn band(&self, min: f64, max: f64, decimals: u8) -> String {
        let low = self.locale.number(min, decimals);
        if min == max { low } else { format!("{low}–{}", self.locale.number(max, decimals)) }
    }

    fn days(&self, from: Date, to: Date) -> String {
        format!("{} – {}", self.locale.date(from), self.locale.date(to))
    }

    /// A number with a counted word: "3 hours", "1,5 horas".
    pub(super) fn counted(&self, key: &str, count: f64) -> String {
        if count >= 0.0 && count.fract() == 0.0 && count < 1e9 {
            return self.locale.counted(key, count as usize);
        }
        let number = self.locale.number(count, 1);
        self.locale.fill(&format!("{key}_other"), &[("n", number.as_str())])
    }

    fn cadence(&self, cadence: Cadence) -> String {
        if cadence.times > 0.0 && cadence.times < 1.0 {
            let every = format!("unit_{}", cadence.every.name());
            let interval = self.counted(&every, (1.0 / cadence.times).round());
            return self.locale.fill("cadence_every", &[("interval", interval.as_str())]);
        }
        self.counted(&format!("cadence_{}", cadence.every.name()), cadence.times)
    }

    /// How often a post comes back: "every week: Thursday", "every 2 months: last Friday".
    fn rhythm(&self, rhythm: &Rhythm) -> String {
        let locale = self.locale;
        let every = match rhythm.every {
            1 => locale.word(&format!("rhythm_{}", rhythm.unit.name())).to_owned(),
            count => {
                let interval = self.counted(&format!("unit_{}", rhythm.unit.name()), f64::from(count));
                locale.fill("cadence_every", &[("interval", interval.as_str())])
            }
        };
        let weekday = |day: &i8| {
            // The first of January of 2024 was a Monday.
            let day = Date::new(2024, 1, 1 + day).map(|day| locale.weekday(day)).unwrap_or_default();
            match rhythm.which {
                Some(-1) => locale.fill("rhythm_last", &[("day", day.as_str())]),
                Some(which) => locale.fill(&format!("rhythm_which_{which}"), &[("day", day.as_str())]),
                None => day,
            }
        };
        let mut days: Vec<String> = rhythm.weekdays.iter().map(weekday).collect();
        days.extend(rhythm.month_day.map(|day| match day {
            31 => locale.word("rhythm_month_end").to_owned(),
            day => locale.fill("rhythm_month_day", &[("n", day.to_string().as_str())]),
        }));
        if days.is_empty() { every } else { format!("{every}: {}", days.join(", ")) }
    }

    /// A period in words: "2nd quarter of 2026".
    pub(super) fn period(&self, period: Period) -> String {
        let locale = self.locale;
        match period {
            Period::Year(year) => year.to_string(),
            Period::Quarter(year, quarter) => locale.fill(
                "period_quarter",
                &[("quarter", quarter.to_string().as_str()), ("year", year.to_string().as_str())],
            ),
            Period::Month(..) => match period.days() {
                Some((first, _)) => locale.month_year(first),
                None => String::new(),
            },
            Period::Week(year, week) => locale.fill(
                "period_week",
                &[("week", week.to_string().as_str()), ("year", year.to_string().as_str())],
            ),
            Period::Days(from, to) => self.days(from, to),
        }
    }
}

/// The fields of records that at least one of them has.
fn used_fields<'f>(fields: &'f [Field], items: &[Item<Resolved>]) -> Vec<(u16, &'f Field)> {
    fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((u16::try_from(index).ok()?, field)))
        .filter(|(index, _)| items.iter().any(|item| part(item, *index).is_some()))
        .collect()
}

/// The value of a field of a record.
fn part(item: &Item<Resolved>, index: u16) -> Option<&Item<Resolved>> {
    match &item.value {
        Value::Record(record) => record.value(index),
        _ => None,
    }
}
