//! The keys of those who sign tokens.

use std::fmt;
use std::fs;
use std::path::Path;

use jsonwebtoken::{Algorithm, DecodingKey, Header};

use super::key_set::KeySet;
use super::remote::Remote;
use crate::security::outcome::Rejection;

/// The shortest secret that is accepted, in bytes (RFC 7518, 3.2, for HS256).
const SHORTEST_SECRET: usize = 32;

/// The keys of those who sign tokens.
pub struct Keys(Kind);

enum Kind {
    One(DecodingKey),
    Set(KeySet),
    Remote(Remote),
}

impl Keys {
    /// A secret that the issuer has, too, for HS256, HS384 and HS512.
    ///
    /// # Errors
    /// A sentence: it is shorter than 32 bytes, which anybody could find out.
    pub fn secret(secret: impl AsRef<[u8]>) -> Result<Self, String> {
        if secret.as_ref().len() < SHORTEST_SECRET {
            return Err(format!("the secret has less than {SHORTEST_SECRET} bytes"));
        }
        one(DecodingKey::from_secret(secret.as_ref()))
    }

    /// A public key in PEM: of RSA, of an elliptic curve, or of Ed25519.
    ///
    /// # Errors
    /// A sentence: it is none of them.
    pub fn pem(pem: impl AsRef<[u8]>) -> Result<Self, String> {
        let pem = pem.as_ref();
        let key = DecodingKey::from_rsa_pem(pem)
            .or_else(|_| DecodingKey::from_ec_pem(pem))
            .or_else(|_| DecodingKey::from_ed_pem(pem));
        one(key)
    }

    /// As [`Keys::pem`], from a file.
    ///
    /// # Errors
    /// A sentence: the file cannot be read, or is no key.
    pub fn pem_file(path: impl AsRef<Path>) -> Result<Self, String> {
        Self::pem(read(path.as_ref())?)
    }

    /// A set of public keys (JWK Set, RFC 7517).
    ///
    /// # Errors
    /// A sentence: it is no such set, or none of its keys can verify a signature.
    pub fn set(json: impl AsRef<[u8]>) -> Result<Self, String> {
        KeySet::parse(json.as_ref()).map(|set| Self(Kind::Set(set)))
    }

    /// As [`Keys::set`], from a file, which is read once.
    ///
    /// # Errors
    /// A sentence: the file cannot be read, or is no such set.
    pub fn set_file(path: impl AsRef<Path>) -> Result<Self, String> {
        Self::set(read(path.as_ref())?)
    }

    /// A set of public keys at an address, which is read when the first token comes, again after ten minutes, and at once when a
    /// token names a key that is not in it: three times, and then three times a minute. A key that is removed from the set is
    /// refused after ten minutes at the latest.
    ///
    /// If the set cannot be read within three seconds, it is read again after five seconds at the earliest; the keys from before
    /// stay in use, for a day at most. Without any, requests are answered with 503. A set has at most 1 MiB; up to three
    /// redirects are followed, from `https` only to `https`.
    ///
    /// Whoever controls the address decides who may call: it should begin with `https`.
    ///
    /// # Errors
    /// A sentence: the address is neither of `https` nor of `http`.
    pub fn url(url: impl Into<String>) -> Result<Self, String> {
        Remote::new(url.into()).map(|remote| Self(Kind::Remote(remote)))
    }

    /// Whether tokens of an algorithm may be verified with them. A set at an address has public keys alone.
    pub(super) fn are_for(&self, algorithm: Algorithm) -> bool {
        match &self.0 {
            Kind::One(key) => key.family() == algorithm.family(),
            Kind::Set(set) => set.is_for(algorithm),
            Kind::Remote(_) => !matches!(
                algorithm,
                Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512
            ),
        }
    }

    /// The keys that a token with this header may be signed with.
    pub(super) async fn of(&self, header: &Header) -> Result<Vec<DecodingKey>, Rejection> {
        match &self.0 {
            Kind::One(key) if key.family() == header.alg.family() => Ok(vec![key.clone()]),
            Kind::One(_) => Ok(Vec::new()),
            Kind::Set(set) => Ok(set.of(header)),
            Kind::Remote(remote) => remote.of(header).await,
        }
    }
}

fn one(key: jsonwebtoken::errors::Result<DecodingKey>) -> Result<Keys, String> {
    let key = key.map_err(|error| format!("it is no key: {error}"))?;
    Ok(Keys(Kind::One(key)))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keys").finish_non_exhaustive()
    }
}
