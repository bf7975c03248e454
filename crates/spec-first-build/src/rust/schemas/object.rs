//! Objects: structs, or maps where the spec names no member.

use serde_json::Value;

use super::gather::{Additional, Object};
use super::{ItemBuilder, Shape};
use crate::naming;
use crate::rust::default::DefaultValue;
use crate::rust::item::{Kind, Member};
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;
use crate::rust::rules::Rule;
use crate::rust::views::View;
use crate::text::Location;

/// The field for all that the spec does not name, in addition to `members`.
pub(super) fn rest(kind: Type, members: &[Member]) -> Member {
    let is_free = |name: &str| members.iter().all(|member| member.name != name);
    let name = match is_free("additional") {
        true => "additional".to_owned(),
        false => naming::free("additional_members", |name| is_free(name)),
    };
    Member {
        docs: vec!["Members that the spec does not name.".to_owned()],
        ..Member::plain(None, name, kind)
    }
}

/// The component that describes a member, if that is another one than the object at `at`: a type for the member is the
/// component's, whoever includes it.
fn component_of(at: &Location, places: &[Location]) -> Option<String> {
    let place = places.last()?;
    let outer = || std::iter::successors(Some(place.clone()), Location::parent);
    if outer().any(|outer| outer == *at) {
        return None;
    }
    let component = outer().find(Location::is_component)?;
    let name = component.tokens().last()?;
    Some(naming::type_name(&name))
}

impl ItemBuilder<'_> {
    /// A struct, or a map where the spec names no member.
    pub(super) fn object(&mut self, shape: &Shape) -> Type {
        let Some(object) = self.gathered(shape.view, shape.at) else {
            return shape.wrap(Type::VALUE);
        };
        if object.properties.is_empty() {
            match object.additional {
                _ if !object.typed => return shape.wrap(Type::VALUE),
                Additional::Typed(schemas) => {
                    return self.collection(shape, |builder| {
                        builder
                            .common(shape.view, &schemas, &shape.element("value"))
                            .map()
                    });
                }
                Additional::Ignored | Additional::Kept => {
                    return shape.wrap(Type::VALUE.map());
                }
                Additional::Rejected => {}
            }
        }
        self.structure(shape, object)
    }

    fn structure(&mut self, shape: &Shape, object: Object) -> Type {
        let index = self.reserve(shape);
        let named = self.register(shape, index, !object.typed);
        self.fill(shape, index, object);
        named
    }

    /// Gives the item at `index` the members of an object.
    pub(super) fn fill(&mut self, shape: &Shape, index: usize, object: Object) {
        let owner = self.items[index].name.clone();
        let undescribed = object.undescribed();
        let described = object.properties.iter().map(|(wire, _)| wire.as_str());
        let wires: Vec<_> = described.chain(undescribed.iter().copied()).collect();
        let fields = naming::distinct(&wires, naming::snake);
        let places = object.properties.iter();
        let places: Vec<_> = places.filter_map(|(_, all)| all.last().cloned()).collect();
        let mut fields = self.chosen(fields, &places, "fields").into_iter();
        let view = shape.view;
        let mut members = Vec::new();
        let mut hidden = Vec::new();
        for ((wire, places), name) in object.properties.iter().zip(&mut fields) {
            if places.iter().any(|at| self.views.is_hidden(view, at)) {
                hidden.push(wire.clone());
                continue;
            }
            let required = object.required.iter().any(|name| name == wire);
            let owner = component_of(shape.at, places).unwrap_or_else(|| owner.clone());
            members.push(self.member(view, &owner, wire, places, name, required));
        }
        let undescribed = undescribed.into_iter().zip(fields);
        members.extend(undescribed.map(|(wire, name)| {
            // It may be anything, but must be there.
            Member::plain(Some(wire.to_owned()), name, Type::VALUE)
        }));
        // A hidden member is still accepted.
        let closed = matches!(object.additional, Additional::Rejected) && hidden.is_empty();
        members.extend(self.additional(view, &owner, object.additional, &members));
        self.items[index].rules = self.struct_rules(view, shape.at, &owner);
        self.items[index].kind = Kind::Struct {
            members,
            closed,
            hidden,
        };
    }

    fn member(
        &mut self,
        view: View,
        owner: &str,
        wire: &str,
        places: &[Location],
        name: String,
        required: bool,
    ) -> Member {
        let hint = format!("{owner} {wire}");
        let broadest = self.broadest(view, places);
        let kind = match broadest {
            Some(schema) => self.derive(view, schema, &hint),
            None => Type::VALUE,
        };
        let schema = broadest.or(places.last()).expect("a member has a place");
        // Only requests are completed with defaults.
        let default = self
            .views
            .default(schema)
            .filter(|default| view == View::Request && !required && may_be(&kind, default));
        let kind = if required || default.is_some() {
            kind
        } else {
            kind.absentable()
        };
        if let Some(default) = &default {
            self.check_default(schema, &kind, default);
        }
        let default = default.map(|default| DefaultValue::new(&kind, default));
        let rules = self.rules(view, schema, &kind, &hint);
        Member {
            rule_function: String::new(),
            wire: Some(wire.to_owned()),
            name,
            docs: self.views.docs(schema),
            kind,
            optional: !required,
            rules,
            default,
            default_function: String::new(),
        }
    }

    /// A default has to be a value of the type, too, and a type ends where JSON's integers do not.
    fn check_default(&mut self, schema: &Location, kind: &Type, default: &Value) {
        match (kind, default) {
            (Type::Plain(Primitive::Integer(integer)), Value::Number(number))
                if !integer.holds(number) =>
            {
                let name = integer.name();
                let found = format!("The default is the number `{number}`, which is beyond {name}");
                let remedy = "Change the default, or give the schema a `minimum` and a `maximum`.";
                self.faults.push(self.views.fault(schema, found, remedy));
            }
            (Type::Optional(inner), value) => self.check_default(schema, inner, value),
            (Type::List(inner) | Type::Set(inner), Value::Array(values)) => {
                let values = values.iter();
                values.for_each(|value| self.check_default(schema, inner, value));
            }
            _ => {}
        }
    }

    /// The field for all that the spec does not name.
    fn additional(
        &mut self,
        view: View,
        owner: &str,
        additional: Additional,
        members: &[Member],
    ) -> Option<Member> {
        let hint = format!("{owner} additional");
        let (value, places) = match additional {
            Additional::Ignored | Additional::Rejected => return None,
            Additional::Typed(places) => (self.common(view, &places, &hint), places),
            Additional::Kept => (Type::VALUE, Vec::new()),
        };
        let rules = match places.as_slice() {
            [place] => self.rules(view, place, &value, &hint),
            _ => Vec::new(),
        };
        let rules = (!rules.is_empty()).then_some(Rule::Each(rules));
        Some(Member {
            rules: rules.into_iter().collect(),
            ..rest(value.map(), members)
        })
    }

    /// Whether the type for the schema at `at` is a struct that keeps members of these names.
    pub(super) fn names_all(&self, view: View, at: &Location, names: &[&str]) -> bool {
        self.gathered(view, at).is_some_and(|object| {
            let mut names = names.iter();
            names.all(|name| object.properties.iter().any(|(known, _)| known == name))
        })
    }

    /// The type of values of which each follows one of the schemas.
    pub(super) fn common(&mut self, view: View, schemas: &[Location], hint: &str) -> Type {
        let mut places: Vec<_> = schemas
            .iter()
            .map(|at| self.views.follow(at, "").0)
            .collect();
        places.dedup();
        let is_one = places.len() == 1 || places.iter().all(|at| self.is_scalar(view, at));
        let mut kinds = schemas
            .iter()
            .filter(|_| is_one)
            .map(|at| self.derive(view, at, hint));
        let first = kinds.next();
        let are_alike = kinds.all(|kind| Some(&kind) == first.as_ref());
        first.filter(|_| are_alike).unwrap_or(Type::VALUE)
    }
}

/// Whether a default is one of a type. Many authors write null where there is none.
fn may_be(kind: &Type, default: &Value) -> bool {
    let takes_null = matches!(kind, Type::Optional(_) | Type::Any(_) | &Type::VALUE);
    takes_null || !default.is_null()
}
