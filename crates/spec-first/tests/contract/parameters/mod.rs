//! Parameters of every style in every part of a request.

mod scalars;
mod served;
mod table;
