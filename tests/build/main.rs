//! Real builds of a copy of the project: what a change of the spec does.

mod differential;
mod forms;
mod good;
mod project;
mod real;
mod regenerate;
mod unchanged;
