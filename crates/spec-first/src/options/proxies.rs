//! Options of a server behind proxies.

use clap::Args;
use clap::builder::BoolishValueParser;

use crate::forwarded::Peers;

/// Which proxies are in front of a server, and what they say.
#[derive(Args, Clone, Debug, Default)]
pub struct Proxies {
    /// The addresses of proxies, such as `10.0.0.0/8`, `::1` or `unix` for Unix sockets, whose `Forwarded` or `X-Forwarded-For`
    /// names the client; several by repeating it or with commas
    #[arg(long, value_name = "ADDRESSES", value_delimiter = ',')]
    pub trusted_proxy: Vec<Peers>,

    /// Add the path in `X-Forwarded-Prefix` of these proxies to the paths in `Location` and in the spec
    #[arg(long, value_parser = BoolishValueParser::new(), requires = "trusted_proxy")]
    pub forwarded_prefix: bool,
}
