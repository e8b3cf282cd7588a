//! The look of a playbook: brand, typefaces and theme files, and what does not work in them.

use super::Checked;
use crate::finding::Finding;
use crate::model::{Field, FieldType, Item, Record, Resolved, Value};
use crate::site;
use crate::text::{FilePath, Place};
use crate::theme::{self, Brand, Font, Known, Theme, Use};
use crate::world::World;

/// The theme with the playbook's own look, and the file of its logo.
#[derive(Debug)]
pub struct Look {
    /// Ready to render.
    pub theme: Theme,
    /// To be published.
    pub logo: Option<FilePath>,
}

/// Puts the look together from the settings and the theme files of a playbook.
pub fn look(checked: &Checked, world: &dyn World, findings: &mut Vec<Finding>) -> Look {
    let kinds = &checked.playbook.kinds;
    let (mut brand, mut logo) = (Brand::default(), None);
    let is_font = |file: &&FilePath| file.has_extension(&["woff2"]);
    brand.font_files = checked.files.iter().filter(is_font).map(|file| file.as_str().to_owned()).collect();
    let field = kinds.settings.iter().find(|field| field.name == "brand");
    if let (Some(FieldType::Record(fields)), Some(Value::Record(record))) =
        (field.map(|field| &field.shape), checked.playbook.setting("brand").map(|item| &item.value))
    {
        for (name, shape, item) in named(fields, record) {
            match (name, &item.value) {
                ("color", Value::Color(text)) => brand.color = color(text, item),
                ("logo", Value::File(path)) => {
                    // One that cannot be shown was told.
                    let is_shown = |file: &FilePath| !matches!(checked.pictures.get(file), Some(Err(_)));
                    if let Some(file) = FilePath::new(path).filter(is_shown) {
                        brand.logo = site::address_of(&file).as_str().to_owned();
                        logo = Some(file);
                    }
                }
                ("font", Value::Record(record)) => {
                    if let FieldType::Record(fields) = shape {
                        brand.fonts = fonts(fields, record, checked, world);
                    }
                }
                _ => {}
            }
        }
    }
    let known = Known {
        kinds: kinds.iter().map(|kind| (kind.name.as_str(), kind.es.as_str())).collect(),
        sheets: site::sheet_names().collect(),
    };
    theme::check_names(&checked.theme, &known, findings);
    Look { theme: Theme::load(&checked.theme, &brand, findings), logo }
}

/// The fields of a record with their names and types.
fn named<'a>(
    fields: &'a [Field],
    record: &'a Record<Resolved>,
) -> impl Iterator<Item = (&'a str, &'a FieldType, &'a Item<Resolved>)> {
    record.fields.iter().filter_map(|(index, item)| {
        let field = fields.get(usize::from(*index))?;
        Some((field.name.as_str(), &field.shape, item))
    })
}

fn color(text: &str, item: &Item<Resolved>) -> Option<(theme::Rgb, Place)> {
    let channel = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    Some(((channel(1)?, channel(3)?, channel(5)?), Place::Span(item.span)))
}

fn fonts(fields: &[Field], record: &Record<Resolved>, checked: &Checked, world: &dyn World) -> Vec<Font> {
    let font = |(name, _, item): (&str, &FieldType, &Item<Resolved>)| {
        let of = match name {
            "text" => Use::Text,
            "headings" => Use::Headings,
            "bold" => Use::Bold,
            "italic" => Use::Italic,
            _ => return None,
        };
        let Value::Text(written) = &item.value else { return None };
        let file = FilePath::new(written.trim_start_matches('/'));
        let file = file.filter(|file| theme::is_file(written) && checked.files.contains(file));
        let bytes = file.and_then(|file| world.read(&file).ok());
        Some(Font { of, written: written.clone(), place: Place::Span(item.span), bytes })
    };
    named(fields, record).filter_map(font).collect()
}
