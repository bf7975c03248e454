//! JSON Web Tokens: which are accepted, with which claims and scopes, and why the others are not.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use spec_first::security::jwt::{Algorithm, Jwt, Keys};
use spec_first::security::{Authenticated, Bearer};

use crate::tokens::{EC_PUBLIC, ED_PUBLIC, RSA_PUBLIC, SECRET, claims, jwk, made, signed, time};

#[derive(Debug, PartialEq, Deserialize)]
struct User {
    sub: String,
}

fn user() -> User {
    User {
        sub: "ann".to_owned(),
    }
}

fn shared() -> Jwt {
    Jwt::new(Keys::secret(SECRET).expect("a secret"), [Algorithm::HS256]).expect("it is right")
}

fn rsa() -> Jwt {
    Jwt::new(Keys::pem(RSA_PUBLIC).expect("a key"), [Algorithm::RS256]).expect("it is right")
}

async fn verify(jwt: &Jwt, token: &str) -> Result<Authenticated<User>, String> {
    let verified = jwt.verify(&Bearer::new(token)).await;
    verified.map_err(|rejection| rejection.detail().to_owned())
}

/// Asserts what is wrong with a token.
async fn rejected(jwt: &Jwt, token: &str, detail: &str) {
    assert_eq!(verify(jwt, token).await, Err(detail.to_owned()), "{token}");
}

const UNREADABLE: &str = "the token is no JSON Web Token that can be read";
const ALGORITHM: &str = "the token is signed by an algorithm that is not accepted";
const SIGNATURE: &str = "the signature of the token is wrong";
const EXPIRED: &str = "the token has expired";
const UNKNOWN: &str = "the token is signed by an unknown key";

#[actix_web::test]
async fn a_token_of_each_kind_of_key_has_its_claims() {
    for (keys, algorithm) in [
        (Keys::secret(SECRET), Algorithm::HS256),
        (Keys::pem(RSA_PUBLIC), Algorithm::RS256),
        (Keys::pem(RSA_PUBLIC), Algorithm::PS256),
        (Keys::pem(EC_PUBLIC), Algorithm::ES256),
        (Keys::pem(ED_PUBLIC), Algorithm::EdDSA),
    ] {
        let jwt = Jwt::new(keys.expect("a key"), [algorithm]).expect("it is right");
        let token = signed(algorithm, None, &claims(json!({})));
        let found = verify(&jwt, &token).await;
        assert_eq!(found, Ok(Authenticated::new(user())), "{algorithm:?}");
        let (start, _) = token.rsplit_once('.').expect("a signature");
        rejected(&jwt, &format!("{start}.AAAA"), SIGNATURE).await;
    }
}

#[actix_web::test]
async fn scopes_are_those_of_the_token() {
    let scopes = |scopes: &[&'static str]| Authenticated::new(user()).with_scopes(scopes.to_vec());
    for (others, expected) in [
        (json!({ "scope": "read write" }), scopes(&["read", "write"])),
        (json!({ "scope": " read  " }), scopes(&["read"])),
        (json!({ "scp": "read" }), scopes(&["read"])),
        (
            json!({ "scp": ["read", 1, "write"] }),
            scopes(&["read", "write"]),
        ),
        (json!({ "scope": 1 }), scopes(&[])),
    ] {
        let token = signed(Algorithm::HS256, None, &claims(others.clone()));
        assert_eq!(verify(&shared(), &token).await, Ok(expected), "{others}");
    }
}

#[actix_web::test]
async fn an_unsigned_token_is_never_accepted() {
    for algorithm in ["none", "None", "NONE", "", "HS0"] {
        for signature in [&b""[..], b"x"] {
            let token = made(&json!({ "alg": algorithm }), &claims(json!({})), signature);
            for jwt in [shared(), rsa()] {
                rejected(&jwt, &token, UNREADABLE).await;
            }
        }
    }
    let token = made(&json!({ "typ": "JWT" }), &claims(json!({})), b"");
    rejected(&shared(), &token, UNREADABLE).await;
    let token = made(&json!({ "alg": "HS256" }), &claims(json!({})), b"");
    rejected(&shared(), &token, SIGNATURE).await;
}

/// A public key is no secret: who knows it could sign with it, if the token chose the algorithm.
#[actix_web::test]
async fn a_public_key_is_never_used_as_a_secret() {
    let header = jsonwebtoken::Header::new(Algorithm::HS256);
    let key = jsonwebtoken::EncodingKey::from_secret(RSA_PUBLIC).expect("a key");
    let token = jsonwebtoken::encode(&header, &claims(json!({})), &key).expect("it is signed");
    rejected(&rsa(), &token, ALGORITHM).await;
    let mixed = Jwt::new(
        Keys::pem(RSA_PUBLIC).expect("a key"),
        [Algorithm::RS256, Algorithm::HS256],
    );
    let Err(error) = mixed else {
        panic!("it is accepted");
    };
    assert_eq!(error, "no key can be used with the algorithm HS256");
    let secret = json!({ "keys": [{ "kty": "oct", "k": "c2VjcmV0", "kid": "a" }] });
    let Err(error) = Keys::set(secret.to_string()) else {
        panic!("it is accepted");
    };
    assert_eq!(error, "none of its keys can verify a signature");
    let url = Keys::url("https://a.test/keys").expect("an address");
    let error = Jwt::new(url, [Algorithm::HS256]).err();
    assert_eq!(
        error.as_deref(),
        Some("no key can be used with the algorithm HS256")
    );
}

#[actix_web::test]
async fn only_the_algorithms_that_were_chosen_are_accepted() {
    let token = signed(Algorithm::PS256, None, &claims(json!({})));
    rejected(&rsa(), &token, ALGORITHM).await;
    let none = Jwt::new(Keys::secret(SECRET).expect("a secret"), []).err();
    assert_eq!(none.as_deref(), Some("a JWT needs at least one algorithm"));
}

#[actix_web::test]
async fn times_are_checked_with_a_leeway() {
    for (others, leeway, expected) in [
        (json!({ "exp": time(-50) }), 60, None),
        (json!({ "exp": time(-70) }), 60, Some(EXPIRED)),
        (json!({ "exp": time(-2) }), 0, Some(EXPIRED)),
        (json!({ "exp": 0 }), 60, Some(EXPIRED)),
        (json!({ "nbf": time(50) }), 60, None),
        (
            json!({ "nbf": time(70) }),
            60,
            Some("the token is not valid yet"),
        ),
        (
            json!({ "nbf": time(2) }),
            0,
            Some("the token is not valid yet"),
        ),
        (
            json!({ "exp": null }),
            60,
            Some("the token lacks the claim \"exp\""),
        ),
    ] {
        let jwt = shared().with_leeway(Duration::from_secs(leeway));
        let token = signed(Algorithm::HS256, None, &claims(others.clone()));
        let found = verify(&jwt, &token).await.err();
        assert_eq!(found.as_deref(), expected, "{others} {leeway}");
    }
    let without = signed(Algorithm::HS256, None, &json!({ "sub": "ann" }));
    rejected(&shared(), &without, "the token lacks the claim \"exp\"").await;
}

#[actix_web::test]
async fn issuer_and_audience_are_required_as_chosen() {
    let jwt = shared()
        .with_issuer("https://a/")
        .with_issuer("https://b/")
        .with_audience("api");
    let (issuer, audience) = (
        "the token has another issuer",
        "the token is for another audience",
    );
    for (others, expected) in [
        (json!({ "iss": "https://a/", "aud": "api" }), None),
        (
            json!({ "iss": "https://b/", "aud": ["other", "api"] }),
            None,
        ),
        (json!({ "iss": "https://c/", "aud": "api" }), Some(issuer)),
        (
            json!({ "iss": "https://a/", "aud": "other" }),
            Some(audience),
        ),
        (
            json!({ "iss": "https://a/", "aud": ["other"] }),
            Some(audience),
        ),
        (
            json!({ "iss": "https://a/" }),
            Some("the token lacks the claim \"aud\""),
        ),
        (
            json!({ "aud": "api" }),
            Some("the token lacks the claim \"iss\""),
        ),
    ] {
        let token = signed(Algorithm::HS256, None, &claims(others.clone()));
        let found = verify(&jwt, &token).await.err();
        assert_eq!(found.as_deref(), expected, "{others}");
    }
    // A token for somebody else is not accepted because nobody has said who this is.
    let token = signed(Algorithm::HS256, None, &claims(json!({ "aud": "other" })));
    rejected(&shared(), &token, audience).await;
}

#[actix_web::test]
async fn rubbish_is_rejected() {
    let good = signed(Algorithm::HS256, None, &claims(json!({})));
    let (start, _) = good.rsplit_once('.').expect("a signature");
    let long = format!("{start}.{}", "a".repeat(1024 * 1024));
    for token in ["a", "..", "a.b.c", "a.b.c.d", start, &format!("{good}.a")] {
        rejected(&shared(), token, UNREADABLE).await;
    }
    rejected(&shared(), &long, "the token is too long").await;
    let critical = made(
        &json!({ "alg": "HS256", "crit": ["x"], "x": 1 }),
        &claims(json!({})),
        b"x",
    );
    rejected(&shared(), &critical, UNREADABLE).await;
    let other = signed(Algorithm::HS256, None, &json!({ "exp": time(60) }));
    let detail = "the token lacks claims that the server needs";
    rejected(&shared(), &other, detail).await;
    let list = signed(Algorithm::HS256, None, &json!(["ann"]));
    assert!(verify(&shared(), &list).await.is_err());
}

#[actix_web::test]
async fn the_key_of_a_set_is_the_one_that_the_token_names() {
    let mut encrypting = jwk(Algorithm::RS256, "encrypting");
    encrypting["use"] = "enc".into();
    let keys = json!({ "keys": [
        { "kty": "new", "kid": "unknown" }, 7, encrypting, jwk(Algorithm::RS256, "rsa"), jwk(Algorithm::ES256, "ec"),
    ] });
    let keys = || Keys::set(keys.to_string()).expect("a set");
    let jwt = Jwt::new(
        keys(),
        [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256],
    );
    let jwt = jwt.expect("it is right");
    for (algorithm, id, expected) in [
        (Algorithm::RS256, Some("rsa"), None),
        (Algorithm::ES256, Some("ec"), None),
        (Algorithm::RS256, None, None),
        (Algorithm::RS256, Some("ec"), Some(UNKNOWN)),
        (Algorithm::RS256, Some("encrypting"), Some(UNKNOWN)),
        (Algorithm::RS256, Some("other"), Some(UNKNOWN)),
        // The key names its algorithm.
        (Algorithm::PS256, Some("rsa"), Some(UNKNOWN)),
    ] {
        let token = signed(algorithm, id, &claims(json!({})));
        let found = verify(&jwt, &token).await.err();
        assert_eq!(found.as_deref(), expected, "{algorithm:?} {id:?}");
    }
}

#[test]
fn what_is_no_key_is_an_error() {
    let error = |keys: Result<Keys, String>| keys.err().unwrap_or_default();
    assert_eq!(
        error(Keys::secret("short")),
        "the secret has less than 32 bytes"
    );
    assert!(error(Keys::pem("no key")).starts_with("it is no key: "));
    let missing = error(Keys::pem_file("/nowhere/key.pem"));
    assert!(
        missing.starts_with("/nowhere/key.pem cannot be read: "),
        "{missing}"
    );
    for json in ["", "[]", "{}", r#"{"keys":1}"#] {
        let found = error(Keys::set(json));
        assert!(found.starts_with("it is no JSON Web Key Set: "), "{found}");
    }
    assert_eq!(
        error(Keys::url("ftp://a")),
        "\"ftp://a\" is no address of keys"
    );
    let printed = format!("{:?} {:?}", Keys::secret(SECRET), shared());
    assert_eq!(printed, "Ok(Keys { .. }) Jwt { algorithms: [HS256], .. }");
}
