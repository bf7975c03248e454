//! What a request sends for a security scheme. Nothing here can be printed, and texts are compared in constant time.

use std::fmt;

use subtle::ConstantTimeEq;

use crate::head::RequestHead;

/// A text that is never printed.
#[derive(Clone)]
struct Secret(String);

impl Secret {
    /// Whether it is this text, in a time that depends on both lengths alone.
    fn is(&self, expected: &str) -> bool {
        self.0.as_bytes().ct_eq(expected.as_bytes()).into()
    }
}

/// The key of a scheme of type `apiKey`, decoded where it was in the query.
///
/// It cannot be compared with `==`, whose time would depend on how much of a guess is right:
///
/// ```compile_fail
/// # use spec_first::security::ApiKey;
/// assert!(ApiKey::new("key") == ApiKey::new("key"));
/// ```
#[derive(Clone)]
pub struct ApiKey(Secret);

impl ApiKey {
    /// A key, for a test.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self(Secret(key.into()))
    }

    /// Whether it is this key. The time depends on the lengths alone.
    #[must_use]
    pub fn is(&self, expected: &str) -> bool {
        self.0.is(expected)
    }

    /// The key itself; not empty.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0.0
    }
}

/// A name and a password (RFC 7617), both in UTF-8 and without control characters.
///
/// ```compile_fail
/// # use spec_first::security::Basic;
/// assert!(Basic::new("ann", "secret") == Basic::new("ann", "secret"));
/// ```
#[derive(Clone)]
pub struct Basic {
    name: Secret,
    password: Secret,
}

impl Basic {
    /// A name without a colon and a password, for a test.
    #[must_use]
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            name: Secret(name.into()),
            password: Secret(password.into()),
        }
    }

    /// Whether both are these. The time depends on the lengths alone.
    #[must_use]
    pub fn is(&self, name: &str, password: &str) -> bool {
        // Both are compared in any case, so that the time does not depend on which of them is wrong.
        self.name.is(name) & self.password.is(password)
    }

    /// The name, which may be empty.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name.0
    }

    /// The password itself, which may be empty.
    #[must_use]
    pub fn expose_password(&self) -> &str {
        &self.password.0
    }
}

/// A bearer token (RFC 6750): of the scheme `bearer`, of `oauth2` and of `openIdConnect`.
///
/// ```compile_fail
/// # use spec_first::security::Bearer;
/// assert!(Bearer::new("token") == Bearer::new("token"));
/// ```
#[derive(Clone)]
pub struct Bearer(Secret);

impl Bearer {
    /// A token, for a test.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        Self(Secret(token.into()))
    }

    /// Whether it is this token. The time depends on the lengths alone.
    #[must_use]
    pub fn is(&self, expected: &str) -> bool {
        self.0.is(expected)
    }

    /// The token itself: letters, digits and `-._~+/`, then any `=`; not empty.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0.0
    }
}

/// What follows the scheme's name in the header `Authorization`, of another scheme than `basic` and `bearer`.
#[derive(Clone)]
pub struct Authorization(Secret);

impl Authorization {
    /// A value, for a test.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Secret(value.into()))
    }

    /// The value itself: visible ASCII characters and spaces, not empty.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0.0
    }
}

/// The connection of a request, for a scheme of type `mutualTLS`. The application reads the certificate from what it has stored
/// when the connection was opened, or from a header of the proxy in front of it (RFC 9440); without one it returns
/// [`Rejection::missing`](super::Rejection::missing).
#[derive(Clone)]
pub struct Connection(RequestHead);

impl Connection {
    pub(super) fn new(head: RequestHead) -> Self {
        Self(head)
    }

    /// As [`RequestHead::connection`].
    #[must_use]
    pub fn get<T: 'static>(&self) -> Option<&T> {
        self.0.connection()
    }
}

/// Credentials of any kind.
#[derive(Clone)]
pub enum Any {
    ApiKey(ApiKey),
    Basic(Basic),
    Bearer(Bearer),
    Authorization(Authorization),
    Connection(Connection),
}

/// The credentials of one kind of scheme. No other type can implement it.
pub trait Credentials: sealed::Credentials {}

pub(super) mod sealed {
    /// Credentials out of those of any kind.
    pub trait Credentials: Sized {
        fn of(any: super::Any) -> Option<Self>;
    }
}

/// Implements what all kinds have in common.
macro_rules! credentials {
    ($($name:ident),*) => {
        $(
            impl Credentials for $name {}

            impl sealed::Credentials for $name {
                fn of(any: Any) -> Option<Self> {
                    match any {
                        Any::$name(it) => Some(it),
                        _ => None,
                    }
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str(concat!(stringify!($name), "(..)"))
                }
            }
        )*
    };
}

credentials!(ApiKey, Basic, Bearer, Authorization, Connection);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_secret_is_printed() {
        let texts = [
            format!("{:?}", ApiKey::new("secret")),
            format!("{:?}", Basic::new("secret", "secret")),
            format!("{:?}", Bearer::new("secret")),
            format!("{:?}", Authorization::new("secret")),
        ];
        assert_eq!(
            texts,
            ["ApiKey(..)", "Basic(..)", "Bearer(..)", "Authorization(..)"]
        );
    }

    #[test]
    fn secrets_are_compared_as_a_whole() {
        for (given, expected, is_same) in [
            ("a", "a", true),
            ("a", "b", false),
            ("a", "ab", false),
            ("ab", "a", false),
            ("a", "", false),
            ("ä", "ä", true),
        ] {
            assert_eq!(
                ApiKey::new(given).is(expected),
                is_same,
                "{given:?} {expected:?}"
            );
            assert_eq!(Bearer::new(given).is(expected), is_same);
            assert_eq!(Basic::new("n", given).is("n", expected), is_same);
            assert_eq!(Basic::new(given, "p").is(expected, "p"), is_same);
        }
    }
}
