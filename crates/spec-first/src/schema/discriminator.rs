//! Why a value is rejected where a discriminator chooses: by the branch that it names, or because no branch has that name.
//!
//! The build has put a guard into each branch of the union, and into a base that others inherit from.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::truncate::truncate_value;

/// The cause of an error.
pub(super) enum Cause<'e> {
    /// The error itself; no discriminator is involved.
    Itself,
    /// The errors of the branch that is named.
    Branch(&'e [ValidationError<'static>]),
    /// The name of an unknown branch.
    UnknownName(UnknownName<'e>),
}

/// A name that a discriminator does not know.
pub(super) struct UnknownName<'e> {
    /// The property that contains it.
    pub property: &'e str,
    /// How many steps above the error the schema with the discriminator is.
    pub above: usize,
    known: Vec<&'e Value>,
}

impl UnknownName<'_> {
    /// The name that was sent, and those that are known.
    pub fn detail(&self, object: &Value) -> String {
        let sent = object
            .get(self.property)
            .map(truncate_value)
            .unwrap_or_default();
        let known: Vec<_> = self.known.iter().map(|name| truncate_value(name)).collect();
        format!("{sent} is not one of {}", known.join(", "))
    }
}

/// The cause of an error: another one if a discriminator is involved.
pub(super) fn cause<'e>(error: &'e ValidationError<'_>) -> Cause<'e> {
    match error.kind() {
        ValidationErrorKind::Not { .. } => Guard::of(error).map_or(Cause::Itself, |guard| {
            Cause::UnknownName(UnknownName {
                property: guard.property,
                above: 3,
                known: guard.names,
            })
        }),
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            choose(error, context)
        }
        _ => Cause::Itself,
    }
}

/// The cause in a union: the errors of the branch whose guard accepts the value.
fn choose<'e>(
    error: &'e ValidationError<'_>,
    branches: &'e [Vec<ValidationError<'static>>],
) -> Cause<'e> {
    let guards = branches.iter().enumerate().map(|(index, errors)| {
        let mut errors = errors.iter();
        errors.find_map(|inner| Guard::of(inner).filter(|_| guards(error, index, inner)))
    });
    let guards: Vec<Option<Guard>> = guards.collect();
    let Some(property) = guards.iter().flatten().map(|guard| guard.property).next() else {
        return Cause::Itself;
    };
    let named = branches.iter().zip(&guards);
    let mut named = named.filter(|(_, guard)| guard.is_none());
    match (named.next(), named.next()) {
        (None, _) => Cause::UnknownName(UnknownName {
            property,
            above: 1,
            known: guards
                .into_iter()
                .flatten()
                .flat_map(|guard| guard.names)
                .collect(),
        }),
        (Some((errors, _)), None) => Cause::Branch(errors),
        _ => Cause::Itself,
    }
}

/// Whether `inner` is the error of the guard in the branch `index` of the union at `outer`, and not of one further inside.
fn guards(outer: &ValidationError<'_>, index: usize, inner: &ValidationError<'_>) -> bool {
    let location =
        |error: &ValidationError<'_>| error.absolute_keyword_location().map(ToString::to_string);
    let (Some(outer), Some(inner)) = (location(outer), location(inner)) else {
        return false;
    };
    let inside = inner.strip_prefix(&format!("{outer}/{index}/allOf/"));
    inside.is_some_and(|inside| inside.matches('/').count() == 1)
}

/// The schema that rejects an object that names another branch.
struct Guard<'e> {
    property: &'e str,
    /// The names that it accepts.
    names: Vec<&'e Value>,
}

impl<'e> Guard<'e> {
    /// The guard that caused the error, if one did.
    fn of(error: &'e ValidationError<'_>) -> Option<Self> {
        let ValidationErrorKind::Not { schema } = error.kind() else {
            return None;
        };
        let property = schema.get("discriminator")?.as_str()?;
        let names = schema["properties"][property]["not"]["enum"].as_array();
        Some(Self {
            property,
            names: names.into_iter().flatten().collect(),
        })
    }
}
