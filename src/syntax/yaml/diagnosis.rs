//! From "the grammar does not go on here" to what the author most probably meant: message, place, and the mending with which reading goes on.
//!
//! 1. [`Stop`] says where reading stopped, in the author's text, and what was open.
//! 2. [`diagnose`] looks at the lines around it and gives a finding.
//! 3. When the finding is sure of its remedy, the same remedy is applied to what is read next.

use std::ops::Range;

use super::line::{Line, Shape, quoted, quoted_length, shown, slice, value_length};
use super::repair::Edit;
use super::{YAML_COLON_IN_VALUE, YAML_MISSING_COLON, YAML_SYNTAX, YAML_TAB, YAML_UNCLOSED_QUOTE};
use crate::finding::{Code, Finding, Words};
use crate::text::{Place, SourceId, Span};
use crate::words;

/// What the grammar complained of, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A tab where only spaces count.
    Tab,
    /// A quote that is not closed, or closed too late.
    OpenQuote,
    /// Text behind a closing quote.
    BehindQuote,
    /// A backslash that means nothing.
    Escape,
    /// A colon where no name can be.
    Colon,
    /// A line without colon where a name must be.
    NoColon,
    /// A character that begins something else than a text.
    Reserved,
    /// Brackets or braces.
    Bracket,
    /// A line at a level where nothing was begun, or of the wrong sort for it.
    Level,
    /// A comment within a text.
    Comment,
    /// More text behind the end.
    Behind,
    /// Everything else.
    Other,
}

/// Where reading stopped. Offsets count in the author's text.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub fault: Fault,
    /// Where.
    pub at: usize,
    /// End of the last thing that was read.
    pub last: usize,
    /// The last thing that was read, when it is a text without quotes.
    pub plain: Option<Range<usize>>,
    /// The outermost `[` or `{` that is open.
    pub bracket: Option<usize>,
}

/// What to say, and with what to go on; no edits when the remedy is not sure.
#[derive(Debug)]
pub(super) struct Diagnosis {
    pub finding: Finding,
    pub edits: Vec<Edit>,
}

impl Diagnosis {
    fn sure(finding: Finding, edits: Vec<Edit>) -> Self {
        Self { finding, edits }
    }

    fn unsure(finding: Finding) -> Self {
        Self { finding, edits: Vec::new() }
    }

    /// Where the finding points in the author's text.
    pub fn start(&self, script: Script<'_>) -> usize {
        match self.finding.place {
            Place::Span(span) => (span.start as usize).saturating_sub(script.offset),
            Place::Run | Place::File(_) => usize::MAX,
        }
    }
}

/// The text with its place in the source.
#[derive(Clone, Copy)]
pub(super) struct Script<'t> {
    pub text: &'t str,
    pub source: SourceId,
    pub offset: usize,
}

impl Script<'_> {
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.offset + range.start, self.offset + range.end)
    }

    fn finding(&self, code: &'static Code, range: Range<usize>, message: Words) -> Finding {
        Finding::new(code, self.span(range), message)
    }

    fn slice(&self, range: Range<usize>) -> &str {
        slice(self.text, range)
    }
}

/// The finding for a stop.
pub(super) fn diagnose(script: Script<'_>, stop: &Stop) -> Diagnosis {
    let line = Line::around(script.text, stop.at);
    // A tab shows up as all sorts of complaints, at its line or at the end of the one above.
    let tabbed = [Some(line), line.below(script.text)]
        .into_iter()
        .flatten()
        .find(|line| line.tab(script.text).is_some());
    if let Some(line) = tabbed.filter(|_| stop.fault != Fault::OpenQuote && stop.fault != Fault::Escape) {
        return tab(script, line);
    }
    match stop.fault {
        Fault::OpenQuote | Fault::BehindQuote | Fault::Escape => quote(script, stop, line),
        Fault::Bracket => bracket(script, stop, line),
        Fault::Reserved if stop.bracket.is_some() => reserved_item(script, stop, line),
        _ if stop.bracket.is_some() => bracket(script, stop, line),
        Fault::Colon => colon(script, stop, line),
        Fault::NoColon => missing_colon(script, line),
        Fault::Reserved => reserved(script, stop, line),
        Fault::Level | Fault::Behind => level(script, stop, line),
        Fault::Comment => comment(script, stop, line),
        Fault::Tab | Fault::Other => generic(script, stop, line),
    }
}

fn tab(script: Script<'_>, first: Line) -> Diagnosis {
    // Below a complete `name: value` stands its neighbour, below `name:` what belongs to it.
    let target = first.above(script.text).map_or(0, |above| {
        let shape = Shape::of(script.text, above);
        if shape.dash && Shape::of(script.text, first).dash {
            return above.indent();
        }
        let beside = shape.key.is_some() && !shape.value.is_empty();
        shape.field - above.start + if beside || shape.dash && shape.key.is_none() { 0 } else { 2 }
    });
    let usual = script.slice(first.start..first.content);
    let mut edits = Vec::new();
    let mut lines = 0usize;
    let mut line = Some(first);
    while let Some(current) = line.filter(|line| line.tab(script.text).is_some()) {
        lines += 1;
        let blanks = script.slice(current.start..current.content);
        let spaces = match blanks.strip_prefix(usual) {
            Some(further) => " ".repeat(target) + &further.replace('\t', "  "),
            None => blanks.replace('\t', "  "),
        };
        edits.push(Edit::replace(current.start..current.content, spaces));
        line = current.below(script.text);
    }
    let more = lines.saturating_sub(1);
    let finding = script
        .finding(&YAML_TAB, first.start..first.content, words!("a tab in the indentation", "un tabulador en la sangría"))
        .mark(match more {
            0 => words!("not only spaces", "no solo hay espacios"),
            1 => words!("this line and the next one", "esta línea y la siguiente"),
            _ => words!("this line and the {more} below", "esta línea y las {more} siguientes"),
        })
        .why(words!(
            "a tab is as wide as each editor likes, so YAML takes only spaces to tell what belongs to what",
            "cada editor da al tabulador un ancho distinto; por eso YAML solo admite espacios para saber qué pertenece a qué"
        ))
        .help(words!(
            "use two spaces for each level in place of the tab",
            "pon dos espacios por nivel en lugar del tabulador"
        ))
;
    let spaces = edits.first().map(|edit| edit.text.clone()).unwrap_or_default();
    Diagnosis::sure(finding.replace(spaces), edits)
}

/// The opening quote that the scanner was in: the first one behind what was read before.
fn opening_quote(script: Script<'_>, stop: &Stop) -> Option<usize> {
    let from = stop.last.min(stop.at);
    let rest = script.slice(from..script.text.len());
    let mut before = script.slice(0..from).chars().next_back();
    let mut comment = false;
    for (at, character) in rest.char_indices() {
        match character {
            '\n' => comment = false,
            '#' if before.is_none_or(|before| before.is_ascii_whitespace()) => comment = true,
            '"' | '\'' if !comment => return Some(from + at),
            _ => {}
        }
        if from + at > stop.at {
            return None;
        }
        before = Some(character);
    }
    None
}

fn quote(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let Some(open) = opening_quote(script, stop) else { return generic(script, stop, line) };
    let line = Line::around(script.text, open);
    let end = open + value_length(script.slice(open..line.end));
    let mark = script.slice(open..open + 1);
    let rest = script.slice(open..line.end);
    if mark.chars().next().and_then(|quote| quoted_length(rest, quote)).is_none() {
        let finding = script
            .finding(
                &YAML_UNCLOSED_QUOTE,
                open..line.end,
                words!("a quote is opened and not closed", "unas comillas se abren y no se cierran"),
            )
            .mark(words!("opened here", "se abren aquí"))
            .why(words!(
                "everything below would be read as part of this text",
                "todo lo que sigue se leería como parte de este texto"
            ));
        if stop.bracket.is_some() {
            return Diagnosis::unsure(finding.help(words!(
                "close the text with {mark} where it ends",
                "cierra el texto con {mark} donde acaba"
            )));
        }
        let mended = format!("{rest}{mark}");
        let short = shown(&mended);
        let finding = finding.help(words!(
            "add {mark} at the end of the text: `{short}`",
            "añade {mark} al final del texto: `{short}`"
        ));
        return Diagnosis::sure(finding.replace(mended), vec![Edit::insert(line.end, mark)]);
    }
    if stop.bracket.is_some() {
        return bracket(script, stop, line);
    }
    let range = open..end;
    let text = script.slice(range.clone());
    if stop.fault == Fault::Escape {
        let mended = quoted(text);
        let finding = script
            .finding(
                &YAML_SYNTAX,
                range.clone(),
                words!("a backslash in double quotes", "una barra invertida entre comillas dobles"),
            )
            .why(words!(
                "within \"…\" a backslash begins a special character, and this one does not exist",
                "entre \"…\" la barra invertida inicia un carácter especial, y este no existe"
            ))
            .help(words!(
                "use single quotes, which take everything as typed: `{}`",
                "usa comillas simples, que lo dejan todo tal cual: `{}`",
                shown(&mended)
            ));
        return Diagnosis::sure(finding.replace(mended.clone()), vec![Edit::replace(range, mended)]);
    }
    let mended = quoted(text);
    let short = shown(&mended);
    let finding = script
        .finding(
            &YAML_SYNTAX,
            range.clone(),
            words!("text stands behind a closing quote", "hay texto detrás de unas comillas de cierre"),
        )
        .mark(words!("the quotes end before the text does", "las comillas acaban antes que el texto"))
        .why(words!(
            "quotes must hold the whole value or not stand at its beginning",
            "las comillas deben encerrar el valor entero o no estar al principio"
        ))
        .help(words!(
            "put the whole value in quotes: `{short}`",
            "encierra el valor entero entre comillas: `{short}`"
        ));
    Diagnosis::sure(finding.replace(mended.clone()), vec![Edit::replace(range, mended)])
}

fn colon(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let shape = Shape::of(script.text, line);
    let Some(key) = shape.key.clone() else { return generic(script, stop, line) };
    if stop.at > key.end && shape.value.start <= stop.at {
        return colon_in_value(script, shape.value, key);
    }
    // The line is in order for itself: then the text above was still open.
    let begun = stop.plain.as_ref().map(|plain| Line::around(script.text, plain.start));
    let Some(begun) = begun.filter(|begun| begun.start < line.start) else {
        return wrong_indent(script, line, line.above(script.text));
    };
    let above = Shape::of(script.text, begun);
    let glued = glued_colon(script.slice(above.value.clone())).is_some();
    if above.key.is_none() && (!above.dash || glued) {
        return missing_colon(script, begun);
    }
    match line.above(script.text) {
        Some(previous) if previous.start > begun.start => several_lines(script, stop, begun, line),
        previous => wrong_indent(script, line, previous),
    }
}

fn colon_in_value(script: Script<'_>, value: Range<usize>, key: Range<usize>) -> Diagnosis {
    let mended = quoted(script.slice(value.clone()));
    let short = shown(&mended);
    let name = shown(script.slice(key));
    let finding = script
        .finding(
            &YAML_COLON_IN_VALUE,
            value.clone(),
            words!("the value of `{name}` holds a colon", "el valor de `{name}` contiene dos puntos"),
        )
        .why(words!(
            "a colon and a space separate a name from its value, so a second one in the same line is ambiguous",
            "los dos puntos seguidos de un espacio separan el nombre del valor; otros en la misma línea son ambiguos"
        ))
        .help(words!("put the value in quotes: `{short}`", "escribe el valor entre comillas: `{short}`"));
    Diagnosis::sure(finding.replace(mended.clone()), vec![Edit::replace(value, mended)])
}

/// A text of several lines without quotes, one of which holds a colon.
fn several_lines(script: Script<'_>, stop: &Stop, begun: Line, colon: Line) -> Diagnosis {
    let start = stop.plain.as_ref().map_or(begun.content, |plain| plain.start);
    let floor = begun.indent();
    let mut last = colon;
    while let Some(line) = last.below(script.text) {
        if line.content < line.end && line.indent() <= floor {
            break;
        }
        last = line;
    }
    if last.is_idle(script.text) {
        last = last.above(script.text).unwrap_or(colon);
    }
    let mended = quoted(script.slice(start..last.end));
    let finding = script
        .finding(
            &YAML_COLON_IN_VALUE,
            colon.content..colon.end,
            words!("a colon within a text of several lines", "dos puntos dentro de un texto de varias líneas"),
        )
        .also(script.span(start..begun.end), words!("the text begins here", "el texto empieza aquí"))
        .why(words!(
            "without quotes, a colon and a space make the words before them a name",
            "sin comillas, los dos puntos y un espacio convierten en nombre las palabras anteriores"
        ))
        .help(words!(
            "begin the text with `|` and write it on the following lines, or put all of it in quotes",
            "empieza el texto con `|` y escríbelo en las líneas siguientes, o enciérralo entero entre comillas"
        ));
    Diagnosis::sure(finding, vec![Edit::replace(start..last.end, mended)])
}

fn wrong_indent(script: Script<'_>, line: Line, above: Option<Line>) -> Diagnosis {
    let indent = line.indent();
    // Without indentation there is only the line itself to point at.
    let range = if indent > 0 { line.start..line.content } else { line.content..line.end };
    let finding = |message| script.finding(&YAML_SYNTAX, range, message);
    let why = words!(
        "the blanks at the start of a line say what it belongs to; fields of the same thing begin in the same column",
        "los espacios al principio de la línea dicen a qué pertenece; los campos de una misma cosa empiezan en la misma columna"
    );
    let target = above.and_then(|above| {
        let shape = Shape::of(script.text, above);
        shape.key.as_ref().map(|key| (slice(script.text, key.clone()), shape.field - above.start))
    });
    let Some((name, column)) = target.filter(|(_, column)| *column != indent) else {
        return Diagnosis::unsure(
            finding(words!(
                "the indentation fits nothing above",
                "la sangría no encaja con nada de lo anterior"
            ))
            .why(why)
            .help(words!(
                "begin the line in the same column as the line that it belongs with",
                "empieza la línea en la misma columna que aquella con la que va"
            )),
        );
    };
    let name = shown(name);
    let message = if indent > column {
        words!("this line begins too far to the right", "esta línea empieza demasiado a la derecha")
    } else {
        words!("this line begins too far to the left", "esta línea empieza demasiado a la izquierda")
    };
    let finding = finding(message).mark(spaces(indent)).why(why).help(match column {
        0 => words!(
            "if it belongs beside `{name}`, begin it at the left edge",
            "si va junto a `{name}`, empiézala en el margen izquierdo"
        ),
        _ => words!(
            "if it belongs beside `{name}`, begin it in the same column, with {column} spaces",
            "si va junto a `{name}`, empiézala en la misma columna, con {column} espacios"
        ),
    });
    let mended = " ".repeat(column);
    let replacement =
        if indent > 0 { mended.clone() } else { mended.clone() + script.slice(line.content..line.end) };
    let edit = Edit::replace(line.start..line.content, mended);
    Diagnosis::sure(finding.replace(replacement), vec![edit])
}

fn spaces(count: usize) -> Words {
    match count {
        0 => words!("no space", "ningún espacio"),
        1 => words!("one space", "un espacio"),
        _ => words!("{count} spaces", "{count} espacios"),
    }
}

/// Where `name:value` is written without a space, for a name that begins with a letter and something that is no address.
pub(super) fn glued_colon(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    let (name, value) = (slice(text, 0..colon), slice(text, colon + 1..text.len()));
    let word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | ' ');
    let named = name.starts_with(char::is_alphabetic) && name.chars().all(word);
    (named && !value.is_empty() && !value.starts_with(['/', ' ', '\t', ':'])).then_some(colon)
}

fn missing_colon(script: Script<'_>, line: Line) -> Diagnosis {
    let shape = Shape::of(script.text, line);
    let range = shape.field..shape.value.end.max(shape.field);
    let text = script.slice(range.clone());
    if let Some(colon) = glued_colon(text) {
        return no_space(script, range, colon);
    }
    let short = shown(text);
    let finding = script
        .finding(
            &YAML_MISSING_COLON,
            range.clone(),
            words!("`{short}` has no colon", "a `{short}` le faltan los dos puntos"),
        )
        .why(words!(
            "here every line must be `name: value`",
            "aquí cada línea debe tener la forma `nombre: valor`"
        ));
    let Some((name, value)) = text.split_once(' ').filter(|(name, _)| name.starts_with(char::is_alphabetic))
    else {
        return Diagnosis::unsure(finding.help(words!(
            "write `{short}:` if it is a name; indent the line by two spaces if it goes on with the text above",
            "escribe `{short}:` si es un nombre; sangra la línea con dos espacios si continúa el texto anterior"
        )));
    };
    let mended = format!("{name}: {}", value.trim_start());
    let short = shown(&mended);
    let finding = finding.help(words!(
        "write `{short}` if `{name}` is the name; indent the line by two spaces if it goes on with the text above",
        "escribe `{short}` si `{name}` es el nombre; sangra la línea con dos espacios si continúa el texto anterior"
    ));
    // The first word need not be the name, so the line is left out of what is read.
    Diagnosis::sure(finding.replace(mended), vec![Edit::replace(line.start..line.next, "")])
}

/// `name:value`, the colon counted from the start of the range.
pub(super) fn no_space(script: Script<'_>, range: Range<usize>, colon: usize) -> Diagnosis {
    let text = script.slice(range.clone());
    let mended = format!("{}: {}", slice(text, 0..colon), slice(text, colon + 1..text.len()));
    let short = shown(&mended);
    let finding = script
        .finding(
            &YAML_MISSING_COLON,
            range.clone(),
            words!("a space is missing after the colon", "falta un espacio después de los dos puntos"),
        )
        .why(words!(
            "only a colon with a space after it separates a name from its value",
            "solo los dos puntos seguidos de un espacio separan el nombre del valor"
        ))
        .help(words!("write `{short}`", "escribe `{short}`"));
    Diagnosis::sure(finding.replace(mended), vec![Edit::insert(range.start + colon + 1, " ")])
}

/// A value that begins with a character that has another task in YAML.
fn reserved(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let shape = Shape::of(script.text, line);
    let range = if stop.at <= shape.value.start || shape.key.is_none() {
        shape.value
    } else {
        stop.at..shape.value.end.max(stop.at)
    };
    let Some(first) = script.slice(range.clone()).chars().next() else { return generic(script, stop, line) };
    let text = script.slice(range.clone());
    let mended = quoted(text);
    let finding = cannot_begin(script, range.clone(), first, &mended);
    Diagnosis::sure(finding.replace(mended.clone()), vec![Edit::replace(range, mended)])
}

/// The same within brackets: `[@one, @two]`. All items of the line that begin so are mended.
fn reserved_item(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let rest = script.slice(stop.at..line.end);
    let Some(first) = rest.chars().next() else { return bracket(script, stop, line) };
    if matches!(first, '[' | ']' | '{' | '}' | ',') {
        return bracket(script, stop, line);
    }
    let mut edits = Vec::new();
    let mut at = stop.at;
    for item in rest.split_inclusive([',', ']', '}']) {
        let text = item.trim_end_matches([',', ']', '}']).trim();
        if text.starts_with(first) {
            let start = at + (item.len() - item.trim_start().len());
            edits.push(Edit::replace(start..start + text.len(), quoted(text)));
        }
        at += item.len();
        if !item.ends_with(',') {
            break;
        }
    }
    let Some(edit) = edits.first().cloned() else { return bracket(script, stop, line) };
    Diagnosis::sure(cannot_begin(script, edit.range, first, &edit.text).replace(edit.text), edits)
}

fn cannot_begin(script: Script<'_>, range: Range<usize>, first: char, mended: &str) -> Finding {
    let short = shown(mended);
    let message = match first {
        '`' => words!(
            "a text cannot begin with a backtick without quotes",
            "un texto no puede empezar por un acento grave sin comillas"
        ),
        _ => words!(
            "a text cannot begin with `{first}` without quotes",
            "un texto no puede empezar por `{first}` sin comillas"
        ),
    };
    script
        .finding(&YAML_SYNTAX, range, message)
        .why(match first {
            '-' => words!(
                "a dash at the start makes an item of a list, which needs a line of its own",
                "un guion al principio es un elemento de una lista, que necesita su propia línea"
            ),
            '>' | '|' => words!(
                "`{first}` announces a text on the following lines",
                "`{first}` anuncia un texto en las líneas siguientes"
            ),
            '*' | '&' => words!(
                "`{first}` refers to another part of the file",
                "`{first}` remite a otra parte del archivo"
            ),
            '`' => words!("YAML keeps that character for itself", "YAML reserva ese carácter para su uso"),
            _ => words!("YAML keeps `{first}` for itself", "YAML reserva `{first}` para su uso"),
        })
        .help(words!("put the value in quotes: `{short}`", "escribe el valor entre comillas: `{short}`"))
}

/// Brackets and braces: not closed, closed with the other one, or text around them.
fn bracket(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let Some(open) = stop.bracket.or_else(|| find_bracket(script, stop)) else {
        return reserved(script, stop, line);
    };
    let begun = Line::around(script.text, open);
    let (opening, closing) = if script.slice(open..open + 1) == "{" { ('{', '}') } else { ('[', ']') };
    let sort = if opening == '[' { words!("a list", "una lista") } else { words!("a map", "un mapa") };
    let (en, es) = (sort.en, sort.es);
    // The unit ends before the first line that is not further in than the one with the bracket.
    let mut last = begun;
    while let Some(below) = last.below(script.text) {
        if below.content < below.end && below.indent() <= begun.indent() {
            break;
        }
        last = below;
    }
    if last.start > begun.start && last.is_idle(script.text) {
        last = last.above(script.text).unwrap_or(begun);
    }
    let end =
        if last.start == begun.start { open + value_length(script.slice(open..begun.end)) } else { last.end };
    match balance(script.slice(open..end)) {
        Balance::Open => {
            let finding = script
                .finding(
                    &YAML_SYNTAX,
                    open..open + 1,
                    words!("`{opening}` is not closed", "`{opening}` no se cierra"),
                )
                .mark(words!("{en} begins here", "{es} empieza aquí"))
                .why(words!(
                    "everything below would be read as part of it",
                    "todo lo que sigue quedaría dentro"
                ));
            let text = script.slice(open..end);
            let finding = if last.start == begun.start {
                let mended = format!("{text}{closing}");
                let short = shown(&mended);
                let mut finding = finding.help(words!(
                    "add `{closing}` at its end: `{short}`",
                    "añade `{closing}` al final: `{short}`"
                ));
                finding.place = script.span(open..end).into();
                finding.replace(mended)
            } else {
                finding.help(words!("add `{closing}` where it ends", "añade `{closing}` donde acaba"))
            };
            let text = text.trim_end_matches(',');
            Diagnosis::sure(finding, vec![Edit::replace(open + text.len()..end, closing.to_string())])
        }
        Balance::Wrong(at) => {
            let wrong = script.slice(open + at..open + at + 1);
            let finding = script
                .finding(
                    &YAML_SYNTAX,
                    open + at..open + at + 1,
                    words!(
                        "`{wrong}` closes what another bracket opened",
                        "`{wrong}` cierra lo que abrió otro signo"
                    ),
                )
                .also(script.span(open..open + 1), words!("{en} begins here", "{es} empieza aquí"))
                .help(words!(
                    "`[` is closed with `]`, and `{{` with `}}`",
                    "`[` se cierra con `]`, y `{{` con `}}`"
                ));
            let only = script.slice(open..end).matches(['[', '{', ']', '}']).count() == 2;
            if only {
                let edit = Edit::replace(open + at..open + at + 1, closing.to_string());
                return Diagnosis::sure(finding.replace(closing.to_string()), vec![edit]);
            }
            Diagnosis::unsure(finding)
        }
        Balance::Closed(length) if open + length < end && begun.start == line.start => {
            let shape = Shape::of(script.text, begun);
            let range = if open >= shape.value.start { shape.value } else { open..end };
            let mended = quoted(script.slice(range.clone()));
            let short = shown(&mended);
            let finding = script
                .finding(
                    &YAML_SYNTAX,
                    range.clone(),
                    words!("text stands behind `{closing}`", "hay texto detrás de `{closing}`"),
                )
                .why(words!(
                    "a value that begins with `{opening}` is read as {en}, and nothing may follow it",
                    "un valor que empieza por `{opening}` se lee como {es}, y detrás no puede haber nada"
                ))
                .help(words!(
                    "if it is a text, put it in quotes: `{short}`",
                    "si es un texto, escríbelo entre comillas: `{short}`"
                ));
            Diagnosis::sure(finding.replace(mended.clone()), vec![Edit::replace(range, mended)])
        }
        Balance::Closed(length) => {
            let at = stop.at.clamp(open, (open + length).max(open));
            let line = Line::around(script.text, at);
            let start = at.max(line.content).min(line.end);
            let finding = script
                .finding(
                    &YAML_SYNTAX,
                    start..line.end.max(start),
                    words!("what stands between the brackets is not well written", "lo que hay entre los corchetes o llaves no está bien escrito"),
                )
                .also(script.span(open..open + 1), words!("it begins here", "empieza aquí"))
                .help(words!(
                    "separate the items with commas, and put texts with `:`, `,`, `[` or `{{` in quotes; or write one item a line, each after `- `",
                    "separa los elementos con comas y pon entre comillas los textos con `:`, `,`, `[` o `{{`; o escribe un elemento por línea, cada uno tras `- `"
                ));
            Diagnosis::unsure(finding)
        }
    }
}

/// The bracket that a stop is about when the parser had not yet told of it: the first one behind what was read.
fn find_bracket(script: Script<'_>, stop: &Stop) -> Option<usize> {
    let from = stop.last.min(stop.at);
    let line = Line::around(script.text, stop.at);
    let at = script.slice(from..line.end).find(['[', '{'])?;
    Some(from + at)
}

enum Balance {
    /// Closed after so many bytes.
    Closed(usize),
    /// Closed at this byte by the other sort.
    Wrong(usize),
    /// Not closed.
    Open,
}

/// Whether the bracket at the start of a text is closed in it.
fn balance(text: &str) -> Balance {
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(mark), _) if character == mark => quote = None,
            (Some(_), _) => {}
            // An apostrophe within a word is no quote.
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(character),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ']' | '}') => {
                if open.pop() != Some(character) {
                    return Balance::Wrong(at);
                }
                if open.is_empty() {
                    return Balance::Closed(at + 1);
                }
            }
            (None, _) => {}
        }
        before = character;
    }
    Balance::Open
}

/// A line that belongs to none of the levels that are open, or is of another sort than its neighbours.
fn level(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let shape = Shape::of(script.text, line);
    let above = line.above(script.text);
    let value = script.slice(shape.value.clone());
    if stop.at > shape.value.start && value.starts_with(['[', '{']) {
        let stop = Stop { bracket: Some(shape.value.start), ..stop.clone() };
        return bracket(script, &stop, line);
    }
    if stop.at > shape.value.start && value.starts_with(['*', '&', '!']) {
        return reserved(script, &Stop { at: shape.value.start, ..stop.clone() }, line);
    }
    if stop.at > line.content && !shape.dash && stop.at > shape.value.start {
        return generic(script, stop, line);
    }
    if stop.fault == Fault::Behind {
        return Diagnosis::unsure(
            script
                .finding(
                    &YAML_SYNTAX,
                    line.content..line.end,
                    words!(
                        "the text above is complete, and this goes on behind it",
                        "lo anterior ya está completo, y esto sigue detrás"
                    ),
                )
                .help(words!(
                    "write all fields in the same way, one a line: `name: value`",
                    "escribe todos los campos de la misma manera, uno por línea: `nombre: valor`"
                )),
        );
    }
    let indents: Vec<(usize, bool)> = enclosing(script, line);
    let same = indents.iter().find(|(indent, _)| *indent == line.indent());
    if let Some((_, dash)) = same.filter(|(_, dash)| *dash != shape.dash) {
        let (message, help) = if *dash {
            (
                words!(
                    "a field stands among the items of a list",
                    "un campo aparece entre los elementos de una lista"
                ),
                words!(
                    "begin the line with `- ` if it is an item; indent it if it belongs to the item above",
                    "empieza la línea con `- ` si es un elemento; sángrala si pertenece al elemento anterior"
                ),
            )
        } else {
            (
                words!("an item of a list stands among fields", "un elemento de lista aparece entre campos"),
                words!(
                    "a list needs a name in the line above (`name:`), and its items begin with `- ` below it",
                    "una lista necesita un nombre en la línea anterior (`nombre:`), y sus elementos empiezan debajo con `- `"
                ),
            )
        };
        return Diagnosis::unsure(
            script.finding(&YAML_SYNTAX, line.content..line.end, message).help(help).why(words!(
                "at one level there are either fields or items",
                "en un mismo nivel hay campos o hay elementos, no ambas cosas"
            )),
        );
    }
    if shape.key.is_none() && !shape.dash {
        return missing_colon(script, line);
    }
    wrong_indent(script, line, above)
}

/// Indentation and sort of the lines that this one may belong beside, from the nearest outwards.
fn enclosing(script: Script<'_>, line: Line) -> Vec<(usize, bool)> {
    let mut levels = Vec::new();
    let mut least = usize::MAX;
    let mut current = line;
    // Far enough for a person's sense of "above", and a bound on the work.
    for _ in 0..200 {
        let Some(above) = current.above(script.text) else { break };
        if above.indent() < least {
            least = above.indent();
            levels.push((least, Shape::of(script.text, above).dash));
        }
        current = above;
    }
    levels
}

fn comment(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    Diagnosis::unsure(
        script
            .finding(
                &YAML_SYNTAX,
                stop.at.min(line.end)..line.end.max(stop.at),
                words!("a comment interrupts a text", "un comentario interrumpe un texto"),
            )
            .why(words!(
                "` #` begins a comment, and a text without quotes ends there",
                "` #` inicia un comentario, y un texto sin comillas acaba ahí"
            ))
            .help(words!(
                "put the text in quotes if `#` belongs to it, or move the comment to a line of its own above",
                "pon el texto entre comillas si `#` forma parte de él, o lleva el comentario a una línea propia más arriba"
            )),
    )
}

fn generic(script: Script<'_>, stop: &Stop, line: Line) -> Diagnosis {
    let start = stop.at.clamp(line.content.min(line.end), line.end);
    let mut start = if start == line.end { line.content.min(line.end) } else { start };
    while !script.text.is_char_boundary(start) {
        start -= 1;
    }
    Diagnosis::unsure(
        script
            .finding(
                &YAML_SYNTAX,
                start..line.end,
                words!("this is not readable as `name: value`", "esto no se puede leer como `nombre: valor`"),
            )
            .why(words!(
                "what the line means cannot be told, so it is left out",
                "no se puede saber qué significa la línea, así que se omite"
            ))
            .help(words!(
                "write `name: value` with a space after the colon, and put texts with special characters in quotes",
                "escribe `nombre: valor` con un espacio tras los dos puntos, y pon entre comillas los textos con signos especiales"
            )),
    )
}
