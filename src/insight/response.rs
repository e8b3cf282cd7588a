//! The lens on response rules and templates: which message calls for what, by whom, how soon, in which words, and who approved these.

use super::Book;
use super::crisis::{passage, target};
use super::fields::Fields;
use crate::model::{EntityId, Passage, Resolved, Unit, Value};
use crate::text::Spanned;
use crate::world::Date;

/// Actions that cannot wait for an answer to whether it is true.
const AT_ONCE: [&str; 3] = ["escalate", "report", "block"];

/// A rule for one sort of message.
#[derive(Clone, Debug)]
pub struct Response<'a> {
    /// The entity.
    pub id: EntityId,
    /// The sort of message.
    pub trigger: Option<Spanned<String>>,
    /// A message of that sort.
    pub example: Option<&'a Passage<Resolved>>,
    /// `yes`, `no` or `unknown`; `None` when not said.
    pub is_true: Option<&'a str>,
    /// What is done, as named in the kind file.
    pub action: Option<&'a str>,
    /// How soon.
    pub within: Option<(f64, Unit)>,
    /// Who.
    pub role: Option<EntityId>,
    /// With which text.
    pub template: Option<EntityId>,
    /// To which level it is raised.
    pub escalate_to: Option<EntityId>,
    /// Whether evidence is kept first.
    pub evidence: bool,
}

impl Response<'_> {
    /// Whether it goes to somebody else before anybody asks whether it is true.
    pub fn is_urgent(&self) -> bool {
        self.action.is_some_and(|action| AT_ONCE.contains(&action))
    }
}

/// All rules that are alive, in order.
pub fn responses(book: Book<'_>) -> Vec<Response<'_>> {
    let alive = book.of_kind("response").filter(|(_, entity)| book.is_active(entity));
    alive.filter_map(|(id, _)| response(book, id)).collect()
}

/// A rule; `None` for an entity of another kind.
pub fn response(book: Book<'_>, id: EntityId) -> Option<Response<'_>> {
    let fields = Fields::of(book.kinds, book.entity(id)?, "response")?;
    Some(Response {
        id,
        trigger: fields.text("trigger"),
        example: passage(&fields, "example"),
        is_true: fields.choice("is_true"),
        action: fields.choice("action"),
        within: fields.duration("within"),
        role: target(&fields, "role"),
        template: target(&fields, "template"),
        escalate_to: target(&fields, "escalate_to"),
        evidence: fields.yes("evidence").unwrap_or(false),
    })
}

/// A text written beforehand.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    /// The entity.
    pub id: EntityId,
    /// What it is for, as named in the kind file.
    pub kind: Option<&'a str>,
    /// The texts: language (empty for that of the playbook) and words.
    pub texts: Vec<(String, &'a Passage<Resolved>)>,
    /// What has to be filled in.
    pub placeholders: Vec<Spanned<String>>,
    /// When it was approved.
    pub approved: Option<Date>,
    /// By whom.
    pub approved_by: Option<EntityId>,
}

impl Template<'_> {
    /// Whether it holds the first words in a crisis.
    pub fn is_holding(&self) -> bool {
        self.kind == Some("holding")
    }

    /// Whether it is for more than one conversation and for people outside.
    pub fn is_said_in_public(&self) -> bool {
        !matches!(self.kind, Some("reply" | "internal") | None)
    }
}

/// All templates that are alive, in order.
pub fn templates(book: Book<'_>) -> Vec<Template<'_>> {
    let alive = book.of_kind("template").filter(|(_, entity)| book.is_active(entity));
    alive.filter_map(|(id, _)| template(book, id)).collect()
}

/// A template; `None` for an entity of another kind.
pub fn template(book: Book<'_>, id: EntityId) -> Option<Template<'_>> {
    let entity = book.entity(id)?;
    let fields = Fields::of(book.kinds, entity, "template")?;
    let main = passage(&fields, "text").or(entity.prose.as_ref());
    let main = main.filter(|passage| !passage.prose.html.trim().is_empty());
    let others = fields.records("texts").filter_map(|(record, _)| {
        let language = record.text("language")?.value;
        match record.value("text")? {
            Value::Markdown(passage) => Some((language, passage)),
            _ => None,
        }
    });
    Some(Template {
        id,
        kind: fields.choice("kind"),
        texts: main.map(|passage| (String::new(), passage)).into_iter().chain(others).collect(),
        placeholders: fields.texts("placeholders"),
        approved: fields.date("approved"),
        approved_by: target(&fields, "approved_by"),
    })
}

/// Months after which an approval has to be renewed.
const APPROVED_FOR: f64 = 12.0;

/// Whether a text was never approved, or so long ago that it has to be read anew.
pub fn is_approval_stale(template: &Template<'_>, today: Date) -> bool {
    let until = template.approved.and_then(|date| Unit::Month.after(date, APPROVED_FOR));
    until.is_none_or(|day| day < today)
}

/// The texts of posts that went out or are about to: their names, texts and bodies, each with its place.
pub fn published_texts(book: Book<'_>) -> Vec<(EntityId, Vec<Spanned<String>>)> {
    let of = |(id, entity): (EntityId, &crate::model::Entity<Resolved>)| {
        let fields = Fields::of(book.kinds, entity, "post")?;
        if !matches!(fields.choice("status"), Some("scheduled" | "published")) {
            return None;
        }
        let mut texts = vec![Spanned::new(entity.title.clone(), entity.span)];
        texts.extend(fields.text("summary"));
        if let (Some(text), Some(span)) = (passage(&fields, "text"), fields.span("text")) {
            texts.push(Spanned::new(text.prose.html.clone(), span));
        }
        texts.extend(entity.prose.as_ref().map(|text| Spanned::new(text.prose.html.clone(), entity.span)));
        Some((id, texts))
    };
    book.of_kind("post").filter_map(of).collect()
}

/// What each guideline is about, as named in the kind file.
pub fn guideline_kinds(book: Book<'_>) -> Vec<(EntityId, Option<&str>)> {
    let alive = book.of_kind("guideline").filter(|(_, entity)| book.is_active(entity));
    alive
        .filter_map(|(id, entity)| Some((id, Fields::of(book.kinds, entity, "guideline")?.choice("kind"))))
        .collect()
}
