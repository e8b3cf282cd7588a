//! Portolan: from a folder of Markdown, YAML and data to a navigable site. The modules stand in the order of the floors of `ARCHITECTURE.md`; imports point down only.

pub mod text;

pub mod finding;
pub mod locale;
pub mod world;

pub mod picture;
pub mod report;
pub mod search;
pub mod syntax;

pub mod model;
pub mod series;

pub mod data;
pub mod edition;
pub mod read;
pub mod relations;
pub mod resolve;
pub mod schema;

pub mod insight;

pub mod card;
pub mod chart;
pub mod directive;
pub mod lint;
pub mod pictures;
pub mod plates;

pub mod site;

pub mod theme;

pub mod leak;
pub mod output;

pub mod pipeline;

#[cfg(feature = "serve")]
pub mod serve;

pub mod catalog;

pub mod cli;
