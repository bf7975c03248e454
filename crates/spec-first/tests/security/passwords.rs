//! Names and passwords.

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, Version};
use futures_util::future::{join, join_all};
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

/// As many as the documentation says.
fn hashes_at_once() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    cores.div_ceil(2)
}

/// Wrong passwords for these names, all at once: how many of them are verified.
async fn flood(passwords: &Passwords, names: impl Iterator<Item = String>) -> usize {
    let flood = names.enumerate().map(async |(number, name)| {
        let basic = Basic::new(name, format!("wrong {number}"));
        passwords.verify(&basic).await.expect_err("it is wrong")
    });
    let rejections = join_all(flood).await;
    rejections.iter().filter(|it| !it.is_unavailable()).count()
}

#[actix_web::test]
async fn a_flood_of_wrong_passwords_is_bounded() {
    let passwords = passwords();
    let one = std::iter::repeat_n("ann".to_owned(), 5000);
    let many = (0..5000).map(|number| format!("nobody {number}"));
    // A few more than can wait, since the first hashes end while the last requests come.
    let (one, many) = (flood(&passwords, one).await, flood(&passwords, many).await);
    assert!((hashes_at_once() * 16..1000).contains(&one), "{one}");
    assert!((hashes_at_once() * 64..2000).contains(&many), "{many}");
    // Who comes later is served again.
    assert!(passwords.verify(&Basic::new("ann", "secret")).await.is_ok());
}

#[actix_web::test]
async fn who_was_accepted_before_is_served_while_others_guess() {
    let passwords = passwords();
    let ann = Basic::new("ann", "secret");
    assert!(passwords.verify(&ann).await.is_ok());
    for name in ["ann", "nobody"] {
        let names = std::iter::repeat_n(name.to_owned(), 1000);
        let honest = (0..1000).map(|_| passwords.verify(&ann));
        let (_, honest) = join(flood(&passwords, names), join_all(honest)).await;
        assert!(honest.iter().all(Result::is_ok), "{name}");
    }
    // That she was accepted makes no other password right.
    let wrong = passwords.verify(&Basic::new("ann", "Secret")).await;
    assert!(wrong.is_err_and(|rejection| !rejection.is_unavailable()));
}

#[actix_web::test]
async fn another_list_has_accepted_nobody() {
    let ann = Basic::new("ann", "secret");
    assert!(passwords().verify(&ann).await.is_ok());
    let changed = Passwords::new([("ann", hash("changed"))]).expect("they are hashes");
    assert!(changed.verify(&ann).await.is_err());
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
