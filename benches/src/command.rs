//! What the commands share: arguments, and how they end.

use std::env;
use std::process::ExitCode;

/// Runs a command with its arguments; a sentence that it fails with goes to the standard error.
#[must_use]
pub fn main(run: impl FnOnce(&[String]) -> Result<(), String>) -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// How many rounds the arguments of the command `name` ask for.
///
/// # Errors
/// How the command is used: there are other arguments, or the number is none.
pub fn rounds(name: &str, arguments: &[String], default: usize) -> Result<usize, String> {
    let count = match arguments {
        [] => Some(default),
        [option, number] if option == "--rounds" => number.parse().ok().filter(|it| *it > 0),
        _ => None,
    };
    count.ok_or_else(|| format!("usage: {name} [--rounds NUMBER]"))
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn rounds_are_a_number_of_at_least_one() {
        let read = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(|it| (*it).to_owned()).collect();
            rounds("compare", &arguments, 7)
        };
        assert_eq!(read(&[]), Ok(7));
        assert_eq!(read(&["--rounds", "2"]), Ok(2));
        let usage = Err("usage: compare [--rounds NUMBER]".to_owned());
        for wrong in [
            &["--rounds"][..],
            &["--rounds", "0"],
            &["--rounds", "x"],
            &["2"],
        ] {
            assert_eq!(read(wrong), usage, "{wrong:?}");
        }
    }
}
