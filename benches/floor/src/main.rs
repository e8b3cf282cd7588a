//! The physical floor of a build: reads every Markdown file, makes HTML of it and writes it, on two threads. No menu, no links, no layout, no checks.
//!
//! `floor SOURCE TARGET`

use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(source), Some(target)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("floor SOURCE TARGET"));
    };
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().map_err(io::Error::other)?;
    let mut groups = Vec::new();
    collect(&source, &target, &mut groups)?;
    groups.par_iter().try_for_each(|group| write(group))
}

/// A folder of the source, the folder of the target, and the pages.
type Group = (PathBuf, PathBuf, Vec<PathBuf>);

fn collect(source: &Path, target: &Path, groups: &mut Vec<Group>) -> io::Result<()> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &target.join(&name), groups)?;
        } else if name.extension().is_some_and(|extension| extension == "md") {
            pages.push(name);
        }
    }
    groups.push((source.to_owned(), target.to_owned(), pages));
    Ok(())
}

fn write((source, target, pages): &Group) -> io::Result<()> {
    fs::create_dir_all(target)?;
    let mut page = String::new();
    for name in pages {
        let text = fs::read_to_string(source.join(name))?;
        let body = text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or(&*text, |(_, body)| body);
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        page.clear();
        html::push_html(&mut page, Parser::new_ext(body, options));
        fs::write(target.join(name).with_extension("html"), &page)?;
    }
    Ok(())
}
