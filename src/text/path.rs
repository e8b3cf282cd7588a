//! Paths that are the same on every system: files below the playbook's root, pages below the site's root.

use std::fmt;
use std::sync::Arc;

/// Path of a file below the playbook's root: parts joined by `/`, no empty part, no `.` or `..`, no backslash, no control character. The root itself is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(Arc<str>);

impl Default for FilePath {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl FilePath {
    /// The path, or `None` when the text leaves the root, is absolute, or holds a backslash, a drive letter or a control character.
    pub fn new(text: &str) -> Option<Self> {
        Self::default().join(text)
    }

    /// A path given relative to this folder (`../audiences/families.md`), or `None` as for [`FilePath::new`].
    pub fn join(&self, relative: &str) -> Option<Self> {
        let unfit = |byte: u8| byte == b'\\' || byte < b' ' || byte == 0x7f;
        if relative.starts_with('/') || relative.bytes().any(unfit) || relative.get(1..2) == Some(":") {
            return None;
        }
        let mut parts: Vec<&str> = self.parts().collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ => parts.push(part),
            }
        }
        Some(Self(Arc::from(parts.join("/"))))
    }

    /// The text with `/` between the parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts from the root down.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// The folder that the file lies in; the root for a file in the root.
    pub fn parent(&self) -> FilePath {
        Self(Arc::from(self.0.rsplit_once('/').map_or("", |(folder, _)| folder)))
    }

    /// The last part, with extension.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last part without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
    }

    /// The last extension as written, without the dot; empty when there is none.
    pub fn extension(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, extension)| extension)
    }

    /// Whether the extension is one of these, whatever its case.
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        extensions.iter().any(|extension| extension.eq_ignore_ascii_case(self.extension()))
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Path of a file of the site below its root, fit for every file system and for an address: made of slugs joined by `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PagePath(Arc<str>);

impl PagePath {
    /// A path whose parts were slugged by the planner; the writer checks it once more.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The text with `/` between the parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder, without a slash at its end; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What leads from a page in this folder back to the root: empty, `../`, `../../` …
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The relative address of `self` as seen from `page`: `../channels/instagram.html`.
    pub fn from(&self, page: &PagePath) -> String {
        // Bytes of the folders that both have in common, the slash after each included.
        let mut shared = 0;
        let (from, to) = (page.0.as_bytes(), self.0.as_bytes());
        for (index, (a, b)) in from.iter().zip(to).enumerate() {
            if a != b {
                break;
            }
            if *a == b'/' {
                shared = index + 1;
            }
        }
        let up = page.0.get(shared..).unwrap_or_default().matches('/').count();
        let rest = self.0.get(shared..).unwrap_or_default();
        let mut address = String::with_capacity(up * 3 + rest.len());
        for _ in 0..up {
            address.push_str("../");
        }
        address.push_str(rest);
        address
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Windows opens a device for these names, with any extension and in any case; superscript digits count as digits. A part of a path with such a name can be written on no site that people may copy there.
pub fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    let stem: String = stem.chars().map(|character| character.to_ascii_lowercase()).collect();
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") {
        return true;
    }
    let Some(number) = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")) else {
        return false;
    };
    let mut digits = number.chars();
    matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_never_leaves_the_root() {
        let folder = FilePath::new("a/b").expect("a path");
        assert_eq!(folder.join("../c.md").expect("inside").as_str(), "a/c.md");
        for outside in ["../../../x", "/etc/passwd", "..\\x", "c:/x", "a\0b"] {
            assert_eq!(folder.join(outside), None, "{outside:?}");
        }
    }

    #[test]
    fn relative_addresses() {
        let check = |to: &str, from: &str, address: &str| {
            assert_eq!(PagePath::new(to).from(&PagePath::new(from)), address);
        };
        check("index.html", "index.html", "index.html");
        check("channels/x.html", "index.html", "channels/x.html");
        check("channels/x.html", "channels/y.html", "x.html");
        check("index.html", "a/b/c.html", "../../index.html");
        check("a/d/e.html", "a/b/c.html", "../d/e.html");
        check("a.html", "a.html/b.html", "../a.html");
    }
}
