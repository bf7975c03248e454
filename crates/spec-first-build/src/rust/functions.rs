//! The names of generated functions: in the file of routes one for each method, in the file of types those that the attributes
//! of fields refer to.

use std::collections::HashSet;

use super::item::{Item, Kind};
use super::module::Module;
use crate::naming;

/// Names that the file of routes uses for something else.
const ROUTES_NAMES: [&str; 5] = ["app", "mount", "routes", "no_rules", "security"];

/// Names the functions of the routes: like the methods, with the module in front where another module has such a method.
pub fn name_routes(modules: &mut [Module]) {
    let methods = modules.iter().flat_map(|module| &module.methods);
    let methods: Vec<_> = methods.map(|method| method.name.clone()).collect();
    let count = |name: &str| methods.iter().filter(|other| *other == name).count();
    let mut taken = HashSet::new();
    for module in modules {
        for method in &mut module.methods {
            let is_free = count(&method.name) < 2 && !ROUTES_NAMES.contains(&method.name.as_str());
            let mut name = method.name.clone();
            if !is_free {
                name = naming::joined(&module.name, &name);
                while count(&name) > 0 {
                    name = naming::joined(&name, "operation");
                }
            }
            method.function = naming::free(&name, |name| !taken.contains(name));
            taken.insert(method.function.clone());
        }
    }
}

/// Names the functions that give defaults and that decode what the spec does not name.
pub fn name_helpers(items: &mut [Item]) {
    let mut taken = HashSet::new();
    let mut free = |name: &str| {
        let name = naming::free(&naming::snake(name), |name| !taken.contains(name));
        taken.insert(name.clone());
        name
    };
    for item in items {
        let owner = item.name.clone();
        let members = match &mut item.kind {
            Kind::Struct { members, .. } => members.as_mut_slice(),
            _ => &mut [],
        };
        for member in members {
            if member.default.is_some() {
                let name = member.name.trim_start_matches("r#");
                member.default_function = free(&format!("{owner} {name} default"));
            }
        }
        item.rest_function = free(&format!("{owner} additional"));
    }
}
