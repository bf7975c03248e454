//! The actix-web application of a worker: an API, and everything around it.

use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Condition, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{App, Error};

use crate::compression::compress;
use crate::response::problems::Problems;
use crate::server::admission::Admission;
use crate::server::layers::Layers;
use crate::server::metrics::Metrics;
use crate::server::{access_log, connection_timeout, cors, problems};
use crate::service::Service;

/// Routes of the application's own.
pub(super) type Configure = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// What the applications of all workers are made of.
#[derive(Clone)]
pub(super) struct Application {
    pub service: Service,
    pub problems: Problems,
    pub admission: Admission,
    pub cors: Option<cors::Policy>,
    pub configure: Vec<Configure>,
    pub layers: Layers,
    pub metrics: Option<Arc<Metrics>>,
}

impl Application {
    /// The application of one worker. A request reaches the last middleware first.
    pub fn app(
        &self,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<impl MessageBody + use<>>,
            Error = Error,
            InitError = (),
        > + use<>,
    > {
        let service = self.service.clone();
        let (sent, rejected) = (self.problems.clone(), self.problems.clone());
        let cors = self.cors.as_ref();
        let cors = cors.map(|policy| policy.middleware(service.contract()));
        let has_cors = cors.is_some();
        let has_own = !self.layers.is_empty() || !self.configure.is_empty();
        let logged = service.clone();
        let counters = self.metrics.as_ref().map(|metrics| metrics.worker());
        let app = App::new()
            .wrap(Condition::new(!self.layers.is_empty(), self.layers.clone()))
            .wrap(Condition::new(
                has_own,
                from_fn(move |request, next| problems::send(sent.clone(), request, next)),
            ))
            .wrap(self.admission.clone())
            .wrap(Condition::new(has_cors, cors.unwrap_or_default()))
            .wrap(Condition::new(
                has_cors,
                from_fn(move |request, next| cors::explain(rejected.clone(), request, next)),
            ))
            .wrap(from_fn(compress))
            .wrap(from_fn(move |request, next| {
                access_log::log(logged.clone(), counters.clone(), request, next)
            }))
            .wrap(from_fn(connection_timeout::suspend))
            .default_service(service.handler());
        let routes = self.configure.iter();
        routes.fold(app, |app, configure| {
            app.configure(|config| configure(config))
        })
    }
}
