//! The register of accounts: who holds them, who gets in, how they are protected, and when access was last looked at.

use std::collections::BTreeMap;

use super::naming::{ago, tag, text};
use super::{Planner, Sheet, heading};
use crate::insight::{self, Account, Weakness};
use crate::model::{Chapter, EntityId};
use crate::site::view::{
    CardView, CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView, TagView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "accounts",
    path: ["account-register", "registro-de-cuentas"],
    chapter: Chapter::Governance,
    parts,
    has: |planner| !insight::accounts(planner.book()).is_empty(),
};

/// Columns of the file: fields of the kind.
const COLUMNS: [&str; 8] = [
    "channel",
    "handle",
    "url",
    "owners",
    "two_factor",
    "recovery_contact",
    "credentials_at",
    "last_access_review",
];

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let (book, locale) = (planner.book(), planner.locale);
    let accounts = insight::accounts(book);
    let weak: Vec<(EntityId, Vec<Weakness>)> =
        accounts.iter().map(|account| (account.id, account.weaknesses(book))).collect();
    let mut parts = vec![figures(planner, &weak)];
    let links: Vec<LinkView> = weak
        .iter()
        .filter(|(_, weaknesses)| !weaknesses.is_empty())
        .filter_map(|(id, weaknesses)| {
            let mut link = planner.short_link(*id, page)?;
            let said = weaknesses.iter().map(|weakness| locale.word(told(*weakness).0).to_lowercase());
            link.note = said.collect::<Vec<String>>().join("; ");
            Some(link)
        })
        .collect();
    if links.is_empty() {
        if book.shows_all("person") {
            parts.push(PartView::Note { text: locale.word("accounts_in_order").to_owned(), tone: "good" });
        }
    } else {
        parts.push(heading(locale.word("accounts_attention"), "_attention"));
        parts.push(PartView::Links { links });
    }
    parts.push(heading(locale.word("accounts_cards"), "_accounts"));
    let cards = accounts.iter().filter_map(|account| card(planner, account, page));
    parts.push(PartView::Cards { cards: cards.collect() });
    let register = planner.with_csv(register(planner, &accounts, page), page);
    let file = LinkView {
        text: locale.word("accounts_csv").to_owned(),
        url: register.csv_url,
        ..LinkView::default()
    };
    parts.push(PartView::Links { links: vec![file] });
    let keys = keys(planner, &accounts, page);
    if !keys.rows.is_empty() {
        parts.push(heading(locale.word("accounts_keys"), "_keys"));
        parts.push(PartView::Table { table: planner.with_csv(keys, page) });
    }
    parts
}

/// The words of a weakness, and its tone.
fn told(weakness: Weakness) -> (&'static str, &'static str) {
    match weakness {
        Weakness::Gone => ("account_gone", "bad"),
        Weakness::NoSecondStep => ("account_no_second_step", "bad"),
        Weakness::FewOwners => ("account_few_owners", "bad"),
        Weakness::NoRecovery => ("account_no_recovery", "warn"),
        Weakness::NotReviewed => ("account_not_reviewed", "warn"),
        Weakness::Sms => ("account_sms", "warn"),
    }
}

fn figures(planner: &Planner<'_>, weak: &[(EntityId, Vec<Weakness>)]) -> PartView {
    let (book, locale) = (planner.book(), planner.locale);
    let figure = |n: usize, label: &str, tone: &'static str| FigureView {
        value: locale.number(n as f64, 0),
        label: locale.word(label).to_owned(),
        note: String::new(),
        url: String::new(),
        tone: if n == 0 { "good" } else { tone },
    };
    let with = |wanted: &[Weakness]| {
        weak.iter().filter(|(_, weaknesses)| weaknesses.iter().any(|one| wanted.contains(one))).count()
    };
    let mut figures = Vec::new();
    if book.shows_all("person") {
        figures.push(figure(with(&[Weakness::FewOwners]), "accounts_few_owners", "bad"));
        figures.push(figure(with(&[Weakness::Gone]), "accounts_gone", "bad"));
    }
    let steps = with(&[Weakness::NoSecondStep, Weakness::Sms]);
    figures.push(figure(
        steps,
        "accounts_weak_step",
        if with(&[Weakness::NoSecondStep]) > 0 { "bad" } else { "warn" },
    ));
    figures.push(figure(with(&[Weakness::NotReviewed]), "accounts_overdue", "warn"));
    PartView::Figures { figures }
}

fn card(planner: &Planner<'_>, account: &Account<'_>, page: &PagePath) -> Option<CardView> {
    let (book, locale) = (planner.book(), planner.locale);
    let mut title = planner.short_link(account.id, page)?;
    let channels = planner.titles(&account.channels);
    if !channels.is_empty() {
        title.text = channels;
    }
    let worst = account.weaknesses(book).first().map(|weakness| told(*weakness));
    title.tag = Some(match worst {
        Some((word, tone)) => tag(locale.word(word), tone),
        None => tag(locale.word("account_in_order"), "good"),
    });
    let handle = account.handle.as_ref().map(|handle| handle.value.as_str()).unwrap_or_default();
    let address = match (&account.url, handle) {
        (Some(_), "") => planner.field_shown(account.id, "url", page),
        (Some(url), handle) => Some(Shown::Address { url: url.value.clone(), text: handle.to_owned() }),
        (None, "") => None,
        (None, handle) => Some(text(handle)),
    };
    let mut rows = vec![
        planner.row(planner.label("account", "handle"), address),
        planner.row(planner.label("account", "owners"), people(planner, account, &account.owners, page)),
    ];
    // Owners are named above; who else gets in follows by what they may do there.
    for (level, label) in planner.choices("account", "access.level") {
        let of_level = account.access.iter().filter(|access| access.level == Some(level.as_str()));
        let others = of_level.map(|access| access.person).filter(|person| !account.owners.contains(person));
        let others: Vec<EntityId> = others.collect();
        rows.push(planner.row(label, people(planner, account, &others, page)));
    }
    let age = account.age.map(|age| ago(locale, age));
    let reviewed = match (account.is_overdue(), age) {
        (true, Some(age)) => Some(Shown::Tag { tag: tag(age, "warn") }),
        (true, None) => Some(Shown::Tag { tag: tag(locale.word("never"), "warn") }),
        (false, age) => age.map(text),
    };
    rows.extend([
        planner
            .row(planner.label("account", "two_factor"), planner.field_shown(account.id, "two_factor", page)),
        planner.row(
            planner.label("account", "recovery_contact"),
            people(planner, account, &account.recovery, page),
        ),
        planner.row(locale.word("account_reviewed"), reviewed),
    ]);
    Some(CardView {
        title,
        kicker: String::new(),
        rows: rows.into_iter().flatten().collect(),
        links: Vec::new(),
    })
}

/// People with a mark on those who left.
fn people(planner: &Planner<'_>, account: &Account<'_>, ids: &[EntityId], page: &PagePath) -> Option<Shown> {
    let link = |id: &EntityId| {
        let mut link = planner.short_link(*id, page)?;
        link.tag = gone(planner, account, *id);
        Some(link)
    };
    let links: Vec<LinkView> = ids.iter().filter_map(link).collect();
    (!links.is_empty()).then_some(Shown::Links { links })
}

fn gone(planner: &Planner<'_>, account: &Account<'_>, id: EntityId) -> Option<TagView> {
    account.gone.contains(&id).then(|| tag(planner.locale.word("has_left"), "bad"))
}

/// All fields as a table: for the file only, since nobody can read so many columns on a page.
fn register(planner: &Planner<'_>, accounts: &[Account<'_>], page: &PagePath) -> TableView {
    let row = |account: &Account<'_>| {
        let cell = |name: &&str| CellView {
            value: planner.field_shown(account.id, name, page),
            ..CellView::default()
        };
        let cells = COLUMNS.iter().map(cell).collect();
        Some(RowView { heading: planner.short_link(account.id, page)?, cells, gap: false })
    };
    let column = |name: &&str| ColumnView { text: planner.label("account", name), ..ColumnView::default() };
    TableView {
        id: "_register".to_owned(),
        corner: planner.kind_label("account"),
        columns: COLUMNS.iter().map(column).collect(),
        rows: accounts.iter().filter_map(row).collect(),
        ..TableView::default()
    }
}

/// Who gets in where: what has to be withdrawn when somebody leaves.
fn keys(planner: &Planner<'_>, accounts: &[Account<'_>], page: &PagePath) -> TableView {
    let locale = planner.locale;
    let levels: BTreeMap<String, String> = planner.choices("account", "access.level").into_iter().collect();
    let mut held: BTreeMap<EntityId, BTreeMap<EntityId, Vec<String>>> = BTreeMap::new();
    let mut left: BTreeMap<EntityId, TagView> = BTreeMap::new();
    for account in accounts {
        let mut note = |person: EntityId, what: &str| {
            held.entry(person).or_default().entry(account.id).or_default().push(what.to_owned());
            left.extend(gone(planner, account, person).map(|tag| (person, tag)));
        };
        account.owners.iter().for_each(|person| note(*person, locale.word("account_owner")));
        for access in &account.access {
            let level = access.level.and_then(|level| levels.get(level)).map(String::as_str);
            note(access.person, level.unwrap_or(locale.word("account_access")));
        }
        account.recovery.iter().for_each(|person| note(*person, locale.word("account_recovery")));
    }
    let row = |(person, keys): (&EntityId, &BTreeMap<EntityId, Vec<String>>)| {
        let mut heading = planner.short_link(*person, page)?;
        heading.tag = left.get(person).cloned();
        let cell = |account: &Account<'_>| {
            let words = keys.get(&account.id).map(|words| words.join(", ")).unwrap_or_default();
            let tone = if heading.tag.is_some() && !words.is_empty() { "bad" } else { "" };
            CellView { label: locale.word("account_no_access").to_owned(), ..CellView::text(words) }
                .toned(tone)
        };
        let cells = accounts.iter().map(cell).collect();
        let gap = heading.tag.is_some();
        Some(RowView { heading, cells, gap })
    };
    let columns = accounts.iter().filter_map(|account| {
        let link = planner.short_link(account.id, page)?;
        // The channel is shorter than the account, and tells as much where it has one only.
        let alone = accounts.iter().filter(|other| other.channels == account.channels).count() == 1;
        let channel = Some(planner.titles(&account.channels)).filter(|name| alone && !name.is_empty());
        Some(ColumnView { text: channel.unwrap_or(link.text), url: link.url, numeric: false, tag: None })
    });
    TableView {
        id: "_keys-of-people".to_owned(),
        caption: locale.word("accounts_keys").to_owned(),
        corner: locale.word("person").to_owned(),
        columns: columns.collect(),
        rows: held.iter().filter_map(row).collect(),
        matrix: true,
        ..TableView::default()
    }
}
