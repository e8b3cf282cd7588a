//! What can be wrong in a Markdown text: the codes, and their findings in both languages.

use std::fmt::Write as _;

use crate::finding::{Code, Finding, Level, Words};
use crate::text::{Span, nearest};
use crate::words;

/// HTML tags in Markdown, which are left out.
pub static RAW_HTML: Code = Code { id: "P020", name: "raw_html", level: Level::Note, since: "0.1.0" };
/// A link or picture whose address begins with something that pages may not hold (`javascript:`, `data:`, `file:`).
pub static LINK_SCHEME: Code =
    Code { id: "P021", name: "link_scheme", level: Level::Warning, since: "0.1.0" };
/// A picture of another site, which pages never load.
pub static OUTSIDE_PICTURE: Code =
    Code { id: "P022", name: "outside_picture", level: Level::Warning, since: "0.1.0" };
/// A text beyond what a page can show: columns of a table, depth of nesting.
pub static MARKDOWN_LIMIT: Code =
    Code { id: "P023", name: "markdown_limit", level: Level::Warning, since: "0.1.0" };
/// A reference to a footnote that is not written.
pub static MISSING_FOOTNOTE: Code =
    Code { id: "P024", name: "missing_footnote", level: Level::Warning, since: "0.1.0" };
/// Syntax of another generator, which stays text.
pub static FOREIGN_SYNTAX: Code =
    Code { id: "P025", name: "foreign_syntax", level: Level::Note, since: "0.1.0" };
/// Two footnotes with the same name.
pub static REPEATED_FOOTNOTE: Code =
    Code { id: "P026", name: "repeated_footnote", level: Level::Warning, since: "0.1.0" };
/// A footnote that nothing refers to.
pub static UNUSED_FOOTNOTE: Code =
    Code { id: "P027", name: "unused_footnote", level: Level::Note, since: "0.1.0" };
/// A callout of an unknown kind, which stays a quote without its mark.
pub static UNKNOWN_CALLOUT: Code =
    Code { id: "P028", name: "unknown_callout", level: Level::Warning, since: "0.1.0" };
/// A link or picture without an address.
pub static EMPTY_LINK: Code = Code { id: "P029", name: "empty_link", level: Level::Warning, since: "0.1.0" };
/// Steps or cards without the list that they are made of.
pub static BOX_WITHOUT_LIST: Code =
    Code { id: "P030", name: "box_without_list", level: Level::Warning, since: "0.1.0" };
/// The head of a box where no quote begins.
pub static STRAY_BOX: Code = Code { id: "P031", name: "stray_box", level: Level::Warning, since: "0.1.0" };
/// A heading two levels below the one before it.
pub static HEADING_SKIPPED: Code =
    Code { id: "P801", name: "heading_skipped", level: Level::Warning, since: "0.1.0" };
/// A link whose words say nothing of where it leads: "here".
pub static VAGUE_LINK: Code = Code { id: "P802", name: "vague_link", level: Level::Warning, since: "0.1.0" };
/// A table whose first row is empty.
pub static TABLE_WITHOUT_HEADER: Code =
    Code { id: "P804", name: "table_without_header", level: Level::Warning, since: "0.1.0" };

/// All codes of Markdown, in order.
pub static CODES: [&Code; 15] = [
    &RAW_HTML,
    &LINK_SCHEME,
    &OUTSIDE_PICTURE,
    &MARKDOWN_LIMIT,
    &MISSING_FOOTNOTE,
    &FOREIGN_SYNTAX,
    &REPEATED_FOOTNOTE,
    &UNUSED_FOOTNOTE,
    &UNKNOWN_CALLOUT,
    &EMPTY_LINK,
    &BOX_WITHOUT_LIST,
    &STRAY_BOX,
    &HEADING_SKIPPED,
    &VAGUE_LINK,
    &TABLE_WITHOUT_HEADER,
];

/// Findings of one code that one text may raise; a hostile text has a hundred thousand.
const MOST: u32 = 100;

/// Where the findings of a text go.
#[derive(Debug)]
pub(super) struct Reports<'f> {
    findings: &'f mut Vec<Finding>,
    counts: [u32; CODES.len()],
}

impl<'f> Reports<'f> {
    pub(super) fn new(findings: &'f mut Vec<Finding>) -> Self {
        Self { findings, counts: [0; CODES.len()] }
    }

    /// Takes the finding unless its code was raised too often; so it is made only when it is wanted.
    fn add(&mut self, code: &'static Code, finding: impl FnOnce() -> Finding) {
        let counts = CODES.iter().zip(&mut self.counts).find(|(known, _)| **known == code);
        let Some((_, count)) = counts else { return };
        *count = count.saturating_add(1);
        if *count <= MOST {
            self.findings.push(finding());
        }
    }

    /// A tag that is left out.
    pub(super) fn raw_html(&mut self, span: Span, tag: &str) {
        self.add(&RAW_HTML, || {
            let tag = shown(tag);
            Finding::new(
                &RAW_HTML,
                span,
                words!("the HTML tag `<{tag}>` is left out", "la etiqueta HTML `<{tag}>` no se publica"),
            )
            .why(words!(
                "pages are made from Markdown only, so that no text can break or alter them; the text inside the tag is kept",
                "las páginas se hacen solo con Markdown, para que ningún texto pueda romperlas ni alterarlas; el texto de dentro se conserva"
            ))
            .help(html_help(&tag))
            .group(tag)
        });
    }

    /// One of the allowed tags without its partner in the same paragraph.
    pub(super) fn unbalanced_html(&mut self, span: Span, tag: &str) {
        self.add(&RAW_HTML, || {
            Finding::new(
                &RAW_HTML,
                span,
                words!(
                    "the HTML tag `<{tag}>` has no partner in its paragraph and is left out",
                    "la etiqueta HTML `<{tag}>` no tiene pareja en su párrafo y no se publica"
                ),
            )
            .help(words!(
                "write `<{tag}>` before and `</{tag}>` after the words, in the same paragraph",
                "escribe `<{tag}>` antes y `</{tag}>` después de las palabras, en el mismo párrafo"
            ))
            .group(tag)
        });
    }

    /// An address with a scheme that is not allowed.
    pub(super) fn link_scheme(&mut self, span: Span, address: &str) {
        self.add(&LINK_SCHEME, || {
            let address = shown(address);
            let finding = Finding::new(
                &LINK_SCHEME,
                span,
                words!("pages cannot link to `{address}`", "las páginas no pueden enlazar a `{address}`"),
            )
            .mark(words!("stays text without a link", "queda como texto sin enlace"))
            .why(words!(
                "only complete addresses that begin with `https://`, `http://`, `mailto:` or `tel:`, and paths of the playbook, are safe for readers",
                "solo son seguras para quien lee las direcciones completas que empiezan por `https://`, `http://`, `mailto:` o `tel:`, y las rutas de la guía"
            ));
            match address.split_once(':') {
                _ if address.starts_with("//") => finding
                    .help(words!("write the whole address: `https:{address}`", "escribe la dirección completa: `https:{address}`")),
                Some((kind, name))
                    if !kind.is_empty()
                        && !name.is_empty()
                        && address.chars().all(|it| it.is_alphanumeric() || ":-_".contains(it)) =>
                {
                    finding.help(words!(
                        "if you mean a page of the playbook, write `[[{address}]]`",
                        "si te refieres a una página de la guía, escribe `[[{address}]]`"
                    ))
                }
                _ => finding.help(words!(
                    "give the address of a web page, or the path of a file of the playbook such as `../audiences/families.md`",
                    "pon la dirección de una página web, o la ruta de un archivo de la guía como `../publicos/familias.md`"
                )),
            }
        });
    }

    /// A picture of another host.
    pub(super) fn outside_picture(&mut self, span: Span, address: &str) {
        self.add(&OUTSIDE_PICTURE, || {
            let host = address.split("//").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
            let host = shown(host.unwrap_or(address));
            Finding::new(
                &OUTSIDE_PICTURE,
                span,
                words!("a picture of another site: `{host}`", "una imagen de otro sitio: `{host}`"),
            )
            .mark(words!("becomes a link", "se convierte en un enlace"))
            .why(words!(
                "loading it would tell the other site who reads your page, and the picture can change or vanish",
                "cargarla diría al otro sitio quién lee tu página, y la imagen puede cambiar o desaparecer"
            ))
            .help(words!(
                "save the picture in the folder of the playbook and write its path here, if you may use it",
                "guarda la imagen en la carpeta de la guía y escribe aquí su ruta, si tienes permiso para usarla"
            ))
            .group(host)
        });
    }

    /// A table that is too wide.
    pub(super) fn wide_table(&mut self, span: Span, columns: usize, most: usize) {
        self.add(&MARKDOWN_LIMIT, || {
            Finding::new(
                &MARKDOWN_LIMIT,
                span,
                words!(
                    "the table has {columns} columns; only the first {most} are shown",
                    "la tabla tiene {columns} columnas; solo se muestran las {most} primeras"
                ),
            )
            .help(words!(
                "make rows of the columns, or keep the data in a CSV file and show a chart",
                "convierte las columnas en filas, o guarda los datos en un archivo CSV y muestra un gráfico"
            ))
        });
    }

    /// Quotes, lists or emphasis that are nested too deeply; told once for a text.
    pub(super) fn deep_nesting(&mut self, span: Span, most: usize) {
        self.add(&MARKDOWN_LIMIT, || {
            Finding::new(
                &MARKDOWN_LIMIT,
                span,
                words!("nested deeper than {most} levels", "anidado en más de {most} niveles"),
            )
            .mark(words!("from here the levels are left out", "desde aquí se omiten los niveles"))
            .help(words!("write it with fewer levels", "escríbelo con menos niveles"))
            .group("nesting")
        });
    }

    /// `[^name]` without `[^name]: text`.
    pub(super) fn missing_footnote(&mut self, span: Span, name: &str) {
        self.add(&MISSING_FOOTNOTE, || {
            let name = shown(name);
            Finding::new(
                &MISSING_FOOTNOTE,
                span,
                words!("there is no footnote `{name}`", "no existe la nota al pie `{name}`"),
            )
            .mark(words!("stays as it is written", "queda tal como está escrito"))
            .help(words!(
                "write the footnote in a line of its own: `[^{name}]: …`; if you mean the characters themselves, begin with `\\[`",
                "escribe la nota en una línea propia: `[^{name}]: …`; si quieres esos mismos caracteres, empieza con `\\[`"
            ))
        });
    }

    /// The second footnote of a name.
    pub(super) fn repeated_footnote(&mut self, span: Span, name: &str, first: Span) {
        self.add(&REPEATED_FOOTNOTE, || {
            let name = shown(name);
            Finding::new(
                &REPEATED_FOOTNOTE,
                span,
                words!(
                    "the footnote `{name}` is written twice",
                    "la nota al pie `{name}` está escrita dos veces"
                ),
            )
            .mark(words!("left out", "no se publica"))
            .also(first, words!("first written here", "escrita aquí por primera vez"))
            .help(words!("give one of them another name", "ponle otro nombre a una de las dos"))
        });
    }

    /// A footnote without a reference.
    pub(super) fn unused_footnote(&mut self, span: Span, name: &str) {
        self.add(&UNUSED_FOOTNOTE, || {
            let name = shown(name);
            Finding::new(
                &UNUSED_FOOTNOTE,
                span,
                words!("nothing refers to the footnote `{name}`", "nada remite a la nota al pie `{name}`"),
            )
            .help(words!(
                "write `[^{name}]` where it belongs, or delete it",
                "escribe `[^{name}]` donde corresponda, o bórrala"
            ))
        });
    }

    /// Syntax of another program; `opening` is how it begins (`{{<`, `:::`), `name` its word (`figure`, `note`).
    pub(super) fn foreign_syntax(&mut self, span: Span, opening: &str, name: &str) {
        self.add(&FOREIGN_SYNTAX, || {
            let name = shown(name);
            let closing = match opening {
                "{{<" => " >}}",
                "{{%" => " %}}",
                "{{" => " }}",
                "{%" => " %}",
                _ => "",
            };
            let gap = if name.is_empty() { "" } else { " " };
            Finding::new(
                &FOREIGN_SYNTAX,
                span,
                words!(
                    "`{opening}{gap}{name}{closing}` belongs to another program and stays text",
                    "`{opening}{gap}{name}{closing}` es de otro programa y queda como texto"
                ),
            )
            .help(foreign_help(opening, &name))
            .group(if name.is_empty() { opening.to_owned() } else { name })
        });
    }

    /// `> [!WORD]` with a word that is no kind of callout.
    pub(super) fn unknown_callout(&mut self, span: Span, word: &str, known: fn() -> Vec<&'static str>) {
        self.add(&UNKNOWN_CALLOUT, || {
            let suggestion = nearest(word, known());
            let word = shown(word);
            let finding = Finding::new(
                &UNKNOWN_CALLOUT,
                span,
                words!("no kind of callout is called `{word}`", "ningún tipo de recuadro se llama `{word}`"),
            )
            .mark(words!("is left out; the rest stays a quote", "no se publica; el resto queda como cita"));
            match suggestion {
                Some(name) => finding.replace(format!("[!{name}]")),
                None => finding.help(words!(
                    "the kinds are `NOTE`, `TIP`, `IMPORTANT`, `WARNING`, `CAUTION`, `EXAMPLE`, `CRISIS`, `STEPS`, `CARDS`, `DO`, `DONT`, `DETAILS`",
                    "los tipos son `NOTA`, `CONSEJO`, `IMPORTANTE`, `AVISO`, `PELIGRO`, `EJEMPLO`, `CRISIS`, `PASOS`, `TARJETAS`, `HAZ`, `NO HAGAS`, `DETALLES`"
                )),
            }
        });
    }

    /// Steps without a numbered list, cards without a list.
    pub(super) fn box_without_list(&mut self, span: Span, numbered: bool) {
        self.add(&BOX_WITHOUT_LIST, || {
            let finding = if numbered {
                Finding::new(
                    &BOX_WITHOUT_LIST,
                    span,
                    words!("the steps have no numbered list", "los pasos no tienen lista numerada"),
                )
                .help(words!(
                    "begin each step with `1. ` after the `>`: `> 1. Read it twice`",
                    "empieza cada paso con `1. ` detrás del `>`: `> 1. Léelo dos veces`"
                ))
            } else {
                Finding::new(
                    &BOX_WITHOUT_LIST,
                    span,
                    words!("the cards have no list", "las tarjetas no tienen lista"),
                )
                .help(words!(
                    "begin each card with `- ` after the `>`: `> - **Title**: text`",
                    "empieza cada tarjeta con `- ` detrás del `>`: `> - **Título**: texto`"
                ))
            };
            finding.mark(words!("shown as it is written", "se muestra tal como está escrito"))
        });
    }

    /// `[!WORD]` that begins no quote.
    pub(super) fn stray_box(&mut self, span: Span, word: &str, in_quote: bool) {
        self.add(&STRAY_BOX, || {
            let word = shown(word);
            let finding = Finding::new(
                &STRAY_BOX,
                span,
                words!("no box begins at this `[!{word}]`", "este `[!{word}]` no abre ningún recuadro"),
            )
            .mark(words!("stays text", "queda como texto"));
            if in_quote {
                finding
                    .why(words!(
                        "a box begins at the start of a quote, and this line belongs to the one above",
                        "un recuadro empieza donde empieza una cita, y esta línea pertenece a la de arriba"
                    ))
                    .help(words!(
                        "leave an empty line without `>` above it",
                        "deja encima una línea vacía, sin `>`"
                    ))
            } else {
                finding.help(words!(
                    "begin this line and those of the box with `> `: `> [!{word}]`",
                    "empieza esta línea y las del recuadro con `> `: `> [!{word}]`"
                ))
            }
        });
    }

    /// `[text]()`.
    pub(super) fn empty_link(&mut self, span: Span) {
        self.add(&EMPTY_LINK, || {
            Finding::new(&EMPTY_LINK, span, words!("no address is given here", "aquí falta la dirección"))
                .mark(words!("stays text", "queda como texto"))
                .help(words!(
                    "write the path or the address between the round brackets",
                    "escribe la ruta o la dirección entre los paréntesis"
                ))
        });
    }
}

impl Reports<'_> {
    /// A heading that leaves a level out; `marks` and `right` are the numbers of `#` that stand there and that would be right.
    pub(super) fn heading_skipped(&mut self, span: Span, marks: u8, right: u8) {
        self.add(&HEADING_SKIPPED, || {
            let (written, better) = ("#".repeat(usize::from(marks)), "#".repeat(usize::from(right)));
            Finding::new(
                &HEADING_SKIPPED,
                span,
                words!("the heading `{written}` leaves a level out", "el título `{written}` se salta un nivel"),
            )
            .why(words!(
                "people who listen to a page move from heading to heading, and a gap sounds as if something were missing",
                "quien escucha una página va de título en título, y un salto suena como si faltara algo"
            ))
            .help(words!(
                "begin it with `{better}`; the size of the letters is a matter of the theme",
                "empiézalo con `{better}`; el tamaño de la letra es cosa del tema"
            ))
            .group("skipped")
        });
    }

    /// A link that is called "here".
    pub(super) fn vague_link(&mut self, span: Span, text: &str) {
        self.add(&VAGUE_LINK, || {
            let text = shown(text);
            Finding::new(
                &VAGUE_LINK,
                span,
                words!("the link “{text}” does not say where it leads", "el enlace «{text}» no dice adónde lleva"),
            )
            .why(words!(
                "links are also read one by one, out of their sentence: by screen readers, and by eyes that look for something",
                "los enlaces también se leen sueltos, fuera de su frase: con lectores de pantalla, o con prisa"
            ))
            .help(words!(
                "link the words that name the page, as in “see the [rules of participation](…)”",
                "enlaza las palabras que nombran la página, como en «lee las [normas de participación](…)»"
            ))
            .group("vague")
        });
    }

    /// A table that says of no column what stands in it.
    pub(super) fn table_without_header(&mut self, span: Span) {
        self.add(&TABLE_WITHOUT_HEADER, || {
            Finding::new(
                &TABLE_WITHOUT_HEADER,
                span,
                words!("the first row of the table is empty", "la primera fila de la tabla está vacía"),
            )
            .why(words!(
                "it says what stands in each column, and is read out before every cell",
                "dice qué hay en cada columna, y se lee en voz alta antes de cada casilla"
            ))
            .help(words!(
                "write the names of the columns in it, or make a list of the table",
                "escribe en ella los nombres de las columnas, o convierte la tabla en una lista"
            ))
            .group("header")
        });
    }
}

/// Link texts that say nothing by themselves, folded to small letters.
const VAGUE: &[&str] = &[
    "aquí",
    "aqui",
    "haz clic aquí",
    "clic aquí",
    "pincha aquí",
    "pulsa aquí",
    "enlace",
    "este enlace",
    "leer más",
    "ver más",
    "más",
    "click here",
    "here",
    "link",
    "this link",
    "more",
    "read more",
    "learn more",
];

/// Whether the words of a link say nothing of its target. `html` is what was written between its tags.
pub(super) fn is_vague(html: &str) -> bool {
    const LONGEST: usize = 80;
    if html.len() > LONGEST {
        return false;
    }
    let mut text = String::new();
    let mut in_tag = false;
    for character in html.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.extend(character.to_lowercase()),
            _ => {}
        }
    }
    VAGUE.contains(&text.trim_matches(|character: char| !character.is_alphanumeric()))
}

/// What an author wrote, fit for a message: short, on one line, without backticks and control characters.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.trim().chars().enumerate() {
        if count == 60 {
            shown.push('…');
            break;
        }
        match character {
            '`' => shown.push('\''),
            _ if character.is_control() => {
                // Writing to a text cannot fail.
                let _ = write!(shown, "{}", character.escape_default());
            }
            _ => shown.push(character),
        }
    }
    shown
}

fn html_help(tag: &str) -> Words {
    match tag {
        "b" | "strong" => words!("write `**bold**`", "escribe `**negrita**`"),
        "i" | "em" => words!("write `*italics*`", "escribe `*cursiva*`"),
        "s" | "del" | "strike" => words!("write `~~struck~~`", "escribe `~~tachado~~`"),
        "a" => words!("write `[text](address)`", "escribe `[texto](dirección)`"),
        "img" | "figure" => {
            words!("write `![description](picture.jpg)`", "escribe `![descripción](imagen.jpg)`")
        }
        "code" | "pre" | "tt" => words!("put the text in backticks", "pon el texto entre acentos graves"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => words!("write `## Heading`", "escribe `## Título`"),
        "ul" | "ol" | "li" => {
            words!("begin the lines with `- ` or `1. `", "empieza las líneas con `- ` o `1. `")
        }
        "table" | "tr" | "td" | "th" => {
            words!("write the table with `|` between the cells", "escribe la tabla con `|` entre las celdas")
        }
        "hr" => words!("write `---` between empty lines", "escribe `---` entre líneas vacías"),
        "iframe" | "video" | "audio" | "embed" | "object" => words!(
            "write a link to the page where it can be seen",
            "escribe un enlace a la página donde se puede ver"
        ),
        "details" | "summary" => words!(
            "write a quote that begins with `[!DETAILS]` and a title: `> [!DETAILS] Title`",
            "escribe una cita que empiece con `[!DETALLES]` y un título: `> [!DETALLES] Título`"
        ),
        "aside" => words!(
            "a quote that begins with `[!NOTE]` becomes a box: `> [!NOTE]`",
            "una cita que empieza con `[!NOTA]` se convierte en recuadro: `> [!NOTA]`"
        ),
        "dl" | "dt" | "dd" => words!(
            "write the term on one line and its meaning on the next, after `: `",
            "escribe el término en una línea y su significado en la siguiente, detrás de `: `"
        ),
        _ => words!(
            "write it in Markdown; of HTML, only `<br>`, `<kbd>`, `<sub>`, `<sup>` and `<mark>` are kept, without attributes",
            "escríbelo en Markdown; del HTML solo se conservan `<br>`, `<kbd>`, `<sub>`, `<sup>` y `<mark>`, sin atributos"
        ),
    }
}

fn foreign_help(opening: &str, name: &str) -> Words {
    let is_box = matches!(opening, ":::" | "!!!" | "???");
    match name {
        "figure" | "img" | "image" => {
            words!(
                "for a picture write `![description](picture.jpg)`",
                "para una imagen escribe `![descripción](imagen.jpg)`"
            )
        }
        "ref" | "relref" | "link" | "xref" => {
            words!("for a link write `[text](page.md)`", "para un enlace escribe `[texto](pagina.md)`")
        }
        "youtube" | "vimeo" | "tweet" | "instagram" | "gist" | "x" => {
            words!("write a link to it: `[text](https://…)`", "escribe un enlace: `[texto](https://…)`")
        }
        "steps" | "pasos" => words!(
            "for steps write a quote that begins with `[!STEPS]` and holds a numbered list",
            "para unos pasos escribe una cita que empiece con `[!PASOS]` y tenga una lista numerada"
        ),
        "details" | "spoiler" | "collapse" | "expand" | "accordion" => words!(
            "to fold a text write a quote that begins with its title: `> [!DETAILS] Title`",
            "para plegar un texto escribe una cita que empiece con su título: `> [!DETALLES] Título`"
        ),
        "cards" | "grid" => words!(
            "for cards write a quote that begins with `[!CARDS]` and holds a list",
            "para unas tarjetas escribe una cita que empiece con `[!TARJETAS]` y tenga una lista"
        ),
        _ if is_box
            || matches!(name, "note" | "tip" | "warning" | "hint" | "callout" | "admonition" | "alert") =>
        {
            words!(
                "for a box write a quote that begins with its kind: `> [!NOTE]`",
                "para un recuadro escribe una cita que empiece con su tipo: `> [!NOTA]`"
            )
        }
        _ => words!(
            "write it in Markdown; to keep these characters without this note, put them in backticks or begin with `\\`",
            "escríbelo en Markdown; para conservar estos caracteres sin este aviso, ponlos entre acentos graves o empieza con `\\`"
        ),
    }
}
