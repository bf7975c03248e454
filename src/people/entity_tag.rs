//! Entity tags (RFC 9110, section 8.8.3), in which HTTP speaks of versions.

use super::condition::{Condition, Versions};
use super::version::Version;

/// The tag of a version.
pub fn tag(version: Version) -> String {
    let mut tag = [b'"'; 18];
    tag[1..17].copy_from_slice(&version.digits());
    // Digits and quotation marks are always UTF-8.
    str::from_utf8(&tag).unwrap_or_default().to_owned()
}

/// The condition in the two headers, which have the form that the spec requires.
pub fn condition(if_match: Option<&str>, if_none_match: Option<&str>) -> Condition {
    Condition {
        // A weak tag never matches where the comparison is strong (section 13.1.1), and all tags of ours are strong.
        only: if_match.map(|tags| versions(tags, |_| None)),
        except: if_none_match.map(|tags| versions(tags, |tag| tag.strip_prefix("W/"))),
    }
}

/// The versions in a list of tags, without those that are not ours. A comma within a tag splits none of ours.
fn versions(tags: &str, weak: fn(&str) -> Option<&str>) -> Versions {
    if tags.trim() == "*" {
        return Versions::All;
    }
    let tags = tags.split(',').map(str::trim);
    let versions = tags.filter_map(|tag| {
        let strong = weak(tag).unwrap_or(tag);
        Version::parse(strong.strip_prefix('"')?.strip_suffix('"')?)
    });
    Versions::These(versions.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_tags_is_read() {
        let [one, two] = [1, -2].map(Version::from_number);
        let of = |versions: &[Version]| Versions::These(versions.to_vec());
        for (tags, strong, weak) in [
            ("*", Versions::All, Versions::All),
            (" * ", Versions::All, Versions::All),
            (r#""0000000000000001""#, of(&[one]), of(&[one])),
            (r#"W/"0000000000000001""#, of(&[]), of(&[one])),
            (
                "\"x,y\" ,\t\"fffffffffffffffe\",W/\"0000000000000001\", \"\"",
                of(&[two]),
                of(&[two, one]),
            ),
            (r#""*""#, of(&[]), of(&[])),
            ("0000000000000001", of(&[]), of(&[])),
        ] {
            let read = condition(Some(tags), Some(tags));
            assert_eq!(
                (read.only, read.except),
                (Some(strong), Some(weak)),
                "{tags}"
            );
        }
        assert_eq!(condition(None, None), Condition::default());
        assert_eq!(tag(two), r#""fffffffffffffffe""#);
    }

    #[test]
    fn a_condition_accepts_what_both_headers_allow() {
        let [one, two] = [1, 2].map(Version::from_number);
        let (first, all) = (Some(r#""0000000000000001""#), Some("*"));
        for (if_match, if_none_match, accepts) in [
            (None, None, [true, true]),
            (first, None, [true, false]),
            (None, first, [false, true]),
            (all, None, [true, true]),
            (None, all, [false, false]),
            (first, first, [false, false]),
            (all, first, [false, true]),
        ] {
            let condition = condition(if_match, if_none_match);
            assert_eq!([one, two].map(|it| condition.accepts(it)), accepts);
        }
    }
}
