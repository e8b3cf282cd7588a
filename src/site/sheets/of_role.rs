//! What is worked out on the page of a role and of a person: duties in procedures, place in a crisis, skills, and how it is learned.

use super::abilities::lack;
use super::naming::{level, tag};
use super::{Addition, Planner, heading};
use crate::insight::{self, Need};
use crate::model::EntityId;
use crate::site::view::{CellView, ColumnView, LinkView, PartView, RowView, Shown, TableView, TreeItem};
use crate::text::PagePath;

pub(super) static OF_ROLE: Addition = Addition { kind: "role", closing: true, parts: of_role };
pub(super) static OF_PERSON: Addition = Addition { kind: "person", closing: true, parts: of_person };

fn of_role(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let (book, locale) = (planner.book(), planner.locale);
    let mut parts = Vec::new();
    let items: Vec<TreeItem> = insight::parts_of(book, id)
        .into_iter()
        .filter_map(|part| {
            let link = planner.short_link(part.procedure, page)?;
            let steps = part.steps.into_iter().map(|(step, letters)| TreeItem {
                verb: verb(planner, &letters),
                link: LinkView { text: step, ..LinkView::default() },
                ..TreeItem::default()
            });
            Some(TreeItem { items: steps.collect(), link, ..TreeItem::default() })
        })
        .collect();
    if !items.is_empty() {
        parts.push(heading(locale.word("role_procedures"), "_procedures"));
        parts.push(PartView::Tree { items });
    }
    let posts = crisis_posts(planner, id, page);
    if !posts.is_empty() {
        parts.push(heading(locale.word("role_crisis"), "_crisis"));
        parts.push(PartView::Links { links: posts });
    }
    let needs = insight::needs(book, id);
    if !needs.is_empty() {
        parts.push(heading(locale.word("role_skills"), "_skills"));
        parts.push(PartView::Table { table: skills(planner, &needs, page) });
    }
    if let Some(role) = insight::role(book, id).filter(|role| !role.paths.is_empty()) {
        parts.push(heading(locale.word("role_path"), "_path"));
        let links = role.paths.iter().filter_map(|path| super::onboarding::link(planner, *path, page));
        parts.push(PartView::Links { links: links.collect() });
    }
    parts
}

/// "does it and answers for it".
fn verb(planner: &Planner<'_>, letters: &[char]) -> String {
    let word = |letter: &char| match letter {
        'R' => "duty_r",
        'A' => "duty_a",
        'C' => "duty_c",
        _ => "duty_i",
    };
    let words: Vec<&str> = letters.iter().map(|letter| planner.locale.word(word(letter))).collect();
    format!("{}:", words.join(&format!(" {} ", planner.locale.word("duty_and"))))
}

/// The scenarios in whose team a role or a person is, with the post as note.
fn crisis_posts(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<LinkView> {
    let mut links: Vec<LinkView> = Vec::new();
    for (post, scenario) in insight::crisis_posts(planner.book(), id) {
        let Some(mut link) = planner.short_link(scenario, page) else { continue };
        let field = match post {
            "crisis_lead_of" => "team.lead",
            "crisis_deputy_of" => "team.deputy",
            "crisis_scribe_of" => "team.scribe",
            "spokesperson_in" => "team.spokesperson",
            "legal_adviser_in" => "team.legal",
            "expert_in" => "team.experts",
            "external_liaison_in" => "team.liaison_external",
            _ => "team.liaison_internal",
        };
        let label = planner.label("scenario", field);
        match links.iter_mut().find(|known| known.url == link.url && known.text == link.text) {
            Some(known) => known.note = format!("{}, {}", known.note, label.to_lowercase()),
            None => {
                link.note = label;
                links.push(link);
            }
        }
    }
    links
}

fn skills(planner: &Planner<'_>, needs: &[Need], page: &PagePath) -> TableView {
    let locale = planner.locale;
    // Where people are hidden, everything would seem to be missing.
    let everybody = planner.book().shows_all("person");
    let row = |need: &Need| {
        let held = need.held.iter().filter_map(|(person, own)| {
            let mut link = planner.short_link(*person, page)?;
            link.note = locale.fill("skill_at_level", &[("level", level(locale, *own).as_str())]);
            Some(link)
        });
        let held: Vec<LinkView> = held.collect();
        let state = if need.is_met() {
            tag(locale.word("skill_met"), "good")
        } else {
            tag(lack(planner, need), "warn")
        };
        let mut cells = vec![
            CellView::number(level(locale, need.level)),
            CellView {
                value: (!held.is_empty()).then_some(Shown::Links { links: held }),
                label: locale.word("nobody").to_owned(),
                ..CellView::default()
            },
            CellView::of(Shown::Tag { tag: state }),
        ];
        if !everybody {
            cells.truncate(1);
        }
        Some(RowView { heading: planner.short_link(need.skill, page)?, cells, gap: !need.is_met() })
    };
    let column = |key: &str, numeric: bool| ColumnView {
        text: locale.word(key).to_owned(),
        numeric,
        ..ColumnView::default()
    };
    let mut columns = vec![column("skills_level", true)];
    if everybody {
        columns.extend([column("skills_of_holders", false), column("skills_cover", false)]);
    }
    TableView {
        id: "_skills-of-role".to_owned(),
        caption: locale.word("role_skills").to_owned(),
        corner: planner.kind_label("skill"),
        columns,
        rows: needs.iter().filter_map(row).collect(),
        ..TableView::default()
    }
}

fn of_person(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let (book, locale) = (planner.book(), planner.locale);
    let Some(person) = insight::person(book, id) else { return Vec::new() };
    let mut parts = Vec::new();
    if let Some(left) = person.left {
        let keys: Vec<EntityId> = ["accounts", "access", "recovers"]
            .into_iter()
            .flat_map(|name| book.related(id, name))
            .filter(|account| insight::account(book, *account).is_some())
            .collect();
        let mut keys = keys;
        keys.sort();
        keys.dedup();
        if !keys.is_empty() {
            let day = locale.date(left);
            let text = locale.fill("person_left_with_keys", &[("day", day.as_str())]);
            parts.push(PartView::Note { text, tone: "bad" });
            parts.push(PartView::Links { links: planner.short_links(keys, page) });
        }
        return parts;
    }
    let roles: Vec<EntityId> =
        book.related(id, "roles").into_iter().filter(|role| insight::role(book, *role).is_some()).collect();
    let held = insight::held_by(book, id);
    let mut learn: Vec<LinkView> = Vec::new();
    for (role, need) in
        roles.iter().flat_map(|role| insight::needs(book, *role).into_iter().map(move |need| (*role, need)))
    {
        let own = held.get(&need.skill).copied().unwrap_or_default();
        if own >= need.level {
            continue;
        }
        let Some(mut link) = planner.short_link(need.skill, page) else { continue };
        let (asked, own) = (level(locale, need.level), level(locale, own));
        let role = planner.titles(&[role]);
        link.note = locale.fill(
            "person_lacks",
            &[("role", role.as_str()), ("asked", asked.as_str()), ("held", own.as_str())],
        );
        learn.push(link);
    }
    if !learn.is_empty() {
        parts.push(heading(locale.word("person_learn"), "_learn"));
        parts.push(PartView::Links { links: learn });
    }
    let posts: Vec<LinkView> = std::iter::once(id)
        .chain(roles)
        .flat_map(|holder| {
            let mut links = crisis_posts(planner, holder, page);
            if holder != id {
                let role = planner.titles(&[holder]);
                links.iter_mut().for_each(|link| link.note = format!("{} ({role})", link.note));
            }
            links
        })
        .collect();
    if !posts.is_empty() {
        parts.push(heading(locale.word("role_crisis"), "_crisis"));
        parts.push(PartView::Links { links: posts });
    }
    parts
}
