//! The files that all pages load: style sheets and scripts, each with a hash of its bytes in the name.

/// A file of the site that no page plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path below the site's root: `assets/portolan.0123456789.css`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// Names a file by its content, so that a browser may keep it for ever.
    pub(super) fn hashed(stem: &str, extension: &str, text: String) -> Self {
        let hash = blake3::hash(text.as_bytes()).to_hex();
        let short = hash.as_str().get(..10).unwrap_or_default();
        Self { path: format!("assets/{stem}.{short}.{extension}"), bytes: text.into_bytes() }
    }
}
