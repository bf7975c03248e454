//! TLS: the certificate of a server, which is read again while the server runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{Error, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};

use crate::options;

/// A certificate with its key, and the files that they come from.
#[derive(Clone)]
pub(super) struct Certificate {
    files: Files,
    provider: Arc<CryptoProvider>,
    current: Arc<Current>,
}

#[derive(Clone)]
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

/// What the next handshakes use.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl Certificate {
    /// Reads the files that the options name, if they do.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn read(options: &options::Tls) -> Result<Option<Self>, String> {
        let (Some(certificate), Some(key)) = (&options.tls_certificate, &options.tls_key) else {
            return Ok(None);
        };
        let files = Files {
            certificate: certificate.clone(),
            key: key.clone(),
        };
        let provider = Arc::new(ring::default_provider());
        let current = Current(RwLock::new(Arc::new(files.read(&provider)?)));
        Ok(Some(Self {
            files,
            provider,
            current: Arc::new(current),
        }))
    }

    /// The settings of a server with this certificate, whatever it is at the time of a handshake.
    ///
    /// # Errors
    /// A sentence.
    pub fn settings(&self) -> Result<ServerConfig, String> {
        let settings = ServerConfig::builder_with_provider(Arc::clone(&self.provider));
        let settings = settings.with_safe_default_protocol_versions();
        let settings = settings.map_err(|error| format!("TLS is not possible: {error}"))?;
        let certificate = Arc::clone(&self.current);
        Ok(settings
            .with_no_client_auth()
            .with_cert_resolver(certificate))
    }

    /// Reads the files again whenever the process receives SIGHUP. The last good certificate stays if they are not good.
    #[cfg(unix)]
    pub fn reload_on_signal(self) -> std::io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};

        let mut signals = signal(SignalKind::hangup())?;
        actix_web::rt::spawn(async move {
            while signals.recv().await.is_some() {
                self.reload();
            }
        });
        Ok(())
    }

    #[cfg(not(unix))]
    pub fn reload_on_signal(self) -> std::io::Result<()> {
        Ok(())
    }

    #[cfg(unix)]
    fn reload(&self) {
        match self.files.read(&self.provider) {
            Ok(read) => {
                *self
                    .current
                    .0
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
                tracing::info!("the certificate has been read again");
            }
            Err(error) => tracing::error!(error, "the certificate stays as it is"),
        }
    }
}

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}

impl Files {
    fn read(&self, provider: &CryptoProvider) -> Result<CertifiedKey, String> {
        let (certificate, key) = (self.certificate.display(), self.key.display());
        let chain = CertificateDer::pem_file_iter(&self.certificate);
        let chain = chain.and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let chain = chain.map_err(|error| unreadable(&self.certificate, error))?;
        if chain.is_empty() {
            return Err(format!("{certificate}: the file contains no certificate"));
        }
        let private = PrivateKeyDer::from_pem_file(&self.key);
        let private = private.map_err(|error| unreadable(&self.key, error))?;
        let made = CertifiedKey::from_der(chain, private, provider);
        made.map_err(|error| match error {
            rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                format!("the key in {key} is not that of the certificate in {certificate}")
            }
            error => format!("{certificate} and {key} cannot be used: {error}"),
        })
    }
}

fn unreadable(file: &Path, error: Error) -> String {
    let file = file.display();
    match error {
        Error::Io(error) => format!("cannot read {file}: {error}"),
        Error::NoItemsFound => format!("{file}: the file contains no private key"),
        error => format!("{file}: {error}"),
    }
}
