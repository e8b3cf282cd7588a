//! Floor 5: which fenced blocks the program understands, and which are code of somebody else.

use crate::text::{fold, nearest};

/// Words after the fence that the program understands.
#[rustfmt::skip]
pub const BLOCKS: &[&str] = &[
    "chart", "grafico", "gráfico",
    "kpi", "kpis", "indicador", "indicadores",
    "raci",
    "list", "lista",
    "matrix", "matriz",
    "tree", "arbol", "árbol",
    "calendar", "calendario",
    "scorecard", "cuadro",
    "flow", "flujo",
];

/// These belong to the program alone; all others also stand over code, as `tree` over the listing of a folder.
#[rustfmt::skip]
const OWN: &[&str] = &["chart", "grafico", "gráfico", "kpi", "kpis", "indicador", "indicadores"];

/// Parameters of the blocks that are not the program's alone.
#[rustfmt::skip]
pub const PARAMETERS: &[&str] = &[
    "of", "de", "from", "desde", "where", "donde", "filter", "filtro", "rows", "filas", "columns", "columnas",
    "fields", "campos", "sort", "orden", "ordenar", "order", "limit", "limite", "maximo", "most", "as", "como",
    "forma", "title", "titulo", "relation", "relacion", "by", "por", "along", "relaciones", "relations",
    "depth", "niveles", "profundidad", "levels", "caption", "leyenda",
    "to", "hasta", "months", "meses", "channel", "canal", "pillar", "eje", "owner", "responsable",
    "objectives", "objetivos", "on", "dia", "fecha", "date", "day",
    "steps", "pasos", "nodes", "nodos",
];

/// Whether a block is meant for the program: it is empty, says one thing on one line, or a line of it begins with a parameter, be it misspelled.
pub fn is_meant(word: &str, text: &str) -> bool {
    let text = text.trim();
    if OWN.contains(&word) || text.is_empty() || text.starts_with(['{', '[']) {
        return true;
    }
    let is_parameter = |line: &str| {
        let Some((key, rest)) = line.split_once(':') else { return false };
        let key = key.trim().trim_matches(['"', '\'']);
        let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
        ends && (PARAMETERS.contains(&fold(key).as_str())
            || nearest(key, PARAMETERS.iter().copied()).is_some())
    };
    if text.lines().any(is_parameter) {
        return true;
    }
    // One name: letters, not the way to a file, a mark of a list or a line of a drawing.
    !text.contains('\n')
        && text.starts_with(|first: char| {
            first.is_alphanumeric() || matches!(first, '"' | '\'' | '¿' | '¡' | '«' | '“')
        })
        && !text.contains(['/', '\\', ':', ';', '=', '(', '{', '│', '└', '├'])
}

#[cfg(test)]
mod tests {
    use super::is_meant;

    #[test]
    fn code_of_others_stays_code() {
        for (word, text) in [
            ("tree", ".\n├── docs\n│   └── a.md\n└── README.md"),
            ("tree", "src/"),
            ("tree", "project\n  src\n  tests: unit"),
            ("tree", "└── x"),
            ("list", "- milk\n- bread"),
            ("list", "(defun f (x) x)"),
            ("list", "milk\nbread"),
            ("lista", "Nota: comprar pan\nhttps://example.org"),
            ("matrix", "1 0 0\n0 1 0"),
            ("matrix", "A = [1 2; 3 4]"),
            ("raci", "|   | A | B |\n|---|---|---|"),
        ] {
            assert!(!is_meant(word, text), "{word}: {text}");
        }
    }

    #[test]
    fn what_is_asked_of_the_program_is_a_block() {
        for (word, text) in [
            ("tree", "summer"),
            ("tree", "Abrir el río"),
            ("tree", "from: summer\ndepth: 3"),
            ("tree", "{ from: summer }"),
            ("tree", "[summer, winter]"),
            ("list", ""),
            ("list", "chanels"),
            ("lista", "de: canales\ncolumnas: [nombre]"),
            ("list", "# those of today\nof: channels"),
            ("list", "off: channels"),
            ("list", "OF: channels"),
            ("raci", "atender-una-queja"),
            ("chart", "├──"),
        ] {
            assert!(is_meant(word, text), "{word}: {text}");
        }
    }
}
