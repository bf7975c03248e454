//! The API of some notes, whose errors are an envelope of its own, in each version of OpenAPI.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpResponse, web};
use clap::Parser;
use serde::Serialize;
use serde_json::{Value, json};
use spec_first::contract::{Call, Routes, no_rules};
use spec_first::options::{self, Options};
use spec_first::problem::{Context, Part, Problem};
use spec_first::security::{Authenticated, Bearer, Rejection};
use spec_first::{Api, RequestHead, Server};
use spec_first_build::Front;
use spec_first_build::document::Document;

use crate::client::{Answer, exchange};
use crate::log;
use crate::server::{Application, application, spec};

/// Members in an order that is not the alphabet's.
#[derive(Serialize)]
pub struct Envelope {
    message: String,
    code: u16,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
}

pub fn envelope(problem: &Problem, context: &Context<'_>) -> Envelope {
    let details = problem.errors().iter().map(|it| it.detail.clone());
    Envelope {
        message: problem.detail().to_owned(),
        code: problem.status().as_u16(),
        details: details.collect(),
        operation: context.operation().map(str::to_owned),
    }
}

/// A spec without any problem: what it declares for each failure is the envelope.
fn document(version: &str, module: &str) -> Value {
    let envelope = json!({
        "type": "object",
        "required": ["code", "message"],
        "additionalProperties": false,
        "properties": {
            "code": { "type": "integer", "minimum": 400, "maximum": 599 },
            "message": { "type": "string", "maxLength": 300 },
            "details": { "type": "array", "items": { "type": "string" } },
            "operation": { "type": "string" },
        },
    });
    let note = json!({ "type": "object", "required": ["text"], "properties": { "text": { "type": "string", "maxLength": 5 } } });
    let operation = |id: &str| {
        json!({
            "operationId": format!("{module}.{id}"),
            "responses": { "200": success(version), "default": failure(version) },
        })
    };
    let mut create = operation("create");
    create["security"] = json!([{ "token": ["write"] }]);
    match version {
        "2.0" => {
            create["parameters"] = json!([
                { "name": "page", "in": "query", "type": "integer" },
                { "name": "X-Page", "in": "header", "type": "integer" },
                { "name": "note", "in": "body", "required": true, "schema": note },
            ]);
        }
        _ => {
            create["parameters"] = json!([
                { "name": "page", "in": "query", "schema": { "type": "integer" } },
                { "name": "X-Page", "in": "header", "schema": { "type": "integer" } },
                { "name": "page", "in": "cookie", "schema": { "type": "integer" } },
            ]);
            create["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": note } } });
        }
    }
    let mut read = operation("read");
    let number = match version {
        "2.0" => json!({ "name": "number", "in": "path", "required": true, "type": "integer" }),
        _ => {
            json!({ "name": "number", "in": "path", "required": true, "schema": { "type": "integer" } })
        }
    };
    read["parameters"] = json!([number]);
    let mut document = json!({
        "info": { "title": "Notes", "version": "1" },
        "paths": { "/notes": { "post": create }, "/notes/{number}": { "get": read } },
    });
    let scheme = match version {
        "2.0" => {
            json!({ "type": "oauth2", "flow": "implicit", "authorizationUrl": "https://example.com", "scopes": { "write": "Write." } })
        }
        _ => {
            json!({ "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "https://example.com", "scopes": { "write": "Write." } } } })
        }
    };
    match version {
        "2.0" => {
            document["swagger"] = json!("2.0");
            document["basePath"] = json!("/api");
            document["produces"] = json!(["application/vnd.notes+json; v=1"]);
            document["definitions"] = json!({ "Envelope": envelope });
            document["securityDefinitions"] = json!({ "token": scheme });
        }
        _ => {
            document["openapi"] = json!(version);
            document["servers"] = json!([{ "url": "/api" }]);
            document["components"] = json!({ "schemas": { "Envelope": envelope }, "securitySchemes": { "token": scheme } });
        }
    }
    document
}

fn success(version: &str) -> Value {
    let schema = json!({ "type": "string" });
    match version {
        "2.0" => json!({ "description": "A note.", "schema": schema }),
        _ => {
            json!({ "description": "A note.", "content": { "application/json": { "schema": schema } } })
        }
    }
}

/// The media type of a success.
pub fn offered(version: &str) -> &'static str {
    match version {
        "2.0" => "application/vnd.notes+json; v=1",
        _ => "application/json",
    }
}

fn failure(version: &str) -> Value {
    match version {
        "2.0" => {
            json!({ "description": "Why not.", "schema": { "$ref": "#/definitions/Envelope" } })
        }
        _ => json!({ "description": "Why not.", "content": {
            "application/vnd.notes+json; v=1": { "schema": { "$ref": "#/components/schemas/Envelope" } },
        } }),
    }
}

/// The API of the operations of a module, which no other test has.
pub fn api(version: &str, module: &'static str) -> Api {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swagger.yml");
    std::fs::write(&file, document(version, module).to_string()).expect("it is written");
    let document = Document::read(&file).expect("it is a document");
    let front = Front::new(&document).expect("the spec is right");
    assert_eq!(front.warnings, [], "{version}");
    Api::new(spec(&front.contract), move |routes| mount(module, routes))
}

fn mount(module: &str, routes: &mut Routes) {
    routes.add(&format!("{module}.create"), &application(), create);
    routes.add(&format!("{module}.read"), &application(), read);
    let authenticate =
        async |_: &Application, bearer: Bearer, _: &RequestHead| match bearer.expose() {
            "wrong" => Err(Rejection::invalid("the token is wrong")),
            "down" => Err(Rejection::unavailable("the database is down")),
            "reader" => Ok(Authenticated::new(()).with_scopes(["read"])),
            _ => Ok(Authenticated::new(()).with_all_scopes()),
        };
    routes.authenticate("token", &application(), authenticate);
}

async fn create(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let outcome = async { Ok(json!("noted")) };
    call.respond(StatusCode::OK, no_rules, outcome).await
}

async fn read(_: Arc<Application>, call: Call) -> Result<HttpResponse, Problem> {
    let number: u16 = call.parameter(Part::Path, "number")?;
    let outcome = async {
        match number {
            1 => Ok(json!("one")),
            2 => Ok(json!(2)),
            3 => panic!("out of cheese"),
            4 => Err(Problem::internal("the disk is full")),
            5 => Err(Problem::unavailable("later", "the disk is busy")),
            6 => Err(Problem::conflict("a".repeat(301))),
            status => Err(
                Problem::new(StatusCode::from_u16(status).unwrap_or_default(), "no")
                    .with_header(RETRY_AFTER, HeaderValue::from_static("60")),
            ),
        }
    };
    call.respond(StatusCode::OK, no_rules, outcome).await
}

#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

/// Serves an API until the tests end.
pub fn serve(api: Api) -> SocketAddr {
    log::keep();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let words = [
        "test".to_owned(),
        format!("--listen={address}"),
        "--workers=1".to_owned(),
    ];
    let arguments: Arguments = options::parse_from("SPEC_FIRST_TEST", words).expect("options");
    let server = Server::new(api, arguments.options)
        .configure(|config| {
            let own = web::get().to(async || Err::<&str, _>(Problem::conflict("not this route")));
            config.route("/own", own);
        })
        .wrap(|| from_fn(reject));
    thread::spawn(move || server.run().expect("it serves"));
    for _ in 0..200 {
        if TcpStream::connect(address).is_ok() {
            return address;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("nothing listens at {address}");
}

/// A middleware that rejects what has a query of this name.
async fn reject(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.query_string() == "rejected" {
        return Err(Problem::internal("the middleware is down").into());
    }
    next.call(request).await
}

pub fn send(address: SocketAddr, request: &str) -> Answer {
    let (line, rest) = request.split_once('\n').unwrap_or((request, ""));
    let end = if rest.contains("\n\n") { "" } else { "\n" };
    let rest = format!("{rest}{end}").replace('\n', "\r\n");
    let request =
        format!("{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: r-1\r\n{rest}");
    exchange(address, request.as_bytes())
}
