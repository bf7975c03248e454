//! Calls one of the two services.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_http::Request;
use actix_web::body::to_bytes;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::rt::Runtime;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::Bytes;
use actix_web::{App, Error};

use crate::application::Bodies;
use crate::generated;
use crate::plain;
use crate::shape::Shape;

/// More than any body is long.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// Which service is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// That of handlers that check nothing.
    Plain,
    /// That of the generated code.
    Ours,
}

/// What is done with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It is read.
    Read,
    /// It is read, and sent back.
    Echo,
}

type Response = Result<ServiceResponse, Error>;
/// A request that has not been handled yet.
pub type Prepared = Pin<Box<dyn Future<Output = Response>>>;

/// A service and the runtime that it is called on.
pub struct Harness {
    runtime: Runtime,
    call: Box<dyn Fn(Request) -> Prepared>,
}

impl Harness {
    /// Starts the service.
    ///
    /// # Errors
    /// A sentence: it could not be started.
    pub fn new(kind: Kind) -> Result<Self, String> {
        let runtime = Runtime::new().map_err(|error| format!("no runtime: {error}"))?;
        let call = match kind {
            Kind::Plain => {
                let app = App::new().configure(|config| plain::routes(config, BODY_LIMIT));
                caller(runtime.block_on(init_service(app)))
            }
            Kind::Ours => {
                let settings = spec_first::Settings {
                    body_limit: BODY_LIMIT,
                    ..spec_first::Settings::default()
                };
                let service = spec_first::Service::new(&generated::api(Bodies), settings);
                let service = service.map_err(|error| error.to_string())?;
                let app = App::new().configure(|config| service.configure(config));
                caller(runtime.block_on(init_service(app)))
            }
        };
        Ok(Self { runtime, call })
    }

    /// A request with a body of this shape.
    #[must_use]
    pub fn prepare(&self, shape: Shape, direction: Direction, body: &Bytes) -> Prepared {
        let request = match direction {
            Direction::Read => TestRequest::put(),
            Direction::Echo => TestRequest::post(),
        };
        let request = request.uri(shape.path());
        let request = request.insert_header((CONTENT_TYPE, "application/json"));
        (self.call)(request.set_payload(body.clone()).to_request())
    }

    /// Has the request handled. What is kept after a first request is made outside of [`Self::handle`].
    ///
    /// # Errors
    /// As [`Self::body`].
    pub fn warm_up(&self, request: Prepared) -> Result<Bytes, String> {
        self.body(self.runtime.block_on(request))
    }

    /// Has the request handled. Callgrind counts what happens in here: see `benches::instructions`.
    ///
    /// # Errors
    /// As the service.
    #[inline(never)]
    pub fn handle(&self, request: Prepared) -> Response {
        self.runtime.block_on(request)
    }

    /// The body of a response, if its status is that of a success.
    ///
    /// # Errors
    /// A sentence: it is not.
    pub fn body(&self, response: Response) -> Result<Bytes, String> {
        let response = response.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = self.runtime.block_on(to_bytes(response.into_body()));
        let body = body.map_err(|error| error.to_string())?;
        match status.is_success() {
            true => Ok(body),
            false => Err(format!("{status}: {}", String::from_utf8_lossy(&body))),
        }
    }
}

fn caller<S>(service: S) -> Box<dyn Fn(Request) -> Prepared>
where
    S: Service<Request, Response = ServiceResponse, Error = Error> + 'static,
{
    let service = Rc::new(service);
    Box::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move { service.call(request).await })
    })
}
