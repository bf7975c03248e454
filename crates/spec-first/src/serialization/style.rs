//! The styles of parameters: a text is split into the parts of a list or of an object, which are still to be decoded.
//!
//! The forms are those of RFC 6570, as OpenAPI refers to them (3.1.1, 4.8.12.3), and those that OpenAPI adds.

use std::borrow::Cow;

use serde::Deserialize;

use crate::routing::percent::Malformed;
use crate::schema::quote;
use crate::serialization::encoding::Encoding;
use crate::serialization::shape::Delimiter;

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Style {
    /// `a,b`, in a path or a header.
    Simple,
    /// `.a.b`, in a path.
    Label,
    /// `;name=a,b`, in a path.
    Matrix,
    /// `name=a,b`, or `name=a&name=b` if it is exploded.
    Form,
    /// `name=a%20b`.
    Space,
    /// `name=a|b`.
    Pipe,
    /// `name=a%09b` (Swagger 2.0).
    Tab,
    /// `name[member]=a`.
    DeepObject,
    /// One value in a media type of its own.
    Content,
}

/// The forms that one text has, by what is expected of it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parts<'a> {
    /// The whole, where it is neither a list nor an object.
    pub whole: Option<&'a str>,
    /// Lists; more than one where the text is ambiguous.
    pub lists: Vec<Vec<&'a str>>,
    /// The members of an object, unless it cannot be one.
    pub members: Option<Vec<(Cow<'a, str>, &'a str)>>,
}

impl Style {
    /// What separates items that are not exploded.
    fn delimiter(self) -> Delimiter {
        match self {
            Self::Space => Delimiter::Space,
            Self::Pipe => Delimiter::Pipe,
            Self::Tab => Delimiter::Tab,
            _ => Delimiter::Comma,
        }
    }

    /// Whether the text of a scalar has more than its value.
    pub fn has_prefix(self) -> bool {
        matches!(self, Self::Label | Self::Matrix)
    }

    /// Several texts as one with all of their items.
    pub fn join(self, texts: &[&str]) -> String {
        let separator = match self.delimiter() {
            Delimiter::Comma => ",",
            Delimiter::Space => " ",
            Delimiter::Pipe => "|",
            Delimiter::Tab => "\t",
        };
        texts.join(separator)
    }

    /// Whether an exploded value has several texts: one for each item, or one for each member under the member's name.
    pub fn is_spread(self) -> bool {
        matches!(self, Self::Form | Self::Space | Self::Pipe | Self::Tab)
    }

    /// The parts of a text that contains all of a value.
    ///
    /// # Errors
    /// A sentence: it does not have the form of the style, or the name of a member is malformed.
    pub fn split<'a>(
        self,
        name: &str,
        text: &'a str,
        explode: bool,
        encoding: Encoding,
    ) -> Result<Parts<'a>, String> {
        match self {
            Self::Label => label(text, explode, encoding),
            Self::Matrix if explode => exploded_matrix(name, text, encoding),
            Self::Matrix => matrix(name, text, encoding),
            _ => delimited(text, self.delimiter(), explode, encoding),
        }
    }
}

fn delimited<'a>(
    text: &'a str,
    delimiter: Delimiter,
    explode: bool,
    encoding: Encoding,
) -> Result<Parts<'a>, String> {
    let items = encoding.split(text, delimiter);
    let other = other_items(text, delimiter, encoding).filter(|_| items.len() == 1);
    let members = match (explode, &other) {
        (true, _) => assigned(&items, encoding),
        (false, Some(other)) if other.len() > 1 => alternating(other, encoding),
        (false, _) => alternating(&items, encoding),
    };
    let encoded = other.filter(|_| delimiter == Delimiter::Comma);
    Ok(Parts {
        whole: Some(text),
        members: members.map_err(sentence)?,
        lists: std::iter::once(items).chain(encoded).collect(),
    })
}

/// The items of a text without delimiters, as clients write them against the standard: the members of an object with commas,
/// whatever the style (Swagger UI does), and the commas in a cookie encoded, since a cookie can have no other (RFC 6265, 4.1.1).
fn other_items(text: &str, delimiter: Delimiter, encoding: Encoding) -> Option<Vec<&str>> {
    match (delimiter, encoding) {
        (Delimiter::Comma, Encoding::Cookie) => Some(Encoding::split_at_encoded_commas(text)),
        (Delimiter::Comma, _) => None,
        _ => Some(encoding.split(text, Delimiter::Comma)),
    }
}

/// `.a,b` by RFC 6570 and by OpenAPI since 3.0.4 and 3.1.1; `.a.b` by the tables of the editions before, and if it is exploded.
fn label(text: &str, explode: bool, encoding: Encoding) -> Result<Parts<'_>, String> {
    let Some(whole) = text.strip_prefix('.') else {
        return Err(format!("{} does not begin with \".\"", quote(text)));
    };
    let dotted: Vec<_> = whole.split('.').collect();
    let with_commas = encoding.split(whole, Delimiter::Comma);
    let (items, members, other) = match explode {
        true => (dotted.clone(), assigned(&dotted, encoding), None),
        false if with_commas.len() > 1 => {
            let members = alternating(&with_commas, encoding);
            (with_commas, members, None)
        }
        false => (
            dotted.clone(),
            alternating(&dotted, encoding),
            Some(with_commas),
        ),
    };
    let other = other.filter(|_| dotted.len() > 1);
    Ok(Parts {
        whole: Some(whole),
        lists: std::iter::once(items).chain(other).collect(),
        members: members.map_err(sentence)?,
    })
}

fn matrix<'a>(name: &str, text: &'a str, encoding: Encoding) -> Result<Parts<'a>, String> {
    let value = text
        .strip_prefix(';')
        .and_then(|text| value_of(name, text, encoding));
    let value = value.ok_or_else(|| misnamed(name, text))?;
    delimited(value, Delimiter::Comma, false, encoding)
}

/// `;name=a;name=b`, or `;member=a;member=b`.
fn exploded_matrix<'a>(name: &str, text: &'a str, encoding: Encoding) -> Result<Parts<'a>, String> {
    let texts = text.strip_prefix(';').ok_or_else(|| misnamed(name, text))?;
    let texts: Vec<_> = texts.split(';').collect();
    let items = texts.iter().map(|text| value_of(name, text, encoding));
    let items: Option<Vec<_>> = items.collect();
    let members = texts
        .iter()
        .map(|text| pair(text, encoding).map_err(sentence));
    let members: Vec<_> = members.collect::<Result<_, _>>()?;
    Ok(Parts {
        whole: items.as_ref().and_then(|items| items.last().copied()),
        lists: items.into_iter().collect(),
        members: Some(members),
    })
}

/// The value of `name=value`, or of `name` alone.
fn value_of<'a>(name: &str, text: &'a str, encoding: Encoding) -> Option<&'a str> {
    let (found, value) = pair(text, encoding).ok()?;
    (found == name).then_some(value)
}

fn misnamed(name: &str, text: &str) -> String {
    format!(
        "{} does not begin with {}",
        quote(text),
        quote(&format!(";{name}="))
    )
}

fn sentence(malformed: Malformed) -> String {
    malformed.sentence().to_owned()
}

type Members<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// The members of `name,value,name,value`; none if a name has no value. An empty text has no members.
fn alternating<'a>(
    items: &[&'a str],
    encoding: Encoding,
) -> Result<Option<Members<'a>>, Malformed> {
    if items == [""] {
        return Ok(Some(Vec::new()));
    }
    if items.len() % 2 == 1 {
        return Ok(None);
    }
    let pairs = items.chunks_exact(2);
    let members = pairs.map(|pair| Ok((encoding.decode(pair[0])?, pair[1])));
    members.collect::<Result<_, _>>().map(Some)
}

/// The members of `name=value` in each item; none if one is without `=`. An empty text has no members.
fn assigned<'a>(items: &[&'a str], encoding: Encoding) -> Result<Option<Members<'a>>, Malformed> {
    if items == [""] {
        return Ok(Some(Vec::new()));
    }
    if !items.iter().all(|item| item.contains('=')) {
        return Ok(None);
    }
    let members = items.iter().map(|item| pair(item, encoding));
    members.collect::<Result<_, _>>().map(Some)
}

/// `name=value`, or a name alone with an empty value.
fn pair(text: &str, encoding: Encoding) -> Result<(Cow<'_, str>, &str), Malformed> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    Ok((encoding.decode(name)?, value))
}
