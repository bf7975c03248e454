//! A set of keys at an address, read again as its keys change.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::rt::task::spawn_blocking;
use jsonwebtoken::{DecodingKey, Header};
use tokio::sync::Mutex;
use ureq::Agent;

use super::key_set::KeySet;
use crate::security::outcome::Rejection;

/// How long a set is used before it is read again.
const MAX_AGE: Duration = Duration::from_secs(600);
/// How long nothing is read again because of a key that is not in the set.
const UNKNOWN_KEY_PAUSE: Duration = Duration::from_secs(30);
/// How long nothing is read again after a failure.
const FAILURE_PAUSE: Duration = Duration::from_secs(5);
/// How long reading may take.
const TIMEOUT: Duration = Duration::from_secs(3);
/// The longest set, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The set of an address.
pub(super) struct Remote {
    url: Arc<str>,
    agent: Agent,
    /// A std lock, since nothing awaits while it is held.
    state: RwLock<State>,
    /// Held while the set is read, so that it is read once for all requests that wait for it.
    reading: Mutex<()>,
}

#[derive(Clone, Default)]
struct State {
    keys: Option<Arc<KeySet>>,
    /// When it was read last.
    read: Option<Instant>,
    /// When it could not be read, and why, if that was later.
    failure: Option<(Instant, String)>,
}

impl State {
    fn is_fresh(&self) -> bool {
        self.read.is_some_and(|at| at.elapsed() < MAX_AGE)
    }

    fn keys_of(&self, header: &Header) -> Vec<DecodingKey> {
        self.keys
            .as_ref()
            .map_or_else(Vec::new, |keys| keys.of(header))
    }

    /// Whether nothing is to be read now: it has just failed, or the set is fresh, and it is too soon to look for a key that is
    /// not in it.
    fn has_pause(&self, is_known: bool) -> bool {
        if let Some((at, _)) = &self.failure {
            return at.elapsed() < FAILURE_PAUSE;
        }
        let pause = if is_known { MAX_AGE } else { UNKNOWN_KEY_PAUSE };
        self.read.is_some_and(|at| at.elapsed() < pause)
    }
}

impl Remote {
    pub fn new(url: String) -> Result<Self, String> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(format!("{url:?} is no address of keys"));
        }
        let config = Agent::config_builder().timeout_global(Some(TIMEOUT));
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
        let state = self.state();
        let keys = state.keys_of(header);
        if !keys.is_empty() && (state.is_fresh() || self.reading.try_lock().is_err()) {
            return Ok(keys);
        }
        let state = self.refreshed(header).await;
        let keys = state.keys_of(header);
        match state.failure {
            Some((_, cause)) if keys.is_empty() => {
                let cause = format!("the keys at {} cannot be read: {cause}", self.url);
                Err(Rejection::unavailable(cause))
            }
            _ => Ok(keys),
        }
    }

    /// The state after the set was read, or was left alone for a pause.
    async fn refreshed(&self, header: &Header) -> State {
        let _reading = self.reading.lock().await;
        let state = self.state();
        if state.has_pause(!state.keys_of(header).is_empty()) {
            return state;
        }
        let (agent, url) = (self.agent.clone(), Arc::clone(&self.url));
        let outcome = spawn_blocking(move || fetch(&agent, &url)).await;
        let outcome = outcome.unwrap_or_else(|error| Err(error.to_string()));
        let state = match outcome {
            Ok(keys) => State {
                keys: Some(Arc::new(keys)),
                read: Some(Instant::now()),
                failure: None,
            },
            Err(cause) => {
                tracing::warn!(url = &*self.url, cause, "the keys of tokens cannot be read");
                State {
                    failure: Some((Instant::now(), cause)),
                    ..state
                }
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
    let response = agent.get(url).call();
    let mut response = response.map_err(|error| error.to_string())?;
    let body = response.body_mut().with_config().limit(LIMIT).read_to_vec();
    KeySet::parse(&body.map_err(|error| error.to_string())?)
}
