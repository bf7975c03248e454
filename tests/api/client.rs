//! A client that keeps its connection, and outlives its server.

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use super::support::{Server, TIMEOUT};

/// A client of one server.
pub struct Client {
    agent: Agent,
    server: String,
}

impl Client {
    pub fn new(server: &Server) -> Self {
        Self::of(server.url(""))
    }

    /// A client of what is at `server`, a URL without a slash at its end.
    pub fn of(server: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT));
        Self {
            agent: config.build().new_agent(),
            server,
        }
    }

    /// The status and the JSON of the answer (null for an empty one), or nothing if the connection broke.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Option<(u16, Value)> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server));
        let answer = match body {
            None => self.agent.run(request.body(()).expect("a request")),
            Some(body) => {
                let request = request.header("Content-Type", "application/json");
                self.agent
                    .run(request.body(body.to_string()).expect("a request"))
            }
        };
        let mut answer = answer.ok()?;
        let body = answer.body_mut().read_to_vec().ok()?;
        let json = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).ok()?
        };
        Some((answer.status().as_u16(), json))
    }
}
