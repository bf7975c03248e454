//! Servers of the same operations by other frameworks, in `others`, with the validation that is usual there.

use std::env;
use std::path::{Path, PathBuf};

/// A framework. `others/install` installs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// On this repository's spec; validates requests and responses.
    Connexion,
    /// Models of pydantic for requests and responses.
    FastApi,
    /// Schemas of requests for Ajv; responses are written, and not validated, by their schemas.
    Fastify,
}

pub const ALL: [Other; 3] = [Other::Connexion, Other::FastApi, Other::Fastify];

impl Other {
    /// How tables name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Connexion => "Connexion, uvicorn",
            Self::FastApi => "FastAPI, uvicorn",
            Self::Fastify => "fastify",
        }
    }

    /// Whether `others/install` has installed it.
    #[must_use]
    pub fn is_installed(self) -> bool {
        let package = match self {
            Self::Connexion => "python/bin/connexion",
            Self::FastApi => "python/bin/fastapi",
            Self::Fastify => "node_modules/fastify/package.json",
        };
        installed().join(package).exists()
    }

    /// What runs the server.
    #[must_use]
    pub fn program(self) -> PathBuf {
        match self {
            Self::Connexion | Self::FastApi => installed().join("python/bin/python"),
            Self::Fastify => "node".into(),
        }
    }

    /// The server and its arguments.
    #[must_use]
    pub fn arguments(self) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = |path: PathBuf| path.display().to_string();
        let server = |name: &str| text(folder.join("others").join(name));
        match self {
            Self::Connexion => vec![server("connexion_server.py"), text(folder.join(".."))],
            Self::FastApi => vec![server("fastapi_server.py")],
            Self::Fastify => vec![server("fastify.mjs"), text(installed())],
        }
    }
}

/// Where `others/install` installs.
fn installed() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root.join(target).join("others")
}
