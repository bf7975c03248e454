// Generated from swagger.yml. Change the spec, then rebuild.

//! The schemas.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::Serialize;
use spec_first::body;
use spec_first::contract::not_null;
use spec_first::rule;
use validator::Validate;
use validator::ValidationError;
use validator::ValidationErrors;

/// A person in the list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Person {
    /// First name.
    #[validate(length(min = 1, max = 64), custom(function = "check_person_fname"))]
    pub fname: String,
    /// Last name, which no other person has.
    #[validate(length(min = 1, max = 64), custom(function = "check_person_fname"))]
    pub lname: String,
    /// When the person was created or last updated, in UTC.
    #[validate(custom(function = "check_person_timestamp"))]
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

fn check_person_fname(value: &str) -> Result<(), ValidationError> {
    rule::require(PERSON_FNAME.is_match(value))
}

static PERSON_FNAME: LazyLock<rule::Pattern> =
    LazyLock::new(|| rule::pattern(r"^[^\u0000-\u001f\u007f-\u009f]*$"));

fn check_person_timestamp(value: &str) -> Result<(), ValidationError> {
    rule::require(PERSON_TIMESTAMP.is_match(value))
}

static PERSON_TIMESTAMP: LazyLock<rule::Pattern> =
    LazyLock::new(|| rule::pattern(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$"));

/// A person to create.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct NewPerson {
    /// First name. Not possible: a blank at either end, control characters, and characters without a
    /// look of their own (zero width, direction of text, line breaks, blanks other than U+0020 and
    /// U+3000).
    #[validate(length(min = 1, max = 64), custom(function = "check_new_person_fname"))]
    pub fname: String,
    /// Last name, which no other person has. Not possible: `/`, `\`, dots alone, a blank at either end
    /// or between dots and an end, and the characters that are not possible in a first name.
    #[validate(length(min = 1, max = 64), custom(function = "check_new_person_lname"))]
    pub lname: String,
}

impl NewPerson {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(fname: String, lname: String) -> Self {
        Self { fname, lname }
    }
}

fn check_new_person_fname(value: &str) -> Result<(), ValidationError> {
    rule::require(NEW_PERSON_FNAME.is_match(value))
}

static NEW_PERSON_FNAME: LazyLock<rule::Pattern> = LazyLock::new(|| {
    rule::pattern(
        r"^(?:[^ \u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿]+(?:[ \u3000]+[^ \u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿]+)*)?$",
    )
});

fn check_new_person_lname(value: &str) -> Result<(), ValidationError> {
    rule::require(NEW_PERSON_LNAME.is_match(value))
}

static NEW_PERSON_LNAME: LazyLock<rule::Pattern> = LazyLock::new(|| {
    rule::pattern(
        r"^(?:\.*[^. \/\\\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿](?:[. \u3000]*[^. \/\\\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb𝅳-𝅺󠀀-󠁿])*\.*)?$",
    )
});

/// What a person becomes.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PersonUpdate {
    /// First name. Not possible: a blank at either end, control characters, and characters without a
    /// look of their own (zero width, direction of text, line breaks, blanks other than U+0020 and
    /// U+3000).
    #[validate(length(min = 1, max = 64), custom(function = "check_new_person_fname"))]
    pub fname: String,
    /// Last name; if it is given, the one in the path, else the answer is 409.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(min = 1, max = 64), custom(function = "check_new_person_lname"))]
    pub lname: Option<String>,
}

impl PersonUpdate {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(fname: String) -> Self {
        Self { fname, lname: None }
    }
}

/// The rules of a body that no type has.
///
/// # Errors
/// The body breaks them.
pub fn check_read_all(value: &impl AsRef<[body::Shared<Person>]>) -> Result<(), ValidationErrors> {
    let value = value.as_ref();
    rule::whole(rule::require(
        (..=1000).contains(&value.len()) && value.iter().all(|it| it.validate().is_ok()),
    ))
}
