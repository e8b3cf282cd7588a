//! The nearest known name to one that is not known: "did you mean …?".

use super::fold;

/// From how many characters on the beginning of a name stands for all of it.
const SHORTEST_BEGINNING: usize = 4;

/// The candidate that differs least from `name` (accents and case do not count), when it is near enough to be meant; the first of equals.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = fold(name);
    let length = name.chars().count();
    let allowed = (length / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        // Who wrote the beginning of a name means it: `warn` is `warning`.
        let begins = length >= SHORTEST_BEGINNING && folded.starts_with(&name);
        // A cheap bound first: a playbook may have thousands of names.
        if !begins && folded.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&name, &folded);
        let distance = if begins { distance.min(allowed) } else { distance };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_and_far() {
        assert_eq!(nearest("familes", ["jovenes", "familias", "families"]), Some("families"));
        assert_eq!(nearest("público", ["publico"]), Some("publico"));
        assert_eq!(nearest("xyz", ["objective"]), None);
        // The beginning of a word, unless another is nearer.
        assert_eq!(nearest("warn", ["note", "warning"]), Some("warning"));
        assert_eq!(nearest("staf", ["staff", "staffette"]), Some("staff"));
        assert_eq!(nearest("not", ["notebook"]), None);
    }
}
