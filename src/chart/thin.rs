//! Fewer points than pixels, the same line: largest triangles, with the extremes kept.

/// At most about `count` points: first, last, least and greatest stay, and of the others those that shape the line most.
pub(crate) fn thinned(points: &[(f64, f64)], count: usize) -> Vec<(f64, f64)> {
    let count = count.max(4);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    if points.len() <= count {
        return points.to_vec();
    }
    let inner = points.get(1..points.len() - 1).unwrap_or_default();
    let buckets = count - 2;
    let bounds = |bucket: usize| bucket * inner.len() / buckets..(bucket + 1) * inner.len() / buckets;
    let extremes = extremes(points);
    let mut kept = vec![*first];
    let mut previous = *first;
    for bucket in 0..buckets {
        let here = inner.get(bounds(bucket)).unwrap_or_default();
        let next = inner.get(bounds(bucket + 1)).filter(|next| !next.is_empty());
        let ahead = next.map_or(*last, centre);
        let mut chosen: Option<(f64, (f64, f64))> = None;
        for point in here {
            let area = ((previous.0 - ahead.0) * (point.1 - previous.1)
                - (previous.0 - point.0) * (ahead.1 - previous.1))
                .abs();
            if chosen.is_none_or(|(greatest, _)| area > greatest) {
                chosen = Some((area, *point));
            }
        }
        let Some((_, chosen)) = chosen else { continue };
        // The extremes of the whole line stay beside the point that was chosen.
        let start = kept.len();
        kept.extend(extremes.iter().filter(|extreme| here.contains(extreme) && **extreme != chosen));
        kept.push(chosen);
        if let Some(these) = kept.get_mut(start..) {
            these.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        previous = kept.last().copied().unwrap_or(chosen);
    }
    kept.push(*last);
    kept
}

fn centre(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    (sum.0 / count, sum.1 / count)
}

fn extremes(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let least = points.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a });
    let greatest = points.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let mut extremes: Vec<(f64, f64)> = least.into_iter().chain(greatest).collect();
    extremes.dedup();
    extremes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn extremes_and_ends_stay(values in prop::collection::vec(-1e6..1e6f64, 2..400), count in 4usize..60) {
            let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect();
            let kept = thinned(&points, count);
            prop_assert!(kept.len() <= count + 2 || kept.len() == points.len());
            prop_assert_eq!(kept.first(), points.first());
            prop_assert_eq!(kept.last(), points.last());
            let greatest = |points: &[(f64, f64)]| points.iter().map(|point| point.1).fold(f64::MIN, f64::max);
            prop_assert_eq!(greatest(&kept), greatest(&points));
            prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
