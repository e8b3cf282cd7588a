//! Texts that something holds in several languages itself, as a template does: each language shows its own first.

use std::mem;

use super::languages::is_same;
use crate::model::{Entity, Field, Item, Kind, Named, Passage, Record, Value};
use crate::text::{SourceId, Span};

/// Puts the text in `language` among the `texts` of a template in the place of its main text, and that one, in the language `from`, among them: what the source says in a language need not be translated again. A text of the translation `twin` itself goes before it.
pub fn own_text_first(
    kind: &Kind,
    source: &Entity<Named>,
    translated: &mut Entity<Named>,
    [language, from]: [&str; 2],
    twin: SourceId,
) {
    if kind.name != "template" || from.is_empty() {
        return;
    }
    let main = (kind.index("text"), source.prose.as_ref());
    let (text, prose) = match main {
        (Some(index), _) if source.record.value(index).is_some() => (Some(index), None),
        (_, Some(prose)) => (None, Some(prose)),
        _ => return,
    };
    let place = Span::new(twin, 0, 0);
    let Some(entry) = of_language(kind, &mut translated.record, language) else { return };
    match (text.and_then(|index| source.record.value(index)), prose) {
        (Some(Item { value: Value::Markdown(main), span }), _) => {
            let own = entry.exchange(main, from);
            let item = text.and_then(|index| item_mut(&mut translated.record, index));
            if let Some(item) = item.filter(|item| item.span.source == span.source) {
                *item = Item { value: Value::Markdown(own), span: place };
            }
        }
        (_, Some(main)) => {
            let own = entry.exchange(main, from);
            if translated.prose_source == source.prose_source {
                translated.prose = Some(own);
                translated.prose_source = twin;
            }
        }
        _ => {}
    }
}

/// A text with its language.
struct Entry<'r> {
    language: &'r mut String,
    text: &'r mut Passage<Named>,
}

impl Entry<'_> {
    /// The text, in whose place another one stands from now on.
    fn exchange(self, text: &Passage<Named>, language: &str) -> Passage<Named> {
        language.clone_into(self.language);
        mem::replace(self.text, text.clone())
    }
}

fn of_language<'r>(kind: &Kind, record: &'r mut Record<Named>, language: &str) -> Option<Entry<'r>> {
    let (_, field) = kind.field("texts")?;
    let fields = field.shape.record()?;
    let [tag, text] = [index_of(fields, "language")?, index_of(fields, "text")?];
    let Value::List(items) = &mut item_mut(record, kind.index("texts")?)?.value else { return None };
    items.iter_mut().find_map(|item| {
        let Value::Record(record) = &mut item.value else { return None };
        let (mut own, mut said) = (None, None);
        for (index, item) in &mut record.fields {
            match &mut item.value {
                Value::Text(written) if *index == tag && is_same(written, language) => own = Some(written),
                Value::Markdown(passage) if *index == text => said = Some(passage),
                _ => {}
            }
        }
        Some(Entry { language: own?, text: said? })
    })
}

fn index_of(fields: &[Field], name: &str) -> Option<u16> {
    fields.iter().position(|field| field.name == name).and_then(|index| u16::try_from(index).ok())
}

fn item_mut(record: &mut Record<Named>, index: u16) -> Option<&mut Item<Named>> {
    record.fields.iter_mut().find(|(known, _)| *known == index).map(|(_, item)| item)
}
