//! Floor 7: the picture that services show when somebody shares a link: title, kicker and name on the brand's colour, as PNG. Drawn without the fonts of the machine, so that the same words give the same bytes everywhere.

mod canvas;
mod font;
mod png;
mod text;

use canvas::Canvas;
use text::Block;

/// Width of a card in pixels.
pub const WIDTH: u32 = 1200;
/// Height of a card in pixels.
pub const HEIGHT: u32 = 630;
/// Raised when cards are drawn in another way: their addresses change with it.
pub const DRAWING: u32 = 1;

/// Space at the sides.
const MARGIN: f32 = 84.0;
/// What is left for text.
const ROOM: f32 = WIDTH as f32 - 2.0 * MARGIN;
/// Where the water begins: text below it tells whose playbook it is.
const SHORE: f32 = 496.0;

/// What stands on a card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Card {
    /// Above the title: the kind, the chapter; may be empty.
    pub kicker: String,
    /// The title.
    pub title: String,
    /// At the foot, bold: the name of the playbook; may be empty.
    pub name: String,
    /// At the foot: the organisation; may be empty.
    pub organisation: String,
}

/// Draws cards of one colour.
#[derive(Clone, Debug)]
pub struct Painter {
    ground: Canvas,
}

impl Painter {
    /// For cards on this colour, which is darkened until white text can be read on it.
    pub fn new(color: (u8, u8, u8)) -> Self {
        let mut ground = Canvas::new(canvas::readable(color));
        ground.sea(SHORE);
        ground.rose(1052.0, 488.0);
        Self { ground }
    }

    /// The picture of a card as PNG.
    pub fn draw(&self, card: &Card) -> Vec<u8> {
        let mut canvas = self.ground.clone();
        let (bold, plain) = (font::bold(), font::plain());
        let mut top = 92.0;
        if let Some(kicker) = Block::one_line(plain, &card.kicker, 30.0, ROOM) {
            canvas.write(&kicker, MARGIN, top + 24.0, 0.8);
            top += 58.0;
        }
        if let Some(title) = Block::fitted(bold, &card.title, ROOM, SHORE - top - 26.0) {
            canvas.write(&title, MARGIN, top + title.ascent(), 1.0);
        }
        let name = Block::one_line(bold, &card.name, 30.0, ROOM);
        let organisation = Block::one_line(plain, &card.organisation, 25.0, ROOM);
        let base = if organisation.is_some() { 560.0 } else { 576.0 };
        if let Some(name) = name {
            canvas.write(&name, MARGIN, base, 0.96);
        }
        if let Some(organisation) = organisation {
            canvas.write(&organisation, MARGIN, base + 37.0, 0.78);
        }
        canvas.png()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        Card {
            kicker: "Canales".to_owned(),
            title: title.to_owned(),
            name: "Guía de comunicación".to_owned(),
            organisation: "Fundación para la Protección del Río Lembrea".to_owned(),
        }
    }

    #[test]
    fn the_fonts_are_those_that_were_looked_at() {
        let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
        let bold = hash(include_bytes!("../../fonts/card-bold.ttf"));
        let plain = hash(include_bytes!("../../fonts/card-text.ttf"));
        assert_eq!((&bold[..16], &plain[..16]), ("62228f492e0c571e", "ba25d7177756b10c"));
        assert!(include_str!("../../fonts/OFL.txt").contains("SIL OPEN FONT LICENSE Version 1.1"));
    }

    #[test]
    fn same_words_same_bytes() {
        let painter = Painter::new((15, 102, 116));
        let first = painter.draw(&card("Instagram"));
        assert_eq!(first, Painter::new((15, 102, 116)).draw(&card("Instagram")));
        assert_ne!(first, painter.draw(&card("Boletín")));
        assert!(first.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert!(first.len() < 60_000, "{} bytes", first.len());
    }

    #[test]
    fn any_text_is_drawn_within_the_card() {
        let painter = Painter::new((255, 230, 0));
        let long = "Otorrinolaringología".repeat(40);
        let lines = "palabra ".repeat(400);
        for title in ["", " ", "😀", "Ρόδος", "<b>&\"", "\u{0}\u{7f}", "i", &long, &lines, "N\u{303}u"]
        {
            assert!(painter.draw(&card(title)).len() > 1000, "{title:?}");
        }
    }

    /// Writes `target/cards/`: pictures to look at.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test that makes pictures for people's eyes")]
    fn pictures_to_look_at() {
        let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/cards");
        std::fs::create_dir_all(&folder).expect("a folder");
        let painter = Painter::new((15, 102, 116));
        for (name, title) in [
            ("short", "Instagram"),
            ("home", "Guía de comunicación de la Fundación Lembrea"),
            (
                "long",
                "Reducir a la mitad el tiempo de respuesta a las preguntas que llegan por las redes sociales antes de que acabe el año 2027",
            ),
            ("vietnamese", "Łódź, Đà Nẵng, Ñandú, Çeşme, Œuvre, Þingvellir, Straße"),
        ] {
            std::fs::write(folder.join(format!("{name}.png")), painter.draw(&card(title)))
                .expect("a picture");
        }
        for (name, color) in [
            ("yellow", (255, 214, 0)),
            ("black", (0, 0, 0)),
            ("red", (200, 30, 40)),
            ("white", (255, 255, 255)),
        ] {
            let bytes = Painter::new(color).draw(&card("Qué hacer cuando alguien se enfada con nosotros"));
            std::fs::write(folder.join(format!("{name}.png")), bytes).expect("a picture");
        }
    }
}
