//! A query string or a form as names and values.

use std::borrow::Cow;

use crate::routing::percent::{self, Malformed};

/// Names, decoded, and values as they were sent, in their order.
#[derive(Debug)]
pub(crate) struct Pairs<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Pairs<'a> {
    /// Parses pairs joined by `&`, each `name=value`, or a name alone with an empty value.
    ///
    /// # Errors
    /// A malformed name. A malformed value is an error only of what reads it.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((percent::decode_query(name)?, value))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// The names and values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_and_values_are_not() {
        let pairs = Pairs::parse("a=1&&b&%61=2%26+3").expect("it is well-formed");
        let pairs: Vec<_> = pairs.iter().collect();
        assert_eq!(pairs, [("a", "1"), ("b", ""), ("a", "2%26+3")]);
        assert_eq!(Pairs::parse("%FF=1").err(), Some(Malformed::Text));
    }
}
