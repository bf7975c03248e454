//! The authentication of one request: what it has of each scheme, and what the application says of it.

use super::authenticator::{Authenticator, Principal};
use super::outcome::{Authenticated, Reason, Rejection};
use super::presented::{Presented, has_authorization};
use super::principals::Principals;
use super::scheme::Schemes;
use crate::head::RequestHead;
use crate::problem::Problem;

/// A scheme, and the scopes that are required of it.
#[derive(Debug)]
pub(super) struct Requirement {
    pub scheme: usize,
    pub scopes: Vec<String>,
}

/// The state of each scheme of an operation, for one request.
pub(super) struct Attempt<'a> {
    pub schemes: &'a Schemes,
    authenticators: &'a [Option<Authenticator>],
    head: &'a RequestHead,
    pub states: Vec<(usize, State)>,
    /// The scopes that right credentials lack, by the number of their scheme.
    pub lacking: Vec<(usize, &'a [String])>,
}

/// What is known of the credentials of a scheme.
pub(super) enum State {
    Presented(Presented),
    Known(Result<Authenticated<Principal>, Rejection>),
}

impl<'a> Attempt<'a> {
    pub fn read(
        numbers: &[usize],
        schemes: &'a Schemes,
        authenticators: &'a [Option<Authenticator>],
        head: &'a RequestHead,
    ) -> Result<Self, Problem> {
        let numbers = numbers.iter();
        let states = numbers.map(|number| {
            let presented = schemes.get(*number).read(head)?;
            Ok((*number, State::Presented(presented)))
        });
        Ok(Self {
            schemes,
            authenticators,
            head,
            states: states.collect::<Result<_, Problem>>()?,
            lacking: Vec::new(),
        })
    }

    /// Whether all schemes of an alternative are met. The application is called only if there are credentials of each.
    pub async fn meets(&mut self, alternative: &'a [Requirement]) -> bool {
        if !alternative.iter().all(|it| self.has_credentials(it.scheme)) {
            return false;
        }
        for requirement in alternative {
            if !self.authenticate(requirement).await {
                return false;
            }
        }
        true
    }

    fn has_credentials(&self, scheme: usize) -> bool {
        let mut states = self.states.iter();
        states.any(|(number, state)| {
            *number == scheme
                && matches!(
                    state,
                    State::Presented(Presented::Given(_)) | State::Known(_)
                )
        })
    }

    async fn authenticate(&mut self, requirement: &'a Requirement) -> bool {
        let number = requirement.scheme;
        let Some((_, state)) = self.states.iter_mut().find(|(it, _)| *it == number) else {
            return false;
        };
        if let State::Presented(presented) = state
            && let Presented::Given(credentials) = std::mem::replace(presented, Presented::Absent)
        {
            let outcome = match &self.authenticators[number] {
                Some(authenticator) => authenticator.call(credentials, self.head).await,
                None => Err(Rejection::unavailable(
                    "nothing authenticates by the scheme",
                )),
            };
            *state = State::Known(outcome);
        }
        let State::Known(Ok(authenticated)) = state else {
            return false;
        };
        let mut scopes = requirement.scopes.iter();
        if scopes.all(|scope| authenticated.has_scope(scope)) {
            return true;
        }
        self.lacking.push((number, &requirement.scopes));
        false
    }

    pub fn principals(self, alternative: &[Requirement]) -> Principals {
        let is_required = |number: usize| alternative.iter().any(|it| it.scheme == number);
        let known = self.states.into_iter().filter_map(|(number, state)| {
            let State::Known(Ok(authenticated)) = state else {
                return None;
            };
            is_required(number).then_some((number, authenticated.principal))
        });
        Principals::new(known.collect())
    }

    /// Whether there is nothing in the request that could have been meant as credentials.
    pub fn is_without_credentials(&self) -> bool {
        let is_absent = |state: &State| match state {
            State::Presented(presented) => matches!(presented, Presented::Absent),
            State::Known(outcome) => {
                matches!(outcome, Err(rejection) if rejection.reason == Reason::Missing)
            }
        };
        self.states.iter().all(|(_, state)| is_absent(state)) && !self.has_other_scheme()
    }

    /// Whether the header `Authorization` has a scheme that the operation does not.
    pub fn has_other_scheme(&self) -> bool {
        let http = || {
            let states = self.states.iter();
            states.filter(|(number, _)| self.schemes.get(*number).is_http())
        };
        let is_absent =
            |(_, state): &(usize, State)| matches!(state, State::Presented(Presented::Absent));
        has_authorization(self.head) && http().count() > 0 && http().all(is_absent)
    }
}
