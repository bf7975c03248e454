//! A listener for operators beside that of the API: probes. It is no part of the contract.

mod ready;

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::http::{KeepAlive, Method};
use actix_web::middleware::DefaultHeaders;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError, rt, web};

pub(super) use self::ready::Checks;
use self::ready::Readiness;
use crate::problem::Problem;
use crate::server::lifecycle::Lifecycle;

/// Whether the process handles requests at all.
pub(super) const LIVE: &str = "/health/live";
/// Whether the server is ready for requests.
pub(super) const READY: &str = "/health/ready";

/// How long a request may take to arrive, and a connection may stay open without one.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How many connections are open at most. More wait for one of these to be closed.
const CONNECTIONS: usize = 64;

/// What the listener reports.
#[derive(Clone, Default)]
pub(super) struct Reported {
    pub checks: Checks,
    pub lifecycle: Lifecycle,
}

/// The listener, bound and not running yet.
pub(super) struct Admin {
    pub address: SocketAddr,
    server: Server,
}

impl Admin {
    /// Binds the socket. One thread serves it, so that it responds even while those of the API are busy.
    ///
    /// # Errors
    /// A sentence: the address is in use, for example.
    pub fn bind(address: SocketAddr, reported: Reported) -> Result<Self, String> {
        bind(address, reported)
            .map_err(|error| format!("cannot listen on {address}, the address of --admin: {error}"))
    }

    /// Serves until the handle stops it.
    pub fn start(self) -> ServerHandle {
        let handle = self.server.handle();
        rt::spawn(self.server);
        handle
    }
}

fn bind(address: SocketAddr, reported: Reported) -> io::Result<Admin> {
    let application = move || {
        let pages = Rc::new(Pages {
            readiness: Readiness::new(reported.checks.clone(), reported.lifecycle.clone()),
        });
        let handler = web::to(move |request: HttpRequest| {
            let pages = Rc::clone(&pages);
            async move { pages.respond(&request).await }
        });
        App::new()
            .wrap(
                DefaultHeaders::new()
                    .add((CACHE_CONTROL, "no-store"))
                    .add((X_CONTENT_TYPE_OPTIONS, "nosniff")),
            )
            .default_service(handler)
    };
    let server = HttpServer::new(application)
        .workers(1)
        .max_connections(CONNECTIONS)
        .keep_alive(KeepAlive::Timeout(TIMEOUT))
        .client_request_timeout(TIMEOUT)
        .disable_signals()
        .bind(address)?;
    let address = server.addrs().first().copied().unwrap_or(address);
    Ok(Admin {
        address,
        server: server.run(),
    })
}

/// What is served, on the thread of the listener.
struct Pages {
    readiness: Readiness,
}

impl Pages {
    async fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let is_known = matches!(request.path(), LIVE | READY);
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        if is_known && !is_read {
            let allow = HeaderValue::from_static("GET, HEAD");
            return Problem::method_not_allowed(allow).error_response();
        }
        match request.path() {
            LIVE => json(r#"{"status":"live"}"#),
            READY => match self.readiness.check().await {
                Ok(()) => json(r#"{"status":"ready"}"#),
                Err(problem) => problem.error_response(),
            },
            _ => Problem::not_found("there is nothing here").error_response(),
        }
    }
}

fn json(body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .body(body)
}
