//! What common hosts read: the headers that a page cannot set itself, and former addresses. Written for the hosts that the settings name, and for no other.

use std::fmt::Write;

use super::{Redirect, encoded};
use crate::site::Planner;

/// Files whose names change with their content.
const LASTING: &str = "public, max-age=31536000, immutable";
const FRESH: &str = "public, max-age=0, must-revalidate";
/// Folders of such files.
const HASHED: [&str; 2] = ["assets", "cards"];

/// The files of the hosts, by path.
pub(super) fn files(
    planner: &Planner<'_>,
    redirects: &[Redirect],
    policy: &str,
) -> Vec<(&'static str, String)> {
    let base = planner.base().map(|base| base.path).unwrap_or_default();
    let headers = headers(policy, planner.is_public());
    let mut files = Vec::new();
    let hosts = planner.chosen("host");
    let names = |name: &str| hosts.contains(&name);
    if names("netlify") || names("cloudflare") {
        files.push(("_headers", headers_file(&base, &headers)));
    }
    // Netlify shows a page that exists unless it is forced not to; Cloudflare and GitLab know no such mark.
    let force = if names("netlify") && !names("cloudflare") && !names("gitlab") { "!" } else { "" };
    if names("netlify") || names("cloudflare") || names("gitlab") {
        files.push(("_redirects", redirects_file(&base, redirects, force)));
    }
    if names("github") {
        files.push((".nojekyll", String::new()));
    }
    if names("vercel") {
        files.push(("vercel.json", vercel(&base, &headers, redirects)));
    }
    if names("apache") {
        files.push((".htaccess", apache(&base, &headers, redirects)));
    }
    if names("nginx") {
        files.push(("nginx.conf", nginx(&base, &headers, redirects)));
    }
    files
}

/// The headers of every answer.
fn headers(policy: &str, is_public: bool) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("Content-Security-Policy", format!("{policy}; frame-ancestors 'none'")),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", "DENY".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned()),
    ];
    if is_public {
        headers.push(("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()));
    } else {
        headers.push(("Referrer-Policy", "no-referrer".to_owned()));
        headers.push(("X-Robots-Tag", "noindex".to_owned()));
    }
    headers
}

fn headers_file(base: &str, headers: &[(&str, String)]) -> String {
    let mut text = format!("{base}/*\n");
    for (name, value) in headers {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for folder in HASHED {
        let _ = write!(text, "{base}/{folder}/*\n  Cache-Control: {LASTING}\n");
    }
    text
}

/// A path of the site as an address of its host.
fn address(base: &str, path: &str) -> String {
    format!("{base}/{}", encoded(path))
}

fn redirects_file(base: &str, redirects: &[Redirect], force: &str) -> String {
    let mut text = String::new();
    for Redirect { from, to, .. } in redirects {
        let (from, to) = (address(base, from.as_str()), address(base, to.as_str()));
        let _ = writeln!(text, "{from} {to} 301{force}");
        // Both hosts show `a.html` as `a` too.
        if let Some(bare) = from.strip_suffix(".html") {
            let bare =
                bare.strip_suffix("/index").map_or_else(|| bare.to_owned(), |folder| format!("{folder}/"));
            let _ = writeln!(text, "{bare} {to} 301{force}");
        }
    }
    text
}

fn vercel(base: &str, headers: &[(&str, String)], redirects: &[Redirect]) -> String {
    let header = |(name, value): &(&str, String)| serde_json::json!({ "key": name, "value": value });
    let mut rules = vec![serde_json::json!({
        "source": format!("{base}/(.*)"),
        "headers": headers.iter().map(header).collect::<Vec<_>>(),
    })];
    for folder in HASHED {
        rules.push(serde_json::json!({
            "source": format!("{base}/{folder}/(.*)"),
            "headers": [{ "key": "Cache-Control", "value": LASTING }],
        }));
    }
    let redirect = |Redirect { from, to, .. }: &Redirect| {
        serde_json::json!({
            "source": address(base, from.as_str()),
            "destination": address(base, to.as_str()),
            "statusCode": 301,
        })
    };
    let whole = serde_json::json!({
        "trailingSlash": false,
        "headers": rules,
        "redirects": redirects.iter().map(redirect).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn apache(base: &str, headers: &[(&str, String)], redirects: &[Redirect]) -> String {
    let mut text = String::from("Options -Indexes\nDirectoryIndex index.html\nAddDefaultCharset utf-8\n");
    let _ = writeln!(text, "ErrorDocument 404 {base}/404.html");
    text.push_str(
        "AddType application/atom+xml .xml\nAddType text/calendar .ics\nAddType text/markdown .md\n",
    );
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in headers {
        let _ = writeln!(text, "Header always set {name} \"{value}\"");
    }
    let _ = writeln!(text, "Header set Cache-Control \"{FRESH}\"");
    let folders = HASHED.join("|");
    let _ = writeln!(
        text,
        "<If \"%{{REQUEST_URI}} =~ m#/({folders})/#\">\nHeader set Cache-Control \"{LASTING}\"\n</If>"
    );
    text.push_str("</IfModule>\n");
    for Redirect { from, to, .. } in redirects {
        // Of a plain path all below it would be meant as well.
        let from = regular(&format!("{base}/{}", from.as_str()));
        let _ = writeln!(text, "RedirectMatch 301 \"^{from}$\" \"{}\"", address(base, to.as_str()));
    }
    text.push_str("<Files \".portolan\">\nRequire all denied\n</Files>\n");
    text
}

/// A path as a regular expression that means nothing else.
fn regular(path: &str) -> String {
    path.replace('.', "\\.")
}

fn nginx(base: &str, headers: &[(&str, String)], redirects: &[Redirect]) -> String {
    let mut text = String::from(
        "# Inside of `server { … }`: include this file. `root` is the folder above the path of the site.\n",
    );
    let sent = |text: &mut String, indent: &str| {
        for (name, value) in headers {
            let _ = writeln!(text, "{indent}add_header {name} \"{value}\" always;");
        }
    };
    let _ = write!(text, "index index.html;\ncharset utf-8;\nerror_page 404 {base}/404.html;\n");
    sent(&mut text, "");
    let _ = writeln!(text, "add_header Cache-Control \"{FRESH}\";");
    for folder in HASHED {
        // A block with headers of its own inherits none.
        let _ = writeln!(text, "location {base}/{folder}/ {{");
        sent(&mut text, "    ");
        let _ = write!(text, "    add_header Cache-Control \"{LASTING}\";\n}}\n");
    }
    for file in [".portolan", "nginx.conf"] {
        let _ = writeln!(text, "location = {base}/{file} {{ return 404; }}");
    }
    for Redirect { from, to, .. } in redirects {
        let to = address(base, to.as_str());
        let _ = writeln!(text, "location = {base}/{} {{ return 301 {to}; }}", from.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::PagePath;

    fn moved() -> Vec<Redirect> {
        [("canales/twitter.html", "canales/x.html"), ("old/index.html", "ñ.html")]
            .map(|(from, to)| Redirect {
                from: PagePath::new(from),
                to: PagePath::new(to),
                title: String::new(),
                name: String::new(),
            })
            .to_vec()
    }

    #[test]
    fn redirects_of_hosts() {
        assert_eq!(
            redirects_file("/guide", &moved(), "!"),
            "/guide/canales/twitter.html /guide/canales/x.html 301!\n\
             /guide/canales/twitter /guide/canales/x.html 301!\n\
             /guide/old/index.html /guide/%C3%B1.html 301!\n\
             /guide/old/ /guide/%C3%B1.html 301!\n"
        );
        let apache = apache("", &[], &moved());
        assert!(
            apache.contains("RedirectMatch 301 \"^/canales/twitter\\.html$\" \"/canales/x.html\"\n"),
            "{apache}"
        );
        let nginx = nginx("", &[], &moved());
        assert!(nginx.contains("location = /old/index.html { return 301 /%C3%B1.html; }\n"), "{nginx}");
    }

    #[test]
    fn other_editions_are_listed_nowhere_and_tell_no_referrer() {
        let text = headers_file("", &headers("default-src 'none'", false));
        assert!(text.contains("X-Robots-Tag: noindex") && text.contains("Referrer-Policy: no-referrer"));
        assert!(text.contains("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n"));
        assert!(!headers_file("", &headers("", true)).contains("noindex"));
    }
}
