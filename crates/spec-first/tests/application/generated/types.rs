// Generated from swagger.yml. Change the spec, then rebuild.

//! The schemas.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;
use spec_first::body;
use spec_first::contract::from_rfc3339_not_null;
use spec_first::contract::not_null;
use spec_first::contract::to_rfc3339_optional;
use spec_first::decode_union;
use spec_first::encode_union;
use spec_first::rule;
use spec_first::validate_union;
use validator::Validate;
use validator::ValidationError;

use super::SPEC;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum State {
    #[serde(rename = "open")]
    Open,
    #[serde(rename = "done")]
    Done,
}

/// The days from one to another, both included; without one of them there is no bound.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub from: Option<NaiveDate>,
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub to: Option<NaiveDate>,
}

/// A task on the list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Task {
    #[validate(range(min = 1))]
    pub number: u64,
    #[validate(length(min = 1, max = 80))]
    pub title: String,
    pub state: State,
    #[validate(nested)]
    pub work: Work,
}

impl Task {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(number: u64, title: String, state: State, work: Work) -> Self {
        Self {
            number,
            title,
            state,
            work,
        }
    }
}

/// What there is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    PhoneCall(PhoneCall),
    Errand(Errand),
}

decode_union!(Work, SPEC, 0, { 0 => PhoneCall, 1 => Errand });

encode_union!(Work, SPEC, 0, { 0 => PhoneCall, 1 => Errand });

validate_union!(Work, { PhoneCall: check_work_phone_call, Errand: check_work_errand });

fn check_work_phone_call(value: &PhoneCall) -> Result<(), ValidationError> {
    rule::require_named(
        matches!(value.kind.as_str(), "call" | "PhoneCall") && value.validate().is_ok(),
    )
}

fn check_work_errand(value: &Errand) -> Result<(), ValidationError> {
    rule::require_named(matches!(value.kind.as_str(), "errand" | "Errand"))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PhoneCall {
    pub kind: String,
    #[validate(custom(function = "check_phone_call_phone"))]
    pub phone: String,
}

impl PhoneCall {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: String, phone: String) -> Self {
        Self { kind, phone }
    }
}

fn check_phone_call_phone(value: &str) -> Result<(), ValidationError> {
    rule::require(PHONE_CALL_PHONE.is_match(value))
}

static PHONE_CALL_PHONE: LazyLock<rule::Pattern> = LazyLock::new(|| rule::pattern(r"^[0-9]+$"));

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Errand {
    pub kind: String,
    pub place: String,
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub due: Option<NaiveDate>,
}

impl Errand {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: String, place: String) -> Self {
        Self {
            kind,
            place,
            due: None,
        }
    }
}

/// A task to add.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    #[validate(length(min = 1, max = 80))]
    pub title: String,
    #[validate(nested)]
    pub work: Work,
}

impl NewTask {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(title: String, work: Work) -> Self {
        Self { title, work }
    }
}

/// A file to attach.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct NewAttachment {
    /// The file itself.
    pub file: body::File,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 80))]
    pub note: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub tags: Option<Vec<String>>,
}

impl NewAttachment {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(file: body::File) -> Self {
        Self {
            file,
            note: None,
            tags: None,
        }
    }
}

/// A file that is attached to a task.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Attachment {
    pub name: String,
    #[validate(range(min = 0))]
    pub length: u64,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub note: Option<String>,
    pub tags: Vec<String>,
}

impl Attachment {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(name: String, length: u64, tags: Vec<String>) -> Self {
        Self {
            name,
            length,
            note: None,
            tags,
        }
    }
}
