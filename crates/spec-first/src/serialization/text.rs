//! Texts as values of a shape: one is a scalar or a list of one, several are a list.

use std::borrow::Cow;

use crate::routing::percent::Malformed;
use crate::serialization::draft::Draft;
use crate::serialization::encoding::Encoding;
use crate::serialization::scalar;
use crate::serialization::shape::Shape;

/// The value of all texts with one name: a list, or else the last one.
pub(crate) fn several(texts: &[&str], shape: &Shape, encoding: Encoding) -> Draft {
    let is_list = shape.has_list() || shape.is_any();
    match texts {
        [] => Draft::default(),
        [text] => one(text, shape, encoding),
        [.., _] if is_list => list(texts, shape, encoding),
        [.., last] => one(last, shape, encoding),
    }
}

/// The value of a text that is an item of a list or a member of an object.
pub(crate) fn one(text: &str, shape: &Shape, encoding: Encoding) -> Draft {
    if let Some(delimiter) = shape.delimiter {
        return lists(&encoding.split(text, delimiter), shape, encoding);
    }
    let plain = encoding.decode(text);
    let is_json = plain.as_ref().is_ok_and(|it| it.starts_with('['));
    let scalar = decoded(plain, shape);
    if !shape.has_list() {
        return scalar;
    }
    let list = list(&[text], shape, encoding);
    match shape.allows_scalar() || is_json {
        true => Draft::choice([scalar, list]),
        false => list,
    }
}

/// A value that is no part of another one.
pub(crate) fn whole(text: &str, shape: &Shape, encoding: Encoding) -> Draft {
    decoded(encoding.decode_whole(text), shape)
}

/// A list of items; one empty item may be an empty list, too.
pub(crate) fn lists(items: &[&str], shape: &Shape, encoding: Encoding) -> Draft {
    let list = list(items, shape, encoding);
    match items {
        [""] => Draft::choice([list, Draft::list([])]),
        _ => list,
    }
}

fn list(items: &[&str], shape: &Shape, encoding: Encoding) -> Draft {
    Draft::list(items.iter().map(|item| one(item, shape.items(), encoding)))
}

fn decoded(text: Result<Cow<'_, str>, Malformed>, shape: &Shape) -> Draft {
    match text {
        Ok(text) => scalar::draft(&text, shape),
        Err(malformed) => Draft::misread(malformed.sentence()),
    }
}
