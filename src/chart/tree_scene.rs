//! The scene of a small decision tree: from left to right, a column for every answer given, a question in the middle of what follows from it.

use super::scene::{Anchor, Corners, Frame, Ink, Plotted, Rule, Scene, Size};
use super::text::{width, wrap};
use super::tree::Branch;

/// Room between two columns, where the lines run, in px.
const BETWEEN: f64 = 26.0;

/// Room within a box, in px.
const PAD: f64 = 9.0;

/// Room between two boxes below each other, in px.
const BELOW: f64 = 10.0;

/// Height of a line of text, in px.
const LINE: f64 = 18.0;

/// Narrower boxes break every word.
const LEAST: f64 = 128.0;

/// Lines in a box.
const LINES: usize = 7;

struct Layout<'a> {
    scene: &'a mut Scene,
    column: f64,
    size: f64,
    outcomes: Vec<Corners>,
    boxes: Vec<(f64, f64, f64, f64)>,
}

/// The scene; `None` for a tree that is too deep, or whose texts do not fit into its boxes.
pub(crate) fn scene(tree: &Branch, size: Size, letters: f64) -> Option<Scene> {
    let columns = tree.depth() + 1;
    let column = (size.width - BETWEEN * (columns - 1) as f64) / columns as f64;
    if column < LEAST || !fits(tree, column, letters) {
        return None;
    }
    let mut scene = Scene::blank(size);
    let mut layout =
        Layout { scene: &mut scene, column, size: letters, outcomes: Vec::new(), boxes: Vec::new() };
    let (_, bottom) = layout.place(None, tree, 0.5, 1.0);
    let (outcomes, boxes) = (layout.outcomes, layout.boxes);
    scene.size.height = bottom - BELOW + 1.0;
    scene.frame = Frame::pixels(scene.size);
    scene.plotted.push(Plotted::Cells { corners: outcomes, ink: Ink::Level(0) });
    for (left, top, right, bottom) in boxes {
        let points = vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        scene.plotted.push(Plotted::Line { points, ink: Ink::Box });
    }
    Some(scene)
}

/// Whether no word is wider than the boxes and no text longer than they may be.
fn fits(tree: &Branch, column: f64, size: f64) -> bool {
    let room = column - 2.0 * PAD;
    let holds = |text: &str| {
        let words = text.split_whitespace().all(|word| width(word, size) * 1.06 <= room);
        words && wrap(text, size * 1.06, room, usize::MAX).len() < LINES
    };
    holds(&tree.text) && tree.answers.iter().all(|(answer, next)| holds(answer) && fits(next, column, size))
}

impl Layout<'_> {
    /// Places a branch from `top` down; gives the middle of its box and where it ends.
    fn place(&mut self, answer: Option<&str>, branch: &Branch, left: f64, top: f64) -> (f64, f64) {
        let room = self.column - 2.0 * PAD;
        let answer = answer.map(|answer| wrap(answer, self.size * 1.06, room, LINES)).unwrap_or_default();
        let text = wrap(&branch.text, self.size, room, LINES);
        let height = (answer.len() + text.len()) as f64 * LINE + 2.0 * PAD - 3.0;
        let right = left + self.column;
        let next = right + BETWEEN;
        let mut y = top;
        let mut middles: Vec<f64> = Vec::new();
        for (answer, below) in &branch.answers {
            let (middle, bottom) = self.place(Some(answer), below, next, y);
            middles.push(middle);
            y = bottom;
        }
        let (first, last) = (middles.first().copied(), middles.last().copied());
        let middle = match first.zip(last) {
            Some((first, last)) => ((first + last) / 2.0).max(top + height / 2.0),
            None => top + height / 2.0,
        };
        let box_top = middle - height / 2.0;
        let bottom = (box_top + height + BELOW).max(y);
        let mut baseline = box_top + PAD + 11.5;
        for (lines, ink) in [(answer, Ink::Strong), (text, Ink::Name)] {
            for line in lines {
                self.scene.text(left + PAD, baseline, Anchor::Start, line, ink);
                baseline += LINE;
            }
        }
        if branch.answers.is_empty() && !branch.again {
            self.outcomes.push(((left, box_top), (right, box_top + height)));
        } else {
            self.boxes.push((left, box_top, right - 0.5, box_top + height));
        }
        if let Some((first, last)) = first.zip(last) {
            let turn = right + BETWEEN / 2.0;
            let mut rule =
                |from: (f64, f64), to: (f64, f64)| self.scene.under.push(Rule { from, to, ink: Ink::Axis });
            rule((right, middle), (turn, middle));
            rule((turn, first.min(middle)), (turn, last.max(middle)));
            for middle in middles {
                rule((turn, middle), (next, middle));
            }
        }
        (middle, bottom)
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::{LABEL, WIDE};
    use super::*;

    fn tree(answers: usize, depth: usize, text: &str) -> Branch {
        let answers = match depth {
            0 => Vec::new(),
            _ => {
                (0..answers).map(|answer| (format!("No {answer}"), tree(answers, depth - 1, text))).collect()
            }
        };
        Branch { text: text.to_owned(), answers, again: false }
    }

    #[test]
    fn texts_lie_in_their_boxes_and_off_each_other() {
        let long = "¿Hay personas identificables en la imagen o en el texto?";
        for tree in [tree(2, 2, long), tree(3, 1, "Sí"), tree(1, 3, long), tree(11, 1, long)] {
            let scene = scene(&tree, WIDE, LABEL).expect("room");
            for (index, text) in scene.texts.iter().enumerate() {
                let area = text.area();
                assert!(area.right <= scene.size.width && area.bottom <= scene.size.height, "{text:?}");
                assert!(scene.texts[index + 1..].iter().all(|other| !area.meets(&other.area())), "{text:?}");
                // Lines between boxes run through no text.
                assert!(!scene.under.iter().any(|rule| area.crossed(rule.from, rule.to)), "{text:?}");
            }
        }
    }

    #[test]
    fn what_has_no_room_is_no_drawing() {
        assert_eq!(scene(&tree(1, 4, "Sí"), WIDE, LABEL), None);
        assert_eq!(scene(&tree(1, 3, "Desproporcionadísimamente"), WIDE, LABEL), None);
        assert_eq!(scene(&tree(1, 1, &"muchas palabras ".repeat(30)), WIDE, LABEL), None);
    }
}
