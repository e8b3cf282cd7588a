//! Values → five levels of one hue: nothing, and four that hold about as many values each.

use super::Figures;
use super::scale::Notation;
use crate::finding::Language;

/// Steps of colour above nothing.
const STEPS: usize = 4;

/// Which value has which level.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Levels {
    /// Whether zero is a level of its own, the palest: only among values that cannot be less.
    zero: bool,
    /// Level, least and greatest value in it, rising.
    steps: Vec<(u8, f64, f64)>,
}

impl Levels {
    /// The levels of these values. Zero stands for nothing as long as no value is below it.
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let zero = values.first().is_some_and(|least| *least >= 0.0);
        if zero {
            values.retain(|value| *value > 0.0);
        }
        let mut groups: Vec<(f64, f64)> = Vec::new();
        let mut distinct = values.clone();
        distinct.dedup();
        let few = distinct.len() <= STEPS;
        let source = if few { &distinct } else { &values };
        let count = if few { distinct.len() } else { STEPS };
        for step in 0..count {
            let bounds = step * source.len() / count..(step + 1) * source.len() / count;
            let Some(part) = source.get(bounds) else { continue };
            // Equal values share a level: those that the level below took are left to it.
            let from = groups.last().map_or(f64::NEG_INFINITY, |last| last.1);
            let mut own = part.iter().copied().filter(|value| *value > from);
            if let Some(low) = own.next() {
                groups.push((low, own.next_back().unwrap_or(low)));
            }
        }
        // With few levels the strongest stays the strongest and the others keep apart.
        let ranks: &[u8] = match groups.len() {
            0 | 1 => &[3],
            2 => &[2, 4],
            3 => &[2, 3, 4],
            _ => &[1, 2, 3, 4],
        };
        let steps = groups.iter().zip(ranks).map(|((low, high), rank)| (*rank, *low, *high)).collect();
        Self { zero, steps }
    }

    /// The level of a value: 0 is nothing, 4 the strongest.
    pub(crate) fn level(&self, value: f64) -> u8 {
        if self.zero && value <= 0.0 {
            return 0;
        }
        let found = self.steps.iter().find(|(_, _, high)| value <= *high).or(self.steps.last());
        found.map_or(0, |(level, ..)| *level)
    }

    fn below_zero(&self) -> bool {
        self.steps.first().is_some_and(|(_, low, _)| *low < 0.0)
    }

    /// Every level with its values in words, from the palest: `0`, `1`, `2–5`.
    pub(crate) fn key(&self, decimals: u8, unit: &str, words: &dyn Figures) -> Vec<(u8, String)> {
        let write = |value: f64| Notation::new(value, decimals, unit).write(value, words);
        let zero = self.zero.then(|| (0, write(0.0)));
        let steps = self.steps.iter().map(|(level, low, high)| {
            let (low, high) = (write(*low), write(*high));
            let text = match words.language() {
                _ if low == high => low,
                // A dash before a minus cannot be read.
                Language::English if self.below_zero() => format!("{low} to {high}"),
                Language::Spanish if self.below_zero() => format!("de {low} a {high}"),
                _ => format!("{low}–{high}"),
            };
            (*level, text)
        });
        zero.into_iter().chain(steps).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::Spanish;
    use super::*;

    fn key(values: &[f64]) -> Vec<(u8, String)> {
        Levels::of(values.iter().copied()).key(0, "", &Spanish)
    }

    fn texts(values: &[f64]) -> Vec<String> {
        key(values).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn few_values_have_a_level_each() {
        assert_eq!(key(&[0.0, 1.0, 3.0]), [(0, "0".into()), (2, "1".into()), (4, "3".into())]);
        assert_eq!(key(&[2.0, 2.0]), [(0, "0".into()), (3, "2".into())]);
        assert_eq!(key(&[]), []);
    }

    #[test]
    fn many_values_are_quarters() {
        assert_eq!(
            texts(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 40.0]),
            ["0", "1–2", "3–4", "5–6", "7–40"]
        );
        // One value that is most of them takes no second level.
        assert_eq!(texts(&[1., 1., 1., 1., 1., 1., 1., 2., 3., 4., 9.]), ["0", "1", "2", "3–9"]);
    }

    #[test]
    fn below_zero_nothing_is_no_level() {
        assert_eq!(texts(&[-5.0, 0.0, 5.0]), ["-5", "0", "5"]);
    }

    proptest! {
        #[test]
        fn levels_rise_with_values(values in prop::collection::vec(-50.0..500.0f64, 0..80), whole in any::<bool>()) {
            let values: Vec<f64> = values.into_iter().map(|value| if whole { value.round().abs() } else { value }).collect();
            let levels = Levels::of(values.iter().copied());
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let ranks: Vec<u8> = sorted.iter().map(|value| levels.level(*value)).collect();
            prop_assert!(ranks.is_sorted());
            prop_assert!(ranks.iter().all(|rank| *rank <= 4));
            // The key tells of every value the level that it has.
            for value in &values {
                let level = levels.level(*value);
                let known = if level == 0 { *value <= 0.0 } else {
                    levels.steps.iter().any(|(rank, low, high)| *rank == level && low <= value && value <= high)
                };
                prop_assert!(known, "{value} {level} {levels:?}");
            }
        }
    }
}
