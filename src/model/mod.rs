//! Floor 4: what a playbook is made of: kinds and fields (data), values, entities, relations' two phases, readerships.

mod entity;
mod kind;
mod kind_file;
mod readership;
mod scalar;
mod texts;
mod value;

pub use entity::{
    Destination, Edge, Entity, EntityId, Item, Named, Passage, Phase, Playbook, Record, Resolved,
    Translatable, Translated, TranslationState, Version, counterpart,
};
pub use kind::{
    Chapter, Choice, Field, FieldType, Inverse, Kind, KindId, Kinds, Relation, Rule, Sort, Tone, Translation,
    Want,
};
pub use kind_file::{CODES as KIND_FILE_CODES, Extension, builtin, extend};
pub use readership::{Readership, Readerships};
pub use scalar::{Expected, number, read_scalar};
pub use texts::{Said, for_each_text, has_words, is_same, texts_of};
pub use value::{Cadence, Money, Period, Unit, Value};
