//! On which state of a person a call depends.

use super::version::Version;

/// Which versions a call accepts (RFC 9110, section 13.1). The default accepts all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// If given, only these (`If-Match`).
    pub only: Option<Versions>,
    /// If given, none of these (`If-None-Match`).
    pub except: Option<Versions>,
}

/// Some versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Versions {
    All,
    These(Vec<Version>),
}

impl Condition {
    /// Whether the call may go ahead.
    pub fn accepts(&self, version: Version) -> bool {
        self.requires(version) && !self.excludes(version)
    }

    /// Whether the version is one of [`Self::only`].
    pub fn requires(&self, version: Version) -> bool {
        self.only.as_ref().is_none_or(|it| it.contains(version))
    }

    /// Whether the version is one of [`Self::except`].
    pub fn excludes(&self, version: Version) -> bool {
        self.except.as_ref().is_some_and(|it| it.contains(version))
    }
}

impl Versions {
    fn contains(&self, version: Version) -> bool {
        match self {
            Self::All => true,
            Self::These(versions) => versions.contains(&version),
        }
    }
}
