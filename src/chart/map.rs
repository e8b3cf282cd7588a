//! Where the boxes of a strategy map stand: columns side by side, the fullest tells the height, and what is above stands beside what hangs on it.

use super::text::{cut, wrap};

/// Font sizes of names and of what is said below them, in px.
const NAME: f64 = 13.0;
const NOTE: f64 = 12.0;
/// So much wider than regular letters are bold ones, in the widest of common fonts.
const BOLD: f64 = 1.16;
/// From line to line.
const LINE: i32 = 17;
/// Around the text of a box.
const PAD: i32 = 9;
/// At least so much between two boxes.
const GAP: i32 = 10;
/// Above the boxes, for the heading of the column.
const TOP: i32 = 28;
/// From an objective to one that contributes to it.
const INDENT: i32 = 22;
/// Deeper ones are drawn as if they stood here.
const DEEPEST: usize = 3;
/// Between two columns.
const BETWEEN: i32 = 116;

/// What a box says, and where it belongs.
#[derive(Clone, Debug, Default)]
pub struct Label {
    /// Name; four lines of it are shown.
    pub name: String,
    /// What is said below; one line of it is shown.
    pub note: String,
    /// How deep it hangs in its own column.
    pub depth: usize,
    /// Whether a heading stands above it: it is the first of its group.
    pub heads: bool,
    /// The boxes of the next column beside which it should stand, by their numbers.
    pub beside: Vec<usize>,
}

/// A box with its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Lines of the name, each on its base line.
    pub name: Vec<(i32, String)>,
    /// What is said below.
    pub note: Option<(i32, String)>,
}

/// A drawn map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes, column by column.
    pub columns: Vec<Vec<Block>>,
    /// Where each column begins.
    pub lefts: Vec<i32>,
    /// Size of the whole.
    pub size: (i32, i32),
}

/// Lays out columns of these widths.
pub fn lay_out(columns: &[(i32, Vec<Label>)]) -> Layout {
    let mut layout = Layout::default();
    let mut left = 1;
    for (width, labels) in columns {
        layout.lefts.push(left);
        layout.columns.push(labels.iter().map(|label| block(label, left, *width)).collect());
        left += width + BETWEEN;
    }
    let leads = |labels: &[Label]| -> Vec<i32> {
        let lead = |(at, label): (usize, &Label)| if label.heads && at > 0 { TOP } else { 0 };
        labels.iter().enumerate().map(lead).collect()
    };
    let filled = |blocks: &[Block], leads: &[i32]| -> i32 {
        let gaps = GAP * i32::try_from(blocks.len().saturating_sub(1)).unwrap_or(0);
        blocks.iter().map(|block| block.height).sum::<i32>() + leads.iter().sum::<i32>() + gaps
    };
    let room =
        columns.iter().zip(&layout.columns).map(|((_, labels), blocks)| filled(blocks, &leads(labels)));
    let room = room.max().unwrap_or(0);
    for (at, (_, labels)) in columns.iter().enumerate().rev() {
        let leads = leads(labels);
        let next: Vec<i32> = layout.columns.get(at + 1).into_iter().flatten().map(Block::middle).collect();
        let Some(blocks) = layout.columns.get_mut(at) else { continue };
        let slack = room - filled(blocks, &leads);
        let count = i32::try_from(blocks.len()).unwrap_or(i32::MAX).max(1);
        let mut free = TOP;
        for (number, (block, lead)) in blocks.iter_mut().zip(&leads).enumerate() {
            let nth = i32::try_from(number).unwrap_or(0);
            free += lead;
            block.y = free + slack * (2 * nth + 1) / (2 * count);
            free += block.height + GAP;
        }
        draw_near(blocks, labels, &next);
        settle(blocks, &leads, TOP + room);
    }
    for block in layout.columns.iter_mut().flatten() {
        block.set_words();
    }
    layout.size = (left - BETWEEN + 1, TOP + room + 1);
    layout
}

/// The box of a label, at the top of its column.
fn block(label: &Label, left: i32, width: i32) -> Block {
    let indent = INDENT * i32::try_from(label.depth.min(DEEPEST)).unwrap_or(0);
    let width = width - indent;
    let inner = f64::from(width - 2 * PAD - 4);
    let name: Vec<(i32, String)> =
        wrap(&label.name, NAME, inner / BOLD, 4).into_iter().map(|line| (0, line)).collect();
    let note = (!label.note.is_empty()).then(|| (0, cut(&label.note, NOTE, inner)));
    let lines = i32::try_from(name.len() + usize::from(note.is_some())).unwrap_or(3).max(1);
    Block { x: left + indent, y: TOP, width, height: 2 * PAD + LINE * lines - 3, name, note }
}

/// Moves boxes beside the middle of what they belong to.
fn draw_near(blocks: &mut [Block], labels: &[Label], next: &[i32]) {
    for (block, label) in blocks.iter_mut().zip(labels) {
        let middles: Vec<i32> = label.beside.iter().filter_map(|at| next.get(*at)).copied().collect();
        if let Ok(count) = i32::try_from(middles.len())
            && count > 0
        {
            block.y = middles.iter().sum::<i32>() / count - block.height / 2;
        }
    }
}

/// Pushes boxes apart, down first and then back up from the bottom: their order stays, and there is room for all.
fn settle(blocks: &mut [Block], leads: &[i32], bottom: i32) {
    let mut free = TOP;
    for (block, lead) in blocks.iter_mut().zip(leads) {
        block.y = block.y.max(free + lead);
        free = block.y + block.height + GAP;
    }
    let mut floor = bottom;
    for (block, lead) in blocks.iter_mut().zip(leads).rev() {
        block.y = block.y.min(floor - block.height);
        floor = block.y - lead - GAP;
    }
}

impl Block {
    /// Height of its middle.
    pub fn middle(&self) -> i32 {
        self.y + self.height / 2
    }

    /// Right edge.
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// Left edge of its words.
    pub fn text_left(&self) -> i32 {
        self.x + PAD + 4
    }

    fn set_words(&mut self) {
        let mut base = self.y + PAD + LINE - 5;
        for (at, _) in self.name.iter_mut().chain(&mut self.note) {
            *at = base;
            base += LINE;
        }
    }

    /// A curve from its right edge to the left edge of another.
    pub fn curve_to(&self, other: &Block) -> String {
        let (x, y, to_x, to_y) = (self.right(), self.middle(), other.x, other.middle());
        let half = x + (to_x - x) / 2;
        format!("M{x} {y}C{half} {y} {half} {to_y} {to_x} {to_y}")
    }

    /// An elbow from its lower edge to one that hangs on it in the same column; none where that is drawn no deeper.
    pub fn elbow_to(&self, other: &Block) -> Option<String> {
        let (x, y) = (self.x + INDENT / 2, self.y + self.height);
        (other.x > x && other.y >= y).then(|| format!("M{x} {y}V{}H{}", other.middle(), other.x))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::text::{bold_width, width};
    use super::*;

    fn label() -> impl Strategy<Value = Label> {
        let words = "[A-Za-zñáW ]{0,60}";
        (words, "[a-z0-9 ]{0,40}", 0usize..6, any::<bool>(), prop::collection::vec(0usize..30, 0..4))
            .prop_map(|(name, note, depth, heads, beside)| Label { name, note, depth, heads, beside })
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_no_word_leaves_its_box(
            columns in prop::collection::vec((190i32..280, prop::collection::vec(label(), 0..30)), 1..4)
        ) {
            let layout = lay_out(&columns);
            let (width_of_all, height_of_all) = layout.size;
            let mut left = 0;
            for ((width_of, labels), blocks) in columns.iter().zip(&layout.columns) {
                let mut free = TOP;
                for (block, label) in blocks.iter().zip(labels) {
                    let lead = if label.heads && free > TOP { TOP - GAP } else { 0 };
                    prop_assert!(block.y >= free + lead, "{block:?} begins above {free}");
                    free = block.y + block.height + GAP;
                    prop_assert!(block.x > left && block.right() < width_of_all);
                    prop_assert!(block.y + block.height < height_of_all);
                    for (y, line) in &block.name {
                        prop_assert!(f64::from(block.text_left()) + bold_width(line, NAME) <= f64::from(block.right()));
                        prop_assert!(*y > block.y && *y < block.y + block.height);
                    }
                    if let Some((y, line)) = &block.note {
                        prop_assert!(f64::from(block.text_left()) + width(line, NOTE) <= f64::from(block.right()));
                        prop_assert!(*y < block.y + block.height);
                    }
                }
                left += width_of;
            }
        }
    }

    #[test]
    fn a_goal_stands_beside_the_middle_of_its_objectives() {
        let named = |name: &str, beside: &[usize]| Label {
            name: name.to_owned(),
            beside: beside.to_vec(),
            ..Label::default()
        };
        let objectives = (0..5).map(|number| named(&format!("Objective {number}"), &[])).collect();
        let layout = lay_out(&[(200, vec![named("Goal", &[2, 3, 4])]), (240, objectives)]);
        let middle = |column: usize, row: usize| layout.columns[column][row].middle();
        assert_eq!(middle(0, 0), middle(1, 3));
        assert!(layout.columns[0][0].curve_to(&layout.columns[1][3]).starts_with("M201 "));
    }
}
