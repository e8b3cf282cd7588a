//! Text for HTML, and tables that are charts.

/// Text for the content of an element or an attribute in double quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' | '\t' => html.push(' '),
            character if character.is_control() => {}
            character => html.push(character),
        }
    }
    html
}

/// A cell: its class (may be empty) and its HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    pub class: &'static str,
    pub html: String,
}

/// A table with headings above and at the left.
pub(crate) struct Grid<'a> {
    /// Classes of the table.
    pub class: &'a str,
    /// Its name, for those who do not see it.
    pub title: &'a str,
    /// What the rows are; may be empty.
    pub corner: &'a str,
    /// Headings above, as HTML.
    pub columns: &'a [String],
    /// Headings at the left, as HTML.
    pub rows: &'a [String],
    /// The cells, row by row.
    pub cells: &'a [Vec<Cell>],
}

impl Grid<'_> {
    /// The table as HTML, in a box that scrolls by itself, also with the keyboard.
    pub(crate) fn html(&self) -> String {
        let mut html = String::with_capacity(1024);
        let (class, title, corner) = (self.class, escaped(self.title), escaped(self.corner));
        html.push_str(&format!(
            "<div class=\"table-scroll\" role=\"group\" aria-label=\"{title}\" tabindex=\"0\"><table class=\"{class}\"><caption class=\"visually-hidden\">{title}</caption><thead><tr>"
        ));
        html.push_str(&if corner.is_empty() {
            "<td></td>".to_owned()
        } else {
            format!("<th scope=\"col\">{corner}</th>")
        });
        for column in self.columns {
            html.push_str(&format!("<th scope=\"col\">{column}</th>"));
        }
        html.push_str("</tr></thead><tbody>");
        for (row, cells) in self.rows.iter().zip(self.cells) {
            html.push_str(&format!("<tr><th scope=\"row\">{row}</th>"));
            for Cell { class, html: content } in cells {
                match *class {
                    "" => html.push_str(&format!("<td>{content}</td>")),
                    class => html.push_str(&format!("<td class=\"{class}\">{content}</td>")),
                }
            }
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table></div>");
        html
    }
}

/// Rows as columns and columns as rows; every row has `columns` cells.
pub(crate) fn transposed(cells: &[Vec<Cell>], columns: usize) -> Vec<Vec<Cell>> {
    let cell = |row: &Vec<Cell>, column: usize| row.get(column).cloned().unwrap_or_default();
    (0..columns).map(|column| cells.iter().map(|row| cell(row, column)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_markup() {
        let names = [escaped("<b>\"a\" & b\u{1}")];
        let cells = [vec![Cell { class: "h1", html: escaped("<script>") }]];
        let html =
            Grid { class: "heat", title: "\"", corner: "", columns: &names, rows: &names, cells: &cells }
                .html();
        assert!(html.contains("<th scope=\"col\">&lt;b&gt;&quot;a&quot; &amp; b</th>"), "{html}");
        assert!(html.contains("<td class=\"h1\">&lt;script&gt;</td>"));
    }

    #[test]
    fn turned_over() {
        let cell = |html: &str| Cell { class: "", html: html.to_owned() };
        let cells = [vec![cell("a"), cell("b")], vec![cell("c"), cell("d")]];
        assert_eq!(transposed(&cells, 2), [vec![cell("a"), cell("c")], vec![cell("b"), cell("d")]]);
    }
}
