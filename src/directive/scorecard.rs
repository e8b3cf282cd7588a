//! `scorecard` blocks: objectives with their targets, as they stand or stood on a day.

use super::Directive;
use super::params::{Key, Reader};
use crate::model::EntityId;
use crate::syntax::Node;
use crate::text::Spanned;
use crate::words;
use crate::world::Date;

/// Objectives with their targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// Which; all that are active when empty.
    pub objectives: Vec<EntityId>,
    /// As of this day; the day of the build when not said.
    pub on: Option<Date>,
}

pub(super) const KEYS: &[Key] =
    &[&["objectives", "objetivos", "of", "de"], &["on", "dia", "fecha", "date", "day"]];

pub(super) fn read(reader: &mut Reader<'_>, block: &Spanned<String>, node: &Node) -> Option<Directive> {
    let params = reader.params(block, node, KEYS);
    let kinds = reader.book.kinds;
    let among: Vec<_> = kinds.named("objective").map(|kind| kind.id).into_iter().collect();
    let named = params.get("objectives").map(|entry| Reader::texts(&entry.value)).unwrap_or_default();
    let objectives: Vec<EntityId> = named.iter().filter_map(|name| reader.entity(name, &among)).collect();
    let on = params.get("on").and_then(|entry| {
        let date = entry.value.text().and_then(|text| text.trim().parse::<Date>().ok());
        if date.is_none() {
            let expected = words!("a day such as `2026-09-30`", "un día como `2026-09-30`");
            reader.wrong(entry, entry.value.span, expected);
        }
        date
    });
    // Whoever names objectives that do not exist does not want all of them.
    (named.is_empty() || !objectives.is_empty()).then_some(Directive::Scorecard(Scorecard { objectives, on }))
}
