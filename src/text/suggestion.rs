//! The nearest known name to one that is not known: "did you mean …?".

use super::fold;

/// The candidate that differs least from `name` (accents and case do not count), when it is near enough to be meant; the first of equals.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = fold(name);
    let length = name.chars().count();
    let allowed = (length / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        // A cheap bound first: a playbook may have thousands of names.
        if folded.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&name, &folded);
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
    }
}
