//! An application that answers each operation with the body that it was sent.

/// Its `main.rs`, from the text of the generated trait.
pub fn program(operations: &str) -> String {
    let (head, rest) = operations
        .split_once("/// What the application does")
        .expect("the trait's comment");
    let (_, methods) = rest.split_once("'static {\n").expect("the trait");
    let (methods, _) = methods.split_once("\n}").expect("its end");
    let methods: String = methods
        .lines()
        .filter(|line| !line.trim_start().starts_with("///"))
        .map(|line| line.replace("Problem>;", "Problem> {\n        Ok(body)\n    }") + "\n")
        .collect();
    let uses: String = head
        .lines()
        .filter(|line| !line.starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    let uses = uses.replace("super::", "tasks::generated::");
    format!("{uses}{MAIN}impl tasks::generated::echo::Echo for Application {{\n{methods}}}\n")
}

const MAIN: &str = "
use clap::Parser;

struct Application;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: spec_first::options::Options,
}

fn main() {
    let arguments: Arguments = spec_first::options::parse(\"TASKS\").expect(\"they are valid\");
    let api = tasks::generated::api(Application);
    spec_first::Server::new(api, arguments.options).run().expect(\"it serves\");
}

";
