//! When did the playbook change? Told by the system, or found by looking where the system cannot tell.
//!
//! Editors save in several steps (write beside, rename, set rights) and tools change many files at once: a change counts as over when nothing more came for a few milliseconds.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::world::DiskWorld;

/// A change is over when nothing came for this long.
const QUIET: Duration = Duration::from_millis(20);
/// Who changes without end is shown something in between.
const LONGEST: Duration = Duration::from_millis(300);
/// How often the disk is looked at where the system does not tell.
const LOOK: Duration = Duration::from_millis(700);

/// Watches the folder of a playbook for as long as it lives.
pub struct Watch {
    source: Source,
    root: PathBuf,
    identity: Option<(u64, u64)>,
}

/// Where changes are known from.
enum Source {
    /// The system tells.
    Told { changes: Receiver<Option<PathBuf>>, _watcher: Box<dyn Watcher + Send> },
    /// The folder is looked at, and this is how it was.
    Looked { world: DiskWorld, fingerprint: u64 },
}

/// What [`Watch::wait`] came back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waited {
    /// Something changed: the first place, below the root, and when it was known.
    Changed(Option<PathBuf>, Instant),
    /// The folder is no longer what it was: gone, or another one.
    Moved,
    /// Nothing yet.
    Nothing,
}

impl Watch {
    /// Watches the folder of this world as the system tells. `changed` is set as soon as something changes.
    ///
    /// # Errors
    /// When the system does not tell: mostly there are more folders than it lets a person watch.
    pub fn told(world: &DiskWorld, changed: &Arc<AtomicBool>) -> notify::Result<Self> {
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(listener(world, &sender, changed))?;
        watcher.watch(world.root(), RecursiveMode::Recursive)?;
        Ok(Self::on(world, Source::Told { changes, _watcher: Box::new(watcher) }))
    }

    /// Watches by looking at the folder in intervals.
    pub fn looked(world: &DiskWorld) -> Self {
        Self::on(world, Source::Looked { world: world.clone(), fingerprint: world.fingerprint() })
    }

    fn on(world: &DiskWorld, source: Source) -> Self {
        let root = world.root().to_owned();
        Self { source, identity: identity(&root), root }
    }

    /// Waits until something changed and the change is over, a second at most.
    pub fn wait(&mut self) -> Waited {
        let waited = match &mut self.source {
            Source::Told { changes, .. } => match changes.recv_timeout(Duration::from_secs(1)) {
                Ok(first) => {
                    let since = Instant::now();
                    while since.elapsed() < LONGEST && changes.recv_timeout(QUIET).is_ok() {}
                    Waited::Changed(first, since)
                }
                Err(RecvTimeoutError::Timeout) => Waited::Nothing,
                Err(RecvTimeoutError::Disconnected) => Waited::Moved,
            },
            Source::Looked { world, fingerprint } => {
                std::thread::sleep(LOOK);
                let since = Instant::now();
                let now = world.fingerprint();
                if now == *fingerprint {
                    Waited::Nothing
                } else {
                    *fingerprint = now;
                    Waited::Changed(None, since)
                }
            }
        };
        if identity(&self.root) == self.identity { waited } else { Waited::Moved }
    }
}

/// What hears of events, and passes on those that concern the playbook.
fn listener(
    world: &DiskWorld,
    sender: &Sender<Option<PathBuf>>,
    changed: &Arc<AtomicBool>,
) -> impl Fn(notify::Result<Event>) + Send + 'static {
    let (world, sender, changed) = (world.clone(), sender.clone(), changed.clone());
    move |event| {
        let place = match event {
            Ok(event) if event.need_rescan() => None,
            Ok(event) if changes(event.kind) => {
                let Some(place) = event.paths.into_iter().find(|path| world.concerns(path)) else { return };
                place.strip_prefix(world.root()).ok().map(Path::to_owned)
            }
            Ok(_) => return,
            // Something could not be looked at: the reading will say what.
            Err(_) => None,
        };
        changed.store(true, Ordering::Relaxed);
        // Who does not listen any more needs nothing.
        let _ = sender.send(place);
    }
}

/// Reading a file is no change, and the program reads all of them.
fn changes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        EventKind::Any
        | EventKind::Other
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_) => true,
    }
}

/// Which folder this is, whatever its name.
#[cfg(unix)]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = folder.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<(u64, u64)> {
    folder.is_dir().then_some((0, 0))
}
