//! What the repository of a playbook tells: when its files were last changed, and how it was at an earlier time. It is asked only when the settings or the command line want it, and what cannot be read is a note, never a failure.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::edition::{self, Edition};
use crate::finding::{Code, Finding, Level, Words};
use crate::insight::{self, Book, NoFigures, Times};
use crate::model::{Playbook, Readership, Resolved, Value};
use crate::read;
use crate::relations::Graph;
use crate::resolve;
use crate::site::{Since, Told};
use crate::text::{FilePath, Place, Sources, nearest};
use crate::words;
use crate::world::{Changed, Commit, Date, MemoryWorld, Repository, Unread, World};

/// There is no history, or not all of it.
pub static HISTORY_NOT_READ: Code =
    Code { id: "P910", name: "history_not_read", level: Level::Note, since: "0.1.0" };
/// No such day, tag, branch or commit.
pub static UNKNOWN_REVISION: Code =
    Code { id: "P911", name: "unknown_revision", level: Level::Error, since: "0.1.0" };

/// Endings of files that can hold entities; of all others only the name is needed.
const WORDS: [&str; 7] = ["md", "markdown", "mdx", "yaml", "yml", "csv", "tsv"];

/// Whose names pages tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Authors {
    /// Nobody's.
    #[default]
    None,
    /// In editions that are not public.
    Inside,
    /// Everywhere.
    Everywhere,
}

/// What the repository tells.
#[derive(Debug, Default)]
pub struct History {
    /// When each file was last changed; empty when nobody asked.
    pub changes: BTreeMap<FilePath, Changed>,
    /// Whether pages say by whom.
    pub authors: Authors,
    /// The playbook at an earlier time.
    pub past: Option<Past>,
}

/// The playbook at an earlier time.
#[derive(Debug)]
pub struct Past {
    /// The time as it was asked for: a day, a tag.
    pub name: String,
    /// The commit.
    pub commit: Commit,
    /// Its entities.
    pub playbook: Playbook<Resolved>,
    /// Their relations.
    pub graph: Graph,
    /// Their texts.
    pub sources: Sources,
}

impl History {
    /// Reads what the settings and `since` (the command line) ask for.
    pub fn read(
        world: &dyn World,
        playbook: &Playbook<Resolved>,
        since: Option<&str>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let wish = wish(playbook);
        let setting = playbook.setting("changes_since");
        let written = setting.and_then(|item| match &item.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let since = since.map(|since| (since, Place::Run)).or_else(|| {
            written.map(|text| (text, setting.map_or(Place::Run, |item| Place::Span(item.span))))
        });
        let mut history = Self::default();
        if wish == "off" && since.is_none() {
            return history;
        }
        let of_wish = playbook.setting("history").map_or(Place::Run, |item| Place::Span(item.span));
        let asked_at =
            if wish == "off" { since.as_ref().map_or(of_wish, |(_, place)| place.clone()) } else { of_wish };
        let repository = match world.repository() {
            Ok(repository) => repository,
            Err(unread) => {
                findings.push(not_read(&unread, asked_at));
                return history;
            }
        };
        if wish != "off" {
            history.authors = match wish {
                "authors" => Authors::Inside,
                "authors_in_public" => Authors::Everywhere,
                _ => Authors::None,
            };
            let wanted: BTreeSet<FilePath> =
                playbook.entities.iter().map(|entity| entity.file.clone()).collect();
            match repository.changes(&wanted) {
                Ok(changes) => {
                    history.changes = changes.files;
                    findings.extend(changes.broken_off.map(|unread| not_read(&unread, asked_at)));
                }
                Err(unread) => findings.push(not_read(&unread, asked_at)),
            }
        }
        if let Some((name, place)) = since {
            match past(world, &repository, name) {
                Ok(past) => history.past = Some(past),
                Err(unread) => findings.push(no_past(&unread, name, place, &repository)),
            }
        }
        history
    }
}

impl History {
    /// What of it an edition may tell.
    pub fn told(&self, checked: &Checked, edition: &Edition, today: Date) -> Told {
        let readership = edition.readership();
        let names = match self.authors {
            Authors::None => false,
            Authors::Inside => readership != Readership::Public,
            Authors::Everywhere => true,
        };
        let by = |changed: &Changed| if names { changed.by.clone() } else { String::new() };
        let changed = self.changes.iter().map(|(file, one)| (file.clone(), (one.on, by(one)))).collect();
        let since = self.past.as_ref().map(|past| {
            // Both times as this edition shows them; what was wrong with the links of then is told no more.
            let then = edition::restrict(&past.playbook, &past.graph, &past.sources, readership).value;
            let delta = insight::delta(Times {
                readership,
                now: Book::edition(edition, &checked.plates, today),
                then: Book::edition(&then, &NoFigures, today),
                all_now: &checked.playbook,
                all_then: &past.playbook,
                day: past.commit.day(),
            });
            Since { name: past.name.clone(), day: past.commit.day(), delta }
        });
        Told { changed, since }
    }
}

/// `history:` of the settings by its canonical name.
fn wish(playbook: &Playbook<Resolved>) -> &str {
    let field = playbook.kinds.settings.iter().find(|field| field.name == "history");
    let choices = field.map(|field| field.shape.choices()).unwrap_or_default();
    match playbook.setting("history").map(|item| &item.value) {
        Some(Value::Choice(index)) => {
            choices.get(usize::from(*index)).map_or("off", |choice| choice.name.as_str())
        }
        _ => "off",
    }
}

/// The playbook as it was, through the same reader as today's. What was wrong with it then is nobody's concern now.
fn past(world: &dyn World, repository: &Repository, name: &str) -> Result<Past, Unread> {
    let commit = repository.revision(name)?;
    let files = repository.files(&commit, |path| path.has_extension(&WORDS))?;
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())).collect();
    let then = MemoryWorld::new(files, world.today());
    let draft = read::read(&then).value;
    let playbook = resolve::resolve(draft.playbook, &draft.files).value;
    let graph = Graph::of(&playbook.kinds, playbook.entities.iter().map(Some));
    Ok(Past { name: name.to_owned(), commit, playbook, graph, sources: draft.sources })
}

fn not_read(unread: &Unread, place: Place) -> Finding {
    let Words { en, es } = told(unread);
    let finding = Finding::new(
        &HISTORY_NOT_READ,
        place,
        words!("the history was not read to its end: {en}", "no se ha podido leer todo el historial: {es}"),
    )
    .why(words!(
        "pages without a known change say nothing about it; everything else is as it should be",
        "las páginas cuyo último cambio no se conoce no lo dicen; todo lo demás está como debe"
    ));
    match unread {
        Unread::Shallow => finding.help(words!(
            "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` where a service copies the repository",
            "descarga el historial entero: `git fetch --unshallow`, o `fetch-depth: 0` donde un servicio copia el repositorio"
        )),
        Unread::None => finding.help(words!(
            "keep the playbook in a git repository, or set `history: off`",
            "guarda la guía en un repositorio git, o pon `historial: no`"
        )),
        _ => finding,
    }
}

fn no_past(unread: &Unread, name: &str, place: Place, repository: &Repository) -> Finding {
    match unread {
        Unread::Unknown(_) | Unread::Ambiguous(_) | Unread::Before(_) => {
            let Words { en, es } = told(unread);
            let names = repository.names();
            let near = nearest(name, names.iter().map(String::as_str));
            let finding = Finding::new(
                &UNKNOWN_REVISION,
                place,
                words!("no comparison with `{name}`: {en}", "no hay comparación con `{name}`: {es}"),
            );
            match near {
                Some(near) => finding.replace(near),
                None => finding.help(words!(
                    "write a day (`2026-09-01`), a tag, a branch or the beginning of a commit's number",
                    "escribe un día (`2026-09-01`), una etiqueta, una rama o el principio del número de un commit"
                )),
            }
        }
        unread => not_read(unread, place),
    }
}

fn told(unread: &Unread) -> Words {
    match unread {
        Unread::None => words!("the playbook lies in no repository", "la guía no está en ningún repositorio"),
        Unread::Empty => {
            words!("the repository has no commit yet", "el repositorio aún no tiene ningún commit")
        }
        Unread::Unknown(name) => words!(
            "the repository knows no day, tag, branch or commit `{name}`",
            "el repositorio no tiene ningún día, etiqueta, rama ni commit `{name}`"
        ),
        Unread::Before(day) => words!("the history begins on {day}", "el historial empieza el {day}"),
        Unread::Ambiguous(name) => {
            words!("several commits begin with `{name}`", "varios commits empiezan por `{name}`")
        }
        Unread::Shallow => words!(
            "the copy of the repository holds only its newest commits",
            "la copia del repositorio solo tiene los commits más recientes"
        ),
        Unread::Format(what) => words!(
            "the repository is of a kind that is not read ({what})",
            "el repositorio es de un tipo que no se lee ({what})"
        ),
        Unread::Damaged(what) => words!(
            "something of the repository is missing or damaged (`{what}`)",
            "falta algo del repositorio o está dañado (`{what}`)"
        ),
        Unread::Limit(what, limit) => {
            let es = match *what {
                "bytes" => "bytes",
                "files" => "archivos",
                "commits" => "commits",
                _ => "diferencias",
            };
            words!("the limit of {limit} {what} is reached", "se llega al límite de {limit} {es}")
        }
    }
}
