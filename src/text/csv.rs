//! Lines of CSV files that the program writes: quotes where they are needed, and nothing that a spreadsheet would run.

/// Adds a line. A text that a spreadsheet would take for a formula gets an apostrophe.
pub fn csv_line<'t>(file: &mut String, cells: impl IntoIterator<Item = &'t str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            file.push(',');
        }
        csv_cell(file, cell);
    }
    file.push_str("\r\n");
}

fn csv_cell(file: &mut String, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && text.parse::<f64>().is_err();
    let guard = if formula { "'" } else { "" };
    if text.contains([',', ';', '"', '\n', '\r', '\t']) {
        for part in ["\"", guard, &text.replace('"', "\"\""), "\""] {
            file.push_str(part);
        }
    } else {
        file.push_str(guard);
        file.push_str(text);
    }
}
