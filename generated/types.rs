// Generated from swagger.yml. Change the spec, then rebuild.

//! The schemas.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::contract::not_null;

/// A person in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Validate)]
pub struct Person {
    /// First name.
    #[validate(length(min = 1, max = 64))]
    pub fname: String,
    /// Last name, which no other person has.
    #[validate(length(min = 1, max = 64))]
    pub lname: String,
    /// When the person was created or last updated, in UTC.
    pub timestamp: String,
}

/// A person to create.
#[derive(Clone, Debug, PartialEq, Deserialize, Validate)]
pub struct NewPerson {
    /// First name.
    #[validate(length(min = 1, max = 64))]
    pub fname: String,
    /// Last name; neither `.` nor `..`, which no URL can address.
    #[validate(length(min = 1, max = 64))]
    pub lname: String,
}

/// What a person becomes.
#[derive(Clone, Debug, PartialEq, Deserialize, Validate)]
pub struct PersonUpdate {
    /// First name.
    #[validate(length(min = 1, max = 64))]
    pub fname: String,
    /// Last name; if it is given, the one in the path.
    #[serde(default, deserialize_with = "not_null")]
    #[validate(length(min = 1, max = 64))]
    pub lname: Option<String>,
}
