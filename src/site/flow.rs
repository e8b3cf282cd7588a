//! Flows on pages: a drawing for wide windows, one for narrow ones where there is room, and all of it as a list with links.

use super::Planner;
use super::view::{
    FlowBoxView, FlowDrawingView, FlowStepView, FlowView, LineView, LinkView, PartView, StrokeView, WayView,
};
use crate::chart::flow::{Layout, Piece, Shape, lay_out};
use crate::directive::{Flow, FlowStep, Named};
use crate::text::PagePath;

/// Widths of boxes that are tried, the most comfortable first, and the room of both drawings.
const BOXES: [i32; 3] = [190, 164, 142];
const WIDE: i32 = 704;
const NARROW: i32 = 350;

impl Planner<'_> {
    pub(super) fn flow_block(&self, flow: &Flow, id: &str, page: &PagePath) -> Vec<PartView> {
        let steps: Vec<FlowStepView> = flow
            .steps
            .iter()
            .enumerate()
            .map(|(number, step)| self.flow_step(flow, step, number, id, page))
            .collect();
        let pieces: Vec<Piece> = flow
            .steps
            .iter()
            .zip(&steps)
            .map(|(step, view)| Piece {
                text: step.text.clone(),
                note: view.who.iter().map(|link| link.text.as_str()).collect::<Vec<_>>().join(", "),
                shape: step.shape,
                ways: step.ways.clone(),
            })
            .collect();
        let drawing = |room: i32| BOXES.iter().find_map(|width| lay_out(&pieces, *width, room));
        let wide = drawing(WIDE).map(|layout| drawing_view(layout, false));
        let narrow = drawing(NARROW).map(|layout| drawing_view(layout, true));
        let drawings = if wide.is_some() { wide.into_iter().chain(narrow).collect() } else { Vec::new() };
        let title =
            if flow.title.is_empty() { self.locale.word("flow").to_owned() } else { flow.title.clone() };
        let flow = FlowView {
            id: id.to_owned(),
            title_shown: !flow.title.is_empty(),
            title,
            about: self.flow_about(flow),
            drawings,
            steps,
        };
        vec![PartView::Flow { flow }]
    }

    /// Where it begins and where it may end.
    fn flow_about(&self, flow: &Flow) -> String {
        let start = flow.steps.first().map_or("", |step| step.text.as_str());
        let ends: Vec<&str> =
            flow.steps.iter().filter(|step| step.ways.is_empty()).map(|step| step.text.as_str()).collect();
        let word = if ends.is_empty() { "flow_about_round" } else { "flow_about" };
        self.locale.word(word).replace("{start}", start).replace("{ends}", &ends.join("; "))
    }

    fn flow_step(
        &self,
        flow: &Flow,
        step: &FlowStep,
        number: usize,
        id: &str,
        page: &PagePath,
    ) -> FlowStepView {
        let who = step.who.iter().filter_map(|named| match named {
            Named::Entity(entity) => self.short_link(*entity, page),
            Named::Words(words) => Some(LinkView { text: words.clone(), ..LinkView::default() }),
        });
        let ways = step.ways.iter().filter_map(|(answer, to)| {
            // A list goes on by itself.
            if answer.is_empty() && *to == number + 1 {
                return None;
            }
            let target = flow.steps.get(*to)?;
            Some(WayView {
                answer: answer.clone(),
                text: format!("{}. {}", to + 1, target.text),
                url: format!("#{}", step_anchor(id, *to)),
            })
        });
        FlowStepView {
            anchor: step_anchor(id, number),
            text: step.text.clone(),
            shape: shape_name(step.shape),
            who: who.collect(),
            see: step.see.iter().filter_map(|entity| self.short_link(*entity, page)).collect(),
            ways: ways.collect(),
            last: step.ways.is_empty(),
        }
    }
}

fn step_anchor(id: &str, number: usize) -> String {
    format!("{id}-{}", number + 1)
}

fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Start => "start",
        Shape::Step => "step",
        Shape::Decision => "decision",
        Shape::End => "end",
    }
}

fn drawing_view(layout: Layout, narrow: bool) -> FlowDrawingView {
    let strokes = |ds: Vec<String>| ds.into_iter().map(|d| StrokeView { d }).collect();
    let boxes = layout.blocks.iter().map(|block| {
        let line = |(y, text): &(i32, String)| LineView { x: block.middle(), y: *y, text: text.clone() };
        FlowBoxView {
            shape: shape_name(block.shape),
            d: block.outline(),
            lines: block.lines.iter().map(line).collect(),
            notes: block.notes.iter().map(line).collect(),
        }
    });
    FlowDrawingView {
        narrow,
        boxes: boxes.collect(),
        width: layout.size.0,
        height: layout.size.1,
        lines: strokes(layout.lines),
        arrows: strokes(layout.arrows),
        labels: layout.labels.into_iter().map(|(x, y, text)| LineView { x, y, text }).collect(),
    }
}
