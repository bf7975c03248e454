//! Both ways to serve an API: a `Server` with everything around it, and a `Service` in an `App` of one's own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::rt::time::sleep;
use actix_web::web::Bytes;
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use clap::Parser;
use futures_util::StreamExt;
use futures_util::stream;
use serde_json::{Value, json};
use spec_first::body::{Download, Event, Items};
use spec_first::contract::{Call, no_rules};
use spec_first::options::{self, Options};
use spec_first::problem::Problem;
use spec_first::{Api, Server, Service, Settings};

use crate::client::{Answer, exchange};
use crate::files::{
    body, content, contract, get as operation_get, media_type, operation, parameter, with,
};
use crate::log;
use crate::server::{Application, application, spec};

const ORDER: HeaderName = HeaderName::from_static("x-order");

#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

pub fn api() -> Api {
    let total =
        json!({ "name": "X-Total-Count", "required": false, "schema": "api.yml#/schemas/any" });
    let responses = json!([{ "status": "200", "headers": [total], "content": content("any") }]);
    let filter = parameter("header", "X-Filter", json!(["string"]));
    let echoed = with(operation("echo", "POST", "/echo"), "body", body("any"));
    let echoed = with(echoed, "parameters", json!([filter]));
    let echoed = with(echoed, "responses", responses);
    let operations = json!([
        operation("ping", "GET", "/ping"),
        operation("crash", "GET", "/crash"),
        operation_get("late", &[media_type("text/csv", "binary", "")]),
        operation_get("torn", &[media_type("text/csv", "binary", "")]),
        echoed,
        operation_get("slow", &[media_type("text/csv", "binary", "")]),
        operation_get("broken", &[media_type("text/csv", "binary", "")]),
        operation_get("endless", &[media_type("text/event-stream", "events", "")]),
    ]);
    let contract = contract(
        json!({ "any": {}, "X-Filter": { "type": "string" } }),
        operations,
    );
    Api::new(spec(&contract), |routes| {
        routes.add("ping", &application(), ping);
        routes.add("crash", &application(), crash);
        routes.add("late", &application(), late);
        routes.add("torn", &application(), torn);
        routes.add("echo", &application(), echo);
        routes.add("slow", &application(), slow);
        routes.add("broken", &application(), broken);
        routes.add("endless", &application(), endless);
    })
}

async fn ping(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = async { Ok(json!("pong")) };
    call.respond(StatusCode::OK, no_rules::<Value>, outcome)
        .await
}

async fn crash(_: Arc<Application>, _: Call) -> Result<HttpResponse, Problem> {
    panic!("out of cheese")
}

/// A body whose second half is ready after a while.
async fn slow(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let chunks = stream::iter(["a,", "b\n"]).then(|chunk| async move {
        sleep(Duration::from_millis(60)).await;
        Ok::<_, Problem>(Bytes::from(chunk))
    });
    let outcome = async { Ok(Download::stream(chunks)) };
    call.respond_download(StatusCode::OK, outcome).await
}

/// A response that is ready after a while.
async fn late(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    sleep(Duration::from_secs(1)).await;
    let outcome = async { Ok(Download::from("a,b\n")) };
    call.respond_download(StatusCode::OK, outcome).await
}

async fn torn(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let chunks = stream::iter([1, 2]).map(|number| {
        assert!(number == 1, "panicked in the body");
        Ok::<_, Problem>(Bytes::from("a,"))
    });
    let outcome = async { Ok(Download::stream(chunks)) };
    call.respond_download(StatusCode::OK, outcome).await
}

async fn echo(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let body: Value = call.body(no_rules::<Value>)?;
    call.respond(StatusCode::OK, no_rules::<Value>, async { Ok(body) })
        .await
}

async fn broken(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let chunks = [
        Ok(Bytes::from("a,")),
        Err(Problem::internal("the disk is gone")),
    ];
    let outcome = async { Ok(Download::stream(stream::iter(chunks))) };
    call.respond_download(StatusCode::OK, outcome).await
}

/// Events for as long as the client waits.
async fn endless(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let events = stream::repeat("next").then(|data| async move {
        sleep(Duration::from_millis(60)).await;
        Ok(Event::new(data))
    });
    let outcome = async { Ok(Items::new(events)) };
    call.respond_events(StatusCode::OK, no_rules, outcome).await
}

/// Runs a server until the tests end, once `run` has been called with an address to listen at.
pub fn start(run: impl FnOnce(SocketAddr) -> Result<(), String> + Send + 'static) -> SocketAddr {
    log::keep();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    thread::spawn(move || run(address).expect("it serves"));
    for _ in 0..200 {
        if TcpStream::connect(address).is_ok() {
            return address;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing listens at {address}");
}

pub fn server(address: SocketAddr) -> Server {
    server_with(address, &[])
}

/// A server with more options.
pub fn server_with(address: SocketAddr, options: &[&str]) -> Server {
    Server::new(api(), options_with(address, options))
}

/// The options of a server at this address.
pub fn options_with(address: SocketAddr, options: &[&str]) -> Options {
    let words = ["test", "--workers=1"].iter().chain(options);
    let words = words
        .map(|word| (*word).to_owned())
        .chain([format!("--listen={address}")]);
    let arguments: Arguments =
        options::parse_from("SPEC_FIRST_TEST", words).expect("valid options");
    arguments.options
}

pub fn get(address: SocketAddr, path: &str, request_id: &str) -> Answer {
    let head = format!(
        "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: {request_id}\r\n\r\n"
    );
    exchange(address, head.as_bytes())
}

/// A middleware that rejects one path.
pub async fn reject(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.path() == "/api/ping" && request.query_string() == "rejected" {
        return Err(Problem::conflict("not now").into());
    }
    next.call(request).await
}

/// A middleware that appends its name to a header of the response.
async fn append(
    name: &str,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let before = headers.get(ORDER).and_then(|it| it.to_str().ok());
    let order = format!("{} {name}", before.unwrap_or_default());
    headers.insert(ORDER, HeaderValue::from_str(order.trim()).expect("ASCII"));
    Ok(response)
}

#[actix_web::main]
async fn serve(server: Server) -> Result<(), String> {
    server.serve().await
}

#[test]
fn a_server_runs_inside_of_actix_webs_runtime() {
    let address = start(|address| serve(server(address)));
    get(address, "/api/ping", "inside").is_json(200, "\"pong\"");
    assert_eq!(get(address, "/api/ui/", "inside-ui").status, 200);
    assert_eq!(
        get(address, "/", "inside-start").header("Location"),
        "./api/ui/"
    );
}

#[test]
fn a_server_runs_from_a_main_without_a_runtime() {
    let address = start(|address| server(address).run());
    let answer = get(address, "/api/ping", "blocking");
    answer.is_json(200, "\"pong\"");
    assert_eq!(answer.header("X-Request-Id"), "blocking");
    assert_eq!(answer.header("X-Content-Type-Options"), "nosniff");
}

#[test]
fn a_problem_of_a_middleware_is_sent_and_logged_as_any_other() {
    let address = start(|address| server(address).wrap(|| from_fn(reject)).run());
    let answer = get(address, "/api/ping?rejected", "rejected-by-middleware");
    answer.is_problem(
        409,
        r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"not now"}"#,
    );
    assert_eq!(answer.header("X-Request-Id"), "rejected-by-middleware");
    let lines = log::lines("request_id=\"rejected-by-middleware\"");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("status=409"), "{lines:?}");
    get(address, "/api/ping", "passed-by-middleware").is_json(200, "\"pong\"");
}

/// An operation whose declared problem has no other members than those named, and that responds with a problem.
fn strict_api(id: &'static str, members: &[&str]) -> Api {
    let properties: serde_json::Map<_, _> = members
        .iter()
        .map(|it| ((*it).to_owned(), json!({})))
        .collect();
    let schemas = json!({ "strict": { "type": "object", "properties": properties, "additionalProperties": false } });
    let problem = media_type("application/problem+json", "json", "strict");
    let refused = with(
        operation(id, "GET", "/refused"),
        "responses",
        json!([{ "status": "200", "content": [] }, { "status": "403", "content": [problem] }]),
    );
    Api::new(spec(&contract(schemas, json!([refused]))), move |routes| {
        routes.add(
            id,
            &application(),
            async |_: Arc<Application>, call: Call| {
                let returned = async { Err(Problem::forbidden("no")) };
                call.respond_empty(StatusCode::OK, returned).await
            },
        );
    })
}

#[test]
fn a_problem_has_the_id_of_its_request_unless_the_spec_rejects_it() {
    const OWN: [&str; 4] = ["type", "title", "status", "detail"];
    let serve = |id, members: &[&str]| {
        let api = strict_api(id, members);
        start(move |address| Server::new(api, options_with(address, &[])).run())
    };
    let strict = get(serve("strict.without", &OWN), "/api/refused", "strict-1");
    let body = r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"no"}"#;
    strict.is(403, "application/problem+json", body);
    assert_eq!(strict.header("X-Request-Id"), "strict-1");
    let members = [&OWN[..], &["request_id"]].concat();
    let known = get(serve("strict.with", &members), "/api/refused", "strict-2");
    let body = r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"no","request_id":"strict-2"}"#;
    known.is(403, "application/problem+json", body);
    // It breaks the contract with and without the id, and the log says so of the application's members alone.
    let narrow = get(
        serve("strict.narrow", &OWN[..3]),
        "/api/refused",
        "strict-3",
    );
    assert_eq!(narrow.status, 500);
    let lines = log::about("strict.narrow");
    assert!(
        lines[0].contains("detail") && !lines[0].contains("(request_id"),
        "{lines:?}"
    );
}

#[test]
fn the_last_middleware_is_the_first_that_a_request_reaches() {
    let address = start(|address| {
        server(address)
            .wrap(|| from_fn(|request, next| append("inner", request, next)))
            .wrap(|| from_fn(|request, next| append("outer", request, next)))
            .run()
    });
    let answer = get(address, "/api/ping", "order");
    assert_eq!(answer.header("X-Order"), "inner outer");
}

#[test]
fn own_routes_of_a_server_take_precedence_over_the_spec() {
    let address = start(|address| {
        server(address)
            .configure(|config| {
                config.route("/health", web::get().to(|| async { "well" }));
                config.route("/api/crash", web::get().to(|| async { "replaced" }));
            })
            .run()
    });
    assert_eq!(get(address, "/health", "own").body, "well");
    assert_eq!(get(address, "/api/crash", "own-over-spec").body, "replaced");
    get(address, "/api/ping", "own-beside").is_json(200, "\"pong\"");
    let lines = log::lines("request_id=\"own\"");
    assert!(lines[0].contains("route=\"/health\""), "{lines:?}");
}

#[test]
fn a_panicking_handler_is_a_500_with_its_log_line() {
    let address = start(|address| server(address).run());
    let answer = get(address, "/api/crash", "crashed");
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("cheese"), "{}", answer.body);
    let lines = log::lines("request_id=\"crashed\"");
    let has = |text: &str| lines.iter().any(|line| line.contains(text));
    assert!(has("panicked: out of cheese"), "{lines:?}");
    assert!(has("status=500") && has("operation=\"crash\""), "{lines:?}");
    get(address, "/api/ping", "after-panic").is_json(200, "\"pong\"");
}

fn own_app(address: SocketAddr) -> Result<(), String> {
    let service = Service::new(&api(), Settings::default())?;
    let app = move || {
        App::new()
            .wrap(DefaultHeaders::new().add((ORDER, "own")))
            .route("/health", web::get().to(|| async { "well" }))
            .route("/api/crash", web::get().to(|| async { "replaced" }))
            .configure(|config| service.configure(config))
            .route("/late", web::get().to(|| async { "late" }))
            .default_service(web::to(|| async {
                HttpResponse::NotFound().body("own 404")
            }))
    };
    let server = HttpServer::new(app).workers(1).bind(address);
    let server = server.map_err(|error| error.to_string())?.run();
    let end = actix_web::rt::System::new().block_on(server);
    end.map_err(|error| error.to_string())
}

#[test]
fn a_service_is_a_part_of_an_app_of_ones_own() {
    let address = start(own_app);
    let answer = get(address, "/api/ping", "app");
    answer.is_json(200, "\"pong\"");
    assert_eq!(answer.header("X-Order"), "own");
    assert_eq!(get(address, "/api/ui/", "app-ui").status, 200);
    for (path, body) in [
        ("/health", "well"),
        ("/api/crash", "replaced"),
        ("/late", "late"),
    ] {
        assert_eq!(get(address, path, "app-own").body, body, "{path}");
    }
    for path in ["/", "/nowhere", "/api/nowhere"] {
        let answer = get(address, path, "app-404");
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (404, "own 404"),
            "{path}"
        );
    }
}

#[test]
fn a_request_is_logged_when_its_body_has_been_sent() {
    let address = start(|address| server(address).run());
    let answer = get(address, "/api/slow", "slow-body");
    assert_eq!(answer.body, "2\r\na,\r\n2\r\nb\n\r\n0\r\n\r\n");
    let lines = log::lines("request_id=\"slow-body\"");
    let duration = lines[0]
        .split_once("duration_us=")
        .map(|(_, duration)| duration.parse());
    assert!(
        matches!(duration, Some(Ok(120_000..20_000_000))),
        "{lines:?}"
    );
    assert!(
        lines[0].contains("request request_id") && lines[0].contains("status=200"),
        "{lines:?}"
    );
}

#[test]
fn a_body_that_fails_is_logged_with_its_request() {
    let address = start(|address| server(address).run());
    assert_eq!(
        get(address, "/api/broken", "broken-body").body,
        "2\r\na,\r\n"
    );
    let lines = log::lines("request_id=\"broken-body\"");
    let has = |text: &str| lines.iter().any(|line| line.contains(text));
    assert!(has("request failed request_id"), "{lines:?}");
    assert!(
        has("operation=\"broken\" cause=\"the disk is gone\""),
        "{lines:?}"
    );
}

#[test]
fn an_event_arrives_before_the_next_and_a_client_that_leaves_is_logged() {
    let address = start(|address| server(address).run());
    let mut client = TcpStream::connect(address).expect("the server listens");
    let head = "GET /api/endless HTTP/1.1\r\nHost: x\r\nX-Request-Id: endless-body\r\nAccept-Encoding: gzip\r\n\r\n";
    client
        .write_all(head.as_bytes())
        .expect("the request is sent");
    let mut received = String::new();
    while !received.ends_with("data: next\n\n\r\n") {
        let mut bytes = [0; 1024];
        let count = client.read(&mut bytes).expect("the response is read");
        assert!(count > 0, "{received}");
        received.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
    assert!(!received.contains("gzip"), "{received}");
    assert_eq!(log::lines("request_id=\"endless-body\""), [""; 0]);
    drop(client);
    for _ in 0..200 {
        thread::sleep(Duration::from_millis(50));
        let lines = log::lines("request_id=\"endless-body\"");
        if let [line] = lines.as_slice() {
            assert!(
                line.contains("request abandoned") && line.contains("status=200"),
                "{line}"
            );
            return;
        }
    }
    panic!("it is not logged");
}
