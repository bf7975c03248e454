//! A set of keys at an address, read again as its keys change.

mod state;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::http::Uri;
use actix_web::rt::task::spawn_blocking;
use jsonwebtoken::{DecodingKey, Header};
use tokio::sync::Mutex;
use ureq::Agent;

use self::state::{State, UnknownKeys};
use super::key_set::KeySet;
use crate::security::outcome::Rejection;

/// How long reading may take.
const TIMEOUT: Duration = Duration::from_secs(3);
/// The longest set, in bytes.
const LIMIT: u64 = 1024 * 1024;
/// How many redirects are followed; from `https` only to `https`.
const MOST_REDIRECTS: u32 = 3;

/// The set of an address.
pub(super) struct Remote {
    url: Arc<str>,
    agent: Agent,
    /// A std lock, since nothing awaits while it is held.
    state: RwLock<State>,
    /// Held while the set is read, so that it is read once for all requests that wait for it.
    reading: Mutex<UnknownKeys>,
}

impl Remote {
    pub fn new(url: String) -> Result<Self, String> {
        let uri = url.parse::<Uri>().ok();
        let scheme = uri.as_ref().and_then(Uri::scheme_str).unwrap_or_default();
        if !matches!(scheme, "https" | "http") {
            return Err(format!("{:?} is no address of keys", public(&url)));
        }
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(MOST_REDIRECTS)
            .https_only(scheme == "https");
        Ok(Self {
            url: url.into(),
            agent: config.build().new_agent(),
            state: RwLock::default(),
            reading: Mutex::default(),
        })
    }

    /// The keys that a token with this header may be signed with.
    ///
    /// # Errors
    /// The set cannot be read, and the keys from before do not have the right one.
    pub async fn of(&self, header: &Header) -> Result<Vec<DecodingKey>, Rejection> {
        let (state, now) = (self.state(), Instant::now());
        let keys = state.keys_of(header, now);
        if !keys.is_empty() && (state.is_fresh(now) || self.reading.try_lock().is_err()) {
            return Ok(keys);
        }
        let state = self.refreshed(header, now).await;
        let keys = state.keys_of(header, Instant::now());
        match state.failure() {
            Some(cause) if keys.is_empty() => {
                let url = public(&self.url);
                let cause = format!("the keys at {url} cannot be read: {cause}");
                Err(Rejection::unavailable(cause))
            }
            _ => Ok(keys),
        }
    }

    /// The state after the set was read, or was not, since it is too soon. `start` is the time of the request.
    async fn refreshed(&self, header: &Header, start: Instant) -> State {
        let mut unknown = self.reading.lock().await;
        let (state, now) = (self.state(), Instant::now());
        let is_known = !state.keys_of(header, now).is_empty();
        if state.is_read_since(start) || !state.is_due(is_known, &mut unknown, now) {
            return state;
        }
        let (agent, url) = (self.agent.clone(), Arc::clone(&self.url));
        let outcome = spawn_blocking(move || fetch(&agent, &url)).await;
        let outcome = outcome.unwrap_or_else(|error| Err(error.to_string()));
        let state = match outcome {
            Ok(keys) => State::read(keys, Instant::now()),
            Err(cause) => {
                let url = public(&self.url);
                tracing::warn!(url, cause, "the keys of tokens cannot be read");
                state.failed(cause, Instant::now())
            }
        };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state.clone();
        state
    }

    fn state(&self) -> State {
        let state = self.state.read();
        state.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn fetch(agent: &Agent, url: &str) -> Result<KeySet, String> {
    let mut response = agent.get(url).call().map_err(cause)?;
    let body = response.body_mut().with_config().limit(LIMIT).read_to_vec();
    KeySet::parse(&body.map_err(cause)?)
}

/// Why a set cannot be read, without an address, in which there may be a password.
fn cause(error: ureq::Error) -> String {
    match error {
        ureq::Error::BadUri(_) => "it is no address".to_owned(),
        ureq::Error::RequireHttpsOnly(_) => "it redirects from https to http".to_owned(),
        error => error.to_string(),
    }
}

/// What may be logged of an address: not its user, password, query and fragment.
fn public(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://{rest}"),
        (None, Some((_, rest))) => rest.to_owned(),
        (_, None) => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::public;

    #[test]
    fn an_address_is_logged_without_secrets() {
        for (url, expected) in [
            ("https://a.test/keys", "https://a.test/keys"),
            (
                "https://ann:secret@a.test:1/keys?token=secret#secret",
                "https://a.test:1/keys",
            ),
            ("https://ann:sec/ret@a.test/keys", "https://a.test/keys"),
            ("ann:secret@a.test", "a.test"),
            ("", ""),
        ] {
            assert_eq!(public(url), expected, "{url}");
        }
    }
}
