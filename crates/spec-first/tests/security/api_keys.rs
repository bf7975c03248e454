//! Lists of API keys.

use spec_first::security::api_keys::ApiKeys;
use spec_first::security::{ApiKey, Authenticated};

/// The SHA-256 of `a key of the robot`.
const ROBOT: &str = "9b7c8d25e08f4b06b3bf3bca68f9f9b91ea41fc589e94754a989f13437ee1a36";

#[test]
fn a_key_belongs_to_a_name() {
    let keys = ApiKeys::new([
        ("robot", "a key of the robot"),
        ("clock", "a key of the clock"),
    ]);
    let digests = ApiKeys::digests([("clock", &*"0".repeat(64)), ("robot", ROBOT)]);
    for keys in [keys, digests] {
        let keys = keys.expect("they are keys");
        let verify = |key: &str| {
            let verified = keys.verify(&ApiKey::new(key));
            verified.map_err(|rejection| rejection.detail().to_owned())
        };
        let robot = Authenticated::new("robot".to_owned());
        assert_eq!(verify("a key of the robot"), Ok(robot));
        for key in ["a key of the robo", "A key of the robot", ROBOT, ""] {
            assert_eq!(verify(key), Err("the key is unknown".to_owned()), "{key}");
        }
    }
}

#[test]
fn a_file_has_a_name_and_a_digest_on_each_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys");
    let read = |text: &str| {
        std::fs::write(&path, text).expect("the file is written");
        let error = ApiKeys::file(&path).err();
        error.map(|error| error.replace(&path.display().to_string(), "FILE"))
    };
    assert_eq!(read(&format!("# Ours.\n\nthe: robot:{ROBOT}\n")), None);
    let line = "FILE has a line that is not `name:digest`".to_owned();
    assert_eq!(read("robot"), Some(line));
    let digest = "the key of \"robot\" is no SHA-256 in hexadecimal digits".to_owned();
    for text in ["robot:1", &format!("robot:{}", "é".repeat(32))] {
        assert_eq!(read(text), Some(digest.clone()));
    }
    assert_eq!(read("\n"), Some("there is no key".to_owned()));
    let short = ApiKeys::new([("robot", "short")]).err();
    let expected = "the key of \"robot\" has less than 16 bytes";
    assert_eq!(short.as_deref(), Some(expected));
}
