//! The problem of a request that meets none of an operation's alternatives.

use actix_web::http::header::{HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};

use super::attempt::{Attempt, Requirement, State};
use super::outcome::{Reason, Rejection};
use super::presented::Presented;
use super::scheme::Scheme;
use crate::problem::Problem;

impl Attempt<'_> {
    /// The problem of a request that meets no alternative.
    pub fn problem(&self, alternatives: &[Vec<Requirement>]) -> Problem {
        let rejections = self.states.iter().filter_map(|(_, state)| match state {
            State::Known(Err(rejection)) => Some(rejection),
            _ => None,
        });
        let of = |reason| rejections.clone().find(move |it| it.reason == reason);
        if let Some(rejection) = of(Reason::Unavailable) {
            return unavailable(rejection);
        }
        if let Some((number, scopes)) = self.lacking.first() {
            return insufficient_scope(self.schemes.get(*number), scopes);
        }
        if let Some(rejection) = of(Reason::Forbidden) {
            return Problem::forbidden(rejection.detail.clone());
        }
        let detail = of(Reason::Invalid).map(|rejection| rejection.detail.clone());
        let detail = detail.or_else(|| self.malformed().map(str::to_owned));
        let detail = detail.unwrap_or_else(|| self.required(alternatives));
        Problem::unauthorized(detail, self.challenges())
    }

    /// What is not well-formed among the credentials.
    fn malformed(&self) -> Option<&'static str> {
        let mut malformed = self.states.iter().filter_map(|(_, state)| match state {
            State::Presented(Presented::Malformed(detail)) => Some(*detail),
            _ => None,
        });
        let other = "the header Authorization has none of the schemes of the operation";
        malformed
            .next()
            .or(self.has_other_scheme().then_some(other))
    }

    /// What has to be in the request, as a sentence.
    fn required(&self, alternatives: &[Vec<Requirement>]) -> String {
        let alternatives = alternatives.iter();
        let alternatives = alternatives.filter(|alternative| !alternative.is_empty());
        let names = alternatives.map(|alternative| {
            let names = alternative.iter();
            let names = names.map(|it| self.schemes.get(it.scheme).name.as_str());
            names.collect::<Vec<_>>().join(" and ")
        });
        let mut names: Vec<_> = names.collect();
        names.dedup();
        format!("credentials are required: {}", names.join(", or "))
    }

    /// The challenge of each scheme (RFC 9110, 11.6.1), no two alike.
    fn challenges(&self) -> Vec<HeaderValue> {
        let mut challenges = Vec::new();
        for (number, state) in &self.states {
            let (own, is_invalid) = match state {
                State::Known(Err(rejection)) => (
                    rejection.challenge.clone(),
                    rejection.reason == Reason::Invalid,
                ),
                State::Presented(Presented::Malformed(_)) => (None, true),
                _ => (None, false),
            };
            let challenge = own.or_else(|| self.schemes.get(*number).challenge(is_invalid));
            challenges.extend(challenge.filter(|it| !challenges.contains(it)));
        }
        challenges
    }
}

fn unavailable(rejection: &Rejection) -> Problem {
    let cause = format!("credentials cannot be checked: {}", rejection.detail);
    let seconds = HeaderValue::from(rejection.retry_after.as_secs().max(1));
    Problem::unavailable("credentials cannot be checked now", cause)
        .with_header(RETRY_AFTER, seconds)
}

fn insufficient_scope(scheme: &Scheme, scopes: &[String]) -> Problem {
    let quoted: Vec<_> = scopes.iter().map(|scope| format!("{scope:?}")).collect();
    let detail = format!("these scopes are required: {}", quoted.join(", "));
    let problem = Problem::forbidden(detail);
    match scheme.insufficient_scope(scopes) {
        Some(challenge) => problem.with_header(WWW_AUTHENTICATE, challenge),
        None => problem,
    }
}
