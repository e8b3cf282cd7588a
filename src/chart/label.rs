//! Where labels go: pushed apart at the end of lines, in rows above the plot, beside a line that must not be covered.

use super::scene::{Anchor, Area, Ink, Rule, Scene, Swatch, TICK, Text};
use super::text::{cut, width};

/// Centres near the wanted ones, in the same order as given, so that labels of these heights do not overlap and stay between `low` and `high`.
pub(crate) fn pushed_apart(wanted: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let at = |index: usize| wanted.get(index).copied().unwrap_or_default();
    order.sort_by(|a, b| at(*a).0.total_cmp(&at(*b).0).then(a.cmp(b)));
    // Neighbours that would overlap become a block, centred on the mean of what its members want.
    struct Block {
        members: Vec<usize>,
        height: f64,
        wanted: f64,
    }
    let top_of = |block: &Block| {
        let centre = block.wanted / block.members.len() as f64;
        (centre - block.height / 2.0).min(high - block.height).max(low)
    };
    let mut blocks: Vec<Block> = Vec::new();
    for index in order {
        let (centre, height) = at(index);
        let mut block = Block { members: vec![index], height, wanted: centre };
        while let Some(above) = blocks.pop() {
            if top_of(&above) + above.height <= top_of(&block) {
                blocks.push(above);
                break;
            }
            let mut members = above.members;
            members.extend(block.members);
            block =
                Block { members, height: above.height + block.height, wanted: above.wanted + block.wanted };
        }
        blocks.push(block);
    }
    let mut centres = vec![0.0; wanted.len()];
    for block in &blocks {
        let mut top = top_of(block);
        for index in &block.members {
            let height = at(*index).1;
            if let Some(centre) = centres.get_mut(*index) {
                *centre = top + height / 2.0;
            }
            top += height;
        }
    }
    centres
}

/// Height of a row of event labels.
pub(crate) const EVENT_ROW: f64 = 18.0;

/// An event label in its row: row 0 is next to the plot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EventPlace {
    pub x: f64,
    pub row: usize,
    pub anchor: Anchor,
    pub text: String,
}

/// Labels for events at these places, in at most `rows` rows within `left..right`. No label lies on another, and no event's line runs through a label.
/// `None` when they do not fit.
pub(crate) fn event_rows(
    events: &[(f64, String)],
    left: f64,
    right: f64,
    rows: usize,
) -> Option<Vec<EventPlace>> {
    let mut places = Vec::new();
    let mut steps = 2_000;
    place_events(events, (left, right), rows, &mut places, &mut steps).then_some(places)
}

/// Places the events one after the other and takes a place back when a later event finds none; gives up after `steps` trials.
fn place_events(
    events: &[(f64, String)],
    bounds: (f64, f64),
    rows: usize,
    places: &mut Vec<EventPlace>,
    steps: &mut usize,
) -> bool {
    let Some((x, text)) = events.get(places.len()) else { return true };
    for row in 0..rows {
        for anchor in [Anchor::Start, Anchor::End] {
            let Some(left) = steps.checked_sub(1) else { return false };
            *steps = left;
            let place = EventPlace { x: *x, row, anchor, text: text.clone() };
            let area = area(&place);
            let within = area.left >= bounds.0 && area.right <= bounds.1;
            if within && places.iter().all(|other| clear(&place, other)) {
                places.push(place);
                if place_events(events, bounds, rows, places, steps) {
                    return true;
                }
                places.pop();
            }
        }
    }
    false
}

/// Neither label lies on the other, and neither line on its way down runs through the other label.
fn clear(a: &EventPlace, b: &EventPlace) -> bool {
    let apart = a.row != b.row || !area(a).meets(&area(b));
    let through = |line: &EventPlace, label: &EventPlace| {
        let area = area(label);
        line.row > label.row && (area.left - 3.0..area.right + 3.0).contains(&line.x)
    };
    let on_line = |line: &EventPlace, label: &EventPlace| {
        let area = area(label);
        line.row == label.row && line.x > area.left + 1.0 && line.x < area.right - 1.0
    };
    apart && !through(a, b) && !through(b, a) && !on_line(a, b) && !on_line(b, a)
}

fn area(place: &EventPlace) -> Area {
    let gap = match place.anchor {
        Anchor::Start => 4.0,
        Anchor::Middle => 0.0,
        Anchor::End => -4.0,
    };
    let text = Text {
        x: place.x + gap,
        y: 0.0,
        anchor: place.anchor,
        text: place.text.clone(),
        ink: Ink::EventLabel,
    };
    let area = text.area();
    Area { left: area.left - 3.0, right: area.right + 3.0, ..area }
}

/// The first of the candidate places for a text that lies within `bounds` and touches none of the lines and areas.
pub(crate) fn beside(
    candidates: Vec<Text>,
    bounds: &Area,
    lines: &[Vec<(f64, f64)>],
    areas: &[Area],
) -> Option<Text> {
    candidates.into_iter().find(|text| {
        let area = text.area();
        let padded = Area {
            left: area.left - 2.0,
            top: area.top - 1.0,
            right: area.right + 2.0,
            bottom: area.bottom + 1.0,
        };
        let within = area.left >= bounds.left
            && area.right <= bounds.right
            && area.top >= bounds.top
            && area.bottom <= bounds.bottom;
        let mut pieces = lines.iter().flat_map(|line| line.iter().zip(line.iter().skip(1)));
        within
            && !areas.iter().any(|other| padded.meets(other))
            && !pieces.any(|(from, to)| padded.crossed(*from, *to))
    })
}

/// Room above a drawing for a target that found no place beside its line.
pub(crate) const KEY_ROW: f64 = 22.0;

/// The dashed line of a target with its name, above the drawing.
pub(crate) fn target_key(scene: &mut Scene, label: String) {
    scene.over.push(Rule { from: (0.0, 8.0), to: (26.0, 8.0), ink: Ink::Target });
    scene.text(32.0, 12.5, Anchor::Start, label, Ink::TargetLabel);
}

/// Squares with what they mean, in a row above the drawing. Gives where they end.
pub(crate) fn level_key(scene: &mut Scene, key: &[(Ink, String)]) -> f64 {
    let (mut x, mut baseline) = (0.0, 13.0);
    for (ink, text) in key {
        let text = cut(text, TICK, scene.size.width - 18.0);
        let taken = 18.0 + width(&text, TICK);
        if x > 0.0 && x + taken > scene.size.width {
            x = 0.0;
            baseline += 20.0;
        }
        scene.swatches.push(Swatch { left: x, top: baseline - 11.0, side: 12.0, ink: *ink });
        scene.text(x + 18.0, baseline, Anchor::Start, text, Ink::Tick);
        x += taken + 14.0;
    }
    baseline + 9.0
}

/// Height of a line of labels.
pub(crate) const LINE: f64 = TICK + 4.0;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn crowded_ends_move_apart_around_their_middle() {
        let centres = pushed_apart(&[(100.0, 16.0), (101.0, 16.0), (99.0, 16.0)], 0.0, 200.0);
        assert_eq!(centres, [100.0, 116.0, 84.0]);
    }

    #[test]
    fn rows_for_near_events() {
        let events = [(140.0, "Campaña de otoño".to_owned()), (150.0, "Crisis".to_owned())];
        let places = event_rows(&events, 0.0, 400.0, 2).expect("room");
        // The label of the first lies left of its line, so that the line of the second is free.
        assert_eq!((places[0].anchor, places[1].anchor), (Anchor::End, Anchor::Start));
        assert_eq!(event_rows(&events, 135.0, 170.0, 2), None);
    }

    proptest! {
        #[test]
        fn never_overlap(wanted in prop::collection::vec(-50.0..250.0f64, 0..5)) {
            let labels: Vec<(f64, f64)> = wanted.iter().map(|centre| (*centre, 32.0)).collect();
            let mut centres = pushed_apart(&labels, 0.0, 200.0);
            centres.sort_by(f64::total_cmp);
            prop_assert!(centres.windows(2).all(|pair| pair[1] - pair[0] >= 31.999));
            prop_assert!(centres.iter().all(|centre| (15.99..=184.01).contains(centre)));
        }

        #[test]
        fn event_labels_are_clear(xs in prop::collection::vec(40.0..560.0f64, 1..6)) {
            let mut xs = xs;
            xs.sort_by(f64::total_cmp);
            let events: Vec<(f64, String)> = xs.iter().map(|x| (*x, "Campaña".to_owned())).collect();
            if let Some(places) = event_rows(&events, 0.0, 600.0, 3) {
                for (index, a) in places.iter().enumerate() {
                    for b in &places[index + 1..] {
                        prop_assert!(a.row != b.row || !area(a).meets(&area(b)));
                    }
                }
            }
        }
    }
}
