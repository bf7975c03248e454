//! A set of keys at an address: it is slow, down, changes, or is no set.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use spec_first::security::jwt::{Algorithm, Jwt, Keys};
use spec_first::security::{Bearer, Rejection};

use crate::key_server::{KeyServer, Reply};
use crate::tokens::{claims, jwk, signed};

fn set(keys: &[Value]) -> Reply {
    Reply::Send(200, json!({ "keys": keys }).to_string().into_bytes())
}

fn jwt(server: &KeyServer) -> Jwt {
    let keys = Keys::url(server.url()).expect("an address");
    Jwt::new(keys, [Algorithm::RS256, Algorithm::ES256]).expect("it is right")
}

async fn verify(jwt: &Jwt, algorithm: Algorithm, id: &str) -> Result<(), Rejection> {
    let token = signed(algorithm, Some(id), &claims(json!({})));
    let verified = jwt.verify::<Value>(&Bearer::new(token)).await;
    verified.map(|_| ())
}

#[track_caller]
fn unavailable(outcome: Result<(), Rejection>) {
    let rejection = outcome.expect_err("it cannot be verified");
    assert!(rejection.is_unavailable(), "{rejection:?}");
    assert!(
        rejection
            .detail()
            .starts_with("the keys at http://127.0.0.1:")
    );
}

#[track_caller]
fn unknown(outcome: Result<(), Rejection>) {
    let rejection = outcome.expect_err("it is rejected");
    assert!(!rejection.is_unavailable());
    assert_eq!(rejection.detail(), "the token is signed by an unknown key");
}

#[actix_web::test]
async fn a_set_is_read_once_for_many_tokens() {
    let server = KeyServer::start(set(&[jwk(Algorithm::RS256, "a")]));
    let jwt = jwt(&server);
    let many = (0..20).map(|_| verify(&jwt, Algorithm::RS256, "a"));
    let outcomes = join_all(many).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(server.count(), 1);
}

/// Nobody makes the server read the set again and again by naming keys that do not exist.
#[actix_web::test]
async fn unknown_keys_make_the_set_be_read_three_times() {
    let server = KeyServer::start(set(&[jwk(Algorithm::RS256, "a")]));
    let jwt = jwt(&server);
    let start = Instant::now();
    assert!(verify(&jwt, Algorithm::RS256, "a").await.is_ok());
    for number in 0..20 {
        unknown(verify(&jwt, Algorithm::RS256, &format!("unknown {number}")).await);
    }
    // And once more every twenty seconds, on a slow machine.
    let most = 4 + start.elapsed().as_secs() / 20;
    let count = server.count() as u64;
    assert!((4..=most).contains(&count), "{count}");
    assert!(verify(&jwt, Algorithm::RS256, "a").await.is_ok());
}

#[actix_web::test]
async fn a_set_that_is_replaced_is_read_at_once() {
    let server = KeyServer::start(set(&[jwk(Algorithm::RS256, "old")]));
    let jwt = jwt(&server);
    assert!(verify(&jwt, Algorithm::RS256, "old").await.is_ok());
    server.reply(set(&[jwk(Algorithm::ES256, "new")]));
    // Until somebody uses the new key, the old set is fresh.
    assert!(verify(&jwt, Algorithm::RS256, "old").await.is_ok());
    let many = (0..20).map(|_| verify(&jwt, Algorithm::ES256, "new"));
    let outcomes = join_all(many).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(server.count(), 2);
    unknown(verify(&jwt, Algorithm::RS256, "old").await);
    assert!(verify(&jwt, Algorithm::ES256, "new").await.is_ok());
}

#[actix_web::test]
async fn keys_outlive_an_outage() {
    let server = KeyServer::start(set(&[jwk(Algorithm::RS256, "a")]));
    let jwt = jwt(&server);
    assert!(verify(&jwt, Algorithm::RS256, "a").await.is_ok());
    server.reply(Reply::Send(502, b"<html>".to_vec()));
    unavailable(verify(&jwt, Algorithm::RS256, "b").await);
    assert!(verify(&jwt, Algorithm::RS256, "a").await.is_ok());
}

#[actix_web::test]
async fn a_redirect_is_followed_a_few_times() {
    let target = KeyServer::start(set(&[jwk(Algorithm::RS256, "a")]));
    let server = KeyServer::start(Reply::Redirect(target.url()));
    assert!(verify(&jwt(&server), Algorithm::RS256, "a").await.is_ok());
    let circle = KeyServer::start(Reply::Redirect("/keys".to_owned()));
    unavailable(verify(&jwt(&circle), Algorithm::RS256, "a").await);
    assert_eq!(circle.count(), 4);
}

#[actix_web::test]
async fn the_password_in_an_address_is_not_in_the_cause() {
    let server = KeyServer::start(Reply::Close);
    let url = server.url().replace("http://", "http://ann:hidden@") + "?key=hidden";
    let jwt = Jwt::new(Keys::url(url).expect("an address"), [Algorithm::RS256]);
    let outcome = verify(&jwt.expect("it is right"), Algorithm::RS256, "a").await;
    let rejection = outcome.expect_err("it cannot be verified");
    let cause = format!("{rejection:?}");
    assert!(
        cause.contains("http://127.0.0.1:") && !cause.contains("hidden"),
        "{cause}"
    );
    let error = Keys::url("ftp://ann:hidden@a/keys").err();
    assert_eq!(
        error.as_deref(),
        Some("\"ftp://a/keys\" is no address of keys")
    );
}

#[actix_web::test]
async fn without_keys_a_request_is_unavailable_and_nothing_is_read_for_a_while() {
    for reply in [
        Reply::Close,
        Reply::Send(500, Vec::new()),
        Reply::Send(404, b"{}".to_vec()),
        Reply::Send(200, b"<html>".to_vec()),
        Reply::Send(200, b"{\"keys\":[]}".to_vec()),
        Reply::Send(200, vec![b' '; 2 * 1024 * 1024]),
        Reply::Send(200, vec![b'['; 500 * 1024]),
        Reply::Send(204, Vec::new()),
        Reply::Redirect("http://127.0.0.1:9/keys".to_owned()),
        Reply::Redirect("nowhere://".to_owned()),
    ] {
        let server = KeyServer::start(reply);
        let jwt = jwt(&server);
        unavailable(verify(&jwt, Algorithm::RS256, "a").await);
        let count = server.count();
        unavailable(verify(&jwt, Algorithm::RS256, "a").await);
        assert_eq!(server.count(), count);
    }
    // Nobody listens there.
    let keys = Keys::url("http://127.0.0.1:9/keys").expect("an address");
    let jwt = Jwt::new(keys, [Algorithm::RS256]).expect("it is right");
    unavailable(verify(&jwt, Algorithm::RS256, "a").await);
}

/// The server would keep them waiting for half a minute.
#[actix_web::test]
async fn nobody_waits_long_for_a_server_that_is_slow() {
    for reply in [Reply::Nothing, Reply::Endless] {
        let server = KeyServer::start(reply);
        let jwt = jwt(&server);
        let start = Instant::now();
        let outcomes = join_all((0..5).map(|_| verify(&jwt, Algorithm::RS256, "a"))).await;
        outcomes.into_iter().for_each(unavailable);
        assert!(start.elapsed() < Duration::from_secs(25));
        assert_eq!(server.count(), 1);
    }
}

#[actix_web::test]
async fn keys_are_read_after_a_failure() {
    let server = KeyServer::start(Reply::Close);
    let jwt = jwt(&server);
    unavailable(verify(&jwt, Algorithm::RS256, "a").await);
    server.reply(set(&[
        jwk(Algorithm::RS256, "a"),
        jwk(Algorithm::ES256, "b"),
    ]));
    actix_web::rt::time::sleep(Duration::from_millis(5100)).await;
    assert!(verify(&jwt, Algorithm::RS256, "a").await.is_ok());
    assert!(verify(&jwt, Algorithm::ES256, "b").await.is_ok());
    unknown(verify(&jwt, Algorithm::RS256, "b").await);
}
