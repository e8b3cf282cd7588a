//! Which skills the roles need and who has them: what is missing, what hangs on one person, what each role lacks.

use super::naming::{level, tag};
use super::{Planner, Sheet, heading};
use crate::insight::{self, Cover, Need, Skill};
use crate::model::Chapter;
use crate::site::view::{
    CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView, TagView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "skills",
    path: ["skills-coverage", "competencias-cubiertas"],
    chapter: Chapter::People,
    parts,
    // Roles that nobody is seen to hold would all seem to lack everything.
    has: |planner| planner.book().shows_all("person") && !insight::skills(planner.book()).is_empty(),
};

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let locale = planner.locale;
    let skills = insight::skills(planner.book());
    let count = |cover: Cover| skills.iter().filter(|skill| skill.cover() == cover).count();
    let figure = |n: usize, label: &str, tone: &'static str| FigureView {
        value: locale.number(n as f64, 0),
        label: locale.word(label).to_owned(),
        note: String::new(),
        url: String::new(),
        tone: if n == 0 && tone != "neutral" { "good" } else { tone },
    };
    let needed = skills.len() - count(Cover::NotNeeded);
    let figures = vec![
        figure(needed, "skills_needed", "neutral"),
        figure(count(Cover::Several), "skills_several", "neutral"),
        figure(count(Cover::One), "skills_one", "warn"),
        figure(count(Cover::Nobody), "skills_nobody", "bad"),
    ];
    let mut parts = vec![PartView::Figures { figures }];
    parts.push(heading(locale.word("skills_by_skill"), "_by_skill"));
    parts.push(PartView::Table { table: planner.with_csv(by_skill(planner, &skills, page), page) });
    let by_role = by_role(planner, page);
    if by_role.rows.is_empty() {
        parts.push(PartView::Note { text: locale.word("skills_met").to_owned(), tone: "good" });
    } else {
        parts.push(heading(locale.word("skills_by_role"), "_by_role"));
        parts.push(PartView::Table { table: by_role });
    }
    parts.push(heading(locale.word("skills_by_person"), "_by_person"));
    parts.push(PartView::Table { table: planner.with_csv(by_person(planner, &skills, page), page) });
    parts
}

/// How well a skill is covered, in a word.
fn state(planner: &Planner<'_>, skill: &Skill) -> (TagView, &'static str) {
    let locale = planner.locale;
    let accepted = insight::is_accepted(planner.book(), skill);
    match skill.cover() {
        Cover::Several => (tag(locale.word("skill_covered"), "good"), ""),
        Cover::NotNeeded => (tag(locale.word("skill_not_needed"), "neutral"), ""),
        _ if accepted => (tag(locale.word("skill_accepted"), "neutral"), "justified"),
        Cover::One => (tag(locale.word("skill_of_one"), "warn"), "gap"),
        Cover::Nobody => (tag(locale.word("skill_of_nobody"), "bad"), "gap"),
    }
}

fn by_skill(planner: &Planner<'_>, skills: &[Skill], page: &PagePath) -> TableView {
    let locale = planner.locale;
    let row = |skill: &Skill| {
        let (state, tone) = state(planner, skill);
        let needed = skill.level();
        let level = if needed > 0.0 { level(locale, needed) } else { String::new() };
        let able = if skill.needed.is_empty() { skill.held.keys().copied().collect() } else { skill.able() };
        let cell =
            |value: Option<Shown>| CellView { value, label: locale.word("nobody").to_owned(), tone: "" };
        let cells = vec![
            CellView::of(Shown::Tag { tag: state }).toned(if tone == "justified" { tone } else { "" }),
            if level.is_empty() { CellView::default() } else { CellView::number(level) },
            cell(planner.named(skill.most_needed_by(), page)),
            cell(planner.named(able, page)).toned(if skill.cover() == Cover::Nobody { "gap" } else { "" }),
        ];
        Some(RowView { heading: planner.short_link(skill.id, page)?, cells, gap: tone == "gap" })
    };
    let column = |key: &str, numeric: bool| ColumnView {
        text: locale.word(key).to_owned(),
        numeric,
        ..ColumnView::default()
    };
    let mut rows: Vec<RowView> = skills.iter().filter_map(row).collect();
    // What is missing comes first.
    rows.sort_by_key(|row| !row.gap);
    TableView {
        id: "_skills".to_owned(),
        caption: locale.word("skills_by_skill").to_owned(),
        corner: planner.kind_label("skill"),
        columns: vec![
            column("skills_cover", false),
            column("skills_level", true),
            column("skills_needed_by", false),
            column("skills_held_by", false),
        ],
        rows,
        note: locale.word("skills_levels").to_owned(),
        ..TableView::default()
    }
}

/// The roles that lack something among the people who hold them.
fn by_role(planner: &Planner<'_>, page: &PagePath) -> TableView {
    let (book, locale) = (planner.book(), planner.locale);
    let row = |role: insight::Role<'_>| {
        let lacks = insight::needs(book, role.id).into_iter().filter(|need| !need.is_met());
        let links = lacks.filter_map(|need| {
            let mut link = planner.short_link(need.skill, page)?;
            link.note = lack(planner, &need);
            Some(link)
        });
        let links: Vec<LinkView> = links.collect();
        let heading = planner.short_link(role.id, page).filter(|_| !links.is_empty())?;
        let people = CellView {
            value: planner.named(role.people.iter().copied(), page),
            label: locale.word("nobody").to_owned(),
            tone: "",
        };
        Some(RowView { heading, cells: vec![CellView::of(Shown::Links { links }), people], gap: true })
    };
    let column = |key: &str| ColumnView { text: locale.word(key).to_owned(), ..ColumnView::default() };
    TableView {
        id: "_roles".to_owned(),
        caption: locale.word("skills_by_role").to_owned(),
        corner: planner.kind_label("role"),
        columns: vec![column("skills_lacking"), column("held_by")],
        rows: insight::roles(book).into_iter().filter_map(row).collect(),
        ..TableView::default()
    }
}

/// "asks for 3, has 2".
pub(super) fn lack(planner: &Planner<'_>, need: &Need) -> String {
    let locale = planner.locale;
    let best = need.held.iter().map(|(_, level)| *level).fold(0.0, f64::max);
    let asked = level(locale, need.level);
    if best > 0.0 {
        locale.fill("skill_lack", &[("asked", asked.as_str()), ("held", level(locale, best).as_str())])
    } else {
        locale.fill("skill_lack_all", &[("asked", asked.as_str())])
    }
}

fn by_person(planner: &Planner<'_>, skills: &[Skill], page: &PagePath) -> TableView {
    let locale = planner.locale;
    let row = |person: insight::Person| {
        let cell = |skill: &Skill| match skill.held.get(&person.id) {
            Some(held) => {
                let enough = skill.level() > 0.0 && *held >= skill.level();
                CellView::number(level(locale, *held)).toned(if enough { "good" } else { "" })
            }
            None => CellView { label: locale.word("skill_none").to_owned(), ..CellView::default() },
        };
        let cells: Vec<CellView> = skills.iter().map(cell).collect();
        let has_any = cells.iter().any(|cell| cell.value.is_some());
        let heading = planner.short_link(person.id, page).filter(|_| has_any)?;
        Some(RowView { heading, cells, gap: false })
    };
    let columns = skills.iter().filter_map(|skill| {
        let link = planner.short_link(skill.id, page)?;
        Some(ColumnView { text: link.text, url: link.url, numeric: true, tag: None })
    });
    TableView {
        id: "_people".to_owned(),
        caption: locale.word("skills_by_person").to_owned(),
        corner: locale.word("person").to_owned(),
        columns: columns.collect(),
        rows: insight::people(planner.book()).into_iter().filter_map(row).collect(),
        matrix: true,
        note: locale.word("skills_people_note").to_owned(),
        ..TableView::default()
    }
}
