//! The server through its socket.

mod client;
mod compression;
mod crash;
mod database;
mod logs;
mod options;
mod people;
mod problems;
mod readme;
mod responses;
mod site;
mod slow_clients;
mod spec;
mod stop;
mod support;
mod swagger_ui;
