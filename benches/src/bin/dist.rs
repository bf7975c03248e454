//! Builds the server as it is shipped, and prints where the program is: `dist [PROFILE]`, with the profile `dist` by default.

use std::process::ExitCode;

use benches::{command, dist};

fn main() -> ExitCode {
    command::main(run)
}

fn run(arguments: &[String]) -> Result<(), String> {
    let profile = match arguments {
        [] => dist::PROFILE,
        [profile] if !profile.starts_with('-') => profile,
        _ => return Err("usage: dist [PROFILE]".to_owned()),
    };
    println!("{}", dist::people(profile)?.display());
    Ok(())
}
