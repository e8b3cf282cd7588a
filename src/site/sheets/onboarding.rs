//! The page of a path: its steps as a checklist with their time; and the way there for somebody who is new.

use super::{Addition, Planner, heading};
use crate::insight::{self, Path, PathStep};
use crate::model::EntityId;
use crate::site::view::{CheckView, ChecklistView, FigureView, LinkView, PartView};
use crate::text::{PagePath, slug};

pub(super) static OF_PATH: Addition = Addition { kind: "path", closing: false, parts: checklist };

/// Where somebody new begins, on the home page: their role's path, else the role itself. Only in editions that have a path.
pub(super) fn newcomer(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let (book, locale) = (planner.book(), planner.locale);
    let roles = insight::roles(book);
    if roles.iter().all(|role| role.paths.is_empty()) {
        return Vec::new();
    }
    let links = roles.iter().filter_map(|role| {
        let mut link = planner.short_link(role.id, page)?;
        if let Some((path, to)) =
            role.paths.iter().find_map(|path| Some((*path, planner.short_link(*path, page)?)))
        {
            link.url = to.url;
            link.note = summary(planner, path);
        }
        Some(link)
    });
    let links = links.collect();
    vec![heading(locale.word("newcomer"), "_newcomer"), PartView::Links { links }]
}

/// A link to a path, with how long it takes.
pub(super) fn link(planner: &Planner<'_>, path: EntityId, page: &PagePath) -> Option<LinkView> {
    Some(LinkView { note: summary(planner, path), ..planner.short_link(path, page)? })
}

/// "10 steps, 12 h 35 min".
fn summary(planner: &Planner<'_>, id: EntityId) -> String {
    let locale = planner.locale;
    let Some(path) = insight::path(planner.book(), id) else { return String::new() };
    let steps = locale.counted("path_steps", path.steps.len());
    match path.minutes() {
        minutes if minutes >= 1.0 => format!("{steps}, {}", time(planner, minutes)),
        _ => steps,
    }
}

/// Minutes as people say them.
fn time(planner: &Planner<'_>, minutes: f64) -> String {
    let whole = minutes.round().clamp(0.0, 1e9) as u64;
    let (hours, rest) = (whole / 60, whole % 60);
    let number = |n: u64| planner.locale.number(n as f64, 0);
    match (hours, rest) {
        (0, rest) => format!("{}\u{a0}min", number(rest)),
        (hours, 0) => format!("{}\u{a0}h", number(hours)),
        (hours, rest) => format!("{}\u{a0}h {}\u{a0}min", number(hours), number(rest)),
    }
}

fn checklist(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let locale = planner.locale;
    let Some(path) = insight::path(planner.book(), id).filter(|path| !path.steps.is_empty()) else {
        return Vec::new();
    };
    let mut parts = vec![figures(planner, &path)];
    let mentors = path.mentors.iter().filter_map(|mentor| {
        Some(LinkView { note: locale.word("path_mentor").to_owned(), ..planner.short_link(*mentor, page)? })
    });
    let mentors: Vec<LinkView> = mentors.collect();
    if !mentors.is_empty() {
        parts.push(PartView::Links { links: mentors });
    }
    let mut checks: Vec<CheckView> = Vec::new();
    for step in &path.steps {
        let mut check = check(planner, step, page);
        let name = match step.task {
            Some(task) => task.prose.summary.clone(),
            None => check.title.iter().map(|link| link.text.as_str()).collect(),
        };
        // Marks are kept by the words of a step, so that they stay when another is put before it.
        let name = slug(&name);
        let again = checks
            .iter()
            .filter(|known| known.name == name || known.name.starts_with(&format!("{name}~")))
            .count();
        check.name = if again == 0 { name } else { format!("{name}~{}", again + 1) };
        checks.push(check);
    }
    parts.push(heading(locale.word("path_title"), "_checklist"));
    let word = |key: &str| locale.word(key).to_owned();
    parts.push(PartView::Checklist {
        checklist: ChecklistView {
            checks,
            progress: word("path_progress"),
            done: word("path_done"),
            reset: word("path_reset"),
            kept: word("path_kept"),
            not_kept: word("path_not_kept"),
        },
    });
    parts
}

fn figures(planner: &Planner<'_>, path: &Path<'_>) -> PartView {
    let locale = planner.locale;
    let figure = |value: String, label: &str| FigureView {
        value,
        label: locale.word(label).to_owned(),
        note: String::new(),
        url: String::new(),
        tone: "neutral",
    };
    let mut figures = vec![figure(locale.number(path.steps.len() as f64, 0), "path_count")];
    if path.minutes() >= 1.0 {
        let mut total = figure(time(planner, path.minutes()), "path_total");
        if path.untimed() > 0 {
            total.note = locale.counted("path_untimed", path.untimed());
        }
        figures.push(total);
    }
    PartView::Figures { figures }
}

fn check(planner: &Planner<'_>, step: &PathStep<'_>, page: &PagePath) -> CheckView {
    let locale = planner.locale;
    let mut check = CheckView {
        html: step.task.map(|task| planner.fill(task, page)).unwrap_or_default(),
        minutes: step.minutes.map(|minutes| time(planner, minutes)).unwrap_or_default(),
        check: step.check.clone().unwrap_or_default(),
        ..CheckView::default()
    };
    let titled = |id: Option<EntityId>, verb: &str| {
        let mut link = planner.link(id?, page)?;
        link.summary = std::mem::take(&mut link.kind).to_lowercase();
        link.kind = locale.word(verb).to_owned();
        Some(link)
    };
    let links = [titled(step.page, "path_read"), titled(step.procedure, "path_learn")];
    check.title = links.into_iter().flatten().collect();
    if let Some(url) = &step.url {
        let text = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        check.title.push(LinkView {
            text: text.to_owned(),
            url: url.clone(),
            kind: locale.word("path_open").to_owned(),
            ..LinkView::default()
        });
    }
    let ask = step.ask.iter().filter_map(|edge| {
        let mut link = planner.short_link(edge.target, page)?;
        link.note = edge.note.clone().unwrap_or_default();
        Some(link)
    });
    check.ask = ask.collect();
    check
}
