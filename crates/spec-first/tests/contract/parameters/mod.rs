//! Parameters of every style in every part of a request.

mod encode;
mod hostile;
mod random;
mod round_trip;
mod scalars;
mod served;
mod table;

pub use self::served::serve_contract;
