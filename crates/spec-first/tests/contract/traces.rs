//! The trace of a request is passed on to the application and to the log.

use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;
use spec_first::contract::{Call, no_rules};
use spec_first::problem::Problem;
use spec_first::{Api, Server, TraceContext};

use crate::client::{Answer, exchange};
use crate::files::{contract, operation};
use crate::log;
use crate::server::{Application, application, spec};
use crate::serving::{options_with, start};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// An operation that responds with the headers that it would send to another service, and one that fails.
pub fn api() -> Api {
    let failing = operation("traced.fails", "POST", "/traced");
    let operations = json!([operation("traced", "GET", "/traced"), failing]);
    let contract = contract(json!({}), operations);
    Api::new(spec(&contract), |routes| {
        let fail = async |_: Arc<Application>, _: Call| Err(Problem::internal("no disk"));
        routes.add("traced.fails", &application(), fail);
        routes.add(
            "traced",
            &application(),
            async |_: Arc<Application>, call: Call| -> Result<HttpResponse, Problem> {
                let trace = call.head().trace();
                let headers: Vec<_> = trace.iter().flat_map(TraceContext::headers).collect();
                let returned = async { Ok(headers) };
                call.respond(StatusCode::OK, no_rules, returned).await
            },
        );
    })
}

pub fn get(address: SocketAddr, id: &str, headers: &str) -> Answer {
    let head = format!(
        "GET /api/traced HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: {id}\r\n{headers}\r\n"
    );
    exchange(address, head.as_bytes())
}

#[test]
fn a_trace_is_passed_on_and_logged() {
    let address = start(|address| Server::new(api(), options_with(address, &[])).run());
    let logged = |id: &str| {
        let lines = log::lines(&format!("request_id=\"{id}\""));
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines[0]
            .split_once("trace_id=")
            .map(|(_, rest)| rest[..32].to_owned())
    };
    let headers = format!("traceparent: {PARENT}\r\ntracestate: a=1, b=2\r\n");
    let body = format!(r#"[["traceparent","{PARENT}"],["tracestate","a=1,b=2"]]"#);
    get(address, "traced-1", &headers).is_json(200, &body);
    assert_eq!(logged("traced-1").as_deref(), Some(TRACE));
    get(address, "traced-2", "").is_json(200, "[]");
    assert_eq!(logged("traced-2"), None);
    let invalid = format!(
        "traceparent: {}\r\ntracestate: a=1\r\n",
        PARENT.to_uppercase()
    );
    get(address, "traced-3", &invalid).is_json(200, "[]");
    assert_eq!(logged("traced-3"), None);
}
