//! A playbook in memory.

/// Files in memory.
pub struct MemoryWorld;
