//! The contract, loaded once at start and shared by all workers.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderName};
use actix_web::http::{Method, Uri};

use crate::operation::declared::Operation;
use crate::operation::limits;
use crate::problem::Part;
use crate::request_id::REQUEST_ID;
use crate::routing::resource::Resource;
use crate::routing::router::{Router, Values};
use crate::routing::template;
use crate::security::{Scheme, Schemes};
use crate::settings::Settings;
use crate::spec::Spec;
use crate::spec::document::{About, Document, OperationEntry};
use crate::spec::schemas::Schemas;
use crate::trace;

/// The operations of a spec by their paths, compiled.
#[derive(Debug, Default)]
pub struct Contract {
    about: About,
    base_paths: Vec<String>,
    operations: Vec<Operation>,
    schemes: Schemes,
    resources: Vec<Resource>,
    /// From a path to an index in `resources`.
    router: Router<usize>,
}

impl Contract {
    /// Loads the contract of a spec. Each schema in it is compiled when it validates the first value.
    ///
    /// # Errors
    /// A sentence about the part that cannot be used; the build that wrote it and this runtime are of different versions, then.
    pub fn load(spec: &'static Spec, settings: &Settings) -> Result<Self, String> {
        let source = spec.source();
        let document = source.document()?;
        let schemas = Schemas::new(source, &document, settings);
        let mut contract = Self {
            about: document.about.clone(),
            schemes: Schemes::load(&document.security)?,
            ..Self::default()
        };
        for entry in &document.operations {
            let added = contract.add(entry, &document, &schemas);
            added.map_err(|error| format!("operation {}: {error}", entry.id))?;
        }
        let operations = document.operations.iter();
        operations.for_each(|entry| limits::warn(entry, settings.partial));
        spec.unions().install(&document.unions, &schemas);
        let base_paths = document.base_paths.iter();
        contract.base_paths = base_paths
            .map(|base| base.trim_end_matches('/').to_owned())
            .collect();
        Ok(contract)
    }

    /// What the spec contains about itself.
    pub(crate) fn about(&self) -> &About {
        &self.about
    }

    /// The base paths of the API, each empty or with a leading and without a trailing slash.
    #[must_use]
    pub fn base_paths(&self) -> &[String] {
        &self.base_paths
    }

    fn add(
        &mut self,
        entry: &OperationEntry,
        document: &Document,
        schemas: &Schemas,
    ) -> Result<(), String> {
        let (_, names) = template::parse(&entry.path)?;
        let operation = Operation::load(entry, names, document.dialect, schemas, &self.schemes)?;
        let (method, number) = (&operation.method, self.operations.len());
        for base in entry.base_paths.as_ref().unwrap_or(&document.base_paths) {
            let route = format!("{}{}", base.trim_end_matches('/'), entry.path);
            if !self.resource(route)?.add(method.clone(), number) {
                return Err(format!(
                    "another one is {} {}, too",
                    entry.method, entry.path
                ));
            }
        }
        self.operations.push(operation);
        Ok(())
    }

    /// The resource of `route`, which may be new.
    fn resource(&mut self, route: String) -> Result<&mut Resource, String> {
        let (segments, _) = template::parse(&route)?;
        let entry = self.router.entry(&segments);
        let index = *entry.get_or_insert(self.resources.len());
        if index == self.resources.len() {
            self.resources.push(Resource::new(route));
        }
        Ok(&mut self.resources[index])
    }

    /// The number of the operation `id`.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        let mut operations = self.operations.iter();
        operations.position(|operation| *operation.id == *id)
    }

    /// The security schemes that operations require.
    pub(crate) fn schemes(&self) -> &Schemes {
        &self.schemes
    }

    /// The headers of requests that have a meaning: parameters, credentials and the media type of a body.
    pub(crate) fn request_headers(&self) -> Vec<HeaderName> {
        let parameters = self.operations.iter().flat_map(|it| &it.parameters);
        let parameters = parameters.filter(|it| it.part == Part::Header);
        let names = parameters.filter_map(|it| it.name.parse().ok());
        let mut headers = vec![header::CONTENT_TYPE, header::ACCEPT, REQUEST_ID];
        headers.extend(trace::HEADERS.map(HeaderName::from_static));
        headers.extend(names);
        headers.extend(self.schemes.iter().filter_map(Scheme::header));
        headers
    }

    /// The headers of responses that operations declare.
    pub(crate) fn response_headers(&self) -> impl Iterator<Item = HeaderName> + '_ {
        let names = self
            .operations
            .iter()
            .flat_map(|it| it.responses.header_names());
        names.filter_map(|name| name.parse().ok())
    }

    /// All operations, in the order of their numbers.
    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Which resources have one of these paths.
    pub(crate) fn resources_of<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<bool> {
        let mut have = vec![false; self.resources.len()];
        for found in paths.filter_map(|path| self.router.find(path)) {
            have[*found.target] = true;
        }
        have
    }

    /// What a request is for, if its raw path is one of the contract's.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<Destination> {
        let found = self.router.find(path)?;
        let resource = *found.target;
        Some(Destination {
            resource,
            operation: self.resources[resource].operation(method),
            values: found.values,
        })
    }

    pub(crate) fn resource_of(&self, destination: &Destination) -> &Resource {
        &self.resources[destination.resource]
    }

    pub(crate) fn operation_of(&self, destination: &Destination) -> Option<&Operation> {
        let number = destination.operation?;
        Some(&self.operations[number])
    }
}

/// What a request is for: a path of a contract, and an operation unless the path does not support the method.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub resource: usize,
    /// The operation's number; none for OPTIONS and for a method that the path does not support.
    pub operation: Option<usize>,
    /// Where the values of parameters are in the path.
    pub values: Values,
}

/// The path and operation that a request is for.
///
/// It is in the request's extensions for middleware: of a [`Server`](crate::Server) from the start, in an `App` of one's own
/// inside of [`Service::matching`](crate::Service::matching), and everywhere once the response is on its way back.
#[derive(Clone, Debug)]
pub struct Matched {
    contract: Arc<Contract>,
    destination: Destination,
    method: Method,
    uri: Uri,
}

impl Matched {
    /// What `request` is for.
    pub(crate) fn new(
        contract: &Arc<Contract>,
        destination: Destination,
        request: &HttpRequest,
    ) -> Self {
        Self {
            contract: Arc::clone(contract),
            destination,
            method: request.method().clone(),
            uri: request.uri().clone(),
        }
    }

    /// The path's template, with the base path.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.contract.resource_of(&self.destination).route
    }

    /// The operation's id; none for OPTIONS and for a method that the path does not support.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        let operation = self.contract.operation_of(&self.destination);
        operation.map(|operation| &*operation.id)
    }

    /// Whether it is still what the request is for: a middleware may have changed the method or the path.
    pub(crate) fn is_of(&self, request: &HttpRequest) -> bool {
        self.method == request.method() && self.uri.path() == request.uri().path()
    }

    pub(crate) fn destination(&self) -> &Destination {
        &self.destination
    }
}
