//! Work in a process of its own: what a hostile file can bring down there is not this run.
#![allow(clippy::disallowed_methods, reason = "this file is the door to processes")]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Most memory of the process, in bytes (where the system can hold it to that).
const MAX_MEMORY: u64 = 1_000_000_000;
/// Longest time of the process.
const MAX_TIME: Duration = Duration::from_secs(30);
/// Longest answer, in bytes.
const MAX_ANSWER: u64 = 200_000_000;

/// The allocator takes address space by the gigabyte, and where chance puts it decides whether that counts as memory that is used: a sound workbook failed once in thirty. In the process it takes what it needs, in steps of 32 MiB (given in KiB).
const ALLOCATOR: [(&str, &str); 2] =
    [("MIMALLOC_ARENA_RESERVE", "32768"), ("MIMALLOC_ARENA_EAGER_COMMIT", "0")];

/// A program of ours that reads bytes from its standard input and writes an answer to its standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// Why there is no answer from the other process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It took longer than this many seconds, and was ended.
    Time(u64),
    /// It ended by itself, without an answer: too much memory, or a fault of the program.
    Ended,
    /// The system refused, in its own words.
    System(String),
}

impl Helper {
    /// Gives bytes to the process and takes its answer.
    ///
    /// # Errors
    /// When it does not answer within the limits. It is ended in every case.
    pub fn ask(&self, input: &[u8]) -> Result<Vec<u8>, Lost> {
        let system = |error: std::io::Error| Lost::System(error.to_string());
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .envs(ALLOCATOR)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(system)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (sender, receiver) = channel();
        let answer = thread::scope(|scope| {
            // A process that ends without reading closes the pipe: no fault of its own.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            scope.spawn(move || {
                let mut answer = Vec::new();
                let read = stdout.map(|stdout| stdout.take(MAX_ANSWER + 1).read_to_end(&mut answer));
                let _ = sender.send(read.transpose().map(|_| answer));
            });
            let answer = match receiver.recv_timeout(MAX_TIME) {
                Ok(Ok(answer)) if answer.len() as u64 <= MAX_ANSWER => Ok(answer),
                Ok(Ok(_)) | Err(RecvTimeoutError::Disconnected) => Err(Lost::Ended),
                Ok(Err(error)) => Err(system(error)),
                Err(RecvTimeoutError::Timeout) => Err(Lost::Time(MAX_TIME.as_secs())),
            };
            // Ends the two threads as well, if they still wait for it.
            if answer.is_err() {
                let _ = child.kill();
            }
            answer
        })?;
        let status = child.wait().map_err(system)?;
        if status.success() { Ok(answer) } else { Err(Lost::Ended) }
    }
}

/// Holds this process to the limits of a [`Helper`]: memory and processor time, where the system can.
pub fn confine() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let set = |resource: Resource, most: u64| {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        };
        set(Resource::Data, MAX_MEMORY);
        set(Resource::Cpu, MAX_TIME.as_secs());
        set(Resource::Core, 0);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn helper(program: &str, arguments: &[&str]) -> Helper {
        Helper {
            program: program.into(),
            arguments: arguments.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    #[test]
    fn answers_and_losses() {
        let input = vec![b'x'; 1_000_000];
        assert_eq!(helper("cat", &[]).ask(&input), Ok(input.clone()));
        assert_eq!(helper("true", &[]).ask(&input), Ok(Vec::new()));
        assert_eq!(helper("false", &[]).ask(&input), Err(Lost::Ended));
        assert_eq!(helper("sh", &["-c", "echo half; kill -9 $$"]).ask(&input), Err(Lost::Ended));
        assert!(matches!(helper("/no/such/program", &[]).ask(&input), Err(Lost::System(_))));
    }
}
