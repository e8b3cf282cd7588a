//! A playbook on disk.

/// A folder.
pub struct DiskWorld;
