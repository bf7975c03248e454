//! How a value is serialized, and how it is read from what a request has of it.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::routing::percent;
use crate::schema::{Dialect, MediaType, quote, truncate};
use crate::serialization::deep_object;
use crate::serialization::draft::{Draft, token};
use crate::serialization::encoding::Encoding;
use crate::serialization::json;
use crate::serialization::shape::Shape;
use crate::serialization::style::{Parts, Style};
use crate::serialization::text;

/// How many items or members a value may have, which bounds the work for a request.
const MAX_PARTS: usize = 10_000;

/// How a value is serialized.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Serialization {
    style: Style,
    #[serde(default)]
    explode: bool,
    #[serde(default)]
    shape: Shape,
    /// Of [`Style::Content`].
    #[serde(default)]
    media_type: Option<String>,
}

/// What a request has of a value, as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Raw<'a> {
    /// The texts with the value's own name.
    pub texts: Vec<&'a str>,
    /// The members that have names of their own: the name, or its keys in brackets, and the text.
    pub members: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> From<Vec<&'a str>> for Raw<'a> {
    fn from(texts: Vec<&'a str>) -> Self {
        Self {
            texts,
            ..Self::default()
        }
    }
}

impl Raw<'_> {
    /// Whether there is nothing of it.
    pub fn is_absent(&self) -> bool {
        self.texts.is_empty() && self.members.is_empty()
    }
}

impl Serialization {
    /// The member of the value that the field `field` is: its name, or its keys in brackets. `is_declared` is whether the field
    /// is declared otherwise.
    pub fn member<'n>(
        &self,
        name: &str,
        field: &'n str,
        is_declared: impl FnOnce() -> bool,
    ) -> Option<&'n str> {
        if self.style == Style::DeepObject {
            return deep_object::keys(field, name);
        }
        let takes = || self.shape.names(field) || self.shape.is_open() && !is_declared();
        (self.is_spread_object() && takes()).then_some(field)
    }

    /// Whether the field is read, by the value's own name or as a member.
    pub fn knows(&self, name: &str, field: &str) -> bool {
        self.declares(name, field) || self.is_spread_object() && self.shape.is_open()
    }

    /// Whether the schema names the field: as the value, or as a member of it.
    pub fn declares(&self, name: &str, field: &str) -> bool {
        let is_own = field == name && (!self.is_spread_object() || self.is_named());
        is_own || self.member(name, field, || true).is_some()
    }

    /// Whether the members of an object have names of their own.
    fn is_spread_object(&self) -> bool {
        self.explode && self.style.is_spread() && self.shape.has_object()
    }

    fn is_named(&self) -> bool {
        self.shape.has_list() || self.shape.allows_scalar()
    }

    /// Whether a request has one text of it at most.
    pub fn is_single(&self) -> bool {
        let is_spread_list = self.explode && self.style.is_spread() && self.shape.has_list();
        !is_spread_list && self.style != Style::DeepObject
    }

    /// The first member of an object that a request has several texts of, although it is no list: a JSON pointer to it, and how
    /// many there are.
    pub fn repeated_member(&self, raw: &Raw<'_>) -> Option<(String, usize)> {
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        for (member, _) in &raw.members {
            *counts.entry(member).or_default() += 1;
        }
        let mut repeated = counts.into_iter().filter(|(_, count)| *count > 1);
        repeated.find_map(|(member, count)| {
            let keys = match self.style {
                Style::DeepObject => deep_object::split(member),
                _ => vec![member],
            };
            let shape = keys.iter().fold(&self.shape, |shape, key| shape.part(key));
            let is_list = keys.contains(&"") || shape.has_list() || shape.is_any();
            (!is_list).then(|| (keys.into_iter().map(token).collect(), count))
        })
    }

    /// Whether the value of a cookie is split at `&`, where RFC 6570 has the next item.
    pub fn is_spread(&self) -> bool {
        let has_parts = self.shape.has_list() || self.shape.has_object();
        self.explode && self.style.is_spread() && has_parts
    }

    /// What the text may mean.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// What the text of an item may mean.
    pub fn items(&self) -> &Shape {
        self.shape.items()
    }

    /// Reads what a request has of the value `name`, which is not absent.
    pub fn read(&self, name: &str, raw: &Raw<'_>, encoding: Encoding, dialect: Dialect) -> Draft {
        if raw.texts.len().max(raw.members.len()) > MAX_PARTS {
            return too_many();
        }
        match (self.style, raw.texts.as_slice()) {
            (Style::Content, [.., text]) => self.content(text, encoding, dialect),
            (Style::DeepObject, _) => self.deep_object(raw, encoding),
            (style, [.., text]) if self.is_scalar() && !style.has_prefix() => {
                text::whole(text, &self.shape, encoding)
            }
            (style, _) if self.explode && style.is_spread() => self.spread(raw, encoding),
            // Several lines of a header are one list (RFC 9110, 5.3).
            (style, lines @ [_, _, ..]) if encoding == Encoding::Header => {
                self.one(name, &style.join(lines), encoding)
            }
            (_, [.., text]) => self.one(name, text, encoding),
            _ => Draft::default(),
        }
    }

    /// Whether a text with the value's own name is all of it, and nothing but it.
    pub fn is_plain(&self) -> bool {
        let is_other =
            self.style.has_prefix() || matches!(self.style, Style::Content | Style::DeepObject);
        self.is_scalar() && !is_other
    }

    /// Whether it is neither a list nor an object.
    pub fn is_scalar(&self) -> bool {
        !self.shape.has_list() && !self.shape.has_object()
    }

    fn one(&self, name: &str, text: &str, encoding: Encoding) -> Draft {
        match self.style.split(name, text, self.explode, encoding) {
            Ok(parts) if parts.whole.is_none() && !self.shape.has_object() => Draft::misread(
                format!("{} has other names than {}", quote(text), quote(name)),
            ),
            Ok(parts) => self.draft(parts, text, encoding),
            Err(detail) => Draft::misread(detail),
        }
    }

    fn spread(&self, raw: &Raw<'_>, encoding: Encoding) -> Draft {
        let members = raw
            .members
            .iter()
            .map(|(name, text)| (Cow::Borrowed(&**name), *text));
        let members: Vec<_> = members.collect();
        let parts = Parts {
            whole: raw.texts.last().copied(),
            lists: match raw.texts.as_slice() {
                [] => Vec::new(),
                texts => vec![texts.to_vec()],
            },
            members: (!members.is_empty()).then_some(members),
        };
        let text = parts.whole.unwrap_or_default();
        self.draft(parts, text, encoding)
    }

    /// What the parts may mean: one part is a scalar rather than a list, and several are not. What is nothing of what the shape
    /// allows is the text as it is, which the schema rejects.
    fn draft(&self, parts: Parts<'_>, text: &str, encoding: Encoding) -> Draft {
        let shape = &self.shape;
        let lists = parts.lists.iter().filter(|_| shape.has_list());
        let lists: Vec<_> = lists.collect();
        let members = parts.members.as_ref().filter(|_| shape.has_object());
        let counts = lists
            .iter()
            .map(|list| list.len())
            .chain(members.map(Vec::len));
        if counts.max().unwrap_or_default() > MAX_PARTS {
            return too_many();
        }
        let is_several = lists.iter().any(|list| list.len() > 1);
        let whole = parts.whole.filter(|_| shape.allows_scalar());
        let whole = || whole.map(|text| text::whole(text, shape, encoding));
        let mut drafts = Vec::new();
        drafts.extend((!is_several).then(whole).flatten());
        drafts.extend(members.map(|members| self.object(members, encoding)));
        drafts.extend(lists.iter().map(|list| text::lists(list, shape, encoding)));
        drafts.extend(is_several.then(whole).flatten());
        if drafts.is_empty() {
            return text::whole(text, shape, encoding);
        }
        Draft::choice(drafts)
    }

    /// An object; the texts of one name are a list, or else the last one counts.
    fn object(&self, members: &[(Cow<'_, str>, &str)], encoding: Encoding) -> Draft {
        let mut texts: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for (name, text) in members {
            texts.entry(name).or_default().push(text);
        }
        Draft::object(texts.into_iter().map(|(name, texts)| {
            let value = text::several(&texts, self.shape.member(name), encoding);
            (name.to_owned(), value)
        }))
    }

    fn deep_object(&self, raw: &Raw<'_>, encoding: Encoding) -> Draft {
        let members = raw.members.iter().map(|(keys, text)| (&**keys, *text));
        match raw.members.is_empty() {
            true => text::several(&raw.texts, &self.shape, encoding),
            false => deep_object::draft(members, &self.shape, encoding),
        }
    }

    /// A value in a media type: JSON, or else a text.
    fn content(&self, text: &str, encoding: Encoding, dialect: Dialect) -> Draft {
        let media_type = self.media_type.as_deref().and_then(MediaType::parse);
        if !media_type.is_some_and(|media_type| media_type.is_json()) {
            return text::whole(text, &self.shape, encoding);
        }
        let decoded = match encoding.decode_whole(text) {
            Ok(decoded) => decoded,
            Err(malformed) => return Draft::misread(malformed.sentence()),
        };
        match (json::parse(decoded.as_bytes(), dialect), encoding) {
            (Ok(value), _) => value.into(),
            // Most clients escape the quotes and commas in a cookie.
            (Err(error), Encoding::Cookie) => {
                let unescaped = percent::decode(text).ok();
                let value = unescaped.and_then(|it| json::parse(it.as_bytes(), dialect).ok());
                value.map_or_else(|| Draft::misread(truncate(error)), Draft::from)
            }
            (Err(error), _) => Draft::misread(truncate(error)),
        }
    }
}

fn too_many() -> Draft {
    Draft::misread(format!("it has more than {MAX_PARTS} parts"))
}
