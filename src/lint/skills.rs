//! Skills that roles need and nobody has, or one person only.

use super::people::names;
use crate::finding::{Code, Finding, Level, Words};
use crate::insight::{self, Book, Cover, Skill};
use crate::words;

static SKILL_OF_NOBODY: Code =
    Code { id: "P343", name: "skill_of_nobody", level: Level::Warning, since: "0.1.0" };
static SKILL_OF_ONE: Code =
    Code { id: "P344", name: "skill_of_one_person", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&SKILL_OF_NOBODY, &SKILL_OF_ONE];

/// All findings about skills.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    for skill in insight::skills(book) {
        findings.extend(finding(book, &skill));
    }
}

fn finding(book: Book<'_>, skill: &Skill) -> Option<Finding> {
    let entity = book.entity(skill.id)?;
    let title = &entity.title;
    let level = skill.level();
    let Words { en: for_en, es: for_es } = names(book, &skill.most_needed_by(), true);
    let finding = match skill.cover() {
        Cover::Nobody => Finding::new(
            &SKILL_OF_NOBODY,
            entity.span,
            words!(
                "nobody has “{title}” at level {level}, which is needed for {for_en}",
                "nadie tiene «{title}» con nivel {level}, el que hace falta para {for_es}"
            ),
        )
        .why(words!(
            "the role is held by people who cannot do all of it yet",
            "desempeñan la función personas que todavía no pueden hacerla entera"
        ))
        .help(words!(
            "note the skill in `skills:` of whoever has it, plan how it is learned, or ask the role for less",
            "apunta la competencia en `competencias:` de quien la tenga, planea cómo se aprende o pide menos a la función"
        )),
        Cover::One => {
            let Words { en, es } = names(book, &skill.able(), false);
            Finding::new(
                &SKILL_OF_ONE,
                entity.span,
                words!(
                    "only {en} has “{title}” at level {level}, which is needed for {for_en}",
                    "solo {es} tiene «{title}» con nivel {level}, el que hace falta para {for_es}"
                ),
            )
            .why(words!(
                "on the day that this person is away or leaves, nobody else can do it",
                "el día que esa persona falte o se vaya, nadie más puede hacerlo"
            ))
            .help(words!(
                "let a second person learn it, and note it in their `skills:`",
                "haz que la aprenda una segunda persona y apúntalo en sus `competencias:`"
            ))
        }
        Cover::NotNeeded | Cover::Several => return None,
    };
    Some(finding)
}
