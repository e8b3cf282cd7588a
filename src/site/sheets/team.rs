//! The team: the three functions, the map of roles by unit, a card for each role, and who has none.

use super::naming::{tag, text};
use super::{Planner, Sheet, heading};
use crate::insight::{self, Branch, FUNCTIONS, Role};
use crate::model::{Chapter, EntityId};
use crate::site::view::{
    CardView, CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView, TreeItem,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "team",
    path: ["team", "equipo"],
    chapter: Chapter::People,
    parts,
    has: |planner| !insight::roles(planner.book()).is_empty(),
};

/// Tasks that a card names.
const MOST_TASKS: usize = 3;

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let roles = insight::roles(planner.book());
    let mut parts = vec![figures(planner, &roles)];
    if roles.iter().any(|role| !role.functions.is_empty()) {
        parts.push(heading(planner.locale.word("team_functions"), "_functions"));
        let functions = planner.choices("role", "function").into_iter();
        let core = functions.filter(|(name, _)| FUNCTIONS.contains(&name.as_str()));
        let cards = core.map(|(name, label)| function(planner, &name, label, &roles, page)).collect();
        parts.push(PartView::Cards { cards });
    }
    parts.push(heading(planner.locale.word("team_map"), "_map"));
    parts.push(PartView::Tree { items: map(planner, &roles, page) });
    parts.push(heading(planner.locale.word("team_cards"), "_roles"));
    parts
        .push(PartView::Cards { cards: roles.iter().filter_map(|role| card(planner, role, page)).collect() });
    parts.extend(absences(planner, &roles, page).into_iter().flatten());
    parts.extend(without_role(planner, page).into_iter().flatten());
    parts
}

fn figures(planner: &Planner<'_>, roles: &[Role<'_>]) -> PartView {
    let (book, locale) = (planner.book(), planner.locale);
    let figure = |value: String, label: &str, tone: &'static str| FigureView {
        value,
        label: locale.word(label).to_owned(),
        note: String::new(),
        url: String::new(),
        tone,
    };
    let number = |n: usize| locale.number(n as f64, 0);
    let mut figures = vec![figure(number(roles.len()), "team_roles", "neutral")];
    let people = insight::people(book).len();
    if people > 0 {
        figures.push(figure(number(people), "team_people", "neutral"));
    }
    if book.shows_all("person") {
        let vacant = roles.iter().filter(|role| insight::is_vacant(book, role)).count();
        figures.push(figure(number(vacant), "team_vacant", if vacant > 0 { "bad" } else { "good" }));
    }
    let hours: f64 = roles.iter().filter_map(|role| role.hours).sum();
    if hours > 0.0 {
        figures.push(figure(locale.duration(hours, "hour"), "team_hours", "neutral"));
    }
    PartView::Figures { figures }
}

/// One of the three functions: by whom it is covered.
fn function(
    planner: &Planner<'_>,
    name: &str,
    label: String,
    roles: &[Role<'_>],
    page: &PagePath,
) -> CardView {
    let (book, locale) = (planner.book(), planner.locale);
    let with: Vec<&Role<'_>> = roles.iter().filter(|role| role.functions.contains(&name)).collect();
    let mut people: Vec<EntityId> = with.iter().flat_map(|role| role.people.iter().copied()).collect();
    people.sort();
    people.dedup();
    let state = if with.is_empty() {
        Some(tag(locale.word("team_missing"), "bad"))
    } else if with.iter().all(|role| insight::is_vacant(book, role)) {
        Some(tag(locale.word("vacant"), "bad"))
    } else {
        Some(tag(locale.word("team_covered"), "good"))
    };
    let rows = [
        planner.row(locale.word("team_in_roles"), planner.named(with.iter().map(|role| role.id), page)),
        planner.row(locale.word("held_by"), planner.named(people, page)),
    ];
    CardView {
        title: LinkView {
            text: label,
            summary: locale.word(&format!("function_{name}")).to_owned(),
            tag: state,
            ..LinkView::default()
        },
        kicker: String::new(),
        rows: rows.into_iter().flatten().collect(),
        links: Vec::new(),
    }
}

fn map(planner: &Planner<'_>, roles: &[Role<'_>], page: &PagePath) -> Vec<TreeItem> {
    let units = insight::team_map(roles);
    // Where no unit is named, the roles themselves are the outermost items.
    if let [("", branches)] = units.as_slice() {
        return branches.iter().filter_map(|branch| item(planner, branch, roles, page)).collect();
    }
    let unit = |(name, branches): (&str, Vec<Branch>)| TreeItem {
        link: LinkView {
            text: if name.is_empty() { planner.locale.word("team_no_unit") } else { name }.to_owned(),
            ..LinkView::default()
        },
        items: branches.iter().filter_map(|branch| item(planner, branch, roles, page)).collect(),
        ..TreeItem::default()
    };
    units.into_iter().map(unit).collect()
}

fn item(planner: &Planner<'_>, branch: &Branch, roles: &[Role<'_>], page: &PagePath) -> Option<TreeItem> {
    let role = roles.get(branch.at)?;
    let mut link = planner.short_link(role.id, page)?;
    link.note = planner.titles(&role.people);
    if insight::is_vacant(planner.book(), role) {
        link.tag = Some(tag(planner.locale.word("vacant"), "bad"));
    }
    let verb = match branch.above {
        Some(above) => {
            let above = planner.titles(&[above]);
            planner.locale.fill("team_above", &[("role", above.as_str())])
        }
        None => String::new(),
    };
    let items = branch.branches.iter().filter_map(|below| item(planner, below, roles, page)).collect();
    Some(TreeItem { verb, link, here: false, items })
}

fn card(planner: &Planner<'_>, role: &Role<'_>, page: &PagePath) -> Option<CardView> {
    let (book, locale) = (planner.book(), planner.locale);
    let mut title = planner.link(role.id, page)?;
    let people = if insight::is_vacant(book, role) {
        Some(Shown::Tag { tag: tag(locale.word("vacant"), "bad") })
    } else {
        planner.named(role.people.iter().copied(), page)
    };
    let tasks = match planner.field_shown(role.id, "responsibilities", page) {
        Some(Shown::List { mut items }) => {
            let more = items.len().saturating_sub(MOST_TASKS);
            items.truncate(MOST_TASKS);
            if more > 0 {
                items.push(text(locale.counted("and_more", more)));
            }
            Some(Shown::List { items })
        }
        other => other,
    };
    title.note.clear();
    let rows = [
        planner.row(locale.word("held_by"), people),
        planner.row(planner.label("role", "deputy"), planner.named(role.deputies.iter().copied(), page)),
        planner.row(planner.label("role", "reports_to"), planner.named(role.reports_to, page)),
        planner.row(
            planner.label("role", "hours_per_week"),
            planner.field_shown(role.id, "hours_per_week", page),
        ),
        planner.row(planner.label("role", "responsibilities"), tasks),
    ];
    Some(CardView {
        title,
        kicker: role.unit.clone(),
        rows: rows.into_iter().flatten().collect(),
        links: planner.short_links(role.paths.iter().copied(), page),
    })
}

/// Who is away now or soon, and who stands in.
fn absences(planner: &Planner<'_>, roles: &[Role<'_>], page: &PagePath) -> Option<[PartView; 2]> {
    let locale = planner.locale;
    let mut away: Vec<_> = insight::people(planner.book())
        .into_iter()
        .flat_map(|person| person.absences.into_iter().map(move |(from, to)| (from, to, person.id)))
        .collect();
    away.sort_unstable();
    let row = |(from, to, person): (crate::world::Date, crate::world::Date, EntityId)| {
        let held = roles.iter().filter(|role| role.people.contains(&person));
        let mut deputies: Vec<EntityId> = held.flat_map(|role| role.deputies.iter().copied()).collect();
        deputies.sort();
        deputies.dedup();
        let deputies = planner.named(deputies, page);
        let gap = deputies.is_none();
        let cells = vec![
            CellView::text(format!("{} – {}", locale.date(from), locale.date(to))),
            CellView {
                tone: if gap { "gap" } else { "" },
                value: deputies,
                label: locale.word("nobody").to_owned(),
            },
        ];
        Some(RowView { heading: planner.short_link(person, page)?, cells, gap })
    };
    let rows: Vec<RowView> = away.into_iter().filter_map(row).collect();
    let column = |text: String| ColumnView { text, ..ColumnView::default() };
    let table = TableView {
        id: "_absences".to_owned(),
        caption: locale.word("team_absences").to_owned(),
        corner: locale.word("person").to_owned(),
        columns: vec![column(locale.word("team_days").to_owned()), column(planner.label("role", "deputy"))],
        rows,
        ..TableView::default()
    };
    (!table.rows.is_empty())
        .then(|| [heading(locale.word("team_absences"), "_absent"), PartView::Table { table }])
}

fn without_role(planner: &Planner<'_>, page: &PagePath) -> Option<[PartView; 2]> {
    let book = planner.book();
    let people = insight::people(book).into_iter().map(|person| person.id);
    let idle = people.filter(|person| book.related(*person, "roles").is_empty());
    let links = planner.short_links(idle, page);
    (!links.is_empty()).then(|| {
        [heading(planner.locale.word("team_without_role"), "_without_role"), PartView::Links { links }]
    })
}
