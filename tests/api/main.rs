//! The server through its socket.

mod client;
mod compression;
mod copy;
mod crash;
mod database;
mod logs;
mod options;
mod people;
mod postgres;
mod postgres_server;
mod problems;
mod readme;
mod replaced;
mod responses;
mod schemathesis;
mod secured;
mod site;
mod slow_clients;
mod spec;
mod steps;
mod stop;
mod stores;
mod support;
mod swagger_ui;
mod writers;
