//! The languages of a site: the main one at the root, every other below a folder of its own, and the ways from a page to the same page in another.

use super::view::LanguageView;
use super::{PlannedPage, Planner, Subject};
use crate::model::{Entity, Field, Item, Resolved, Translation, for_each_text, texts_of};
use crate::text::{PagePath, Span, slug};

/// Where the pages of one language stand in the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// Which of the languages it is, the main one first.
    pub language: usize,
    /// Their folder: empty for the main language, else a slug such as `en`.
    pub folder: String,
    /// Folders at the root that belong to other languages.
    pub taken: Vec<String>,
}

impl Ground {
    /// The grounds of all languages, the main one first.
    pub fn of<'t>(tags: impl Iterator<Item = &'t str>) -> Vec<Ground> {
        let folders: Vec<String> =
            tags.enumerate().map(|(index, tag)| if index == 0 { String::new() } else { slug(tag) }).collect();
        let taken: Vec<String> = folders.iter().skip(1).cloned().collect();
        folders
            .into_iter()
            .enumerate()
            .map(|(language, folder)| Ground {
                language,
                taken: if language == 0 { taken.clone() } else { Vec::new() },
                folder,
            })
            .collect()
    }

    /// Where a page of the language stands in the site.
    pub fn place(&self, page: &PagePath) -> PagePath {
        if self.folder.is_empty() { page.clone() } else { PagePath::new(format!("{}/{page}", self.folder)) }
    }

    /// A page of the site as its planner knows it: below the folder of the language.
    pub(super) fn within(&self, place: &PagePath) -> PagePath {
        let below = place.as_str().strip_prefix(self.folder.as_str()).and_then(|rest| rest.strip_prefix('/'));
        match below {
            Some(below) if !self.folder.is_empty() => PagePath::new(below),
            _ => place.clone(),
        }
    }

    /// What leads from a page of the language to the root of the site.
    pub(super) fn root(&self, page: &PagePath) -> String {
        self.place(page).root()
    }

    /// A file at the root of the site as it is addressed from pages of the language.
    pub(super) fn shared(&self, file: PagePath) -> PagePath {
        if self.folder.is_empty() { file } else { PagePath::new(format!("../{file}")) }
    }
}

/// The ways from a page to all languages of the site, its own included; none in a site of one language. A language that has no such page is entered at its home page.
pub fn ways(planners: &[Planner<'_>], page: &PlannedPage) -> Vec<LanguageView> {
    if planners.len() < 2 {
        return Vec::new();
    }
    let way = |(index, planner): (usize, &Planner<'_>)| {
        let found = planner.page_of(&page.subject);
        let is_same = found.is_some() && page.subject != Subject::NotFound;
        let local = found.unwrap_or_else(|| PagePath::new("index.html"));
        LanguageView {
            tag: planner.locale.tag().to_owned(),
            direction: planner.locale.direction(),
            name: planner.locale.word("language_name").to_owned(),
            url: planner.ground.place(&local).from(&page.path),
            absolute_url: if is_same { planner.canonical(&local) } else { String::new() },
            current: index == page.language,
            main: index == 0,
        }
    };
    planners.iter().enumerate().map(way).collect()
}

impl Planner<'_> {
    /// The page that shows something, if there is one.
    fn page_of(&self, subject: &Subject) -> Option<PagePath> {
        match subject {
            Subject::Home => Some(PagePath::new("index.html")),
            Subject::NotFound => Some(PagePath::new("404.html")),
            Subject::Entity(id) => self.addresses.entity(*id).cloned(),
            Subject::Kind(id) => self.addresses.kind(*id).cloned(),
            Subject::Folder(path) => self.addresses.folder(path).map(|folder| folder.page.clone()),
            Subject::Search => Some(self.search.clone()),
            Subject::Sheet(index) => self.sheets.get(index).cloned(),
        }
    }

    /// The language of a text at this place, where it is not that of the page; else empty.
    pub(super) fn lang_at(&self, span: Span) -> String {
        self.edition.foreign(span.source).unwrap_or_default().to_owned()
    }

    /// The name of a language in that of the page, as it stands within a sentence; the tag of one without a name.
    pub(super) fn language_name(&self, tag: &str) -> String {
        self.locale.words().get(&language_key(tag)).cloned().unwrap_or_else(|| tag.to_owned())
    }

    /// Whether a text is the tag of a language that has a name here.
    pub(super) fn is_language(&self, tag: &str) -> bool {
        self.locale.words().contains_key(&language_key(tag))
    }

    /// Whether a text is the tag of the language of the page.
    pub(super) fn is_own_language(&self, tag: &str) -> bool {
        tag.eq_ignore_ascii_case(self.locale.tag())
    }

    /// The language of a value: that of its texts, when all of them are not translated.
    pub(super) fn lang_of(&self, field: &Field, item: &Item<Resolved>) -> String {
        if !self.edition.is_translated() || field.translation != Translation::Words {
            return String::new();
        }
        let mut places = Vec::new();
        texts_of(&field.shape, &item.value, item.span, &mut |_, span| places.push(span));
        match places.split_first() {
            Some((first, others)) if others.iter().all(|span| !self.lang_at(*span).is_empty()) => {
                self.lang_at(*first)
            }
            _ => String::new(),
        }
    }

    /// The language of a field of an entity, by the field's canonical name.
    pub(super) fn lang_of_field(&self, entity: &Entity<Resolved>, name: &str) -> String {
        let found = self.edition.kinds().kind(entity.kind).and_then(|kind| kind.field(name));
        let found = found.and_then(|(index, field)| Some((field, entity.record.value(index)?)));
        found.map(|(field, item)| self.lang_of(field, item)).unwrap_or_default()
    }

    /// The language of a setting.
    pub(super) fn lang_of_setting(&self, name: &str) -> String {
        let field = self.edition.kinds().settings.iter().find(|field| field.name == name);
        match (field, self.edition.setting(name)) {
            (Some(field), Some(item)) => self.lang_of(field, item),
            _ => String::new(),
        }
    }

    /// The language of the name of an entity; names of people and the like are in none.
    pub(super) fn lang_of_title(&self, entity: &Entity<Resolved>) -> String {
        if !self.edition.is_translated() || !self.has_words_for_name(entity) {
            return String::new();
        }
        self.lang_at(entity.span)
    }

    fn has_words_for_name(&self, entity: &Entity<Resolved>) -> bool {
        let kind = self.edition.kinds().kind(entity.kind);
        let field = kind.and_then(|kind| kind.field(&kind.title_field));
        field.is_some_and(|(_, field)| field.translation == Translation::Words)
    }

    /// The language of the text of an entity's file.
    pub(super) fn lang_of_prose(&self, entity: &Entity<Resolved>) -> String {
        if entity.prose.is_none() {
            return String::new();
        }
        self.edition.foreign(entity.prose_source).unwrap_or_default().to_owned()
    }

    /// Says that a page, or a part of it, is not translated; else empty.
    pub(super) fn translation_note(&self, entity: &Entity<Resolved>) -> String {
        let Some(kind) = self.edition.kinds().kind(entity.kind).filter(|_| self.edition.is_translated())
        else {
            return String::new();
        };
        let (mut own, mut foreign) = (0, String::new());
        let mut count = |lang: &str| if lang.is_empty() { own += 1 } else { lang.clone_into(&mut foreign) };
        for_each_text(&kind.fields, &entity.record, &mut |_, _, span| count(&self.lang_at(span)));
        if self.has_words_for_name(entity) {
            count(&self.lang_at(entity.span));
        }
        if entity.prose.as_ref().is_some_and(|passage| passage.prose.words > 0) {
            count(&self.lang_of_prose(entity));
        }
        let word = match (foreign.is_empty(), own) {
            (true, _) => return String::new(),
            (false, 0) => "untranslated_page",
            (false, _) => "untranslated_parts",
        };
        let key = format!("language_{}", foreign.split('-').next().unwrap_or_default());
        let language = self.locale.words().get(&key).unwrap_or(&foreign);
        self.locale.fill(word, &[("language", language)])
    }

    /// The address of a page with host; empty when the settings do not say where the site will be.
    pub(super) fn absolute(&self, page: &PagePath) -> String {
        self.base().map(|base| base.of(&self.ground.place(page))).unwrap_or_default()
    }
}

/// The word that names a language: `language_pt` for `pt-BR`.
fn language_key(tag: &str) -> String {
    format!("language_{}", tag.split(['-', '_']).next().unwrap_or_default().to_lowercase())
}
