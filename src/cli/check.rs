//! `portolan check`: what is wrong or missing.

use std::io::{self, IsTerminal};

use super::{Common, Format, Outcome, open, out, outcome, print, summary, talk};
use crate::edition;
use crate::finding::Language;
use crate::model::Readership;
use crate::pipeline;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let common = &arguments.common;
    let world = match open(common, &[]) {
        Ok(world) => world,
        Err(outcome) => return outcome,
    };
    let checked = pipeline::check(&world);
    let language = common.lang.unwrap_or_else(|| pipeline::language(&checked));
    let mut findings = checked.findings.clone();
    // What an edition would have to hide is part of the check: all editions, each finding once.
    for readership in Readership::ALL {
        let restricted = edition::restrict_all(&checked.playbooks(), &checked.sources, readership);
        for finding in restricted.findings {
            let told =
                findings.iter().any(|known| known.code == finding.code && known.place == finding.place);
            if !told {
                findings.push(finding);
            }
        }
    }
    // A template that does not work is a mistake like any other.
    pipeline::look(&checked, &world, &mut findings);
    pipeline::finish(&checked, &mut findings);
    print(&findings, &checked.sources, common, language, io::stdout().is_terminal(), out);
    let gaps = checked.gaps.told(language);
    if common.format == Format::Plain
        && let Some(gaps) = &gaps
    {
        talk(&format!("{gaps}."));
    }
    if common.format == Format::Human {
        let entities = checked.playbook.entities.len();
        let mut said = summary(&findings, language);
        if let Some(gaps) = gaps {
            said.push_str("; ");
            said.push_str(&gaps);
        }
        talk(&match language {
            Language::English if entities == 1 => format!("Checked 1 entity: {said}."),
            Language::English => format!("Checked {entities} entities: {said}."),
            Language::Spanish if entities == 1 => format!("1 elemento comprobado: {said}."),
            Language::Spanish => format!("{entities} elementos comprobados: {said}."),
        });
    }
    outcome(&findings, common.strict)
}
