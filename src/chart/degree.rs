//! Words of degree in two languages: low, medium, high and their like, so that a scale of words has an order.

use crate::text::fold;

/// The degrees from the least, with the words that mean them, folded.
const DEGREES: [&[&str]; 5] = [
    &[
        "very low",
        "very unlikely",
        "rare",
        "negligible",
        "muy bajo",
        "muy baja",
        "muy improbable",
        "raro",
        "rara",
        "insignificante",
        "casi nunca",
    ],
    &["low", "unlikely", "minor", "bajo", "baja", "improbable", "poco probable", "menor", "leve"],
    &["medium", "moderate", "possible", "medio", "media", "moderado", "moderada", "posible"],
    &["high", "likely", "major", "serious", "alto", "alta", "probable", "mayor", "grave"],
    &[
        "very high",
        "almost certain",
        "very likely",
        "severe",
        "critical",
        "muy alto",
        "muy alta",
        "casi seguro",
        "casi segura",
        "muy probable",
        "muy grave",
        "critico",
        "critica",
    ],
];

/// The degree that a word means, from 0 to 4.
pub(crate) fn degree(text: &str) -> Option<u8> {
    let folded = fold(text).replace('_', " ");
    let place = DEGREES.iter().position(|words| words.contains(&folded.as_str()))?;
    u8::try_from(place).ok()
}

/// The names from the least to the most, when all of them are whole numbers or all are words of degree.
pub(crate) fn ordered(names: &[String]) -> Option<Vec<String>> {
    let number = |name: &String| name.trim().parse::<i64>().ok();
    let key = |name: &String| number(name).or_else(|| degree(name).map(i64::from));
    let numbers = names.iter().filter(|name| number(name).is_some()).count();
    if names.is_empty()
        || (numbers != 0 && numbers != names.len())
        || names.iter().any(|name| key(name).is_none())
    {
        return None;
    }
    let mut ordered = names.to_vec();
    ordered.sort_by_key(|name| key(name));
    Some(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn scales_have_an_order() {
        assert_eq!(ordered(&names(&["Alta", "baja", "Media"])), Some(names(&["baja", "Media", "Alta"])));
        assert_eq!(ordered(&names(&["5", "1", "10"])), Some(names(&["1", "5", "10"])));
        assert_eq!(ordered(&names(&["Web", "Boletín"])), None);
        assert_eq!(ordered(&names(&["1", "alta"])), None);
        assert_eq!(ordered(&[]), None);
    }

    #[test]
    fn no_word_has_two_degrees() {
        let mut all: Vec<&str> = DEGREES.iter().flat_map(|words| words.iter().copied()).collect();
        assert!(all.iter().all(|word| fold(word).replace('_', " ") == *word));
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
