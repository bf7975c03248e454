//! The contract runtime through a real socket, with contracts of its own making.

mod answers;
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
mod server;
mod serving;
mod unsupported;
