//! Runs of text: what stands between two marks of Markdown. Finds addresses to link, syntax of other programs, missing footnotes.

use super::address::Address;
use super::callout;
use super::escape;
use super::writer::Writer;

/// How far from its start the end of a directive or an address is looked for, in bytes. A bound keeps hostile texts linear.
const REACH: usize = 2000;

/// How long the name of a footnote may be to be missed, in bytes.
const LONGEST_NAME: usize = 100;

impl<'t> Writer<'t, '_> {
    /// Writes the run of text gathered so far.
    pub(super) fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let text = self.text;
        let Some(slice) = text.get(run.clone()).filter(|slice| !slice.is_empty()) else { return };
        if let Some(picture) = &mut self.picture {
            picture.alt.push_str(slice);
            return;
        }
        if std::mem::take(&mut self.line_start) {
            self.find_container(run.start, slice);
        }
        // `written` may lie beyond the run: an address or directive goes on where Markdown saw an emphasis.
        let mut written = 0;
        let mut at = 0;
        let is_mark = |byte: u8| (byte == b'{') | (byte == b'[') | (byte == b':');
        while let Some(step) = slice.get(at..).and_then(|rest| escape::find(rest, is_mark)) {
            at += step;
            let start = run.start + at;
            let rest = text.get(start..).unwrap_or_default();
            if rest.starts_with("{{") || rest.starts_with("{%") {
                if let Some(end) = self.directive(start) {
                    self.push_text(slice.get(written..at).unwrap_or_default());
                    self.push_text(text.get(start..end).unwrap_or_default());
                    written = end - run.start;
                    at = written;
                    continue;
                }
                // Not `{{{{…`: every brace once.
                at += 1;
            } else if rest.starts_with("[^") {
                self.find_missing_note(start);
            } else if rest.starts_with("://")
                && self.link.is_none()
                && let Some((begin, end)) = self.bare_address(start, run.start + written)
            {
                self.push_text(slice.get(written..begin - run.start).unwrap_or_default());
                self.push_address(text.get(begin..end).unwrap_or_default());
                written = end - run.start;
                at = written;
                continue;
            }
            at += 1;
        }
        self.push_text(slice.get(written..).unwrap_or_default());
        self.skip_until = self.skip_until.max(run.start + written);
    }

    /// Text that is not in the source as it is to be shown: an entity, a character after a backslash in a table.
    pub(super) fn literal(&mut self, text: &str) {
        if let Some(picture) = &mut self.picture {
            picture.alt.push_str(text);
        } else {
            self.line_start = false;
            self.push_text(text);
        }
    }

    fn push_text(&mut self, text: &str) {
        escape::text(&mut self.prose.html, text);
        self.read(text);
    }

    fn push_address(&mut self, written: &str) {
        let address = written.replace("&amp;", "&");
        self.start_outside_link(&address);
        self.push_text(&address);
        self.prose.html.push_str("</a>");
    }

    /// The text from `start`, within the line, the cell and the reach.
    fn window(&mut self, start: usize) -> &'t str {
        let text = self.text;
        if start >= self.line_end {
            let rest = text.get(start..).unwrap_or_default();
            self.line_end = start + rest.find('\n').unwrap_or(rest.len());
        }
        let mut end = self.limit.min(self.line_end).min(start.saturating_add(REACH));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.get(start..end).unwrap_or_default()
    }

    fn is_after_backslash(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before)) == Some(&b'\\')
    }

    /// The end of `{{ … }}` or `{% … %}` that begins here and ends in the same line. Told to the author, with or without an end.
    fn directive(&mut self, start: usize) -> Option<usize> {
        if self.is_after_backslash(start) {
            return None;
        }
        let line = self.window(start);
        let opening = ["{{<", "{{%", "{{", "{%"].into_iter().find(|opening| line.starts_with(opening))?;
        let closing = if opening == "{%" { "%}" } else { "}}" };
        let inside = line.get(opening.len()..).unwrap_or_default();
        let window_end = start + line.len();
        // A hostile line opens thousands and closes none.
        let searched = self.no_brace_until.max(start + opening.len()).min(window_end) - start;
        let length = if line.get(searched..).is_some_and(|rest| !rest.contains('}')) {
            self.no_brace_until = window_end;
            None
        } else {
            inside.find(closing).map(|length| opening.len() + length + closing.len())
        };
        let word = inside.trim_start_matches([' ', '\t', '/', '-', '#', '<', '%']);
        let end = word.find(|character: char| !(character.is_alphanumeric() || "-_.".contains(character)));
        let word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
        if word.is_empty() && length.is_none() {
            return None;
        }
        let span = self.span(start..start + length.unwrap_or(opening.len()));
        self.reports.foreign_syntax(span, opening, word);
        length.map(|length| start + length)
    }

    /// `::: note`, `!!! note`, `??? note` at the start of a line, and `[!NOTE]` where no box begins.
    fn find_container(&mut self, start: usize, slice: &str) {
        if let Some(word) = callout::word_at(slice).filter(|_| !self.is_after_backslash(start)) {
            let span = self.span(start..start + word.len() + 3);
            let in_quote = self.is_in_quote();
            self.reports.stray_box(span, word, in_quote);
            return;
        }
        let Some(opening @ (":::" | "!!!" | "???")) = slice.get(..3) else { return };
        if self.is_after_backslash(start) {
            return;
        }
        let line = self.window(start);
        let after = line.get(3..).unwrap_or_default().trim_start_matches([':', '+', '{', '.', ' ']);
        let end = after
            .find(|character: char| !(character.is_alphanumeric() || character == '-' || character == '_'));
        let word = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
        let is_exclamation = opening != ":::"
            && (word.is_empty() || !line.get(3..).is_some_and(|it| it.starts_with([' ', '+'])));
        if is_exclamation || (word.is_empty() && opening == ":::") {
            // `!!!` is emphasis of the author, and a lone `:::` closes what was told already.
            return;
        }
        let span = self.span(start..start + line.trim_end().len());
        self.reports.foreign_syntax(span, opening, word);
    }

    /// `[^name]` that stayed text, because no such footnote is written.
    fn find_missing_note(&mut self, start: usize) {
        if self.is_after_backslash(start) {
            return;
        }
        let window = self.window(start);
        let Some(close) = window.bytes().take(LONGEST_NAME).position(|byte| byte == b']') else { return };
        let name = window.get(2..close).unwrap_or_default();
        let is_name = !name.is_empty() && !name.contains([' ', '\t', '[', '^', '\\', '`']);
        if is_name {
            let span = self.span(start..start + name.len() + 3);
            self.reports.missing_footnote(span, name);
        }
    }

    /// Where an address with `://` here begins and ends; it does not begin before `from`.
    fn bare_address(&mut self, colon: usize, from: usize) -> Option<(usize, usize)> {
        let before = self.text.get(from..colon)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            before
                .len()
                .checked_sub(scheme.len())
                .and_then(|cut| before.get(cut..))
                .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
        })?;
        let begin = colon - scheme.len();
        if self.text.get(..begin)?.chars().next_back().is_some_and(char::is_alphanumeric) {
            return None;
        }
        let window = self.window(begin);
        let ends = |character: char| {
            character.is_whitespace() || character.is_control() || "<>\"[]{}|\\^`«»“”".contains(character)
        };
        let mut address = window.get(..window.find(ends).unwrap_or(window.len()))?;
        if let Some((start, _)) = address.split_once("**") {
            address = start;
        }
        // A closing bracket belongs to the address when it was opened there.
        let count = |bracket: u8| address.bytes().filter(|byte| *byte == bracket).count();
        let mut surplus = count(b')').saturating_sub(count(b'('));
        loop {
            let shorter =
                address.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '’', '…']);
            address = match shorter.strip_suffix(')') {
                Some(without) if surplus > 0 => {
                    surplus -= 1;
                    without
                }
                _ if shorter.len() < address.len() => shorter,
                _ => break,
            };
        }
        let is_outside = Address::of(&address.replace("&amp;", "&")) == Address::Outside;
        is_outside.then(|| (begin, begin + address.len()))
    }
}
