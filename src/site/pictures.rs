//! Pictures on pages: their size, so that nothing jumps while they load, and the copy that fits the screen.

use std::sync::{MutexGuard, PoisonError};

use super::Planner;
use super::address::Addresses;
use crate::picture::{Flaw, extension_of_copies};
use crate::pictures::Picture;
use crate::syntax::escape;
use crate::text::{FilePath, PagePath};

/// How wide a picture in a text stands, by the width of the window.
const SIZES: &str = "(min-width: 64rem) 44rem, (min-width: 48rem) calc(100vw - 20rem), calc(100vw - 2rem)";

/// A picture that is wider is not offered itself beside its copies.
const WIDEST: u32 = 2000;

impl Planner<'_> {
    fn picture_of(&self, file: &FilePath) -> Option<&Picture> {
        self.pictures.get(file)?.as_ref().ok()
    }

    /// Whether a file can stand on a page as a picture.
    pub(super) fn is_shown(&self, file: &FilePath) -> bool {
        !matches!(self.pictures.get(file), Some(Err(_)))
    }

    /// Whether a file is not published at all, which was told.
    pub(super) fn is_withheld(&self, file: &FilePath) -> bool {
        matches!(self.pictures.get(file), Some(Err(flaw)) if !matches!(flaw, Flaw::Unshown(_)))
    }

    /// The copies of a picture with their widths, the narrowest first; they will be made.
    fn narrower(&self, file: &FilePath, picture: &Picture) -> Vec<(u32, PagePath)> {
        if !self.copies || picture.widths.is_empty() {
            return Vec::new();
        }
        locked(&self.narrowed).insert(file.clone());
        let widths = picture.widths.iter().rev();
        widths.map(|width| (*width, self.ground.shared(copy_address(file, picture, *width)))).collect()
    }

    /// The smaller copies that pages show, by the file that they are made of, the largest first; complete after every page was made.
    pub fn copies(&self) -> Vec<(FilePath, Vec<PagePath>)> {
        let narrowed = locked(&self.narrowed);
        let paths = |file: &FilePath| {
            let picture = self.picture_of(file)?;
            let widths = picture.widths.iter();
            Some((file.clone(), widths.map(|width| copy_address(file, picture, *width)).collect()))
        };
        narrowed.iter().filter_map(paths).collect()
    }

    /// A picture of a text, with a description and perhaps a title.
    pub(super) fn image(&self, html: &mut String, file: &FilePath, told: (&str, &str), page: &PagePath) {
        let picture = self.picture_of(file);
        let copies = picture.map(|picture| self.narrower(file, picture)).unwrap_or_default();
        let width = picture.map_or(0, |picture| picture.facts.width);
        let source = match copies.last() {
            Some((_, copy)) if width > WIDEST => copy.from(page),
            _ => self.publish(file).from(page),
        };
        let mut attribute = |name: &str, value: &str| {
            html.push_str(name);
            html.push_str("=\"");
            escape::attribute(html, value);
            html.push('"');
        };
        attribute("<img src", &source);
        if !copies.is_empty() {
            let mut set: Vec<String> =
                copies.iter().map(|(width, path)| format!("{} {width}w", path.from(page))).collect();
            if width <= WIDEST {
                set.push(format!("{source} {width}w"));
            }
            attribute(" srcset", &set.join(", "));
            attribute(" sizes", SIZES);
        }
        attribute(" alt", told.0);
        if !told.1.is_empty() {
            attribute(" title", told.1);
        }
        if let Some(picture) = picture.filter(|picture| picture.facts.width > 0) {
            attribute(" width", &picture.facts.width.to_string());
            attribute(" height", &picture.facts.height.to_string());
        }
        // The first may be in sight at once; the others wait until the reader comes near.
        if !locked(&self.pictured).insert(page.clone()) {
            attribute(" loading", "lazy");
            attribute(" decoding", "async");
        }
        html.push('>');
    }

    /// A small picture beside facts: its address and the size of the whole.
    pub(super) fn thumb(&self, file: &FilePath, page: &PagePath) -> (String, u32, u32) {
        let Some(picture) = self.picture_of(file) else {
            return (self.publish(file).from(page), 0, 0);
        };
        let small = self.narrower(file, picture).into_iter().next();
        let url = small.map_or_else(|| self.publish(file).from(page), |(_, copy)| copy.from(page));
        (url, picture.facts.width, picture.facts.height)
    }
}

/// Where a copy stands: beside the file, with its width and what it was made of in its name.
fn copy_address(file: &FilePath, picture: &Picture, width: u32) -> PagePath {
    let whole = Addresses::file(file);
    let stem = whole.as_str().rsplit_once('.').map_or(whole.as_str(), |(stem, _)| stem);
    let extension = extension_of_copies(&picture.facts);
    PagePath::new(format!("{stem}-{width}-{}.{extension}", picture.stamp))
}

fn locked<T>(shared: &std::sync::Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
