//! Floor 12: the live preview. A change of the playbook is made into a site in memory, and the browser shows it.
//!
//! 1. [`watch`] hears that something changed
//! 2. [`work`] reads, checks and makes the edition by [`crate::pipeline`]; [`sink`] takes the files, those that are looked at first
//! 3. [`stage`] holds what is shown, and the last good site while a newer one is made or cannot be
//! 4. [`http`] answers browsers of this machine; [`page`] and `preview.js` add the reloading and what is to be told ([`notice`])
//!
//! Nothing is written to the disk.
#![allow(clippy::disallowed_methods, reason = "how long a round took is told, and is no part of any page")]

mod http;
mod notice;
mod page;
mod sink;
mod stage;
#[cfg(test)]
mod tests;
mod watch;
mod work;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;

use crate::finding::Language;
use crate::model::Readership;
use crate::world::DiskWorld;

pub use work::{Open, Round, Said};

/// Where the preview is unless somebody asks for another port.
pub const PORT: u16 = 4400;
/// How many ports are tried after that one.
const TRIES: u16 = 50;

/// The place that browsers ask.
#[derive(Debug)]
pub struct Place {
    listeners: Vec<TcpListener>,
    /// The port on both addresses of this machine.
    pub port: u16,
}

impl Place {
    /// Takes this port, or without a wish the first free one from [`PORT`] on; 0 is any that is free.
    ///
    /// # Errors
    /// When the port is taken, or the system does not allow it.
    pub fn take(wish: Option<u16>) -> io::Result<Self> {
        let taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
        match wish {
            Some(0) => {
                let mut place = Self::at(0);
                for _ in 0..TRIES {
                    if !place.as_ref().is_err_and(taken) {
                        break;
                    }
                    place = Self::at(0);
                }
                place
            }
            Some(port) => Self::at(port),
            None => {
                let mut place = Self::at(PORT);
                for port in (PORT..PORT + TRIES).skip(1) {
                    if !place.as_ref().is_err_and(taken) {
                        break;
                    }
                    place = Self::at(port);
                }
                place
            }
        }
    }

    /// Both addresses of this machine: `localhost` may lead to either, and on the other one there could be somebody else.
    fn at(port: u16) -> io::Result<Self> {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = four.local_addr()?.port();
        let mut listeners = vec![four];
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
            Ok(six) => listeners.push(six),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // A machine without that address.
            Err(_) => {}
        }
        Ok(Self { listeners, port })
    }

    /// The address for a browser.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

/// What is shown, and how.
pub struct Preview {
    /// Opens the playbook for each reading.
    pub open: Box<Open>,
    /// Whose edition.
    pub readership: Readership,
    /// The language of findings; else that of the playbook.
    pub language: Option<Language>,
    /// Whether to look at the disk in intervals, where the system does not tell of changes.
    pub poll: bool,
}

/// Shows the preview until the process is asked to end (Ctrl+C).
///
/// # Errors
/// When the system does not let us listen or start a thread.
pub fn serve(
    preview: Preview,
    world: DiskWorld,
    place: Place,
    say: impl Fn(Said<'_>) + Send + 'static,
) -> io::Result<()> {
    let Preview { open, readership, language, poll } = preview;
    let stage = Arc::new(stage::Stage::new());
    // Browsers leave the port of the web itself out.
    let port = if place.port == 80 { String::new() } else { format!(":{}", place.port) };
    let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}{port}")).to_vec();
    let work = work::Work { open, readership, language, poll, stage: stage.clone(), say: Box::new(say) };
    // It ends with the process.
    std::thread::Builder::new().name("preview".to_owned()).spawn(move || work.run(world))?;
    http::serve(Arc::new(http::Door { stage, hosts }), place.listeners)
}
