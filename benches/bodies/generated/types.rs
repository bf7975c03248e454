// Generated from swagger.yml. Change the spec, then rebuild.

//! The schemas.

use std::sync::LazyLock;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;
use spec_first::contract::from_rfc3339;
use spec_first::contract::not_null;
use spec_first::contract::to_rfc3339;
use spec_first::decode_union;
use spec_first::encode_union;
use spec_first::rule;
use spec_first::validate_union;
use uuid::Uuid;
use validator::Validate;
use validator::ValidationError;

use super::SPEC;

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    #[validate(length(min = 1, max = 100))]
    pub first: String,
    #[validate(length(min = 1, max = 100), custom(function = "check_contact_last"))]
    pub last: String,
    #[serde(deserialize_with = "from_rfc3339", serialize_with = "to_rfc3339")]
    pub changed: DateTime<Utc>,
}

impl Contact {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(first: String, last: String, changed: DateTime<Utc>) -> Self {
        Self {
            first,
            last,
            changed,
        }
    }
}

fn check_contact_last(value: &str) -> Result<(), ValidationError> {
    rule::require(CONTACT_LAST.is_match(value))
}

static CONTACT_LAST: LazyLock<rule::Pattern> =
    LazyLock::new(|| rule::pattern(r"^[^\u0000-\u001f]*$"));

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "check_undecided_contact"))]
pub struct UndecidedContact {
    #[validate(length(min = 1, max = 100))]
    pub first: String,
    #[validate(length(min = 1, max = 100), custom(function = "check_contact_last"))]
    pub last: String,
    #[serde(deserialize_with = "from_rfc3339", serialize_with = "to_rfc3339")]
    pub changed: DateTime<Utc>,
}

impl UndecidedContact {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(first: String, last: String, changed: DateTime<Utc>) -> Self {
        Self {
            first,
            last,
            changed,
        }
    }
}

fn check_undecided_contact(value: &UndecidedContact) -> Result<(), ValidationError> {
    rule::require(UNDECIDED_CONTACT_KEYWORDS.accepts(value))
}

static UNDECIDED_CONTACT_KEYWORDS: LazyLock<rule::Keywords> =
    LazyLock::new(|| rule::keywords("draft4", r#"{"not":{"required":["nobody"]}}"#));

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Node {
    #[validate(length(min = 1, max = 50))]
    pub name: String,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0.0))]
    pub weight: Option<f64>,
    #[validate(length(max = 10), nested)]
    pub children: Vec<Node>,
}

impl Node {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(name: String, children: Vec<Node>) -> Self {
        Self {
            name,
            weight: None,
            children,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Wide {
    #[validate(length(max = 40))]
    pub text_0: String,
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_0: f64,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_0: Option<u64>,
    pub flag_0: bool,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_0: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_1: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_1: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_1: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_1: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_1: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_2: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_2: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_2: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_2: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_2: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_3: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_3: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_3: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_3: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_3: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_4: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_4: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_4: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_4: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_4: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_5: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_5: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_5: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_5: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_5: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_6: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_6: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_6: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_6: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_6: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_7: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_7: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_7: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_7: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_7: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_8: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_8: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_8: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_8: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_8: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_9: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_9: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_9: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_9: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_9: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_10: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_10: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_10: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_10: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_10: Option<State>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 40))]
    pub text_11: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = -1000.0, max = 1000.0))]
    pub number_11: Option<f64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 9223372036854775807_u64))]
    pub count_11: Option<u64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub flag_11: Option<bool>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub state_11: Option<State>,
}

impl Wide {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(text_0: String, number_0: f64, flag_0: bool) -> Self {
        Self {
            text_0,
            number_0,
            count_0: None,
            flag_0,
            state_0: None,
            text_1: None,
            number_1: None,
            count_1: None,
            flag_1: None,
            state_1: None,
            text_2: None,
            number_2: None,
            count_2: None,
            flag_2: None,
            state_2: None,
            text_3: None,
            number_3: None,
            count_3: None,
            flag_3: None,
            state_3: None,
            text_4: None,
            number_4: None,
            count_4: None,
            flag_4: None,
            state_4: None,
            text_5: None,
            number_5: None,
            count_5: None,
            flag_5: None,
            state_5: None,
            text_6: None,
            number_6: None,
            count_6: None,
            flag_6: None,
            state_6: None,
            text_7: None,
            number_7: None,
            count_7: None,
            flag_7: None,
            state_7: None,
            text_8: None,
            number_8: None,
            count_8: None,
            flag_8: None,
            state_8: None,
            text_9: None,
            number_9: None,
            count_9: None,
            flag_9: None,
            state_9: None,
            text_10: None,
            number_10: None,
            count_10: None,
            flag_10: None,
            state_10: None,
            text_11: None,
            number_11: None,
            count_11: None,
            flag_11: None,
            state_11: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum State {
    #[serde(rename = "begun")]
    Begun,
    #[serde(rename = "open")]
    Open,
    #[serde(rename = "done")]
    Done,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub id: Uuid,
    #[validate(custom(function = "check_code_country"))]
    pub country: String,
    #[validate(custom(function = "check_code_number"))]
    pub number: String,
    #[validate(custom(function = "check_code_address"))]
    pub address: String,
    #[serde(deserialize_with = "from_rfc3339", serialize_with = "to_rfc3339")]
    pub day: NaiveDate,
}

impl Code {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(id: Uuid, country: String, number: String, address: String, day: NaiveDate) -> Self {
        Self {
            id,
            country,
            number,
            address,
            day,
        }
    }
}

fn check_code_country(value: &str) -> Result<(), ValidationError> {
    rule::require(CODE_COUNTRY.is_match(value))
}

static CODE_COUNTRY: LazyLock<rule::Pattern> =
    LazyLock::new(|| rule::pattern(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"));

fn check_code_number(value: &str) -> Result<(), ValidationError> {
    rule::require(CODE_NUMBER.is_match(value))
}

static CODE_NUMBER: LazyLock<rule::Pattern> =
    LazyLock::new(|| rule::pattern(r"^[0-9]{3}-[0-9]{2}-[0-9]{4}$"));

fn check_code_address(value: &str) -> Result<(), ValidationError> {
    rule::require(CODE_ADDRESS_KEYWORDS.accepts(value))
}

static CODE_ADDRESS_KEYWORDS: LazyLock<rule::Keywords> =
    LazyLock::new(|| rule::keywords("draft4", r#"{"format":"email"}"#));

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Circle(Circle),
    Rectangle(Rectangle),
    Label(Label),
}

decode_union!(Shape, SPEC, 0, { 0 => Circle, 1 => Rectangle, 2 => Label });

encode_union!(Shape, SPEC, 0, { 0 => Circle, 1 => Rectangle, 2 => Label });

validate_union!(Shape, { Circle, Rectangle, Label });

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Circle {
    pub kind: CircleKind,
    #[validate(range(min = 0.0))]
    pub radius: f64,
}

impl Circle {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: CircleKind, radius: f64) -> Self {
        Self { kind, radius }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum CircleKind {
    #[serde(rename = "circle")]
    Circle,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Rectangle {
    pub kind: RectangleKind,
    #[validate(range(min = 0.0))]
    pub width: f64,
    #[validate(range(min = 0.0))]
    pub height: f64,
}

impl Rectangle {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: RectangleKind, width: f64, height: f64) -> Self {
        Self {
            kind,
            width,
            height,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum RectangleKind {
    #[serde(rename = "rectangle")]
    Rectangle,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub kind: LabelKind,
    #[validate(length(min = 1, max = 200))]
    pub text: String,
}

impl Label {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: LabelKind, text: String) -> Self {
        Self { kind, text }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum LabelKind {
    #[serde(rename = "label")]
    Label,
}
