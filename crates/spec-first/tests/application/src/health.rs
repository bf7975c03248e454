//! A route beside those of the spec.

use actix_web::web::{self, ServiceConfig};

/// Adds `GET /health`, for a load balancer.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/health", web::get().to(async || "healthy\n"));
}
