//! A server: an API on a socket, with everything around it.

mod access_log;
mod admin;
mod announcement;
mod body_end;
mod connection_timeout;
mod cors;
mod layers;
mod lifecycle;
mod metrics;
mod open_files;
mod problems;
mod signals;

use std::fmt::{self, Display};
use std::mem;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse, Transform};
use actix_web::http::KeepAlive;
use actix_web::middleware::{Condition, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{App, Error, HttpServer, rt};
use futures_util::FutureExt;
use include_dir::Dir;
use prometheus_client::registry::Registry;

use self::admin::{Admin, Checks, Reported};
pub use self::layers::Inner;
use self::layers::Layers;
use self::lifecycle::Lifecycle;
use self::metrics::Metrics;
use crate::api::Api;
use crate::compression::compress;
use crate::logging;
use crate::options::Options;
pub use crate::origin::Origin;
use crate::service::Service;
use crate::settings::Settings;

/// The code in `docs/http.md`, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/http.md")]
struct Docs;

/// How long the head of a request may take to arrive, and then how long its body may.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection may stay open without a request.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long requests in progress may take after a signal to stop, in seconds.
const SHUTDOWN_TIMEOUT: u64 = 10;

/// Routes of the application's own.
type Configure = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;
/// Metrics of the application's own.
type Register = Box<dyn FnOnce(&mut Registry) + Send>;

/// Serves an API on a socket, with Swagger UI, the spec, an access log, compression, limits and a graceful shutdown.
///
/// ```no_run
/// # fn example(api: spec_first::Api, options: spec_first::options::Options) -> Result<(), String> {
/// spec_first::Server::new(api, options).run()
/// # }
/// ```
pub struct Server {
    api: Api,
    options: Options,
    page: Option<&'static Dir<'static>>,
    facts: Vec<(&'static str, String)>,
    partial: bool,
    configure: Vec<Configure>,
    layers: Layers,
    checks: Checks,
    lifecycle: Lifecycle,
    register: Vec<Register>,
}

impl Server {
    /// A server of an API.
    #[must_use]
    pub fn new(api: Api, options: Options) -> Self {
        Self {
            api,
            options,
            page: None,
            facts: Vec::new(),
            partial: false,
            configure: Vec::new(),
            layers: Layers::default(),
            checks: Checks::default(),
            lifecycle: Lifecycle::default(),
            register: Vec::new(),
        }
    }

    /// Serves a folder of files at `/`, and its `index.html` as `/` itself; without a folder, `/` redirects to Swagger UI.
    #[must_use]
    pub fn page(mut self, folder: &'static Dir<'static>) -> Self {
        self.page = Some(folder);
        self
    }

    /// Prints a name and a value at the start, below the addresses: where the data is, for example.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }

    /// Serves operations without the parts that are not supported yet; see [`Settings::partial`].
    #[must_use]
    pub fn partial(mut self) -> Self {
        self.partial = true;
        self
    }

    /// Adds routes of the application's own, which take precedence over those of the spec.
    #[must_use]
    pub fn configure(
        mut self,
        configure: impl Fn(&mut ServiceConfig) + Send + Sync + 'static,
    ) -> Self {
        self.configure.push(Arc::new(configure));
        self
    }

    /// Adds a middleware of the application's own; `middleware` is called once for each worker. A request reaches the last one
    /// first. All of them are inside the access log, so that a request that one rejects is logged, too. An `Err` with a
    /// [`Problem`](crate::problem::Problem) is sent as `application/problem+json`.
    #[must_use]
    pub fn wrap<M, B>(mut self, middleware: impl Fn() -> M + Send + Sync + 'static) -> Self
    where
        M: Transform<
                Inner,
                ServiceRequest,
                Response = ServiceResponse<B>,
                Error = Error,
                InitError = (),
            > + 'static,
        M::Future: 'static,
        M::Transform: 'static,
        B: MessageBody + 'static,
    {
        self.layers.add(middleware);
        self
    }

    /// Adds a check of whether the application is ready for requests, such as that its store responds: `/health/ready` at the
    /// address of the option `--admin` is 503 with this `name` while it fails. The error is for the log, and not for the client.
    ///
    /// It runs on a thread of its own, which must not be blocked, at most twice a second and only when somebody sends a request;
    /// it fails after 800 milliseconds.
    ///
    /// ```no_run
    /// # async fn ping() -> Result<(), std::io::Error> { Ok(()) }
    /// # fn example(api: spec_first::Api, options: spec_first::options::Options) -> spec_first::Server {
    /// spec_first::Server::new(api, options).ready("database", || async { ping().await })
    /// # }
    /// ```
    #[must_use]
    pub fn ready<F, E>(
        mut self,
        name: &'static str,
        check: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), E>> + 'static,
        E: Display,
    {
        self.checks.add(name, check);
        self
    }

    /// Adds metrics of the application's own to those of the server: `register` is called once, at the start, and only if the
    /// option `--admin` is given, at whose address `/metrics` has them in the text format of Prometheus. Names that begin with
    /// `http_`, `spec_` and `process_` are the server's.
    ///
    /// ```no_run
    /// use spec_first::prometheus_client::metrics::counter::Counter;
    ///
    /// # fn example(api: spec_first::Api, options: spec_first::options::Options) -> spec_first::Server {
    /// let found = Counter::<u64>::default();
    /// let counted = found.clone(); // for the application, which calls `counted.inc()`
    /// spec_first::Server::new(api, options).metrics(|registry| registry.register("cache_hits", "Hits of the cache", found))
    /// # }
    /// ```
    #[must_use]
    pub fn metrics(mut self, register: impl FnOnce(&mut Registry) + Send + 'static) -> Self {
        self.register.push(Box::new(register));
        self
    }

    /// Serves until a signal (Ctrl-C or, on Unix, SIGTERM) stops it, from a `main` without an async runtime.
    ///
    /// # Errors
    /// A sentence: the generated code and the embedded files differ, the address is in use, or the server failed.
    pub fn run(self) -> Result<(), String> {
        rt::System::new().block_on(self.serve())
    }

    /// Serves until a signal stops it, inside of actix-web's runtime (`#[actix_web::main]`). Requests in progress then have ten
    /// seconds to end.
    ///
    /// # Errors
    /// A sentence: the generated code and the embedded files differ, the address is in use, or the server failed.
    pub async fn serve(self) -> Result<(), String> {
        logging::start(self.options.log_level, self.options.log_format);
        let served = self.serve_logged().await;
        logging::flush();
        served
    }

    async fn serve_logged(mut self) -> Result<(), String> {
        let mut service = Service::new(&self.api, self.settings())?;
        if let Some(folder) = self.page {
            service = service.page(folder);
        }
        let service = service.with_start();
        open_files::raise_limit();
        // Before the address is printed: whoever reads it may want to stop the server.
        let stop = signals::stop().map_err(|error| format!("cannot receive signals: {error}"))?;
        let lifecycle = self.lifecycle.clone();
        let stop = stop.inspect(move |()| lifecycle.stop());
        let (admin, metrics) = self.bind_admin(&service)?.unzip();
        let (address, server) = self.listen(service.clone(), metrics, stop)?;
        self.announce(address, admin.as_ref().map(|it| it.address), &service);
        let admin = admin.map(Admin::start);
        let end = server.await;
        if let Some(admin) = admin {
            admin.stop(false).await;
        }
        end.map_err(|error| format!("the server failed: {error}"))
    }

    /// Binds the listener for operators, if there is to be one, and makes the counters that it reports.
    fn bind_admin(&mut self, service: &Service) -> Result<Option<(Admin, Arc<Metrics>)>, String> {
        let Some(address) = self.options.admin else {
            return Ok(None);
        };
        let metrics = Arc::new(Metrics::new(service.clone(), self.api.spec));
        let register = mem::take(&mut self.register);
        let reported = Reported {
            checks: self.checks.clone(),
            lifecycle: self.lifecycle.clone(),
            metrics: Arc::new(metrics::Page::new(Arc::clone(&metrics), register)),
        };
        Ok(Some((Admin::bind(address, reported)?, metrics)))
    }

    /// Binds the socket; the server runs once it is awaited.
    fn listen(
        &self,
        service: Service,
        metrics: Option<Arc<Metrics>>,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(SocketAddr, actix_web::dev::Server), String> {
        let (configure, layers) = (self.configure.clone(), self.layers.clone());
        let cors = cors::Policy::new(&self.options.cors_origin, self.options.cors_credentials)?;
        let problems = self.api.problems.clone();
        let connections = metrics.as_ref().map(|it| it.connections.clone());
        let application = move || {
            let logged = service.clone();
            let counters = metrics.as_ref().map(|metrics| metrics.worker());
            let (sent, rejected) = (problems.clone(), problems.clone());
            let cors = cors.as_ref();
            let cors = cors.map(|policy| policy.middleware(service.contract()));
            let has_cors = cors.is_some();
            let has_own = !layers.is_empty() || !configure.is_empty();
            let app = App::new()
                .wrap(Condition::new(!layers.is_empty(), layers.clone()))
                .wrap(Condition::new(
                    has_own,
                    from_fn(move |request, next| problems::send(sent.clone(), request, next)),
                ))
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
                .default_service(service.clone().handler());
            let routes = configure.iter();
            routes.fold(app, |app, configure| {
                app.configure(|config| configure(config))
            })
        };
        let listen = self.options.listen;
        let server = HttpServer::new(application)
            .workers(self.workers())
            .keep_alive(KeepAlive::Timeout(KEEP_ALIVE))
            .client_request_timeout(REQUEST_TIMEOUT)
            .tcp_nodelay(true)
            .on_connect(move |stream, extensions| {
                connection_timeout::start(stream, extensions);
                if let Some(connections) = &connections {
                    extensions.insert(connections.open());
                }
            })
            .shutdown_timeout(SHUTDOWN_TIMEOUT)
            .shutdown_signal(stop)
            .bind(listen)
            .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
        let address = server.addrs().first().copied().unwrap_or(listen);
        Ok((address, server.run()))
    }

    fn announce(&self, address: SocketAddr, admin: Option<SocketAddr>, service: &Service) {
        announcement::print(address, admin, service, self.page.is_some(), &self.facts);
    }

    fn settings(&self) -> Settings {
        Settings {
            partial: self.partial,
            body_timeout: REQUEST_TIMEOUT,
            ..self.options.settings()
        }
    }

    fn workers(&self) -> usize {
        self.options.workers.map_or_else(
            || available_parallelism().map_or(1, usize::from),
            usize::from,
        )
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}
