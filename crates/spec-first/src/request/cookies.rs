//! The cookies of a request (RFC 6265, 4.2.1), as they were sent.
//!
//! Not by the `cookie` crate: it is for `Set-Cookie` and depends on a calendar; a request has names and values alone.

/// Names and values, in their order.
pub(crate) struct Cookies<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Cookies<'a> {
    /// Parses the values of all headers `Cookie`. What has no `=` is no cookie.
    pub fn parse(headers: impl Iterator<Item = &'a str>) -> Self {
        let pairs =
            headers.flat_map(|text| text.split(';').filter_map(|pair| pair.split_once('=')));
        Self(
            pairs
                .map(|(name, value)| (name.trim(), value.trim()))
                .collect(),
        )
    }

    /// The values of `name`, in their order.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let pairs = self.0.iter().filter(move |(other, _)| *other == name);
        pairs.map(|(_, value)| *value)
    }

    /// The names and values, in their order. A value is split at `&` where another `name=` follows, as an exploded list or
    /// object is expanded by RFC 6570 (3.2.8). `is_whole` are the names whose values are not.
    pub fn spread(&self, is_whole: impl Fn(&str) -> bool) -> Vec<(&'a str, &'a str)> {
        let mut pairs = Vec::new();
        for (name, value) in &self.0 {
            if is_whole(name) {
                pairs.push((*name, *value));
                continue;
            }
            let (mut name, mut value) = (*name, *value);
            while let Some((item, next)) = next_pair(value) {
                pairs.push((name, item));
                (name, value) = next;
            }
            pairs.push((name, value));
        }
        pairs
    }
}

/// What is before the first `&name=` in a value, the name, and what is after it.
fn next_pair(value: &str) -> Option<(&str, (&str, &str))> {
    let mut from = 0;
    while let Some(at) = value[from..].find('&').map(|at| from + at) {
        let rest = &value[at + 1..];
        let name = rest.split('&').next().unwrap_or_default();
        if let Some((name, _)) = name.split_once('=') {
            return Some((&value[..at], (name, &rest[name.len() + 1..])));
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_as_they_were_sent() {
        let cookies = Cookies::parse(["a=1; b = x%20y;c", "a=\"2\"=3"].into_iter());
        let values = |name| cookies.values(name).collect::<Vec<_>>();
        assert_eq!(values("a"), ["1", "\"2\"=3"]);
        assert_eq!(values("b"), ["x%20y"]);
        assert!(values("c").is_empty());
    }

    #[test]
    fn a_value_is_split_where_a_name_follows() {
        let cookies = Cookies::parse(["a=1&a=2&3; w=4&a=5; b=&c="].into_iter());
        assert_eq!(
            cookies.spread(|name| name == "w"),
            [
                ("a", "1"),
                ("a", "2&3"),
                ("w", "4&a=5"),
                ("b", ""),
                ("c", "")
            ]
        );
    }
}
