//! What a server counts, and the page that has it.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};
use spec_first::contract::{Call, no_rules};
use spec_first::problem::{Part, Problem};
use spec_first::prometheus_client::metrics::counter::Counter;
use spec_first::prometheus_client::metrics::gauge::Gauge;
use spec_first::{Api, Server};

use crate::admin::{free, get, send, serve};
use crate::client::exchange;
use crate::exposition::{check, samples};
use crate::files::{body, content, contract, operation, parameter, with};
use crate::server::{Application, application, spec};
use crate::serving::{options_with, start};

/// An operation that sends back the number that it is sent, except one, which it sends back as a text.
fn api() -> Api {
    let added = with(
        operation("metered.add", "POST", "/add"),
        "body",
        body("number"),
    );
    let query = parameter("query", "n", json!(["integer"]));
    let added = with(added, "parameters", json!([query]));
    let responses = json!([{ "status": "200", "content": content("number") }]);
    let added = with(added, "responses", responses);
    let unused = operation("metered.unused", "GET", "/unused");
    let schemas = json!({ "number": { "type": "integer" }, "n": { "type": "integer" } });
    Api::new(spec(&contract(schemas, json!([added, unused]))), |routes| {
        routes.add("metered.add", &application(), add);
        routes.add("metered.unused", &application(), add);
    })
}

async fn add(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let _: Option<i64> = call.parameter(Part::Query, "n")?;
    let number: i64 = call.body(no_rules)?;
    let sent = match number {
        13 => Ok(json!("thirteen")),
        404 => Err(Problem::not_found("of the application")),
        number => Ok(number.into()),
    };
    let returned = async { sent };
    call.respond(StatusCode::OK, no_rules::<Value>, returned)
        .await
}

fn post(address: SocketAddr, target: &str, headers: &str, body: &str) -> u16 {
    let length = body.len();
    let request = format!(
        "POST {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    exchange(address, request.as_bytes()).status
}

/// What is on the page of metrics.
pub fn page(admin: SocketAddr) -> String {
    let answer = get(admin, "/metrics");
    let media_type = "text/plain; version=0.0.4; charset=utf-8";
    assert_eq!(
        (answer.status, answer.header("Content-Type")),
        (200, media_type)
    );
    check(&answer.body);
    answer.body
}

/// The samples of a metric.
pub fn of(page: &str, name: &str) -> Vec<String> {
    let samples = samples(page).into_iter();
    samples
        .filter(|line| {
            line.starts_with(&format!("{name}{{")) || line.starts_with(&format!("{name} "))
        })
        .collect()
}

#[test]
fn requests_are_counted_by_operation_method_and_status() {
    let admin = free();
    let option = format!("--admin={admin}");
    let address = start(move |address| {
        let options = options_with(address, &[&option, "--body-limit=10"]);
        let own = |config: &mut web::ServiceConfig| {
            config.route("/own", web::get().to(|| async { "own" }));
        };
        Server::new(api(), options).configure(own).run()
    });
    const JSON: &str = "Content-Type: application/json\r\n";
    for (target, headers, body, status) in [
        ("/api/add", JSON, "1", 200),
        ("/api/add?n=1", JSON, "2", 200),
        ("/api/add", JSON, "13", 500),
        ("/api/add", JSON, "404", 500),
        ("/api/add", JSON, "\"x\"", 400),
        ("/api/add", JSON, "1.5", 400),
        ("/api/add", JSON, "{", 400),
        ("/api/add", JSON, "", 400),
        ("/api/add", "Content-Type: text/plain\r\n", "1", 415),
        ("/api/add", JSON, "12345678901", 413),
        ("/api/add?n=x", JSON, "1", 400),
        (
            "/api/add",
            "Content-Type: application/json\r\nAccept: text/html\r\n",
            "1",
            406,
        ),
        ("/api/nowhere", JSON, "1", 404),
    ] {
        assert_eq!(
            post(address, target, headers, body),
            status,
            "{target} {headers} {body}"
        );
    }
    for (method, path, status) in [
        ("GET", "/api/add", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/nowhere/else", 404),
        ("BREW", "/nowhere", 404),
        ("STEW", "/nowhere", 404),
        ("GET", "/api/ui/", 200),
        ("GET", "/own", 200),
    ] {
        assert_eq!(
            send(address, method, path).status,
            status,
            "{method} {path}"
        );
    }
    let page = page(admin);
    assert_eq!(
        of(&page, "http_requests_total"),
        [
            r#"http_requests_total{operation="metered.add",method="POST",status="200"} 2"#,
            r#"http_requests_total{operation="metered.add",method="POST",status="400"} 5"#,
            r#"http_requests_total{operation="metered.add",method="POST",status="406"} 1"#,
            r#"http_requests_total{operation="metered.add",method="POST",status="413"} 1"#,
            r#"http_requests_total{operation="metered.add",method="POST",status="415"} 1"#,
            r#"http_requests_total{operation="metered.add",method="POST",status="500"} 2"#,
            r#"http_requests_total{operation="(site)",method="GET",status="200"} 1"#,
            r#"http_requests_total{operation="(other)",method="GET",status="200"} 1"#,
            r#"http_requests_total{operation="(none)",method="GET",status="404"} 2"#,
            r#"http_requests_total{operation="(none)",method="GET",status="405"} 1"#,
            r#"http_requests_total{operation="(none)",method="POST",status="404"} 1"#,
            r#"http_requests_total{operation="(none)",method="other",status="404"} 2"#,
        ]
    );
    assert_eq!(
        of(&page, "http_requests_rejected_total"),
        [
            r#"http_requests_rejected_total{operation="metered.add",reason="query_parameter"} 1"#,
            r#"http_requests_rejected_total{operation="metered.add",reason="body_missing"} 1"#,
            r#"http_requests_rejected_total{operation="metered.add",reason="body_malformed"} 1"#,
            r#"http_requests_rejected_total{operation="metered.add",reason="body_schema"} 2"#,
            r#"http_requests_rejected_total{operation="metered.add",reason="body_media_type"} 1"#,
            r#"http_requests_rejected_total{operation="metered.add",reason="body_too_large"} 1"#,
            r#"http_requests_rejected_total{operation="metered.add",reason="not_acceptable"} 1"#,
        ]
    );
    // The text, and the status that is not declared.
    assert_eq!(
        of(&page, "http_response_violations_total"),
        [
            r#"http_response_violations_total{operation="metered.add"} 2"#,
            r#"http_response_violations_total{operation="metered.unused"} 0"#,
        ]
    );
    assert_eq!(
        of(&page, "http_request_duration_seconds_count"),
        [
            r#"http_request_duration_seconds_count{operation="metered.add"} 12"#,
            r#"http_request_duration_seconds_count{operation="(site)"} 1"#,
            r#"http_request_duration_seconds_count{operation="(other)"} 1"#,
            r#"http_request_duration_seconds_count{operation="(none)"} 6"#,
        ]
    );
    assert_eq!(of(&page, "http_requests_incomplete_total"), [""; 0]);
    assert_eq!(
        of(&page, "http_requests_in_flight"),
        ["http_requests_in_flight 0"]
    );
    let info = r#"spec_info{title="A contract",version="1",sha256="d1ge57"} 1"#;
    assert_eq!(of(&page, "spec_info"), [info]);
}

/// Waits for a sample.
pub fn wait_for(admin: SocketAddr, sample: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let page = page(admin);
        if samples(&page).contains(&sample.to_owned()) {
            return;
        }
        assert!(Instant::now() < deadline, "{sample} is not in {page}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn requests_under_way_and_incomplete_ones_are_counted() {
    let (address, admin) = serve(|server| server);
    wait_for(admin, "http_connections_open 0");
    let mut client = TcpStream::connect(address).expect("the server listens");
    let head = "GET /api/endless HTTP/1.1\r\nHost: x\r\n\r\n";
    client.write_all(head.as_bytes()).expect("sent");
    wait_for(admin, "http_requests_in_flight 1");
    wait_for(admin, "http_connections_open 1");
    drop(client);
    wait_for(
        admin,
        r#"http_requests_incomplete_total{operation="endless",reason="client_left"} 1"#,
    );
    wait_for(admin, "http_requests_in_flight 0");
    wait_for(admin, "http_connections_open 0");
    get(address, "/api/broken");
    wait_for(
        admin,
        r#"http_requests_incomplete_total{operation="broken",reason="body_failed"} 1"#,
    );
    wait_for(
        admin,
        r#"http_requests_total{operation="broken",method="GET",status="200"} 1"#,
    );
    let accepted = of(&page(admin), "http_connections_accepted_total").concat();
    let accepted = accepted.rsplit(' ').next().and_then(|it| it.parse().ok());
    assert!(matches!(accepted, Some(3_u64..)), "{accepted:?}");
}

#[test]
fn an_application_adds_metrics_of_its_own() {
    let (hits, size) = (Counter::<u64>::default(), Gauge::<i64>::default());
    hits.inc_by(3);
    size.set(-2);
    let (_, admin) = serve(move |server| {
        let server = server.metrics(|registry| registry.register("cache_hits", "Hits", hits));
        server.metrics(|registry| registry.register("cache_size", "Size of it", size))
    });
    let page = page(admin);
    assert!(
        page.starts_with(
            "# HELP cache_hits_total Hits.\n# TYPE cache_hits_total counter\ncache_hits_total 3\n\
         # HELP cache_size Size of it.\n# TYPE cache_size gauge\ncache_size -2\n"
        ),
        "{page}"
    );
}

#[test]
fn each_metric_is_described_in_the_docs() {
    let (address, admin) = serve(|server| server);
    get(address, "/api/ping");
    let docs = include_str!("../../../../docs/operating.md");
    let page = page(admin);
    let types = page.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let names: BTreeSet<_> = types.filter_map(|line| line.split(' ').next()).collect();
    let missing = names
        .iter()
        .filter(|name| !docs.contains(&format!("| `{name}` |")));
    assert_eq!(missing.collect::<Vec<_>>(), [&""; 0]);
}
