//! The live preview as browsers, editors and strangers meet it. Everything waits for what must come; nothing waits for a time.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{Scratch, TODAY, build, portolan, run_in, tree};

/// Far longer than anything takes, also on a machine that has other things to do.
const LONG: Duration = Duration::from_secs(60);

/// A running preview.
struct Preview {
    child: Child,
    host: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }
}

impl Preview {
    fn of(folder: &Path, more: &[&str]) -> Self {
        let folder = folder.to_str().expect("UTF-8");
        let mut command = portolan(&["serve", folder, "--port", "0", "--today", TODAY, "--lang", "en"]);
        let mut child = command
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let host = line.trim().split("http://").nth(1).expect("an address").trim_end_matches('/').to_owned();
        Self { child, host }
    }

    /// Sends these bytes and reads to the end.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(LONG)).expect("a time");
        // Who refuses may close before everything was sent.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let at = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..at]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head, body: bytes.split_off((at + 4).min(bytes.len())) }
    }

    /// Asks as a browser of this machine does.
    fn ask(&self, method: &str, path: &str, lines: &str) -> Answer {
        let host = &self.host;
        self.raw(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{lines}\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Waits for the news of a page that a browser with these versions would get.
    fn news(&self, page: &str, version: &str, told: &str) -> Value {
        let origin = format!("Origin: http://{}\r\n", self.host);
        let path = format!("/_portolan/news?page={page}&version={version}&told={told}");
        let answer = self.ask("POST", &path, &origin);
        assert_eq!(answer.status, 200, "{}", answer.head);
        serde_json::from_str(&answer.text()).expect("JSON")
    }

    /// The page as a build would write it, as soon as it is like this.
    #[track_caller]
    fn page_with(&self, page: &str, is_right: impl Fn(&str) -> bool) -> String {
        let since = Instant::now();
        let mut version = "unknown".to_owned();
        loop {
            let text = without_script(&self.get(&format!("/{page}")).text());
            if is_right(&text) {
                return text;
            }
            assert!(since.elapsed() < LONG, "the page never became right:\n{text}");
            let news = self.news(page, &version, "unknown");
            version = news["version"].as_str().unwrap_or(&version).to_owned();
        }
    }

    /// What is told, as soon as it is like this.
    #[track_caller]
    fn told(&self, page: &str, is_right: impl Fn(&Value) -> bool) -> Value {
        let since = Instant::now();
        let (mut version, mut told) = ("unknown".to_owned(), String::new());
        loop {
            let news = self.news(page, &version, &told);
            version = news["version"].as_str().unwrap_or(&version).to_owned();
            if let Some(newer) = news["told"].as_str() {
                told = newer.to_owned();
                if is_right(&news["notice"]) {
                    return news["notice"].clone();
                }
            }
            assert!(since.elapsed() < LONG, "it was never told; last: {news}");
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn without_script(page: &str) -> String {
    let Some(at) = page.find("<script defer src=\"/_portolan/preview.js\"") else { return page.to_owned() };
    let end = "</script>";
    let length = page[at..].find(end).expect("its end") + end.len();
    format!("{}{}", &page[..at], &page[at + length..])
}

fn playbook(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("playbook/playbook.yaml", "title: Preview\nlanguage: en\n");
    scratch.write("playbook/README.md", "# Preview\n\nWelcome.\n\n![Leaf](leaf.svg)\n");
    scratch.write("playbook/leaf.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    scratch.write("playbook/notes/first.md", "# First\n\nOne.\n");
    scratch.write("playbook/notes/second.md", "# Second\n\nTwo, see [First](first.md).\n");
    scratch
}

fn has_errors(notice: &Value) -> bool {
    notice["worst"] == "error"
}

fn is_calm(notice: &Value) -> bool {
    notice["worst"].is_null() && notice["stale"].is_null()
}

#[test]
fn only_its_own_address_is_answered() {
    let scratch = playbook("serve-doors");
    let preview = Preview::of(&scratch.join("playbook"), &[]);
    let host = preview.host.clone();
    let port = host.rsplit_once(':').expect("a port").1;
    let with_host = |hosts: &str| preview.raw(&format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"));
    for good in [
        format!("Host: {host}\r\n"),
        format!("Host: localhost:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
    ] {
        assert_eq!(with_host(&good).status, 200, "{good}");
    }
    for bad in [
        String::new(),
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1.evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}0\r\n"),
        format!("Host: {host}\r\nHost: evil.example\r\n"),
    ] {
        let answer = with_host(&bad);
        assert!(matches!(answer.status, 400 | 403), "{bad}: {}", answer.head);
    }
    let whole = preview
        .raw(&format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert_eq!(whole.status, 403);

    let page = preview.ask("GET", "/", "Origin: http://evil.example\r\n");
    for line in [
        "x-content-type-options: nosniff",
        "cross-origin-resource-policy: same-origin",
        "cache-control: no-store",
        "content-security-policy: default-src 'none'; script-src 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(page.head.contains(line), "{line} in\n{}", page.head);
    }
    assert!(!page.head.contains("access-control"), "{}", page.head);

    let news = "/_portolan/news?page=index.html&version=x&told=";
    for origin in [
        "",
        "Origin: null\r\n",
        "Origin: http://evil.example\r\n",
        &format!("Origin: https://{host}\r\n"),
        &format!("Origin: http://{host}.evil.example\r\n"),
        &format!("Origin: http://localhost:{port}\r\n"),
        &format!("Origin: http://{host}\r\nOrigin: http://evil.example\r\n"),
    ] {
        assert_eq!(preview.ask("POST", news, origin).status, 403, "{origin}");
        assert_eq!(preview.ask("GET", news, origin).status, 405, "{origin}");
    }
    assert_eq!(preview.ask("POST", news, &format!("Origin: http://{host}\r\n")).status, 200);
}

#[test]
fn addresses_are_looked_up_and_never_become_paths() {
    let scratch = playbook("serve-addresses");
    scratch.write("secret.html", "secret");
    let preview = Preview::of(&scratch.join("playbook"), &[]);
    assert_eq!(preview.get("/index.html?x=1").status, 200);
    assert_eq!(preview.get("/%69ndex.html").status, 200);
    for path in [
        "/../secret.html",
        "/..%2fsecret.html",
        "/%2e%2e/secret.html",
        "/%252e%252e/secret.html",
        "/..%5csecret.html",
        "/..\\secret.html",
        "//etc/passwd",
        "/etc/passwd",
        "/index.html%00",
        "/./index.html",
        "/notes/../index.html",
        "/playbook.yaml",
        "/notes/first.md/",
        "/_portolan/",
        "/C:/Windows/win.ini",
    ] {
        let answer = preview.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.head);
        assert!(!answer.text().contains("secret<") && !answer.text().contains("root:"), "{path}");
    }
    for path in ["/%", "/%zz", "/%ff"] {
        assert_eq!(preview.get(path).status, 400, "{path}");
    }
    for method in ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "POST", "BREW"] {
        assert_eq!(preview.ask(method, "/", "").status, 405, "{method}");
    }
    let head = preview.ask("HEAD", "/", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    for body in ["Content-Length: 4\r\n\r\nbody", "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n"] {
        let answer = preview.raw(&format!("GET / HTTP/1.1\r\nHost: {}\r\n{body}\r\n", preview.host));
        assert!(matches!(answer.status, 400 | 413), "{}", answer.head);
    }
    let long = preview.ask("GET", "/", &format!("X: {}\r\n", "a".repeat(20_000)));
    assert!(matches!(long.status, 0 | 431), "{}", long.head);
    assert_eq!(preview.raw("no HTTP at all\r\n\r\n").status, 400);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn slow_clients_keep_nobody_waiting() {
    let scratch = playbook("serve-slow");
    let preview = Preview::of(&scratch.join("playbook"), &[]);
    preview.page_with("index.html", |page| page.contains("Welcome"));
    let mut slow: Vec<TcpStream> = (0..400)
        .map(|_| {
            let mut stream = TcpStream::connect(&preview.host).expect("a connection");
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
            stream
        })
        .collect();
    let since = Instant::now();
    assert_eq!(preview.get("/").status, 200);
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    // All but the last 64 were sent away to make room.
    for stream in &mut slow[..330] {
        stream.set_read_timeout(Some(LONG)).expect("a time");
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        assert!(
            ended.is_ok() || ended.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
        );
    }
}

#[test]
fn a_save_shows_and_the_bytes_are_those_of_a_build() {
    let scratch = playbook("serve-saves");
    let folder = scratch.join("playbook");
    let preview = Preview::of(&folder, &["--edition", "staff"]);
    let save = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a save");
    preview.page_with("notes/first.html", |page| page.contains("One."));

    save("notes/first.md", "# First\n\nChanged.\n");
    preview.page_with("notes/first.html", |page| page.contains("Changed."));
    // As editors do it: beside, then renamed.
    save("notes/.first.md.tmp", "# First\n\nRenamed into place.\n");
    fs::rename(folder.join("notes/.first.md.tmp"), folder.join("notes/first.md")).expect("a rename");
    preview.page_with("notes/first.html", |page| page.contains("Renamed into place."));
    // New, in a folder that is new too.
    fs::create_dir(folder.join("more")).expect("a folder");
    save("more/third.md", "# Third\n\nThree.\n");
    preview.page_with("more/third.html", |page| page.contains("Three."));
    fs::rename(folder.join("more"), folder.join("less")).expect("a rename");
    preview.page_with("less/third.html", |page| page.contains("Three."));
    preview.page_with("more/third.html", |page| page.contains("no page at this address"));
    save("less/third.md", "# Third\n\nStill watched.\n");
    preview.page_with("less/third.html", |page| page.contains("Still watched."));
    // Settings, theme.
    save("playbook.yaml", "title: Another title\nlanguage: en\n");
    preview.page_with("less/third.html", |page| page.contains("Another title"));
    fs::create_dir_all(folder.join("theme")).expect("a folder");
    save("theme/style.css", "h1 { color: green; }");
    let page = preview.page_with("index.html", |page| page.contains("assets/custom."));
    assert!(preview.get("/files/leaf.svg").text().contains("<svg") || page.contains("leaf"), "{page}");
    // Many at once.
    for number in 0..60 {
        save(&format!("less/n{number}.md"), &format!("# Number {number}\n"));
    }
    preview.page_with("less/n59.html", |page| page.contains("Number 59"));
    fs::remove_dir_all(folder.join("less")).expect("a removal");
    preview.page_with("less/n59.html", |page| page.contains("no page at this address"));

    preview.told("index.html", is_calm);
    let built = scratch.join("built");
    build(&folder, &built, "staff").ended(0);
    for (path, bytes) in tree(&built).into_iter().filter(|(path, _)| path != ".portolan") {
        let served = preview.get(&format!("/{path}"));
        let same = if path.ends_with(".html") {
            without_script(&served.text()).into_bytes() == bytes
        } else {
            served.body == bytes
        };
        assert!(same, "{path} is not served as it is built");
    }
    // Nothing of the preview is on the disk.
    assert!(!folder.join("site").exists() && !folder.join("site-staff").exists());
}

#[test]
fn mistakes_are_told_over_the_last_good_page_until_they_are_mended() {
    let scratch = playbook("serve-mistakes");
    let folder = scratch.join("playbook");
    let name = "channels/<img src=x onerror=alert(1)>.md";
    let good = "---\ntitle: Good\nplatform: web\npurpose: Reach families\n---\nText.\n";
    scratch.write(&format!("playbook/{name}"), good);
    let preview = Preview::of(&folder, &["--edition", "staff"]);
    preview.page_with("index.html", |page| page.contains("Preview"));
    // A page that was never made cannot stay as it was.
    preview.page_with("notes/second.html", |page| page.contains("Two, see"));
    let calm = preview.told("index.html", |notice| !has_errors(notice));
    assert_eq!(calm["edition"], "staff edition");

    fs::write(folder.join(name), "---\ntitle: [Good\nplatform: web\npurpose: \"no end\n---\nText.\n")
        .expect("a save");
    let notice = preview.told("index.html", has_errors);
    let finding = &notice["findings"][0];
    let place = finding["place"].as_str().expect("a place");
    assert!(place.contains("onerror=alert(1)>.md:"), "{place}");
    assert!(finding["excerpt"]["line"].is_number() && finding["code"].is_string(), "{finding}");
    assert_eq!(preview.get("/").status, 200);
    fs::write(folder.join(name), good).expect("a save");
    preview.told("index.html", |notice| !has_errors(notice));

    // What would keep a build from being published keeps the last good site.
    scratch.write("playbook/accounts/a.md", "---\nhandle: \"@aliso\"\npassword: Olmo-1987!\n---\n");
    let told = preview.told("notes/first.html", |notice| !notice["stale"].is_null());
    assert!(told.to_string().contains("P106") && !told.to_string().contains("Olmo-1987"), "{told}");
    fs::write(folder.join("notes/second.md"), "# Second\n\nNot shown yet.\n").expect("a save");
    let page = preview.get("/notes/second.html").text();
    assert!(page.contains("Two, see"), "{page}");
    fs::remove_file(folder.join("accounts/a.md")).expect("a removal");
    preview.page_with("notes/second.html", |page| page.contains("Not shown yet."));
    fs::write(folder.join("notes/first.md"), "# First\n\nWell.\n").expect("a save");
    preview.page_with("notes/first.html", |page| page.contains("Well."));
    preview.told("notes/first.html", |notice| notice["stale"].is_null());
}

#[test]
fn a_playbook_with_nothing_in_it_waits_and_goes_on() {
    let scratch = Scratch::new("serve-nothing");
    let folder = scratch.join("playbook");
    fs::create_dir(&folder).expect("a folder");
    let preview = Preview::of(&folder, &[]);
    let notice = preview.told("index.html", |notice| !notice["stale"].is_null());
    assert_eq!(notice["findings"][0]["code"], "P006");
    let page = preview.get("/");
    assert_eq!(page.status, 503);
    assert!(page.text().contains("nothing to show yet") && page.text().contains("preview.js"));
    fs::write(folder.join("README.md"), "# Here\n\nNow there is something.\n").expect("a save");
    preview.page_with("index.html", |page| page.contains("Now there is something."));
    // The folder goes and comes back.
    let aside = scratch.join("aside");
    fs::rename(&folder, &aside).expect("a rename");
    preview.told("index.html", |notice| notice["stale"].as_str().is_some_and(|stale| stale.contains("gone")));
    assert!(preview.get("/").text().contains("Now there is something."));
    fs::write(aside.join("README.md"), "# Here\n\nBack again.\n").expect("a save");
    fs::rename(&aside, &folder).expect("a rename");
    preview.page_with("index.html", |page| page.contains("Back again."));
}

#[test]
fn where_the_system_does_not_tell_the_folder_is_looked_at() {
    let scratch = playbook("serve-poll");
    let folder = scratch.join("playbook");
    let preview = Preview::of(&folder, &["--poll"]);
    preview.page_with("notes/first.html", |page| page.contains("One."));
    fs::write(folder.join("notes/first.md"), "# First\n\nFound by looking.\n").expect("a save");
    preview.page_with("notes/first.html", |page| page.contains("Found by looking."));
}

#[cfg(unix)]
#[test]
fn the_end_is_clean_and_quick() {
    let scratch = playbook("serve-end");
    let mut preview = Preview::of(&scratch.join("playbook"), &[]);
    preview.page_with("index.html", |page| page.contains("Welcome"));
    // A browser that waits, and one that has not finished its request.
    let origin = format!("Origin: http://{}\r\n", preview.host);
    let head = format!("HTTP/1.1\r\nHost: {}\r\n{origin}\r\n", preview.host);
    let mut waiting = TcpStream::connect(&preview.host).expect("a connection");
    write!(waiting, "POST /_portolan/news?page=index.html&version=x&told=x {head}").expect("sent");
    let mut slow = TcpStream::connect(&preview.host).expect("a connection");
    write!(slow, "GET / HTTP/1.1\r\n").expect("sent");
    let id = preview.child.id().to_string();
    let since = Instant::now();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let status = preview.child.wait().expect("an end");
    assert_eq!(status.code(), Some(0));
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
}

#[test]
fn a_port_in_use_is_said_and_a_folder_that_is_not_there() {
    let scratch = playbook("serve-port");
    let preview = Preview::of(&scratch.join("playbook"), &[]);
    let port = preview.host.rsplit_once(':').expect("a port").1;
    let ran = run_in(scratch.path(), &["serve", "playbook", "--port", port, "--lang", "en"]).ended(2);
    assert!(ran.talk.contains(&format!("port {port} is in use")), "{}", ran.talk);
    let ran = run_in(scratch.path(), &["serve", "nowhere", "--lang", "es"]).ended(2);
    assert!(ran.talk.contains("no existe la carpeta `nowhere`"), "{}", ran.talk);
}
