//! A request whose parameters and body are valid by the spec.

use std::cell::Cell;

use actix_web::dev::Payload;
use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::ValidationErrors;

use crate::decoder;
use crate::operation::caller::Caller;
use crate::operation::declared::Operation;
use crate::operation::parameters::{PathValues, Sources};
use crate::operation::table::Contract;
use crate::problem::{Part, Problem, Violation};
use crate::request::accept::Accept;
use crate::request::body::Received;
use crate::request::violation::{invalid_request, violation};
use crate::rule;
use crate::schema::truncate;
use crate::settings::Settings;

/// The `validator` rules of a type, which decide alone where the build has proven that they enforce the schema. Debug builds check
/// that they accept every value that the schema accepts, names of variants aside.
pub type Rules<T> = fn(&T) -> Result<(), ValidationErrors>;

/// The rules of a type that has none.
///
/// # Errors
/// Never.
pub fn no_rules<T>(_: &T) -> Result<(), ValidationErrors> {
    Ok(())
}

/// One call of an operation: its validated values, and its response. Each value can be decoded once; it is absent then.
pub struct Call {
    /// In a box, since a call is moved from future to future.
    pub(super) parts: Box<Parts>,
}

/// What a call consists of.
pub(super) struct Parts {
    pub caller: Caller,
    pub settings: Settings,
    pub accept: Accept,
    /// In the order of the operation's parameters; null for those that are absent.
    values: Vec<Cell<Value>>,
    /// The number of the parameter after the last one that was asked for: most are asked for in their order.
    next: Cell<usize>,
    pub body: Cell<Option<Received>>,
}

impl Call {
    /// The call of an anonymous caller, whose request is not validated yet.
    pub(super) fn new(caller: Caller, settings: Settings) -> Self {
        let parts = Parts {
            caller,
            settings,
            accept: Accept::default(),
            values: Vec::new(),
            next: Cell::default(),
            body: Cell::default(),
        };
        Self {
            parts: Box::new(parts),
        }
    }

    /// Validates the request, and keeps its values.
    ///
    /// # Errors
    /// 400, 406, 408, 413 or 415.
    pub(super) async fn validate(
        &mut self,
        path: PathValues<'_>,
        payload: Payload,
    ) -> Result<(), Problem> {
        let parts = &mut *self.parts;
        let (request, rules) = (&parts.caller.request, parts.caller.operation());
        parts.values = Sources::new(request, path).read(rules, parts.settings.strict)?;
        parts.accept = Accept::of(request.headers());
        rules.responses.check_acceptable(&parts.accept)?;
        if let Some(body) = &rules.body {
            // In a box, since the futures around it are moved with room for it whether or not there is a body.
            let body = Box::pin(body.read(request, payload, &parts.settings)).await?;
            parts.body.set(body);
        }
        Ok(())
    }

    pub(crate) fn contract(&self) -> &Contract {
        self.parts.caller.contract()
    }

    pub(crate) fn operation(&self) -> &Operation {
        self.parts.caller.operation()
    }

    /// The parameter `name` of a part of the request; an optional one without a value or default is `None`.
    ///
    /// # Errors
    /// 400 if the type cannot represent a value that the schema accepts.
    pub fn parameter<T: DeserializeOwned>(&self, part: Part, name: &str) -> Result<T, Problem> {
        let Parts { values, next, .. } = &*self.parts;
        let Some(index) = self.operation().parameter(part, name, next.get()) else {
            return Err(self.undeclared(name));
        };
        next.set(index + 1);
        decode(part, Some(name), values[index].take())
    }

    #[cold]
    fn undeclared(&self, name: &str) -> Problem {
        let id = &self.operation().id;
        Problem::internal(format_args!(
            "{id} has no parameter {name:?}; generated code and contract.json differ"
        ))
    }
}

pub(super) fn decode<T: DeserializeOwned>(
    part: Part,
    name: Option<&str>,
    value: Value,
) -> Result<T, Problem> {
    decoder::decode(value).map_err(|error| {
        let violation = violation(part, name, truncate(&error));
        let pointer = Some(error.pointer).filter(|pointer| !pointer.is_empty());
        invalid_request(vec![Violation {
            pointer,
            ..violation
        }])
    })
}

/// Checks in builds that are not for production that a schema accepts what a type and its rules have accepted alone.
pub(crate) fn verify_proof<T>(check: impl FnOnce() -> Result<T, String>) -> Result<(), Problem> {
    if !cfg!(debug_assertions) {
        return Ok(());
    }
    check().map(drop).map_err(|error| {
        Problem::internal(format_args!(
            "the schema rejects what the type and its rules accept: {error}"
        ))
    })
}

/// Checks in builds that are not for production that the rules of a type accept a value that the schema has accepted. They check
/// formats, too, so that there is nothing to compare where the schema does not.
pub(crate) fn verify_rules<T>(
    settings: &Settings,
    rules: Rules<T>,
    value: &T,
) -> Result<(), Problem> {
    if !cfg!(debug_assertions) || !settings.formats {
        return Ok(());
    }
    match rules(value) {
        Err(errors) if !rule::may_be_accepted(&errors) => Err(Problem::internal(format_args!(
            "the type's rules reject what the schema accepts: {errors}"
        ))),
        _ => Ok(()),
    }
}
