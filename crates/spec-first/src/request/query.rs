//! The query string as names and values.

use std::borrow::Cow;

use crate::routing::percent::{self, Malformed};

/// The pairs of a query, decoded, in their order.
pub(crate) struct Query<'a>(Vec<Pair<'a>>);

/// A name, and a value if it is well-formed.
type Pair<'a> = (Cow<'a, str>, Result<Cow<'a, str>, Malformed>);

impl<'a> Query<'a> {
    /// Parses a query: pairs joined by `&`, each `name=value`, or a name alone with an empty value.
    ///
    /// # Errors
    /// A malformed name. A malformed value is an error only of the parameter that reads it.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((percent::decode_query(name)?, percent::decode_query(value)))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// The value of `name`; of several, the last.
    pub fn last(&self, name: &str) -> Option<Result<&str, Malformed>> {
        let pair = self.0.iter().rev().find(|pair| pair.0 == name)?;
        Some(pair.1.as_deref().map_err(|malformed| *malformed))
    }

    /// The names, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|pair| &*pair.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_values_wins() {
        let query = Query::parse("a=1&&b&a=2%26+3").unwrap();
        assert_eq!(query.last("a"), Some(Ok("2& 3")));
        assert_eq!(query.last("b"), Some(Ok("")));
        assert_eq!(query.last("c"), None);
    }
}
