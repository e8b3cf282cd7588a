//! The files that all pages load: style sheets and scripts, each with a hash of its bytes in the name.

/// A few digits that stand for some bytes.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().as_str().get(..10).unwrap_or_default().to_owned()
}

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
        Self::of_bytes(stem, extension, text.into_bytes())
    }

    /// The same for what is no text.
    pub(super) fn of_bytes(stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        Self { path: format!("assets/{stem}.{}.{extension}", fingerprint(&bytes)), bytes }
    }
}
