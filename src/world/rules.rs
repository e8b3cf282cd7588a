//! What belongs to a playbook and how large it may be: the same for files on disk and in memory.

use crate::text::FilePath;

/// Most files of a playbook.
pub(super) const MAX_FILES: usize = 50_000;

/// Most folders within each other. The pages of every level show the way up and the way to every level of it, so that their size grows with the cube of the depth.
pub(super) const MAX_DEPTH: usize = 32;

/// The name of the manifest that marks a folder as written by the program.
pub(super) const MANIFEST: &str = ".portolan";

/// What editors, systems and tools leave behind: hidden files, backups, locks, thumbnails.
pub(super) fn is_litter(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with("~$")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || lower.ends_with(".swp")
        || lower.ends_with(".tmp")
        || matches!(&*lower, "thumbs.db" | "desktop.ini" | "node_modules" | "__macosx")
}

/// The largest file that is read, in bytes.
pub(super) fn limit(path: &FilePath) -> u64 {
    const MB: u64 = 1_000_000;
    if path.has_extension(&["md", "markdown", "yaml", "yml"]) {
        2 * MB
    } else if path.has_extension(&["csv", "tsv"]) {
        50 * MB
    } else if path.has_extension(&["xlsx", "xlsm", "xls", "ods", "zip"]) {
        20 * MB
    } else {
        100 * MB
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_and_content() {
        for name in [
            ".git",
            ".DS_Store",
            "a.md~",
            "~$informe.docx",
            "#a#",
            "Thumbs.db",
            "Desktop.ini",
            ".a.md.swp",
            "a.TMP",
            "node_modules",
            "__MACOSX",
        ] {
            assert!(is_litter(name), "{name}");
        }
        for name in ["a.md", "#campaña.md", "~.md", "tmp", "#", "portolan.yaml", "theme"] {
            assert!(!is_litter(name), "{name}");
        }
    }

    #[test]
    fn limits() {
        let check = |path: &str, megabytes: u64| {
            assert_eq!(limit(&FilePath::new(path).unwrap()), megabytes * 1_000_000, "{path}");
        };
        check("a/b.MD", 2);
        check("a.yml", 2);
        check("a.csv", 50);
        check("a.xlsx", 20);
        check("a.png", 100);
        check("LICENSE", 100);
    }
}
