//! The bodies, of which each is the same in every run.

use serde_json::{Map, Value, json};

/// The schema of a body, and how large the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object of three members.
    One,
    /// A thousand of them.
    Thousand,
    /// As many as have about 1 MiB.
    Mebibyte,
    /// A thousand, by a schema that no rules of a type enforce.
    Inexact,
    /// Objects within objects, eight deep.
    Tree,
    /// An object of 60 members.
    Wide,
    /// Texts with patterns and formats.
    Patterns,
    /// Variants, told apart by a member.
    Unions,
}

pub const ALL: [Shape; 8] = [
    Shape::One,
    Shape::Thousand,
    Shape::Mebibyte,
    Shape::Inexact,
    Shape::Tree,
    Shape::Wide,
    Shape::Patterns,
    Shape::Unions,
];

impl Shape {
    /// How tables and commands name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Thousand => "list of 1,000",
            Self::Mebibyte => "list of 1 MiB",
            Self::Inexact => "list of 1,000 by its schema",
            Self::Tree => "deep tree",
            Self::Wide => "wide object",
            Self::Patterns => "patterns",
            Self::Unions => "unions",
        }
    }

    /// The path of its operations.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::One => "/one",
            Self::Thousand | Self::Mebibyte => "/contacts",
            Self::Inexact => "/inexact",
            Self::Tree => "/tree",
            Self::Wide => "/wide",
            Self::Patterns => "/patterns",
            Self::Unions => "/unions",
        }
    }

    /// The body.
    #[must_use]
    pub fn json(self) -> Vec<u8> {
        let value = match self {
            Self::One => contact(7),
            Self::Thousand | Self::Inexact => (0..1000).map(contact).collect(),
            Self::Mebibyte => (0..13_000).map(contact).collect(),
            Self::Tree => node(8),
            Self::Wide => wide(),
            Self::Patterns => (0..300).map(code).collect(),
            Self::Unions => (0..1000).map(variant).collect(),
        };
        value.to_string().into_bytes()
    }
}

fn contact(number: usize) -> Value {
    json!({
        "first": format!("Grace {number}"),
        "last": format!("Hopper {}", number * 619 % 1000),
        "changed": format!("2026-01-{:02}T09:{:02}:04.{:05}1Z", number % 28 + 1, number % 60, number),
    })
}

fn node(depth: usize) -> Value {
    let children: Vec<_> = match depth {
        1 => Vec::new(),
        depth => (0..2).map(|_| node(depth - 1)).collect(),
    };
    json!({"name": format!("level {depth}"), "weight": depth as f64 / 4.0, "children": children})
}

fn wide() -> Value {
    let mut members = Map::new();
    for number in 0..12 {
        let state = ["begun", "open", "done"][number % 3];
        members.insert(format!("text_{number}"), json!(format!("text of {number}")));
        members.insert(format!("number_{number}"), json!(number as f64 + 0.5));
        members.insert(format!("count_{number}"), json!(number * 1000));
        members.insert(format!("flag_{number}"), json!(number % 2 == 0));
        members.insert(format!("state_{number}"), json!(state));
    }
    Value::Object(members)
}

fn code(number: usize) -> Value {
    let country = ["DE-BY", "FR", "US-CA"][number % 3];
    json!({
        "id": format!("6ba7b810-9dad-41d1-80b4-{number:012x}"),
        "country": country,
        "number": format!("{:03}-{:02}-{:04}", number % 1000, number % 100, number),
        "address": format!("person{number}@example.org"),
        "day": format!("2026-02-{:02}", number % 28 + 1),
    })
}

fn variant(number: usize) -> Value {
    match number % 3 {
        0 => json!({"kind": "circle", "radius": number as f64 + 0.25}),
        1 => json!({"kind": "rectangle", "width": number as f64 + 0.5, "height": 2.5}),
        _ => json!({"kind": "label", "text": format!("label {number}")}),
    }
}
