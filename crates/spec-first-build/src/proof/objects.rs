//! What structs and maps enforce of a schema.

use serde_json::{Map, Value};

use super::gap::Gap;
use super::prover::{Prover, Typed};
use super::scalars::is_sized;
use crate::rust::item::{Kind, Member};
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;
use crate::rust::rules::{Rule, count};
use crate::schema::View;
use crate::text::Location;

/// The members of a struct.
struct Members<'m> {
    all: &'m [Member],
    hidden: &'m [String],
    /// The type of what the spec does not name, if that is kept, and the rules of the map of it.
    rest: Option<(&'m Type, &'m [Rule])>,
}

impl<'m> Members<'m> {
    fn named(&self, name: &str) -> Option<&'m Member> {
        let mut members = self.all.iter();
        members.find(|member| member.wire.as_deref() == Some(name))
    }

    fn wires(&self) -> impl Iterator<Item = (&'m str, &'m Member)> {
        let members = self.all.iter();
        members.filter_map(|member| Some((member.wire.as_deref()?, member)))
    }
}

impl<'m> Prover<'m> {
    /// The members, if the type is a struct. What else the spec names, such as the members of an enum that is flattened, is not
    /// known here, and neither is what of additional members a reader would lose.
    fn struct_of(&self, typed: Typed<'m>) -> Option<Members<'m>> {
        let Kind::Struct {
            members, hidden, ..
        } = &self.item(typed.kind)?.kind
        else {
            return None;
        };
        let mut rests = members.iter().filter(|member| member.is_rest());
        let rest = match (rests.next(), rests.next()) {
            (None, _) => None,
            (Some(rest), None) => match &rest.kind {
                Type::Map(inner) if self.is_exact_when_buffered(inner) => {
                    let rules: &[Rule] = match typed.is_ruled() {
                        true => &rest.rules,
                        false => &[],
                    };
                    Some((&**inner, rules))
                }
                _ => return None,
            },
            _ => return None,
        };
        Some(Members {
            all: members,
            hidden,
            rest,
        })
    }

    /// Whether serde reads a flattened value, which it keeps in memory before it decodes it, as exactly as any other.
    fn is_exact_when_buffered(&self, kind: &Type) -> bool {
        match kind {
            Type::Plain(Primitive::F32) => self.view == View::Response,
            Type::Plain(primitive) => {
                let has_notations = matches!(
                    primitive,
                    Primitive::Date | Primitive::DateTime | Primitive::Uuid
                );
                !has_notations || self.view == View::Response
            }
            Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => {
                self.is_exact_when_buffered(inner)
            }
            _ => self.view == View::Response,
        }
    }

    /// A member as it is when it is present.
    fn present(&self, typed: Typed<'m>, member: &'m Member) -> (bool, Typed<'m>) {
        let rules: &[Rule] = match typed.is_ruled() {
            true => &member.rules,
            false => &[],
        };
        let may_be_absent = member.optional && member.default.is_none();
        let (is_nullable, kind) = match &member.kind {
            Type::Field(inner) => (true, &**inner),
            Type::Optional(inner) if may_be_absent => (false, &**inner),
            kind => (false, kind),
        };
        let named = member.wire.as_deref();
        let typed = Typed {
            texts: named.and_then(|name| typed.names(name)),
            ..Typed::new(kind, rules)
        };
        (is_nullable, typed)
    }

    fn prove_member(
        &mut self,
        typed: Typed<'m>,
        member: &'m Member,
        at: &Location,
    ) -> Result<(), Gap> {
        let (is_nullable, typed) = self.present(typed, member);
        if is_nullable {
            self.accept_null(at)?;
        }
        self.prove(typed, at)
    }

    /// The values of a member of a struct that has few; none if the struct has no such member.
    pub(super) fn member_values(&self, typed: Typed<'m>, name: &str) -> Result<Vec<Value>, ()> {
        let members = self.struct_of(typed).ok_or(())?;
        match (members.named(name), members.rest) {
            (Some(member), _) => {
                let (is_nullable, typed) = self.present(typed, member);
                let mut values = self.values_of(typed).ok_or(())?;
                values.extend(is_nullable.then_some(Value::Null));
                Ok(values)
            }
            (None, None) => Ok(Vec::new()),
            (None, Some(_)) => Err(()),
        }
    }

    /// `required`: a struct cannot be without the members.
    pub(super) fn has_members(&self, typed: Typed<'m>, value: &Value) -> bool {
        if !self.may_be(typed.kind, &["object"]) {
            return true;
        }
        let Some(members) = self.struct_of(typed) else {
            return false;
        };
        let names = value.as_array().into_iter().flatten();
        let mut names = names.map(|name| name.as_str().unwrap_or_default());
        names.all(|name| {
            let member = members.named(name);
            member.is_some_and(|member| self.is_always_there(member))
        })
    }

    fn is_always_there(&self, member: &Member) -> bool {
        // One with a default is always written.
        !member.optional || self.view == View::Response && member.default.is_some()
    }

    /// `minProperties` and `maxProperties`.
    pub(super) fn has_count(&self, typed: Typed<'m>, keyword: &str, value: &Value) -> bool {
        if !self.may_be(typed.kind, &["object"]) {
            return true;
        }
        let is_minimum = keyword == "minProperties";
        let Some(bound) = count(value) else {
            return false;
        };
        if matches!(typed.kind, Type::Map(_)) {
            return is_sized(typed, is_minimum, bound);
        }
        let Some(members) = self.struct_of(typed) else {
            return false;
        };
        let always = members.wires().filter(|(_, it)| self.is_always_there(it));
        match is_minimum {
            true => always.count() as u64 >= bound,
            false => members.rest.is_none() && members.wires().count() as u64 <= bound,
        }
    }

    /// `properties`: each of them is a member of the type, or is never there.
    pub(super) fn members(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        properties: &'m Value,
    ) -> Result<(), Gap> {
        if !self.may_be(typed.kind, &["object"]) {
            return Ok(());
        }
        let list = at.member("properties");
        let names = properties.as_object().into_iter().flat_map(Map::keys);
        if let Type::Map(inner) = typed.kind {
            let mut names = names;
            return names.try_for_each(|name| self.prove(typed.each(inner), &list.member(name)));
        }
        let Some(members) = self.struct_of(typed) else {
            return Err(Gap::new(at, "properties"));
        };
        for name in names {
            let place = list.member(name);
            let member = members.named(name);
            if let Some(member) = member {
                self.prove_member(typed, member, &place)?;
            }
            // An additional member may be written under the name of one that is absent.
            let is_free = member.is_none_or(|member| !self.is_always_there(member));
            let is_hidden = members.hidden.contains(name);
            if let (Some((rest, rules)), true) = (members.rest, is_free)
                && !has_none(rules, name)
                && (member.is_none() && !is_hidden || self.view == View::Response)
            {
                self.prove(Typed::new(rest, rules).each(rest), &place)?;
            }
        }
        Ok(())
    }

    /// `additionalProperties`, which counts for the members that are not named beside it.
    pub(super) fn additional(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        schema: &'m Map<String, Value>,
    ) -> Result<(), Gap> {
        let place = at.member("additionalProperties");
        let gap = || Gap::new(at, "additionalProperties");
        if !self.may_be(typed.kind, &["object"]) {
            return Ok(());
        }
        if let Type::Map(inner) = typed.kind {
            return self.prove(typed.each(inner), &place);
        }
        let members = self.struct_of(typed).ok_or_else(gap)?;
        let named = schema.get("properties").and_then(Value::as_object);
        let is_named = |name: &str| named.is_some_and(|named| named.contains_key(name));
        for (name, member) in members.wires() {
            if !is_named(name) {
                self.prove_member(typed, member, &place)?;
            }
        }
        match members.rest {
            Some((rest, rules)) => self.prove(Typed::new(rest, rules).each(rest), &place),
            None => Ok(()),
        }
    }

    /// `patternProperties`: the values of a map follow all of them, whatever their names.
    pub(super) fn pattern_members(
        &mut self,
        typed: Typed<'m>,
        at: &Location,
        patterns: &'m Value,
    ) -> Result<(), Gap> {
        let list = at.member("patternProperties");
        let mut names = patterns.as_object().into_iter().flat_map(Map::keys);
        match typed.kind {
            kind if !self.may_be(kind, &["object"]) => Ok(()),
            Type::Map(inner) => {
                names.try_for_each(|name| self.prove(typed.each(inner), &list.member(name)))
            }
            _ => Err(Gap::new(at, "patternProperties")),
        }
    }
}

/// Whether a rule keeps a name out of a map.
fn has_none(rules: &[Rule], name: &str) -> bool {
    rules.iter().any(|rule| match rule {
        Rule::Unnamed(names) => names.iter().any(|it| it == name),
        _ => false,
    })
}
