//! What a problem is but for its texts.

use actix_web::http::StatusCode;

use super::violation::{Part, Violation};

/// The longest list of errors in a shape.
const MAX_ERRORS: usize = 6;
const BITS_OF_STATUS: u32 = 10;
const BITS_OF_ERROR: u32 = 8;

/// Where a problem has texts of its own.
const DETAIL: [&str; 1] = ["/detail"];
const ERRORS: [&str; 5] = [
    "/errors/*/name",
    "/errors/*/pointer",
    "/errors/*/keyword",
    "/errors/*/schema",
    "/errors/*/detail",
];

/// A problem but for its texts: its status, and of each error the part of the request and which members it has. Its type and its
/// title follow from the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape(u64);

impl Shape {
    /// The shape of a problem without members of the application's own; none if it has many errors.
    pub(super) fn new(status: StatusCode, errors: &[Violation]) -> Option<Self> {
        let bits = errors.iter().rev().fold(0, |bits, error| {
            bits << BITS_OF_ERROR | u64::from(of_error(error))
        });
        let status = u64::from(status.as_u16());
        (errors.len() <= MAX_ERRORS).then_some(Self(bits << BITS_OF_STATUS | status))
    }

    /// As a number of 58 bits.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// JSON pointers to the texts, in which `*` is any element of a list.
    pub fn texts(self) -> impl Iterator<Item = &'static str> {
        let has_errors = self.0 >> BITS_OF_STATUS != 0;
        let errors: &[_] = if has_errors { &ERRORS } else { &[] };
        DETAIL.iter().chain(errors).copied()
    }
}

/// Not 0, so that no error is another number than this one.
fn of_error(error: &Violation) -> u8 {
    let part = match error.part {
        Part::Path => 1,
        Part::Query => 2,
        Part::Header => 3,
        Part::Cookie => 4,
        Part::Body => 5,
    };
    let members = [&error.name, &error.pointer, &error.keyword, &error.schema];
    let members = members.iter().map(|member| u8::from(member.is_some()));
    members.fold(part, |bits, has_member| bits << 1 | has_member)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(part: Part, name: Option<&str>, keyword: Option<&str>) -> Violation {
        Violation {
            part,
            name: name.map(str::to_owned),
            pointer: None,
            keyword: keyword.map(str::to_owned),
            schema: None,
            detail: "a text".to_owned(),
        }
    }

    #[test]
    fn problems_of_one_shape_differ_in_texts_alone() {
        let of = |errors: &[Violation]| Shape::new(StatusCode::BAD_REQUEST, errors);
        let named = |name| error(Part::Path, Some(name), None);
        assert_eq!(of(&[named("a")]), of(&[named("b")]));
        let different = [
            Shape::new(StatusCode::NOT_FOUND, &[]),
            of(&[]),
            of(&[named("a")]),
            of(&[named("a"), named("a")]),
            of(&[error(Part::Query, Some("a"), None)]),
            of(&[error(Part::Path, None, Some("a"))]),
            of(&[error(Part::Path, Some("a"), Some("a"))]),
            of(&[named("a"), error(Part::Path, Some("a"), Some("a"))]),
            of(&[error(Part::Path, Some("a"), Some("a")), named("a")]),
        ];
        for (number, shape) in different.iter().enumerate() {
            assert!(shape.is_some_and(|shape| shape.bits() >> 58 == 0));
            assert!(!different[..number].contains(shape), "{number}");
        }
        assert_eq!(of(&vec![named("a"); MAX_ERRORS + 1]), None);
    }
}
