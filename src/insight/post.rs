//! The lens on posts: what goes out, who said yes to it, and what it says to those who do not see or hear it.

use super::fields::Fields;
use super::rhythm::Rhythm;
use crate::model::{Entity, EntityId, Kinds, Resolved, Value};
use crate::syntax::Prose;
use crate::text::{Span, Spanned, fold};

/// Endings of moving pictures, and of still ones.
const VIDEOS: [&str; 7] = ["avi", "m4v", "mkv", "mov", "mp4", "ogv", "webm"];
const PICTURES: [&str; 9] = ["avif", "gif", "heic", "jpeg", "jpg", "png", "svg", "tiff", "webp"];

/// The most letters of a post, by the name of the platform; what the platforms' own help pages said in November 2026. Paid accounts may be allowed more.
const LIMITS: [(&str, usize); 9] = [
    ("x", 280),
    ("twitter", 280),
    ("bluesky", 300),
    ("mastodon", 500),
    ("threads", 500),
    ("instagram", 2200),
    ("tiktok", 2200),
    ("linkedin", 3000),
    ("telegram", 4096),
];

/// A post as rules judge it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    /// Canonical name of its status; `planned` when it says none.
    pub stage: String,
    /// Canonical name of its origin, when it is said.
    pub origin: Option<String>,
    /// The channels on which it appears.
    pub channels: Vec<EntityId>,
    /// Who prepares it.
    pub author: Option<EntityId>,
    /// Who said yes, and where that stands.
    pub approved: Option<(EntityId, Span)>,
    /// Pictures that say nothing to those who cannot see them.
    pub without_alt: Vec<Span>,
    /// Videos that say nothing to those who cannot hear them.
    pub without_captions: Vec<Span>,
    /// Its words without form.
    pub text: String,
    /// Where they stand.
    pub text_span: Option<Span>,
    /// Words of a rhythm that are not understood.
    pub odd_rhythm: Option<Spanned<String>>,
}

impl Post {
    /// Whether it is on its way or out: neither a mere idea nor cancelled.
    pub fn is_meant(&self) -> bool {
        !matches!(self.stage.as_str(), "idea" | "cancelled")
    }

    /// Whether its words are nothing but addresses.
    pub fn is_link_only(&self) -> bool {
        let mut words = self.text.split_whitespace().peekable();
        words.peek().is_some()
            && words.all(|word| word.starts_with("https://") || word.starts_with("http://"))
    }
}

/// The post; `None` for other kinds.
pub fn post(kinds: &Kinds, entity: &Entity<Resolved>) -> Option<Post> {
    let fields = Fields::of(kinds, entity, "post")?;
    let approved = fields.edges("approved_by").first().map(|edge| (edge.target, edge.span));
    let mut post = Post {
        stage: fields.choice("status").unwrap_or("planned").to_owned(),
        origin: fields.choice("origin").map(str::to_owned),
        channels: fields.edges("channels").iter().map(|edge| edge.target).collect(),
        author: fields.edges("owner").first().map(|edge| edge.target),
        approved,
        text_span: fields.span("text"),
        ..Post::default()
    };
    if let Some(Value::Markdown(passage)) = fields.value("text") {
        post.text = plain(&passage.prose);
    }
    for (item, place) in fields.records("media") {
        let Some(Value::File(file)) = item.value("file") else { continue };
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if VIDEOS.contains(&ending.as_str()) && !item.has("captions") {
            post.without_captions.push(place.span);
        }
        if PICTURES.contains(&ending.as_str()) && !item.has("alt") {
            post.without_alt.push(place.span);
        }
    }
    let every = fields.record("repeats").and_then(|repeats| repeats.text("every"));
    post.odd_rhythm = every.filter(|every| Rhythm::read(&every.value).is_none());
    Some(post)
}

/// How many letters a post may have on a channel, when its platform is known: its name with the platform's.
pub fn limit(kinds: &Kinds, channel: &Entity<Resolved>) -> Option<usize> {
    let platform = fold(&Fields::of(kinds, channel, "channel")?.text("platform")?.value);
    LIMITS
        .iter()
        .find(|(name, _)| platform.split_whitespace().any(|word| word == *name))
        .map(|(_, most)| *most)
}

/// The letters of a text: tags are form, a paragraph begins on a new line.
fn plain(prose: &Prose) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in prose.html.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            letter if !in_tag => text.push(letter),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter)).trim().to_owned()
}
