//! A set of public keys (JWK Set, RFC 7517).

use std::str::FromStr;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header};
use serde::Deserialize;
use serde_json::Value;

/// The keys of a set that a signature can be verified with.
#[derive(Debug)]
pub(super) struct KeySet(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: Option<String>,
    /// The only algorithm that it is for.
    algorithm: Option<Algorithm>,
    key: DecodingKey,
}

/// Each key for itself, since one that is not understood is no reason to refuse the others (RFC 7517, 5).
#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a set. Keys that cannot be used are left out: those of unknown types, for encryption, and secrets, which are no
    /// public keys.
    ///
    /// # Errors
    /// A sentence: it is no set of keys, or none of them can be used.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        let document: Document = serde_json::from_slice(json)
            .map_err(|error| format!("it is no JSON Web Key Set: {error}"))?;
        let keys = document.keys.into_iter();
        let keys: Vec<_> = keys.filter_map(key).collect();
        match keys.is_empty() {
            true => Err("none of its keys can verify a signature".to_owned()),
            false => Ok(Self(keys)),
        }
    }

    /// The keys that a token with this header may be signed with: the one of its `kid`, or without one all of the right family.
    pub fn of(&self, header: &Header) -> Vec<DecodingKey> {
        let has_id = |key: &&Key| header.kid.is_none() || key.id == header.kid;
        let is_for = |key: &&Key| {
            key.key.family() == header.alg.family()
                && key.algorithm.is_none_or(|it| it == header.alg)
        };
        let keys = self.0.iter().filter(has_id).filter(is_for);
        keys.map(|key| key.key.clone()).collect()
    }

    /// Whether there is a key for an algorithm.
    pub fn is_for(&self, algorithm: Algorithm) -> bool {
        let mut keys = self.0.iter();
        keys.any(|key| key.key.family() == algorithm.family())
    }
}

fn key(value: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(value).ok()?;
    let common = &jwk.common;
    let signs = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    let operations = common.key_operations.as_ref();
    let verifies = operations.is_none_or(|it| it.contains(&KeyOperations::Verify));
    if !signs || !verifies {
        return None;
    }
    let named = match &common.key_algorithm {
        // Of an algorithm that is not supported, and so of no use.
        Some(algorithm) => Some(Algorithm::from_str(&algorithm.to_string()).ok()?),
        None => None,
    };
    let algorithm = match (named, only_algorithm(&jwk.algorithm)?) {
        (Some(named), Some(only)) if named != only => return None,
        (named, only) => named.or(only),
    };
    Some(Key {
        id: common.key_id.clone(),
        algorithm,
        key: DecodingKey::from_jwk(&jwk).ok()?,
    })
}

/// The algorithm that a key is for by its type, if there is only one (RFC 7518, 3.4, and RFC 8037, 3.1); none of a key that is
/// no public key.
fn only_algorithm(parameters: &AlgorithmParameters) -> Option<Option<Algorithm>> {
    match parameters {
        AlgorithmParameters::RSA(_) => Some(None),
        AlgorithmParameters::EllipticCurve(key) => match key.curve {
            EllipticCurve::P256 => Some(Some(Algorithm::ES256)),
            EllipticCurve::P384 => Some(Some(Algorithm::ES384)),
            _ => None,
        },
        AlgorithmParameters::OctetKeyPair(_) => Some(Some(Algorithm::EdDSA)),
        _ => None,
    }
}
