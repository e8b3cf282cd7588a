//! Roles that nobody fills, that nobody can stand in for, that nobody is prepared for; and functions that no role has.

use crate::finding::{Code, Finding, Language, Level, Words};
use crate::insight::{self, Book, FUNCTIONS, Role};
use crate::model::{EntityId, FieldType};
use crate::words;

static UNPREPARED_ROLE: Code =
    Code { id: "P339", name: "role_without_training", level: Level::Note, since: "0.1.0" };
static DESERTED_ROLE: Code =
    Code { id: "P341", name: "role_whose_people_left", level: Level::Warning, since: "0.1.0" };
static ROLE_WITHOUT_DEPUTY: Code =
    Code { id: "P342", name: "role_without_deputy", level: Level::Warning, since: "0.1.0" };
static MISSING_FUNCTION: Code =
    Code { id: "P349", name: "function_without_role", level: Level::Note, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&UNPREPARED_ROLE, &DESERTED_ROLE, &ROLE_WITHOUT_DEPUTY, &MISSING_FUNCTION];

/// All findings about roles.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let roles = insight::roles(book);
    // Where nothing is written about learning, it is no matter of this playbook.
    let prepares = roles.iter().any(|role| role.prepared);
    for role in &roles {
        if role.people.is_empty() && !role.gone.is_empty() {
            findings.extend(deserted(book, role));
        }
        if role.deputies.is_empty() {
            findings.extend(without_deputy(book, role));
        }
        if prepares && !role.prepared {
            findings.extend(unprepared(book, role));
        }
    }
    findings.extend(missing_functions(book, &roles));
}

/// Titles, joined as each language does.
pub(super) fn names(book: Book<'_>, ids: &[EntityId], quoted: bool) -> Words {
    let titles = ids.iter().filter_map(|id| book.entity(*id)).map(|entity| entity.title.as_str());
    let titles: Vec<&str> = titles.collect();
    let join = |open: &str, close: &str, and: &str| match titles.as_slice() {
        [] => String::new(),
        [one] => format!("{open}{one}{close}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|one| format!("{open}{one}{close}")).collect();
            format!("{} {and} {open}{last}{close}", first.join(", "))
        }
    };
    let ([o_en, c_en], [o_es, c_es]) =
        if quoted { (["“", "”"], ["«", "»"]) } else { ([""; 2], [""; 2]) };
    // "e" in place of "y" before the sound of i.
    let last = titles.last().map(|last| crate::text::fold(last)).unwrap_or_default();
    let like_i = last.starts_with('i') || (last.starts_with("hi") && !last.starts_with("hie"));
    Words { en: join(o_en, c_en, "and"), es: join(o_es, c_es, if like_i { "e" } else { "y" }) }
}

fn deserted(book: Book<'_>, role: &Role<'_>) -> Option<Finding> {
    let entity = book.entity(role.id)?;
    let title = &entity.title;
    let Words { en, es } = names(book, &role.gone, false);
    let (have, han) = if role.gone.len() == 1 { ("has", "ya no está") } else { ("have", "ya no están") };
    Some(
        Finding::new(
            &DESERTED_ROLE,
            entity.span,
            words!(
                "“{title}” is vacant: {en} {have} left and nobody else holds it",
                "«{title}» está vacante: {es} {han} y nadie más la desempeña"
            ),
        )
        .why(words!(
            "on paper the tasks still have somebody, so nobody notices that they are left undone",
            "sobre el papel las tareas siguen teniendo dueño, así que nadie nota que quedan sin hacer"
        ))
        .help(words!(
            "name whoever holds it now in `people:`, or write `status: paused` while it is vacant",
            "nombra en `personas:` a quien la desempeña ahora, o escribe `estado: en_pausa` mientras esté vacante"
        )),
    )
}

fn without_deputy(book: Book<'_>, role: &Role<'_>) -> Option<Finding> {
    let entity = book.entity(role.id)?;
    let title = &entity.title;
    let because = if insight::crisis_posts(book, role.id).is_empty() {
        if !insight::answers(book, role.id) {
            return None;
        }
        words!("answers for steps of procedures", "responde de pasos de procedimientos")
    } else {
        words!("is in a crisis team", "está en un equipo de crisis")
    };
    let Words { en, es } = because;
    Some(
        Finding::new(
            &ROLE_WITHOUT_DEPUTY,
            entity.span,
            words!("“{title}” {en} and has no deputy", "«{title}» {es} y no tiene suplente"),
        )
        .why(words!(
            "when it is away, what only it may decide has to wait, and a crisis does not",
            "si falta, lo que solo le toca decidir espera, y una crisis no espera"
        ))
        .help(words!(
            "name the role that takes over in `deputy:`",
            "nombra en `suplente:` la función que asume sus tareas"
        )),
    )
}

fn unprepared(book: Book<'_>, role: &Role<'_>) -> Option<Finding> {
    let entity = book.entity(role.id)?;
    let title = &entity.title;
    Some(
        Finding::new(
            &UNPREPARED_ROLE,
            entity.span,
            words!("nothing prepares for “{title}”", "nada prepara para «{title}»"),
        )
        .why(words!(
            "whoever takes it on learns by making mistakes in public",
            "quien la asume aprende equivocándose en público"
        ))
        .help(words!(
            "add `training:` to the role, or a path in `paths/` that prepares for it",
            "añade `formacion:` a la función, o un itinerario en `itinerarios/` que prepare para ella"
        )),
    )
}

/// One finding for all functions that no role has; none where no role says its function.
fn missing_functions(book: Book<'_>, roles: &[Role<'_>]) -> Option<Finding> {
    let first = roles.iter().find(|role| !role.functions.is_empty())?;
    let missing =
        FUNCTIONS.into_iter().filter(|name| !roles.iter().any(|role| role.functions.contains(name)));
    let missing: Vec<&str> = missing.collect();
    let (_, field) = book.kinds.named("role")?.field("function")?;
    let FieldType::List(shape) = &field.shape else { return None };
    let FieldType::Choice(choices) = shape.as_ref() else { return None };
    let label = |language: Language| {
        let named = choices.iter().filter(|choice| missing.contains(&choice.name.as_str()));
        let names: Vec<String> = named.map(|choice| choice.label.within(language).to_lowercase()).collect();
        names.join(", ")
    };
    let (en, es) = (label(Language::English), label(Language::Spanish));
    let span = book.entity(first.id)?.span;
    (!missing.is_empty()).then(|| {
        Finding::new(
            &MISSING_FUNCTION,
            span,
            words!("no role has the function: {en}", "ninguna función del equipo se ocupa de: {es}"),
        )
        .why(words!(
            "to moderate, to build the community and to measure are different work; what nobody has is not done",
            "moderar, dinamizar y medir son trabajos distintos; lo que no le toca a nadie no se hace"
        ))
        .help(words!(
            "add it to `function:` of a role; one role may have several",
            "añádela a `area:` de una función; una sola puede reunir varias"
        ))
    })
}
