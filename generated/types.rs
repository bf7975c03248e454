// Generated from swagger.yml. Change the spec, then rebuild.

//! The schemas.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde::Serialize;
use spec_first::contract::not_null;
use spec_first::contract::pattern;
use validator::Validate;

/// A person in the list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Person {
    /// First name.
    #[validate(length(min = 1, max = 64), regex(path = *PERSON_FNAME))]
    pub fname: String,
    /// Last name, which no other person has.
    #[validate(length(min = 1, max = 64), regex(path = *PERSON_FNAME))]
    pub lname: String,
    /// When the person was created or last updated, in UTC.
    #[validate(regex(path = *PERSON_TIMESTAMP))]
    pub timestamp: String,
}

impl Person {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(fname: String, lname: String, timestamp: String) -> Self {
        Self {
            fname,
            lname,
            timestamp,
        }
    }
}

static PERSON_FNAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[^\u0000-\u001f\u007f-\u009f]*$"));

static PERSON_TIMESTAMP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"));

/// A person to create.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct NewPerson {
    /// First name. Not possible: a blank at either end, control characters, and characters without a
    /// look of their own (zero width, direction of text, line breaks, blanks other than U+0020 and
    /// U+3000).
    #[validate(length(min = 1, max = 64), regex(path = *NEW_PERSON_FNAME))]
    pub fname: String,
    /// Last name, which no other person has. Not possible: `/`, `\`, dots alone, a blank at either end
    /// or between dots and an end, and the characters that are not possible in a first name.
    #[validate(length(min = 1, max = 64), regex(path = *NEW_PERSON_LNAME))]
    pub lname: String,
}

impl NewPerson {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(fname: String, lname: String) -> Self {
        Self { fname, lname }
    }
}

static NEW_PERSON_FNAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[^ \u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿]+(?:[ \u3000]+[^ \u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿]+)*)?$",
    )
});

static NEW_PERSON_LNAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\.*[^. \/\\\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿](?:[. \u3000]*[^. \/\\\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿])*\.*)?$",
    )
});

/// What a person becomes.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PersonUpdate {
    /// First name. Not possible: a blank at either end, control characters, and characters without a
    /// look of their own (zero width, direction of text, line breaks, blanks other than U+0020 and
    /// U+3000).
    #[validate(length(min = 1, max = 64), regex(path = *NEW_PERSON_FNAME))]
    pub fname: String,
    /// Last name; if it is given, the one in the path, else the answer is 409.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(min = 1, max = 64), regex(path = *NEW_PERSON_LNAME))]
    pub lname: Option<String>,
}

impl PersonUpdate {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(fname: String) -> Self {
        Self { fname, lname: None }
    }
}
