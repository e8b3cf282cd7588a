//! `calendar` blocks: months as tables, or the days of a window, of a channel, pillar or owner.

use super::Directive;
use super::params::{Key, Params, Reader};
use crate::model::{EntityId, KindId};
use crate::series::Grain;
use crate::syntax::Node;
use crate::text::Spanned;
use crate::words;
use crate::world::Date;

/// What has a day in a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// The first day; today when nothing is said.
    pub from: Option<Date>,
    /// The last day, for a list of days.
    pub to: Option<Date>,
    /// How many months as tables.
    pub months: Option<usize>,
    /// To all of these it has to belong: a channel, a pillar, an owner.
    pub of: Vec<EntityId>,
}

const KEYS: &[Key] = &[
    &["from", "desde"],
    &["to", "hasta", "until"],
    &["months", "meses"],
    &["channel", "canal"],
    &["pillar", "eje", "pilar"],
    &["owner", "responsable"],
];
/// By whom or what it can be filtered: parameter, kinds.
const FILTERS: [(&str, &[&str]); 3] =
    [("channel", &["channel"]), ("pillar", &["pillar"]), ("owner", &["role", "person"])];
const MOST_MONTHS: usize = 12;

pub(super) fn read(reader: &mut Reader<'_>, block: &Spanned<String>, node: &Node) -> Option<Directive> {
    let params = reader.params(block, node, KEYS);
    let from = day(reader, &params, "from", Grain::start);
    let to = day(reader, &params, "to", Grain::end);
    let months = reader.count(&params, "months", MOST_MONTHS);
    if let (Some(entry), Some(first), Some(last)) = (params.get("to"), from, to)
        && last < first
    {
        reader.wrong(entry, entry.value.span, words!("a day after {first}", "un día posterior al {first}"));
        return None;
    }
    if let (Some(entry), Some(_), Some(_)) = (params.get("months"), to, months) {
        let expected =
            words!("either a last day or a number of months", "o un último día, o un número de meses");
        reader.wrong(entry, entry.key.span, expected);
    }
    let mut of = Vec::new();
    for (key, kinds) in FILTERS {
        if params.get(key).is_none() {
            continue;
        }
        let kinds: Vec<KindId> =
            kinds.iter().filter_map(|name| reader.book.kinds.named(name)).map(|kind| kind.id).collect();
        let name = reader.text(&params, key)?;
        // A calendar of everybody in place of somebody's would be a lie.
        of.push(reader.entity(&name, &kinds)?);
    }
    Some(Directive::Calendar(Calendar { from, to, months, of }))
}

/// A day, or the first or last one of a month.
fn day(reader: &mut Reader<'_>, params: &Params<'_>, key: &str, of: fn(Grain, Date) -> Date) -> Option<Date> {
    let entry = params.get(key)?;
    let text = entry.value.text().unwrap_or_default().trim();
    let month = || format!("{text}-01").parse().ok().map(|first| of(Grain::Month, first));
    let found = text.parse().ok().filter(|_| text.len() == 10).or_else(month);
    if found.is_none() {
        let expected = words!("a day such as 2026-09-01, or a month", "un día como 2026-09-01, o un mes");
        reader.wrong(entry, entry.value.span, expected);
    }
    found
}
