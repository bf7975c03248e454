//! The arguments of `#[serde(…)]` on a field.

use serde_json::{Value, json};

use super::functions::hidden_members;
use super::spell::{literal, plain_name};
use crate::naming::Import;
use crate::rust::default::DefaultValue;
use crate::rust::item::{Decoder, Encoder, Item, Member};
use crate::rust::kind::Type;

/// One argument.
#[derive(Debug, PartialEq)]
pub enum Argument {
    /// The field holds the members that no other field has.
    Flatten,
    /// The name on the wire.
    Rename(String),
    /// An absent one is what `Default` gives.
    Default,
    /// An absent one is what this function gives.
    DefaultFunction(String),
    /// The function that decodes it.
    DecodeWith(String),
    /// The function that encodes it.
    EncodeWith(String),
    /// The predicate that leaves it out of what is encoded.
    SkipIf(&'static str),
}

impl Argument {
    /// What the template reads. Every key is there, since mustache looks for a missing one in what surrounds it.
    pub fn facts(&self) -> Value {
        let mut facts = json!({
            "flatten": false,
            "rename": false,
            "default": false,
            "default_function": false,
            "decode_with": false,
            "encode_with": false,
            "skip_if": false,
        });
        match self {
            Self::Flatten => facts["flatten"] = true.into(),
            Self::Rename(name) => facts["rename"] = literal(name).into(),
            Self::Default => facts["default"] = true.into(),
            Self::DefaultFunction(name) => facts["default_function"] = literal(name).into(),
            Self::DecodeWith(name) => facts["decode_with"] = literal(name).into(),
            Self::EncodeWith(name) => facts["encode_with"] = literal(name).into(),
            Self::SkipIf(name) => facts["skip_if"] = literal(name).into(),
        }
        facts
    }
}

/// How serde decodes and encodes a field of the struct `item`.
pub fn arguments(item: &Item, member: &Member) -> Vec<Argument> {
    let Some(wire) = &member.wire else {
        let function =
            hidden_members(item).map(|_| Argument::DecodeWith(item.rest_function.clone()));
        return std::iter::once(Argument::Flatten).chain(function).collect();
    };
    let mut arguments = Vec::new();
    if plain_name(&member.name) != wire {
        arguments.push(Argument::Rename(wire.clone()));
    }
    arguments.extend(decoding(member));
    let encoder = member.encoder().map(encoder_import);
    arguments.extend(encoder.map(|it| Argument::EncodeWith(it.name().to_owned())));
    if member.optional && member.default.is_none() {
        arguments.push(Argument::SkipIf(match member.kind {
            Type::Field(_) => "Field::is_absent",
            _ => "Option::is_none",
        }));
    }
    arguments
}

fn decoding(member: &Member) -> Vec<Argument> {
    let absent = match (&member.default, member.optional) {
        (Some(DefaultValue::None), _) => Some(Argument::Default),
        (Some(_), _) => Some(Argument::DefaultFunction(member.default_function.clone())),
        (None, true) => Some(Argument::Default),
        (None, false) => None,
    };
    let decoder = member.decoder();
    let decoder =
        decoder.map(|decoder| Argument::DecodeWith(decoder_import(decoder).name().to_owned()));
    absent.into_iter().chain(decoder).collect()
}

/// The function that decodes so.
pub fn decoder_import(decoder: Decoder) -> Import {
    match decoder {
        Decoder::NotNull => Import::NotNull,
        Decoder::Nullable => Import::Nullable,
        Decoder::Rfc3339 => Import::FromRfc3339,
        Decoder::Rfc3339NotNull => Import::FromRfc3339NotNull,
    }
}

/// The function that encodes so.
pub fn encoder_import(encoder: Encoder) -> Import {
    match encoder {
        Encoder::Rfc3339 => Import::ToRfc3339,
        Encoder::Rfc3339Optional => Import::ToRfc3339Optional,
    }
}
