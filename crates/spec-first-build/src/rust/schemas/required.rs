//! Structs of required members, for types that have too many of them for the arguments of a function.

use super::ItemBuilder;
use crate::rust::item::{Item, Member};
use crate::text::Location;

/// The most arguments of a function; clippy reports more (`too_many_arguments`).
const MOST_ARGUMENTS: usize = 7;

impl ItemBuilder<'_> {
    /// Names the struct of the required members of each item that has many. All other names must be known, since these give way.
    pub fn name_required(&mut self) {
        for index in 0..self.items.len() {
            let item = &self.items[index];
            if has_many(item) {
                let candidates = ["Required", "RequiredMembers"];
                let candidates = candidates.map(|ending| format!("{}{ending}", item.name));
                let nowhere = Location::root(&"".into());
                let name = self.free(&nowhere, candidates);
                self.named.insert(name.clone(), nowhere);
                self.items[index].required = Some(name);
            }
        }
    }
}

fn has_many(item: &Item) -> bool {
    let members = item.members().iter();
    members.filter(|member| Member::is_required(member)).count() > MOST_ARGUMENTS
}
