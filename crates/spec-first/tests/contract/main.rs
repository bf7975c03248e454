//! The contract runtime through a real socket, with contracts of its own making.

mod bodies;
mod client;
mod discriminators;
mod files;
mod keywords;
mod loading;
mod log;
mod parameters;
mod paths;
mod read_only;
mod references;
mod replies;
mod responses;
mod server;
mod serving;
mod unions;
mod unsupported;
