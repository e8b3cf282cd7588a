//! The documentation is a playbook: it builds without a warning, in every language, and its links lead somewhere.

use serde_json::Value;

use crate::program::{Scratch, package, run_in, tree};
use crate::site;

#[test]
fn the_documentation_is_a_site() {
    let scratch = Scratch::new("documentation");
    let output = scratch.join("site");
    let path = output.to_str().expect("UTF-8");
    let ran = run_in(&package(), &["build", "docs", "-o", path, "--strict", "--format", "json"]).ended(0);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let mut astray = Vec::new();
    for finding in report["findings"].as_array().expect("findings") {
        // A link out of the folder is told as a note; it has to lead to a file of the repository.
        if finding["code"] == "P210" {
            let text = finding.to_string();
            let target = text.split('`').nth(1).unwrap_or_default();
            let file = package().join("docs").join(finding["file"].as_str().expect("a file"));
            let folder = file.parent().expect("a folder");
            let is_there = target.starts_with("../") && folder.join(target).exists();
            if !is_there {
                astray.push(text);
            }
        }
    }
    assert!(astray.is_empty(), "{}", astray.join("\n"));
    let faults = site::faults(&output);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let pages: Vec<String> =
        tree(&output).into_iter().map(|(name, _)| name).filter(|name| name.ends_with(".html")).collect();
    for page in [
        "index.html",
        "guide/getting-started.html",
        "codes/p201.html",
        "reference/kinds/channel.html",
        "concepts/metrics.html",
    ] {
        assert!(pages.iter().any(|found| found == page), "{page} of {pages:?}");
    }
}
