//! Where the steps of a flow stand: in layers from above to below, with lines that run between them and never through a text.
//!
//! 1. Ways that lead back are found; all others go down, and a step stands below everything that leads to it.
//! 2. A way that passes a layer gets a place of its own in it.
//! 3. The order within a layer follows the order of the answers above it; the middles are moved to make lines straight.
//! 4. Between two layers each target has a lane in which lines run across; ways back run up at the right.

use std::collections::BTreeMap;

use super::text::{cut, width, wrap};

/// Font sizes of what is to be done, and of what is said beside it, in px.
const NAME: f64 = 14.0;
const NOTE: f64 = 13.0;
/// Bold letters are so much wider, in the widest of common fonts.
const BOLD: f64 = 1.08;
/// From line to line.
const LINE: i32 = 18;
/// Around the text of a box.
const PAD: i32 = 10;
/// More of it where the sides are pointed or round.
const POINT: i32 = 10;
/// At least so much between two boxes.
const GAP: i32 = 26;
/// The place of a way that passes a layer.
const PASS: i32 = 14;
/// From lane to lane.
const LANE: i32 = 12;
/// Above the first lane, below the last, where the arrow stands.
const BEFORE: i32 = 12;
const ARROW: i32 = 18;
/// An answer has so much room at least: a step with many answers is wider.
const ANSWER: i32 = 82;
/// Lines of an answer.
const ANSWER_LINES: usize = 3;
/// Lines of a text in a box.
const TEXT_LINES: usize = 8;
/// Rounds of moving to and fro.
const ROUNDS: usize = 8;

/// What a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Where it begins.
    Start,
    /// Something to do.
    #[default]
    Step,
    /// A question.
    Decision,
    /// Where it ends.
    End,
}

/// A step as it is to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// What is to be done or asked.
    pub text: String,
    /// Who does it; may be empty.
    pub note: String,
    /// What it is.
    pub shape: Shape,
    /// Answers (empty where there is only one way) and the steps they lead to, by their numbers.
    pub ways: Vec<(String, usize)>,
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
    /// What it is.
    pub shape: Shape,
    /// Lines of the text, each on its base line.
    pub lines: Vec<(i32, String)>,
    /// Lines below it.
    pub notes: Vec<(i32, String)>,
}

/// A drawn flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes, one for each step, in their order.
    pub blocks: Vec<Block>,
    /// The lines as SVG writes them, one for each way.
    pub lines: Vec<String>,
    /// The heads of the arrows.
    pub arrows: Vec<String>,
    /// The answers: middle, base line, words.
    pub labels: Vec<(i32, i32, String)>,
    /// Size of the whole.
    pub size: (i32, i32),
}

/// What stands in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Step(usize),
    /// A way that goes on below: its number, and the layer that it passes.
    Pass(usize, usize),
}

/// A way from one step to another.
#[derive(Clone, Debug)]
struct Way {
    from: usize,
    to: usize,
    /// Which of the answers of its step.
    answer: usize,
    back: bool,
}

struct Plan<'p> {
    pieces: &'p [Piece],
    /// Width of a box with few answers.
    width: i32,
    /// Whether nothing may stand further out than the fullest layer reaches: lines then bend where they could be straight.
    tight: bool,
    ways: Vec<Way>,
    layer: Vec<usize>,
    layers: Vec<Vec<Item>>,
    middles: BTreeMap<Item, i32>,
}

/// Lays out steps, all of which are reached from the first, in boxes of this width; none when the whole is wider than there is room or a word than its box.
pub fn lay_out(pieces: &[Piece], box_width: i32, room: i32) -> Option<Layout> {
    if pieces.is_empty() || !pieces.iter().all(|piece| fits(piece, box_width)) {
        return None;
    }
    [false, true].into_iter().find_map(|tight| {
        let ways = ways(pieces);
        let layer = layers_of(pieces.len(), &ways);
        let (layers, middles) = (Vec::new(), BTreeMap::new());
        let mut plan = Plan { pieces, width: box_width, tight, ways, layer, layers, middles };
        plan.fill_layers();
        plan.order();
        plan.place();
        let layout = plan.draw();
        (layout.size.0 <= room).then_some(layout)
    })
}

/// Room for the words of a box.
fn inner(piece: &Piece, box_width: i32) -> f64 {
    let point = if piece.shape == Shape::Step { 0 } else { POINT };
    f64::from(box_width - 2 * PAD - 2 * point)
}

fn fits(piece: &Piece, box_width: i32) -> bool {
    let room = inner(piece, box_width);
    let holds = |text: &str, size: f64| text.split_whitespace().all(|word| width(word, size) <= room);
    holds(&piece.text, NAME * BOLD)
        && holds(&piece.note, NOTE)
        && wrap(&piece.text, NAME * BOLD, room, usize::MAX).len() <= TEXT_LINES
}

/// All ways; one that leads to a step on the path to its own leads back.
fn ways(pieces: &[Piece]) -> Vec<Way> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnPath,
        Done,
    }
    let mut ways = Vec::new();
    let mut seen = vec![Seen::No; pieces.len()];
    let mut path: Vec<(usize, usize)> = vec![(0, 0)];
    if let Some(first) = seen.first_mut() {
        *first = Seen::OnPath;
    }
    while let Some((from, answer)) = path.pop() {
        let Some((_, to)) = pieces.get(from).and_then(|piece| piece.ways.get(answer)) else {
            if let Some(state) = seen.get_mut(from) {
                *state = Seen::Done;
            }
            continue;
        };
        path.push((from, answer + 1));
        let state = seen.get(*to).copied().unwrap_or(Seen::Done);
        ways.push(Way { from, to: *to, answer, back: state == Seen::OnPath });
        if state == Seen::No {
            if let Some(state) = seen.get_mut(*to) {
                *state = Seen::OnPath;
            }
            path.push((*to, 0));
        }
    }
    ways.sort_by_key(|way| (way.from, way.answer));
    ways
}

/// How many steps at most lead to each.
fn layers_of(count: usize, ways: &[Way]) -> Vec<usize> {
    let mut layer = vec![0; count];
    for _ in 0..count {
        let mut changed = false;
        for way in ways.iter().filter(|way| !way.back) {
            let below = layer.get(way.from).copied().unwrap_or(0) + 1;
            if let Some(own) = layer.get_mut(way.to).filter(|own| **own < below) {
                *own = below;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    layer
}

impl Plan<'_> {
    fn layer_of(&self, step: usize) -> usize {
        self.layer.get(step).copied().unwrap_or(0)
    }

    fn fill_layers(&mut self) {
        let count = self.layer.iter().max().copied().unwrap_or(0) + 1;
        let mut layers = vec![Vec::new(); count];
        for (step, layer) in self.layer.iter().enumerate() {
            if let Some(items) = layers.get_mut(*layer) {
                items.push(Item::Step(step));
            }
        }
        for (number, way) in self.ways.iter().enumerate().filter(|(_, way)| !way.back) {
            let passed =
                layers.iter_mut().enumerate().take(self.layer_of(way.to)).skip(self.layer_of(way.from) + 1);
            for (layer, items) in passed {
                items.push(Item::Pass(number, layer));
            }
        }
        self.layers = layers;
    }

    /// What leads to an item from the layer above: the item there, and how far right it leaves (−0.5 to 0.5).
    fn above(&self, item: Item, layer: usize) -> Vec<(Item, f64)> {
        let leaves = |way: &Way| {
            let count = self.pieces.get(way.from).map_or(1, |piece| piece.ways.len().max(1));
            (way.answer as f64 + 0.5) / count as f64 - 0.5
        };
        let source = |number: usize, way: &Way| {
            if self.layer_of(way.from) + 1 == layer {
                (Item::Step(way.from), leaves(way))
            } else {
                (Item::Pass(number, layer - 1), 0.0)
            }
        };
        let down = self.ways.iter().enumerate().filter(|(_, way)| !way.back);
        match item {
            Item::Pass(number, _) => {
                self.ways.get(number).map(|way| source(number, way)).into_iter().collect()
            }
            Item::Step(step) => {
                down.filter(|(_, way)| way.to == step).map(|(number, way)| source(number, way)).collect()
            }
        }
    }

    /// The order of each layer: below what leads to it, answers from left to right.
    fn order(&mut self) {
        for layer in 1..self.layers.len() {
            let above: BTreeMap<Item, usize> = self
                .layers
                .get(layer - 1)
                .into_iter()
                .flatten()
                .enumerate()
                .map(|(place, item)| (*item, place))
                .collect();
            let key = |item: &Item| {
                let sources = self.above(*item, layer);
                let places = sources
                    .iter()
                    .map(|(item, leaves)| above.get(item).copied().unwrap_or(0) as f64 + leaves);
                let sum: f64 = places.sum();
                (sum / sources.len().max(1) as f64 * 1000.0).round() as i64
            };
            let mut keyed: Vec<(i64, Item)> =
                self.layers.get(layer).into_iter().flatten().map(|item| (key(item), *item)).collect();
            keyed.sort();
            if let Some(items) = self.layers.get_mut(layer) {
                *items = keyed.into_iter().map(|(_, item)| item).collect();
            }
        }
    }

    fn width_of(&self, item: Item) -> i32 {
        match item {
            Item::Step(step) => self.width_of_step(step),
            Item::Pass(..) => PASS,
        }
    }

    fn width_of_step(&self, step: usize) -> i32 {
        let answers = self.pieces.get(step).map_or(0, |piece| piece.ways.len());
        let answers = i32::try_from(answers).unwrap_or(0);
        if answers > 2 { self.width.max(answers * ANSWER) } else { self.width }
    }

    /// Widths of a layer with the gaps in it.
    fn width_of_layer(&self, items: &[Item]) -> i32 {
        let gaps = GAP * i32::try_from(items.len().saturating_sub(1)).unwrap_or(0);
        items.iter().map(|item| self.width_of(*item)).sum::<i32>() + gaps
    }

    fn middle(&self, item: Item) -> i32 {
        self.middles.get(&item).copied().unwrap_or(0)
    }

    /// Where a way leaves its step.
    fn exit(&self, way: &Way) -> i32 {
        let count = self.pieces.get(way.from).map_or(1, |piece| piece.ways.len().max(1)) as i32;
        self.middle(Item::Step(way.from)) + self.offset(way.from, way.answer as i32, count)
    }

    fn offset(&self, step: usize, answer: i32, count: i32) -> i32 {
        self.width_of_step(step) * (2 * answer + 1 - count) / (2 * count)
    }

    /// Moves the middles to and fro between what is above and what is below.
    fn place(&mut self) {
        for layer in 0..self.layers.len() {
            self.settle(layer, |_, _| None);
        }
        for round in 0..ROUNDS {
            let last = round + 1 == ROUNDS;
            for layer in 1..self.layers.len() {
                self.settle(layer, |plan, item| {
                    let sources = plan.above(item, layer);
                    let sum: i32 = sources
                        .iter()
                        .map(|(source, leaves)| {
                            let own =
                                if matches!(source, Item::Step(_)) { plan.width_of(*source) } else { 0 };
                            plan.middle(*source) + (leaves * f64::from(own)).round() as i32
                        })
                        .sum();
                    Some(sum / i32::try_from(sources.len()).ok().filter(|count| *count > 0)?)
                });
            }
            if last {
                break;
            }
            for layer in (0..self.layers.len().saturating_sub(1)).rev() {
                self.settle(layer, |plan, item| plan.wish_from_below(item, layer));
            }
        }
        let left =
            self.middles.iter().map(|(item, middle)| middle - self.width_of(*item) / 2).min().unwrap_or(0);
        for middle in self.middles.values_mut() {
            *middle += 1 - left;
        }
    }

    fn wish_from_below(&self, item: Item, layer: usize) -> Option<i32> {
        let below = |number: usize, way: &Way| {
            let target = if self.layer_of(way.to) == layer + 1 {
                Item::Step(way.to)
            } else {
                Item::Pass(number, layer + 1)
            };
            self.middle(target)
        };
        let wishes: Vec<i32> = match item {
            Item::Pass(number, _) => {
                self.ways.get(number).map(|way| below(number, way)).into_iter().collect()
            }
            Item::Step(step) => {
                let count = self.pieces.get(step).map_or(1, |piece| piece.ways.len().max(1)) as i32;
                let own = self.ways.iter().enumerate().filter(|(_, way)| way.from == step && !way.back);
                own.map(|(number, way)| below(number, way) - self.offset(step, way.answer as i32, count))
                    .collect()
            }
        };
        let count = i32::try_from(wishes.len()).ok().filter(|count| *count > 0)?;
        Some(wishes.iter().sum::<i32>() / count)
    }

    /// Gives every item of a layer the middle nearest to its wish at which none meets its neighbour: neighbours that would meet are moved together.
    fn settle(&mut self, layer: usize, wish: impl Fn(&Self, Item) -> Option<i32>) {
        let items = self.layers.get(layer).cloned().unwrap_or_default();
        // Wishes with the room that is needed to the left taken off, so that equal ones stand side by side.
        let mut pools: Vec<(f64, usize)> = Vec::new();
        let mut offsets = Vec::with_capacity(items.len());
        let mut needed = 0;
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                let before = items.get(place - 1).map_or(0, |before| self.width_of(*before));
                needed += (before + self.width_of(*item)) / 2 + GAP;
            }
            offsets.push(needed);
            let now = self.middles.get(item).copied().unwrap_or(needed);
            let wished = wish(self, *item).unwrap_or(now) - needed;
            pools.push((f64::from(wished), 1));
            while let [.., (one, few), (other, more)] = pools.as_slice() {
                if one <= other {
                    break;
                }
                let count = few + more;
                let mean = (one * *few as f64 + other * *more as f64) / count as f64;
                pools.truncate(pools.len() - 2);
                pools.push((mean, count));
            }
        }
        let bound = self.tight.then(|| {
            let widest = self.layers.iter().map(|items| self.width_of_layer(items)).max().unwrap_or(0);
            let first = items.first().map_or(0, |item| self.width_of(*item)) / 2;
            (first, first + widest - self.width_of_layer(&items))
        });
        let settled = pools.iter().flat_map(|(mean, count)| std::iter::repeat_n(mean.round() as i32, *count));
        let settled =
            settled.map(|base| bound.map_or(base, |(least, most)| base.clamp(least, most.max(least))));
        let settled: Vec<i32> = settled.collect();
        for ((item, offset), base) in items.iter().zip(&offsets).zip(settled) {
            self.middles.insert(*item, base + offset);
        }
    }
}

/// Lines that run across between two layers, by what they lead to.
#[derive(Clone, Debug)]
struct Crossing {
    target: Target,
    sources: Vec<i32>,
    to: i32,
    lane: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// What stands below.
    Item(Item),
    /// The margin, from where a way leads back up.
    Margin(usize),
}

impl Crossing {
    fn left(&self) -> i32 {
        self.sources.iter().copied().fold(self.to, i32::min)
    }

    fn right(&self) -> i32 {
        self.sources.iter().copied().fold(self.to, i32::max)
    }

    fn is_straight(&self) -> bool {
        self.left() == self.right()
    }
}

impl Plan<'_> {
    fn draw(&self) -> Layout {
        let mut blocks: Vec<Block> =
            self.pieces.iter().enumerate().map(|(step, piece)| self.block(step, piece)).collect();
        let right =
            self.middles.iter().map(|(item, middle)| middle + self.width_of(*item) / 2).max().unwrap_or(0);
        let backs: Vec<usize> = (0..self.ways.len())
            .filter(|number| self.ways.get(*number).is_some_and(|way| way.back))
            .collect();
        let margin = |number: usize| {
            let place = backs.iter().position(|back| *back == number).unwrap_or(0);
            right + GAP / 2 + LANE * place as i32
        };
        // The space above layer 0, then below each layer.
        let mut spaces: Vec<Vec<Crossing>> =
            (0..=self.layers.len()).map(|space| self.crossings(space, &margin)).collect();
        for space in &mut spaces {
            assign_lanes(space);
        }
        let mut lane_tops = Vec::new();
        let mut y = 1;
        for (space, crossings) in spaces.iter().enumerate() {
            let last = space == self.layers.len();
            let above = space.checked_sub(1).and_then(|layer| self.layers.get(layer));
            let words = above.map_or(0, |items| self.label_height(items));
            let lanes =
                crossings.iter().filter(|crossing| !crossing.is_straight()).map(|crossing| crossing.lane + 1);
            let lanes = lanes.max().unwrap_or(0) as i32;
            lane_tops.push(y + words + BEFORE);
            if !crossings.is_empty() {
                y += words + BEFORE + lanes * LANE + if last { 0 } else { ARROW };
            }
            for item in self.layers.get(space).into_iter().flatten() {
                if let Item::Step(step) = item
                    && let Some(block) = blocks.get_mut(*step)
                {
                    block.y = y;
                    block.x = self.middle(*item) - block.width / 2;
                    block.set_words();
                }
            }
            let heights = self.layers.get(space).into_iter().flatten().map(|item| match item {
                Item::Step(step) => blocks.get(*step).map_or(0, |block| block.height),
                Item::Pass(..) => 0,
            });
            y += heights.max().unwrap_or(0);
        }
        let lane_of = |space: usize, target: Target| {
            let top = lane_tops.get(space).copied().unwrap_or(0);
            let crossing = spaces.get(space).into_iter().flatten().find(|crossing| crossing.target == target);
            top + crossing.map_or(0, |crossing| crossing.lane as i32) * LANE
        };
        let mut layout = Layout::default();
        for (number, way) in self.ways.iter().enumerate() {
            let (Some(from), Some(to)) = (blocks.get(way.from), blocks.get(way.to)) else { continue };
            let (start, end) = (self.exit(way), self.middle(Item::Step(way.to)));
            let mut points = vec![(start, from.y + from.height)];
            let first = self.layer_of(way.from) + 1;
            let target = self.layer_of(way.to);
            let mut x = start;
            let mut across = |points: &mut Vec<(i32, i32)>, y: i32, to: i32| {
                points.extend([(x, y), (to, y)]);
                x = to;
            };
            if way.back {
                let side = margin(number);
                across(&mut points, lane_of(first, Target::Margin(number)), side);
                across(&mut points, lane_of(target, Target::Item(Item::Step(way.to))), end);
            } else {
                for space in first..target {
                    let pass = Item::Pass(number, space);
                    across(&mut points, lane_of(space, Target::Item(pass)), self.middle(pass));
                }
                across(&mut points, lane_of(target, Target::Item(Item::Step(way.to))), end);
            }
            points.push((end, to.y - 2));
            layout.lines.push(path(&points));
            layout.arrows.push(format!("M{} {}h10l-5 8z", end - 5, to.y - 9));
            self.label(&mut layout.labels, way, (start, from.y + from.height));
        }
        let right = backs.iter().map(|back| margin(*back)).max().map_or(right, |margin| margin + 2);
        layout.blocks = blocks;
        layout.size = (right + 1, y + 2);
        layout
    }

    /// The lines in a space between two layers.
    fn crossings(&self, space: usize, margin: &dyn Fn(usize) -> i32) -> Vec<Crossing> {
        let mut crossings: Vec<Crossing> = Vec::new();
        let mut add = |target: Target, from: i32, to: i32| match crossings
            .iter_mut()
            .find(|crossing| crossing.target == target)
        {
            Some(crossing) => crossing.sources.push(from),
            None => crossings.push(Crossing { target, sources: vec![from], to, lane: 0 }),
        };
        for (number, way) in self.ways.iter().enumerate() {
            let (above, below) = (self.layer_of(way.from) + 1, self.layer_of(way.to));
            let step = Item::Step(way.to);
            if way.back {
                if above == space {
                    add(Target::Margin(number), self.exit(way), margin(number));
                }
                if below == space {
                    add(Target::Item(step), margin(number), self.middle(step));
                }
            } else if (above..=below).contains(&space) {
                let from =
                    if space == above { self.exit(way) } else { self.middle(Item::Pass(number, space - 1)) };
                let to = if space == below { step } else { Item::Pass(number, space) };
                add(Target::Item(to), from, self.middle(to));
            }
        }
        crossings
    }

    /// Width of the words of an answer.
    fn label_room(&self, step: usize) -> f64 {
        let count = self.pieces.get(step).map_or(1, |piece| piece.ways.len().max(1)) as i32;
        f64::from(self.width_of_step(step) / count - 8)
    }

    fn label_lines(&self, way: &Way) -> Vec<String> {
        let answer = self.pieces.get(way.from).and_then(|piece| piece.ways.get(way.answer));
        let room = self.label_room(way.from);
        let words = answer.map_or("", |(words, _)| words.as_str());
        wrap(words, NOTE * BOLD, room, ANSWER_LINES).iter().map(|line| cut(line, NOTE * BOLD, room)).collect()
    }

    /// What the answers of a layer need below it.
    fn label_height(&self, items: &[Item]) -> i32 {
        let of_layer = self.ways.iter().filter(|way| items.contains(&Item::Step(way.from)));
        let lines = of_layer.map(|way| self.label_lines(way).len()).max().unwrap_or(0);
        if lines == 0 { 0 } else { lines as i32 * LINE + 4 }
    }

    fn label(&self, labels: &mut Vec<(i32, i32, String)>, way: &Way, (x, y): (i32, i32)) {
        for (number, line) in self.label_lines(way).into_iter().enumerate() {
            labels.push((x, y + LINE + number as i32 * LINE, line));
        }
    }

    fn block(&self, step: usize, piece: &Piece) -> Block {
        let width = self.width_of_step(step);
        let room = inner(piece, width);
        let on_no_line = |lines: Vec<String>| lines.into_iter().map(|line| (0, line)).collect::<Vec<_>>();
        let lines = on_no_line(wrap(&piece.text, NAME * BOLD, room, TEXT_LINES));
        let notes = on_no_line(wrap(&piece.note, NOTE, room, 2));
        let count = (lines.len() + notes.len()).max(1) as i32;
        Block {
            width,
            height: 2 * PAD + LINE * count - 2,
            shape: piece.shape,
            lines,
            notes,
            ..Block::default()
        }
    }
}

impl Block {
    fn set_words(&mut self) {
        let mut base = self.y + PAD + LINE - 5;
        for (at, _) in self.lines.iter_mut().chain(&mut self.notes) {
            *at = base;
            base += LINE;
        }
    }

    /// Its middle from left to right.
    pub fn middle(&self) -> i32 {
        self.x + self.width / 2
    }

    /// Its outline as SVG writes it: round where it begins and ends, pointed where something is decided.
    pub fn outline(&self) -> String {
        let Block { x, y, width, height, .. } = *self;
        match self.shape {
            Shape::Decision => {
                let (half, straight) = (height / 2, width - 2 * POINT);
                format!(
                    "M{} {y}h{straight}l{POINT} {half}l-{POINT} {}h-{straight}l-{POINT} -{}l{POINT} -{half}z",
                    x + POINT,
                    height - half,
                    height - half
                )
            }
            Shape::Start | Shape::End => rounded(x, y, width, height, (height / 2).min(18)),
            Shape::Step => rounded(x, y, width, height, 6),
        }
    }
}

fn rounded(x: i32, y: i32, width: i32, height: i32, radius: i32) -> String {
    let (across, down) = (width - 2 * radius, height - 2 * radius);
    format!(
        "M{} {y}h{across}a{radius} {radius} 0 0 1 {radius} {radius}v{down}a{radius} {radius} 0 0 1 -{radius} {radius}h-{across}a{radius} {radius} 0 0 1 -{radius} -{radius}v-{down}a{radius} {radius} 0 0 1 {radius} -{radius}z",
        x + radius
    )
}

/// Lanes such that no two lines lie on each other: neither side by side in one lane, nor one above the other at one place.
fn assign_lanes(crossings: &mut [Crossing]) {
    const NEAR: i32 = 8;
    let count = crossings.len();
    for _ in 0..count * count {
        let mut moved = None;
        for (one, first) in crossings.iter().enumerate() {
            for (other, second) in crossings.iter().enumerate().filter(|(other, _)| *other != one) {
                if first.is_straight() && second.is_straight() {
                    continue;
                }
                let meet = first.left() <= second.right() + NEAR && second.left() <= first.right() + NEAR;
                // What comes down at the place where the other goes on down must turn away above it.
                let over = matches!(second.target, Target::Item(_))
                    && first.sources.iter().any(|source| (source - second.to).abs() < NEAR);
                let below = over && second.lane <= first.lane && !second.is_straight();
                let same = meet
                    && first.lane == second.lane
                    && one < other
                    && !second.is_straight()
                    && !first.is_straight();
                if (below || same) && second.lane < count {
                    moved = Some(other);
                }
            }
        }
        let Some(crossing) = moved.and_then(|moved| crossings.get_mut(moved)) else { return };
        crossing.lane += 1;
    }
}

/// A line through points, its corners rounded.
fn path(points: &[(i32, i32)]) -> String {
    let mut corners: Vec<(i32, i32)> = Vec::new();
    for point in points {
        // A point on the way straight on is no corner.
        if let [.., before, last] = corners.as_slice() {
            let straight =
                (before.0 == last.0 && last.0 == point.0) || (before.1 == last.1 && last.1 == point.1);
            if straight {
                corners.pop();
            }
        }
        if corners.last() != Some(point) {
            corners.push(*point);
        }
    }
    let mut path = String::new();
    for (place, (x, y)) in corners.iter().enumerate() {
        let (before, after) =
            (place.checked_sub(1).and_then(|before| corners.get(before)), corners.get(place + 1));
        let Some(((from_x, from_y), (to_x, to_y))) = before.zip(after) else {
            path.push_str(&format!("{}{x} {y}", if place == 0 { "M" } else { "L" }));
            continue;
        };
        let near = |from: i32, to: i32| (to - from).clamp(-6, 6);
        let half = |from: i32, to: i32| if (to - from).abs() < 12 { (to - from) / 2 } else { near(from, to) };
        path.push_str(&format!(
            "L{} {}Q{x} {y} {} {}",
            x - half(*from_x, *x),
            y - half(*from_y, *y),
            x + half(*x, *to_x),
            y + half(*y, *to_y)
        ));
    }
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::text::bold_width;
    use super::*;

    fn piece(text: &str, ways: &[(&str, usize)]) -> Piece {
        let ways: Vec<(String, usize)> =
            ways.iter().map(|(answer, to)| ((*answer).to_owned(), *to)).collect();
        let shape = match ways.len() {
            0 => Shape::End,
            1 => Shape::Step,
            _ => Shape::Decision,
        };
        Piece { text: text.to_owned(), shape, ways, ..Piece::default() }
    }

    /// Everything that a drawing must not do.
    fn verify(layout: &Layout) -> Result<(), String> {
        let (whole, height) = layout.size;
        let meet = |one: (i32, i32, i32, i32), other: (i32, i32, i32, i32)| {
            one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
        };
        let mut areas: Vec<(i32, i32, i32, i32)> = Vec::new();
        for block in &layout.blocks {
            areas.push((block.x, block.y, block.x + block.width, block.y + block.height));
            let lines = block.lines.iter().map(|(y, line)| (y, line, bold_width(line, NAME)));
            let notes = block.notes.iter().map(|(y, line)| (y, line, width(line, NOTE)));
            for (y, line, wide) in lines.chain(notes) {
                if wide > f64::from(block.width - 2 * PAD) || *y >= block.y + block.height {
                    return Err(format!("{line} leaves its box"));
                }
            }
        }
        for (x, y, label) in &layout.labels {
            let half = (bold_width(label, NOTE) / 2.0).ceil() as i32;
            areas.push((x - half, y - 13, x + half, y + 4));
        }
        for (place, one) in areas.iter().enumerate() {
            if one.0 < 0 || one.1 < 0 || one.2 > whole || one.3 > height {
                return Err(format!("{one:?} leaves the drawing {whole} × {height}"));
            }
            if let Some(other) = areas.iter().skip(place + 1).find(|other| meet(*one, **other)) {
                return Err(format!("{one:?} meets {other:?}"));
            }
        }
        // Lines run through no box: rounded corners lie within the corner.
        for line in &layout.lines {
            let numbers: Vec<i32> = line
                .split(|character: char| !(character.is_ascii_digit() || character == '-'))
                .filter_map(|number| number.parse().ok())
                .collect();
            let points: Vec<(i32, i32)> = numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            for pair in points.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let area = (a.0.min(b.0), a.1.min(b.1), a.0.max(b.0) + 1, a.1.max(b.1) + 1);
                for block in &layout.blocks {
                    let inside =
                        (block.x + 1, block.y + 1, block.x + block.width - 1, block.y + block.height - 1);
                    if meet(area, inside) {
                        return Err(format!("{line} runs through {block:?}"));
                    }
                }
                if area.0 < 0 || area.2 > whole + 1 || area.3 > height + 1 || area.1 < 0 {
                    return Err(format!("{line} leaves the drawing {whole} × {height}"));
                }
            }
        }
        Ok(())
    }

    fn pieces() -> impl Strategy<Value = Vec<Piece>> {
        let words = "[A-Za-zñá]{1,9}( [a-zñá]{1,9}){0,5}";
        let one = (
            words,
            "[a-zA-Zñ]{1,9}( [a-z]{1,8}){0,2}",
            prop::collection::vec(("[A-Za-z ]{0,14}", any::<prop::sample::Index>()), 0..4),
        );
        prop::collection::vec(one, 1..11).prop_map(|raw| {
            let count = raw.len();
            let pieces: Vec<Piece> = raw
                .into_iter()
                .enumerate()
                .map(|(number, (text, note, ways))| {
                    let mut ways: Vec<(String, usize)> = ways
                        .into_iter()
                        .map(|(answer, to)| (answer, to.index(count)))
                        .filter(|(_, to)| *to != number)
                        .collect();
                    // Every step is reached.
                    if number + 1 < count {
                        ways.insert(0, ("next".to_owned(), number + 1));
                    }
                    let shape = if ways.len() > 1 { Shape::Decision } else { Shape::Step };
                    Piece { text, note, shape, ways }
                })
                .collect();
            pieces
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn nothing_overlaps(pieces in pieces(), width in prop::sample::select(vec![150, 190])) {
            for room in [i32::MAX, 700] {
            let Some(layout) = lay_out(&pieces, width, room) else { continue };
                prop_assert_eq!(verify(&layout), Ok(()));
                prop_assert_eq!(lay_out(&pieces, width, room), Some(layout));
            }
        }
    }

    #[test]
    fn straight_down() {
        let flow = [piece("Leer", &[("", 1)]), piece("Contestar", &[("", 2)]), piece("Cerrar", &[])];
        let layout = lay_out(&flow, 190, 700).unwrap();
        let middles: Vec<i32> = layout.blocks.iter().map(Block::middle).collect();
        assert_eq!(middles, [middles[0]; 3]);
        assert!(layout.lines.iter().all(|line| line.matches('L').count() == 1), "{:?}", layout.lines);
        assert_eq!(layout.size.0, 192);
    }

    #[test]
    fn answers_stand_from_left_to_right_and_loops_lead_up_at_the_right() {
        let flow = [
            piece("Leer", &[("", 1)]),
            piece("¿Es grave?", &[("Sí", 2), ("No", 3)]),
            piece("Avisar a la portavoz", &[]),
            piece("Contestar", &[("", 4)]),
            piece("¿Responde?", &[("Sí, otra vez", 0), ("No", 5)]),
            piece("Cerrar", &[]),
        ];
        let layout = lay_out(&flow, 190, 700).unwrap();
        assert_eq!(verify(&layout), Ok(()));
        assert!(layout.blocks[2].x < layout.blocks[3].x);
        assert_eq!(layout.blocks[2].y, layout.blocks[3].y);
        assert!(layout.labels.iter().any(|(_, _, label)| label == "Sí, otra vez"));
        assert_eq!(lay_out(&flow, 190, 300), None);
    }
}
