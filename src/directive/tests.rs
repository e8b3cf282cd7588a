//! Blocks of small playbooks.
