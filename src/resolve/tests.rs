//! Names that several things share, and summaries in texts.

use crate::insight::checked::Sample;
use crate::model::Destination;

/// Where the holes of the home page lead, by title.
fn ends(page: &str) -> (Vec<String>, Sample) {
    let text = format!("# Guide\n\n{page}\n");
    let sample = Sample::new([
        ("playbook.yaml", "title: Guide\nlanguage: en\n"),
        ("index.md", text.as_str()),
        (
            "channels/instagram.md",
            "---\ntitle: The channel\nplatform: instagram\npurpose: To be found\n---\n",
        ),
        ("accounts/instagram.md", "---\nchannel: instagram\nhandle: \"@alder\"\n---\n"),
        ("audiences/young.md", "---\ntitle: Young people\n---\n"),
        ("pillars/young.md", "---\ntitle: Young voices\n---\n"),
        ("instagram.md", "# An article\n"),
    ]);
    let welcome = sample.checked.playbook.welcome.as_ref().expect("a home page");
    let ends = &welcome.prose.as_ref().expect("a text").ends;
    let title = |end: &Destination| match end {
        Destination::Entity(id, _) => sample.book().entity(*id).map(|entity| entity.title.clone()),
        _ => None,
    };
    (ends.iter().filter_map(title).collect(), sample)
}

#[test]
fn what_the_others_belong_to_is_meant() {
    let (found, sample) = ends("[[instagram|it]]");
    assert_eq!((found, sample.told("P205").len()), (vec!["The channel".to_owned()], 0));
    let (found, sample) = ends("[[cuenta:instagram|it]]");
    assert_eq!((found, sample.told("P205").len()), (vec!["@alder".to_owned()], 0));
    let (found, sample) = ends("[[young|they]]");
    assert_eq!((found.len(), sample.told("P205").len()), (1, 1));
}

#[test]
fn summaries_are_found_like_links() {
    let (found, sample) = ends("![[instagram]]");
    assert_eq!((found, sample.told("P216").len()), (vec!["The channel".to_owned()], 0));
    assert_eq!(ends("![[instagran]]").1.told("P216").len(), 1);
    assert_eq!(ends("![[river.jpg]]").1.told("P212").len(), 1);
    assert_eq!(ends("So ![[instagram]] it is").1.told("P217").len(), 1);
}

/// A field has an anchor only where its page shows it under a heading; what stands in the frame of every page has none.
#[test]
fn anchors_of_fields_are_those_of_the_page() {
    let channel = |extra: &str, text: &str| {
        let page = format!(
            "---\ntitle: The channel\nplatform: instagram\npurpose: To be found\n{extra}---\n\n{text}\n"
        );
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            ("channels/instagram.md", page.as_str()),
        ]);
        sample.told("P211").len()
    };
    let common = "owner: ana\ntags: [a]\nlang: en\n";
    assert_eq!(channel(common, "[L](#lang) [T](#tags) [O](#owner) [N](#nothing)"), 4);
    assert_eq!(channel(common, "[P](#purpose) [C](#case)"), 1);
    assert_eq!(channel("case:\n  decision: keep\n  why: It works\n", "[P](#platform) [C](#case)"), 0);
}

/// Obsidian's links: a bar behind a backslash in a table, and the end of a path from any folder.
#[test]
fn wiki_links_of_vaults_find_their_files() {
    let told = |text: &str| {
        let page = format!("# Page\n\n| a | b |\n|---|---|\n| {text} | x |\n\n{text}\n");
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            ("other/a.md", page.as_str()),
            ("notes/deep/sub dir/Page3.md", "# Third\n\n## H\n"),
            ("one/twice.md", "# One\n"),
            ("two/twice.md", "# Two\n"),
        ]);
        sample.told("P210").len()
    };
    assert_eq!(
        told("see [[sub dir/Page3\\|two]] [[Page3#H\\|x]] [[deep/sub dir/Page3.md]] [[one/twice]]"),
        0
    );
    assert_eq!(told("[[dir/Page3]]"), 2);
}
