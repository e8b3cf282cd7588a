//! `flow` blocks: what is done, asked and decided, step by step, and where the answers lead.

use std::collections::BTreeSet;

use super::Directive;
use super::params::{self, Key, Params, Reader};
use crate::chart::flow::Shape;
use crate::finding::{Code, Finding, Level};
use crate::model::EntityId;
use crate::syntax::{Entry, Node, Tree};
use crate::text::{Span, Spanned, fold, nearest};
use crate::words;

/// A way to a step that does not exist.
pub(super) static UNKNOWN_STEP: Code =
    Code { id: "P560", name: "unknown_step", level: Level::Error, since: "0.1.0" };
/// A step to which nothing leads.
pub(super) static UNREACHED_STEP: Code =
    Code { id: "P561", name: "unreached_step", level: Level::Warning, since: "0.1.0" };
/// A question with one answer.
pub(super) static ONE_ANSWER: Code =
    Code { id: "P562", name: "question_with_one_answer", level: Level::Warning, since: "0.1.0" };

/// Steps of one flow.
const MOST: usize = 60;

const STEPS: Key = &["steps", "pasos", "nodes", "nodos"];
pub(super) const KEYS: &[Key] = &[STEPS, &["title", "titulo"]];
const PARTS: &[Key] = &[
    &["do", "hacer", "haz"],
    &["ask", "preguntar", "pregunta", "question"],
    &["answers", "respuestas"],
    &["end", "fin", "desenlace"],
    &["then", "luego", "despues", "next"],
    &["who", "quien"],
    &["see", "ver"],
];

/// Steps with their ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// Above it; may be empty.
    pub title: String,
    /// The steps; all are reached from the first.
    pub steps: Vec<FlowStep>,
}

/// A step of a flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowStep {
    /// What is to be done or asked.
    pub text: String,
    /// What it is.
    pub shape: Shape,
    /// Who does it.
    pub who: Vec<Named>,
    /// What belongs to it.
    pub see: Vec<EntityId>,
    /// Answers (empty where there is only one way) and the steps that they lead to.
    pub ways: Vec<(String, usize)>,
}

/// Somebody of the playbook, or a few words.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// An entity.
    Entity(EntityId),
    /// Words of the author.
    Words(String),
}

/// A step as written.
struct Written<'n> {
    name: &'n Spanned<String>,
    value: &'n Node,
}

pub(super) fn read(reader: &mut Reader<'_>, block: &Spanned<String>, node: &Node) -> Option<Directive> {
    let params = reader.params(block, node, KEYS);
    let Some(steps) = params.get("steps") else {
        reader.missing(
            &params,
            STEPS,
            words!(
                "{{ read: Read it twice, answer: Answer within an hour }}",
                "{{ leer: Léelo dos veces, contestar: Contesta antes de una hora }}"
            ),
        );
        return None;
    };
    let Tree::Map(entries) = &steps.value.tree else {
        reader.wrong(
            steps,
            steps.value.span,
            words!(
                "steps with a name each, such as `read: Read it twice`",
                "pasos con un nombre cada uno, como `leer: Léelo dos veces`"
            ),
        );
        return None;
    };
    if entries.len() > MOST {
        let expected =
            words!("at most {MOST} steps; make two flows of it", "{MOST} pasos como mucho; haz dos flujos");
        reader.wrong(steps, steps.key.span, expected);
        return None;
    }
    let written: Vec<Written<'_>> =
        entries.iter().map(|Entry { key, value }| Written { name: key, value }).collect();
    let told = reader.findings.len();
    let mut building = Building { written: &written, steps: Vec::new(), later: Vec::new() };
    for (number, one) in written.iter().enumerate() {
        let step = building.step(reader, block, number, one);
        building.steps.push(step);
    }
    let Building { mut steps, later, .. } = building;
    steps.extend(later);
    let title = reader.text(&params, "title").map(|title| title.value).unwrap_or_default();
    // A step to which a misspelled way should lead is told there.
    let astray = reader.findings.iter().skip(told).any(|finding| finding.code == &UNKNOWN_STEP);
    let steps = reached(reader, if astray { &[] } else { &written }, steps);
    (!steps.is_empty()).then_some(Directive::Flow(Flow { title, steps }))
}

struct Building<'n> {
    written: &'n [Written<'n>],
    steps: Vec<FlowStep>,
    /// Outcomes that stand in the answers themselves.
    later: Vec<FlowStep>,
}

impl Building<'_> {
    fn step(
        &mut self,
        reader: &mut Reader<'_>,
        block: &Spanned<String>,
        number: usize,
        one: &Written<'_>,
    ) -> FlowStep {
        let next = (number + 1 < self.written.len()).then_some(number + 1);
        let usual = |ways: &[(String, usize)]| match (number, ways.is_empty()) {
            (_, true) => Shape::End,
            (0, false) => Shape::Start,
            _ => Shape::Step,
        };
        if let Some(text) = one.value.text().map(str::trim).filter(|text| !text.is_empty()) {
            let ways: Vec<(String, usize)> = next.map(|next| (String::new(), next)).into_iter().collect();
            return FlowStep { text: text.to_owned(), shape: usual(&ways), ways, ..FlowStep::default() };
        }
        let parts = reader.params(block, one.value, PARTS);
        let text = ["do", "ask", "end"].iter().find_map(|key| reader.text(&parts, key));
        let Some(text) = text else {
            let name = &one.name.value;
            reader.findings.push(
                Finding::new(
                    &params::PARAMETER_VALUE,
                    if one.value.tree == Tree::Null { one.name.span } else { one.value.span },
                    words!("this step does not say what is done", "este paso no dice qué se hace"),
                )
                .help(words!(
                    "write `{name}: what to do`, or `{name}: {{ ask: Is it true?, answers: {{ Yes: other-step, No: Correct it at once }} }}`",
                    "escribe `{name}: qué hacer`, o `{name}: {{ pregunta: ¿Es cierto?, respuestas: {{ Sí: otro-paso, No: Corrígelo enseguida }} }}`"
                )),
            );
            return FlowStep { text: one.name.value.clone(), shape: Shape::End, ..FlowStep::default() };
        };
        let mut step = FlowStep { text: text.value, ..FlowStep::default() };
        if let Some(entry) = parts.get("who") {
            step.who = Reader::texts(&entry.value).iter().filter_map(|name| named(reader, name)).collect();
        }
        if let Some(entry) = parts.get("see") {
            step.see =
                Reader::texts(&entry.value).iter().filter_map(|name| reader.entity(name, &[])).collect();
        }
        step.ways = self.ways(reader, &parts, next);
        step.shape = if parts.get("ask").is_some() && !step.ways.is_empty() {
            Shape::Decision
        } else {
            usual(&step.ways)
        };
        step
    }

    fn ways(
        &mut self,
        reader: &mut Reader<'_>,
        parts: &Params<'_>,
        next: Option<usize>,
    ) -> Vec<(String, usize)> {
        let mut ways: Vec<(String, usize)> = Vec::new();
        if let Some(answers) = parts.get("answers") {
            if !matches!(answers.value.tree, Tree::Map(_)) {
                let expected = words!(
                    "answers and where they lead: `{{ Yes: step, No: step }}`",
                    "respuestas y adónde llevan: `{{ Sí: paso, No: paso }}`"
                );
                reader.wrong(answers, answers.value.span, expected);
            }
            for Entry { key, value } in answers.value.entries() {
                ways.extend(self.target(reader, value).map(|to| (key.value.trim().to_owned(), to)));
            }
            if answers.value.entries().len() == 1 {
                reader.findings.push(one_answer(answers.key.span));
            }
        } else if let Some(then) = parts.get("then") {
            ways.extend(self.target(reader, &then.value).map(|to| (String::new(), to)));
        } else if let Some(ask) = parts.get("ask") {
            reader.findings.push(one_answer(ask.key.span));
            ways.extend(next.map(|next| (String::new(), next)));
        } else if parts.get("end").is_none() {
            ways.extend(next.map(|next| (String::new(), next)));
        }
        ways
    }

    /// The step that a text names; several words are an outcome of their own.
    fn target(&mut self, reader: &mut Reader<'_>, node: &Node) -> Option<usize> {
        let name = node.text().map(str::trim).filter(|name| !name.is_empty());
        let Some(name) = name else {
            reader.findings.push(
                Finding::new(
                    &UNKNOWN_STEP,
                    node.span,
                    words!("this is not the name of a step", "esto no es el nombre de un paso"),
                )
                .help(words!(
                    "write the name of a step, or what to do in a few words",
                    "escribe el nombre de un paso, o qué hacer en unas palabras"
                )),
            );
            return None;
        };
        let folded = fold(name);
        if let Some(found) = self.written.iter().position(|one| fold(&one.name.value) == folded) {
            return Some(found);
        }
        if name.contains(' ') {
            self.later.push(FlowStep { text: name.to_owned(), shape: Shape::End, ..FlowStep::default() });
            return Some(self.written.len() + self.later.len() - 1);
        }
        let near = nearest(name, self.written.iter().map(|one| one.name.value.as_str()));
        let finding = Finding::new(
            &UNKNOWN_STEP,
            node.span,
            words!("there is no step `{name}`", "no hay ningún paso `{name}`"),
        )
        .mark(words!("leads nowhere", "no lleva a ninguna parte"));
        reader.findings.push(match near {
            Some(_) => finding.suggest(near),
            None => finding.help(words!(
                "write the name of a step, or what to do in more words than one",
                "escribe el nombre de un paso, o qué hacer con más de una palabra"
            )),
        });
        None
    }
}

/// An entity, or, in more words than one, whoever the author means.
fn named(reader: &mut Reader<'_>, name: &Spanned<String>) -> Option<Named> {
    let is_words =
        name.value.contains(' ') && reader.called.find(reader.book.kinds, &[], &name.value).is_none();
    if is_words {
        return Some(Named::Words(name.value.clone()));
    }
    reader.entity(name, &[]).map(Named::Entity)
}

fn one_answer(span: Span) -> Finding {
    Finding::new(
        &ONE_ANSWER,
        span,
        words!("a question with one way on decides nothing", "una pregunta con una sola salida no decide nada"),
    )
    .help(words!(
        "add the other answer: `answers: {{ Yes: step, No: step }}`; if there is none, write `do:` in place of `ask:`",
        "añade la otra respuesta: `respuestas: {{ Sí: paso, No: paso }}`; si no la hay, escribe `hacer:` en vez de `pregunta:`"
    ))
}

/// The steps to which something leads, numbered anew; the others are told.
fn reached(reader: &mut Reader<'_>, written: &[Written<'_>], steps: Vec<FlowStep>) -> Vec<FlowStep> {
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut open = vec![0];
    while let Some(number) = open.pop() {
        if let Some(step) = steps.get(number)
            && seen.insert(number)
        {
            open.extend(step.ways.iter().map(|(_, to)| *to));
        }
    }
    for (number, one) in written.iter().enumerate().filter(|(number, _)| !seen.contains(number)) {
        let name = &one.name.value;
        let before = number
            .checked_sub(1)
            .and_then(|before| written.get(before))
            .map_or("", |one| one.name.value.as_str());
        reader.findings.push(
            Finding::new(
                &UNREACHED_STEP,
                one.name.span,
                words!("nothing leads to the step `{name}`", "nada lleva al paso `{name}`"),
            )
            .mark(words!("not shown", "no se muestra"))
            .help(words!(
                "name it in an answer or in `then:` of another step; `{before}` does not go on to it",
                "nómbralo en una respuesta o en `luego:` de otro paso; `{before}` no sigue en él"
            )),
        );
    }
    let place = |number: usize| seen.iter().position(|one| *one == number);
    let kept = steps.iter().enumerate().filter(|(number, _)| seen.contains(number)).map(|(_, step)| {
        let ways = step.ways.iter().filter_map(|(answer, to)| Some((answer.clone(), place(*to)?)));
        FlowStep { ways: ways.collect(), ..step.clone() }
    });
    kept.collect()
}
