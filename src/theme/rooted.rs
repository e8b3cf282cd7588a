//! A page that a host shows at any depth: for an address that does not exist. What it loads and links to must not depend on where it seems to stand.

/// Attributes that hold an address.
const ADDRESSES: [&str; 3] = [" href=\"", " src=\"", " data-root=\""];

/// The page with the root (`/`, `/guide/`) in front of every address that is relative to its own place at the root of the site.
pub fn rooted(html: &str, root: &str) -> String {
    let mut rooted = String::with_capacity(html.len() + 64 * root.len());
    let mut rest = html;
    loop {
        let next = ADDRESSES.iter().filter_map(|name| Some((rest.find(name)?, name.len()))).min();
        let Some((at, length)) = next else { break };
        let (before, after) = rest.split_at(at + length);
        rooted.push_str(before);
        if is_relative(after) {
            rooted.push_str(root);
        }
        rest = after;
    }
    rooted.push_str(rest);
    rooted
}

/// Whether an address begins here that is neither a fragment nor rooted nor that of another place.
fn is_relative(text: &str) -> bool {
    let address = text.split('"').next().unwrap_or_default();
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    !(address.starts_with(['#', '/']) || first.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_addresses_are_rooted() {
        let page = r##"<a href="index.html">a</a><a href="#_content">b</a><img src="assets/a.png"><a href="https://example.org/">c</a><a href="mailto:a@example.org">d</a><a href="/x">e</a><div data-root=""></div> href="##;
        let expected = r##"<a href="/guide/index.html">a</a><a href="#_content">b</a><img src="/guide/assets/a.png"><a href="https://example.org/">c</a><a href="mailto:a@example.org">d</a><a href="/x">e</a><div data-root="/guide/"></div> href="##;
        assert_eq!(rooted(page, "/guide/"), expected);
    }
}
