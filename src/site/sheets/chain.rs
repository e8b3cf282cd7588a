//! The chain: why an entity is there, from the goal of the organisation down to it, and how an objective is pursued.

use std::collections::{BTreeMap, BTreeSet};

use super::{Addition, Planner, heading};
use crate::insight::chain::{self, Rung};
use crate::model::EntityId;
use crate::relations::{Arrow, VerbId};
use crate::site::view::{GroupView, LinkView, PartView, RungView};
use crate::text::PagePath;

/// What follows an objective's own words.
pub(super) static BELOW: Addition = Addition { kind: "objective", closing: true, parts: below };

/// Relations that the chain of a page tells, and that need not be told again.
pub(in crate::site) type Told = BTreeSet<(VerbId, EntityId)>;

/// Ways to an objective that are shown.
const MOST_WAYS: usize = 3;
/// Links of one verb, and how many are left when there are more.
const MOST_LINKS: usize = 8;
const FIRST_LINKS: usize = 6;

impl Planner<'_> {
    /// Why an entity is there, and which of its relations that tells.
    pub(in crate::site) fn trail(&self, id: EntityId, page: &PagePath) -> (Vec<PartView>, Told) {
        let book = self.book();
        let mut told = Told::new();
        if book.kind_of(id) == "objective" {
            for (_, group) in by_verb(chain::below(book, id)) {
                if group.len() <= MOST_LINKS {
                    told.extend(arrows(&group).map(|arrow| (arrow.verb, arrow.other)));
                }
            }
        }
        let reasons = self.chains.reasons(book, id, MOST_WAYS);
        if reasons.goals.is_empty() {
            return (Vec::new(), told);
        }
        last_arrows(&reasons.goals, &mut told);
        let rungs = reasons.goals.iter().filter_map(|rung| self.rung(rung, id, page)).collect();
        let more = (reasons.left_out > 0).then(|| LinkView {
            text: self.locale.counted("more", reasons.left_out),
            url: "#_relations".to_owned(),
            ..LinkView::default()
        });
        (vec![PartView::Chain { label: self.locale.word("chain_why").to_owned(), rungs, more }], told)
    }

    fn rung(&self, rung: &Rung<'_>, here: EntityId, page: &PagePath) -> Option<RungView> {
        let is_here = rung.id == here;
        let mut link = self.bare_link(rung.id, page)?;
        link.note = rung.arrow.and_then(|arrow| arrow.note.clone()).unwrap_or_default();
        Some(RungView {
            verb: self.verb_from_above(rung),
            groups: if is_here {
                Vec::new()
            } else {
                self.figures(rung.id, here, page).into_iter().collect()
            },
            below: rung.below.iter().filter_map(|rung| self.rung(rung, here, page)).collect(),
            link,
            here: is_here,
        })
    }

    /// The first metric of an objective that is not the page's own, with its value and what that means.
    fn figures(&self, objective: EntityId, here: EntityId, page: &PagePath) -> Option<GroupView> {
        let graph = self.book().graph;
        let standing = self.standing(objective).iter().find(|standing| standing.metric != here)?;
        let arrow = graph.arrows(objective).iter().find(|arrow| arrow.other == standing.metric)?;
        let mut link = self.bare_link(standing.metric, page)?;
        link.note.clone_from(&standing.value);
        link.tag.clone_from(&standing.state);
        Some(GroupView { verb: self.verb(arrow), links: vec![link], ..GroupView::default() })
    }

    /// "3 more", on the page of an entity.
    fn more(&self, count: usize, of: EntityId, page: &PagePath) -> LinkView {
        let url = self.bare_link(of, page).map(|link| link.url).unwrap_or_default();
        LinkView { text: self.locale.counted("more", count), url, ..LinkView::default() }
    }

    fn verb(&self, arrow: &Arrow) -> String {
        let verb = self.book().graph.verb(arrow);
        verb.map(|verb| verb.within(self.locale.language()).to_owned()).unwrap_or_default()
    }

    fn verb_from_above(&self, rung: &Rung<'_>) -> String {
        let verb = rung.arrow.and_then(|arrow| self.book().graph.verb_back(arrow));
        verb.map(|verb| verb.within(self.locale.language()).to_owned()).unwrap_or_default()
    }

    /// Name, address and state.
    fn bare_link(&self, id: EntityId, page: &PagePath) -> Option<LinkView> {
        let link = self.link(id, page)?;
        Some(LinkView { text: link.text, url: link.url, tag: link.tag, ..LinkView::default() })
    }

    /// What hangs on an objective, by verb; objectives with what hangs on them.
    pub(super) fn hanging(
        &self,
        of: EntityId,
        rungs: Vec<Rung<'_>>,
        notes: bool,
        page: &PagePath,
    ) -> RungView {
        let mut view = RungView::default();
        for (verb, group) in by_verb(rungs) {
            let objectives = group.first().is_some_and(|rung| self.book().kind_of(rung.id) == "objective");
            let standings = self.standing(of);
            if objectives {
                for rung in group {
                    let Some(link) = self.bare_link(rung.id, page) else { continue };
                    let verb = rung.arrow.map(|arrow| self.verb(arrow)).unwrap_or_default();
                    let below = self.hanging(rung.id, rung.below, false, page);
                    view.below.push(RungView { verb, link, ..below });
                }
                continue;
            }
            // The cards at the head of an objective's page are its metrics.
            if notes && group.iter().all(|rung| standings.iter().any(|one| one.metric == rung.id)) {
                continue;
            }
            let count = group.len();
            let shown = if count > MOST_LINKS { FIRST_LINKS } else { count };
            let link = |rung: &Rung<'_>| {
                let mut link = self.bare_link(rung.id, page)?;
                match standings.iter().find(|standing| standing.metric == rung.id) {
                    Some(standing) => {
                        link.note.clone_from(&standing.value);
                        link.tag.clone_from(&standing.state);
                    }
                    None if notes => {
                        link.note = rung.arrow.and_then(|arrow| arrow.note.clone()).unwrap_or_default()
                    }
                    None => {}
                }
                Some(link)
            };
            let rest = (count > shown).then(|| {
                let more = self.more(count - shown, of, page);
                if notes { LinkView { url: "#_relations".to_owned(), ..more } } else { more }
            });
            let verb = verb.map(|arrow| self.verb(arrow)).unwrap_or_default();
            let links: Vec<LinkView> = group.iter().take(shown).filter_map(link).collect();
            let listed = notes && links.iter().any(|link| !link.note.is_empty());
            view.groups.push(GroupView { verb, links, listed, rest });
        }
        view
    }
}

fn below(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let rung = planner.hanging(id, chain::below(planner.book(), id), true, page);
    if rung.groups.is_empty() && rung.below.is_empty() {
        return Vec::new();
    }
    vec![
        heading(planner.locale.word("chain_below"), "_below"),
        PartView::Chain { label: String::new(), rungs: vec![rung], more: None },
    ]
}

/// Rungs of one verb and one kind of thing stand together, where the first of them stands.
fn by_verb<'a>(rungs: Vec<Rung<'a>>) -> Vec<(Option<&'a Arrow>, Vec<Rung<'a>>)> {
    let mut groups: Vec<(Option<&Arrow>, Vec<Rung<'_>>)> = Vec::new();
    let mut places: BTreeMap<Option<(VerbId, bool)>, usize> = BTreeMap::new();
    for rung in rungs {
        let place = places.entry(rung.arrow.map(|arrow| (arrow.verb, arrow.forward))).or_insert(groups.len());
        match groups.get_mut(*place) {
            Some((_, group)) => group.push(rung),
            None => groups.push((rung.arrow, vec![rung])),
        }
    }
    groups
}

fn arrows<'a>(rungs: &[Rung<'a>]) -> impl Iterator<Item = &'a Arrow> {
    rungs.iter().filter_map(|rung| rung.arrow)
}

/// The arrows with which a page's own entity, at the end of every way, hangs on what is above it.
fn last_arrows(rungs: &[Rung<'_>], told: &mut Told) {
    for rung in rungs {
        if rung.below.is_empty() {
            told.extend(rung.arrow.map(|arrow| (arrow.verb, arrow.other)));
        }
        last_arrows(&rung.below, told);
    }
}
