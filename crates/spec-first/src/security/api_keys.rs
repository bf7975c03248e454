//! A list of API keys, of which the server knows the digests (feature `api-keys`).

use std::fmt;
use std::path::Path;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::credentials::ApiKey;
use super::file;
use super::outcome::{Authenticated, Rejection};

/// The SHA-256 of a key. A key is long and random, so that nobody finds it out by trying, however fast the digest is.
type KeyDigest = [u8; 32];

/// The shortest key, in bytes.
const SHORTEST_KEY: usize = 16;

/// A list of keys, each with the name of whoever has it.
///
/// ```
/// use spec_first::RequestHead;
/// use spec_first::security::api_keys::ApiKeys;
/// use spec_first::security::{ApiKey, Authenticated, Rejection};
///
/// struct Application {
///     keys: ApiKeys,
/// }
///
/// // In the implementation of the generated trait `Authenticate`; the principal is the name.
/// impl Application {
///     async fn api_key(
///         &self,
///         key: ApiKey,
///         _: &RequestHead,
///     ) -> Result<Authenticated<String>, Rejection> {
///         self.keys.verify(&key)
///     }
/// }
/// ```
pub struct ApiKeys(Vec<(String, KeyDigest)>);

impl ApiKeys {
    /// Names and keys.
    ///
    /// # Errors
    /// A sentence: there is none, or one is shorter than 16 bytes.
    pub fn new<N, K>(keys: impl IntoIterator<Item = (N, K)>) -> Result<Self, String>
    where
        N: Into<String>,
        K: AsRef<str>,
    {
        let keys = keys.into_iter().map(|(name, key)| {
            let (name, key) = (name.into(), key.as_ref());
            match key.len() < SHORTEST_KEY {
                true => Err(format!(
                    "the key of {name:?} has less than {SHORTEST_KEY} bytes"
                )),
                false => Ok((name, Sha256::digest(key).into())),
            }
        });
        Self::of(keys.collect::<Result<_, _>>()?)
    }

    /// Names, and the SHA-256 of their keys in hexadecimal digits, as `printf %s KEY | sha256sum` prints it.
    ///
    /// # Errors
    /// A sentence: there is none, or one is no such digest.
    pub fn digests<N, D>(digests: impl IntoIterator<Item = (N, D)>) -> Result<Self, String>
    where
        N: Into<String>,
        D: AsRef<str>,
    {
        let digests = digests.into_iter().map(|(name, digest)| {
            let name = name.into();
            match parse(digest.as_ref()) {
                Some(digest) => Ok((name, digest)),
                None => Err(format!(
                    "the key of {name:?} is no SHA-256 in hexadecimal digits"
                )),
            }
        });
        Self::of(digests.collect::<Result<_, _>>()?)
    }

    /// As [`ApiKeys::digests`], from the lines of a file: `name:digest`. Empty lines and those that begin with `#` do not count.
    ///
    /// # Errors
    /// A sentence: the file cannot be read, or a line is neither.
    pub fn file(path: impl AsRef<Path>) -> Result<Self, String> {
        let pairs = file::pairs(path.as_ref(), "name:digest", |line| line.rsplit_once(':'))?;
        Self::digests(pairs)
    }

    fn of(keys: Vec<(String, KeyDigest)>) -> Result<Self, String> {
        match keys.is_empty() {
            true => Err("there is no key".to_owned()),
            false => Ok(Self(keys)),
        }
    }

    /// The name of whoever has a key. All keys are compared, each in constant time.
    ///
    /// # Errors
    /// A rejection: nobody has it.
    pub fn verify(&self, key: &ApiKey) -> Result<Authenticated<String>, Rejection> {
        let digest: KeyDigest = Sha256::digest(key.expose()).into();
        let mut found = None;
        for (name, known) in &self.0 {
            if known.ct_eq(&digest).into() {
                found = Some(name);
            }
        }
        let name = found.ok_or_else(|| Rejection::invalid("the key is unknown"))?;
        Ok(Authenticated::new(name.clone()))
    }
}

fn parse(digits: &str) -> Option<KeyDigest> {
    let mut digest = [0; 32];
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(digest)
}

impl fmt::Debug for ApiKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ApiKeys").finish_non_exhaustive()
    }
}
