//! Blocks of small playbooks: what they show, and what is told of their parameters.

use super::*;
use crate::chart::flow::Shape;
use crate::insight::checked::Sample;
use crate::insight::{crossings, tree};
use crate::model::EntityId;

/// A playbook with one block on its home page.
fn with(block: &str) -> Sample {
    let page = format!("# Guide\n\n{block}\n");
    let channel = |title: &str, rest: &str| {
        format!("---\ntitle: {title}\nplatform: instagram\npurpose: To be found\n{rest}---\n")
    };
    Sample::new([
        ("playbook.yaml", "title: Guide\nlanguage: en\n"),
        ("index.md", page.as_str()),
        (
            "objectives.yaml",
            "summer:\n  title: Summer\n  kind: communication\n  owner: desk\n  channels:\n    instagram: new books\n    web: dates\nwinter:\n  title: Winter\n  kind: communication\n  parent: summer\n  status: paused\n",
        ),
        ("channels/instagram.md", channel("Instagram", "tags: [young people]\nowner: desk\n").as_str()),
        ("channels/web.md", channel("Web", "status: retired\n").as_str()),
        ("channels/newsletter.md", channel("Newsletter", "reviewed: 2026-05-01\n").as_str()),
        ("roles.yaml", "desk:\n  title: Desk\n  responsibilities: [Answer]\n"),
        ("terms.yaml", "loan:\n  title: Loan\n  definition: A book that goes home\n"),
    ])
}

fn fenced(name: &str, body: &str) -> String {
    format!("```{name}\n{body}\n```")
}

fn only(sample: &Sample) -> &Directive {
    let mut blocks = sample.checked.directives.blocks.values();
    let block = blocks.next().expect("a block");
    assert!(blocks.next().is_none());
    &block.directive
}

fn titles<'s>(sample: &'s Sample, ids: &[EntityId]) -> Vec<&'s str> {
    ids.iter().map(|id| sample.book().entity(*id).expect("an entity").title.as_str()).collect()
}

/// Titles of what a list shows, in the order of files.
fn listed(body: &str) -> Vec<String> {
    let sample = with(&fenced("list", body));
    let Directive::List(list) = only(&sample) else { panic!("a list") };
    let told = told(&sample);
    assert!(told.is_empty(), "{body}: {told:?}");
    titles(&sample, &list.selection.entities(sample.book())).into_iter().map(str::to_owned).collect()
}

/// Codes of blocks.
fn told(sample: &Sample) -> Vec<&'static str> {
    let codes = sample.checked.findings.iter().map(|finding| finding.code.id);
    codes.filter(|code| CODES.iter().any(|known| known.id == *code)).collect()
}

fn codes(name: &str, body: &str) -> Vec<&'static str> {
    told(&with(&fenced(name, body)))
}

#[test]
fn filters_let_through_what_they_say() {
    let check = |filter: &str, expected: &[&str]| {
        assert_eq!(listed(&format!("of: channels\nwhere: {filter}")), expected, "{filter}");
    };
    check("{}", &["Instagram", "Newsletter", "Web"]);
    // Who says nothing about its state is active.
    check("{ status: active }", &["Instagram", "Newsletter"]);
    check("{ estado: [active, retirado] }", &["Instagram", "Newsletter", "Web"]);
    check("{ tags: Young People }", &["Instagram"]);
    check("{ owner: desk }", &["Instagram"]);
    check("{ owner: none }", &["Newsletter", "Web"]);
    // A relation that the other side writes: by the name of its inverse, in two languages, or by the kind.
    for name in ["uses", "usos", "objective", "objectives", "objetivos"] {
        check(&format!("{{ {name}: summer }}"), &["Instagram", "Web"]);
    }
    check("{ objective: summer, status: active }", &["Instagram"]);
    check("{ objective: objective:summer }", &["Instagram", "Web"]);
}

#[test]
fn a_kind_alone_is_a_list() {
    for text in ["channels", "channel", "canales", "of: channels"] {
        let sample = with(&fenced("list", text));
        let Directive::List(list) = only(&sample) else { panic!("a list") };
        assert_eq!((list.form, list.columns.len()), (Form::List, 0), "{text}");
        assert_eq!(told(&sample), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn columns_in_every_form() {
    for columns in [
        "[purpose, objectives]",
        "purpose, objectives",
        "{ purpose: What for, uses: Objectives }",
        "[proposito, { objetivos: Para qué }]",
        "\n  - purpose\n  - uses",
    ] {
        let sample = with(&fenced("lista", &format!("of: channels\ncolumnas: {columns}")));
        let Directive::List(list) = only(&sample) else { panic!("a list") };
        assert_eq!((list.form, list.columns.len()), (Form::Table, 2), "{columns}");
        assert_eq!(told(&sample), Vec::<&str>::new(), "{columns}");
    }
}

#[test]
fn a_matrix_has_the_notes_of_both_sides() {
    for body in ["rows: objectives\ncolumns: channels", "filas: canales\ncolumnas: objetivos"] {
        let sample = with(&fenced("matriz", body));
        let book = sample.book();
        let Directive::Matrix(matrix) = only(&sample) else { panic!("a matrix") };
        let (rows, columns) = (matrix.rows.entities(book), matrix.columns.entities(book));
        let cells = crossings(book, &rows, &columns, None);
        let (summer, web) = (sample.id("objective", "summer"), sample.id("channel", "web"));
        let found = cells.notes(summer, web).or(cells.notes(web, summer));
        assert_eq!(found, Some(["dates"].as_slice()), "{body}");
        let newsletter = sample.id("channel", "newsletter");
        assert_eq!(cells.notes(summer, newsletter).or(cells.notes(newsletter, summer)), None);
    }
    assert_eq!(
        codes("matrix", "rows: { of: objectives, where: { status: paused } }\ncolumns: channels"),
        [""; 0]
    );
    assert_eq!(codes("matrix", "rows: objectives\ncolumns: channels\nrelation: channels"), [""; 0]);
    assert_eq!(codes("matrix", "rows: objectives\ncolumns: channels\nrelation: audiences"), ["P554"]);
    assert_eq!(codes("matrix", "rows: term\ncolumns: channels"), ["P557"]);
}

#[test]
fn a_tree_ends_where_it_began() {
    let sample = with(&fenced("tree", "from: summer\nalong: [subobjectives, parent, channels]\ndepth: 6"));
    let Directive::Tree(asked) = only(&sample) else { panic!("a tree") };
    let root = tree(sample.book(), asked.roots[0], &asked.along, asked.depth);
    let below: Vec<EntityId> = root.below.iter().map(|branch| branch.id).collect();
    assert_eq!(titles(&sample, &below), ["Winter", "Instagram", "Web"]);
    assert!(root.below.iter().all(|branch| branch.below.is_empty()));
    assert_eq!(told(&sample), Vec::<&str>::new());
    // Nothing named: every relation.
    let sample = with(&fenced("arbol", "summer"));
    let Directive::Tree(asked) = only(&sample) else { panic!("a tree") };
    let root = tree(sample.book(), asked.roots[0], &asked.along, asked.depth);
    let below: Vec<EntityId> = root.below.iter().map(|branch| branch.id).collect();
    assert_eq!(titles(&sample, &below), ["Instagram", "Web", "Desk", "Winter"]);
}

#[test]
fn parameters_are_checked() {
    let check = |name: &str, body: &str, expected: &[&str]| assert_eq!(codes(name, body), expected, "{body}");
    check("list", "", &["P552"]);
    check("list", "of: chanels", &["P553"]);
    check("list", "of: channels\nof2: x", &["P550"]);
    check("list", "of: channels\nde: canales", &["P550"]);
    check("list", "of: channels\nlimit: 0", &["P551"]);
    check("list", "of: channels\nas: tabel", &["P551"]);
    check("list", "of: channels\nwhere: active", &["P551"]);
    check("list", "of: channels\nwhere: { status: actve }", &["P551"]);
    check("list", "of: channels\nwhere: { statu: active }", &["P554"]);
    check("list", "of: channels\nwhere: { objective: sumer }", &["P555"]);
    check("list", "of: channels\nwhere: { tags: yung people }", &["P556"]);
    check("list", "of: channels\nwhere: { status: retired, owner: desk }", &["P556"]);
    check("list", "of: channels\nsort: -reviewed", &[]);
    check("list", "of: channels\nsort: reviewd", &["P554"]);
    check("list", "of: channels\nsort: owner", &["P551"]);
    check("matrix", "rows: objectives", &["P552"]);
    check("calendar", "", &[]);
    check("calendario", "3", &[]);
    check("calendar", "from: 2026-05\nuntil: 2026-06-15\nchannel: web\nowner: desk", &[]);
    check("calendar", "from: yesterday", &["P551"]);
    check("calendar", "from: 2026-06-01\nto: 2026-05-01", &["P551"]);
    check("calendar", "to: 2026-06-01\nmonths: 2", &["P551"]);
    check("calendar", "months: 13", &["P551"]);
    check("calendar", "channel: wbe", &["P555"]);
    check("tree", "from: nobody", &["P555"]);
    check("tree", "from: summer\nalong: chanels", &["P554"]);
    check("tree", "from: summer\ndepth: 99", &["P551"]);
}

#[test]
fn several_blocks_in_one_field() {
    let summary = "objectives.yaml";
    let sample = Sample::new([
        ("playbook.yaml", "title: Guide\nlanguage: en\n"),
        (
            summary,
            "summer:\n  title: Summer\n  kind: communication\n  why: |\n    ```list\n    channels\n    ```\n\n    ```list\n    of: objectives\n    limt: 1\n    ```\n",
        ),
    ]);
    assert_eq!(sample.checked.directives.blocks.len(), 2);
    let finding = sample.checked.findings.iter().find(|finding| finding.code.id == "P550").expect("told");
    assert!(matches!(finding.place, Place::Span(_)) && finding.replacement.is_none());
}

/// No text makes the reader stumble, and none takes longer than it should.
#[test]
fn any_text_is_read() {
    let pieces = [
        "of: channels",
        "where:",
        "{ owner: [",
        "]",
        "columns",
        ": ",
        "- ",
        "rows: {",
        "depth: -1",
        "é",
        "\t",
    ];
    let mut page = String::new();
    for seed in 0..400usize {
        let body: Vec<&str> =
            (0..6).map(|at| pieces[(seed * 7 + at * (seed % 5 + 1)) % pieces.len()]).collect();
        for name in ["list", "matrix", "tree", "calendar", "raci"] {
            page.push_str(&fenced(name, &body.join(if seed % 2 == 0 { "\n" } else { " " })));
            page.push('\n');
        }
    }
    let told = told(&with(&page));
    assert!(told.len() > 400, "{}", told.len());
}

#[test]
fn the_reader_of_texts_knows_every_parameter() {
    for names in [list::KEYS, matrix::KEYS, tree::KEYS, scorecard::KEYS, flow::KEYS].concat() {
        for name in names {
            assert!(crate::read::PARAMETERS.contains(name), "{name}");
        }
    }
    for name in SORTS.iter().flat_map(|sort| sort.names) {
        assert!(crate::read::BLOCKS.contains(name), "{name}");
    }
}

#[test]
fn a_listing_of_a_folder_stays_code() {
    let sample = with("```tree\n.\n├── docs\n└── README.md\n```\n\n```list\n- a <b>\n```");
    assert!(sample.checked.findings.iter().all(|finding| finding.code.id != "P552"));
    assert!(told(&sample).is_empty() && sample.checked.directives.blocks.is_empty());
}

#[test]
fn scorecards() {
    for (body, objectives, on) in [
        ("", 0, None),
        ("summer", 1, None),
        (
            "objetivos: [summer, winter]\nfecha: 2026-09-30",
            2,
            Some(crate::world::Date::constant(2026, 9, 30)),
        ),
    ] {
        let sample = with(&fenced("cuadro", body));
        assert!(told(&sample).is_empty(), "{body}");
        let Directive::Scorecard(card) = only(&sample) else { panic!("a scorecard") };
        assert_eq!((card.objectives.len(), card.on), (objectives, on), "{body}");
    }
    assert_eq!(codes("scorecard", "objectives: sumer"), ["P555"]);
    assert_eq!(codes("scorecard", "objectives: instagram"), ["P555"]);
    assert_eq!(codes("scorecard", "on: summer"), ["P551"]);
}

#[test]
fn flows() {
    let sample = with(&fenced(
        "flow",
        "title: A complaint\nsteps:\n  read: Read it\n  grave: { ask: Is it grave?, answers: { Yes: Call the crisis team, No: answer } }\n  answer: { do: Answer, who: [someone on duty, instagram], then: read }",
    ));
    assert!(told(&sample).is_empty(), "{:?}", told(&sample));
    let Directive::Flow(flow) = only(&sample) else { panic!("a flow") };
    let steps: Vec<_> = flow.steps.iter().map(|step| (step.text.as_str(), step.shape)).collect();
    let expected = [
        ("Read it", Shape::Start),
        ("Is it grave?", Shape::Decision),
        ("Answer", Shape::Step),
        ("Call the crisis team", Shape::End),
    ];
    assert_eq!(steps, expected);
    assert_eq!(flow.steps[0].ways, [(String::new(), 1)]);
    assert_eq!(flow.steps[1].ways, [("Yes".to_owned(), 3), ("No".to_owned(), 2)]);
    assert_eq!(flow.steps[2].ways, [(String::new(), 0)]);
    assert!(matches!(flow.steps[2].who.as_slice(), [Named::Words(_), Named::Entity(_)]));
}

#[test]
fn flows_that_lead_astray() {
    for (body, expected) in [
        ("steps: { a: { do: x, then: b }, c: y }", vec!["P560"]),
        ("steps: { a: { ask: Is it?, answers: { Yes: b } }, b: y }", vec!["P562"]),
        ("steps: { a: { ask: Is it? }, b: y }", vec!["P562"]),
        ("steps: { a: { end: x }, b: y }", vec!["P561"]),
        ("steps: { a: { who: instagram }, b: y }", vec!["P551", "P561"]),
        ("steps: { a: { do: x, who: instgram } }", vec!["P555"]),
        ("steps: { a: { do: x, wo: instagram } }", vec!["P550"]),
        ("steps: one", vec!["P551"]),
        ("title: x", vec!["P552"]),
    ] {
        assert_eq!(codes("flujo", body), expected, "{body}");
    }
}
