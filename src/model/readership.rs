//! For whom an edition is made.

use std::fmt;

use crate::finding::Words;
use crate::words;

/// A readership. Each has an edition of its own, in a folder of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Readership {
    /// Everybody.
    Public,
    /// The people who work with the playbook.
    Staff,
    /// Those who govern the organisation.
    Board,
    /// Those who act in a crisis.
    Crisis,
}

impl Readership {
    /// All, in the order of their names in messages.
    pub const ALL: [Readership; 4] =
        [Readership::Public, Readership::Staff, Readership::Board, Readership::Crisis];

    /// Name on the command line, in settings and in the output.
    pub fn name(self) -> &'static str {
        match self {
            Readership::Public => "public",
            Readership::Staff => "staff",
            Readership::Board => "board",
            Readership::Crisis => "crisis",
        }
    }

    /// What its edition is called in a sentence: "the staff edition", "la edición del equipo".
    pub fn words(self) -> Words {
        match self {
            Readership::Public => words!("public", "pública"),
            Readership::Staff => words!("staff", "del equipo"),
            Readership::Board => words!("board", "de dirección"),
            Readership::Crisis => words!("crisis", "de crisis"),
        }
    }

    /// The readership with this English or Spanish name (folded).
    pub fn named(folded: &str) -> Option<Self> {
        match folded {
            "public" | "publico" | "publica" => Some(Readership::Public),
            "staff" | "equipo" | "personal" | "interna" => Some(Readership::Staff),
            "board" | "direccion" | "patronato" | "junta" => Some(Readership::Board),
            "crisis" => Some(Readership::Crisis),
            _ => None,
        }
    }
}

impl fmt::Display for Readership {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A set of readerships; one byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readerships(u8);

impl Readerships {
    /// Everybody.
    pub const ALL: Readerships = Readerships(0b1111);

    /// The set of these.
    pub fn of(list: impl IntoIterator<Item = Readership>) -> Self {
        list.into_iter().fold(Self::default(), |set, one| Self(set.0 | 1 << one as u8))
    }

    /// Whether this one is among them.
    pub fn contains(self, one: Readership) -> bool {
        self.0 & 1 << one as u8 != 0
    }

    /// Those in both sets.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether nobody is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its members, in the order of [`Readership::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Readership> {
        Readership::ALL.into_iter().filter(move |one| self.contains(*one))
    }
}
