//! What an application's middlewares know, and the one log line of each request, however it ends.

use std::cell::Cell;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorImATeapot;
use actix_web::http::StatusCode;
use actix_web::http::Uri;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpMessage, HttpServer};
use spec_first::contract::Matched;
use spec_first::problem::Problem;
use spec_first::{Service, Settings};

use crate::client::exchange;
use crate::log;
use crate::serving::{api, get, server, start};

/// Lets each worker serve one call of `ping`.
async fn limit(
    calls: Rc<Cell<u32>>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_ping = {
        let extensions = request.extensions();
        let matched = extensions.get::<Matched>();
        matched.is_some_and(|it| it.operation() == Some("ping") && it.route() == "/api/ping")
    };
    if is_ping && calls.replace(calls.get() + 1) > 0 {
        let detail = "at most one call of this operation";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).into());
    }
    next.call(request).await
}

fn is_limited(address: SocketAddr, id: &str) {
    get(address, "/api/ping", &format!("{id}-1")).is_json(200, "\"pong\"");
    get(address, "/api/ping", &format!("{id}-2")).is_problem(
        429,
        r#"{"type":"about:blank","title":"Too Many Requests","status":429,"detail":"at most one call of this operation"}"#,
    );
    assert_eq!(get(address, "/api/slow", &format!("{id}-3")).status, 200);
    assert_eq!(get(address, "/api/nowhere", &format!("{id}-4")).status, 404);
}

#[test]
fn a_middleware_of_a_server_knows_the_operation_before_it_is_called() {
    let address = start(|address| {
        let limited = || {
            let calls = Rc::default();
            from_fn(move |request, next| limit(Rc::clone(&calls), request, next))
        };
        server(address).wrap(limited).run()
    });
    is_limited(address, "limited");
    let line = only_line("limited-2");
    for text in ["status=429", "operation=\"ping\"", "route=\"/api/ping\""] {
        assert!(line.contains(text), "{line}");
    }
}

#[test]
fn a_middleware_of_an_app_of_ones_own_knows_it_inside_of_matching() {
    let address = start(|address| {
        let service = Service::new(&api(), Settings::default())?;
        let app = move || {
            let calls = Rc::default();
            App::new()
                .wrap(from_fn(move |request, next| {
                    limit(Rc::clone(&calls), request, next)
                }))
                .wrap(service.matching())
                .configure(|config| service.configure(config))
        };
        let server = HttpServer::new(app).workers(1).bind(address);
        let server = server.map_err(|error| error.to_string())?.run();
        let end = actix_web::rt::System::new().block_on(server);
        end.map_err(|error| error.to_string())
    });
    is_limited(address, "limited-app");
}

/// Sends requests for `/api/old` to `/api/ping`.
async fn rename(
    mut request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if matches!(request.path(), "/api/old" | "/api/slow") {
        let uri = Uri::from_static("/api/ping");
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
    next.call(request).await
}

#[test]
fn a_path_that_a_middleware_changes_is_found_again() {
    let address = start(|address| server(address).wrap(|| from_fn(rename)).run());
    for (path, id) in [
        ("/api/old", "renamed-unknown"),
        ("/api/slow", "renamed-known"),
    ] {
        get(address, path, id).is_json(200, "\"pong\"");
        let line = only_line(id);
        assert!(line.contains("operation=\"ping\""), "{line}");
    }
}

/// Fails as the query says.
async fn fail(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let query = request.query_string().to_owned();
    assert!(query != "before", "panicked before the handler");
    if query == "error" {
        return Err(ErrorImATeapot("short and stout"));
    }
    let response = next.call(request).await?;
    assert!(query != "after", "panicked after the handler");
    Ok(response)
}

#[test]
fn a_middleware_that_fails_has_its_id_and_one_log_line() {
    let address = start(|address| server(address).wrap(|| from_fn(fail)).run());
    for query in ["before", "after"] {
        let answer = get(address, &format!("/api/ping?{query}"), query);
        answer.is_problem(
            500,
            r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#,
        );
        assert_eq!(answer.header("X-Request-Id"), query);
        assert_eq!(answer.header("X-Content-Type-Options"), "nosniff");
        let lines = log::lines(&format!("request_id=\"{query}\""));
        let [cause, line] = lines.as_slice() else {
            panic!("{lines:?}")
        };
        let cause_is = format!("panicked: panicked {query} the handler");
        assert!(cause.contains(&cause_is), "{cause}");
        assert!(
            line.contains("status=500") && line.contains("operation=\"ping\""),
            "{line}"
        );
    }
    let answer = get(address, "/api/ping?error", "teapot");
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (418, "short and stout")
    );
    assert_eq!(answer.header("X-Request-Id"), "teapot");
    assert!(only_line("teapot").contains("status=418"));
    get(address, "/api/ping", "after-failures").is_json(200, "\"pong\"");
}

/// The log line of a request, once it is there.
fn only_line(id: &str) -> String {
    for _ in 0..200 {
        let lines = log::lines(&format!("request_id=\"{id}\""));
        if let [line] = lines.as_slice() {
            return line.clone();
        }
        assert!(lines.is_empty(), "{lines:?}");
        thread::sleep(Duration::from_millis(50));
    }
    panic!("{id} is not logged");
}

/// Sends the start of a request, and closes the connection.
fn abandon(address: SocketAddr, request: &str) {
    let mut client = TcpStream::connect(address).expect("the server listens");
    let sent = client.write_all(request.as_bytes());
    sent.expect("the request is sent");
    thread::sleep(Duration::from_millis(200));
}

#[test]
fn a_request_whose_client_leaves_has_one_log_line_with_its_operation() {
    let address = start(|address| server(address).run());
    let head = |method: &str, path: &str, id: &str| {
        format!("{method} /api/{path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: {id}\r\n")
    };
    let body = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":";
    abandon(address, &(head("POST", "echo", "left-in-body") + body));
    abandon(address, &(head("GET", "late", "left-in-handler") + "\r\n"));
    for (id, operation, status) in [
        ("left-in-body", "echo", 400),
        ("left-in-handler", "late", 200),
    ] {
        let line = only_line(id);
        for text in [
            &*format!("operation=\"{operation}\""),
            &*format!("route=\"/api/{operation}\""),
            &*format!("status={status}"),
        ] {
            assert!(line.contains(text), "{line}");
        }
    }
}

#[test]
fn a_body_that_panics_closes_the_connection_and_is_logged() {
    let address = start(|address| server(address).run());
    let answer = get(address, "/api/torn", "panicking-body");
    assert_eq!((answer.status, answer.body.as_str()), (200, "2\r\na,\r\n"));
    let lines = log::lines("request_id=\"panicking-body\"");
    let [cause, line] = lines.as_slice() else {
        panic!("{lines:?}")
    };
    assert!(cause.contains("panicked: panicked in the body"), "{cause}");
    assert!(
        line.contains("request failed") && line.contains("operation=\"torn\""),
        "{line}"
    );
    get(address, "/api/ping", "after-panicking-body").is_json(200, "\"pong\"");
}

#[test]
fn what_is_not_http_is_rejected_without_the_service() {
    let address = start(|address| server(address).run());
    for request in [
        "GET /api/ping HTTP/1.1\r\nno header\r\n\r\n",
        "rubbish\r\n\r\n",
    ] {
        assert_eq!(
            exchange(address, request.as_bytes()).status,
            400,
            "{request}"
        );
    }
    let mut silent = TcpStream::connect(address).expect("the server listens");
    let sent = silent.write_all(b"GET /api/ping HTTP/1.1\r\n");
    sent.expect("a part of the head is sent");
    let mut received = String::new();
    silent.read_to_string(&mut received).expect("it is closed");
    assert!(
        received.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
        "{received}"
    );
    get(address, "/api/ping", "after-rubbish").is_json(200, "\"pong\"");
}
