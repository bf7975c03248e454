//! JSON that is kept with a value: the writer copies it instead of writing the value again. serde has no method for that, so the
//! writer and the value agree on it beside the calls of serde: the value announces itself as a struct of a name of its own, the
//! writer requests the JSON, and the value returns bytes. Any other serializer is given the value.

use std::cell::Cell;

use serde::{Serialize, Serializer};

static NAME: &str = "spec_first::Kept";

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Step {
    #[default]
    None,
    /// The writer can copy the JSON of the value that is serialized next.
    Requested,
    /// The bytes that are serialized next are such JSON; how many elements it has if it is a list.
    Returned(usize),
}

thread_local! {
    static STEP: Cell<Step> = const { Cell::new(Step::None) };
}

/// Requests the JSON of the value in a struct of this name, if that is one which may have it.
pub(super) fn request(name: &'static str) {
    if std::ptr::eq(name, NAME) {
        STEP.set(Step::Requested);
    }
}

/// How many elements the JSON has; none if bytes are not what was [requested](request).
pub(super) fn returned() -> Option<usize> {
    match STEP.take() {
        Step::Returned(count) => Some(count),
        _ => None,
    }
}

/// Serializes a value whose JSON may be kept: `json` is what [`super::write`] returns for it, and called by its writer alone.
pub(crate) fn serialize_kept<'j, T: Serialize, S: Serializer>(
    value: &T,
    json: impl Fn() -> Option<(&'j [u8], usize)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(NAME, &Kept { value, json })
}

struct Kept<'v, T, J> {
    value: &'v T,
    json: J,
}

impl<'j, T: Serialize, J: Fn() -> Option<(&'j [u8], usize)>> Serialize for Kept<'_, T, J> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_requested = STEP.take() == Step::Requested;
        match is_requested.then(&self.json).flatten() {
            Some((json, count)) => {
                STEP.set(Step::Returned(count));
                serializer.serialize_bytes(json)
            }
            None => self.value.serialize(serializer),
        }
    }
}
