//! The operations in modules, each with a trait.

use super::method::Method;
use super::schemas::ItemBuilder;
use crate::api::Operation;
use crate::naming;

/// The operations of one module: one trait.
#[derive(Debug)]
pub struct Module {
    /// As the spec writes it.
    pub spec_name: String,
    pub name: String,
    pub trait_name: String,
    pub methods: Vec<Method>,
}

/// The modules of the operations, in the spec's order.
pub fn modules(operations: &[Operation], builder: &mut ItemBuilder) -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    // The traits first: they are named by the author, and most types are not.
    for operation in operations {
        let name = module_name(&operation.module);
        if !modules.iter().any(|module| module.name == name) {
            modules.push(Module {
                spec_name: operation.module.clone(),
                name,
                trait_name: builder.trait_name(&operation.module),
                methods: Vec::new(),
            });
        }
    }
    for operation in operations {
        let mut same = operations.iter().filter(|it| it.name == operation.name);
        let is_unique = same.nth(1).is_none();
        let mut method = Method::new(operation, is_unique, builder);
        let name = module_name(&operation.module);
        let mut modules = modules.iter_mut();
        if let Some(module) = modules.find(|module| module.name == name) {
            method.name = module.free(&method.name);
            module.methods.push(method);
        }
    }
    modules
}

impl Module {
    /// Whether one of the methods receives who calls.
    pub fn is_secured(&self) -> bool {
        self.methods
            .iter()
            .any(|method| !method.principals.is_empty())
    }

    /// The name, or the name with a number, that no method has.
    fn free(&self, name: &str) -> String {
        let has = |name: &String| self.methods.iter().any(|method| method.name == *name);
        naming::free(name, |name| !has(name))
    }
}

/// The module's name, which must not be that of another generated file, or of a crate that the file of modules imports from.
fn module_name(spec_name: &str) -> String {
    let name = naming::snake(spec_name);
    let names = [
        "types",
        "routes",
        "r#mod",
        "mock",
        "security",
        "std",
        "spec_first",
    ];
    if names.contains(&name.as_str()) {
        format!("{}_operations", name.trim_start_matches("r#"))
    } else {
        name
    }
}
