//! Options of TLS.

use std::path::PathBuf;

use clap::Args;

/// The certificate of a server.
#[derive(Args, Clone, Debug)]
pub struct Tls {
    /// Serve HTTPS (HTTP/1.1 and HTTP/2) with the certificates of this PEM file, the server's own first; read again on SIGHUP
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,

    /// The PEM file with the private key of the certificate
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
}
