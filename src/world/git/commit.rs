//! Commits: what they hold, when they were made and by whom.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::{Date, Id, Unread};

/// A state of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its number.
    pub id: Id,
    pub(super) tree: Id,
    pub(super) parents: Vec<Id>,
    /// Seconds since 1970 at which it was made.
    pub(super) at: i64,
    /// Minutes by which the clock of its maker was ahead of UTC.
    zone: i32,
    /// The name of its author; may be empty.
    pub author: String,
}

impl Commit {
    pub(super) fn read(id: Id, bytes: &[u8]) -> Result<Self, Unread> {
        let text = String::from_utf8_lossy(bytes);
        let damaged = || Unread::Damaged(id.to_string());
        let mut commit = None;
        let mut parents = Vec::new();
        let (mut author, mut made) = (String::new(), None);
        for line in text.lines() {
            let Some((key, value)) = line.split_once(' ') else {
                if line.is_empty() {
                    break;
                }
                continue;
            };
            match key {
                "tree" => commit = Id::parse(value),
                "parent" => parents.push(Id::parse(value).ok_or_else(damaged)?),
                "author" => value.split('<').next().unwrap_or_default().trim().clone_into(&mut author),
                "committer" => made = time(value),
                _ => {}
            }
        }
        let (at, zone) = made.ok_or_else(damaged)?;
        Ok(Self { id, tree: commit.ok_or_else(damaged)?, parents, at, zone, author })
    }

    /// The day on which it was made, by the clock of its maker: fixed by the history, whatever the machine.
    pub fn day(&self) -> Date {
        let offset = Offset::from_seconds(self.zone * 60).unwrap_or(Offset::UTC);
        let at = Timestamp::from_second(self.at).unwrap_or(Timestamp::UNIX_EPOCH);
        offset.to_datetime(at).date()
    }

    /// The first digits of its number.
    pub fn short(&self) -> String {
        self.id.to_string().chars().take(8).collect()
    }
}

/// `Name <mail> 1700000000 +0200` → seconds, and minutes of the zone.
fn time(line: &str) -> Option<(i64, i32)> {
    let mut parts = line.rsplit(' ');
    let zone = parts.next()?;
    let seconds = parts.next()?.parse().ok()?;
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        (_, digits) => (1, digits),
    };
    let digits: i32 = digits.parse().ok()?;
    Some((seconds, sign * (digits / 100 * 60 + digits % 100)))
}
