//! Real builds of a project: what a change of its spec does, and what the server does that is built.

mod differential;
mod forms;
mod good;
mod project;
mod real;
mod regenerate;
mod server;
mod unchanged;
