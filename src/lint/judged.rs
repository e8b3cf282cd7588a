//! Objectives that cannot be judged, or that nobody judges: not SMART, outputs only, past their day, too many, off track without consequence.

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book, Evaluation, Lack, Status};
use crate::model::{Entity, EntityId, Resolved};
use crate::words;

static NOT_SMART: Code =
    Code { id: "P302", name: "objective_not_smart", level: Level::Warning, since: "0.1.0" };
static ONLY_OUTPUTS: Code = Code { id: "P307", name: "only_outputs", level: Level::Warning, since: "0.1.0" };
static DEADLINE_PASSED: Code =
    Code { id: "P308", name: "deadline_passed", level: Level::Warning, since: "0.1.0" };
static MANY_OBJECTIVES: Code =
    Code { id: "P309", name: "many_objectives", level: Level::Note, since: "0.1.0" };
static INSISTING: Code = Code { id: "P326", name: "off_track_twice", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&NOT_SMART, &ONLY_OUTPUTS, &DEADLINE_PASSED, &MANY_OBJECTIVES, &INSISTING];

/// Objectives that a team can keep in mind.
const MOST_OBJECTIVES: usize = 7;

/// All findings about what objectives are judged by.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let evaluations = insight::evaluations(book);
    let decided = insight::decided(book);
    let active = insight::active_objectives(book);
    for id in &active {
        let Some(entity) = book.entity(*id) else { continue };
        findings.extend(not_smart(book, entity));
        let targets = insight::targets(book.kinds, entity);
        let levels: Option<Vec<insight::Level>> =
            targets.iter().map(|target| insight::level(book, target.metric)).collect();
        if let Some(levels) = levels.filter(|levels| !levels.is_empty())
            && levels.iter().all(|level| *level <= insight::Level::Output)
        {
            findings.push(only_outputs(entity));
        }
        let last = targets.iter().map(|target| target.by).max().flatten();
        let all_dated = !targets.is_empty() && targets.iter().all(|target| target.by.is_some());
        if let Some(last) = last.filter(|last| all_dated && *last < book.today) {
            let evaluated = evaluations.iter().any(|evaluation| {
                evaluation.objectives.contains(id) && evaluation.period.is_some_and(|(_, end)| end >= last)
            });
            let is_decided = decided
                .iter()
                .any(|one| one.changes.contains(id) && one.date.is_some_and(|date| date >= last));
            if !evaluated && !is_decided {
                findings.push(deadline_passed(entity, &last.to_string()));
            }
        }
        if is_insisted_upon(book, *id, &evaluations, &decided) {
            findings.push(insisting(entity));
        }
    }
    if let Some(entity) = active.get(MOST_OBJECTIVES).and_then(|id| book.entity(*id)) {
        findings.push(many(entity, active.len()));
    }
}

/// Whether a target was off track in the last two evaluations and nothing was decided from the first of them on.
fn is_insisted_upon(
    book: Book<'_>,
    id: EntityId,
    evaluations: &[Evaluation],
    decided: &[insight::Decided],
) -> bool {
    let mut of_it = evaluations.iter().rev().filter(|evaluation| evaluation.objectives.contains(&id));
    let (Some(newest), Some(before)) = (of_it.next(), of_it.next()) else { return false };
    let off = |evaluation: &Evaluation| -> Vec<EntityId> {
        let aims = insight::aims(book, id, evaluation.day);
        let off = aims.iter().filter(|aim| aim.progress.status == Status::OffTrack);
        off.map(|aim| aim.target.metric).collect()
    };
    let first = off(before);
    let both: Vec<EntityId> = off(newest).into_iter().filter(|metric| first.contains(metric)).collect();
    if both.is_empty() {
        return false;
    }
    let mut concerned = vec![id];
    concerned.extend(&both);
    concerned.extend(book.related(id, "channels"));
    let follows = |one: &&insight::Decided| {
        let is_new = one.date.is_some_and(|date| date > before.day);
        let linked = newest.decisions.contains(&one.id) || before.decisions.contains(&one.id);
        is_new && (linked || one.changes.iter().any(|changed| concerned.contains(changed)))
    };
    !decided.iter().any(|one| follows(&one))
}

fn not_smart(book: Book<'_>, entity: &Entity<Resolved>) -> Option<Finding> {
    let targets = insight::targets(book.kinds, entity);
    let lacking = |lack: Lack| targets.iter().find(|target| insight::lacks_of_target(target).contains(&lack));
    let all = [
        (Lack::Baseline, "baseline", "linea_base"),
        (Lack::BaselineDate, "baseline_date", "fecha_linea_base"),
        (Lack::Deadline, "by", "fecha"),
    ];
    let found: Vec<_> = all.iter().filter_map(|(lack, en, es)| Some((lacking(*lack)?, en, es))).collect();
    let (first, ..) = found.first()?;
    let list = |names: Vec<String>| names.join(", ");
    let en = list(found.iter().map(|(_, en, _)| format!("`{en}:`")).collect());
    let es = list(found.iter().map(|(.., es)| format!("`{es}:`")).collect());
    let title = &entity.title;
    Some(
        Finding::new(
            &NOT_SMART,
            first.span,
            words!("“{title}” has a target without {en}", "«{title}» tiene una meta sin {es}"),
        )
        .why(words!(
            "without a beginning and a day nobody can say whether it is on track",
            "sin un punto de partida y un día, nadie puede decir si va bien"
        ))
        .help(words!(
            "add {en} to the target; for the date of the baseline, `period:` of the objective will do",
            "añade {es} a la meta; para la fecha de la línea base basta el `periodo:` del objetivo"
        )),
    )
}

fn only_outputs(entity: &Entity<Resolved>) -> Finding {
    let title = &entity.title;
    Finding::new(
        &ONLY_OUTPUTS,
        entity.span,
        words!(
            "“{title}” is judged only by what is put in or goes out",
            "«{title}» se juzga solo por lo que se pone o lo que sale"
        ),
    )
    .why(words!(
        "posts, reach and followers say how loud one was, not whether anybody changed their mind or did something",
        "las publicaciones, el alcance y los seguidores dicen cuánto se habló, no si alguien cambió de idea o hizo algo"
    ))
    .help(words!(
        "add a target with a metric of level `outtake`, `outcome` or `impact`",
        "añade una meta con un indicador de nivel `respuesta`, `resultado` o `impacto`"
    ))
}

fn deadline_passed(entity: &Entity<Resolved>, day: &str) -> Finding {
    let title = &entity.title;
    Finding::new(
        &DEADLINE_PASSED,
        entity.span,
        words!(
            "the last day of “{title}” was {day}, and nothing followed",
            "el plazo de «{title}» acabó el {day}, y no ha pasado nada"
        ),
    )
    .why(words!(
        "an objective that runs out without a word teaches everybody that dates do not count",
        "un objetivo que caduca en silencio enseña a todo el mundo que los plazos no cuentan"
    ))
    .help(words!(
        "write an evaluation of it, or a decision that changes it; or `status: retired`",
        "escribe una evaluación, o una decisión que lo cambie; o `estado: retirado`"
    ))
}

fn many(entity: &Entity<Resolved>, count: usize) -> Finding {
    Finding::new(
        &MANY_OBJECTIVES,
        entity.span,
        words!("there are {count} active objectives", "hay {count} objetivos activos"),
    )
    .why(words!(
        "nobody keeps more than seven in mind, and what everything serves, nothing serves",
        "nadie tiene presentes más de siete, y lo que sirve a todo no sirve a nada"
    ))
    .help(words!(
        "pause or retire those that can wait: `status: paused`",
        "deja en pausa o retira los que puedan esperar: `estado: en_pausa`"
    ))
}

fn insisting(entity: &Entity<Resolved>) -> Finding {
    let title = &entity.title;
    Finding::new(
        &INSISTING,
        entity.span,
        words!(
            "“{title}” was off track in two evaluations in a row, and nothing was decided",
            "«{title}» iba mal en dos evaluaciones seguidas, y no se ha decidido nada"
        ),
    )
    .why(words!(
        "to go on with what does not work costs the hours that something else would need",
        "insistir en lo que no funciona cuesta las horas que harían falta en otra cosa"
    ))
    .help(words!(
        "write a decision that changes the objective, a channel of it or the metric: even to keep it is a decision",
        "escribe una decisión que cambie el objetivo, uno de sus canales o el indicador: mantenerlo también es decidir"
    ))
}
