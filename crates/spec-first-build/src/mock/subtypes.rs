//! The subtypes of each base, each of which writes its members in an order of its own.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::schema::discriminator::Discriminators;
use crate::text::Location;

/// The bases of a document and what inherits from them.
pub struct Subtypes {
    bases: HashMap<Location, Base>,
}

/// One base.
struct Base {
    /// The discriminator's property.
    property: String,
    /// The values of the property that name each subtype, and where the subtype is.
    subtypes: Vec<(Vec<Value>, Location)>,
}

impl Subtypes {
    /// The subtypes in a document.
    pub fn new(document: &Document) -> Self {
        let discriminators = Discriminators::new(document);
        let places = document.places().iter().map(|place| &place.location);
        let bases = places.filter_map(|at| {
            let base = base(&discriminators.annotation(at)?)?;
            Some((at.clone(), base))
        });
        Self {
            bases: bases.collect(),
        }
    }

    /// The subtype that an object of the base at `at` names.
    pub fn named(&self, at: &Location, object: &Map<String, Value>) -> Option<&Location> {
        let base = self.bases.get(at)?;
        let name = object.get(&base.property)?;
        let mut subtypes = base.subtypes.iter();
        let subtype = subtypes.find(|(names, _)| names.contains(name));
        subtype.map(|(_, at)| at)
    }
}

/// The base that a translated discriminator describes.
fn base(discriminator: &Value) -> Option<Base> {
    let property = discriminator["propertyName"].as_str()?;
    let subtypes = discriminator["subtypes"].as_array()?.iter();
    let subtypes = subtypes.filter_map(|subtype| {
        let (file, pointer) = subtype["place"].as_str()?.split_once('#')?;
        let at = Location {
            file: Arc::from(file),
            pointer: pointer.to_owned(),
        };
        Some((subtype["names"].as_array()?.clone(), at))
    });
    Some(Base {
        property: property.to_owned(),
        subtypes: subtypes.collect(),
    })
}
