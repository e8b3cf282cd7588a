//! The lens on what happened at a time: campaigns, incidents, decisions.

use crate::model::{Entity, Kinds, Phase, Value};
use crate::world::Date;

/// The kinds that happen at a time: kind, field of the first day, field of the last day (or the first again).
pub const OCCURRING: &[(&str, &str, &str)] =
    &[("campaign", "start", "end"), ("incident", "start", "end"), ("decision", "date", "date")];

/// First day, and the last one of what took more than a day.
pub type Occurrence = (Date, Option<Date>);

/// When an entity happened; `None` for other kinds, and where no date is given.
pub fn occurrence<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Option<Occurrence> {
    let kind = &kinds.kind(entity.kind)?.name;
    let (_, start, end) = OCCURRING.iter().find(|(name, ..)| name == kind)?;
    let day = |field: &str| match &entity.field(kinds, field)?.value {
        Value::Date(date) => Some(*date),
        Value::DateTime(moment) => Some(moment.date()),
        _ => None,
    };
    let first = day(start)?;
    Some((first, day(end).filter(|last| *last > first)))
}
