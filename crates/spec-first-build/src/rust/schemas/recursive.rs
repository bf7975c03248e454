//! Lists and maps that hold themselves, with no struct or enum between. A type of that kind needs a name: it is a struct around
//! the list or the map, wherever a `$ref` leads back to.

use std::collections::HashSet;

use super::array::Elements;
use super::gather::Additional;
use super::{ItemBuilder, Shape};
use crate::rust::item::Kind;
use crate::rust::kind::Type;
use crate::rust::views::View;
use crate::text::Location;

impl ItemBuilder<'_> {
    /// The list or map for a schema, which `make` makes; a struct around it if it holds itself.
    pub(super) fn collection(
        &mut self,
        shape: &Shape,
        make: impl FnOnce(&mut Self) -> Type,
    ) -> Type {
        if !self.holds_itself(shape.view, shape.at) {
            let kind = make(self);
            return shape.wrap(kind);
        }
        let index = self.reserve(shape);
        let named = self.register(shape, index, false);
        let kind = make(self);
        let hint = self.items[index].name.clone();
        self.items[index].rules = self.rules(shape.view, shape.at, &kind, &hint);
        self.items[index].kind = Kind::Newtype(kind);
        named
    }

    /// Whether a `$ref` leads from the elements of the list or map at `at` back to it, over lists and maps alone.
    fn holds_itself(&self, view: View, at: &Location) -> bool {
        let mut ahead = self.elements(view, at);
        let mut seen = HashSet::new();
        while let Some(place) = ahead.pop() {
            let target = self.target(view, &place);
            if target == *at && target != place {
                return true;
            }
            if seen.insert(target.clone()) {
                ahead.extend(self.elements(view, &target));
            }
        }
        false
    }

    /// The schema that decides on the type for the one at `at`, as far as that is a list or a map.
    fn target(&self, view: View, at: &Location) -> Location {
        let (at, _) = self.views.follow(at, "");
        let joint = self.joint(view, &at);
        let same = self.same(view, &at, &joint);
        let decisive = || Some(self.decisive(view, &joint, "")?.0);
        let next = same.or_else(decisive);
        match next.or_else(|| self.views.nullable(view, &at)) {
            Some(next) => self.target(view, &next),
            None => at,
        }
    }

    /// The schemas of the elements of a list or of the values of a map; none if the schema at `at` is neither.
    fn elements(&self, view: View, at: &Location) -> Vec<Location> {
        let joint = self.joint(view, at);
        if joint.plain_kind() == Some("array") {
            let places: Vec<_> = joint.element_places().cloned().collect();
            return Elements::new(&joint.merged(), &places).places();
        }
        let object = joint.is_object().then(|| self.gathered(view, at)).flatten();
        match object {
            Some(object) if object.properties.is_empty() => match object.additional {
                Additional::Typed(places) => places,
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}
