//! Who does, answers, is consulted and is informed: a table of steps by roles, with a letter in each cell.

use super::html::{Cell, Grid, escaped};
use super::kind::{Along, Key, Kind, OF, Picture, Takes};
use super::listing::Listing;
use super::matrix::OUTSIDE_MATRIX;
use super::spec::CHART_WRONG_TYPE;
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::{Code, Finding, Language, Level};
use crate::syntax::{Node, Tree};
use crate::text::{Span, Spanned, fold};
use crate::words;

/// A step for which not exactly one role answers.
pub static STEP_WITHOUT_ONE_A: Code =
    Code { id: "P538", name: "step_without_one_a", level: Level::Error, since: "0.1.0" };
/// A step that nobody carries out.
pub static STEP_WITHOUT_R: Code =
    Code { id: "P539", name: "step_without_r", level: Level::Error, since: "0.1.0" };

/// What `raci` is.
pub(crate) static KIND: Kind = Kind {
    keys: &[OF, Key { name: "steps", spanish: "pasos", more: &[], takes: Takes::Tree }],
    without: &[
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
        "metric",
    ],
    inline: &["of", "steps"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(|_, _, _| FigureTable::default()),
    check: Some(check),
    ..Kind::drawn(&["raci", "matriz_raci"], Along::Names, Picture::Html(html))
};

/// Steps and roles that can still be read in one table.
const MOST: usize = 60;

/// What a role has to do with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Does the work.
    Responsible,
    /// Answers for the result.
    Accountable,
    /// Is asked first.
    Consulted,
    /// Is told afterwards.
    Informed,
}

/// The duties with their letters, and the words that mean them, folded. `responsable` is missing: in Spanish it means both R and A.
const DUTIES: [(Duty, char, &[&str]); 4] = [
    (Duty::Responsible, 'R', &["r", "responsible", "does", "ejecuta", "hace"]),
    (
        Duty::Accountable,
        'A',
        &["a", "accountable", "answers", "approves", "responde", "aprueba", "rinde cuentas"],
    ),
    (
        Duty::Consulted,
        'C',
        &["c", "consulted", "consultado", "consultada", "consultados", "se consulta", "consulta"],
    ),
    (
        Duty::Informed,
        'I',
        &["i", "informed", "informado", "informada", "informados", "se informa", "informa"],
    ),
];

impl Duty {
    fn read(text: &str) -> Option<Duty> {
        let folded = fold(text).replace('_', " ");
        DUTIES.iter().find(|(_, _, names)| names.contains(&folded.as_str())).map(|(duty, ..)| *duty)
    }

    fn letter(self) -> char {
        match self {
            Duty::Responsible => 'R',
            Duty::Accountable => 'A',
            Duty::Consulted => 'C',
            Duty::Informed => 'I',
        }
    }

    /// What the letter means, as the table says it.
    fn meaning(self, language: Language) -> &'static str {
        match (self, language) {
            (Duty::Responsible, Language::English) => "does it",
            (Duty::Accountable, Language::English) => "answers for it",
            (Duty::Consulted, Language::English) => "is consulted",
            (Duty::Informed, Language::English) => "is informed",
            (Duty::Responsible, Language::Spanish) => "ejecuta",
            (Duty::Accountable, Language::Spanish) => "responde",
            (Duty::Consulted, Language::Spanish) => "se consulta",
            (Duty::Informed, Language::Spanish) => "se informa",
        }
    }
}

/// Steps and who has what to do with them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raci {
    /// The roles, in the order in which they appear.
    pub roles: Vec<String>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// A step with the duties of its roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub name: String,
    /// Where it was written.
    pub span: Span,
    /// Position of the role, and its duty.
    pub duties: Vec<(usize, Duty)>,
}

impl Raci {
    /// Position of a role, which is added when it is new.
    pub fn role(&mut self, name: &str) -> usize {
        let folded = fold(name);
        self.roles.iter().position(|role| fold(role) == folded).unwrap_or_else(|| {
            self.roles.push(name.to_owned());
            self.roles.len() - 1
        })
    }

    fn letters(&self, step: &Step, role: usize) -> Vec<Duty> {
        let mut duties: Vec<Duty> =
            step.duties.iter().filter(|(of, _)| *of == role).map(|(_, duty)| *duty).collect();
        duties.sort_unstable();
        duties.dedup();
        duties
    }

    /// The lines of a file, headings first.
    pub(crate) fn lines(&self, language: Language) -> Vec<Vec<String>> {
        let first = match language {
            Language::English => "Step",
            Language::Spanish => "Paso",
        };
        let names = self.roles.iter().cloned();
        let mut lines = vec![std::iter::once(first.to_owned()).chain(names).collect()];
        for step in &self.steps {
            let letters = (0..self.roles.len()).map(|role| {
                let letters: Vec<String> =
                    self.letters(step, role).into_iter().map(|duty| duty.letter().to_string()).collect();
                letters.join(" ")
            });
            lines.push(std::iter::once(step.name.clone()).chain(letters).collect());
        }
        lines
    }
}

fn read(reading: &mut Reading) -> Option<ChartData> {
    let raci = match reading.spec.own_tree("steps") {
        Some(steps) => Some(inline(reading, steps)).filter(|raci| !raci.steps.is_empty())?,
        None => of_columns(reading)?,
    };
    Some(ChartData::Listing(Listing::Raci(raci)))
}

/// The first column holds the steps, the others are roles with letters in their cells.
fn of_columns(reading: &mut Reading) -> Option<Raci> {
    let (steps, roles) = reading.columns.split_first()?;
    let mut raci = Raci::default();
    for role in roles {
        raci.role(&reading.spec.shown(&role.name.value));
    }
    for (row, (name, span)) in steps.cells.iter().enumerate().filter(|(_, (name, _))| !name.trim().is_empty())
    {
        let mut duties = Vec::new();
        for column in roles {
            let role = raci.role(&reading.spec.shown(&column.name.value));
            let Some((text, place)) = column.cells.get(row) else { continue };
            match duties_of(text) {
                Some(found) => duties.extend(found.into_iter().map(|duty| (role, duty))),
                None => reading.findings.push(unknown_duty(text.trim(), *place)),
            }
        }
        raci.steps.push(Step { name: name.trim().to_owned(), span: *span, duties });
    }
    Some(raci)
}

/// `R`, `A/R`, `ejecuta`, `-`; `None` when it means nothing.
fn duties_of(text: &str) -> Option<Vec<Duty>> {
    let text = text.trim();
    if text.is_empty() || text == "-" || text == "–" {
        return Some(Vec::new());
    }
    if let Some(duty) = Duty::read(text) {
        return Some(vec![duty]);
    }
    let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let mut duties = Vec::new();
    for part in parts {
        match Duty::read(part) {
            Some(duty) => duties.push(duty),
            // `RA` without anything between.
            None => {
                for letter in part.chars() {
                    duties.push(DUTIES.iter().find(|(_, known, _)| *known == letter)?.0);
                }
            }
        }
    }
    Some(duties)
}

fn unknown_duty(text: &str, place: Span) -> Finding {
    let finding = Finding::new(
        &OUTSIDE_MATRIX,
        place,
        words!("`{text}` is none of R, A, C and I", "`{text}` no es ni R ni A ni C ni I"),
    );
    let finding = if fold(text) == "responsable" {
        finding.why(words!(
            "in Spanish `responsable` may mean both R and A",
            "«responsable» puede querer decir tanto R (ejecuta) como A (responde)"
        ))
    } else {
        finding.why(words!("the cell is left empty", "la celda queda vacía"))
    };
    finding.help(words!(
        "write R (does it), A (answers for it), C (is consulted) or I (is informed)",
        "escribe R (ejecuta), A (responde), C (se consulta) o I (se informa)"
    ))
}

/// Steps in the chart itself: `- { do: Write, r: Community, a: Head, i: [Board, Press] }`.
fn inline(reading: &mut Reading, steps: &Node) -> Raci {
    let mut raci = Raci::default();
    if !matches!(steps.tree, Tree::List(_)) {
        reading.findings.push(wrong_step(steps.span));
    }
    for item in steps.items() {
        let mut name: Option<Spanned<String>> = None;
        let mut duties = Vec::new();
        for entry in item.entries() {
            let key = entry.key.value.as_str();
            if ["do", "step", "what", "hacer", "paso", "que"].contains(&fold(key).as_str()) {
                name = entry.value.text().map(|text| Spanned::new(text.trim().to_owned(), entry.value.span));
                continue;
            }
            let Some(duty) = Duty::read(key) else {
                reading.findings.push(unknown_duty(key, entry.key.span));
                continue;
            };
            let alone = entry.value.text().into_iter();
            let listed = entry.value.items().iter().filter_map(Node::text);
            let roles: Vec<&str> =
                alone.chain(listed).flat_map(|text| text.split(',')).map(str::trim).collect();
            for role in roles.into_iter().filter(|role| !role.is_empty()) {
                duties.push((raci.role(role), duty));
            }
        }
        match name.filter(|name| !name.value.is_empty()) {
            Some(name) => raci.steps.push(Step { name: name.value, span: name.span, duties }),
            None => reading.findings.push(wrong_step(item.span)),
        }
    }
    raci
}

fn wrong_step(place: Span) -> Finding {
    Finding::new(
        &CHART_WRONG_TYPE,
        place,
        words!("this is no step of a RACI table", "esto no es un paso de una tabla RACI"),
    )
    .why(words!("it is left out", "queda fuera"))
    .help(words!(
        "write a list of steps, each as `{{ do: Write the text, r: Community, a: Head, c: Legal, i: [Board, Press] }}`",
        "escribe una lista de pasos, cada uno como `{{ hacer: Escribir el texto, r: Redes, a: Dirección, c: Jurídico, i: [Junta, Prensa] }}`"
    ))
}

fn check(_: &ChartSpec, data: &ChartData, _: Span, findings: &mut Vec<Finding>) {
    let ChartData::Listing(Listing::Raci(raci)) = data else { return };
    for step in &raci.steps {
        let name = &step.name;
        let count = |duty: Duty| step.duties.iter().filter(|(_, own)| *own == duty).count();
        if count(Duty::Responsible) == 0 {
            findings.push(
                Finding::new(
                    &STEP_WITHOUT_R,
                    step.span,
                    words!("nobody carries out the step `{name}`", "nadie ejecuta el paso `{name}`"),
                )
                .why(words!("what nobody has to do is not done", "lo que no le toca a nadie no se hace"))
                .help(words!("give the R to at least one role", "pon la R al menos a una función")),
            );
        }
        match count(Duty::Accountable) {
            1 => {}
            0 => findings.push(
                Finding::new(
                    &STEP_WITHOUT_ONE_A,
                    step.span,
                    words!("nobody answers for the step `{name}`", "nadie responde del paso `{name}`"),
                )
                .why(words!("in case of doubt nobody decides", "en caso de duda nadie decide"))
                .help(words!("give the A to one role", "pon la A a una función")),
            ),
            several => findings.push(
                Finding::new(
                    &STEP_WITHOUT_ONE_A,
                    step.span,
                    words!(
                        "{several} roles answer for the step `{name}`",
                        "{several} funciones responden del paso `{name}`"
                    ),
                )
                .why(words!(
                    "where several answer, each waits for the others",
                    "cuando responden varias, cada una espera a las demás"
                ))
                .help(words!("leave the A to one of them", "deja la A a una sola")),
            ),
        }
    }
}

fn html(spec: &ChartSpec, data: &ChartData, words: &dyn Figures, _: &str) -> String {
    let ChartData::Listing(Listing::Raci(raci)) = data else { return String::new() };
    let language = words.language();
    let cell = |step: &Step, role: usize| {
        let duties = raci.letters(step, role);
        let class = match duties.iter().min_by_key(|duty| **duty != Duty::Accountable) {
            Some(Duty::Accountable) => "h4",
            Some(Duty::Responsible) => "h2",
            Some(_) => "h0",
            None => "",
        };
        let letters: Vec<String> = duties
            .iter()
            .map(|duty| format!("<abbr title=\"{}\">{}</abbr>", duty.meaning(language), duty.letter()))
            .collect();
        Cell { class, html: letters.join(" ") }
    };
    let roles = 0..raci.roles.len().min(MOST);
    let steps: Vec<&Step> = raci.steps.iter().take(MOST).collect();
    let cells: Vec<Vec<Cell>> =
        steps.iter().map(|step| roles.clone().map(|role| cell(step, role)).collect()).collect();
    let names: Vec<String> = raci.roles.iter().take(MOST).map(|role| escaped(role)).collect();
    let grid = Grid {
        class: "heat raci",
        title: &spec.title,
        corner: match language {
            Language::English => "Step",
            Language::Spanish => "Paso",
        },
        columns: &names,
        rows: &steps.iter().map(|step| escaped(&step.name)).collect::<Vec<String>>(),
        cells: &cells,
    };
    let key: Vec<String> = DUTIES
        .iter()
        .map(|(duty, letter, _)| format!("<span><b>{letter}</b> {}</span>", duty.meaning(language)))
        .collect();
    format!("<div class=\"chart-box\">{}<p class=\"chart-key\">{}</p></div>", grid.html(), key.join(" "))
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let language = words.language();
    let ChartData::Listing(Listing::Raci(raci)) = data else { return Vec::new() };
    let (steps, roles) = (raci.steps.len(), raci.roles.len());
    let mut said = vec![match language {
        Language::English => format!("{steps} steps and {roles} roles."),
        Language::Spanish => format!("{steps} pasos y {roles} funciones."),
    }];
    for duty in [Duty::Responsible, Duty::Accountable] {
        let of = |role: usize| raci.steps.iter().filter(|step| step.duties.contains(&(role, duty))).count();
        let counts = raci.roles.iter().enumerate().map(|(index, role)| (role.as_str(), of(index)));
        let Some((name, count)) = counts.reduce(|a, b| if b.1 > a.1 { b } else { a }) else { continue };
        if count < 2 {
            continue;
        }
        said.push(match (duty, language) {
            (Duty::Accountable, Language::English) => format!("Answers for most: {name}, {count} steps."),
            (Duty::Accountable, Language::Spanish) => {
                format!("Quien más responde: {name}, de {count} pasos.")
            }
            (_, Language::English) => format!("Carries out most: {name}, {count} steps."),
            (_, Language::Spanish) => format!("Quien más ejecuta: {name}, {count} pasos."),
        });
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_words() {
        use Duty::{Accountable, Consulted, Responsible};
        assert_eq!(duties_of("R"), Some(vec![Responsible]));
        assert_eq!(duties_of(" a / r "), Some(vec![Accountable, Responsible]));
        assert_eq!(duties_of("RA"), Some(vec![Responsible, Accountable]));
        assert_eq!(duties_of("se consulta"), Some(vec![Consulted]));
        assert_eq!(duties_of("–"), Some(vec![]));
        assert_eq!(duties_of("Responsable"), None);
        assert_eq!(duties_of("X"), None);
    }
}
