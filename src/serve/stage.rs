//! What is shown now: the files of the newest site by address, the last complete site while a newer one is being made, and what is to be told.
//!
//! A request never makes anything: it looks an address up, and where the page is still to be made it asks for it and waits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use hyper::body::Bytes;
use tokio::sync::watch;

use super::notice::Notice;

/// Stands for the version of a page that does not exist.
pub const NONE: &str = "none";

/// A file of the site, exactly as a build would write it.
#[derive(Debug)]
pub struct Served {
    bytes: Bytes,
    marks: OnceLock<(String, String)>,
}

impl Served {
    fn new(bytes: Bytes) -> Self {
        Self { bytes, marks: OnceLock::new() }
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Hashes of the whole and of what stands in `<body>`; worked out for pages that somebody looks at.
    pub fn marks(&self) -> (&str, &str) {
        let (whole, body) = self.marks.get_or_init(|| {
            let text = &self.bytes;
            let at = text.windows(5).position(|part| part == b"<body").unwrap_or_default();
            (short_hash(text), short_hash(text.get(at..).unwrap_or_default()))
        });
        (whole, body)
    }
}

/// What stands at an address.
#[derive(Debug)]
pub enum Found {
    /// A file.
    File(Arc<Served>),
    /// It may come: the site is being made.
    Later,
    /// Nothing, and nothing will come.
    Nothing,
}

/// The versions of a page: what a browser compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Of the page as a whole.
    pub page: String,
    /// Of its body: when only this one is the same, new styles do.
    pub body: String,
}

/// Everything that requests can see, and the only thing they can see.
#[derive(Debug)]
pub struct Stage {
    state: Mutex<State>,
    /// Counts changes, for those who wait.
    beat: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    shown: Site,
    /// The last complete site, while a newer one is being made.
    before: Option<Site>,
    /// Pages to be made next.
    wanted: VecDeque<String>,
    /// What somebody waits for.
    awaited: BTreeSet<String>,
    /// Pages that are open in browsers, and how often.
    open: BTreeMap<String, usize>,
    /// Counts changes of pictures and fonts: their pages stay the same, byte for byte.
    pictures: u64,
    notice: Arc<Notice>,
}

#[derive(Debug, Default)]
struct Site {
    files: BTreeMap<String, Arc<Served>>,
    complete: bool,
    new_pictures: bool,
}

impl Stage {
    /// A stage on which nothing is shown yet.
    pub fn new() -> Self {
        Self { state: Mutex::default(), beat: watch::Sender::new(0) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked while holding it had only read or put a whole value.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stir(&self) {
        self.beat.send_modify(|beat| *beat += 1);
    }

    /// Tells of every change from now on.
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.beat.subscribe()
    }

    /// A newer site begins. Open pages are wanted first.
    pub fn begin(&self) {
        let mut state = self.state();
        let shown = std::mem::take(&mut state.shown);
        if shown.complete && !shown.files.is_empty() {
            state.before = Some(shown);
        }
        state.wanted = state.open.keys().cloned().collect();
        drop(state);
        self.stir();
    }

    /// A file of the newer site.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        let mut state = self.state();
        let old = state.before.as_ref().and_then(|before| before.files.get(path));
        let same = old.filter(|old| old.bytes == bytes).cloned();
        if old.is_some() && same.is_none() && is_picture(path) {
            state.shown.new_pictures = true;
        }
        let served = same.unwrap_or_else(|| Arc::new(Served::new(Bytes::copy_from_slice(bytes))));
        state.shown.files.insert(path.to_owned(), served);
        // A thousand pages would wake everybody a thousand times.
        let is_awaited = state.awaited.remove(path) || state.open.contains_key(path);
        drop(state);
        if is_awaited {
            self.stir();
        }
    }

    /// The next page of these that somebody waits for.
    pub fn wanted(&self, among: impl Fn(&str) -> bool) -> Option<String> {
        let mut state = self.state();
        let at = state.wanted.iter().position(|path| among(path))?;
        state.wanted.remove(at)
    }

    /// All files are there. `keep`: pages that the new site lacks stay as they were, since errors may be why they are missing.
    pub fn complete(&self, keep: bool) {
        let mut state = self.state();
        if let Some(before) = state.before.take().filter(|_| keep) {
            for (path, file) in before.files {
                if is_page(&path) {
                    state.shown.files.entry(path).or_insert(file);
                }
            }
        }
        state.shown.complete = true;
        state.awaited.clear();
        if state.shown.new_pictures {
            state.pictures += 1;
        }
        drop(state);
        self.stir();
    }

    /// The making ended before its end: a newer one is about to begin. What was made counts when there is nothing better.
    pub fn interrupt(&self) {
        let mut state = self.state();
        if state.shown.complete {
            return;
        }
        let mut half = std::mem::take(&mut state.shown);
        if state.before.is_none() && !half.files.is_empty() {
            half.complete = true;
            state.before = Some(half);
        }
    }

    /// The newer site will not be shown; the last complete one stays.
    pub fn abandon(&self) {
        let mut state = self.state();
        if !state.shown.complete {
            state.shown = state.before.take().unwrap_or_default();
            state.shown.complete = true;
        }
        state.awaited.clear();
        drop(state);
        self.stir();
    }

    /// Says something else from now on.
    pub fn tell(&self, notice: Notice) {
        let mut state = self.state();
        if *state.notice == notice {
            return;
        }
        state.notice = Arc::new(notice);
        drop(state);
        self.stir();
    }

    /// What is to be told.
    pub fn notice(&self) -> Arc<Notice> {
        self.state().notice.clone()
    }

    /// Whether there is a site at all.
    pub fn is_empty(&self) -> bool {
        let state = self.state();
        state.shown.complete && state.shown.files.is_empty()
    }

    /// What stands at an address now. A page that is still to be made is asked for.
    pub fn find(&self, path: &str) -> Found {
        let mut state = self.state();
        if let Some(file) = state.shown.files.get(path) {
            return Found::File(file.clone());
        }
        if state.shown.complete {
            return Found::Nothing;
        }
        if !is_page(path) {
            // Styles are there first; a picture that changed will show with the complete site.
            let old = state.before.as_ref().and_then(|before| before.files.get(path));
            if let Some(old) = old {
                return Found::File(old.clone());
            }
            state.awaited.insert(path.to_owned());
            return Found::Later;
        }
        state.awaited.insert(path.to_owned());
        if !state.wanted.iter().any(|wanted| wanted == path) {
            state.wanted.push_back(path.to_owned());
        }
        Found::Later
    }

    /// Versions of a page; `None` while it is not made.
    pub fn versions(&self, path: &str) -> Option<Versions> {
        let served = match self.find(path) {
            Found::File(served) => served,
            Found::Later => return None,
            Found::Nothing => return Some(Versions { page: NONE.to_owned(), body: NONE.to_owned() }),
        };
        let pictures = self.state().pictures;
        let (page, body) = served.marks();
        Some(Versions { page: format!("{page}-{pictures}"), body: format!("{body}-{pictures}") })
    }

    /// Notes a page as open for as long as the guard lives.
    pub fn open(self: &Arc<Self>, path: &str) -> Open {
        *self.state().open.entry(path.to_owned()).or_default() += 1;
        Open { stage: self.clone(), path: path.to_owned() }
    }
}

/// A page that is open in a browser.
#[derive(Debug)]
pub struct Open {
    stage: Arc<Stage>,
    path: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut state = self.stage.state();
        if let Some(count) = state.open.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                state.open.remove(&self.path);
            }
        }
    }
}

/// Whether the path is one of a page.
pub fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Pictures and fonts keep their address when their bytes change.
fn is_picture(path: &str) -> bool {
    let ends = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".woff2", ".woff"];
    let path = path.to_ascii_lowercase();
    ends.iter().any(|end| path.ends_with(end))
}

/// A few digits that change with the bytes.
pub fn short_hash(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    hash.as_str().get(..16).unwrap_or_default().to_owned()
}
