//! The functions that the attributes of a struct's fields name.

use crate::rust::item::{Item, Kind, Member};

/// The members that must not get into the map of all that the spec does not name; none if there is no such map to decode.
pub fn hidden_members(item: &Item) -> Option<&[String]> {
    let Kind::Struct {
        members, hidden, ..
    } = &item.kind
    else {
        return None;
    };
    let is_open = members.iter().any(Member::is_rest);
    (is_open && !hidden.is_empty()).then_some(hidden)
}
