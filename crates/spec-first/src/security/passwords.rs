//! Names and passwords for a scheme of `basic`, by hashes of Argon2 (feature `passwords`).

mod accepted;
mod queue;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Instant;

use actix_web::rt::task::spawn_blocking;
use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use tokio::sync::Semaphore;

use self::accepted::Accepted;
use self::queue::Queue;
use super::credentials::Basic;
use super::file;
use super::outcome::{Authenticated, Rejection};

/// The longest password that is hashed, in bytes.
const LONGEST_PASSWORD: usize = 1024;
/// How many requests may wait for a hash, for each that is computed.
const WAITING_PER_HASH: usize = 64;
/// How many of them may have the same name.
const WAITING_PER_NAME: usize = 16;

/// Names and passwords, of which it knows the hashes.
///
/// A hash takes a core and tens of MB of memory for a moment, and everybody can make the server compute one: half of the cores
/// at most are used for that. For each of these cores 64 requests may wait, 16 of them with the same name; another one is
/// answered with 503.
///
/// Who has been accepted does not wait again: for ten minutes after the last use, a password is compared with a keyed hash of
/// it, in constant time. Its key is random and is not kept outside of the process. So clients with the right password are
/// served while others guess. A list never changes; to change passwords, replace it by a new one, which has accepted nobody yet.
///
/// ```
/// use spec_first::RequestHead;
/// use spec_first::security::passwords::Passwords;
/// use spec_first::security::{Authenticated, Basic, Rejection};
///
/// struct Application {
///     passwords: Passwords,
/// }
///
/// // In the implementation of the generated trait `Authenticate`; the principal is the name.
/// impl Application {
///     async fn basic_auth(
///         &self,
///         basic: Basic,
///         _: &RequestHead,
///     ) -> Result<Authenticated<String>, Rejection> {
///         self.passwords.verify(&basic).await
///     }
/// }
/// ```
pub struct Passwords {
    hashes: HashMap<String, Arc<str>>,
    /// Hashed for a name that nobody has, so that it takes as long as one that somebody has.
    decoy: Arc<str>,
    permits: Arc<Semaphore>,
    queue: Queue,
    accepted: Accepted,
}

impl Passwords {
    /// Names, and hashes of their passwords in the PHC format (`$argon2id$v=19$m=…`), as the command `argon2` writes them.
    ///
    /// # Errors
    /// A sentence: there is none, or one is no such hash, or the system has no random numbers.
    pub fn new<N, H>(hashes: impl IntoIterator<Item = (N, H)>) -> Result<Self, String>
    where
        N: Into<String>,
        H: AsRef<str>,
    {
        let mut known = HashMap::new();
        for (name, hash) in hashes {
            let (name, hash) = (name.into(), hash.as_ref());
            let parsed = PasswordHash::new(hash);
            let is_argon2 = parsed.is_ok_and(|it| it.algorithm.as_str().starts_with("argon2"));
            if !is_argon2 {
                return Err(format!("the password of {name:?} is no hash of Argon2"));
            }
            known.insert(name, Arc::from(hash));
        }
        let decoy = known.values().next().cloned();
        let decoy = decoy.ok_or("there is no password")?;
        let hashes_at_once = available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
        Ok(Self {
            hashes: known,
            decoy,
            permits: Arc::new(Semaphore::new(hashes_at_once)),
            queue: Queue::new(
                hashes_at_once * WAITING_PER_HASH,
                hashes_at_once * WAITING_PER_NAME,
            ),
            accepted: Accepted::new()?,
        })
    }

    /// As [`Passwords::new`], from the lines of a file: `name:hash`. Empty lines and those that begin with `#` do not count.
    ///
    /// # Errors
    /// A sentence: the file cannot be read, or a line is neither.
    pub fn file(path: impl AsRef<Path>) -> Result<Self, String> {
        let pairs = file::pairs(path.as_ref(), "name:hash", |line| line.split_once(':'))?;
        Self::new(pairs)
    }

    /// The name, if the password is the right one.
    ///
    /// # Errors
    /// A rejection: the name or the password is wrong, or too many passwords are being verified.
    pub async fn verify(&self, basic: &Basic) -> Result<Authenticated<String>, Rejection> {
        if basic.expose_password().len() > LONGEST_PASSWORD {
            return Err(wrong());
        }
        let is_right = self.accepted.has(basic, Instant::now()) || self.hashes_to(basic).await?;
        match is_right {
            true => Ok(Authenticated::new(basic.name().to_owned())),
            false => Err(wrong()),
        }
    }

    /// Whether Argon2 accepts credentials, once it is their turn.
    async fn hashes_to(&self, basic: &Basic) -> Result<bool, Rejection> {
        let place = self.queue.place(basic.name());
        let _place =
            place.ok_or_else(|| Rejection::unavailable("too many passwords are being verified"))?;
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(Rejection::unavailable)?;
        // Another request with them may have been accepted meanwhile.
        if self.accepted.has(basic, Instant::now()) {
            return Ok(true);
        }
        let hash = self.hashes.get(basic.name());
        let is_known = hash.is_some();
        let hash = Arc::clone(hash.unwrap_or(&self.decoy));
        let password = basic.expose_password().to_owned();
        let is_right = spawn_blocking(move || {
            // The hash goes on when the client leaves, and so does the permit.
            let _permit = permit;
            is_right(&password, &hash)
        });
        let is_right = is_right.await.map_err(Rejection::unavailable)? && is_known;
        if is_right {
            self.accepted.insert(basic, Instant::now());
        }
        Ok(is_right)
    }
}

fn is_right(password: &str, hash: &str) -> bool {
    let hash = PasswordHash::new(hash);
    hash.is_ok_and(|hash| {
        let verified = Argon2::default().verify_password(password.as_bytes(), &hash);
        verified.is_ok()
    })
}

fn wrong() -> Rejection {
    Rejection::invalid("the name or the password is wrong")
}

impl fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Passwords").finish_non_exhaustive()
    }
}
