//! Answers to browsers, on this machine only.
//!
//! - An address is looked up in a map of the files that there are; it never becomes a path of the disk.
//! - The host must be one of ours, letter for letter, so that a name of somebody else's that leads to this machine gets nothing.
//! - The reload channel is asked by `POST` without a body, because only then every browser names the origin; it must be ours.
//! - Heads are at most 16 kB and come within ten seconds, there are at most 64 connections, and the one that has kept us waiting longest makes room.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::page;
use super::stage::{Found, Served, Stage, is_page};
use crate::theme::POLICY;

/// Longest head of a request, in bytes.
const MAX_HEAD: usize = 16 * 1024;
/// Most lines of a head.
const MAX_LINES: usize = 64;
/// Longest time in which a head must come.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// Most connections.
const MAX_CONNECTIONS: usize = 64;
/// After this time a browser that waits for news is told that there are none, and asks again.
const NO_NEWS: Duration = Duration::from_secs(25);

type Answer = Response<Full<Bytes>>;

/// What all connections share.
pub struct Door {
    /// What is shown.
    pub stage: Arc<Stage>,
    /// The hosts that we are: `127.0.0.1:4400`, `localhost:4400`, `[::1]:4400`.
    pub hosts: Vec<String>,
}

/// Serves until the process is asked to end.
///
/// # Errors
/// When the system does not let us listen.
pub fn serve(door: Arc<Door>, listeners: Vec<TcpListener>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = Arc::new(Notify::new());
        end_on_signals(&stop)?;
        let connections = Arc::new(Connections::default());
        for listener in listeners {
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::spawn(accept(listener, door.clone(), connections.clone()));
        }
        stop.notified().await;
        Ok::<(), io::Error>(())
    })?;
    // Open connections end with the process.
    runtime.shutdown_background();
    Ok(())
}

/// Ctrl+C, and the polite signal of other programs.
fn end_on_signals(stop: &Arc<Notify>) -> io::Result<()> {
    let ended = stop.clone();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let (mut signal, ended) = (signal(kind)?, ended.clone());
            tokio::spawn(async move {
                signal.recv().await;
                ended.notify_one();
            });
        }
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        // Without it there is still the window to close.
        let _ = tokio::signal::ctrl_c().await;
        ended.notify_one();
    });
    Ok(())
}

/// The connections, oldest first.
#[derive(Default)]
struct Connections {
    open: Mutex<BTreeMap<u64, Connection>>,
    count: AtomicU64,
}

struct Connection {
    task: AbortHandle,
    /// Whether a whole request came and is being answered.
    busy: Arc<AtomicBool>,
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes room for one more: the oldest that has not finished its request goes, else the oldest.
    fn make_room(&self) {
        let mut open = self.open();
        while open.len() >= MAX_CONNECTIONS {
            let slow = open.iter().find(|(_, one)| !one.busy.load(Ordering::Relaxed)).map(|(id, _)| *id);
            let Some(id) = slow.or_else(|| open.keys().next().copied()) else { return };
            if let Some(connection) = open.remove(&id) {
                connection.task.abort();
            }
        }
    }
}

/// Takes a connection off the list when it ends, in whatever way.
struct Leave(Arc<Connections>, u64);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.open().remove(&self.1);
    }
}

async fn accept(listener: tokio::net::TcpListener, door: Arc<Door>, connections: Arc<Connections>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.make_room();
                let id = connections.count.fetch_add(1, Ordering::Relaxed);
                let busy = Arc::new(AtomicBool::new(false));
                let leave = Leave(connections.clone(), id);
                // On one thread: the task begins after it is on the list.
                let task = tokio::spawn(talk(stream, door.clone(), busy.clone(), leave)).abort_handle();
                connections.open().insert(id, Connection { task, busy });
            }
            // Too many open files, or a client that left: nothing that waiting does not mend.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn talk(stream: TcpStream, door: Arc<Door>, busy: Arc<AtomicBool>, _leave: Leave) {
    // Small answers go out at once; where that cannot be set they are only later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let (door, busy) = (door.clone(), busy.clone());
        async move {
            busy.store(true, Ordering::Relaxed);
            let answer = answer(&door, request).await;
            busy.store(false, Ordering::Relaxed);
            Ok::<_, Infallible>(answer)
        }
    });
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_WAIT)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_LINES);
    // A client that breaks off, or sends what is no HTTP, was answered or is gone.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(door: &Door, request: Request<Incoming>) -> Answer {
    let head = request.headers();
    let has_body = !request.body().is_end_stream() || head.contains_key(header::TRANSFER_ENCODING);
    let Some(host) = own_host(door, &request) else {
        return refusal(StatusCode::FORBIDDEN, "this preview answers to its own address only");
    };
    if has_body {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE, "this preview takes no bodies");
    }
    let Some(path) = decoded(request.uri().path()) else {
        return refusal(StatusCode::BAD_REQUEST, "this address cannot be read");
    };
    if path == page::NEWS {
        if request.method() != Method::POST {
            return not_allowed("POST");
        }
        if single(head, &header::ORIGIN) != Some(&*format!("http://{host}")) {
            return refusal(StatusCode::FORBIDDEN, "the news are for pages of this preview only");
        }
        return news(door, request.uri().query().unwrap_or_default()).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return not_allowed("GET, HEAD");
    }
    match &*path {
        page::SCRIPT => file(StatusCode::OK, "text/javascript; charset=utf-8", page::SCRIPT_TEXT),
        page::STYLE => file(StatusCode::OK, "text/css; charset=utf-8", page::STYLE_TEXT),
        _ => site(door, &path).await,
    }
}

/// The host that the request names, when it is one of ours and the only one.
fn own_host<'r>(door: &'r Door, request: &'r Request<Incoming>) -> Option<&'r str> {
    let host = single(request.headers(), &header::HOST)?;
    let named_by_address = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    (named_by_address && door.hosts.iter().any(|own| own == host)).then_some(host)
}

/// A line of the head that stands there once.
fn single<'r>(head: &'r HeaderMap, name: &HeaderName) -> Option<&'r str> {
    let mut lines = head.get_all(name).iter();
    let line = lines.next()?.to_str().ok()?;
    lines.next().is_none().then_some(line)
}

/// The path without its first slash, its escapes undone once.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/')?.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A file of the site, or what is said in its place.
async fn site(door: &Door, path: &str) -> Answer {
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(served) = awaited(&door.stage, &path).await {
        return known(door, StatusCode::OK, &path, &served);
    }
    // Browsers ask for it unasked, and complain.
    if path == "favicon.ico" {
        return file(StatusCode::NO_CONTENT, "image/x-icon", "");
    }
    let language = door.stage.notice().language;
    if door.stage.is_empty() {
        return file(StatusCode::SERVICE_UNAVAILABLE, HTML, page::waiting(language, &path));
    }
    // Its links are relative to the root.
    if !path.contains('/')
        && let Some(served) = awaited(&door.stage, "404.html").await
    {
        // Told by its own address: when a page comes to be there, it is shown.
        return file(StatusCode::NOT_FOUND, HTML, page::with_script(served.bytes(), &path, None));
    }
    file(StatusCode::NOT_FOUND, HTML, page::missing(language, &path))
}

/// A file as soon as it is there; none when it will not come.
async fn awaited(stage: &Stage, path: &str) -> Option<Arc<Served>> {
    let mut beat = stage.listen();
    loop {
        beat.mark_unchanged();
        match stage.find(path) {
            Found::File(served) => return Some(served),
            Found::Nothing => return None,
            Found::Later => beat.changed().await.ok()?,
        }
    }
}

fn known(door: &Door, status: StatusCode, path: &str, served: &Served) -> Answer {
    if !is_page(path) {
        return file(status, media_type(path), served.bytes().clone());
    }
    let versions = door.stage.versions(path);
    file(status, HTML, page::with_script(served.bytes(), path, versions.as_ref()))
}

/// Waits until the page or what is told about it differs from what the browser has.
async fn news(door: &Door, query: &str) -> Answer {
    let asked = |name: &str| {
        let pair = query.split('&').filter_map(|pair| pair.split_once('='));
        pair.filter(|(key, _)| *key == name).find_map(|(_, value)| decoded(&format!("/{value}")))
    };
    let (Some(path), Some(version), Some(told)) = (asked("page"), asked("version"), asked("told")) else {
        return refusal(StatusCode::BAD_REQUEST, "page, version and told are asked for");
    };
    let _open = door.stage.open(&path);
    let change = async {
        let mut beat = door.stage.listen();
        loop {
            beat.mark_unchanged();
            let versions = door.stage.versions(&path).filter(|versions| versions.page != version);
            let notice = door.stage.notice();
            let notice = (notice.version != told && !notice.document.is_null()).then_some(notice);
            if versions.is_some() || notice.is_some() {
                return page::news(versions.as_ref(), notice.as_deref());
            }
            if beat.changed().await.is_err() {
                return page::news(None, None);
            }
        }
    };
    let text = tokio::time::timeout(NO_NEWS, change).await.unwrap_or_else(|_| page::news(None, None));
    file(StatusCode::OK, "application/json", text)
}

const HTML: &str = "text/html; charset=utf-8";

fn file(status: StatusCode, media_type: &'static str, bytes: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(bytes.into()));
    *answer.status_mut() = status;
    let head = answer.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| {
        head.insert(name, HeaderValue::from_static(value));
    };
    say(header::CONTENT_TYPE, media_type);
    say(header::CACHE_CONTROL, "no-store");
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "no-referrer");
    say(header::X_FRAME_OPTIONS, "DENY");
    say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    let policy = if media_type == "image/svg+xml" {
        // Drawings bring their own styles, and run nothing.
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
    } else {
        HeaderValue::from_str(&format!("{POLICY}; frame-ancestors 'none'"))
            .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
    };
    head.insert(header::CONTENT_SECURITY_POLICY, policy);
    answer
}

/// A refusal ends the connection: what comes after it on the line is not read.
fn refusal(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = file(status, "text/plain; charset=utf-8", text);
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

fn not_allowed(methods: &'static str) -> Answer {
    let mut answer = refusal(StatusCode::METHOD_NOT_ALLOWED, "this method is not answered here");
    answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    answer
}

/// The media type of a file by its name.
fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml",
        "atom" => "application/atom+xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
