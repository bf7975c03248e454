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
/// As those of [`numbers`].
pub fn rounds(name: &str, arguments: &[String], default: usize) -> Result<usize, String> {
    numbers(name, arguments, [("--rounds", default)]).map(|[rounds]| rounds)
}

/// The numbers that the arguments of the command `name` give its options, each of which has a default.
///
/// # Errors
/// How the command is used: there are other arguments, or a number is none of at least one.
pub fn numbers<const N: usize>(
    name: &str,
    arguments: &[String],
    options: [(&str, usize); N],
) -> Result<[usize; N], String> {
    let mut numbers = options.map(|(_, default)| default);
    let read = arguments.chunks(2).try_for_each(|argument| {
        let [option, number] = argument else {
            return None;
        };
        let index = options.iter().position(|(name, _)| name == option)?;
        numbers[index] = number.parse().ok().filter(|it| *it > 0)?;
        Some(())
    });
    read.map(|()| numbers).ok_or_else(|| {
        let options = options.map(|(option, _)| format!(" [{option} NUMBER]"));
        format!("usage: {name}{}", options.concat())
    })
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn an_option_has_a_number_of_at_least_one() {
        let read = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(|it| (*it).to_owned()).collect();
            let options = [("--rounds", 7), ("--connections", 8)];
            numbers("compare", &arguments, options)
        };
        assert_eq!(read(&[]), Ok([7, 8]));
        assert_eq!(read(&["--rounds", "2"]), Ok([2, 8]));
        assert_eq!(read(&["--connections", "3", "--rounds", "2"]), Ok([2, 3]));
        let usage = "usage: compare [--rounds NUMBER] [--connections NUMBER]";
        let usage = Err(usage.to_owned());
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
