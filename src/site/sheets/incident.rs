//! What an incident or a drill taught: how long until the first words, against what was promised; whether it was reviewed; what is still to be done.

use super::{Addition, Planner};
use crate::insight::{self, Incident};
use crate::model::EntityId;
use crate::site::view::{FigureView, PartView};
use crate::text::PagePath;

pub(super) static ADDITION: Addition = Addition { kind: "incident", closing: false, parts };

fn parts(planner: &Planner<'_>, id: EntityId, _: &PagePath) -> Vec<PartView> {
    let Some(incident) = insight::incident(planner.book(), id) else { return Vec::new() };
    let figures: Vec<FigureView> = [
        planner.first_words(&incident),
        planner.length(&incident),
        planner.review_figure(&incident),
        planner.tasks(&incident),
    ]
    .into_iter()
    .flatten()
    .collect();
    if figures.is_empty() { Vec::new() } else { vec![PartView::Figures { figures }] }
}

fn figure(value: String, label: &str, note: String, tone: &'static str) -> FigureView {
    FigureView { value, label: label.to_owned(), note, url: String::new(), tone }
}

impl Planner<'_> {
    fn first_words(&self, incident: &Incident<'_>) -> Option<FigureView> {
        let silence = incident.silence()?;
        let promise = incident.promised.map(|promised| {
            self.locale.fill("promised_within", &[("time", self.short_duration(promised).as_str())])
        });
        let tone = match incident.in_time() {
            Some(true) => "good",
            Some(false) => "bad",
            None => "neutral",
        };
        let label = self.locale.word("until_first_statement");
        Some(figure(self.time(silence), label, promise.unwrap_or_default(), tone))
    }

    fn length(&self, incident: &Incident<'_>) -> Option<FigureView> {
        let length = incident.length().filter(|minutes| *minutes > 0)?;
        Some(figure(self.time(length), self.locale.word("incident_lasted"), String::new(), "neutral"))
    }

    fn review_figure(&self, incident: &Incident<'_>) -> Option<FigureView> {
        let by = incident.review_by()?;
        let label = self.locale.word("after_action_review");
        match incident.reviewed {
            Some(day) => {
                let tone = if day <= by { "good" } else { "warn" };
                Some(figure(self.locale.date_short(day), label, String::new(), tone))
            }
            None => {
                let due = self.locale.fill("due_by", &[("date", self.locale.date_short(by).as_str())]);
                let tone = if incident.is_review_overdue(self.today) { "bad" } else { "warn" };
                Some(figure(self.locale.word("missing").to_owned(), label, due, tone))
            }
        }
    }

    fn tasks(&self, incident: &Incident<'_>) -> Option<FigureView> {
        if incident.tasks.is_empty() {
            return None;
        }
        let done = incident.tasks.iter().filter(|task| task.done).count();
        let overdue = incident.tasks.iter().filter(|task| task.is_overdue(self.today)).count();
        let (n, all) = (done.to_string(), incident.tasks.len().to_string());
        let value = self.locale.fill("n_of", &[("n", n.as_str()), ("all", all.as_str())]);
        let note = match overdue {
            0 => String::new(),
            overdue => self.locale.fill("n_overdue", &[("n", overdue.to_string().as_str())]),
        };
        let tone = match (overdue, done == incident.tasks.len()) {
            (1.., _) => "bad",
            (_, true) => "good",
            _ => "neutral",
        };
        Some(figure(value, self.locale.word("tasks_done"), note, tone))
    }

    /// Minutes in the largest units that say enough: "50 min", "3 h 20 min", "3 days".
    fn time(&self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let short = |key: &str, n: i64| self.locale.fill(key, &[("n", n.to_string().as_str())]);
        match (hours, rest) {
            (0, rest) => short("short_minute", rest),
            (48.., _) => self.counted("unit_day", (hours / 24) as f64),
            (hours, 0) => short("short_hour", hours),
            (hours, rest) => format!("{} {}", short("short_hour", hours), short("short_minute", rest)),
        }
    }
}
