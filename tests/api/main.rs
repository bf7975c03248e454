//! The server through its socket.

mod compression;
mod logs;
mod options;
mod problems;
mod site;
mod slow_clients;
mod spec;
mod stop;
mod support;
mod swagger_ui;
