//! The build's own tests: which documents are accepted, the faults of the others, and what is generated from them.

mod accepted;
mod contract;
mod examples;
mod faults;
mod golden;
mod limits;
mod names;
mod nasty;
mod proof;
mod proven;
mod random;
mod recursion;
mod responses;
mod robust;
mod security;
mod types;
mod types_joined;
mod values;
mod warnings;
