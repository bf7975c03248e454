//! A middleware: only those who have the key may change anything.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use spec_first::problem::Problem;

const HEADER: &str = "x-key";
const KEY: &str = "open sesame";

/// Rejects a request that would change something and has another key.
///
/// # Errors
/// 401 without the key, else what the operation answers.
pub async fn check<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let has_key = request.headers().get(HEADER).is_some_and(|key| key == KEY);
    if request.method().is_safe() || has_key {
        return next.call(request).await;
    }
    let detail = format!("the header {HEADER} is absent or wrong");
    Err(Problem::new(StatusCode::UNAUTHORIZED, detail).into())
}
