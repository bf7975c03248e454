//! The units for systemd.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::copy::original;
use super::support::program;

/// How exposed the service may be, from 0 to 100, in systemd's own estimate.
const EXPOSED: &str = "15";

/// The units in a folder, with the program that was built instead of the one that is installed.
fn units(folder: &Path) {
    let program = program().get_program().to_string_lossy().into_owned();
    for name in ["people.service", "people.socket"] {
        let unit = fs::read_to_string(original().join("docs/systemd").join(name)).expect("read");
        let unit = unit.replace("/usr/local/bin/people", &program);
        fs::write(folder.join(name), unit).expect("written");
    }
}

/// Runs `systemd-analyze` on the service; what it wrote, if it found a fault. What `verify` only ignores is one, too.
fn analyze(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new("systemd-analyze");
    let output = command.args(arguments).arg(folder.join("people.service"));
    let output = output.output().expect("systemd-analyze runs");
    let printed = [output.stdout, output.stderr].concat();
    let is_verified = arguments != ["verify"] || printed.is_empty();
    match output.status.success() && is_verified {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&printed).into_owned()),
    }
}

#[test]
#[ignore = "needs systemd-analyze: run tests/run"]
fn the_units_are_valid_and_expose_little() {
    const SECURITY: [&str; 3] = ["security", "--offline=true", "--threshold"];
    let folder = tempfile::tempdir().expect("a folder");
    units(folder.path());
    let exposure = |limit| analyze(folder.path(), &[&SECURITY[..], &[limit]].concat());
    assert_eq!(analyze(folder.path(), &["verify"]), Ok(()));
    assert_eq!(exposure(EXPOSED), Ok(()));
    // Both find what is wrong.
    assert!(exposure("1").is_err());
    let file = folder.path().join("people.service");
    let unit = fs::read_to_string(&file).expect("read");
    fs::write(&file, unit.replace("Type=exec", "Type=none")).expect("written");
    assert!(analyze(folder.path(), &["verify"]).is_err());
}
