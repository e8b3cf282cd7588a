//! Drives the event parser over one text and builds the tree, within limits of depth, number and repetition. The only file that names the parser.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::diagnosis::{Diagnosis, Fault, Script, Stop, diagnose, glued_colon, no_space};
use super::line::{Line, Shape, quoted, shown, slice};
use super::repair::Repair;
use super::{DUPLICATE_KEY, HASHTAG_COMMENT, SECOND_DOCUMENT, YAML_SYNTAX, YAML_TAG, limit};
use crate::finding::Finding;
use crate::syntax::tree::{Entry, Node, Style, Tree};
use crate::text::{Span, Spanned};
use crate::words;

/// Most lists and maps within each other.
const MAX_DEPTH: usize = 64;
/// Most nodes that are written.
const MAX_NODES: usize = 200_000;
/// Most aliases.
const MAX_ALIASES: usize = 1_000;
/// How many times what is written may be repeated by aliases, in nodes and in bytes, beyond a small allowance.
const MAX_EXPANSION: usize = 10;

/// What one reading gave.
pub(super) struct Read {
    /// The whole, or what was complete where reading stopped.
    pub root: Option<Node>,
    pub findings: Vec<Finding>,
    /// Where it stopped, or would better have stopped.
    pub mistake: Option<(usize, Diagnosis)>,
}

/// How one reading ended.
enum Ending {
    /// At the end of the text.
    Done,
    /// At a limit, which is already told.
    Limit,
    /// At a mistake.
    Stopped(Stop),
}

/// A list or map that is open.
struct Frame {
    start: usize,
    end: usize,
    anchor: usize,
    flow: bool,
    /// Depth of the deepest child.
    height: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Key, merged: Vec<Entry>, seen: HashMap<String, usize> },
}

/// What stands before the colon.
enum Key {
    /// Nothing yet.
    None,
    Name(Spanned<String>),
    /// `<<`
    Merge(Span),
    /// Not a name; told. Its value is dropped.
    Unfit,
}

/// A complete node that aliases may repeat.
struct Anchor {
    node: Node,
    nodes: usize,
    bytes: usize,
    height: usize,
}

/// One reading, under way.
pub(super) struct Attempt<'a> {
    script: Script<'a>,
    mended: &'a str,
    repair: &'a Repair,
    stack: Vec<Frame>,
    done: Option<Node>,
    anchors: BTreeMap<usize, Anchor>,
    written: usize,
    aliases: usize,
    /// Nodes under `&`, each counted as often as it is marked.
    marked: usize,
    repeated_nodes: usize,
    repeated_bytes: usize,
    /// End of the last event, in the mended text.
    last: usize,
    plain: Option<Range<usize>>,
    /// Texts of several lines without quotes, for a look at colons without space.
    long: Vec<Range<usize>>,
    findings: Vec<Finding>,
}

impl<'a> Attempt<'a> {
    /// Reads the mended text once.
    pub fn read(script: Script<'a>, mended: &'a str, repair: &'a Repair) -> Read {
        let mut attempt = Self {
            script,
            mended,
            repair,
            stack: Vec::new(),
            done: None,
            anchors: BTreeMap::new(),
            written: 0,
            aliases: 0,
            marked: 0,
            repeated_nodes: 0,
            repeated_bytes: 0,
            last: 0,
            plain: None,
            long: Vec::new(),
            findings: Vec::new(),
        };
        let mistake = match attempt.run() {
            Ending::Stopped(stop) => Some((stop.at, diagnose(script, &stop))),
            Ending::Done => attempt.glued(),
            Ending::Limit => None,
        };
        let findings = std::mem::take(&mut attempt.findings);
        Read { root: attempt.root(), findings, mistake }
    }

    /// What was read: the whole, or the complete fields and items of the outermost map or list.
    fn root(mut self) -> Option<Node> {
        if self.done.is_some() || self.stack.is_empty() {
            return self.done;
        }
        self.stack.truncate(1);
        self.stack.pop().map(|frame| self.close(frame).0).filter(|node| match &node.tree {
            Tree::List(items) => !items.is_empty(),
            Tree::Map(entries) => !entries.is_empty(),
            Tree::Null | Tree::Scalar(..) => true,
        })
    }

    fn run(&mut self) -> Ending {
        let mut options = granit_parser::options! {
            disallow_directives: true,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        options.set_emit_comments(false);
        let mut documents = 0;
        for step in Parser::new_from_str_with_options(self.mended, options) {
            let (event, span) = match step {
                Ok(step) => step,
                Err(error) => return self.stopped(&error),
            };
            let range = span.byte_range().unwrap_or(self.last..self.last);
            let place = self.range(&range);
            if let Event::DocumentStart(explicit, _) = event {
                documents += 1;
                if documents > 1 {
                    self.second_document(explicit, place);
                    return Ending::Done;
                }
                continue;
            }
            if let Some(tag) = event.tag() {
                let written = span.tag_span().and_then(|span| span.byte_range());
                let tag_place = written.map_or(place.clone(), |written| self.range(&written));
                self.tag(tag_place, &tag.original());
            }
            let ending = match event {
                Event::Scalar(text, style, anchor, tag) => {
                    self.scalar(text, style, anchor, tag.is_some(), &range, place)
                }
                Event::SequenceStart(style, anchor, _) => {
                    self.open(place, style, anchor, Content::List(Vec::new()))
                }
                Event::MappingStart(style, anchor, _) => {
                    // `{{ x }}` is a placeholder of some template, never a map.
                    if style == StructureStyle::Flow
                        && slice(self.mended, range.start..self.mended.len()).starts_with("{{")
                    {
                        return self.stop(Fault::Reserved, place.start);
                    }
                    let content = Content::Map {
                        entries: Vec::new(),
                        key: Key::None,
                        merged: Vec::new(),
                        seen: HashMap::new(),
                    };
                    self.open(place, style, anchor, content)
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.end(&place);
                    None
                }
                Event::Alias(anchor) => self.alias(anchor, place),
                _ => None,
            };
            if let Some(ending) = ending {
                return ending;
            }
            self.last = self.last.max(range.end);
        }
        Ending::Done
    }

    /// A range of the mended text in the author's.
    fn range(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.script.text;
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(self.repair.start(range.start));
        // Nothing between two cut parts would end before it starts.
        start..floor(self.repair.end(range.end)).max(start)
    }

    fn stopped(&mut self, error: &ScanError) -> Ending {
        let at = error.marker().byte_offset().unwrap_or(self.last);
        let place = self.range(&(at..at));
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return self.limit(
                place,
                "levels of lists and maps",
                "niveles de listas y mapas",
                MAX_DEPTH + 1,
                MAX_DEPTH,
            );
        }
        self.stop(fault(error.kind()), place.start)
    }

    fn stop(&self, fault: Fault, at: usize) -> Ending {
        Ending::Stopped(Stop {
            fault,
            at,
            last: self.range(&(self.last..self.last)).start,
            plain: self.plain.clone(),
            bracket: self.stack.iter().find(|frame| frame.flow).map(|frame| frame.start),
        })
    }

    fn limit(&mut self, place: Range<usize>, en: &str, es: &str, measured: usize, most: usize) -> Ending {
        let line = Line::around(self.script.text, place.start);
        let end = place.end.max(line.end).max(place.start);
        self.findings.push(limit(self.script, place.start..end, en, es, measured, most));
        Ending::Limit
    }

    /// `explicit` with `---`; behind `...` a document begins with its first word.
    fn second_document(&mut self, explicit: bool, place: Range<usize>) {
        let text = self.script.text;
        let rest = slice(text, if explicit { place.end } else { place.start }..text.len());
        let idle = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        // The closing line of a front matter, taken along into a file of its own.
        if rest.lines().all(idle) {
            return;
        }
        let end = if explicit { place.end } else { Line::around(text, place.start).end };
        let place = place.start..end.max(place.start);
        tell(&mut self.findings, || {
            Finding::new(
                &SECOND_DOCUMENT,
                self.script.span(place),
                words!("a second document begins here", "aquí empieza un segundo documento"),
            )
            .why(words!(
                "a file is one document; what follows this line is not read",
                "un archivo es un solo documento; lo que sigue a esta línea no se lee"
            ))
            .help(words!(
                "remove the line, or move what follows to a file of its own",
                "borra la línea o lleva lo que sigue a un archivo propio"
            ))
        });
    }

    fn tag(&mut self, place: Range<usize>, tag: &str) {
        let script = self.script;
        tell(&mut self.findings, || {
            let tag = shown(tag);
            let line = Line::around(script.text, place.start);
            let mended = quoted(&shown(slice(script.text, place.start..line.end.max(place.start))));
            Finding::new(
                &YAML_TAG,
                script.span(place),
                words!("the tag `{tag}` is ignored", "se ignora la etiqueta `{tag}`"),
            )
            .why(words!(
                "a word that begins with `!` is an instruction to programs; here the kind of the entry says what is meant",
                "una palabra que empieza por `!` es una instrucción para programas; aquí el tipo de ficha ya dice qué es cada cosa"
            ))
            .help(words!(
                "remove it; if it is part of a text, put the text in quotes: `{mended}`",
                "bórrala; si forma parte de un texto, escríbelo entre comillas: `{mended}`"
            ))
        });
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tagged: bool,
        range: &Range<usize>,
        mut place: Range<usize>,
    ) -> Option<Ending> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let plain = style == Style::Plain;
        if style == Style::Block {
            let written = slice(self.script.text, place.clone());
            place.end = place.start + written.trim_end().len();
        }
        let empty = plain && range.is_empty();
        self.plain = (plain && !empty).then(|| place.clone());
        if plain {
            self.hashtag(range, &place, empty);
            if !empty && slice(self.script.text, place.clone()).contains('\n') {
                self.long.push(place.clone());
            }
        }
        let null = empty || (plain && !tagged && matches!(&*text, "~" | "null" | ""));
        let merge = plain && text == "<<";
        // Where a remedy fell into a text without quotes, what the author typed counts.
        let typed = slice(self.script.text, place.clone());
        let text = if plain && !empty && !typed.contains('\n') && text != typed {
            Cow::Owned(typed.to_owned())
        } else {
            text
        };
        let bytes = text.len();
        let span = self.script.span(place);
        let tree = if null { Tree::Null } else { Tree::Scalar(text.into_owned(), style) };
        self.put(Node { span, tree }, anchor, 0, 1, bytes, merge, empty)
    }

    /// A hashtag that is a comment to the grammar: the whole value, or the end of one.
    fn hashtag(&mut self, range: &Range<usize>, place: &Range<usize>, empty: bool) {
        // An empty item of a list stands behind its comment, so the dash is looked for; one line has one.
        let item =
            self.stack.last().is_some_and(|frame| !frame.flow && matches!(frame.content, Content::List(_)));
        let end = if empty && item {
            let line = Line::around(self.mended, range.end);
            Shape::of(self.mended, line).field
        } else {
            range.end
        };
        let behind = slice(self.mended, end..self.mended.len());
        let comment = if empty {
            behind.trim_start_matches([':', '-', ' ', '\t'])
        } else {
            behind.trim_start_matches([' ', '\t'])
        };
        let gap = behind.len() - comment.len();
        let apart = gap > 0 || slice(self.mended, 0..end).ends_with([' ', '\t']);
        if !apart || !comment.starts_with('#') {
            return;
        }
        let comment = comment.lines().next().unwrap_or_default().trim_end();
        let tag =
            |word: &str| word.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let mut words = comment.split_whitespace();
        let meant = if empty { words.next().is_some_and(tag) } else { words.all(tag) };
        if !meant {
            return;
        }
        let text = self.script.text;
        let from = end + gap;
        let comment = self.range(&(from..from + comment.len()));
        let whole = if empty { comment.clone() } else { place.start..comment.end };
        let mended = quoted(slice(text, whole.clone()));
        let short = shown(&mended);
        tell(&mut self.findings, || {
            Finding::new(
                &HASHTAG_COMMENT,
                self.script.span(whole),
                words!("a hashtag is read as a comment", "una etiqueta (hashtag) se lee como comentario"),
            )
            .why(words!(
                "` #` begins a comment, so the rest of the line is not part of the value",
                "` #` inicia un comentario, así que el resto de la línea no forma parte del valor"
            ))
            .help(words!(
                "put the value in quotes: `{short}`; if it is a comment, leave a space after `#`",
                "escribe el valor entre comillas: `{short}`; si es un comentario, deja un espacio tras `#`"
            ))
            .replace(mended)
        });
    }

    fn open(
        &mut self,
        place: Range<usize>,
        style: StructureStyle,
        anchor: usize,
        content: Content,
    ) -> Option<Ending> {
        self.plain = None;
        let depth = self.stack.len() + 1;
        if depth > MAX_DEPTH {
            return Some(self.limit(
                place,
                "levels of lists and maps",
                "niveles de listas y mapas",
                depth,
                MAX_DEPTH,
            ));
        }
        let flow = style == StructureStyle::Flow;
        self.stack.push(Frame { start: place.start, end: place.end, anchor, flow, height: 0, content });
        self.count(place.start)
    }

    /// Counts a node that was written.
    fn count(&mut self, at: usize) -> Option<Ending> {
        self.written += 1;
        (self.written > MAX_NODES).then(|| self.limit(at..at, "values", "valores", self.written, MAX_NODES))
    }

    fn end(&mut self, place: &Range<usize>) {
        let Some(mut frame) = self.stack.pop() else { return };
        if frame.flow {
            frame.end = frame.end.max(place.end);
        }
        self.plain = None;
        let (anchor, height) = (frame.anchor, frame.height + 1);
        let (node, nodes, bytes) = self.close(frame);
        self.put(node, anchor, height, nodes, bytes, false, false);
    }

    /// The node of a list or map, with the number of nodes and bytes in it when an alias may ask for them.
    fn close(&mut self, frame: Frame) -> (Node, usize, usize) {
        let tree = match frame.content {
            Content::List(items) => Tree::List(items),
            Content::Map { mut entries, merged, .. } => {
                for entry in merged {
                    if !entries.iter().any(|known| known.key.value == entry.key.value) {
                        entries.push(entry);
                    }
                }
                Tree::Map(entries)
            }
        };
        let node = Node { span: self.script.span(frame.start..frame.end), tree };
        let (nodes, bytes) = if frame.anchor == 0 { (0, 0) } else { size(&node) };
        (node, nodes, bytes)
    }

    fn alias(&mut self, id: usize, place: Range<usize>) -> Option<Ending> {
        self.plain = None;
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            return Some(self.limit(
                place,
                "repetitions with `*`",
                "repeticiones con `*`",
                self.aliases,
                MAX_ALIASES,
            ));
        }
        let Some(anchor) = self.anchors.get(&id) else {
            tell(&mut self.findings, || {
                Finding::new(
                    &YAML_SYNTAX,
                    self.script.span(place.clone()),
                    words!("a value repeats itself within itself", "un valor se repite dentro de sí mismo"),
                )
                .help(words!("write the value out here", "escribe aquí el valor completo"))
            });
            let node = Node { span: self.script.span(place), tree: Tree::Null };
            return self.put(node, 0, 0, 1, 0, false, false);
        };
        let (nodes, bytes, height) = (anchor.nodes, anchor.bytes, anchor.height);
        self.repeated_nodes += nodes;
        self.repeated_bytes += bytes;
        let most_nodes = MAX_EXPANSION * self.written + 1_000;
        let most_bytes = MAX_EXPANSION * self.script.text.len() + 100_000;
        if self.repeated_nodes > most_nodes {
            let measured = self.repeated_nodes;
            return Some(self.limit(
                place,
                "values repeated with `*`",
                "valores repetidos con `*`",
                measured,
                most_nodes,
            ));
        }
        if self.repeated_bytes > most_bytes {
            let measured = self.repeated_bytes;
            return Some(self.limit(
                place,
                "bytes repeated with `*`",
                "bytes repetidos con `*`",
                measured,
                most_bytes,
            ));
        }
        let depth = self.stack.len() + height;
        if depth > MAX_DEPTH {
            return Some(self.limit(
                place,
                "levels of lists and maps",
                "niveles de listas y mapas",
                depth,
                MAX_DEPTH,
            ));
        }
        let node = anchor.node.clone();
        self.put_at(node, 0, height, 1, 0, false, false, Some(place.end))
    }

    #[allow(clippy::too_many_arguments, reason = "the one place where a value meets its container")]
    fn put(
        &mut self,
        node: Node,
        anchor: usize,
        height: usize,
        nodes: usize,
        bytes: usize,
        merge: bool,
        empty: bool,
    ) -> Option<Ending> {
        self.put_at(node, anchor, height, nodes, bytes, merge, empty, None)
    }

    /// Puts a complete value where it belongs. `end` is where it ends in the text when it is repeated from elsewhere.
    #[allow(clippy::too_many_arguments, reason = "the one place where a value meets its container")]
    fn put_at(
        &mut self,
        node: Node,
        anchor: usize,
        height: usize,
        nodes: usize,
        bytes: usize,
        merge: bool,
        empty: bool,
        end: Option<usize>,
    ) -> Option<Ending> {
        let at = (node.span.start as usize).saturating_sub(self.script.offset);
        if anchor != 0 && self.mended.contains('*') {
            self.marked += nodes;
            let most = MAX_EXPANSION * self.written + 1_000;
            if self.marked > most {
                return Some(self.limit(
                    at..at,
                    "values marked with `&`",
                    "valores marcados con `&`",
                    self.marked,
                    most,
                ));
            }
            self.anchors.insert(anchor, Anchor { node: node.clone(), nodes, bytes, height });
        }
        let end = end.unwrap_or((node.span.end as usize).saturating_sub(self.script.offset));
        let script = self.script;
        let Some(frame) = self.stack.last_mut() else {
            if self.done.is_none() {
                self.done = Some(node);
            }
            return self.count(at);
        };
        frame.height = frame.height.max(height);
        frame.end = frame.end.max(end);
        match &mut frame.content {
            Content::List(items) => items.push(node),
            Content::Map { entries, key, merged, seen } => match std::mem::replace(key, Key::None) {
                Key::None => *key = name(script, node, merge, empty, &mut self.findings),
                Key::Name(name) => add(entries, seen, Entry { key: name, value: node }, &mut self.findings),
                Key::Merge(span) => merge_into(merged, node, span, &mut self.findings),
                Key::Unfit => {}
            },
        }
        if height == 0 { self.count(at) } else { None }
    }

    /// A text of several lines, all of which look like `name:value`: the parser takes it for a sentence.
    fn glued(&self) -> Option<(usize, Diagnosis)> {
        let text = self.script.text;
        let root = self.done.as_ref().filter(|node| matches!(node.tree, Tree::Scalar(_, Style::Plain)));
        let root = root.map(|node| {
            let start = (node.span.start as usize).saturating_sub(self.script.offset);
            start..(node.span.end as usize).saturating_sub(self.script.offset)
        });
        let range = root.into_iter().chain(self.long.iter().cloned()).find(|range| {
            let first = Line::around(text, range.start);
            first.content == range.start
                && slice(text, range.clone()).lines().all(|line| glued_colon(line.trim()).is_some())
        })?;
        let mut edits = Vec::new();
        let mut finding = None;
        let mut line = Line::around(text, range.start);
        loop {
            let field = line.content..line.end.min(range.end);
            if let Some(colon) = glued_colon(slice(text, field.clone())) {
                let Diagnosis { finding: one, edits: insertion } = no_space(self.script, field, colon);
                edits.extend(insertion);
                finding.get_or_insert(one);
            }
            match line.below(text).filter(|below| below.start < range.end) {
                Some(below) => line = below,
                None => break,
            }
        }
        Some((range.start, Diagnosis { finding: finding?, edits }))
    }
}

/// Most findings of one text beside its syntax: a file with more of them is wrong as a whole.
const MAX_FINDINGS: usize = 100;

fn tell(findings: &mut Vec<Finding>, finding: impl FnOnce() -> Finding) {
    if findings.len() < MAX_FINDINGS {
        findings.push(finding());
    }
}

/// Takes the node before a colon as a name.
fn name(script: Script<'_>, node: Node, merge: bool, empty: bool, findings: &mut Vec<Finding>) -> Key {
    let written = slice(
        script.text,
        (node.span.start as usize).saturating_sub(script.offset)
            ..(node.span.end as usize).saturating_sub(script.offset),
    );
    match node.tree {
        Tree::Scalar(..) if merge => Key::Merge(node.span),
        Tree::Scalar(text, _) => Key::Name(Spanned::new(text, node.span)),
        Tree::Null if !empty => Key::Name(Spanned::new(written.to_owned(), node.span)),
        Tree::Null => {
            tell(findings, || {
                Finding::new(
                    &YAML_SYNTAX,
                    node.span,
                    words!("a name is missing before the colon", "falta un nombre antes de los dos puntos"),
                )
                .help(words!("write `name: value`", "escribe `nombre: valor`"))
            });
            Key::Unfit
        }
        Tree::List(_) | Tree::Map(_) => {
            let brace = written.starts_with('{');
            tell(findings, || {
                Finding::new(
                    &YAML_SYNTAX,
                    node.span,
                    words!(
                        "a list or map stands where a name must be",
                        "hay una lista o un mapa donde debe ir un nombre"
                    ),
                )
                .why(words!(
                    "a name is a word or a few words",
                    "un nombre es una palabra o unas pocas palabras"
                ))
                .help(if brace {
                    words!(
                        "if this is a text with braces, put the whole value in quotes",
                        "si es un texto con llaves, escribe el valor entero entre comillas"
                    )
                } else {
                    words!("write `name: value`", "escribe `nombre: valor`")
                })
            });
            Key::Unfit
        }
    }
}

/// Up to this many entries a map is searched, above it looked up.
const FEW: usize = 16;

fn add(
    entries: &mut Vec<Entry>,
    seen: &mut HashMap<String, usize>,
    entry: Entry,
    findings: &mut Vec<Finding>,
) {
    let name = &entry.key.value;
    let first = if entries.len() < FEW {
        entries.iter().position(|known| known.key.value == *name)
    } else {
        if seen.is_empty() {
            seen.extend(entries.iter().enumerate().map(|(index, known)| (known.key.value.clone(), index)));
        }
        seen.get(name).copied()
    };
    let Some(first) = first.and_then(|index| entries.get(index)) else {
        if entries.len() >= FEW {
            seen.insert(name.clone(), entries.len());
        }
        entries.push(entry);
        return;
    };
    let short = shown(name);
    tell(findings, || {
        Finding::new(
            &DUPLICATE_KEY,
            entry.key.span,
            words!("`{short}` stands here a second time", "`{short}` aparece aquí por segunda vez"),
        )
        .mark(words!("this one is not read", "este no se lee"))
        .also(first.key.span, words!("first written here", "escrito aquí primero"))
        .why(words!(
            "one of the two values would be lost in silence",
            "uno de los dos valores se perdería sin avisar"
        ))
        .help(words!(
            "keep one of them; several values go into one list: `{short}: [first, second]`",
            "quédate con uno; varios valores van en una lista: `{short}: [primero, segundo]`"
        ))
    });
}

fn merge_into(merged: &mut Vec<Entry>, node: Node, key: Span, findings: &mut Vec<Finding>) {
    let mut take = |node: Node| match node.tree {
        Tree::Map(entries) => {
            merged.extend(entries);
            true
        }
        Tree::Null | Tree::Scalar(..) | Tree::List(_) => false,
    };
    let fits = match node.tree {
        Tree::List(items) => items.into_iter().map(&mut take).filter(|fits| !fits).count() == 0,
        tree => take(Node { span: node.span, tree }),
    };
    if !fits {
        tell(findings, || {
            Finding::new(
                &YAML_SYNTAX,
                key,
                words!(
                    "`<<` takes over fields, and this value has none",
                    "`<<` incorpora campos, y este valor no los tiene"
                ),
            )
            .help(words!("name a map after it: `<<: *name`", "indica después un mapa: `<<: *nombre`"))
        });
    }
}

/// Nodes and bytes of a tree.
fn size(node: &Node) -> (usize, usize) {
    let sum = |(nodes, bytes): (usize, usize), (more, longer): (usize, usize)| (nodes + more, bytes + longer);
    match &node.tree {
        Tree::Null => (1, 0),
        Tree::Scalar(text, _) => (1, text.len()),
        Tree::List(items) => items.iter().map(size).fold((1, 0), sum),
        Tree::Map(entries) => {
            entries.iter().map(|entry| sum(size(&entry.value), (0, entry.key.value.len()))).fold((1, 0), sum)
        }
    }
}

fn fault(kind: &ErrorKind) -> Fault {
    use ErrorKind as Kind;
    match kind {
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => Fault::Tab,
        Kind::UnclosedQuotedScalar
        | Kind::InvalidQuotedScalarIndent
        | Kind::DocumentIndicatorInQuotedScalar => Fault::OpenQuote,
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            Fault::BehindQuote
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => Fault::Escape,
        Kind::MappingValueNotAllowed | Kind::MappingKeyNotAllowed | Kind::InvalidMappingValueWhitespace => {
            Fault::Colon
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => Fault::NoColon,
        Kind::UnexpectedCharacter { .. }
        | Kind::UnknownAnchor
        | Kind::MissingAnchorOrAliasName
        | Kind::BlockSequenceEntryNotAllowed
        | Kind::InvalidBlockScalarHeader
        | Kind::ZeroBlockScalarIndent
        | Kind::MisplacedFlowCollectionEnd
        | Kind::PlainScalarStartsWithDashFlowIndicator
        | Kind::UndeclaredTagHandle
        | Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => Fault::Reserved,
        Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::MismatchedFlowCollectionEnd { .. }
        | Kind::UnclosedFlowCollection { .. }
        | Kind::BlockEntryInFlowCollection
        | Kind::InvalidFlowScalarIndent
        | Kind::FlowMappingValueAdjacentCollection
        | Kind::InvalidColonPlacement => Fault::Bracket,
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry | Kind::InvalidIndentation => {
            Fault::Level
        }
        Kind::ExpectedDocumentStart | Kind::InvalidDocumentEnd => Fault::Behind,
        Kind::CommentInterceptedScalar | Kind::CommentNotSeparated => Fault::Comment,
        _ => Fault::Other,
    }
}
