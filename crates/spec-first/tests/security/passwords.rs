//! Names and passwords.

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, Version};
use futures_util::future::join_all;
use spec_first::security::passwords::Passwords;
use spec_first::security::{Authenticated, Basic};

/// The hash of a password, with little memory, so that the tests are fast.
fn hash(password: &str) -> String {
    let params = Params::new(64, 1, 1, None).expect("they are in range");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2
        .hash_password_with_salt(password.as_bytes(), b"a salt of tests.")
        .expect("it is hashed");
    hash.to_string()
}

fn passwords() -> Passwords {
    let passwords = Passwords::new([("ann", hash("secret")), ("bob", hash("other"))]);
    passwords.expect("they are hashes")
}

#[actix_web::test]
async fn a_name_is_accepted_with_its_own_password() {
    let passwords = passwords();
    let long = "s".repeat(1025);
    for (name, password, is_right) in [
        ("ann", "secret", true),
        ("bob", "other", true),
        ("ann", "other", false),
        ("bob", "secret", false),
        ("ann", "", false),
        ("ann", "Secret", false),
        ("Ann", "secret", false),
        ("", "secret", false),
        ("eve", "secret", false),
        ("ann", &long, false),
    ] {
        let verified = passwords.verify(&Basic::new(name, password)).await;
        let verified = verified.map_err(|rejection| rejection.detail().to_owned());
        let expected = match is_right {
            true => Ok(Authenticated::new(name.to_owned())),
            false => Err("the name or the password is wrong".to_owned()),
        };
        assert_eq!(verified, expected, "{name} {password}");
    }
}

#[actix_web::test]
async fn a_flood_of_wrong_passwords_is_bounded() {
    let passwords = passwords();
    let flood = (0..2000).map(async |number: usize| {
        let basic = Basic::new("ann", number.to_string());
        passwords.verify(&basic).await.expect_err("it is wrong")
    });
    let rejections = join_all(flood).await;
    let verified = rejections.iter().filter(|it| !it.is_unavailable()).count();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    assert_eq!(verified, cores.div_ceil(2) * 16);
    // Who comes later is served again.
    assert!(passwords.verify(&Basic::new("ann", "secret")).await.is_ok());
}

#[test]
fn a_file_has_a_name_and_a_hash_on_each_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("passwords");
    let read = |text: &str| {
        std::fs::write(&path, text).expect("the file is written");
        let error = Passwords::file(&path).err();
        error.map(|error| error.replace(&path.display().to_string(), "FILE"))
    };
    assert_eq!(read(&format!("# Ours.\n\nann:{}\n", hash("secret"))), None);
    let line = "FILE has a line that is not `name:hash`".to_owned();
    assert_eq!(read("ann"), Some(line));
    let no_hash = "the password of \"ann\" is no hash of Argon2".to_owned();
    assert_eq!(read("ann:secret"), Some(no_hash));
    assert_eq!(read(""), Some("there is no password".to_owned()));
    assert_eq!(format!("{:?}", passwords()), "Passwords { .. }");
}
