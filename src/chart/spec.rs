//! What an author writes to get a chart: a flat map with English or Spanish keys → [`ChartSpec`].

use std::collections::BTreeMap;

use super::ChartKind;
use super::data::Role;
use super::kind::{Key, Takes};
use crate::finding::{Code, Finding, Level, Reported};
use crate::series::{Aggregate, Grain, Habits, date, number};
use crate::syntax::{Entry, Node, Tree};
use crate::text::{Span, Spanned, fold, nearest};
use crate::words;
use crate::world::Date;

/// A key of a chart that the program does not know.
pub static UNKNOWN_CHART_KEY: Code =
    Code { id: "P501", name: "unknown_chart_key", level: Level::Error, since: "0.1.0" };
/// A chart of no known kind.
pub static CHART_KIND: Code = Code { id: "P502", name: "chart_kind", level: Level::Error, since: "0.1.0" };
/// A chart without a title.
pub static CHART_WITHOUT_TITLE: Code =
    Code { id: "P503", name: "chart_without_title", level: Level::Warning, since: "0.1.0" };
/// A chart that names no data, or whose data hold nothing to draw.
pub static CHART_WITHOUT_DATA: Code =
    Code { id: "P505", name: "chart_without_data", level: Level::Error, since: "0.1.0" };
/// A value of a chart that is of another type than its key.
pub static CHART_WRONG_TYPE: Code =
    Code { id: "P507", name: "chart_wrong_type", level: Level::Error, since: "0.1.0" };
/// The same key twice, in one language or in two.
pub static REPEATED_CHART_KEY: Code =
    Code { id: "P508", name: "repeated_chart_key", level: Level::Error, since: "0.1.0" };

/// The order of categories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As in the data.
    #[default]
    Data,
    /// Greatest first.
    Value,
    /// By name.
    Name,
}

/// A key of another kind of chart.
pub static KEY_OF_OTHER_CHART: Code =
    Code { id: "P510", name: "key_of_other_chart", level: Level::Error, since: "0.1.0" };

/// The value of a key that only one kind of chart has.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A text, or the name of a column.
    Text(Spanned<String>),
    /// Texts, at least one.
    Texts(Vec<Spanned<String>>),
    /// A number.
    Number(Spanned<f64>),
    /// Texts by the English name of the part.
    Parts(BTreeMap<&'static str, Spanned<String>>),
    /// As written, for the kind to read.
    Tree(Node),
}

/// Something that happened and is marked in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub date: Date,
    /// The last day, of what took more than one.
    pub until: Option<Date>,
    /// What, in a few words.
    pub label: String,
    /// From this day on the figures are counted in another way, and are not joined with those before.
    pub anew: bool,
}

/// A chart as an author described it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartSpec {
    /// What is drawn.
    pub kind: ChartKind,
    /// A name for links to the chart.
    pub id: Option<Spanned<String>>,
    /// The finding.
    pub title: String,
    /// Measure, unit, period; may be empty.
    pub subtitle: String,
    /// Path of a data file.
    pub data: Option<Spanned<String>>,
    /// Ids of metrics.
    pub metrics: Vec<Spanned<String>>,
    /// Column along the bottom: dates or names. The first column unless said.
    pub x: Option<Spanned<String>>,
    /// Columns of figures. All columns of numbers unless said.
    pub y: Vec<Spanned<String>>,
    /// Column whose texts tell series apart.
    pub color: Option<Spanned<String>>,
    /// A value to compare with.
    pub target: Option<f64>,
    /// When the target is to be reached.
    pub target_by: Option<Date>,
    /// Where the data are from; may be empty.
    pub source: String,
    /// What the chart shows, in the author's words; may be empty.
    pub description: String,
    /// Unit of the figures; `None` leaves it to the data.
    pub unit: Option<String>,
    /// Decimals to show; `None` leaves it to the data.
    pub decimals: Option<u8>,
    /// What happened meanwhile, in the order of time.
    pub events: Vec<Event>,
    /// Names of entities that happened at a date or over a time.
    pub event_names: Vec<Spanned<String>>,
    /// How values of one period become one; `None` leaves them as they are.
    pub aggregate: Option<Aggregate>,
    /// The period to which values are joined.
    pub time_unit: Option<Grain>,
    /// The order of categories.
    pub sort: Sort,
    /// Names to show instead of those in the data: as in the data, as shown.
    pub labels: Vec<(String, String)>,
    /// Values of the keys of the kind, by English name.
    pub own: BTreeMap<&'static str, Setting>,
}

/// Keys: English name, Spanish name, further names.
const KEYS: [(&str, &str, &[&str]); 19] = [
    ("chart", "grafico", &["tipo", "type", "kind"]),
    ("title", "titulo", &[]),
    ("subtitle", "subtitulo", &[]),
    ("data", "datos", &[]),
    ("metric", "indicador", &["metrica"]),
    ("x", "x", &[]),
    ("y", "y", &[]),
    ("color", "color", &["colour", "serie", "series"]),
    ("target", "objetivo", &["meta"]),
    ("source", "fuente", &[]),
    ("description", "descripcion", &[]),
    ("unit", "unidad", &[]),
    ("events", "eventos", &["hechos"]),
    ("id", "id", &[]),
    ("aggregate", "agregar", &["agregacion"]),
    ("time_unit", "periodo", &["timeunit"]),
    ("sort", "orden", &["ordenar"]),
    ("labels", "etiquetas", &["nombres"]),
    ("decimals", "decimales", &[]),
];

impl ChartSpec {
    /// The spec in a map, and what is wrong with it. `None` when there is too little to draw: no known kind, no data, no map.
    pub fn read(node: &Node, habits: Habits) -> Reported<Option<ChartSpec>> {
        let mut reader = Reader { habits, findings: Vec::new(), spec: ChartSpec::default() };
        let drawable = reader.read(node);
        Reported::new(drawable.then_some(reader.spec), reader.findings)
    }

    /// The text of a key of the kind.
    pub(crate) fn own_text(&self, key: &str) -> Option<&Spanned<String>> {
        match self.own.get(key)? {
            Setting::Text(text) => Some(text),
            Setting::Texts(texts) => texts.first(),
            Setting::Number(_) | Setting::Parts(_) | Setting::Tree(_) => None,
        }
    }

    /// The texts of a key of the kind.
    pub(crate) fn own_texts(&self, key: &str) -> &[Spanned<String>] {
        match self.own.get(key) {
            Some(Setting::Texts(texts)) => texts,
            Some(Setting::Text(text)) => std::slice::from_ref(text),
            _ => &[],
        }
    }

    /// The part of the playbook whose entities are the rows.
    pub fn of(&self) -> Option<&Spanned<String>> {
        self.own_text("of")
    }

    /// The number of a key of the kind.
    pub(crate) fn own_number(&self, key: &str) -> Option<f64> {
        self.own_number_at(key).map(|number| number.value)
    }

    /// The number of a key of the kind, with its place.
    pub(crate) fn own_number_at(&self, key: &str) -> Option<Spanned<f64>> {
        match self.own.get(key)? {
            Setting::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A part of a key of the kind: `low` of `forecast: {low: …}`.
    pub(crate) fn own_part(&self, key: &str, part: &str) -> Option<&Spanned<String>> {
        match self.own.get(key)? {
            Setting::Parts(parts) => parts.get(part),
            _ => None,
        }
    }

    /// The tree of a key of the kind.
    pub(crate) fn own_tree(&self, key: &str) -> Option<&Node> {
        match self.own.get(key)? {
            Setting::Tree(node) => Some(node),
            _ => None,
        }
    }

    /// The columns beside the first series: the range around it, and what is expected.
    pub(crate) fn beside(&self) -> impl Iterator<Item = (Role, &Spanned<String>)> {
        [
            (Role::Low, self.own_text("low")),
            (Role::High, self.own_text("high")),
            (Role::Ahead, self.own_part("forecast", "mid")),
            (Role::AheadLow, self.own_part("forecast", "low")),
            (Role::AheadHigh, self.own_part("forecast", "high")),
        ]
        .into_iter()
        .filter_map(|(role, name)| Some((role, name?)))
    }

    /// Whether the author says that the last period is not complete.
    pub(crate) fn partial(&self) -> bool {
        let written = self.own_text("partial").map(|text| fold(&text.value));
        matches!(written.as_deref(), Some("true" | "yes" | "si"))
    }

    /// The name under which something of the data is shown.
    pub(crate) fn shown(&self, name: &str) -> String {
        let folded = fold(name);
        if let Some((_, shown)) = self.labels.iter().find(|(known, _)| fold(known) == folded) {
            return shown.clone();
        }
        let spaced = name.trim().replace('_', " ");
        if spaced.chars().any(char::is_uppercase) {
            return spaced;
        }
        let mut characters = spaced.chars();
        match characters.next() {
            Some(first) => first.to_uppercase().chain(characters).collect(),
            None => spaced,
        }
    }
}

struct Reader {
    habits: Habits,
    findings: Vec<Finding>,
    spec: ChartSpec,
}

impl Reader {
    fn read(&mut self, node: &Node) -> bool {
        let Tree::Map(entries) = &node.tree else {
            self.findings.push(
                Finding::new(
                    &CHART_WRONG_TYPE,
                    node.span,
                    words!(
                        "a chart is written as `key: value` lines",
                        "un gráfico se escribe con líneas `clave: valor`"
                    ),
                )
                .help(words!(
                    "write at least `chart: line`, `title: …` and `data: …`",
                    "escribe al menos `grafico: linea`, `titulo: …` y `datos: …`"
                )),
            );
            return false;
        };
        // The kind first: it decides which keys there are.
        let kind = entries.iter().find(|entry| common(&fold(&entry.key.value)) == Some("chart"));
        let has_kind = self.kind(kind.map(|entry| &entry.value), node);
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for entry in entries {
            let Some(key) = self.key(entry, has_kind, &mut seen) else { continue };
            match key {
                Found::Common("chart") => {}
                Found::Common(key) => self.value(key, entry),
                Found::Own(key) => {
                    if let Some(setting) = self.setting(key, entry) {
                        self.spec.own.insert(key.name, setting);
                    }
                }
            }
        }
        self.title(node);
        has_kind && self.has_data(node)
    }

    /// A key, when this kind of chart has it and it is new.
    fn key(&mut self, entry: &Entry, has_kind: bool, seen: &mut Vec<(&'static str, Span)>) -> Option<Found> {
        let written = &entry.key.value;
        let folded = fold(written);
        let kind = self.spec.kind.definition();
        let own = kind.keys.iter().find(|key| key.is_called(&folded));
        let found = match (own, common(&folded)) {
            (Some(key), _) if has_kind => Found::Own(key),
            (_, Some(key)) if !(has_kind && kind.without.contains(&key)) => Found::Common(key),
            (_, common) => {
                let elsewhere = kind_with(&folded).or(common.map(|_| ChartKind::Line));
                match elsewhere {
                    // Of a kind that is not known no key is wrong for certain.
                    Some(_) if !has_kind => {}
                    Some(other) => self.findings.push(key_of_other(entry, self.spec.kind, other)),
                    None => self.findings.push(unknown_key(entry, self.spec.kind)),
                }
                return None;
            }
        };
        let name = found.name();
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == name) {
            self.findings.push(
                Finding::new(
                    &REPEATED_CHART_KEY,
                    entry.key.span,
                    words!(
                        "`{written}` says `{name}` a second time",
                        "`{written}` repite lo que ya dice otra clave"
                    ),
                )
                .also(*first, words!("this one counts", "esta es la que cuenta"))
                .why(words!("only one of the two can hold", "solo puede valer una de las dos"))
                .help(words!("delete one of them", "borra una de las dos")),
            );
            return None;
        }
        seen.push((name, entry.key.span));
        Some(found)
    }

    fn setting(&mut self, key: &'static Key, entry: &Entry) -> Option<Setting> {
        match key.takes {
            Takes::Text => self.name(entry).map(Setting::Text),
            Takes::Texts => {
                Some(Setting::Texts(self.names(entry))).filter(|texts| *texts != Setting::Texts(Vec::new()))
            }
            Takes::Number => {
                let number = self.number(entry)?;
                Some(Setting::Number(Spanned::new(number, entry.value.span)))
            }
            Takes::Tree => Some(Setting::Tree(entry.value.clone())),
            Takes::Parts(names) => self.parts(entry, names).map(Setting::Parts),
        }
    }

    fn parts(
        &mut self,
        entry: &Entry,
        names: &[(&'static str, &'static str)],
    ) -> Option<BTreeMap<&'static str, Spanned<String>>> {
        let mut parts = BTreeMap::new();
        let wanted = || {
            let list = |spanish: bool| {
                let names = names.iter().map(|(en, es)| if spanish { *es } else { *en });
                names.map(|name| format!("{name}: …")).collect::<Vec<_>>().join(", ")
            };
            let (english, spanish) = (list(false), list(true));
            words!("`{{ {english} }}`", "`{{ {spanish} }}`")
        };
        if !matches!(entry.value.tree, Tree::Map(_)) {
            self.wrong(entry, entry.value.span, wanted());
            return None;
        }
        for part in entry.value.entries() {
            let folded = fold(&part.key.value);
            match names.iter().find(|(en, es)| folded == *en || folded == *es) {
                Some((name, _)) => {
                    if let Some(text) = self.name(part) {
                        parts.insert(*name, text);
                    }
                }
                None => self.wrong(entry, part.key.span, wanted()),
            }
        }
        (!parts.is_empty()).then_some(parts)
    }

    fn value(&mut self, key: &'static str, entry: &Entry) {
        match key {
            "title" => self.spec.title = self.text(entry),
            "subtitle" => self.spec.subtitle = self.text(entry),
            "source" => self.spec.source = self.text(entry),
            "description" => self.spec.description = self.text(entry),
            "unit" => self.spec.unit = Some(self.text(entry)).filter(|unit| !unit.is_empty()),
            "data" => self.spec.data = self.name(entry),
            "metric" => self.spec.metrics = self.names(entry),
            "x" => self.spec.x = self.name(entry),
            "color" => self.spec.color = self.name(entry),
            "id" => self.spec.id = self.name(entry),
            "y" => self.spec.y = self.names(entry),
            "target" => self.dated_target(entry),
            "decimals" => self.spec.decimals = self.decimals(entry),
            "events" => self.spec.events = self.events(entry),
            "labels" => self.spec.labels = self.labels(entry),
            "aggregate" => {
                let choices: [(Aggregate, &[&str]); 4] = [
                    (Aggregate::Last, &["last", "ultimo"]),
                    (Aggregate::Sum, &["sum", "suma"]),
                    (Aggregate::Mean, &["mean", "media", "average", "promedio"]),
                    (Aggregate::Max, &["max", "maximo"]),
                ];
                self.spec.aggregate = self.choice(entry, &choices);
            }
            "time_unit" => {
                let choices: [(Grain, &[&str]); 5] = [
                    (Grain::Day, &["day", "dia"]),
                    (Grain::Week, &["week", "semana"]),
                    (Grain::Month, &["month", "mes"]),
                    (Grain::Quarter, &["quarter", "trimestre"]),
                    (Grain::Year, &["year", "ano"]),
                ];
                self.spec.time_unit = self.choice(entry, &choices);
            }
            "sort" => {
                let choices: [(Sort, &[&str]); 3] = [
                    (Sort::Data, &["data", "datos"]),
                    (Sort::Value, &["value", "valor"]),
                    (Sort::Name, &["name", "nombre"]),
                ];
                self.spec.sort = self.choice(entry, &choices).unwrap_or_default();
            }
            _ => {}
        }
    }

    fn kind(&mut self, node: Option<&Node>, chart: &Node) -> bool {
        let Some(node) = node else {
            self.findings.push(
                Finding::new(
                    &CHART_KIND,
                    chart.span,
                    words!("it is not said what kind of chart this is", "no se dice qué tipo de gráfico es"),
                )
                .why(words!("without a kind nothing can be drawn", "sin el tipo no se puede dibujar nada"))
                .help(kinds_help()),
            );
            return false;
        };
        let written = node.text().unwrap_or_default();
        let folded = fold(written);
        let mut kinds = ChartKind::ALL.iter();
        if let Some(kind) = kinds.find(|kind| kind.definition().names.contains(&folded.as_str())) {
            self.spec.kind = *kind;
            return true;
        }
        let finding = Finding::new(
            &CHART_KIND,
            node.span,
            words!("there is no chart `{written}`", "no hay ningún gráfico `{written}`"),
        );
        let english = ["pie", "donut", "doughnut", "radar"].contains(&folded.as_str());
        let spanish = ["tarta", "circular", "sectores", "rosco", "queso"].contains(&folded.as_str());
        let finding = if english || spanish {
            finding
                .why(words!(
                    "people compare lengths well and angles badly, so this program draws bars instead",
                    "las longitudes se comparan bien y los ángulos mal; por eso este programa dibuja barras"
                ))
                .replace(if english { "bar" } else { "barras" })
                .help(words!("write `chart: bar`", "escribe `grafico: barras`"))
        } else {
            let near = nearest(
                written,
                ChartKind::ALL.iter().flat_map(|kind| kind.definition().names.iter().copied()),
            );
            match near {
                Some(near) => finding.replace(near),
                None => finding.help(kinds_help()),
            }
        };
        self.findings.push(finding);
        false
    }

    fn title(&mut self, chart: &Node) {
        if !self.spec.title.is_empty() || self.spec.kind == ChartKind::Sparkline {
            return;
        }
        self.findings.push(
            Finding::new(
                &CHART_WITHOUT_TITLE,
                chart.span,
                words!("the chart has no title", "el gráfico no tiene título"),
            )
            .why(words!(
                "readers take from a chart what its title says; people who do not see it have the title only",
                "quien lee se queda con lo que dice el título; quien no ve el gráfico solo tiene el título"
            ))
            .help(words!(
                "add `title:` with what the figures show, as in `Answers take half as long as a year ago`",
                "añade `titulo:` con lo que muestran las cifras, como `Respondemos en la mitad de tiempo que hace un año`"
            )),
        );
    }

    fn has_data(&mut self, chart: &Node) -> bool {
        let inline = self.spec.kind.definition().inline;
        let has_data = self.spec.data.is_some()
            || !self.spec.metrics.is_empty()
            || inline.iter().any(|key| self.spec.own.contains_key(key));
        if !has_data {
            self.findings.push(
                Finding::new(
                    &CHART_WITHOUT_DATA,
                    chart.span,
                    words!("the chart does not say what to draw", "el gráfico no dice qué hay que dibujar"),
                )
                .why(words!("without data there is no chart", "sin datos no hay gráfico"))
                .help(words!(
                    "add `data:` with a file (`data/followers.csv`) or `metric:` with the id of a metric",
                    "añade `datos:` con un archivo (`datos/seguidores.csv`) o `indicador:` con el identificador de un indicador"
                )),
            );
        }
        has_data
    }

    fn text(&mut self, entry: &Entry) -> String {
        match &entry.value.tree {
            Tree::Scalar(text, _) => text.trim().to_owned(),
            Tree::Null => String::new(),
            Tree::List(_) | Tree::Map(_) => {
                self.wrong(entry, entry.value.span, words!("a text", "un texto"));
                String::new()
            }
        }
    }

    fn name(&mut self, entry: &Entry) -> Option<Spanned<String>> {
        let text = self.text(entry);
        (!text.is_empty()).then(|| Spanned::new(text, entry.value.span))
    }

    fn names(&mut self, entry: &Entry) -> Vec<Spanned<String>> {
        let Tree::List(items) = &entry.value.tree else { return self.name(entry).into_iter().collect() };
        let mut names = Vec::new();
        for item in items {
            match item.text().map(str::trim).filter(|text| !text.is_empty()) {
                Some(text) => names.push(Spanned::new(text.to_owned(), item.span)),
                None => {
                    self.wrong(entry, item.span, words!("the name of a column", "el nombre de una columna"))
                }
            }
        }
        names
    }

    /// A number, or `{ value: 500, by: 2026-12-31 }`.
    fn dated_target(&mut self, entry: &Entry) {
        if !matches!(entry.value.tree, Tree::Map(_)) {
            self.spec.target = self.number(entry);
            return;
        }
        for part in entry.value.entries() {
            match fold(&part.key.value).as_str() {
                "value" | "valor" => self.spec.target = self.number(part),
                "by" | "date" | "fecha" | "hasta" => {
                    if let Some(text) = self.name(part) {
                        let read = date(&part.key.value, &text.value, text.span, self.habits);
                        self.spec.target_by = read.into(&mut self.findings);
                    }
                }
                _ => self.wrong(
                    entry,
                    part.key.span,
                    words!("`{{ value: 500, by: 2026-12-31 }}`", "`{{ valor: 500, fecha: 2026-12-31 }}`"),
                ),
            }
        }
    }

    fn number(&mut self, entry: &Entry) -> Option<f64> {
        let text = self.name(entry)?;
        let read = number(&entry.key.value, &text.value, text.span, self.habits);
        if read.value.is_none() {
            self.wrong(
                entry,
                text.span,
                words!("a number, as in `8` or `12,5`", "un número, como `8` o `12,5`"),
            );
            return None;
        }
        read.into(&mut self.findings)
    }

    fn decimals(&mut self, entry: &Entry) -> Option<u8> {
        let text = self.name(entry)?;
        let decimals = text.value.parse().ok().filter(|decimals: &u8| *decimals <= 6);
        if decimals.is_none() {
            self.wrong(entry, text.span, words!("a number from 0 to 6", "un número del 0 al 6"));
        }
        decimals
    }

    fn labels(&mut self, entry: &Entry) -> Vec<(String, String)> {
        if !matches!(entry.value.tree, Tree::Map(_)) {
            self.wrong(
                entry,
                entry.value.span,
                words!("pairs such as `linkedin: LinkedIn`", "pares como `linkedin: LinkedIn`"),
            );
        }
        let mut labels = Vec::new();
        for label in entry.value.entries() {
            let shown = self.text(label);
            if !shown.is_empty() {
                labels.push((label.key.value.clone(), shown));
            }
        }
        labels
    }

    fn events(&mut self, entry: &Entry) -> Vec<Event> {
        let mut events = Vec::new();
        let items = match &entry.value.tree {
            Tree::List(items) => items.as_slice(),
            // One name needs no brackets.
            Tree::Scalar(..) => std::slice::from_ref(&entry.value),
            Tree::Null | Tree::Map(_) => {
                self.wrong_event(entry, entry.value.span);
                &[]
            }
        };
        for item in items {
            if let Some(name) = item.text().map(str::trim).filter(|name| !name.is_empty()) {
                self.spec.event_names.push(Spanned::new(name.to_owned(), item.span));
                continue;
            }
            match self.event(item) {
                Some(event) => events.push(event),
                None => self.wrong_event(entry, item.span),
            }
        }
        events.sort_by_key(|event| event.date);
        events
    }

    fn event(&mut self, item: &Node) -> Option<Event> {
        let part = |names: &[&str]| {
            let entry =
                item.entries().iter().find(|entry| names.contains(&fold(&entry.key.value).as_str()))?;
            entry.value.text().map(|text| (text.trim().to_owned(), entry.value.span, entry.key.value.clone()))
        };
        let (label, ..) = part(&["label", "etiqueta", "title", "titulo", "name", "nombre", "texto", "text"])?;
        let (text, span, key) = part(&["date", "fecha", "dia", "day", "start", "inicio"])?;
        let first = date(&key, &text, span, self.habits).into(&mut self.findings)?;
        let last = part(&["until", "hasta", "end", "fin"]);
        let until = last.and_then(|(text, span, key)| {
            let read = date(&key, &text, span, self.habits);
            read.into(&mut self.findings).filter(|until| *until > first)
        });
        (!label.is_empty()).then_some(Event { date: first, until, label, anew: false })
    }

    fn wrong_event(&mut self, entry: &Entry, span: Span) {
        self.wrong(
            entry,
            span,
            words!(
                "a list of events, each as `{{ date: 2026-06-08, label: Beach foam }}` or the id of an incident, a campaign or a decision",
                "una lista de hechos, cada uno como `{{ fecha: 2026-06-08, etiqueta: Espuma en la playa }}` o el identificador de una incidencia, una campaña o una decisión"
            ),
        );
    }

    fn choice<T: Copy>(&mut self, entry: &Entry, choices: &[(T, &[&str])]) -> Option<T> {
        let text = self.name(entry)?;
        let folded = fold(&text.value);
        let found = choices.iter().find(|(_, names)| names.contains(&folded.as_str()));
        if found.is_none() {
            let english: Vec<&str> = choices.iter().filter_map(|(_, names)| names.first().copied()).collect();
            let spanish: Vec<&str> = choices.iter().filter_map(|(_, names)| names.get(1).copied()).collect();
            let (english, spanish) = (english.join(", "), spanish.join(", "));
            self.wrong(entry, text.span, words!("one of {english}", "uno de estos valores: {spanish}"));
        }
        found.map(|(choice, _)| *choice)
    }

    fn wrong(&mut self, entry: &Entry, span: Span, wanted: crate::finding::Words) {
        let key = &entry.key.value;
        self.findings.push(
            Finding::new(
                &CHART_WRONG_TYPE,
                span,
                words!("`{key}` of a chart cannot be this", "`{key}` de un gráfico no puede ser esto"),
            )
            .why(words!("the chart is drawn without it", "el gráfico se dibuja sin ello"))
            .help(crate::finding::Words {
                en: format!("write {}", wanted.en),
                es: format!("escribe {}", wanted.es),
            }),
        );
    }
}

/// A key of all charts, or one of the kind.
enum Found {
    Common(&'static str),
    Own(&'static Key),
}

impl Found {
    fn name(&self) -> &'static str {
        match self {
            Found::Common(name) => name,
            Found::Own(key) => key.name,
        }
    }
}

/// The English name of a key of all charts.
fn common(folded: &str) -> Option<&'static str> {
    let mut keys = KEYS.iter();
    let found = keys.find(|(en, es, more)| folded == *en || folded == *es || more.contains(&folded));
    found.map(|(name, ..)| *name)
}

/// The first kind that has this key for itself.
fn kind_with(folded: &str) -> Option<ChartKind> {
    let mut kinds = ChartKind::ALL.iter().copied();
    kinds.find(|kind| kind.definition().keys.iter().any(|key| key.is_called(folded)))
}

/// English and Spanish names of all keys of a kind.
fn keys_of(kind: ChartKind) -> Vec<(&'static str, &'static str)> {
    let kind = kind.definition();
    let common = KEYS.iter().filter(|(name, ..)| !kind.without.contains(name));
    common.map(|(en, es, _)| (*en, *es)).chain(kind.keys.iter().map(|key| (key.name, key.spanish))).collect()
}

fn unknown_key(entry: &Entry, kind: ChartKind) -> Finding {
    let written = &entry.key.value;
    let keys = keys_of(kind);
    let near = nearest(written, keys.iter().flat_map(|(en, es)| [*en, *es]));
    let finding = Finding::new(
        &UNKNOWN_CHART_KEY,
        entry.key.span,
        words!("a chart has no key `{written}`", "un gráfico no tiene la clave `{written}`"),
    )
    .why(words!("what stands here has no effect on the drawing", "lo que pone aquí no influye en el dibujo"))
    .suggest(near);
    if near.is_some() {
        return finding;
    }
    finding.help(known_keys(kind))
}

fn known_keys(kind: ChartKind) -> crate::finding::Words {
    let keys = keys_of(kind);
    let english = keys.iter().map(|(en, _)| *en).collect::<Vec<_>>().join(", ");
    let spanish = keys.iter().map(|(_, es)| *es).collect::<Vec<_>>().join(", ");
    let (name, nombre) = (kind.name(), kind.spanish());
    words!("`{name}` knows {english}", "`{nombre}` conoce {spanish}")
}

fn key_of_other(entry: &Entry, kind: ChartKind, other: ChartKind) -> Finding {
    let written = &entry.key.value;
    let (name, nombre) = (kind.name(), kind.spanish());
    let (other_name, otro) = (other.name(), other.spanish());
    Finding::new(
        &KEY_OF_OTHER_CHART,
        entry.key.span,
        words!("`{name}` has no key `{written}`", "`{nombre}` no tiene la clave `{written}`"),
    )
    .mark(words!("charts of kind `{other_name}` have it", "la tienen los gráficos `{otro}`"))
    .why(words!("what stands here has no effect on the drawing", "lo que pone aquí no influye en el dibujo"))
    .help(known_keys(kind))
}

fn kinds_help() -> crate::finding::Words {
    let list = |name: fn(ChartKind) -> &'static str| {
        ChartKind::ALL.iter().map(|kind| name(*kind)).collect::<Vec<_>>().join(", ")
    };
    let (english, spanish) = (list(ChartKind::name), list(ChartKind::spanish));
    words!("write `chart:` and one of {english}", "escribe `grafico:` y uno de estos: {spanish}")
}

#[cfg(test)]
mod tests {
    use super::super::sample::{map, text};
    use super::*;

    const ES: Habits = Habits { decimal_comma: true, day_first: true };

    fn read(lines: &str) -> (Option<ChartSpec>, Vec<&'static str>) {
        let Reported { value, findings } = ChartSpec::read(&map(lines), ES);
        (value, findings.iter().map(|finding| finding.code.id).collect())
    }

    #[test]
    fn both_languages() {
        let (spanish, codes) = read(
            "grafico: línea\ntítulo: Sube\ndatos: a.csv\nobjetivo: 12,5\nfuente: propia\nagregar: suma\nperiodo: mes",
        );
        assert!(codes.is_empty(), "{codes:?}");
        let (english, _) = read(
            "chart: line\ntitle: Sube\ndata: a.csv\ntarget: 12.5\nsource: propia\naggregate: sum\ntimeUnit: month",
        );
        let (spanish, english) = (spanish.expect("drawable"), english.expect("drawable"));
        assert_eq!(spanish.target, Some(12.5));
        assert_eq!(
            (spanish.kind, &spanish.title, spanish.aggregate),
            (english.kind, &english.title, english.aggregate)
        );
        assert_eq!((spanish.time_unit, spanish.target), (english.time_unit, english.target));
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(read("chart: line\ntitel: x\ndata: a.csv").1, ["P501", "P503"]);
        assert_eq!(read("chart: tarta\ntitle: x\ndata: a.csv"), (None, vec!["P502"]));
        assert_eq!(read("title: x\ndata: a.csv"), (None, vec!["P502"]));
        assert_eq!(read("chart: bar\ntitle: x"), (None, vec!["P505"]));
        assert_eq!(read("chart: bar\ntitle: x\ntitulo: y\ndata: a.csv").1, ["P508"]);
        for wrong in
            ["target: mucho", "decimals: 9", "events: {a: b}", "labels: x", "sort: azar", "aggregate: x"]
        {
            assert_eq!(read(&format!("chart: bar\ntitle: x\ndata: a.csv\n{wrong}")).1, ["P507"], "{wrong}");
        }
        assert_eq!(ChartSpec::read(&text("hola"), ES).findings[0].code.id, "P507");
    }

    #[test]
    fn the_nearest_key_is_offered() {
        let findings = ChartSpec::read(&map("chart: line\ntitle: x\nsubtitel: y\ndata: a"), ES).findings;
        assert_eq!(findings[0].replacement.as_deref(), Some("subtitle"));
    }

    #[test]
    fn ambiguous_target_is_told() {
        let (spec, codes) = read("chart: line\ntitle: x\ndata: a\ntarget: 12.000");
        assert_eq!(spec.expect("drawable").target, Some(12_000.0));
        assert_eq!(codes, ["P412"]);
    }

    #[test]
    fn shown_names() {
        let spec = read("chart: bar\ntitle: x\ndata: a\nlabels: {linkedin: LinkedIn}").0.expect("drawable");
        assert_eq!(spec.shown("linkedin"), "LinkedIn");
        assert_eq!(spec.shown("horas_totales"), "Horas totales");
        assert_eq!(spec.shown("iOS"), "iOS");
    }
}
