//! The default theme's files, embedded: templates, styles, scripts, words. The only place that names them.

use std::collections::BTreeMap;

/// Templates by name; the parts that others call stand in `components/`.
pub(super) static TEMPLATES: &[(&str, &str)] = &[
    ("article.html", include_str!("../../themes/default/templates/article.html")),
    ("base.html", include_str!("../../themes/default/templates/base.html")),
    ("components/figure.html", include_str!("../../themes/default/templates/components/figure.html")),
    ("components/kpi.html", include_str!("../../themes/default/templates/components/kpi.html")),
    ("components/links.html", include_str!("../../themes/default/templates/components/links.html")),
    ("components/page.html", include_str!("../../themes/default/templates/components/page.html")),
    ("components/parts.html", include_str!("../../themes/default/templates/components/parts.html")),
    ("components/value.html", include_str!("../../themes/default/templates/components/value.html")),
    ("entity.html", include_str!("../../themes/default/templates/entity.html")),
    ("fragments/chart.html", include_str!("../../themes/default/templates/fragments/chart.html")),
    ("fragments/kpis.html", include_str!("../../themes/default/templates/fragments/kpis.html")),
    ("fragments/menu.html", include_str!("../../themes/default/templates/fragments/menu.html")),
    ("fragments/parts.html", include_str!("../../themes/default/templates/fragments/parts.html")),
    ("glossary.html", include_str!("../../themes/default/templates/glossary.html")),
    ("home.html", include_str!("../../themes/default/templates/home.html")),
    ("index.html", include_str!("../../themes/default/templates/index.html")),
    ("not-found.html", include_str!("../../themes/default/templates/not-found.html")),
    ("sheet.html", include_str!("../../themes/default/templates/sheet.html")),
];

/// The parts of the style sheet, joined in this order into one file. The sheet of the drawings (`src/chart/chart.css`) belongs at the end.
pub(super) static STYLES: &[&str] =
    &[include_str!("../../themes/default/style.css"), crate::chart::CHART_CSS];

/// Loaded by pages with computed parts, after the sheet of all pages.
pub(super) static PARTS_STYLE: &str = include_str!("../../themes/default/parts.css");

/// Run before the first paint, so that the reader's choice of light or dark does not flash.
pub(super) static THEME_SCRIPT: &str = include_str!("../../themes/default/theme.js");

/// Run when the page has been read.
pub(super) static SCRIPT: &str = include_str!("../../themes/default/portolan.js");

/// Run when a page with charts has been read.
pub(super) static CHART_SCRIPT: &str = include_str!("../../themes/default/chart.min.js");

static WORDS: &[(&str, &str)] = &[
    ("en", include_str!("../../themes/default/words/en.yaml")),
    ("es", include_str!("../../themes/default/words/es.yaml")),
];

/// The interface words of a language (`es`, `es-MX`), English where the theme has none. One line a word in the file: `key: "text"`.
pub fn words(language: &str) -> BTreeMap<String, String> {
    let base = language.split(['-', '_']).next().unwrap_or_default();
    let text = WORDS
        .iter()
        .find(|(tag, _)| *tag == base)
        .or_else(|| WORDS.first())
        .map(|(_, text)| *text)
        .unwrap_or_default();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .map(|(key, value)| (key.to_owned(), value.trim().trim_matches('"').to_owned()))
        .collect()
}

/// Keys that no template asks for: the program puts them into text, tags and menus.
pub static PROGRAM_WORDS: &[&str] = &[
    "cadence_day_one",
    "cadence_day_other",
    "cadence_every",
    "cadence_hour_one",
    "cadence_hour_other",
    "cadence_minute_one",
    "cadence_minute_other",
    "cadence_month_one",
    "cadence_month_other",
    "cadence_week_one",
    "cadence_week_other",
    "cadence_working_day_one",
    "cadence_working_day_other",
    "cadence_year_one",
    "cadence_year_other",
    "callout_caution",
    "callout_crisis",
    "callout_example",
    "callout_important",
    "callout_note",
    "callout_tip",
    "callout_warning",
    "chapter_about_articles",
    "chapter_about_content",
    "chapter_about_crisis",
    "chapter_about_evaluate",
    "chapter_about_governance",
    "chapter_about_listen",
    "chapter_about_objectives",
    "chapter_about_people",
    "chapter_about_respond",
    "chapter_articles",
    "chapter_content",
    "chapter_crisis",
    "chapter_evaluate",
    "chapter_governance",
    "chapter_listen",
    "chapter_objectives",
    "chapter_people",
    "chapter_respond",
    "chart_break",
    "chart_cut_off",
    "chart_percent",
    "chart_period",
    "chart_values",
    "edition_board",
    "edition_crisis",
    "edition_public",
    "edition_staff",
    "entries_one",
    "entries_other",
    "footnote",
    "footnote_back",
    "footnotes",
    "kpi_better",
    "kpi_broken",
    "kpi_by",
    "kpi_count",
    "kpi_expected",
    "kpi_fewer",
    "kpi_hardly",
    "kpi_in",
    "kpi_in_quarter",
    "kpi_incomplete",
    "kpi_less",
    "kpi_more",
    "kpi_on_day",
    "kpi_point",
    "kpi_points",
    "kpi_running",
    "kpi_same",
    "kpi_so_far",
    "kpi_so_far_until",
    "kpi_stale",
    "kpi_target",
    "kpi_total",
    "kpi_week",
    "kpi_week_before",
    "kpi_worse",
    "kpi_year_before",
    "more_one",
    "more_other",
    "no",
    "not_found",
    "not_in_this_edition",
    "only_gaps",
    "pages_count_one",
    "pages_count_other",
    "period_quarter",
    "period_week",
    "score_actual",
    "score_age",
    "score_attained",
    "score_baseline",
    "score_broken",
    "score_by",
    "score_caption",
    "score_expected",
    "score_metric",
    "score_no_target",
    "score_note",
    "score_objective",
    "score_period",
    "score_quarter",
    "score_since",
    "score_since_column",
    "score_status",
    "score_target",
    "score_trend",
    "score_without_target",
    "sheet_about_accounts",
    "sheet_about_scorecard",
    "sheet_accounts",
    "sheet_scorecard",
    "smart_baseline",
    "smart_baseline_date",
    "smart_deadline",
    "smart_no",
    "smart_owner",
    "smart_parent",
    "smart_target",
    "smart_yes",
    "status_achieved",
    "status_at_risk",
    "status_no_data",
    "status_off_track",
    "status_on_track",
    "status_underway",
    "tally_achieved",
    "tally_at_risk",
    "tally_no_data",
    "tally_off_track",
    "tally_on_track",
    "tally_stale",
    "tally_underway",
    "task_done",
    "task_open",
    "unit_day_one",
    "unit_day_other",
    "unit_hour_one",
    "unit_hour_other",
    "unit_minute_one",
    "unit_minute_other",
    "unit_month_one",
    "unit_month_other",
    "unit_week_one",
    "unit_week_other",
    "unit_working_day_one",
    "unit_working_day_other",
    "unit_year_one",
    "unit_year_other",
    "untitled",
    "values_and",
    "values_as_of",
    "values_column",
    "values_columns",
    "values_from",
    "values_line",
    "values_lines",
    "values_older_one",
    "values_older_other",
    "values_period",
    "values_week",
    "yes",
];
