//! Floor 6: what follows from a resolved playbook. Here live the lenses, the only code that names fields of kinds; a test holds them against the kind files.

mod accepted;
mod accounts;
mod book;
mod cadence;
mod calendar;
mod called;
pub mod chain;
#[cfg(test)]
pub(crate) mod checked;
mod cost;
pub mod coverage;
mod crisis;
mod crossing;
mod delta;
mod evaluation;
mod facet;
mod feedback;
mod fields;
mod freshness;
mod incident;
mod informants;
mod map;
mod metric;
mod news;
mod occurrence;
mod path;
mod people;
mod post;
mod raci;
mod readiness;
mod reading;
mod replaced;
mod response;
mod results;
mod rhythm;
#[cfg(test)]
pub(crate) mod sample;
mod scorecard;
mod selection;
mod skills;
mod steps;
mod target;
mod tree;

pub use accepted::{Accepted, accepted, accepts};
pub use accounts::{Account, OWNERS, REVIEW_DAYS, SecondStep, Stance, Weakness, account, accounts, stance};
pub use book::{Book, Measurement, Measurements, Published, shows_figures};
pub use cadence::{Kept, Mix, ORIGINS, Pace, Share, Slot, exports_of_channels, mix, paces};
pub use calendar::{Entry, Matter, State, entries, span_of_posts, tasks};
pub use called::Called;
pub use cost::{
    Answer, Expense, Outlay, Rejected, Yield, campaigns, hours_of_roles, is_used, outlays, rejected,
    review_by, sums, tools,
};
pub use crisis::{
    Contact, DUTIES, Emergency, FirstStep, GRAVE, Member, Rehearsal, Scenario, Severity, contacts, emergency,
    scenario, scenarios, severities, severity,
};
pub use crossing::{Crossings, crossings, is_related};
pub use delta::{Delta, MovedTarget, NoFigures, Times, delta};
pub use evaluation::{Evaluation, Found, Recorded, Step as NextStep, evaluation, evaluations, is_same};
pub use facet::{Facet, Side, kind_called, names_of_kind, sides};
pub use feedback::{ANSWER_WITHIN, Decided, Stage, Told, decided, funnel, proposal_span, told};
pub use freshness::{Freshness, Review, freshness, has_owner, review};
pub use incident::{Incident, Task, incident, incidents};
pub use informants::{Informant, informant, informants};
pub use map::{MapAim, SERVING, StrategyMap};
pub use metric::{
    Figures, Good, Metric, Thresholds, breaks_of_series, formula_in_words, is_defined, is_series, metric,
    thresholds,
};
pub use news::{News, news};
pub use occurrence::{OCCURRING, Occurrence, occurrence};
pub use path::{Path, PathStep, path};
pub use people::{
    Branch, FUNCTIONS, Person, Role, crisis_posts, is_vacant, people, person, role, roles, team_map,
};
pub use post::{Post, limit, post};
pub use raci::{Duties, Shares, answers, load, most_steps, parts_of, raci, shares};
pub use readiness::{Readiness, is_reachable, is_reachable_in_crisis, readiness};
pub use reading::{
    Comparison, Progress, Reading, Stand, Status, cut_off, is_total, judge, progress, reading,
};
pub use replaced::{HEADED, PAIRS, REPLACED, is_headed, is_pair, is_replaced, is_told};
pub use response::{
    Response, Template, guideline_kinds, is_approval_stale, published_texts, response, responses, template,
    templates,
};
pub use results::{Chain, Level, Ring, Via, chain, chains, level};
pub use rhythm::{Rhythm, clock};
pub use scorecard::{
    Aim, Goal, Lack, Later, active_objectives, aim, aims, goals, lacks, lacks_of_target, parent, state, tally,
};
pub use selection::{Condition, Selection, Wanted};
pub use skills::{Cover, Need, Skill, held_by, is_accepted, needs, skills};
pub use steps::{Step, steps};
pub use target::{Target, targets};
pub use tree::{Limb, tree};

/// Fields that lenses name: kind, path. The test below and the kind files must agree.
pub const NAMED: &[(&str, &str)] = &[
    ("objective", "parent"),
    ("objective", "accept"),
    ("objective", "accept.code"),
    ("objective", "accept.until"),
    ("objective", "accept.reason"),
    ("objective", "audiences"),
    ("objective", "channels"),
    ("objective", "targets"),
    ("objective", "targets.metric"),
    ("objective", "targets.value"),
    ("objective", "targets.by"),
    ("objective", "targets.baseline"),
    ("objective", "targets.baseline_date"),
    ("objective", "targets.counted"),
    ("objective", "targets.path"),
    ("objective", "targets.milestones"),
    ("objective", "targets.milestones.date"),
    ("objective", "targets.milestones.value"),
    ("objective", "period"),
    ("objective", "owner"),
    ("objective", "kind"),
    ("objective", "order"),
    ("audience", "needs"),
    ("audience", "barriers"),
    ("audience", "insight"),
    ("audience", "channels"),
    ("metric", "source"),
    ("metric", "preset"),
    ("metric", "summary"),
    ("metric", "caveats"),
    ("metric", "formula"),
    ("metric", "definition_source"),
    ("metric", "column"),
    ("metric", "date_column"),
    ("metric", "formula.num"),
    ("metric", "formula.den"),
    ("metric", "formula.text"),
    ("metric", "values"),
    ("metric", "values.date"),
    ("metric", "values.value"),
    ("metric", "unit"),
    ("metric", "kind"),
    ("metric", "good"),
    ("metric", "count_column"),
    ("metric", "frequency"),
    ("metric", "headline"),
    ("metric", "status"),
    ("metric", "thresholds.on_track"),
    ("metric", "thresholds.at_risk"),
    ("metric", "breaks"),
    ("metric", "breaks.date"),
    ("metric", "breaks.note"),
    ("metric", "level"),
    ("channel", "case"),
    ("channel", "case.decision"),
    ("channel", "case.hours_week"),
    ("channel", "case.cost_month"),
    ("channel", "case.expected_return"),
    ("channel", "case.review_by"),
    ("channel", "case.reason"),
    ("channel", "cadence"),
    ("channel", "kind"),
    ("channel", "platform"),
    ("pillar", "share"),
    ("tool", "cost"),
    ("tool", "cost_per"),
    ("tool", "accounts"),
    ("campaign", "budget"),
    ("campaign", "hours"),
    ("campaign", "channels"),
    ("campaign", "start"),
    ("campaign", "end"),
    ("role", "hours_per_week"),
    ("role", "people"),
    ("role", "deputy"),
    ("role", "function"),
    ("role", "unit"),
    ("role", "training"),
    ("role", "reports_to"),
    ("role", "skills"),
    ("role", "skills.skill"),
    ("role", "skills.level"),
    ("feedback", "date"),
    ("feedback", "times"),
    ("feedback", "proposal"),
    ("feedback", "proposal.status"),
    ("feedback", "proposal.text"),
    ("feedback", "proposal.owner"),
    ("feedback", "proposal.answered"),
    ("decision", "date"),
    ("decision", "kind"),
    ("decision", "changes"),
    ("decision", "result"),
    ("decision", "review"),
    ("decision", "by"),
    ("evaluation", "period"),
    ("evaluation", "issued"),
    ("evaluation", "objectives"),
    ("evaluation", "decisions"),
    ("evaluation", "asks"),
    ("evaluation", "next"),
    ("evaluation", "next.do"),
    ("evaluation", "next.owner"),
    ("evaluation", "next.by"),
    ("evaluation", "budget"),
    ("evaluation", "budget.planned"),
    ("evaluation", "budget.spent"),
    ("evaluation", "figures"),
    ("evaluation", "figures.metric"),
    ("evaluation", "figures.value"),
    ("evaluation", "figures.since"),
    ("procedure", "steps"),
    ("procedure", "steps.do"),
    ("procedure", "steps.raci"),
    ("procedure", "steps.raci.responsible"),
    ("procedure", "steps.raci.accountable"),
    ("procedure", "steps.raci.consulted"),
    ("procedure", "steps.raci.informed"),
    ("post", "at"),
    ("post", "channels"),
    ("post", "pillar"),
    ("post", "campaign"),
    ("post", "owner"),
    ("post", "status"),
    ("post", "repeats.every"),
    ("post", "repeats.at"),
    ("post", "repeats.until"),
    ("post", "origin"),
    ("post", "approved_by"),
    ("post", "text"),
    ("post", "media.file"),
    ("post", "media.alt"),
    ("post", "media.captions"),
    ("post", "summary"),
    ("incident", "kind"),
    ("incident", "start"),
    ("incident", "scenario"),
    ("incident", "severity"),
    ("incident", "end"),
    ("incident", "first_statement"),
    ("incident", "debriefed"),
    ("incident", "actions"),
    ("incident", "actions.do"),
    ("incident", "actions.owner"),
    ("incident", "actions.by"),
    ("incident", "actions.done"),
    ("scenario", "likelihood"),
    ("scenario", "impact"),
    ("scenario", "severity"),
    ("scenario", "early_signals"),
    ("scenario", "listening"),
    ("scenario", "prevention"),
    ("scenario", "escalate_when"),
    ("scenario", "first_hour"),
    ("scenario", "first_hour.within"),
    ("scenario", "first_hour.do"),
    ("scenario", "first_hour.role"),
    ("scenario", "first_hour.template"),
    ("scenario", "first_hour.channel"),
    ("scenario", "team"),
    ("scenario", "statements"),
    ("scenario", "do"),
    ("scenario", "dont"),
    ("scenario", "stand_down"),
    ("scenario", "rehearse_every"),
    ("scenario", "team.lead"),
    ("scenario", "team.deputy"),
    ("scenario", "team.spokesperson"),
    ("scenario", "team.legal"),
    ("scenario", "team.experts"),
    ("scenario", "team.liaison_external"),
    ("scenario", "team.liaison_internal"),
    ("scenario", "team.scribe"),
    ("severity", "level"),
    ("severity", "criteria"),
    ("severity", "notify"),
    ("severity", "first_statement_within"),
    ("severity", "approver"),
    ("person", "phone"),
    ("person", "left"),
    ("person", "absent"),
    ("person", "skills"),
    ("person", "skills.skill"),
    ("person", "skills.level"),
    ("account", "channel"),
    ("account", "owners"),
    ("account", "last_access_review"),
    ("account", "handle"),
    ("account", "url"),
    ("account", "access"),
    ("account", "access.person"),
    ("account", "access.level"),
    ("account", "two_factor"),
    ("account", "recovery_contact"),
    ("informant", "cadence"),
    ("informant", "last_contact"),
    ("informant", "pillars"),
    ("informant", "topics"),
    ("informant", "how_to_reach"),
    ("article", "reviewed"),
    ("article", "review_every"),
    ("article", "owner"),
    ("response", "trigger"),
    ("response", "example"),
    ("response", "is_true"),
    ("response", "action"),
    ("response", "within"),
    ("response", "role"),
    ("response", "template"),
    ("response", "escalate_to"),
    ("response", "evidence"),
    ("template", "kind"),
    ("template", "text"),
    ("template", "texts"),
    ("template", "texts.language"),
    ("template", "texts.text"),
    ("template", "placeholders"),
    ("template", "approved"),
    ("template", "approved_by"),
    ("guideline", "kind"),
    ("path", "role"),
    ("path", "mentor"),
    ("path", "steps"),
    ("path", "steps.do"),
    ("path", "steps.page"),
    ("path", "steps.procedure"),
    ("path", "steps.url"),
    ("path", "steps.ask"),
    ("path", "steps.minutes"),
    ("path", "steps.check"),
];

#[cfg(test)]
mod tests {
    use crate::model::Field;

    fn has(fields: &[Field], path: &str) -> bool {
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let field = fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| rest.is_empty() || has(field.shape.record().unwrap_or_default(), rest))
    }

    #[test]
    fn lenses_name_fields_that_exist() {
        let kinds = crate::model::builtin(&mut Vec::new());
        let pairs = super::PAIRS.iter().flat_map(|(kind, one, two)| [(*kind, *one), (*kind, *two)]);
        let occurring =
            super::OCCURRING.iter().flat_map(|(kind, first, last)| [(*kind, *first), (*kind, *last)]);
        let named = super::NAMED
            .iter()
            .chain(super::REPLACED)
            .chain(super::HEADED)
            .copied()
            .chain(pairs)
            .chain(occurring);
        for (kind, path) in named {
            let kind = kinds.named(kind).expect("a kind");
            assert!(has(&kind.fields, path), "{}.{path}", kind.name);
        }
    }
}
