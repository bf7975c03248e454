//! What proxies say of a request: its client, and the path under which clients know the server. It knows no server.

mod client;
mod header;
mod peers;
mod prefix;

pub(crate) use self::client::client;
pub use self::peers::Peers;
pub(crate) use self::prefix::Prefix;
