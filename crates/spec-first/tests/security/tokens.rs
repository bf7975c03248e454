//! Tokens, signed with the keys in `keys/`, which protect nothing.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

pub const SECRET: &[u8] = b"a secret of more than 32 bytes, for tests";
pub const RSA: &[u8] = include_bytes!("keys/rsa.pem");
pub const RSA_PUBLIC: &[u8] = include_bytes!("keys/rsa.pub.pem");
pub const EC: &[u8] = include_bytes!("keys/ec.pem");
pub const EC_PUBLIC: &[u8] = include_bytes!("keys/ec.pub.pem");
pub const EC_384: &[u8] = include_bytes!("keys/ec384.pem");
pub const ED: &[u8] = include_bytes!("keys/ed.pem");
pub const ED_PUBLIC: &[u8] = include_bytes!("keys/ed.pub.pem");

/// The time in this many seconds.
pub fn time(seconds: i64) -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = since.expect("the clock is right").as_secs();
    i64::try_from(now).expect("the time is in range") + seconds
}

/// Claims that are valid for a minute, with others.
pub fn claims(others: Value) -> Value {
    let mut claims = json!({ "sub": "ann", "exp": time(60) });
    let others = others.as_object().cloned().unwrap_or_default();
    claims.as_object_mut().expect("an object").extend(others);
    claims
}

pub fn encoding_key(algorithm: Algorithm) -> EncodingKey {
    match algorithm {
        Algorithm::RS256 | Algorithm::PS256 => EncodingKey::from_rsa_pem(RSA).expect("a key"),
        Algorithm::ES256 => EncodingKey::from_ec_pem(EC).expect("a key"),
        Algorithm::ES384 => EncodingKey::from_ec_pem(EC_384).expect("a key"),
        Algorithm::EdDSA => EncodingKey::from_ed_pem(ED).expect("a key"),
        _ => EncodingKey::from_secret(SECRET).expect("a key"),
    }
}

pub fn signed(algorithm: Algorithm, id: Option<&str>, claims: &Value) -> String {
    let mut header = Header::new(algorithm);
    header.kid = id.map(str::to_owned);
    encode(&header, claims, &encoding_key(algorithm)).expect("it is signed")
}

/// A token of these texts, whatever they are.
pub fn made(header: &Value, claims: &Value, signature: &[u8]) -> String {
    let parts = [
        header.to_string().into_bytes(),
        claims.to_string().into_bytes(),
    ];
    let [header, claims] = parts.map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The public key of an algorithm in a set, under an id.
pub fn jwk(algorithm: Algorithm, id: &str) -> Value {
    let jwk = Jwk::from_encoding_key(&encoding_key(algorithm), algorithm);
    let mut jwk = serde_json::to_value(jwk.expect("a key")).expect("it is JSON");
    jwk["kid"] = id.into();
    jwk
}
