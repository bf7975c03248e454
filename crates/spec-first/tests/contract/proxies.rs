//! What a server believes of what proxies say.

use std::net::SocketAddr;

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use spec_first::{Api, Server};

use crate::client::{Answer, exchange};
use crate::files::contract;
use crate::log;
use crate::server::spec_of;
use crate::serving::{options_with, server_with, start};

/// What a handler sees of its client.
async fn peer(request: HttpRequest) -> HttpResponse {
    let peer = request.peer_addr().map(|peer| peer.ip().to_string());
    let has = ["forwarded", "x-forwarded-for", "x-forwarded-prefix"]
        .map(|name| request.headers().contains_key(name));
    HttpResponse::Ok().body(format!("{} {has:?}", peer.unwrap_or_default()))
}

fn serve(options: &'static [&'static str]) -> SocketAddr {
    start(|address| {
        let server = server_with(address, options).configure(|config| {
            config.route("/peer", web::get().to(peer));
            config.route(
                "/moved",
                web::get().to(async || {
                    HttpResponse::SeeOther()
                        .insert_header(("Location", "/api/ping?a"))
                        .finish()
                }),
            );
        });
        server.run()
    })
}

fn get(address: SocketAddr, path: &str, headers: &str) -> Answer {
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    exchange(address, head.as_bytes())
}

#[test]
fn the_client_that_a_trusted_proxy_names_is_the_peer() {
    let address = serve(&["--trusted-proxy=127.0.0.0/8,10.0.0.0/8"]);
    for (headers, seen) in [
        ("", "127.0.0.1 [false, false, false]"),
        (
            "X-Forwarded-For: 203.0.113.9, 192.0.2.1, 10.0.0.1\r\n",
            "192.0.2.1 [false, true, false]",
        ),
        (
            "Forwarded: for=\"[2001:db8::1]:80\";proto=https\r\n",
            "2001:db8::1 [true, false, false]",
        ),
        (
            "X-Forwarded-For: \u{fc}\r\n",
            "127.0.0.1 [false, true, false]",
        ),
        ("Forwarded: for=\"\r\n", "127.0.0.1 [true, false, false]"),
        (
            "Forwarded: for=192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n",
            "127.0.0.1 [true, true, false]",
        ),
    ] {
        get(address, "/peer", headers).is(200, "", seen);
    }
}

#[test]
fn what_others_say_is_not_believed_and_not_passed_on() {
    let address = serve(&["--trusted-proxy=10.0.0.0/8", "--forwarded-prefix"]);
    let headers =
        "Forwarded: for=192.0.2.1\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Prefix: /a\r\n";
    get(address, "/peer", headers).is(200, "", "127.0.0.1 [false, false, false]");
    assert_eq!(
        get(address, "/moved", headers).header("Location"),
        "/api/ping?a"
    );
}

#[test]
fn without_trusted_proxies_there_is_no_change() {
    let address = serve(&[]);
    let headers =
        "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Prefix: /a\r\nX-Request-Id: proxy-none\r\n";
    get(address, "/peer", headers).is(200, "", "127.0.0.1 [false, true, true]");
    assert_eq!(
        get(address, "/moved", headers).header("Location"),
        "/api/ping?a"
    );
    let lines = log::lines("request_id=\"proxy-none\"");
    assert!(
        !lines.iter().any(|line| line.contains("client=")),
        "{lines:?}"
    );
}

#[test]
fn the_client_is_logged_where_proxies_are_trusted() {
    let address = serve(&["--trusted-proxy=127.0.0.1"]);
    let headers = "X-Forwarded-For: 192.0.2.1\r\nX-Request-Id: proxy-client\r\n";
    get(address, "/api/ping", headers).is_json(200, "\"pong\"");
    get(address, "/api/ping", "X-Request-Id: proxy-direct\r\n").is_json(200, "\"pong\"");
    for (id, client) in [("proxy-client", "192.0.2.1"), ("proxy-direct", "127.0.0.1")] {
        let lines = log::lines(&format!("request_id=\"{id}\""));
        assert!(lines[0].contains(&format!("client={client} ")), "{lines:?}");
    }
}

#[test]
fn a_prefix_is_added_if_the_option_allows_it() {
    let address = serve(&["--trusted-proxy=127.0.0.1", "--forwarded-prefix"]);
    let other = serve(&["--trusted-proxy=127.0.0.1"]);
    for (prefix, located) in [
        ("/a/b", "/a/b/api/ping?a"),
        ("/a/b/", "/a/b/api/ping?a"),
        ("/a/../b", "/api/ping?a"),
        ("https://evil.example", "/api/ping?a"),
        ("//evil.example", "/api/ping?a"),
    ] {
        let header = format!("X-Forwarded-Prefix: {prefix}\r\n");
        assert_eq!(get(address, "/moved", &header).header("Location"), located);
        assert_eq!(
            get(other, "/moved", &header).header("Location"),
            "/api/ping?a"
        );
    }
}

#[test]
fn the_spec_has_the_prefix_and_other_files_need_none() {
    let address = serve(&["--trusted-proxy=127.0.0.1", "--forwarded-prefix"]);
    let plain = get(address, "/api/openapi.json", "").body;
    assert!(!plain.contains("\"/a"), "{plain}");
    for (name, media_type) in [
        ("openapi.json", "application/json"),
        ("openapi.yaml", "application/yaml"),
    ] {
        let answer = get(
            address,
            &format!("/api/{name}"),
            "X-Forwarded-Prefix: /a\r\n",
        );
        assert_eq!(
            (answer.status, answer.header("Content-Type")),
            (200, media_type)
        );
        assert!(
            answer.body.contains("\"servers\":[{\"url\":\"/a"),
            "{}",
            answer.body
        );
    }
    assert_eq!(get(address, "/api/openapi.json", "").body, plain);
    let location = |path, header| get(address, path, header).header("Location").to_owned();
    assert_eq!(
        location("/", "X-Forwarded-Prefix: /a\r\n"),
        location("/", "")
    );
}

#[test]
fn urls_of_security_schemes_have_the_prefix_if_they_are_paths() {
    let old = |authorization| {
        json!({ "swagger": "2.0", "basePath": "/shop", "securityDefinitions": {
            "a": { "authorizationUrl": authorization, "tokenUrl": "token" },
            "b": { "tokenUrl": "https://login.example/token" },
        }})
    };
    let new = |authorization| {
        let flow = json!({ "authorizationUrl": authorization, "tokenUrl": "token" });
        json!({ "openapi": "3.1.0", "servers": [{ "url": "/shop" }], "components": { "securitySchemes": {
            "a": { "flows": { "authorizationCode": flow } },
            "b": { "openIdConnectUrl": "https://login.example/openid" },
        }}})
    };
    for (mut document, expected) in [
        (old("/authorize"), old("/shop/authorize")),
        (new("/authorize"), new("/shop/authorize")),
    ] {
        for member in ["basePath", "servers"] {
            document
                .as_object_mut()
                .and_then(|document| document.remove(member));
        }
        let plain = document.clone();
        let address = start(move |address| {
            let contract = contract(json!({}), json!([]));
            let api = Api::new(spec_of(&contract, &document), |_| ());
            let options = ["--trusted-proxy=127.0.0.1", "--forwarded-prefix"];
            Server::new(api, options_with(address, &options)).run()
        });
        let read = |headers| -> Value {
            let body = get(address, "/api/openapi.json", headers).body;
            serde_json::from_str(&body).expect("JSON")
        };
        assert_eq!(read("X-Forwarded-Prefix: /shop\r\n"), expected);
        assert_eq!(read(""), plain);
    }
}
