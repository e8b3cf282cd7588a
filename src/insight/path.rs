//! The lens on paths: the steps by which somebody grows into a role, and how long they take.

use super::Book;
use super::fields::Fields;
use crate::model::{Edge, EntityId, Passage, Resolved, Value};

/// A step.
#[derive(Debug)]
pub struct PathStep<'a> {
    /// What to do.
    pub task: Option<&'a Passage<Resolved>>,
    /// The page to read.
    pub page: Option<EntityId>,
    /// The procedure to learn.
    pub procedure: Option<EntityId>,
    /// A page outside of the playbook.
    pub url: Option<String>,
    /// Whom to ask, and about what.
    pub ask: &'a [Edge<Resolved>],
    /// How long it takes.
    pub minutes: Option<f64>,
    /// How one knows that it has been learned.
    pub check: Option<String>,
}

/// A path.
#[derive(Debug)]
pub struct Path<'a> {
    /// The roles for which it prepares.
    pub roles: Vec<EntityId>,
    /// Who accompanies the newcomer.
    pub mentors: Vec<EntityId>,
    /// The steps in order.
    pub steps: Vec<PathStep<'a>>,
}

impl Path<'_> {
    /// All minutes that are written.
    pub fn minutes(&self) -> f64 {
        self.steps.iter().filter_map(|step| step.minutes).sum()
    }

    /// How many steps do not say how long they take.
    pub fn untimed(&self) -> usize {
        self.steps.iter().filter(|step| step.minutes.is_none()).count()
    }
}

/// A path; `None` for other kinds. Steps of which nothing is left to do are left out.
pub fn path<'a>(book: Book<'a>, id: EntityId) -> Option<Path<'a>> {
    let fields = Fields::of(book.kinds, book.entity(id)?, "path")?;
    let seen = |edges: &'a [Edge<Resolved>]| {
        edges.first().map(|edge| edge.target).filter(|target| book.entity(*target).is_some())
    };
    let step = |step: Fields<'a, Resolved>| {
        let step = PathStep {
            task: match step.value("do") {
                Some(Value::Markdown(passage)) => Some(passage),
                _ => None,
            },
            page: seen(step.edges("page")),
            procedure: seen(step.edges("procedure")),
            url: step.url("url").map(|url| url.value),
            ask: step.edges("ask"),
            minutes: step.number("minutes").filter(|minutes| *minutes >= 0.0),
            check: step.text("check").map(|check| check.value),
        };
        let says = step.task.is_some()
            || step.page.is_some()
            || step.procedure.is_some()
            || step.url.is_some()
            || step.check.is_some()
            || !step.ask.is_empty();
        says.then_some(step)
    };
    Some(Path {
        roles: book.related(id, "role"),
        mentors: book.related(id, "mentor"),
        steps: fields.records("steps").filter_map(|(fields, _)| step(fields)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn steps_add_up() {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en"),
            ("roles.yaml", "a: { title: A }"),
            (
                "paths.yaml",
                "p:\n  title: P\n  role: a\n  mentor: a\n  steps:\n\
                 \x20   - { do: Read, minutes: 40 }\n\
                 \x20   - { page: a, minutes: 20 }\n\
                 \x20   - { ask: [a], check: You know }\n\
                 \x20   - { minutes: 5 }",
            ),
        ]);
        let path = path(sample.book(), sample.id("path", "p")).expect("a path");
        assert_eq!(
            (path.steps.len(), path.minutes(), path.untimed()),
            (3, 60.0, 1),
            "five minutes of nothing"
        );
        assert_eq!(path.mentors, [sample.id("role", "a")]);
    }
}
