//! The schemas.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use indexmap::IndexSet;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde_json::Value;
use serde_repr::Deserialize_repr;
use serde_repr::Serialize_repr;
use spec_first::contract::Any;
use spec_first::contract::Field;
use spec_first::contract::decode_additional;
use spec_first::contract::from_rfc3339;
use spec_first::contract::from_rfc3339_not_null;
use spec_first::contract::not_null;
use spec_first::contract::nullable;
use spec_first::contract::parse_default;
use spec_first::contract::to_rfc3339;
use spec_first::contract::to_rfc3339_optional;
use spec_first::decode_subtypes;
use spec_first::decode_union;
use spec_first::encode_union;
use spec_first::rule;
use spec_first::validate_union;
use uuid::Uuid;
use validator::Validate;
use validator::ValidationError;
use validator::ValidationErrors;

use super::SPEC;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum PetsListType {
    #[serde(rename = "cat")]
    Cat,
    #[serde(rename = "dog")]
    Dog,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum PetsListColor {
    #[serde(rename = "black")]
    Black,
    #[serde(rename = "white")]
    White,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct PetsListBorn {
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub after: Option<NaiveDate>,
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub before: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Position {
    #[validate(range(min = -90.0, max = 90.0))]
    pub latitude: f64,
    pub longitude: f64,
}

impl Position {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(latitude: f64, longitude: f64) -> Self {
        Self {
            latitude,
            longitude,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum PetsListOf {
    Integer(i64),
    List(Vec<i64>),
}

decode_union!(PetsListOf, SPEC, 0, { 0 => Integer, 1 => List });

encode_union!(PetsListOf, SPEC, 0, { 0 => Integer, 1 => List });

/// An animal that somebody keeps. See \<b\>\[the docs\]\</b\>.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    Cat(Cat),
    Dog(Dog),
}

decode_union!(Pet, SPEC, 1, { 0 => Cat, 1 => Dog });

encode_union!(Pet, SPEC, 1, { 0 => Cat, 1 => Dog });

validate_union!(Pet, { Cat: check_pet_cat, Dog: check_pet_dog });

fn check_pet_cat(value: &Cat) -> Result<(), ValidationError> {
    rule::require_named(
        matches!(value.pet_type.as_str(), "cat" | "Cat") && value.validate().is_ok(),
    )
}

fn check_pet_dog(value: &Dog) -> Result<(), ValidationError> {
    rule::require_named(
        matches!(value.pet_type.as_str(), "dog" | "Dog") && value.validate().is_ok(),
    )
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Cat {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<i64>,
    #[serde(rename = "petType")]
    pub pet_type: String,
    #[validate(length(min = 1, max = 64), custom(function = "check_cat_name"))]
    pub name: String,
    /// How many are left.
    #[validate(range(min = 0, max = 9))]
    pub lives: u8,
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub born: Option<NaiveDate>,
}

impl Cat {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(pet_type: String, name: String, lives: u8) -> Self {
        Self {
            id: None,
            pet_type,
            name,
            lives,
            born: None,
        }
    }
}

fn check_cat_name(value: &str) -> Result<(), ValidationError> {
    rule::require(CAT_NAME.is_match(value))
}

static CAT_NAME: LazyLock<rule::Pattern> = LazyLock::new(|| rule::pattern(r"^\S+$"));

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Dog {
    #[serde(rename = "petType")]
    pub pet_type: String,
    #[validate(length(min = 1, max = 64))]
    pub name: String,
    pub size: Size,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<i64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub level: Option<DogLevel>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub mother: Option<Box<Dog>>,
    /// The litter it came from.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 12), nested)]
    pub siblings: Option<Vec<Dog>>,
}

impl Dog {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(pet_type: String, name: String, size: Size) -> Self {
        Self {
            pet_type,
            name,
            size,
            id: None,
            level: None,
            mother: None,
            siblings: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum Size {
    #[serde(rename = "small")]
    Small,
    #[serde(rename = "extra-large")]
    ExtraLarge,
    #[serde(rename = "1")]
    _1,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize_repr, Serialize_repr)]
#[repr(i64)]
pub enum DogLevel {
    ValueMinus1 = -1,
    Value0 = 0,
    Value10 = 10,
}

/// An animal that somebody keeps. See \<b\>\[the docs\]\</b\>.
#[derive(Clone, Debug, PartialEq)]
pub enum PetRequest {
    Cat(CatRequest),
    Dog(DogRequest),
}

decode_union!(PetRequest, SPEC, 2, { 0 => Cat, 1 => Dog });

encode_union!(PetRequest, SPEC, 2, { 0 => Cat, 1 => Dog });

validate_union!(PetRequest, { Cat: check_pet_request_cat, Dog: check_pet_request_dog });

fn check_pet_request_cat(value: &CatRequest) -> Result<(), ValidationError> {
    rule::require_named(
        matches!(value.pet_type.as_str(), "cat" | "Cat") && value.validate().is_ok(),
    )
}

fn check_pet_request_dog(value: &DogRequest) -> Result<(), ValidationError> {
    rule::require_named(
        matches!(value.pet_type.as_str(), "dog" | "Dog") && value.validate().is_ok(),
    )
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct CatRequest {
    #[serde(rename = "petType")]
    pub pet_type: String,
    #[validate(length(min = 1, max = 64), custom(function = "check_cat_name"))]
    pub name: String,
    /// How many are left.
    #[validate(range(min = 0, max = 9))]
    pub lives: u8,
    #[serde(
        default,
        deserialize_with = "from_rfc3339_not_null",
        serialize_with = "to_rfc3339_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub born: Option<NaiveDate>,
}

impl CatRequest {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(pet_type: String, name: String, lives: u8) -> Self {
        Self {
            pet_type,
            name,
            lives,
            born: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct DogRequest {
    #[serde(rename = "petType")]
    pub pet_type: String,
    #[validate(length(min = 1, max = 64))]
    pub name: String,
    pub size: Size,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub level: Option<DogLevel>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub mother: Option<Box<DogRequest>>,
    /// The litter it came from.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 12), nested)]
    pub siblings: Option<Vec<DogRequest>>,
}

impl DogRequest {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(pet_type: String, name: String, size: Size) -> Self {
        Self {
            pet_type,
            name,
            size,
            level: None,
            mother: None,
            siblings: None,
        }
    }
}

/// One job of the queue.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Job {
    pub id: i64,
    #[serde(deserialize_with = "from_rfc3339", serialize_with = "to_rfc3339")]
    pub queued: DateTime<Utc>,
    #[serde(deserialize_with = "nullable")]
    pub result: Option<String>,
    /// Labels, by name.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub labels: Option<BTreeMap<String, String>>,
}

impl Job {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(id: i64, queued: DateTime<Utc>, result: Option<String>) -> Self {
        Self {
            id,
            queued,
            result,
            labels: None,
        }
    }
}

/// What to change; a member that is absent stays as it is.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChange {
    /// Null takes the nickname away.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    #[validate(length(max = 20))]
    pub nickname: Field<String>,
    /// In kilograms.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(exclusive_min = 0.0))]
    pub weight: Option<f64>,
    #[serde(default = "pet_change_count_default")]
    #[validate(range(min = 0, max = 255))]
    pub count: u8,
    #[serde(default = "pet_change_words_default")]
    pub words: Vec<String>,
    #[serde(default = "pet_change_note_default")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    #[validate(custom(function = "check_pet_change_keeper"))]
    pub keeper: Field<OwnerRequest>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_pet_change_code"))]
    pub code: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub custom: Option<Box<str>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 5000000000_u64))]
    pub serial: Option<u64>,
    /// Rounded to a float it could break the bound.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(max = 9.99))]
    pub price: Option<f64>,
    /// Written anew it could be too short.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(min = 21), custom(function = "check_pet_change_sold"))]
    pub sold: Option<String>,
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub any: Field<PetChangeAny>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_pet_change_mixed"))]
    pub mixed: Option<Value>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub either: Option<PetChangeEither>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub both: Option<PetChangeBoth>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub open: Option<Any<PetChangeOpen>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub r#loop: Option<Loop>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub flight: Option<Flight>,
    /// The way back.
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    #[validate(custom(function = "check_pet_change_return"))]
    pub r#return: Field<Flight>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub fits: Option<PetChangeFits>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 99))]
    pub age: Option<u8>,
    /// No text and no number is in them.
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub empty: Option<PetChangeEmpty>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub home: Option<PetChangeHome>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub chip: Option<PetChangeChip>,
}

impl Default for PetChange {
    fn default() -> Self {
        Self {
            nickname: Field::default(),
            weight: None,
            count: pet_change_count_default(),
            words: pet_change_words_default(),
            note: pet_change_note_default(),
            keeper: Field::default(),
            code: None,
            custom: None,
            serial: None,
            price: None,
            sold: None,
            any: Field::default(),
            mixed: None,
            either: None,
            both: None,
            open: None,
            r#loop: None,
            flight: None,
            r#return: Field::default(),
            fits: None,
            age: None,
            empty: None,
            home: None,
            chip: None,
        }
    }
}

fn pet_change_count_default() -> u8 {
    7
}

fn pet_change_words_default() -> Vec<String> {
    parse_default("[\"a\"]")
}

fn pet_change_note_default() -> String {
    "he said \"hi\"".to_owned()
}

fn check_pet_change_keeper(value: &Field<OwnerRequest>) -> Result<(), ValidationError> {
    rule::require(value.as_value().is_none_or(|it| it.validate().is_ok()))
}

fn check_pet_change_code(value: &str) -> Result<(), ValidationError> {
    rule::require(PET_CHANGE_CODE.is_match(value))
}

static PET_CHANGE_CODE: LazyLock<rule::Pattern> = LazyLock::new(|| rule::pattern(r"^[A-Z]{2}\d+$"));

fn check_pet_change_sold(value: &str) -> Result<(), ValidationError> {
    rule::require(PET_CHANGE_SOLD_KEYWORDS.accepts(value))
}

static PET_CHANGE_SOLD_KEYWORDS: LazyLock<rule::Keywords> =
    LazyLock::new(|| rule::keywords("draft4", r#"{"format":"date-time"}"#));

fn check_pet_change_mixed(value: &Value) -> Result<(), ValidationError> {
    rule::require(PET_CHANGE_MIXED_KEYWORDS.accepts(value))
}

static PET_CHANGE_MIXED_KEYWORDS: LazyLock<rule::Keywords> =
    LazyLock::new(|| rule::keywords("draft4", r#"{"enum":[1,"a",null]}"#));

fn check_pet_change_return(value: &Field<Flight>) -> Result<(), ValidationError> {
    rule::require(value.as_value().is_none_or(|it| it.validate().is_ok()))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct OwnerRequest {
    pub r#type: String,
    #[serde(
        rename = "Option",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub option: Option<OptionRequest>,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_owner_request_additional"))]
    pub additional: BTreeMap<String, i64>,
}

impl OwnerRequest {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(r#type: String) -> Self {
        Self {
            r#type,
            option: None,
            additional: BTreeMap::new(),
        }
    }
}

fn check_owner_request_additional(value: &BTreeMap<String, i64>) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["type", "Option"]))
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct OptionRequest {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub a: Option<String>,
    /// Members that the spec does not name.
    #[serde(flatten, deserialize_with = "option_request_additional")]
    #[validate(custom(function = "check_option_request_additional"))]
    pub additional: BTreeMap<String, Value>,
}

fn option_request_additional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Value>, D::Error> {
    decode_additional(&["since"], deserializer)
}

fn check_option_request_additional(value: &BTreeMap<String, Value>) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["a", "since"]))
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PetChangeAny {
    Text(String),
    Integer(i64),
    List(Vec<String>),
}

decode_union!(PetChangeAny, SPEC, 3, { 0 => Text, 1 => Integer, 2 => List });

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeEither {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub a: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub b: Option<String>,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_pet_change_either_additional"))]
    pub additional: BTreeMap<String, Value>,
}

fn check_pet_change_either_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["a", "b"]))
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeBoth {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_pet_change_both_held"))]
    pub held: Option<Value>,
}

fn check_pet_change_both_held(value: &Value) -> Result<(), ValidationError> {
    rule::require(PET_CHANGE_BOTH_HELD_KEYWORDS.accepts(value))
}

static PET_CHANGE_BOTH_HELD_KEYWORDS: LazyLock<rule::Keywords> = LazyLock::new(|| {
    rule::keywords(
        "draft4",
        r#"{"type":"object","properties":{"b":{"type":"string"}}}"#,
    )
});

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct PetChangeOpen {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub a: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Loop(pub Vec<Loop>);

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Flight {
    /// Which one.
    pub id: Uuid,
    #[validate(length(max = 3))]
    pub from: String,
    #[validate(length(max = 3))]
    pub to: String,
    #[serde(deserialize_with = "from_rfc3339", serialize_with = "to_rfc3339")]
    pub start: DateTime<Utc>,
    #[serde(deserialize_with = "from_rfc3339", serialize_with = "to_rfc3339")]
    pub end: DateTime<Utc>,
    #[validate(range(min = 0, max = 900))]
    pub seats: u16,
    pub price: f64,
    pub carrier: String,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub gate: Option<String>,
}

/// The required members of [`Flight`], which `new` takes.
#[derive(Clone, Debug, PartialEq)]
pub struct FlightRequired {
    /// Which one.
    pub id: Uuid,
    pub from: String,
    pub to: String,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub seats: u16,
    pub price: f64,
    pub carrier: String,
}

impl Flight {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(required: FlightRequired) -> Self {
        Self {
            id: required.id,
            from: required.from,
            to: required.to,
            start: required.start,
            end: required.end,
            seats: required.seats,
            price: required.price,
            carrier: required.carrier,
            gate: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum PetChangeFits {
    #[serde(rename = "small")]
    Small,
    #[serde(rename = "extra-large")]
    ExtraLarge,
}

/// No text and no number is in them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeEmpty {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_pet_change_empty_texts"))]
    pub texts: Option<Vec<String>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_pet_change_empty_numbers"))]
    pub numbers: Option<Vec<u8>>,
}

fn check_pet_change_empty_texts(value: &[String]) -> Result<(), ValidationError> {
    rule::require(value.iter().all(rule::never))
}

fn check_pet_change_empty_numbers(value: &[u8]) -> Result<(), ValidationError> {
    rule::require(value.iter().all(rule::never))
}

#[derive(Clone, Debug, PartialEq)]
pub enum PetChangeHome {
    Street(PetChangeHomeStreet),
    PostBox(PetChangeHomePostBox),
}

decode_union!(PetChangeHome, SPEC, 4, { 0 => Street, 1 => PostBox });

encode_union!(PetChangeHome, SPEC, 4, { 0 => Street, 1 => PostBox });

validate_union!(PetChangeHome, { Street, PostBox });

/// Street
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeHomeStreet {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub street: Option<String>,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_pet_change_home_street_additional"))]
    pub additional: BTreeMap<String, Value>,
}

fn check_pet_change_home_street_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["street"]))
}

/// Post Box
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeHomePostBox {
    pub r#box: i64,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_pet_change_home_post_box_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl PetChangeHomePostBox {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(r#box: i64) -> Self {
        Self {
            r#box,
            additional: BTreeMap::new(),
        }
    }
}

fn check_pet_change_home_post_box_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["box"]))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeChip {
    pub maker: String,
    /// What distinguishes one variant from another.
    #[serde(flatten)]
    #[validate(nested)]
    pub variant: PetChangeChipVariant,
}

impl PetChangeChip {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(maker: String, variant: PetChangeChipVariant) -> Self {
        Self { maker, variant }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PetChangeChipVariant {
    Serial(PetChangeChipSerial),
    Lot(PetChangeChipLot),
}

decode_union!(PetChangeChipVariant, SPEC, 5, { 0 => Serial, 1 => Lot });

validate_union!(PetChangeChipVariant, { Serial, Lot });

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeChipSerial {
    pub serial: String,
    /// Members that the spec does not name.
    #[serde(flatten, deserialize_with = "pet_change_chip_serial_additional")]
    #[validate(custom(function = "check_pet_change_chip_serial_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl PetChangeChipSerial {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(serial: String) -> Self {
        Self {
            serial,
            additional: BTreeMap::new(),
        }
    }
}

fn pet_change_chip_serial_additional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Value>, D::Error> {
    decode_additional(&["read", "id"], deserializer)
}

fn check_pet_change_chip_serial_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["serial", "read", "id"]))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PetChangeChipLot {
    pub lot: i64,
    /// Members that the spec does not name.
    #[serde(flatten, deserialize_with = "pet_change_chip_lot_additional")]
    #[validate(custom(function = "check_pet_change_chip_lot_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl PetChangeChipLot {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(lot: i64) -> Self {
        Self {
            lot,
            additional: BTreeMap::new(),
        }
    }
}

fn pet_change_chip_lot_additional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Value>, D::Error> {
    decode_additional(&["id"], deserializer)
}

fn check_pet_change_chip_lot_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["lot", "id"]))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Shape {
    #[validate(length(min = 1))]
    pub words: IndexSet<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(length(max = 2))]
    pub sizes: Option<IndexSet<Size>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_shape_times"))]
    pub times: Option<Vec<DateTime<Utc>>>,
    pub corner: (f64, Job, Option<String>),
    #[validate(custom(function = "check_shape_prices"))]
    pub prices: BTreeMap<String, i64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "check_shape_notes"))]
    pub notes: Option<BTreeMap<String, Value>>,
    #[validate(nested)]
    pub labels: ShapeLabels,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub keyed: Option<BTreeMap<String, bool>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub solid: Option<Solid>,
    pub level: ShapeLevel,
    #[serde(
        rename = "named",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    #[serde(
        rename = "paint",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub color: Option<Color>,
    #[serde(default, skip_serializing_if = "Field::is_absent")]
    pub text: Field<Box<str>>,
}

impl Shape {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(
        words: IndexSet<String>,
        corner: (f64, Job, Option<String>),
        prices: BTreeMap<String, i64>,
        labels: ShapeLabels,
        level: ShapeLevel,
    ) -> Self {
        Self {
            words,
            sizes: None,
            times: None,
            corner,
            prices,
            notes: None,
            labels,
            keyed: None,
            solid: None,
            level,
            title: None,
            color: None,
            text: Field::default(),
        }
    }
}

fn check_shape_times(value: &[DateTime<Utc>]) -> Result<(), ValidationError> {
    rule::require(SHAPE_TIMES_KEYWORDS.accepts(value))
}

static SHAPE_TIMES_KEYWORDS: LazyLock<rule::Keywords> =
    LazyLock::new(|| rule::keywords("draft4", r#"{"uniqueItems":true}"#));

fn check_shape_prices(value: &BTreeMap<String, i64>) -> Result<(), ValidationError> {
    rule::require(SHAPE_PRICES_KEYWORDS.accepts(value))
}

static SHAPE_PRICES_KEYWORDS: LazyLock<rule::Keywords> = LazyLock::new(|| {
    rule::keywords(
        "draft4",
        r#"{"additionalProperties":false,"patternProperties":{"^[a-z]+$":{"type":"integer"}}}"#,
    )
});

fn check_shape_notes(value: &BTreeMap<String, Value>) -> Result<(), ValidationError> {
    rule::require(SHAPE_NOTES_KEYWORDS.accepts(value))
}

static SHAPE_NOTES_KEYWORDS: LazyLock<rule::Keywords> = LazyLock::new(|| {
    rule::keywords(
        "draft4",
        r#"{"patternProperties":{"^x-":{"type":"string"}}}"#,
    )
});

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct ShapeLabels {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub count: Option<i64>,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_shape_labels_additional"))]
    pub additional: BTreeMap<String, String>,
}

fn check_shape_labels_additional(value: &BTreeMap<String, String>) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["count"]))
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Solid {
    Ball(SolidBall),
    Cube(SolidCube),
}

decode_union!(Solid, SPEC, 6, { 0 => Ball, 1 => Cube });

/// Ball
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct SolidBall {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<SolidBallKind>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub radius: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum SolidBallKind {
    #[serde(rename = "ball")]
    Ball,
}

/// Cube
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct SolidCube {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<SolidCubeKind>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub edge: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum SolidCubeKind {
    #[serde(rename = "cube")]
    Cube,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize_repr, Serialize_repr)]
#[repr(i64)]
pub enum ShapeLevel {
    Low = 1,
    VeryHigh = 2,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct Color {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(range(min = 0, max = 255))]
    pub red: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Booking {
    pub id: i64,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub status: Option<BookingStatus>,
    #[validate(nested)]
    pub payment: BookingPayment,
    #[validate(nested)]
    pub vehicle: Vehicle,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub place: Option<Place>,
}

impl Booking {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(id: i64, payment: BookingPayment, vehicle: Vehicle) -> Self {
        Self {
            id,
            status: None,
            payment,
            vehicle,
            place: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum BookingStatus {
    #[serde(rename = "open")]
    Open,
    #[serde(rename = "closed")]
    Closed,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BookingPayment {
    Card(BookingPaymentCard),
    Cash(BookingPaymentCash),
    Iban(BookingPaymentIban),
    Text(String),
}

decode_union!(BookingPayment, SPEC, 7, { 0 => Card, 1 => Cash, 2 => Iban, 3 => Text });

encode_union!(BookingPayment, SPEC, 7, { 0 => Card, 1 => Cash, 2 => Iban, 3 => Text });

validate_union!(BookingPayment, { Card, Cash, Iban });

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct BookingPaymentCard {
    pub kind: BookingPaymentCardKind,
    #[validate(length(min = 4))]
    pub number: String,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_booking_payment_card_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl BookingPaymentCard {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: BookingPaymentCardKind, number: String) -> Self {
        Self {
            kind,
            number,
            additional: BTreeMap::new(),
        }
    }
}

fn check_booking_payment_card_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["kind", "number"]))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum BookingPaymentCardKind {
    #[serde(rename = "card")]
    Card,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct BookingPaymentCash {
    pub kind: BookingPaymentCashKind,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_booking_payment_cash_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl BookingPaymentCash {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: BookingPaymentCashKind) -> Self {
        Self {
            kind,
            additional: BTreeMap::new(),
        }
    }
}

fn check_booking_payment_cash_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["kind"]))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum BookingPaymentCashKind {
    #[serde(rename = "cash")]
    Cash,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct BookingPaymentIban {
    pub iban: String,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_booking_payment_iban_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl BookingPaymentIban {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(iban: String) -> Self {
        Self {
            iban,
            additional: BTreeMap::new(),
        }
    }
}

fn check_booking_payment_iban_additional(
    value: &BTreeMap<String, Value>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["iban"]))
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Vehicle {
    Car(Car),
    Bike(Bike),
    Base(VehicleBase),
}

decode_subtypes!(Vehicle, "kind", { "Car" => Car, "Bike" => Bike }, Base);

validate_union!(Vehicle, { Car, Bike, Base: check_vehicle_base });

fn check_vehicle_base(value: &VehicleBase) -> Result<(), ValidationError> {
    rule::require_named(matches!(value.kind, VehicleKind::Vehicle))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[validate(schema(function = "check_car"))]
pub struct Car {
    pub kind: VehicleKind,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub wheels: Option<i64>,
    pub plate: String,
}

impl Car {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: VehicleKind, plate: String) -> Self {
        Self {
            kind,
            wheels: None,
            plate,
        }
    }
}

fn check_car(value: &Car) -> Result<(), ValidationError> {
    rule::require_named(matches!(value.kind, VehicleKind::Car))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum VehicleKind {
    Car,
    Bike,
    Vehicle,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
#[validate(schema(function = "check_bike"))]
pub struct Bike {
    pub kind: VehicleKind,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub wheels: Option<i64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub gears: Option<i64>,
}

impl Bike {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: VehicleKind) -> Self {
        Self {
            kind,
            wheels: None,
            gears: None,
        }
    }
}

fn check_bike(value: &Bike) -> Result<(), ValidationError> {
    rule::require_named(matches!(value.kind, VehicleKind::Bike))
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct VehicleBase {
    pub kind: VehicleKind,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub wheels: Option<i64>,
}

impl VehicleBase {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: VehicleKind) -> Self {
        Self { kind, wheels: None }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Place {
    pub id: i64,
    /// What distinguishes one variant from another.
    #[serde(flatten)]
    #[validate(nested)]
    pub variant: PlaceVariant,
}

impl Place {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(id: i64, variant: PlaceVariant) -> Self {
        Self { id, variant }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum PlaceVariant {
    Seat(PlaceSeat),
    Room(PlaceRoom),
}

decode_union!(PlaceVariant, SPEC, 8, { 0 => Seat, 1 => Room });

encode_union!(PlaceVariant, SPEC, 8, { 0 => Seat, 1 => Room });

validate_union!(PlaceVariant, { Seat, Room });

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PlaceSeat {
    pub kind: PlaceSeatKind,
    #[validate(range(min = 1, max = 9))]
    pub seat: u8,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_place_seat_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl PlaceSeat {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: PlaceSeatKind, seat: u8) -> Self {
        Self {
            kind,
            seat,
            additional: BTreeMap::new(),
        }
    }
}

fn check_place_seat_additional(value: &BTreeMap<String, Value>) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["kind", "seat"]))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum PlaceSeatKind {
    #[serde(rename = "seat")]
    Seat,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct PlaceRoom {
    pub kind: PlaceRoomKind,
    pub room: String,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_place_room_additional"))]
    pub additional: BTreeMap<String, Value>,
}

impl PlaceRoom {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(kind: PlaceRoomKind, room: String) -> Self {
        Self {
            kind,
            room,
            additional: BTreeMap::new(),
        }
    }
}

fn check_place_room_additional(value: &BTreeMap<String, Value>) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["kind", "room"]))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum PlaceRoomKind {
    #[serde(rename = "room")]
    Room,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct BookingsAddRequest {
    #[validate(nested)]
    pub booking: Booking,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub guests: Option<Vec<BookingsAddRequestGuest>>,
}

impl BookingsAddRequest {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(booking: Booking) -> Self {
        Self {
            booking,
            guests: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct BookingsAddRequestGuest {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct BookingsAddResponseItem {
    #[validate(nested)]
    pub vehicle: Vehicle,
}

impl BookingsAddResponseItem {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(vehicle: Vehicle) -> Self {
        Self { vehicle }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct Owner {
    pub r#type: String,
    #[serde(
        rename = "Option",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub option: Option<OptionSchema>,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_owner_request_additional"))]
    pub additional: BTreeMap<String, i64>,
}

impl Owner {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(r#type: String) -> Self {
        Self {
            r#type,
            option: None,
            additional: BTreeMap::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, Validate)]
pub struct OptionSchema {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub a: Option<String>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub since: Option<i64>,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_option_request_additional"))]
    pub additional: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Validate)]
pub struct OwnersReplaceRequest {
    pub r#type: String,
    #[serde(
        rename = "Option",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(nested)]
    pub option: Option<OptionRequest>,
    #[validate(length(min = 3))]
    pub secret: String,
    /// Members that the spec does not name.
    #[serde(flatten)]
    #[validate(custom(function = "check_owners_replace_request_additional"))]
    pub additional: BTreeMap<String, i64>,
}

impl OwnersReplaceRequest {
    /// A value with its required members; the others are absent or have their defaults.
    pub fn new(r#type: String, secret: String) -> Self {
        Self {
            r#type,
            option: None,
            secret,
            additional: BTreeMap::new(),
        }
    }
}

fn check_owners_replace_request_additional(
    value: &BTreeMap<String, i64>,
) -> Result<(), ValidationError> {
    rule::require(rule::has_none(value, &["type", "Option", "secret"]))
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct OwnersReplaceResponse {
    #[serde(
        rename = "+1",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub plus_1: Option<i64>,
    #[serde(
        rename = "-1",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub minus_1: Option<i64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub 日本: Option<String>,
    #[serde(
        rename = "self",
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub self_: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct TreeRequest {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub branch: Option<Box<BranchRequest>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub leaf: Option<LeafRequest>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct BranchRequest {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub tree: Option<TreeRequest>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct LeafRequest {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub size: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Tree {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub branch: Option<Box<Branch>>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub leaf: Option<Leaf>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Branch {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub tree: Option<Tree>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Leaf {
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<i64>,
    #[serde(
        default,
        deserialize_with = "not_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub size: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum ExportsTextResponse {
    #[serde(rename = "a")]
    A,
    #[serde(rename = "b")]
    B,
}

/// The rules of a body that no type has.
///
/// # Errors
/// The body breaks them.
pub fn check_list(value: &BTreeMap<String, Owner>) -> Result<(), ValidationErrors> {
    rule::whole(rule::require(
        value.values().all(|it| it.validate().is_ok()),
    ))
}
