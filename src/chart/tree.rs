//! A decision tree: questions, answers, outcomes; read from the chart itself, shown as nested lists and, when it is small, as a drawing beside them.

use std::collections::BTreeSet;

use super::html::escaped;
use super::kind::{Along, Key, Kind, Picture, Takes};
use super::listing::Listing;
use super::scene::{LABEL, Scene, WIDE};
use super::spec::CHART_WRONG_TYPE;
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading, backend, tree_scene};
use crate::finding::{Code, Finding, Language, Level};
use crate::syntax::{Entry, Node, Tree as Yaml};
use crate::text::{Span, Spanned, fold, nearest};
use crate::words;

/// An answer that leads to a node that does not exist.
pub static UNKNOWN_NODE: Code =
    Code { id: "P534", name: "unknown_node", level: Level::Error, since: "0.1.0" };
/// An answer that leads back to a question before it.
pub static ENDLESS_TREE: Code =
    Code { id: "P535", name: "endless_tree", level: Level::Error, since: "0.1.0" };
/// A node to which no answer leads.
pub static UNREACHED_NODE: Code =
    Code { id: "P536", name: "unreached_node", level: Level::Warning, since: "0.1.0" };
/// Two nodes of one name, or two answers of one text.
pub static REPEATED_NODE: Code =
    Code { id: "P537", name: "repeated_node", level: Level::Error, since: "0.1.0" };

/// What `tree` is.
pub(crate) static KIND: Kind = Kind {
    keys: &[Key { name: "nodes", spanish: "nodos", more: &[], takes: Takes::Tree }],
    without: &[
        "data",
        "metric",
        "x",
        "y",
        "color",
        "target",
        "events",
        "unit",
        "decimals",
        "aggregate",
        "time_unit",
        "sort",
        "labels",
    ],
    inline: &["nodes"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(|_, _, _| FigureTable::default()),
    ..Kind::drawn(&["tree", "arbol", "decision_tree", "arbol_de_decision"], Along::Names, Picture::Html(html))
};

/// Nodes that can still be seen at once in a drawing.
const DRAWN: usize = 12;

/// Nodes of one tree.
const MOST: usize = 500;

/// A question with its answers, or an outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Branch {
    /// The question, or what to do.
    pub text: String,
    /// Answers and where they lead; none at an outcome.
    pub answers: Vec<(String, Branch)>,
    /// Whether this question stands further up with its answers.
    pub again: bool,
}

impl Branch {
    /// Questions and outcomes below and including this one.
    pub(crate) fn count(&self) -> usize {
        1 + self.answers.iter().map(|(_, branch)| branch.count()).sum::<usize>()
    }

    /// How many answers one gives at most.
    pub(crate) fn depth(&self) -> usize {
        self.answers.iter().map(|(_, branch)| branch.depth() + 1).max().unwrap_or(0)
    }

    fn questions(&self) -> usize {
        let own = usize::from(!self.answers.is_empty());
        own + self.answers.iter().map(|(_, branch)| branch.questions()).sum::<usize>()
    }

    fn outcomes(&self) -> usize {
        if self.answers.is_empty() {
            return usize::from(!self.again);
        }
        self.answers.iter().map(|(_, branch)| branch.outcomes()).sum()
    }

    /// The lines of a file: question, answer, where it leads.
    pub(crate) fn lines(&self, language: Language) -> Vec<Vec<String>> {
        let first = match language {
            Language::English => ["Question", "Answer", "Then"],
            Language::Spanish => ["Pregunta", "Respuesta", "Entonces"],
        };
        let mut lines = vec![first.map(str::to_owned).to_vec()];
        self.add_lines(&mut lines);
        lines
    }

    fn add_lines(&self, lines: &mut Vec<Vec<String>>) {
        for (answer, branch) in &self.answers {
            lines.push(vec![self.text.clone(), answer.clone(), branch.text.clone()]);
            branch.add_lines(lines);
        }
    }
}

/// A node as written.
struct Written<'a> {
    name: &'a Spanned<String>,
    value: &'a Node,
}

struct Reader<'a, 'f> {
    nodes: Vec<Written<'a>>,
    /// Nodes to which an answer leads.
    reached: BTreeSet<usize>,
    /// Questions that stand in the tree already.
    shown: BTreeSet<usize>,
    /// Questions from the start to here.
    path: Vec<usize>,
    left: usize,
    findings: &'f mut Vec<Finding>,
}

fn read(reading: &mut Reading) -> Option<ChartData> {
    let node = reading.spec.own_tree("nodes")?;
    let Yaml::Map(entries) = &node.tree else {
        reading.findings.push(wrong_node(node.span));
        return None;
    };
    let mut nodes: Vec<Written> = Vec::new();
    for Entry { key, value } in entries {
        match nodes.iter().find(|known| fold(&known.name.value) == fold(&key.value)) {
            Some(known) => reading.findings.push(repeated(key, known.name.span)),
            None => nodes.push(Written { name: key, value }),
        }
    }
    let mut reader = Reader {
        nodes,
        reached: BTreeSet::from([0]),
        shown: BTreeSet::new(),
        path: Vec::new(),
        left: MOST,
        findings: &mut reading.findings,
    };
    let branch = reader.branch_of(0)?;
    for (index, written) in reader.nodes.iter().enumerate() {
        if !reader.reached.contains(&index) {
            let name = &written.name.value;
            let finding = Finding::new(
                &UNREACHED_NODE,
                written.name.span,
                words!("no answer leads to `{name}`", "ninguna respuesta lleva a `{name}`"),
            );
            reader.findings.push(
                finding
                    .why(words!(
                        "it is not shown; the tree begins at its first node",
                        "no se muestra; el árbol empieza en su primer nodo"
                    ))
                    .help(words!(
                        "name it in an answer, or delete it",
                        "nómbralo en una respuesta o bórralo"
                    )),
            );
        }
    }
    Some(ChartData::Listing(Listing::Tree(branch)))
}

impl<'a> Reader<'a, '_> {
    /// The node at this position with all that follows.
    fn branch_of(&mut self, index: usize) -> Option<Branch> {
        let node = self.nodes.get(index)?.value;
        if self.shown.contains(&index) {
            return Some(Branch { text: question(node)?.to_owned(), again: true, ..Branch::default() });
        }
        if question(node).is_some() {
            self.shown.insert(index);
        }
        self.path.push(index);
        let branch = self.branch(node);
        self.path.pop();
        branch
    }

    /// A text is an outcome; a map is a question with answers, or says what to do.
    fn branch(&mut self, node: &'a Node) -> Option<Branch> {
        self.left = self.left.checked_sub(1)?;
        if let Some(text) = node.text().map(str::trim).filter(|text| !text.is_empty()) {
            return Some(Branch { text: text.to_owned(), ..Branch::default() });
        }
        if let Some(text) = part(node, DO).and_then(|entry| entry.value.text()) {
            return Some(Branch { text: text.trim().to_owned(), ..Branch::default() });
        }
        let answers = part(node, ANSWERS).filter(|entry| !entry.value.entries().is_empty());
        let (Some(text), Some(answers)) = (question(node), answers) else {
            self.findings.push(wrong_node(node.span));
            return None;
        };
        let mut branch = Branch { text: text.to_owned(), ..Branch::default() };
        let mut given: Vec<(String, Span)> = Vec::new();
        for Entry { key, value } in answers.value.entries() {
            let folded = fold(&key.value);
            if let Some((_, first)) = given.iter().find(|(known, _)| *known == folded) {
                self.findings.push(repeated(key, *first));
                continue;
            }
            given.push((folded, key.span));
            if let Some(next) = self.next(value) {
                branch.answers.push((key.value.trim().to_owned(), next));
            }
        }
        Some(branch)
    }

    /// Where an answer leads: the node that it names, an outcome in more words than one, or what stands in it.
    fn next(&mut self, value: &'a Node) -> Option<Branch> {
        let Some(name) = value.text().map(str::trim) else { return self.branch(value) };
        let folded = fold(name);
        let found = self.nodes.iter().position(|node| fold(&node.name.value) == folded);
        if let Some(index) = found {
            self.reached.insert(index);
            if self.path.contains(&index) {
                self.findings.push(
                    Finding::new(
                        &ENDLESS_TREE,
                        value.span,
                        words!("this answer leads back to `{name}`", "esta respuesta vuelve a `{name}`"),
                    )
                    .why(words!(
                        "who follows the tree would go round in circles",
                        "quien siga el árbol daría vueltas sin fin"
                    ))
                    .help(words!("lead it to an outcome", "haz que lleve a un desenlace")),
                );
            }
            return self.branch_of(index);
        }
        if name.contains(' ') {
            return self.branch(value);
        }
        let near = nearest(name, self.nodes.iter().map(|node| node.name.value.as_str()));
        let finding = Finding::new(
            &UNKNOWN_NODE,
            value.span,
            words!("there is no node `{name}`", "no hay ningún nodo `{name}`"),
        )
        .why(words!(
            "the answer leads nowhere and is left out",
            "la respuesta no lleva a ninguna parte y queda fuera"
        ));
        self.findings.push(match near {
            Some(_) => finding.suggest(near),
            None => finding.help(words!(
                "write the name of a node, or what to do as `{{ do: {name} }}`",
                "escribe el nombre de un nodo, o qué hacer como `{{ hacer: {name} }}`"
            )),
        });
        None
    }
}

const ASK: &[&str] = &["ask", "question", "preguntar", "pregunta"];
const ANSWERS: &[&str] = &["answers", "respuestas"];
const DO: &[&str] = &["do", "hacer", "outcome", "desenlace"];

fn part<'a>(node: &'a Node, names: &[&str]) -> Option<&'a Entry> {
    node.entries().iter().find(|entry| names.contains(&fold(&entry.key.value).as_str()))
}

fn question(node: &Node) -> Option<&str> {
    part(node, ASK).and_then(|entry| entry.value.text()).map(str::trim).filter(|text| !text.is_empty())
}

fn repeated(key: &Spanned<String>, first: Span) -> Finding {
    let name = &key.value;
    Finding::new(
        &REPEATED_NODE,
        key.span,
        words!("`{name}` stands here twice", "`{name}` aparece aquí dos veces"),
    )
    .also(first, words!("this one counts", "este es el que cuenta"))
    .why(words!("only one of the two can hold", "solo puede valer uno de los dos"))
    .help(words!("give one of them another name", "pon otro nombre a uno de ellos"))
}

fn wrong_node(place: Span) -> Finding {
    Finding::new(
        &CHART_WRONG_TYPE,
        place,
        words!("this is neither a question with answers nor an outcome", "esto no es ni una pregunta con respuestas ni un desenlace"),
    )
    .why(words!("it is left out", "queda fuera"))
    .help(words!(
        "write `name: {{ ask: Is it true?, answers: {{ Yes: other-name, No: Correct it at once }} }}`, or `name: what to do`",
        "escribe `nombre: {{ pregunta: ¿Es cierto?, respuestas: {{ Sí: otro-nombre, No: Corregirlo enseguida }} }}`, o `nombre: qué hacer`"
    ))
}

fn html(spec: &ChartSpec, data: &ChartData, words: &dyn Figures, id: &str) -> String {
    let ChartData::Listing(Listing::Tree(tree)) = data else { return String::new() };
    let mut list = format!("<div class=\"tree\"><p class=\"tree-ask\">{}</p>", escaped(&tree.text));
    answers(&mut list, tree, words.language());
    list.push_str("</div>");
    let Some(scene) = drawing(tree) else { return list };
    let sentence = sentences(spec, data, words).join(" ");
    let heading =
        backend::Heading { id: &format!("{id}-w"), title: &spec.title, sentence: &sentence, attributes: "" };
    let svg = backend::paint(&scene, Some(heading));
    let summary = match words.language() {
        Language::English => "The same step by step",
        Language::Spanish => "Lo mismo, paso a paso",
    };
    // A telephone shows the list alone.
    format!(
        "<div class=\"chart-box\"><div class=\"chart-wide\">{svg}<details class=\"chart-data\"><summary>{summary}</summary>{list}</details></div><div class=\"chart-narrow\">{list}</div></div>"
    )
}

/// The drawing of a tree that is small enough to be seen at once.
pub(crate) fn drawing(tree: &Branch) -> Option<Scene> {
    if tree.count() > DRAWN || tree.answers.is_empty() {
        return None;
    }
    tree_scene::scene(tree, WIDE, LABEL)
}

fn answers(html: &mut String, branch: &Branch, language: Language) {
    html.push_str("<ul>");
    for (answer, next) in &branch.answers {
        let (answer, text) = (escaped(answer), escaped(&next.text));
        let answer = format!("<span class=\"tree-answer\">{answer}</span>");
        if next.again {
            let above = match language {
                Language::English => "as above",
                Language::Spanish => "como arriba",
            };
            html.push_str(&format!("<li>{answer} <span class=\"tree-ask\">{text}</span> ({above})</li>"));
        } else if next.answers.is_empty() {
            html.push_str(&format!("<li>{answer} <span class=\"tree-do\">{text}</span></li>"));
        } else {
            html.push_str(&format!(
                "<li><details open><summary>{answer} <span class=\"tree-ask\">{text}</span></summary>"
            ));
            answers(html, next, language);
            html.push_str("</details></li>");
        }
    }
    html.push_str("</ul>");
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let ChartData::Listing(Listing::Tree(tree)) = data else { return Vec::new() };
    let (questions, outcomes, most) = (tree.questions(), tree.outcomes(), tree.depth());
    vec![match words.language() {
        Language::English if questions == 1 => format!("One question with {outcomes} outcomes."),
        Language::Spanish if questions == 1 => format!("Una pregunta con {outcomes} desenlaces."),
        Language::English => {
            format!("{questions} questions lead to {outcomes} outcomes, in {most} answers at most.")
        }
        Language::Spanish => {
            format!("{questions} preguntas llevan a {outcomes} desenlaces, en {most} respuestas como mucho.")
        }
    }]
}
