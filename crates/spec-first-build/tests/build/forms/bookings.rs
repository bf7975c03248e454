//! The operations of `bookings`.

use spec_first::problem::Problem;

use super::types::Booking;
use super::types::BookingsAddRequest;
use super::types::BookingsAddResponseItem;

/// What the application does for each operation of `bookings`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Bookings: 'static {
    /// `GET /bookings`.
    async fn read(&self) -> Result<Booking, Problem>;

    /// `POST /bookings`.
    async fn add(&self, body: BookingsAddRequest) -> Result<Vec<BookingsAddResponseItem>, Problem>;
}
