//! The members of an object that its schema does not name.

/// Keywords that constrain members by other means than their names, so that a type has to keep all members. The types decide
/// about `additionalProperties` by its value.
pub(crate) const KEEPS_UNNAMED: [&str; 11] = [
    "patternProperties",
    "dependencies",
    "minProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "oneOf",
    "anyOf",
    "if",
    "not",
];
