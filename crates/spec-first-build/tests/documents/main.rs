//! The build's own tests: which documents are accepted, what is said of the others, and what is made of them.

mod accepted;
mod contract;
mod examples;
mod faults;
mod golden;
mod robust;
mod warnings;
