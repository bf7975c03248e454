//! `name[member]=value` (`deepObject`), also with objects and lists inside: `name[a][b]=1`, `name[a][]=1`, `name[a][0]=1`, and
//! `name[a]=1&name[a]=2`.
//!
//! OpenAPI leaves open what is inside of the object (3.1.1, 4.8.12.3); these are the forms that clients send.

use indexmap::IndexMap;

use crate::serialization::draft::Draft;
use crate::serialization::encoding::Encoding;
use crate::serialization::shape::Shape;
use crate::serialization::text;

/// How many brackets a name may have.
const MAX_DEPTH: usize = 32;

/// The keys in brackets after `owner` in the name of a field; none if it is another field's name.
pub(crate) fn keys<'n>(name: &'n str, owner: &str) -> Option<&'n str> {
    let keys = name.strip_prefix(owner)?;
    let mut rest = keys;
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        if key.contains('[') {
            return None;
        }
        rest = after;
    }
    (!keys.is_empty()).then_some(keys)
}

/// The keys in brackets, one by one.
pub(crate) fn split(keys: &str) -> Vec<&str> {
    let inner = keys
        .strip_prefix('[')
        .and_then(|keys| keys.strip_suffix(']'));
    inner.unwrap_or_default().split("][").collect()
}

/// The value of the fields of an object: each with its keys in brackets, and its text.
pub(crate) fn draft<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    shape: &Shape,
    encoding: Encoding,
) -> Draft {
    let mut root = Node::default();
    for (keys, text) in fields {
        let keys = split(keys);
        if keys.len() > MAX_DEPTH {
            return Draft::misread(format!("it is nested deeper than {MAX_DEPTH} levels"));
        }
        root.insert(&keys, text);
    }
    root.draft(shape, encoding)
}

/// What the fields have under one key.
#[derive(Default)]
struct Node<'a> {
    texts: Vec<&'a str>,
    members: IndexMap<&'a str, Node<'a>>,
    /// Under `[]`.
    appended: Vec<Node<'a>>,
}

impl<'a> Node<'a> {
    fn insert(&mut self, keys: &[&'a str], text: &'a str) {
        match keys.split_first() {
            None => self.texts.push(text),
            Some((&"", rest)) => self.append(rest).insert(rest, text),
            Some((key, rest)) => self.members.entry(key).or_default().insert(rest, text),
        }
    }

    /// The item that a key `[]` is for: the last one if it lacks the member that follows, as in `a[][x]=1&a[][y]=2`, or else a
    /// new one.
    fn append(&mut self, rest: &[&str]) -> &mut Self {
        let is_free = |item: &Self| match rest.first() {
            Some(key) => !key.is_empty() && !item.members.contains_key(key),
            None => false,
        };
        if !self.appended.last().is_some_and(is_free) {
            self.appended.push(Self::default());
        }
        let last = self.appended.len() - 1;
        &mut self.appended[last]
    }

    fn draft(self, shape: &Shape, encoding: Encoding) -> Draft {
        let is_list = shape.has_list() || shape.is_any();
        let is_object = shape.has_object() || shape.is_any();
        if self.members.is_empty() && self.appended.is_empty() {
            return text::several(&self.texts, shape, encoding);
        }
        if self.members.is_empty() || self.is_indexed() && (is_list || !is_object) {
            return self.list(shape, encoding);
        }
        if self.texts.is_empty() && self.appended.is_empty() {
            return self.object(shape, encoding);
        }
        Draft::misread("it is both a value and an object")
    }

    /// Whether all keys are positions in a list.
    fn is_indexed(&self) -> bool {
        !self.members.is_empty() && self.members.keys().all(|key| key.parse::<u32>().is_ok())
    }

    /// The items in the order of their positions, which may have gaps: nothing is allocated for an index.
    fn list(self, shape: &Shape, encoding: Encoding) -> Draft {
        let texts = self.texts.into_iter().map(|text| Self {
            texts: vec![text],
            ..Self::default()
        });
        let mut indexed: Vec<_> = self.members.into_iter().collect();
        indexed.sort_by_key(|(key, _)| key.parse::<u32>().ok());
        let indexed = indexed.into_iter().map(|(_, item)| item);
        let items = texts.chain(indexed).chain(self.appended);
        Draft::list(items.map(|item| item.draft(shape.items(), encoding)))
    }

    fn object(self, shape: &Shape, encoding: Encoding) -> Draft {
        let members = self.members.into_iter();
        Draft::object(members.map(|(name, member)| {
            let value = member.draft(shape.member(name), encoding);
            (name.to_owned(), value)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_whole_brackets_are_fields_of_an_object() {
        for (name, expected) in [
            ("a[b]", Some("[b]")),
            ("a[b][]", Some("[b][]")),
            ("a[b c][é]", Some("[b c][é]")),
            ("a", None),
            ("ab[c]", None),
            ("a[b", None),
            ("a[b]c", None),
            ("a[[b]", None),
            ("a[b]]", None),
        ] {
            assert_eq!(keys(name, "a"), expected, "{name}");
        }
    }
}
