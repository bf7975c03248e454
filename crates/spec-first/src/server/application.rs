//! The actix-web application of a worker: an API, and everything around it.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{App, Error};

use crate::options::Proxies;
use crate::response::problems::Problems;
use crate::server::admission::Admission;
use crate::server::exchange::Served;
use crate::server::exchanges::Exchanges;
use crate::server::known_headers::KnownHeaders;
use crate::server::layers::Layers;
use crate::server::metrics::Metrics;
use crate::server::spans::Spans;
use crate::server::{cors, problems};
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
    pub proxies: Arc<Proxies>,
    pub metrics: Option<Arc<Metrics>>,
    pub spans: Option<Spans>,
}

impl Application {
    /// The application of one worker.
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
        let counters = self.metrics.as_ref().map(|metrics| metrics.worker());
        let served = Served::new(self.service.clone(), counters, self.spans.clone());
        let app = App::new()
            .wrap(Exchanges::new(
                served,
                self.admission.clone(),
                self.all_layers(),
                Arc::clone(&self.proxies),
            ))
            .default_service(self.service.clone().handler());
        let routes = self.configure.iter();
        routes.fold(app, |app, configure| {
            app.configure(|config| configure(config))
        })
    }

    /// The application's own middlewares, and around them those that they, the application's own routes and the options require. A
    /// request reaches the last one first.
    fn all_layers(&self) -> Layers {
        let mut layers = self.layers.clone();
        if !layers.is_empty() || !self.configure.is_empty() {
            let problems = self.problems.clone();
            layers.add(move || {
                let problems = problems.clone();
                from_fn(move |request, next| problems::send(problems.clone(), request, next))
            });
        }
        // Without layers, the exchange admits a request by itself.
        if !layers.is_empty() || self.cors.is_some() {
            let admission = self.admission.clone();
            layers.add(move || {
                let admission = admission.clone();
                from_fn(move |request, next| admit(admission.clone(), request, next))
            });
        }
        if let Some(policy) = self.cors.clone() {
            let (service, problems) = (self.service.clone(), self.problems.clone());
            layers.add(move || policy.middleware(service.contract()));
            layers.add(move || {
                let problems = problems.clone();
                from_fn(move |request, next| cors::explain(problems.clone(), request, next))
            });
        }
        layers
    }
}

async fn admit(
    admission: Admission,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let length = KnownHeaders::of(request.headers()).length;
    let handled = admission.handle(request, Instant::now(), length, |request| {
        next.call(request)
    });
    handled.await
}
