//! A listener for operators beside that of the API: probes and metrics. It is no part of the contract.

mod ready;

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use actix_web::http::{KeepAlive, Method};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::Bytes;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError, rt, web};

pub(super) use self::ready::Checks;
use self::ready::Readiness;
use crate::listen;
use crate::problem::Problem;
use crate::server::lifecycle::Lifecycle;
use crate::server::metrics;

/// Whether the process handles requests at all.
pub(super) const LIVE: &str = "/health/live";
/// Whether the server is ready for requests.
pub(super) const READY: &str = "/health/ready";
/// What was counted, for Prometheus.
pub(super) const METRICS: &str = "/metrics";

const JSON: &str = "application/json";

/// How long a request may take to arrive, and a connection may stay open without one.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How many connections are open at most. More wait for one of these to be closed.
const CONNECTIONS: usize = 64;

/// What the listener reports.
#[derive(Clone)]
pub(super) struct Reported {
    pub checks: Checks,
    pub lifecycle: Lifecycle,
    pub metrics: Arc<metrics::Page>,
}

/// The listener, bound and not running yet.
pub(super) struct Admin {
    pub address: SocketAddr,
    server: Server,
}

impl Admin {
    /// Binds the socket, with `reuse_port` even while another server listens there. One thread serves it, so that it responds even while those of the API are busy.
    ///
    /// # Errors
    /// A sentence: the address is in use, for example.
    pub fn bind(address: SocketAddr, reuse_port: bool, reported: Reported) -> Result<Self, String> {
        bind(address, reuse_port, reported)
            .map_err(|error| format!("cannot listen on {address}, the address of --admin: {error}"))
    }

    /// Serves until the handle stops it.
    pub fn start(self) -> ServerHandle {
        let handle = self.server.handle();
        rt::spawn(self.server);
        handle
    }
}

fn bind(address: SocketAddr, reuse_port: bool, reported: Reported) -> io::Result<Admin> {
    let application = move || {
        let pages = Rc::new(Pages {
            readiness: Readiness::new(reported.checks.clone(), reported.lifecycle.clone()),
            metrics: Arc::clone(&reported.metrics),
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
        .listen(listen::tcp(address, reuse_port)?)?;
    let address = server.addrs().first().copied().unwrap_or(address);
    Ok(Admin {
        address,
        server: server.run(),
    })
}

/// What is served, on the thread of the listener.
struct Pages {
    readiness: Readiness,
    metrics: Arc<metrics::Page>,
}

impl Pages {
    async fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let is_known = matches!(request.path(), LIVE | READY | METRICS);
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        if is_known && !is_read {
            let allow = HeaderValue::from_static("GET, HEAD");
            return Problem::method_not_allowed(allow).error_response();
        }
        match request.path() {
            LIVE => page(JSON, r#"{"status":"live"}"#),
            READY => match self.readiness.check().await {
                Ok(()) => page(JSON, r#"{"status":"ready"}"#),
                Err(problem) => problem.error_response(),
            },
            METRICS => match self.metrics.write() {
                Ok(text) => page(metrics::MEDIA_TYPE, text),
                Err(error) => Problem::internal(error).error_response(),
            },
            _ => Problem::not_found("there is nothing here").error_response(),
        }
    }
}

fn page(media_type: &'static str, body: impl Into<Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .body(body.into())
}
