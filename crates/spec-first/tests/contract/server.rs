//! A server on a port of its own, with one worker.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};

use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web;
use actix_web::{App, HttpMessage, HttpRequest, HttpResponse, HttpServer};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use spec_first::contract::{Matched, Routes, Settings};
use spec_first::{Api, Service, Spec};
use spec_first_build::contract::{Embedded, embedded};

use crate::client::{Answer, exchange, stream};

/// The application of all tests.
pub struct Application;

/// The one that all routes of a test share.
pub fn application() -> Arc<Application> {
    Arc::new(Application)
}

/// A spec with this contract, which lives until the tests end.
pub fn spec(contract: &Value) -> &'static Spec {
    let document = json!({ "info": { "title": "A contract", "version": "1" } });
    spec_of(contract, &document)
}

/// As [`spec`], with a document of the test's own.
pub fn spec_of(contract: &Value, document: &Value) -> &'static Spec {
    let mut contract = contract.clone();
    contract["about"] = json!({
        "heading": "A contract 1",
        "title": "A contract",
        "version": "1",
        "file_name": "openapi.json",
        "sha256": "d1ge57",
    });
    let Embedded { contract, schemas } = embedded(contract);
    let [contract, schemas] = [contract, schemas].map(|it| &*it.to_string().leak());
    let json = compressed(&document.to_string());
    let spec = Spec::new(contract, schemas, "{}").with_documents(json, compressed(""));
    Box::leak(Box::new(spec))
}

/// A document as the build embeds it.
fn compressed(document: &str) -> &'static [u8] {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(document.as_bytes());
    let compressed = written.and_then(|()| encoder.finish());
    compressed.expect("memory can be written to").leak()
}

/// A running server.
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Serves a contract until the tests end.
    pub fn start(
        contract: &Value,
        settings: Settings,
        mount: impl Fn(&mut Routes) + Send + Sync + 'static,
    ) -> Self {
        Self::serve(&Api::new(spec(contract), mount), settings)
    }

    /// Serves an API until the tests end.
    pub fn serve(api: &Api, settings: Settings) -> Self {
        let service = Service::new(api, settings).expect("the contract loads");
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let server = HttpServer::new(move || {
                App::new()
                    .configure(|config| service.configure(config))
                    .wrap_fn(|request, service| {
                        let answer = service.call(request);
                        async { answer.await.map(report) }
                    })
                    .default_service(web::to(elsewhere))
            });
            let server = server.workers(1).bind("127.0.0.1:0").expect("a free port");
            sender.send(server.addrs()[0]).expect("the test waits");
            actix_web::rt::System::new().block_on(server.run())
        });
        let address = receiver.recv().expect("the server starts");
        Self { address }
    }

    /// Sends a request without a body.
    pub fn get(&self, target: &str) -> Answer {
        self.send("GET", target, "", "")
    }

    /// Sends a JSON body.
    pub fn post(&self, target: &str, body: &str) -> Answer {
        self.send("POST", target, "Content-Type: application/json\r\n", body)
    }

    /// Sends a request; `headers` are whole lines.
    pub fn send(&self, method: &str, target: &str, headers: &str, body: &str) -> Answer {
        let length = match body.len() {
            0 => String::new(),
            length => format!("Content-Length: {length}\r\n"),
        };
        self.raw(format!(
            "{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}{length}\r\n{body}"
        ))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends a request in parts.
    pub fn stream<'p>(&self, parts: impl Iterator<Item = &'p [u8]>) -> Answer {
        stream(self.address, parts)
    }

    /// How many bytes the response to a GET has, its head included.
    pub fn count(&self, target: &str) -> u64 {
        let head = format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let mut stream = TcpStream::connect(self.address).expect("the server listens");
        stream
            .write_all(head.as_bytes())
            .expect("the request is sent");
        io::copy(&mut stream, &mut io::sink()).expect("the response is read")
    }

    /// Sends what it is given.
    pub fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        exchange(self.address, request.as_ref())
    }
}

async fn elsewhere(request: HttpRequest) -> HttpResponse {
    HttpResponse::NotFound().body(format!("another service has {}", request.path()))
}

/// Adds what an access log contains as two headers.
fn report<B>(mut response: ServiceResponse<B>) -> ServiceResponse<B> {
    let (operation, route) = {
        let extensions = response.request().extensions();
        let matched = extensions.get::<Matched>();
        let operation = matched.and_then(Matched::operation).map(str::to_owned);
        (operation, matched.map(|matched| matched.route().to_owned()))
    };
    let headers = [("x-operation", operation), ("x-route", route)];
    for (name, value) in headers {
        let value = value.and_then(|value| HeaderValue::from_str(&value).ok());
        if let Some(value) = value {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
    response
}
