//! Members that several parts of an `allOf` describe: whether the type for one part holds what the other parts describe.

use std::collections::HashSet;

use super::ItemBuilder;
use super::gather::Additional;
use crate::rust::views::View;
use crate::text::Location;

impl ItemBuilder<'_> {
    /// Of the places that describe one member, the last whose type keeps every member that the others name.
    pub(super) fn broadest<'p>(&self, view: View, places: &'p [Location]) -> Option<&'p Location> {
        let mut candidates = places.iter().rev();
        candidates.find(|wide| {
            let mut others = places.iter();
            others.all(|other| self.keeps(view, wide, other, &mut HashSet::new()))
        })
    }

    /// Whether the type for the schema at `wide` keeps every member that the schema at `other` names.
    fn keeps(
        &self,
        view: View,
        wide: &Location,
        other: &Location,
        seen: &mut HashSet<(Location, Location)>,
    ) -> bool {
        let [wide, other] = [wide, other].map(|at| self.views.follow(at, "").0);
        if wide == other || !seen.insert((wide.clone(), other.clone())) {
            return true;
        }
        let [wide, other] = [wide, other].map(|at| self.gathered(view, &at));
        let (Some(wide), Some(other)) = (wide, other) else {
            return true;
        };
        // Without members of its own it is a map, which keeps everything.
        let keeps_all = wide.properties.is_empty() || matches!(wide.additional, Additional::Kept);
        other.properties.iter().all(|(name, theirs)| {
            match wide.properties.iter().find(|(own, _)| own == name) {
                Some((_, own)) => theirs.iter().all(|theirs| {
                    let mut own = own.iter();
                    own.any(|own| self.keeps(view, own, theirs, seen))
                }),
                None => keeps_all,
            }
        })
    }
}
