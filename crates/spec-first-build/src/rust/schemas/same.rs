//! Schemas whose type is that of another one, which they are joined with.

use serde_json::Value;

use super::ItemBuilder;
use super::joint::{JOINING, Joint};
use crate::rust::union;
use crate::rust::views::View;
use crate::text::Location;

impl ItemBuilder<'_> {
    /// The schema that the one at `at` is joined with, if the two have the same type: nothing is added but a
    /// `type`. A component that its author names in Rust has a type of its own.
    pub(super) fn same(&self, view: View, at: &Location, joint: &Joint) -> Option<Location> {
        let schema = self.views.schema(view, at).as_object()?;
        let joins = |keyword: &str| keyword == "type" || JOINING.contains(&keyword);
        if union::is_choice(schema) || !schema.keys().all(|keyword| joins(keyword)) {
            return None;
        }
        let parts = self.views.parts(view, at).into_iter();
        let mut parts = parts.filter(|part| !self.adds_nothing(view, part));
        let part = parts.next()?;
        let (target, _) = self.views.follow(&part, "");
        if parts.any(|other| self.views.follow(&other, "").0 != target) {
            return None;
        }
        let theirs = self.joint(view, &target).kinds;
        let is_same = theirs == joint.kinds || joint.is_object() && theirs.is_none();
        let is_own = at.is_component() && self.views.rust_name(at).is_some();
        let is_subtype = at.is_component() && self.has_subtypes(view, &target);
        (is_same && !is_own && !is_subtype && self.is_elsewhere(view, &part)).then_some(part)
    }

    /// The target of a `$ref` whose type is that of all the schemas, since the others only allow fewer of its values; and its name.
    pub(super) fn decisive(
        &self,
        view: View,
        joint: &Joint,
        hint: &str,
    ) -> Option<(Location, String)> {
        let kind = joint.plain_kind()?;
        let mut parts = joint.parts.iter();
        parts.find_map(|(at, _)| {
            let (target, name) = self.views.follow(at, hint);
            let is_other = target != *at && target != joint.parts[0].0;
            let is_decided = is_other && joint.is_decided_at(&target);
            let is_alike = is_decided && self.joint(view, &target).plain_kind() == Some(kind);
            is_alike.then_some((target, name))
        })
    }

    /// Whether a schema says nothing but a type.
    fn adds_nothing(&self, view: View, at: &Location) -> bool {
        let (at, _) = self.views.follow(at, "");
        match self.views.schema(view, &at) {
            Value::Object(schema) => schema.keys().all(|keyword| keyword == "type"),
            other => *other == Value::Bool(true),
        }
    }

    /// Whether the type for the schema at `at`, a part of another one, is not named after that one.
    fn is_elsewhere(&self, view: View, at: &Location) -> bool {
        if self.views.follow(at, "").0 != *at {
            return true;
        }
        let Value::Object(schema) = self.views.schema(view, at) else {
            return false;
        };
        if let Some((keyword, index)) = union::nullable_branch(schema) {
            return self.is_elsewhere(view, &at.member(keyword).element(index));
        }
        let joint = self.joint(view, at);
        let chooses = union::is_choice(schema) && joint.plain_kind().is_none();
        chooses || self.same(view, at, &joint).is_some()
    }
}
