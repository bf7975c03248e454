//! The spans of requests, as a collector receives them.
//!
//! The environment says where it is, so that the server runs in a process of its own: this one once more, with one test.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use spec_first::Server;

use crate::admin::free;
use crate::client::exchange;
use crate::serving::options_with;
use crate::traces::{api, get};

const ADDRESS: &str = "SPEC_FIRST_TEST_OTLP_ADDRESS";

#[test]
#[ignore = "the server of the other tests, in a process of its own"]
fn serve() {
    if let Ok(address) = env::var(ADDRESS) {
        let address = address.parse().expect("an address");
        let served = Server::new(api(), options_with(address, &[])).run();
        served.expect("it serves");
    }
}

/// A server in a process of its own; killed when dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server with these variables, once it listens.
fn start(variables: &[(&str, &str)]) -> (SocketAddr, Process) {
    let address = free();
    let mut command = Command::new(env::current_exe().expect("a program"));
    command.args(["otlp::serve", "--exact", "--ignored", "--nocapture"]);
    command.env(ADDRESS, address.to_string());
    command.envs(variables.iter().copied());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let process = Process(command.spawn().expect("it runs"));
    for _ in 0..400 {
        if TcpStream::connect(address).is_ok() {
            return (address, process);
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing listens at {address}");
}

/// Stops the server as an operator does.
fn stop(mut process: Process) {
    let id = process.0.id().to_string();
    let sent = Command::new("kill").args(["-s", "TERM", &id]).status();
    assert!(sent.expect("kill runs").success());
    assert!(process.0.wait().expect("it ends").success());
}

/// A collector that receives what one connection sends.
fn collect() -> (SocketAddr, JoinHandle<Vec<ExportTraceServiceRequest>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let received = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut reader = BufReader::new(stream.try_clone().expect("a handle"));
        let mut requests = Vec::new();
        while let Some(body) = receive(&mut reader) {
            requests.push(ExportTraceServiceRequest::decode(&body[..]).expect("protobuf"));
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
            stream.write_all(answer.as_bytes()).expect("sent");
        }
        requests
    });
    (address, received)
}

/// The body of the next request.
fn receive(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_ascii_lowercase()),
        }
    }
    assert_eq!(head[0], "post /v1/traces http/1.1");
    let length = head
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.and_then(|it| it.parse().ok()).expect("a length")];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

fn text(attributes: &[KeyValue], name: &str) -> Option<String> {
    let attribute = attributes.iter().find(|it| it.key == name)?;
    match attribute.value.as_ref()? {
        AnyValue {
            value: Some(Value::StringValue(text)),
        } => Some(text.clone()),
        AnyValue {
            value: Some(Value::IntValue(number)),
        } => Some(number.to_string()),
        other => panic!("{other:?}"),
    }
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn spans(requests: &[ExportTraceServiceRequest]) -> Vec<Span> {
    let resources = requests.iter().flat_map(|it| &it.resource_spans);
    let scopes = resources.flat_map(|it| &it.scope_spans);
    scopes.flat_map(|it| it.spans.clone()).collect()
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[test]
fn a_request_is_a_span_in_the_trace_of_its_client() {
    let (collector, received) = collect();
    let endpoint = format!("http://{collector}");
    let (address, process) = start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    let parent = format!("traceparent: 00-{TRACE}-00f067aa0ba902b7-01\r\ntracestate: a=1\r\n");
    let traced = get(address, "span-1", &parent).body;
    let unsampled = parent.replace("-01\r\n", "-00\r\n");
    let unsampled = get(address, "span-2", &unsampled).body;
    let own = get(address, "span-3", "").body;
    let failed =
        "POST /api/traced HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(exchange(address, failed.as_bytes()).status, 500);
    assert_eq!(
        exchange(
            address,
            b"BREW /secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .status,
        404
    );
    // What has not been exported by then is exported before it ends.
    stop(process);
    let requests = received.join().expect("no panic");
    let resource = requests[0].resource_spans[0]
        .resource
        .as_ref()
        .expect("a resource");
    assert_eq!(
        text(&resource.attributes, "service.name").as_deref(),
        Some("A contract")
    );
    assert_eq!(
        text(&resource.attributes, "service.version").as_deref(),
        Some("1")
    );

    let spans = spans(&requests);
    let names: Vec<_> = spans.iter().map(|span| span.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "GET /api/traced",
            "GET /api/traced",
            "POST /api/traced",
            "HTTP"
        ]
    );
    let span = &spans[0];
    assert_eq!(digits(&span.trace_id), TRACE);
    assert_eq!(digits(&span.parent_span_id), "00f067aa0ba902b7");
    assert_eq!(span.kind, 2, "it is that of a server");
    let names = [
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "openapi.operation_id",
        "request_id",
        "error.type",
    ];
    let attributes =
        |span: &Span| names.map(|name| text(&span.attributes, name).unwrap_or_default());
    assert_eq!(
        attributes(span),
        ["GET", "/api/traced", "200", "traced", "span-1", ""]
    );
    assert!(span.end_time_unix_nano > span.start_time_unix_nano);
    // The application's calls are below the span.
    let id = digits(&span.span_id);
    assert_eq!(
        traced,
        format!(r#"[["traceparent","00-{TRACE}-{id}-01"],["tracestate","a=1"]]"#)
    );
    assert!(
        unsampled.starts_with(&format!(r#"[["traceparent","00-{TRACE}-"#)),
        "{unsampled}"
    );
    assert!(unsampled.contains("-00\"]"), "{unsampled}");
    let (trace, id) = (digits(&spans[1].trace_id), digits(&spans[1].span_id));
    assert_eq!(own, format!(r#"[["traceparent","00-{trace}-{id}-01"]]"#));
    assert_eq!(digits(&spans[1].parent_span_id), "");
    assert_eq!(
        attributes(&spans[2])[..4],
        ["POST", "/api/traced", "500", "traced.fails"]
    );
    assert_eq!(attributes(&spans[2])[5], "500");
    assert_eq!(spans[2].status.as_ref().map(|it| it.code), Some(2));
    // No path: it may hold secrets.
    assert_eq!(attributes(&spans[3])[..4], ["_OTHER", "", "404", ""]);
    assert!(!format!("{spans:?}").contains("secret"));
}

#[test]
fn the_environment_names_the_service_and_the_sampler() {
    let (collector, received) = collect();
    let endpoint = format!("http://{collector}/v1/traces");
    let (address, process) = start(&[
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", &endpoint),
        ("OTEL_SERVICE_NAME", "renamed"),
        ("OTEL_TRACES_SAMPLER", "parentbased_always_off"),
    ]);
    get(address, "span-4", "");
    get(
        address,
        "span-5",
        &format!("traceparent: 00-{TRACE}-00f067aa0ba902b7-01\r\n"),
    );
    stop(process);
    let requests = received.join().expect("no panic");
    let resource = requests[0].resource_spans[0]
        .resource
        .as_ref()
        .expect("a resource");
    assert_eq!(
        text(&resource.attributes, "service.name").as_deref(),
        Some("renamed")
    );
    let ids: Vec<_> = spans(&requests)
        .iter()
        .map(|it| text(&it.attributes, "request_id"))
        .collect();
    assert_eq!(ids, [Some("span-5".to_owned())]);
}

#[test]
fn nothing_is_exported_without_an_endpoint() {
    for variables in [
        &[][..],
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            ("OTEL_SDK_DISABLED", "true"),
        ],
    ] {
        let (address, process) = start(variables);
        get(address, "span-6", "").is_json(200, "[]");
        stop(process);
    }
}
