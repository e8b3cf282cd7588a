//! Floor 7: the pictures of a playbook: what each is, and which narrower copies of it are made for small screens.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::finding::{Code, Finding, Level, Reported};
use crate::model::{Destination, FieldType, Playbook, Resolved, Value};
use crate::picture::{self, Facts, Flaw, Format};
use crate::syntax::Filling;
use crate::text::{FilePath, Place, Span};
use crate::words;
use crate::world::World;

static TOO_LARGE: Code = Code { id: "P218", name: "picture_too_large", level: Level::Error, since: "0.1.0" };
static UNFIT_PICTURE: Code = Code { id: "P219", name: "unfit_picture", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[&TOO_LARGE, &UNFIT_PICTURE];

/// Widths of copies in points. The text is 704 wide; screens have up to three points where a page counts one.
const WIDTHS: [u32; 4] = [1600, 1200, 800, 480];

/// Lighter files need no copies.
const LIGHT: usize = 60_000;

/// All copies of one run together that are kept for the next edition of the same run, in bytes.
const MOST_KEPT: usize = 128 << 20;

/// Extensions of pictures.
const EXTENSIONS: &[&str] =
    &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "heic", "tif", "tiff", "bmp"];

/// Those that browsers show.
const SHOWN: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];

/// The pictures that pages of a playbook show or link to.
#[derive(Debug, Default)]
pub struct Pictures {
    known: BTreeMap<FilePath, Result<Picture, Flaw>>,
    /// Copies made in this run.
    made: Mutex<Made>,
}

#[derive(Debug, Default)]
struct Made {
    bytes: usize,
    copies: BTreeMap<FilePath, Arc<Vec<Vec<u8>>>>,
}

/// A picture that can be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What its bytes say.
    pub facts: Facts,
    /// Stands for its bytes, and for how copies are made, in the names of copies.
    pub stamp: String,
    /// Widths of its copies, the largest first; none when it is shown as it is.
    pub widths: Vec<u32>,
}

impl Pictures {
    /// What is known of a file: nothing when it is no picture.
    pub fn get(&self, file: &FilePath) -> Option<&Result<Picture, Flaw>> {
        self.known.get(file)
    }

    /// The copies of a picture, in the order of its widths.
    ///
    /// # Errors
    /// When the file is gone or cannot be decoded.
    pub fn copies(&self, world: &dyn World, file: &FilePath) -> Result<Arc<Vec<Vec<u8>>>, Flaw> {
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(copies) = made().copies.get(file) {
            return Ok(copies.clone());
        }
        let Some(Ok(picture)) = self.known.get(file) else { return Err(Flaw::Broken) };
        let bytes = world.read(file).map_err(|_| Flaw::Broken)?;
        let copies = Arc::new(picture::scaled(&bytes, &picture.facts, &picture.widths)?);
        let size: usize = copies.iter().map(Vec::len).sum();
        let mut made = made();
        if made.bytes + size <= MOST_KEPT {
            made.bytes += size;
            made.copies.insert(file.clone(), copies.clone());
        }
        Ok(copies)
    }
}

/// Looks at every picture of a playbook. Copies are made later, when a page asks for them.
///
/// The playbook is given in all its languages, the main one first.
pub fn read(world: &dyn World, playbooks: &[&Playbook<Resolved>]) -> Reported<Pictures> {
    let mut named: BTreeMap<FilePath, Span> = BTreeMap::new();
    for playbook in playbooks {
        name(playbook, &mut named);
    }
    let responsive = playbooks.first().is_some_and(|playbook| are_responsive(playbook));
    let look = |(file, span): (&FilePath, &Span)| {
        let found = look(world, file, responsive)?;
        let finding = found.as_ref().err().and_then(|flaw| told(file, *span, *flaw));
        Some((file.clone(), found, finding))
    };
    let seen: Vec<_> = named.par_iter().map(look).collect();
    let mut pictures = Pictures::default();
    let mut findings = Vec::new();
    for (file, found, finding) in seen.into_iter().flatten() {
        findings.extend(finding);
        pictures.known.insert(file, found);
    }
    Reported::new(pictures, findings)
}

/// A file that is a picture by its bytes, or says so and is none.
fn look(world: &dyn World, file: &FilePath, responsive: bool) -> Option<Result<Picture, Flaw>> {
    // What cannot be read is told where it is published.
    let bytes = world.read(file).ok()?;
    let facts = match picture::look(&bytes) {
        Some(Ok(facts)) => facts,
        Some(Err(flaw)) => return Some(Err(flaw)),
        None => return Some(Err(Flaw::Broken)),
    };
    if facts.format == Format::Avif
        && let Err(flaw) = picture::clean(&bytes, &facts)
    {
        return Some(Err(flaw));
    }
    let mut hash = blake3::Hasher::new();
    hash.update(picture::RECIPE.as_bytes()).update(env!("CARGO_PKG_VERSION").as_bytes()).update(&bytes);
    let stamp = hash.finalize().to_hex().get(..10).unwrap_or_default().to_owned();
    let widths = if responsive { widths(&facts, bytes.len()) } else { Vec::new() };
    Some(Ok(Picture { facts, stamp, widths }))
}

/// The widths of copies that are worth their while: clearly narrower, of a file that is heavy for what it shows.
fn widths(facts: &Facts, bytes: usize) -> Vec<u32> {
    let points = u64::from(facts.width) * u64::from(facts.height);
    // A drawing or a picture of a screen is light as it is; made narrower, it would weigh more.
    let is_photo = match facts.format {
        Format::Jpeg => true,
        Format::Png => bytes as u64 * 2 >= points,
        Format::Webp => !facts.transparent,
        Format::Gif | Format::Avif | Format::Svg => false,
    };
    if !facts.scalable || !is_photo || bytes < LIGHT {
        return Vec::new();
    }
    WIDTHS.into_iter().filter(|width| u64::from(*width) * 100 <= u64::from(facts.width) * 85).collect()
}

/// `images:` of the settings.
fn are_responsive(playbook: &Playbook<Resolved>) -> bool {
    let field = playbook.kinds.settings.iter().find(|field| field.name == "images");
    let chosen = match (field.map(|field| &field.shape), playbook.setting("images").map(|item| &item.value)) {
        (Some(FieldType::Choice(choices)), Some(Value::Choice(index))) => choices.get(usize::from(*index)),
        _ => None,
    };
    chosen.is_none_or(|choice| choice.name != "keep")
}

/// The picture files that texts and fields name, each with the first place.
fn name(playbook: &Playbook<Resolved>, named: &mut BTreeMap<FilePath, Span>) {
    playbook.for_each_passage(&mut |passage| {
        for (hole, end) in passage.prose.holes.iter().zip(&passage.ends) {
            if let Destination::File(file) = end
                && let Some(span) = shown_or_linked(&hole.filling, file)
            {
                named.entry(file.clone()).or_insert(span);
            }
        }
    });
    let records = playbook.entities.iter().chain(&playbook.welcome).map(|entity| &entity.record);
    for record in records.chain([&playbook.settings]) {
        for (_, item) in &record.fields {
            files_in(&item.value, item.span, named);
        }
    }
}

/// The place that shows a picture or links to one. What browsers do not show may be linked all the same.
fn shown_or_linked(filling: &Filling, file: &FilePath) -> Option<Span> {
    match filling {
        Filling::Picture { target, .. } => file.has_extension(EXTENSIONS).then_some(target.span),
        Filling::LinkStart(target) => file.has_extension(SHOWN).then_some(target.span),
        _ => None,
    }
}

fn files_in(value: &Value<Resolved>, span: Span, named: &mut BTreeMap<FilePath, Span>) {
    match value {
        Value::File(path) => {
            if let Some(file) = FilePath::new(path).filter(|file| file.has_extension(EXTENSIONS)) {
                named.entry(file).or_insert(span);
            }
        }
        Value::List(items) => items.iter().for_each(|item| files_in(&item.value, item.span, named)),
        Value::Record(record) => {
            record.fields.iter().for_each(|(_, item)| files_in(&item.value, item.span, named));
        }
        _ => {}
    }
}

/// What is wrong with a picture, at the place that names it first.
fn told(file: &FilePath, span: Span, flaw: Flaw) -> Option<Finding> {
    let finding = match flaw {
        Flaw::TooLarge(points) => {
            let (points, most) = (points / 1_000_000, picture::MOST_POINTS / 1_000_000);
            Finding::new(
                &TOO_LARGE,
                span,
                words!(
                    "`{file}` has {points} million points; the limit is {most} million",
                    "`{file}` tiene {points} millones de puntos; el límite son {most} millones"
                ),
            )
            .why(words!(
                "no screen shows so many, and the telephone of a reader would have to hold them all",
                "ninguna pantalla muestra tantos, y el teléfono de quien lee tendría que cargarlos todos"
            ))
            .help(words!(
                "save it smaller: 2,400 points on its longer side are plenty",
                "guárdala más pequeña: 2.400 puntos en el lado largo son más que suficientes"
            ))
        }
        Flaw::Broken => Finding::new(
            &UNFIT_PICTURE,
            span,
            words!("`{file}` cannot be read as a picture", "`{file}` no se puede leer como imagen"),
        )
        .help(words!(
            "open it in a program for pictures and save it again as JPEG or PNG",
            "ábrela con un programa de imágenes y vuelve a guardarla como JPEG o PNG"
        )),
        Flaw::Unshown(format) => Finding::new(
            &UNFIT_PICTURE,
            span,
            words!(
                "browsers do not show {format} pictures such as `{file}`",
                "los navegadores no muestran imágenes {format} como `{file}`"
            ),
        )
        .help(words!("save it as JPEG", "guárdala como JPEG")),
        Flaw::Sealed => Finding::new(
            &UNFIT_PICTURE,
            span,
            words!(
                "`{file}` says where or how it was taken, and that cannot be taken out of an AVIF file",
                "`{file}` dice dónde o cómo se hizo, y eso no se puede quitar de un archivo AVIF"
            ),
        )
        .why(words!(
            "a picture taken at home would tell where somebody lives",
            "una foto hecha en casa diría dónde vive alguien"
        ))
        .help(words!(
            "save it without data of the camera, or as JPEG: from that they are taken out",
            "guárdala sin los datos de la cámara, o como JPEG: de ahí sí se quitan"
        )),
    };
    Some(finding.mark(words!("not published", "no se publica")))
}

/// A picture whose head is whole and whose points are not.
pub fn damaged(file: &FilePath) -> Finding {
    Finding::new(
        &UNFIT_PICTURE,
        Place::File(file.clone()),
        words!(
            "`{file}` is damaged: it cannot be made smaller",
            "`{file}` está dañada: no se puede hacer más pequeña"
        ),
    )
    .help(words!(
        "open it in a program for pictures and save it again as JPEG or PNG",
        "ábrela con un programa de imágenes y vuelve a guardarla como JPEG o PNG"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worth_a_copy() {
        let facts = |format, width, height, transparent| Facts {
            format,
            width,
            height,
            scalable: true,
            transparent,
            turn: 1,
        };
        let check = |facts: Facts, bytes: usize, expected: &[u32]| {
            assert_eq!(widths(&facts, bytes), expected, "{facts:?} {bytes}");
        };
        check(facts(Format::Jpeg, 4000, 3000, false), 3_000_000, &[1600, 1200, 800, 480]);
        check(facts(Format::Jpeg, 1300, 900, false), 300_000, &[800, 480]);
        check(facts(Format::Jpeg, 1300, 900, false), 50_000, &[]);
        check(facts(Format::Jpeg, 500, 900, false), 300_000, &[]);
        check(facts(Format::Png, 2880, 1800, false), 400_000, &[]);
        check(facts(Format::Png, 2880, 1800, false), 4_000_000, &[1600, 1200, 800, 480]);
        check(facts(Format::Webp, 2880, 1800, true), 4_000_000, &[]);
        check(Facts { scalable: false, ..facts(Format::Png, 2880, 1800, false) }, 4_000_000, &[]);
    }
}
