//! A server: an API on a socket, with everything around it.

mod admin;
mod admission;
mod announcement;
mod application;
mod body_end;
mod connection_timeout;
mod cors;
mod deadline;
mod event_loop;
mod exchange;
mod exchanges;
mod known_headers;
mod layers;
mod lifecycle;
mod method;
mod metrics;
mod open_files;
mod permit;
mod problems;
mod proxies;
mod shutdown;
mod signals;
mod spans;
#[cfg(feature = "tls")]
mod tls;

use std::fmt::{self, Display};
use std::mem;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse, Transform};
use actix_web::http::KeepAlive;
use actix_web::web::ServiceConfig;
use actix_web::{Error, HttpServer, rt};
use prometheus_client::registry::Registry;

use self::admin::{Admin, Checks, Reported};
use self::admission::Admission;
use self::application::{Application, Configure};
pub use self::layers::Inner;
use self::layers::Layers;
use self::lifecycle::Lifecycle;
use self::metrics::Metrics;
use self::shutdown::Shutdown;
use self::spans::Exporter;
#[cfg(feature = "tls")]
use self::tls::Certificate;
use crate::api::Api;
use crate::listen::{self, File, Socket};
use crate::logging;
use crate::options::Options;
pub use crate::origin::Origin;
use crate::service::Service;
use crate::settings::Settings;
use crate::site::Page;

/// The code in `docs/http.md`, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/http.md")]
struct Docs;

/// How long the head of a request may take to arrive, and then how long its body may.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection may stay open without a request.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

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
    page: Option<Page>,
    facts: Vec<(&'static str, String)>,
    partial: bool,
    configure: Vec<Configure>,
    layers: Layers,
    checks: Checks,
    lifecycle: Lifecycle,
    register: Vec<Register>,
    #[cfg(feature = "tls")]
    certificate: Option<Certificate>,
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
            #[cfg(feature = "tls")]
            certificate: None,
            checks: Checks::default(),
            lifecycle: Lifecycle::default(),
            register: Vec::new(),
        }
    }

    /// Serves the files of a page at `/`, and its `index.html` as `/` itself; without a page, `/` redirects to Swagger UI.
    #[must_use]
    pub fn page(mut self, page: impl Into<Page>) -> Self {
        self.page = Some(page.into());
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
        if let Some(page) = self.page {
            service = service.page(page);
        }
        let service = service.with_start();
        let mut application = self.application(service.clone())?;
        #[cfg(feature = "tls")]
        {
            self.certificate = Certificate::read(&self.options.tls)?;
        }
        open_files::raise_limit();
        // Before the addresses are printed: whoever reads them may want to stop the server.
        let signal = signals::stop().map_err(|error| format!("cannot receive signals: {error}"))?;
        let (admin, metrics) = self.bind_admin(&application)?.unzip();
        // After that, so that whoever reaches the API reaches its probes.
        let sockets = listen::open(&self.options.listen, self.options.reuse_port)?;
        application.metrics = metrics;
        let exporter = Exporter::start(service.about())?;
        application.spans = exporter.as_ref().map(Exporter::spans);
        let lifecycle = self.lifecycle.clone();
        let shutdown = Shutdown::new(&self.options, lifecycle.clone(), &sockets);
        let lines = announcement::lines(
            self.scheme(),
            &sockets,
            admin.as_ref().map(|it| it.address),
            &service,
            self.page.is_some(),
            &self.facts,
        );
        let (server, _files) = self.listen(application, sockets)?;
        #[cfg(feature = "tls")]
        if let Some(certificate) = self.certificate.take() {
            let started = certificate.reload_on_signal();
            started.map_err(|error| format!("cannot receive signals: {error}"))?;
        }
        let stop = rt::spawn(shutdown.run(signal, server.handle()));
        announcement::print(&lines);
        let admin = admin.map(Admin::start);
        let end = server.await;
        if lifecycle.is_stopping() {
            // It has the last word in the log.
            let _ = stop.await;
        }
        if let Some(admin) = admin {
            admin.stop(false).await;
        }
        if let Some(exporter) = exporter {
            exporter.stop();
        }
        end.map_err(|error| format!("the server failed: {error}"))
    }

    /// Binds the listener for operators, if there is to be one, and makes the counters that it reports.
    fn bind_admin(
        &mut self,
        application: &Application,
    ) -> Result<Option<(Admin, Arc<Metrics>)>, String> {
        let Some(address) = self.options.admin else {
            return Ok(None);
        };
        let (service, exceeded) = (&application.service, application.admission.exceeded());
        let metrics = Arc::new(Metrics::new(service.clone(), exceeded));
        let register = mem::take(&mut self.register);
        let reported = Reported {
            checks: self.checks.clone(),
            lifecycle: self.lifecycle.clone(),
            metrics: Arc::new(metrics::Page::new(Arc::clone(&metrics), register)),
        };
        Ok(Some((
            Admin::bind(address, self.options.reuse_port, reported)?,
            metrics,
        )))
    }

    /// What each worker serves.
    fn application(&self, service: Service) -> Result<Application, String> {
        let options = &self.options;
        Ok(Application {
            service,
            problems: self.api.problems.clone(),
            admission: Admission::new(
                &options.limits,
                self.lifecycle.clone(),
                self.api.problems.clone(),
            ),
            cors: cors::Policy::new(&options.cors_origin, options.cors_credentials)?,
            configure: self.configure.clone(),
            layers: self.layers.clone(),
            proxies: Arc::new(options.proxies.clone()),
            metrics: None,
            spans: None,
        })
    }

    /// Makes the server of these sockets, which runs once it is awaited, and returns it with the files of Unix sockets.
    fn listen(
        &self,
        application: Application,
        sockets: Vec<Socket>,
    ) -> Result<(actix_web::dev::Server, Vec<File>), String> {
        let lifecycle = self.lifecycle.clone();
        let most = self.options.limits.max_connections as usize;
        let connections = application.metrics.as_ref();
        let connections = connections.map(|it| it.connections.clone());
        let mut server = HttpServer::new(move || application.app())
            .workers(self.workers())
            // Up to twice as many are accepted, since those beyond the limit have a response, too. The rest waits.
            .max_connections((2 * most).div_ceil(self.workers()))
            .keep_alive(KeepAlive::Timeout(KEEP_ALIVE))
            .client_request_timeout(REQUEST_TIMEOUT)
            .tcp_nodelay(true)
            .on_connect(move |stream, extensions| {
                connection_timeout::start(&lifecycle, most, stream, extensions);
                if let Some(connections) = &connections {
                    extensions.insert(connections.open());
                }
            })
            .shutdown_timeout(self.options.shutdown_timeout.into())
            .disable_signals();
        #[cfg(feature = "tls")]
        let tls = self.certificate.as_ref().map(Certificate::settings);
        #[cfg(feature = "tls")]
        let tls = tls.transpose()?;
        #[cfg(feature = "tls")]
        {
            // A handshake that takes long holds up no other one, however many there are.
            server = server
                .tls_handshake_timeout(REQUEST_TIMEOUT)
                .max_connection_rate(2 * most);
        }
        let mut files = Vec::new();
        for socket in sockets {
            let name = socket.to_string();
            let added = match socket {
                #[cfg(feature = "tls")]
                Socket::Tcp(listener, ..) => match &tls {
                    Some(settings) => server.listen_rustls_0_23(listener, settings.clone()),
                    None => server.listen(listener),
                },
                #[cfg(not(feature = "tls"))]
                Socket::Tcp(listener, ..) => server.listen(listener),
                #[cfg(unix)]
                Socket::Unix(listener) => {
                    files.extend(listener.file);
                    server.listen_uds(listener.socket)
                }
            };
            server = added.map_err(|error| format!("cannot listen on {name}: {error}"))?;
        }
        Ok((server.run(), files))
    }

    #[cfg(feature = "tls")]
    fn scheme(&self) -> &'static str {
        match self.certificate {
            Some(_) => "https",
            None => "http",
        }
    }

    #[cfg(not(feature = "tls"))]
    fn scheme(&self) -> &'static str {
        "http"
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
