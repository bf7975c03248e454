//! The check of each item of a body that is sent item by item.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde::Serialize;

use crate::operation::call::{Call, Rules, verify_rules};
use crate::operation::proven;
use crate::problem::Problem;
use crate::response::breach::{Breaches, enforce};
use crate::response::content::Content;
use crate::settings::{Responses, Settings};

/// Validates items of a type with these rules.
pub(crate) struct ItemCheck<T> {
    operation: Arc<str>,
    breaches: Breaches,
    status: StatusCode,
    settings: Settings,
    content: Option<Content>,
    rules: Rules<T>,
    /// How many items there were.
    count: usize,
}

impl<T: Serialize> ItemCheck<T> {
    /// The check of the items in a response of `call`.
    pub fn new(
        call: &Call,
        status: StatusCode,
        content: Option<&Content>,
        rules: Rules<T>,
    ) -> Self {
        Self {
            operation: call.operation().id.clone(),
            breaches: call.operation().responses.breaches.clone(),
            status,
            settings: call.parts.settings,
            content: content.cloned(),
            rules,
            count: 0,
        }
    }

    /// Validates the next item, and writes it as JSON.
    ///
    /// # Errors
    /// The item breaks the contract, if the settings enforce it; the cause is for the log.
    pub fn write(&mut self, item: &T) -> Result<Vec<u8>, Problem> {
        self.count += 1;
        if self.settings.responses != Responses::Off {
            if let Some(json) = self.write_proven(item)? {
                return Ok(json);
            }
            self.check(item)?;
        }
        serde_json::to_vec(item).map_err(Problem::internal)
    }

    /// The JSON of an item that needs no check by its schema.
    fn write_proven(&self, item: &T) -> Result<Option<Vec<u8>>, Problem> {
        match &self.content {
            Some(content) => proven::write(content, || self.part(), self.rules, item),
            None => Ok(None),
        }
    }

    fn part(&self) -> String {
        format!("item {}", self.count)
    }

    fn check(&self, item: &T) -> Result<(), Problem> {
        let content = self.content.as_ref();
        if let Some(content) = content.filter(|content| !content.accepts(item)) {
            let value = serde_json::to_value(item).map_err(Problem::internal)?;
            let violations = content.violations(&self.part(), value);
            let breaches = Some(&self.breaches);
            enforce(
                self.settings.responses,
                &self.operation,
                breaches,
                self.status,
                &violations,
            )?;
        }
        match self.settings.responses {
            Responses::Enforce => verify_rules(&self.settings, self.rules, item),
            _ => Ok(()),
        }
    }
}
