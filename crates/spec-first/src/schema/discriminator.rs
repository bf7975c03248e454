//! Why a value is refused where a discriminator chooses: by the branch that it names, or because nothing has that name.
//!
//! The build has put a guard into each branch of the union, and into a base that others inherit from.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::schema::show;

/// What an error comes to.
pub(crate) enum Verdict<'e> {
    /// It is an error as any other.
    Plain,
    /// The errors of the branch that is named.
    Branch(&'e [ValidationError<'static>]),
    /// What is named is unknown.
    Unknown(Unknown<'e>),
}

/// A name that a discriminator does not know.
pub(crate) struct Unknown<'e> {
    /// The property that has it.
    pub property: &'e str,
    /// How many steps above the error the schema with the discriminator stands.
    pub above: usize,
    known: Vec<&'e Value>,
}

impl Unknown<'_> {
    /// What is sent, and what is known.
    pub fn sentence(&self, object: &Value) -> String {
        let sent = object.get(self.property).map(show).unwrap_or_default();
        let known: Vec<_> = self.known.iter().map(|name| show(name)).collect();
        format!("{sent} is not one of {}", known.join(", "))
    }
}

/// What an error comes to, if a discriminator has to do with it.
pub(crate) fn judge<'e>(error: &'e ValidationError<'_>) -> Verdict<'e> {
    match error.kind() {
        ValidationErrorKind::Not { .. } => Guard::of(error).map_or(Verdict::Plain, |guard| {
            Verdict::Unknown(Unknown {
                property: guard.property,
                above: 3,
                known: guard.names,
            })
        }),
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            choose(error, context)
        }
        _ => Verdict::Plain,
    }
}

/// The branch whose guard has nothing against the value.
fn choose<'e>(
    error: &'e ValidationError<'_>,
    branches: &'e [Vec<ValidationError<'static>>],
) -> Verdict<'e> {
    let guards = branches.iter().enumerate().map(|(index, errors)| {
        let mut errors = errors.iter();
        errors.find_map(|inner| Guard::of(inner).filter(|_| guards(error, index, inner)))
    });
    let guards: Vec<Option<Guard>> = guards.collect();
    let Some(property) = guards.iter().flatten().map(|guard| guard.property).next() else {
        return Verdict::Plain;
    };
    let named = branches.iter().zip(&guards);
    let mut named = named.filter(|(_, guard)| guard.is_none());
    match (named.next(), named.next()) {
        (None, _) => Verdict::Unknown(Unknown {
            property,
            above: 1,
            known: guards
                .into_iter()
                .flatten()
                .flat_map(|guard| guard.names)
                .collect(),
        }),
        (Some((errors, _)), None) => Verdict::Branch(errors),
        _ => Verdict::Plain,
    }
}

/// Whether `inner` is the error of the guard in the branch `index` of the union at `outer`, and not of one further inside.
fn guards(outer: &ValidationError<'_>, index: usize, inner: &ValidationError<'_>) -> bool {
    let place =
        |error: &ValidationError<'_>| error.absolute_keyword_location().map(ToString::to_string);
    let (Some(outer), Some(inner)) = (place(outer), place(inner)) else {
        return false;
    };
    let inside = inner.strip_prefix(&format!("{outer}/{index}/allOf/"));
    inside.is_some_and(|inside| inside.matches('/').count() == 1)
}

/// What refuses an object that names another branch.
struct Guard<'e> {
    property: &'e str,
    /// The names that it lets pass.
    names: Vec<&'e Value>,
}

impl<'e> Guard<'e> {
    /// The guard that has made the error, if it was one.
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
