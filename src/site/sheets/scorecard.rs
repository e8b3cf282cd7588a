//! The scorecard: every active objective with its targets as they stand today; and the badge on the page of an objective.

use super::{Addition, Planner, Sheet};
use crate::insight::{self, Aim, Comparison, Goal, Later, Target};
use crate::model::{Chapter, EntityId};
use crate::series::{Figure, Grain, Measure};
use crate::site::view::{AimView, ChangeView, FigureView, GoalView, PartView, ScorecardView, TagView};
use crate::text::{PagePath, csv_line};
use crate::world::Date;

pub(super) static SHEET: Sheet = Sheet {
    name: "scorecard",
    path: ["scorecard", "cuadro-de-mando"],
    chapter: Chapter::Evaluate,
    parts,
    has: |planner| {
        let book = planner.book();
        let objectives = insight::active_objectives(book);
        objectives.iter().any(|id| !insight::aims(book, *id, book.today).is_empty())
    },
};

/// Whether the objective says enough to be judged.
pub(super) static SMART: Addition = Addition { kind: "objective", closing: false, parts: smart };

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let goals = insight::goals(book, &insight::active_objectives(book), book.today);
    vec![
        PartView::Figures { figures: planner.tally(&goals, "") },
        planner.scorecard(&goals, book.today, page, "_scorecard"),
    ]
}

fn smart(planner: &Planner<'_>, id: EntityId, _: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    if !book.entity(id).is_some_and(|entity| book.is_active(entity)) {
        return Vec::new();
    }
    let lacks = insight::lacks(book, id);
    let words: Vec<&str> = lacks.iter().map(|lack| planner.locale.word(lack.word())).collect();
    let (text, tone) = match words.as_slice() {
        [] => (planner.locale.word("smart_yes").to_owned(), "good"),
        words => (planner.locale.fill("smart_no", &[("what", words.join(", ").as_str())]), "warn"),
    };
    vec![PartView::Note { text, tone }]
}

impl Planner<'_> {
    /// How many targets are in each state.
    pub(in crate::site) fn tally(&self, goals: &[Goal], url: &str) -> Vec<FigureView> {
        let mut figures: Vec<FigureView> = insight::tally(goals)
            .into_iter()
            .map(|(status, count)| {
                let (key, tone) = status.names();
                let key = key.replace("status_", "tally_");
                FigureView {
                    value: self.locale.number(count as f64, 0),
                    label: self.locale.word(&key).to_owned(),
                    note: String::new(),
                    url: url.to_owned(),
                    tone,
                }
            })
            .collect();
        let empty = goals.iter().filter(|goal| goal.aims.is_empty()).count();
        if empty > 0 {
            figures.push(FigureView {
                value: self.locale.number(empty as f64, 0),
                label: self.locale.word("score_without_target").to_owned(),
                note: String::new(),
                url: url.to_owned(),
                tone: "warn",
            });
        }
        figures
    }

    /// Objectives with their targets as of a day, with its CSV file.
    pub(in crate::site) fn scorecard(
        &self,
        goals: &[Goal],
        day: Date,
        page: &PagePath,
        id: &str,
    ) -> PartView {
        let views: Vec<GoalView> = goals.iter().filter_map(|goal| self.goal_view(goal, page)).collect();
        let day = self.locale.date(day);
        let caption = self.locale.fill("score_caption", &[("date", day.as_str())]);
        let name = page.as_str().trim_end_matches(".html").replace('/', "-");
        let path = PagePath::new(format!("figures/{name}{}.csv", id.replace('_', "-")));
        let csv_url = path.from(page);
        self.generate(path, self.scorecard_csv(&views).into_bytes());
        let note = self.locale.word("score_note").to_owned();
        PartView::Scorecard {
            card: ScorecardView { id: id.to_owned(), caption, goals: views, note, csv_url },
        }
    }

    fn goal_view(&self, goal: &Goal, page: &PagePath) -> Option<GoalView> {
        let empty = if goal.aims.is_empty() { self.locale.word("score_no_target") } else { "" };
        Some(GoalView {
            link: self.short_link(goal.id, page)?,
            depth: goal.depth.min(3),
            aims: goal.aims.iter().filter_map(|aim| self.aim_view(aim, page)).collect(),
            empty: empty.to_owned(),
        })
    }

    /// A target in words.
    pub(in crate::site) fn aim_view(&self, aim: &Aim, page: &PagePath) -> Option<AimView> {
        let Aim { target, metric, reading, progress, .. } = aim;
        let (key, tone) = progress.status.names();
        let sign = sign(&metric.unit);
        // Money is written with its cents everywhere or nowhere.
        let money = if sign.is_empty() || sign == "%" { 0 } else { aim.decimals.max(target.decimals) };
        let decimals = if progress.since.is_some() { target.decimals } else { aim.decimals }.max(money);
        let expected = |value: f64| {
            let decimals = if value.abs() < 20.0 { target.decimals.max(1) } else { target.decimals };
            self.amount(value, decimals.max(money), sign)
        };
        let baseline =
            |value: f64| self.amount(value, target.decimals.max(decimals_of(value)).max(money), sign);
        let wanted = Target { decimals: target.decimals.max(money), ..target.clone() };
        let period = match (progress.since, reading) {
            (Some(since), _) => {
                self.locale.fill("score_since", &[("date", self.locale.date_short(since).as_str())])
            }
            (None, Some(reading)) => self.period_short(&reading.now, metric.measure),
            _ => String::new(),
        };
        // What became of an issued figure is said where its period would stand: at the value.
        let period = match aim.later {
            None => period,
            Some(Later::Gone) => self.locale.word("report_gone").to_owned(),
            Some(Later::Changed(value)) => {
                let value = self.amount(value, aim.decimals, sign);
                self.locale.fill("report_later", &[("value", value.as_str())])
            }
        };
        let by =
            target.by.map(|by| self.locale.fill("kpi_by", &[("date", self.locale.date_short(by).as_str())]));
        Some(AimView {
            metric: self.short_link(target.metric, page)?,
            unit: if sign.is_empty() { metric.unit.clone() } else { String::new() },
            status: Some(TagView { text: self.locale.word(key).to_owned(), tone }),
            actual: progress.actual.map(|value| self.amount(value, decimals, sign)).unwrap_or_default(),
            period: if progress.actual.is_some() { period } else { String::new() },
            expected: progress.expected.map(expected).unwrap_or_default(),
            target: self.goal(&wanted, sign),
            by: by.unwrap_or_default(),
            baseline: target.baseline.map(baseline).unwrap_or_default(),
            since: target
                .since
                .filter(|_| target.baseline.is_some())
                .map(|since| self.locale.date_short(since))
                .unwrap_or_default(),
            attained: progress
                .attained
                .filter(|share| (-1.0..10.0).contains(share))
                .map(|share| self.locale.percent((share * 100.0).floor(), 0))
                .unwrap_or_default(),
            trend: reading.as_ref().and_then(|reading| self.trend(aim, &reading.previous)),
            spark_html: reading.as_ref().map(|reading| self.spark(reading, page)).unwrap_or_default(),
            age: aim.age.map(|days| self.locale.duration(days as f64, "day")).unwrap_or_default(),
        })
    }

    /// The newest figure of a metric and its period; `None` without one.
    pub(in crate::site) fn newest(&self, id: EntityId) -> Option<(String, String)> {
        let measured = self.book().measurement(id)?;
        let reading = insight::reading(measured.metric, measured.quantity, measured.as_of, self.today)?;
        let decimals = measured.quantity.resampled(reading.grain);
        let decimals = decimals.map_or(measured.quantity.decimals(), |joined| joined.decimals());
        let value = self.amount(reading.now.value, decimals, &measured.metric.unit);
        Some((value, self.period_short(&reading.now, measured.metric.measure)))
    }

    /// The period of a value in few letters.
    fn period_short(&self, figure: &Figure, measure: Measure) -> String {
        let year = figure.from.year().to_string();
        match figure.grain {
            _ if measure == Measure::Stock => self.locale.date_short(figure.newest),
            Grain::Day | Grain::Week => self.locale.date_short(figure.from),
            Grain::Month => format!("{} {year}", self.locale.month_short(figure.from)),
            Grain::Quarter => {
                let quarter = ((figure.from.month() - 1) / 3 + 1).to_string();
                self.locale.fill("score_quarter", &[("quarter", quarter.as_str()), ("year", year.as_str())])
            }
            Grain::Year => year,
        }
    }

    /// The change against the period before, in few letters.
    fn trend(&self, aim: &Aim, comparison: &Comparison) -> Option<ChangeView> {
        let reading = aim.reading.as_ref()?;
        let change = match comparison {
            Comparison::Change(change) => change,
            Comparison::Broken(_) => {
                let text = self.locale.word("score_broken").to_owned();
                return Some(ChangeView { text, verdict: String::new(), tone: "neutral", direction: "flat" });
            }
            Comparison::None => return None,
        };
        let view = self.change(comparison, &aim.metric, &reading.now, aim.decimals, false)?;
        let sign = match change.difference {
            difference if difference > 0.0 => "+",
            difference if difference < 0.0 => "−",
            _ => "±",
        };
        let text = format!("{sign}{}", self.difference(change, &aim.metric, aim.decimals));
        Some(ChangeView { text, verdict: String::new(), ..view })
    }

    fn scorecard_csv(&self, goals: &[GoalView]) -> String {
        let mut text = String::new();
        let columns = [
            "score_objective",
            "score_metric",
            "score_status",
            "score_actual",
            "score_period",
            "score_expected",
            "score_target",
            "score_by",
            "score_baseline",
            "score_since_column",
            "score_attained",
            "score_trend",
            "score_age",
        ];
        csv_line(&mut text, columns.iter().map(|key| self.locale.word(key)));
        for goal in goals {
            for aim in &goal.aims {
                let status = aim.status.as_ref().map_or("", |status| status.text.as_str());
                let trend = aim.trend.as_ref().map_or("", |trend| trend.text.as_str());
                let cells = [
                    goal.link.text.as_str(),
                    &aim.metric.text,
                    status,
                    &aim.actual,
                    &aim.period,
                    &aim.expected,
                    &aim.target,
                    &aim.by,
                    &aim.baseline,
                    &aim.since,
                    &aim.attained,
                    trend,
                    &aim.age,
                ];
                csv_line(&mut text, cells);
            }
            if goal.aims.is_empty() {
                csv_line(&mut text, [goal.link.text.as_str(), "", goal.empty.as_str()]);
            }
        }
        text
    }
}

/// The unit where it belongs to the number; other units are said once, with the metric.
fn sign(unit: &str) -> &str {
    let is_currency = unit.len() == 3 && unit.bytes().all(|letter| letter.is_ascii_uppercase());
    if matches!(unit, "%" | "€") || is_currency { unit } else { "" }
}

/// The decimals that a number was written with, two at most.
fn decimals_of(value: f64) -> u8 {
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-9;
    match value {
        value if is_whole(value) => 0,
        value if is_whole(value * 10.0) => 1,
        _ => 2,
    }
}
