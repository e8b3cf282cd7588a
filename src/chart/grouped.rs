//! Grouped bars: several figures of each period or name, side by side.

use super::bar;
use super::kind::{Along, Kind, Picture, Y_MIN};

pub(crate) static KIND: Kind = Kind {
    keys: &[Y_MIN],
    check: Some(bar::from_zero),
    ..Kind::drawn(
        &["grouped", "agrupadas", "agrupado", "grouped_bar"],
        Along::Either,
        Picture::Scenes(bar::scene),
    )
};
