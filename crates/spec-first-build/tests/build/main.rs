//! Real builds of a project: what a change of its spec does, and what the server does that is built.

mod callers;
mod differential;
mod echoed;
mod failures;
mod forms;
mod good;
mod limits;
#[path = "../documents/nasty.rs"]
mod nasty;
mod parameters;
mod project;
#[path = "../documents/random.rs"]
mod random;
mod real;
mod regenerate;
mod security;
mod server;
mod shared_builds;
mod unchanged;
