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
        builder.module.clone_from(&operation.module);
        let mut method = Method::new(operation, builder);
        let name = module_name(&operation.module);
        let mut modules = modules.iter_mut();
        if let Some(module) = modules.find(|module| module.name == name) {
            method.name = module.free(method.name);
            module.methods.push(method);
        }
    }
    modules
}

impl Module {
    /// The name, or the name with a number, that no method has.
    fn free(&self, name: String) -> String {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        let is_free = |name: &String| !self.methods.iter().any(|method| method.name == *name);
        candidates.find(is_free).unwrap_or(name)
    }
}

/// The module's name, which must not be that of another generated file.
fn module_name(spec_name: &str) -> String {
    let name = naming::snake(spec_name);
    if matches!(name.as_str(), "types" | "routes" | "r#mod" | "mock") {
        format!("{}_operations", name.trim_start_matches("r#"))
    } else {
        name
    }
}
