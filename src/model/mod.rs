//! Floor 4: kinds, fields, values, entities, the playbook.
