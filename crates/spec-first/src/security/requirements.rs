//! The alternatives of one operation: the first that a request meets, or why it meets none.

use super::attempt::{Attempt, Requirement};
use super::authenticator::Authenticator;
use super::principals::Principals;
use super::scheme::Schemes;
use crate::head::RequestHead;
use crate::problem::Problem;
use crate::spec::document::RequirementEntry;

/// What an operation requires: all schemes of one of its alternatives.
#[derive(Debug)]
pub(crate) struct Requirements {
    alternatives: Vec<Vec<Requirement>>,
    /// The numbers of the schemes in the alternatives, each once.
    schemes: Vec<usize>,
}

impl Requirements {
    /// Loads the alternatives of an operation; none if it is public.
    ///
    /// # Errors
    /// A sentence: a scheme that the contract does not have.
    pub fn load(
        entries: &[Vec<RequirementEntry>],
        schemes: &Schemes,
    ) -> Result<Option<Self>, String> {
        if entries.is_empty() {
            return Ok(None);
        }
        let requirement = |entry: &RequirementEntry| {
            let scheme = schemes.position(&entry.scheme);
            let scheme = scheme.ok_or_else(|| format!("no security scheme {:?}", entry.scheme))?;
            let scopes = entry.scopes.clone();
            Ok::<_, String>(Requirement { scheme, scopes })
        };
        let alternatives = entries.iter();
        let alternatives = alternatives.map(|it| it.iter().map(requirement).collect());
        let alternatives: Vec<Vec<Requirement>> = alternatives.collect::<Result<_, _>>()?;
        let mut used = Vec::new();
        for requirement in alternatives.iter().flatten() {
            if !used.contains(&requirement.scheme) {
                used.push(requirement.scheme);
            }
        }
        Ok(Some(Self {
            alternatives,
            schemes: used,
        }))
    }

    /// The names of the query parameters that are keys.
    pub fn query_keys<'s>(&self, schemes: &'s Schemes) -> impl Iterator<Item = &'s str> {
        let schemes = self.schemes.iter().map(|number| schemes.get(*number));
        schemes.filter_map(|scheme| scheme.query_key())
    }

    /// Finds out who sends a request. An alternative without schemes is met only by a request that has no credentials of any
    /// other, so that wrong ones are never taken for none.
    ///
    /// # Errors
    /// 400 for repeated credentials; else, of all alternatives, 503 before 403 before 401.
    pub async fn authenticate(
        &self,
        schemes: &Schemes,
        authenticators: &[Option<Authenticator>],
        head: &RequestHead,
    ) -> Result<Principals, Problem> {
        let mut attempt = Attempt::read(&self.schemes, schemes, authenticators, head)?;
        for alternative in &self.alternatives {
            if !alternative.is_empty() && attempt.meets(alternative).await {
                return Ok(attempt.principals(alternative));
            }
        }
        let admits_anybody = self.alternatives.iter().any(Vec::is_empty);
        if admits_anybody && attempt.is_without_credentials() {
            return Ok(Principals::default());
        }
        Err(attempt.problem(&self.alternatives))
    }
}
