//! What each channel costs and what comes of it; tools and campaigns; the channels that were decided against.

use super::{Planner, Sheet, heading};
use crate::insight::{self, Answer, Expense, Outlay, Rejected, Yield};
use crate::model::{Chapter, FieldType, Money};
use crate::site::view::{
    CardView, CellView, ColumnView, FactView, FigureView, LinkView, PartView, RowView, Shown, TableView,
};
use crate::text::PagePath;
use crate::text::capital;

pub(super) static SHEET: Sheet = Sheet {
    name: "cost",
    path: ["cost-and-return", "coste-y-retorno"],
    chapter: Chapter::Evaluate,
    parts,
    has: |planner| {
        let book = planner.book();
        let is_known = |outlay: &Outlay| outlay.hours_week.is_some() || outlay.cost_month.is_some();
        insight::outlays(book).iter().any(is_known) || !insight::rejected(book).is_empty()
    },
};

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let locale = planner.locale;
    let outlays = insight::outlays(book);
    let mut parts = Vec::new();
    if !outlays.is_empty() {
        parts.push(PartView::Figures { figures: planner.cost_figures(&outlays) });
        parts.push(heading(locale.word("cost_question"), "_return"));
        parts.push(PartView::Prose { html: format!("<p>{}</p>", locale.word("cost_how")) });
        let cards = outlays.iter().filter_map(|outlay| planner.outlay_card(outlay, page)).collect();
        parts.push(PartView::Cards { cards });
        parts.push(heading(locale.word("cost_table"), "_figures"));
        parts.push(PartView::Table { table: planner.with_csv(planner.outlay_table(&outlays, page), page) });
    }
    let mut expenses = insight::tools(book);
    expenses.extend(insight::campaigns(book));
    if !expenses.is_empty() {
        parts.push(heading(locale.word("cost_expenses"), "_expenses"));
        parts.push(PartView::Table { table: planner.expense_table(&expenses, page) });
    }
    let rejected = insight::rejected(book);
    if !rejected.is_empty() {
        parts.push(heading(locale.word("cost_rejected"), "_rejected"));
        let cards = rejected.iter().filter_map(|rejected| planner.rejected_card(rejected, page)).collect();
        parts.push(PartView::Cards { cards });
    }
    parts
}

impl Planner<'_> {
    fn cost_figures(&self, outlays: &[Outlay]) -> Vec<FigureView> {
        let locale = self.locale;
        let figure = |value: String, key: &str, note: String, tone: &'static str| FigureView {
            value,
            label: locale.word(key).to_owned(),
            note,
            url: String::new(),
            tone,
        };
        let mut figures = Vec::new();
        let hours: Vec<f64> = outlays.iter().filter_map(|outlay| outlay.hours_week).collect();
        let silent = outlays.len() - hours.len();
        if !hours.is_empty() {
            let sum: f64 = hours.iter().sum();
            let there = insight::hours_of_roles(self.book());
            let mut note = there.map_or(String::new(), |there| {
                locale.fill("cost_of_hours", &[("hours", locale.duration(there, "hour").as_str())])
            });
            if silent > 0 {
                let silent = locale.counted("cost_silent", silent);
                note = if note.is_empty() { silent } else { format!("{note}; {silent}") };
            }
            let tone = if there.is_some_and(|there| sum > there) { "bad" } else { "neutral" };
            figures.push(figure(locale.number(sum, decimals(sum)), "cost_hours_week", note, tone));
        }
        let money =
            insight::sums(self.book(), outlays.iter().filter_map(|outlay| outlay.cost_month.as_ref()));
        for sum in &money {
            figures.push(figure(self.money(sum), "cost_money_month", String::new(), "neutral"));
        }
        let returns = outlays.iter().filter(|outlay| outlay.answer == Answer::Returns).count();
        let value = locale.fill(
            "cost_n_of",
            &[
                ("n", locale.number(returns as f64, 0).as_str()),
                ("all", locale.number(outlays.len() as f64, 0).as_str()),
            ],
        );
        figures.push(figure(value, "cost_returning", String::new(), "neutral"));
        figures
    }

    fn outlay_card(&self, outlay: &Outlay, page: &PagePath) -> Option<CardView> {
        let locale = self.locale;
        let row = |key: &str, value: Shown| FactView {
            lang: String::new(),
            field: key.to_owned(),
            label: locale.word(key).to_owned(),
            help: String::new(),
            value,
        };
        let text = |text: String| Shown::Text { text };
        let (key, _) = outlay.answer.names();
        let mut rows = vec![row("cost_answer", text(locale.word(key).to_owned()))];
        let costs: Vec<String> = [
            outlay.hours_week.map(|hours| {
                locale.fill("cost_a_week", &[("hours", locale.duration(hours, "hour").as_str())])
            }),
            outlay
                .cost_month
                .as_ref()
                .map(|money| locale.fill("cost_a_month", &[("money", self.money(money).as_str())])),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !costs.is_empty() {
            rows.push(row("cost_costs", text(costs.join(&self.and()))));
        }
        let results: Vec<Shown> =
            outlay.results.iter().filter_map(|result| Some(text(self.yield_text(result)?))).collect();
        match results.len() {
            0 => {}
            1 => rows.extend(results.into_iter().map(|result| row("cost_brings", result))),
            _ => rows.push(row("cost_brings", Shown::List { items: results })),
        }
        if let Some(expected) = &outlay.expected {
            rows.push(row("cost_expected", text(expected.clone())));
        }
        let missing: Vec<&str> = [
            (outlay.hours_week.is_none(), "cost_no_hours"),
            (outlay.cost_month.is_none(), "cost_no_money"),
            (outlay.expected.is_none(), "cost_no_expected"),
        ]
        .into_iter()
        .filter(|(is_missing, _)| *is_missing)
        .map(|(_, key)| locale.word(key))
        .collect();
        if !missing.is_empty() {
            rows.push(row("cost_missing", text(missing.join(", "))));
        }
        let kicker = outlay.decision.map(|decision| self.choice_label("channel", "case.decision", decision));
        Some(CardView {
            title: self.short_link(outlay.channel, page)?,
            kicker: kicker.unwrap_or_default(),
            rows,
            links: Vec::new(),
        })
    }

    /// "58 sign-ups a month; each of them 13 minutes and €0.53".
    fn yield_text(&self, result: &Yield) -> Option<String> {
        let locale = self.locale;
        let metric = insight::metric(self.edition.kinds(), self.edition.entity(result.metric)?)?;
        let decimals = if result.a_month.abs() < 10.0 { 1 } else { 0 };
        let name = self.name_of(result.metric);
        let amount = self.amount(result.a_month, decimals, &metric.unit);
        let key = if result.growth { "cost_grows" } else { "cost_yields" };
        let mut text = locale.fill(key, &[("name", name.as_str()), ("amount", amount.as_str())]);
        let each: Vec<String> = [
            result.hours_each.map(|hours| self.hours_text(hours)),
            result.money_each.as_ref().map(|(amount, currency)| locale.money(*amount, 2, currency)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !each.is_empty() {
            let each = each.join(&self.and());
            text.push_str(&locale.fill("cost_each", &[("each", each.as_str())]));
        }
        Some(text)
    }

    /// "and", between two amounts.
    fn and(&self) -> String {
        format!(" {} ", self.locale.word("cost_and"))
    }

    /// A length of work as people say it: minutes below two hours.
    fn hours_text(&self, hours: f64) -> String {
        let minutes = hours * 60.0;
        if minutes < 1.0 {
            self.locale.word("cost_under_minute").to_owned()
        } else if hours < 2.0 {
            self.locale.duration(minutes.round(), "minute")
        } else {
            self.locale.duration((hours * 10.0).round() / 10.0, "hour")
        }
    }

    fn outlay_table(&self, outlays: &[Outlay], page: &PagePath) -> TableView {
        let locale = self.locale;
        let total: f64 = outlays.iter().filter_map(|outlay| outlay.hours_week).sum();
        let number = |text: String| CellView::of(Shown::Number { text });
        let empty = || CellView::default().toned("gap");
        let row = |outlay: &Outlay| {
            let hours = |hours: f64| number(locale.number(hours, decimals(hours)));
            let share = |hours: f64| number(locale.percent(hours / total * 100.0, 0));
            let cells = vec![
                outlay.hours_week.map_or_else(empty, hours),
                outlay.hours_week.filter(|_| total > 0.0).map_or_else(empty, share),
                outlay.cost_month.as_ref().map_or_else(empty, |money| number(self.money(money))),
                outlay
                    .review_by
                    .map_or_else(empty, |day| CellView::of(Shown::Date { moment: self.moment(day) })),
            ];
            let gap = cells.iter().any(|cell| cell.tone == "gap");
            Some(RowView { heading: self.short_link(outlay.channel, page)?, cells, gap })
        };
        let column = |key: &str, numeric: bool| ColumnView {
            text: capital(locale.word(key)),
            numeric,
            ..ColumnView::default()
        };
        TableView {
            id: "_costs".to_owned(),
            caption: locale.word("cost_table").to_owned(),
            corner: locale.word("cost_channel").to_owned(),
            columns: vec![
                column("cost_hours_week", true),
                column("cost_share", true),
                column("cost_money_month", true),
                column("cost_review", false),
            ],
            rows: outlays.iter().filter_map(row).collect(),
            ..TableView::default()
        }
    }

    fn expense_table(&self, expenses: &[Expense], page: &PagePath) -> TableView {
        let locale = self.locale;
        let row = |expense: &Expense| {
            let money = expense.money.as_ref().map(|money| self.money(money)).unwrap_or_default();
            let per = expense
                .per
                .as_ref()
                .map(|per| self.choice_label("tool", "cost_per", per).to_lowercase())
                .filter(|per| !per.is_empty() && !money.is_empty());
            let money = match per {
                Some(per) => format!("{money} / {per}"),
                None => money,
            };
            let hours = expense.hours.map(|hours| locale.number(hours, decimals(hours))).unwrap_or_default();
            let links: Vec<LinkView> =
                expense.channels.iter().filter_map(|channel| self.short_link(*channel, page)).collect();
            let cells = vec![
                CellView::number(money),
                CellView::number(hours),
                if links.is_empty() { CellView::default() } else { CellView::of(Shown::Links { links }) },
            ];
            Some(RowView { heading: self.short_link(expense.id, page)?, cells, gap: false })
        };
        let column = |key: &str, numeric: bool| ColumnView {
            text: locale.word(key).to_owned(),
            numeric,
            ..ColumnView::default()
        };
        TableView {
            id: "_expense".to_owned(),
            caption: locale.word("cost_expenses").to_owned(),
            corner: locale.word("name").to_owned(),
            columns: vec![
                column("cost_money", true),
                column("cost_hours", true),
                column("cost_channels", false),
            ],
            rows: expenses.iter().filter_map(row).collect(),
            note: locale.word("cost_expenses_note").to_owned(),
            ..TableView::default()
        }
    }

    fn rejected_card(&self, rejected: &Rejected, page: &PagePath) -> Option<CardView> {
        let locale = self.locale;
        let row = |key: &str, value: Shown| FactView {
            lang: String::new(),
            field: key.to_owned(),
            label: locale.word(key).to_owned(),
            help: String::new(),
            value,
        };
        let reason = rejected.reason.clone().unwrap_or_else(|| locale.word("cost_no_reason").to_owned());
        let mut rows = vec![row("cost_reason", Shown::Text { text: reason })];
        if let Some(day) = rejected.review_by {
            rows.push(row("cost_review", Shown::Date { moment: self.moment(day) }));
        }
        Some(CardView {
            title: self.short_link(rejected.channel, page)?,
            kicker: self.choice_label("channel", "case.decision", rejected.decision),
            rows,
            links: rejected.decisions.iter().filter_map(|id| self.short_link(*id, page)).collect(),
        })
    }

    /// An amount of money as it was written.
    pub(in crate::site) fn money(&self, money: &Money) -> String {
        self.locale.money(money.amount, money.decimals, &money.currency)
    }

    /// What a choice of a field is called; the path of the field within its kind.
    pub(in crate::site) fn choice_label(&self, kind: &str, path: &str, name: &str) -> String {
        let Some(kind) = self.edition.kinds().named(kind) else { return String::new() };
        let mut fields = kind.fields.as_slice();
        let mut shape = None;
        for part in path.split('.') {
            let field = fields.iter().find(|field| field.name == part);
            shape = field.map(|field| &field.shape);
            fields = field.and_then(|field| field.shape.record()).unwrap_or_default();
        }
        let Some(FieldType::Choice(choices)) = shape else { return String::new() };
        let choice = choices.iter().find(|choice| choice.name == name);
        choice.map(|choice| choice.label.within(self.locale.language()).to_owned()).unwrap_or_default()
    }
}

fn decimals(value: f64) -> u8 {
    if (value - value.round()).abs() < 0.05 { 0 } else { 1 }
}
