//! Embeds the pages of `docs/codes` and the starters of `portolan init`: a table of names and texts for each folder.
#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads the package and writes to the folder that it is given"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for (folder, table) in [("docs/codes", "CODE_PAGES"), ("starter", "STARTER_FILES")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        walk(&root.join(folder), &mut files)?;
        files.sort();
        let mut source = format!("static {table}: &[(&str, &str)] = &[\n");
        for file in files {
            let name =
                file.strip_prefix(root.join(folder)).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            // Named from the package, so that a folder that was moved builds with what was made before.
            let place = format!("/{folder}/{name}");
            let _ = writeln!(
                source,
                "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {place:?}))),"
            );
        }
        source.push_str("];\n");
        fs::write(out.join(format!("{}.rs", table.to_lowercase())), source)?;
    }
    Ok(())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
