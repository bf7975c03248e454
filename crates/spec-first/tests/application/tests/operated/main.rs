//! The application as its operators see it: sockets, signals, limits.

mod client;
mod handover;
mod process;
mod sockets;
mod stop;
mod tls;
