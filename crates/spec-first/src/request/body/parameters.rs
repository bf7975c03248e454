//! The parameters of media types (RFC 9110, 8.3.1), such as a version.

use mime::Mime;

/// How many more of the parameters of `declared` does `sent` have with the same values than with other ones.
pub(super) fn agreement(declared: &str, sent: &str) -> i32 {
    let (Ok(declared), Ok(sent)) = (declared.parse::<Mime>(), sent.parse::<Mime>()) else {
        return 0;
    };
    let parameters = declared.params().map(|(name, value)| {
        let found = sent.get_param(name);
        found.map_or(0, |found| if found == value { 1 } else { -1 })
    });
    parameters.sum()
}

#[cfg(test)]
mod tests {
    use super::agreement;

    #[test]
    fn parameters_agree_or_differ() {
        for (declared, sent, expected) in [
            ("a/b; v=1", "A/B;V=1", 1),
            ("a/b; v=1", "a/b; v=2", -1),
            ("a/b; v=1", "a/b", 0),
            ("a/b", "a/b; v=1", 0),
            ("a/b; v=1; w=2", "a/b; w=2; v=1", 2),
            ("a/b; v=1", "a/", 0),
        ] {
            assert_eq!(agreement(declared, sent), expected, "{declared} {sent}");
        }
    }
}
