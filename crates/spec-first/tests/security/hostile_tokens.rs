//! Tokens of those who try what verifiers have got wrong before: never accepted, and never more than a rejection.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::sign;
use serde_json::{Value, json};
use spec_first::security::Bearer;
use spec_first::security::jwt::{Algorithm, Jwt, Keys};

use crate::tokens::{SECRET, claims, encoding_key, jwk, signed, time};

const UNREADABLE: &str = "the token is no JSON Web Token that can be read";
const ALGORITHM: &str = "the token is signed by an algorithm that is not accepted";
const SIGNATURE: &str = "the signature of the token is wrong";
const UNKNOWN: &str = "the token is signed by an unknown key";
const NO_EXP: &str = "the token lacks the claim \"exp\"";

fn shared() -> Jwt {
    Jwt::new(Keys::secret(SECRET).expect("a secret"), [Algorithm::HS256]).expect("it is right")
}

/// With the keys `rsa` and `ec`.
fn of_a_set() -> Jwt {
    let keys = json!({ "keys": [jwk(Algorithm::RS256, "rsa"), jwk(Algorithm::ES256, "ec")] });
    let keys = Keys::set(keys.to_string()).expect("a set");
    Jwt::new(keys, [Algorithm::RS256, Algorithm::ES256]).expect("it is right")
}

/// The claims, or what is wrong.
async fn verify(jwt: &Jwt, token: &str) -> Result<Value, String> {
    let verified = jwt.verify::<Value>(&Bearer::new(token)).await;
    match verified {
        Ok(authenticated) => Ok(authenticated.principal().clone()),
        Err(rejection) => {
            assert!(!rejection.is_unavailable(), "{token}");
            Err(rejection.detail().to_owned())
        }
    }
}

/// A token of these texts, signed as it should be.
fn signed_texts(header: &str, claims: &str) -> String {
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let signature = sign(
        message.as_bytes(),
        &encoding_key(Algorithm::HS256),
        Algorithm::HS256,
    );
    format!("{message}.{}", signature.expect("it is signed"))
}

const HEADER: &str = r#"{"alg":"HS256"}"#;

#[actix_web::test]
async fn a_claim_that_occurs_twice_has_no_two_meanings() {
    let (old, new) = (time(-1000), time(60));
    for text in [
        format!(r#"{{"exp":{old},"exp":{new}}}"#),
        format!(r#"{{"exp":{new},"exp":{new}}}"#),
        format!(r#"{{"exp":{new},"iss":"a","iss":"b"}}"#),
        format!(r#"{{"exp":{new},"aud":"a","aud":"b"}}"#),
        format!(r#"{{"exp":{new},"sub":"ann","sub":"eve"}}"#),
        format!(r#"{{"exp":{new},"nbf":{new},"nbf":0}}"#),
    ] {
        let found = verify(&shared(), &signed_texts(HEADER, &text)).await;
        assert_eq!(found, Err(UNREADABLE.to_owned()), "{text}");
    }
    // Of any other claim the last one counts (RFC 7519, section 4), for the scopes, too.
    let text = format!(r#"{{"exp":{new},"scope":"write","scope":"read"}}"#);
    let token = Bearer::new(signed_texts(HEADER, &text));
    let verified = shared().verify::<Value>(&token).await.expect("it is right");
    assert!(verified.has_scope("read") && !verified.has_scope("write"));
    assert_eq!(verified.principal()["scope"], "read");
    let twice = r#"{"alg":"none","alg":"HS256"}"#;
    let found = verify(
        &shared(),
        &signed_texts(twice, &format!(r#"{{"exp":{new}}}"#)),
    )
    .await;
    assert_eq!(found, Err(UNREADABLE.to_owned()));
}

#[actix_web::test]
async fn what_a_header_demands_and_nobody_knows_is_refused() {
    let claims = claims(json!({})).to_string();
    for (header, is_accepted) in [
        (HEADER, true),
        (r#"{"alg":"HS256","typ":"JWT","x":1}"#, true),
        (r#"{"alg":"HS256","b64":true}"#, true),
        (r#"{"alg":"HS256","b64":false}"#, false),
        (r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#, false),
        (r#"{"alg":"HS256","crit":["exp"]}"#, false),
        (r#"{"alg":"HS256","crit":["x"],"x":1}"#, false),
        (r#"{"alg":"HS256","crit":[]}"#, false),
        (r#"{"alg":"HS256","crit":"x"}"#, false),
        (r#"{"alg":"HS256","crit":{}}"#, false),
        (r#"{"alg":"HS256","kid":1}"#, false),
        (r#"{"alg":["HS256"]}"#, false),
        (r#"{"ALG":"HS256"}"#, false),
        ("[]", false),
        ("{}", false),
        ("", false),
    ] {
        let found = verify(&shared(), &signed_texts(header, &claims)).await;
        let error = found.err();
        let expected = (!is_accepted).then_some(UNREADABLE);
        assert_eq!(error.as_deref(), expected, "{header}");
    }
}

/// A token says where its key is, or brings it along.
#[actix_web::test]
async fn keys_never_come_from_the_token() {
    let eve = b"a secret of eve's, and of nobody else";
    let key = EncodingKey::from_secret(eve).expect("a key");
    let claims = claims(json!({}));
    let secret = URL_SAFE_NO_PAD.encode(eve);
    let forged = |header: Value| {
        let texts = [header, claims.clone()].map(|it| URL_SAFE_NO_PAD.encode(it.to_string()));
        let message = texts.join(".");
        let signature = sign(message.as_bytes(), &key, Algorithm::HS256).expect("it is signed");
        format!("{message}.{signature}")
    };
    for header in [
        json!({ "alg": "HS256" }),
        json!({ "alg": "HS256", "jwk": { "kty": "oct", "k": secret } }),
        json!({ "alg": "HS256", "jku": "http://127.0.0.1:9/keys", "kid": "eve" }),
        json!({ "alg": "HS256", "x5u": "http://127.0.0.1:9/keys" }),
        json!({ "alg": "HS256", "kid": "../../../../dev/null" }),
        json!({ "alg": "HS256", "kid": "' UNION SELECT 'a' --" }),
    ] {
        let token = forged(header.clone());
        assert_eq!(
            verify(&shared(), &token).await,
            Err(SIGNATURE.to_owned()),
            "{header}"
        );
        assert_eq!(
            verify(&of_a_set(), &token).await,
            Err(ALGORITHM.to_owned()),
            "{header}"
        );
    }
}

#[actix_web::test]
async fn a_key_is_found_by_its_exact_name_alone() {
    let long = "k".repeat(8000);
    for id in [
        "",
        "RSA",
        "rsa ",
        "../rsa",
        "rsa\0",
        "' OR 1=1 --",
        "*",
        "ec",
        &long,
    ] {
        let token = signed(Algorithm::RS256, Some(id), &claims(json!({})));
        let found = verify(&of_a_set(), &token).await;
        assert_eq!(found, Err(UNKNOWN.to_owned()), "{id:?}");
    }
    let token = signed(Algorithm::RS256, Some("rsa"), &claims(json!({})));
    assert!(verify(&of_a_set(), &token).await.is_ok());
}

/// A token without `kid` may be signed by any of them.
#[actix_web::test]
async fn keys_of_several_curves_are_told_apart() {
    let wide = jwk(Algorithm::ES384, "wide");
    let mut narrow = jwk(Algorithm::ES256, "narrow");
    narrow.as_object_mut().expect("an object").remove("alg");
    let mut unnamed = wide.clone();
    unnamed.as_object_mut().expect("an object").remove("alg");
    for keys in [[&wide, &narrow], [&narrow, &wide], [&unnamed, &narrow]] {
        let keys = Keys::set(json!({ "keys": keys }).to_string()).expect("a set");
        let jwt = Jwt::new(keys, [Algorithm::ES256, Algorithm::ES384]).expect("it is right");
        for algorithm in [Algorithm::ES256, Algorithm::ES384] {
            let token = signed(algorithm, None, &claims(json!({})));
            assert!(verify(&jwt, &token).await.is_ok(), "{algorithm:?}");
        }
    }
    let with = |name: &str, value: Value| {
        let mut key = jwk(Algorithm::ES256, "a");
        key[name] = value;
        Keys::set(json!({ "keys": [key] }).to_string()).err()
    };
    let useless = "none of its keys can verify a signature";
    for (name, value, expected) in [
        ("alg", json!("ES384"), Some(useless)),
        ("alg", json!("RS256"), Some(useless)),
        ("key_ops", json!(["sign"]), Some(useless)),
        ("key_ops", json!(["sign", "verify"]), None),
        ("use", json!("enc"), Some(useless)),
        ("use", json!("sig"), None),
        ("crv", json!("P-521"), Some(useless)),
    ] {
        assert_eq!(
            with(name, value.clone()).as_deref(),
            expected,
            "{name} {value}"
        );
    }
}

#[actix_web::test]
async fn a_time_that_is_no_number_is_no_time() {
    for (text, expected) in [
        (r#""99999999999""#, Some(NO_EXP)),
        ("null", Some(NO_EXP)),
        ("-1", Some(NO_EXP)),
        ("[99999999999]", Some(UNREADABLE)),
        ("true", Some(NO_EXP)),
        ("99999999999.5", None),
        ("18446744073709551615", None),
        ("1e400", Some(UNREADABLE)),
        ("NaN", Some(UNREADABLE)),
    ] {
        let token = signed_texts(HEADER, &format!(r#"{{"exp":{text}}}"#));
        let error = verify(&shared(), &token).await.err();
        assert_eq!(error.as_deref(), expected, "{text}");
    }
}

/// What is valid in the very second in which it is verified.
#[actix_web::test]
async fn a_leeway_ends_on_the_second() {
    let jwt = shared().with_leeway(Duration::from_secs(30));
    for (name, seconds, expected) in [
        ("exp", -30, None),
        ("exp", -31, Some("the token has expired")),
        ("nbf", 30, None),
        ("nbf", 31, Some("the token is not valid yet")),
    ] {
        let found = loop {
            let now = time(0);
            let token = signed(
                Algorithm::HS256,
                None,
                &claims(json!({ name: now + seconds })),
            );
            let found = verify(&jwt, &token).await.err();
            if time(0) == now {
                break found;
            }
        };
        assert_eq!(found.as_deref(), expected, "{name} {seconds}");
    }
}

#[actix_web::test]
async fn texts_that_are_no_token_are_refused() {
    let good = signed(Algorithm::HS256, None, &claims(json!({})));
    let nested = format!(
        r#"{{"exp":{},"a":{}{}}}"#,
        time(60),
        "[".repeat(300),
        "]".repeat(300)
    );
    let encrypted = "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d";
    let texts = [
        "",
        ".",
        "..",
        "...",
        "a..b",
        " ",
        "\n",
        "\u{e4}.\u{e4}.\u{e4}",
        "\0.\0.\0",
        "e30.e30.e30",
        encrypted,
    ];
    let texts = texts.map(str::to_owned).into_iter().chain([
        ".".repeat(10_000),
        "a.".repeat(5000),
        format!(" {good}"),
        format!("{good} "),
        format!("{good}\n"),
        format!("{good}="),
        good.replace('.', ". "),
        good.replacen('.', "\u{ff0e}", 1),
        signed_texts(HEADER, &nested),
        signed_texts(HEADER, "null"),
        signed_texts(HEADER, "\"ann\""),
        signed_texts(HEADER, ""),
        signed_texts(HEADER, "{\"exp\":99999999999}x"),
    ]);
    for text in texts {
        let found = verify(&shared(), &text).await;
        assert_eq!(found, Err(UNREADABLE.to_owned()), "{text:?}");
    }
    let long = "a".repeat(1024 * 1024);
    for text in [format!("{good}{long}"), format!("{long}.{good}"), long] {
        let found = verify(&shared(), &text).await;
        assert_eq!(found, Err("the token is too long".to_owned()));
    }
    assert!(verify(&shared(), &good).await.is_ok());
}
