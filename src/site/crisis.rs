//! The theme contract, third part: the card that somebody opens at night on a telephone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::{LinkView, TagView};

/// The card of a scenario: everything for the first hour, on one side of paper.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CrisisView {
    /// Headings, by the names of the fields that stand below them.
    pub labels: BTreeMap<&'static str, String>,
    /// The level at which it starts, with its number.
    pub level: Option<TagView>,
    /// What the level sets in motion: how soon to speak, who approves. Sentences.
    pub terms: Vec<String>,
    /// The first hour.
    pub steps: Vec<CrisisStepView>,
    /// Who acts, and how they are reached.
    pub team: Vec<CrisisMemberView>,
    /// The first words, whole.
    pub statements: Vec<StatementView>,
    /// Texts for later.
    pub later: Vec<LinkView>,
    /// What helps.
    pub advice: Vec<String>,
    /// What makes it worse.
    pub warnings: Vec<String>,
    /// What raises it to the next level.
    pub escalate_when: Vec<String>,
    /// When it is over. Safe HTML; may be empty.
    pub stand_down_html: String,
    /// When it was last put to the test, and when it has to be again.
    pub rehearsed: Vec<String>,
    /// That this is too long ago.
    pub overdue: bool,
}

/// A step of the first hour.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CrisisStepView {
    /// How long after the alarm; may be empty.
    pub within: String,
    /// What is done.
    pub text: String,
    /// Who does it.
    pub role: Option<LinkView>,
    /// Whoever holds the role; may be empty.
    pub people: String,
    /// Where.
    pub channel: Option<LinkView>,
    /// With which text: its place on the card where it stands there, else its page.
    pub template: Option<LinkView>,
}

/// A role or a person with its duties in the crisis.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CrisisMemberView {
    /// "Lead", "Spokesperson, external liaison".
    pub duties: String,
    /// The role or the person.
    pub who: LinkView,
    /// Whoever holds the role.
    pub people: Vec<ContactView>,
    /// The role that stands in, where it is not on the card already.
    pub deputy: Option<LinkView>,
    /// Whoever holds that one.
    pub deputies: Vec<ContactView>,
}

/// Somebody who can be called.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContactView {
    /// The name; with its page where the edition has one.
    pub link: LinkView,
    /// The number as written; empty where it may not be seen.
    pub phone: String,
    /// `tel:…`
    pub url: String,
}

/// A prepared text in its languages.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatementView {
    /// Its name.
    pub link: LinkView,
    /// Anchor of the text on the page.
    pub anchor: String,
    /// Who approved it and when, or that nobody did.
    pub approved: String,
    /// Whether that has to be mended.
    pub stale: bool,
    /// The words.
    pub texts: Vec<StatementTextView>,
}

/// A prepared text in one language.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatementTextView {
    /// The language for people; empty when there is only one.
    pub language: String,
    /// Language tag; empty when it is that of the page.
    pub tag: String,
    /// Safe HTML.
    pub html: String,
}
