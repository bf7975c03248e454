//! The other ends of connections that are trusted.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// Proxies: those of a network, or all that connect to a Unix socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peers {
    /// Those with an address of this network.
    Network(IpNet),
    /// Those that connect to a Unix socket.
    Unix,
}

impl Peers {
    /// Whether a peer is one of them; `None` for one of a Unix socket.
    pub fn contain(&self, peer: Option<IpAddr>) -> bool {
        match (self, peer) {
            // An IPv4 address is written as one of IPv6 by a socket of both.
            (Self::Network(network), Some(peer)) => network.contains(&peer.to_canonical()),
            (Self::Unix, None) => true,
            _ => false,
        }
    }
}

impl FromStr for Peers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sentence = "expected an address such as 192.0.2.1, a network such as 10.0.0.0/8 or fd00::/8, or unix";
        match text {
            "unix" => Ok(Self::Unix),
            _ if text.contains('/') => text
                .parse()
                .map(Self::Network)
                .map_err(|_| sentence.to_owned()),
            _ => {
                let address: IpAddr = text.parse().map_err(|_| sentence.to_owned())?;
                Ok(Self::Network(address.into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_its_addresses() {
        for (text, peer, is_contained) in [
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("fd00::/8", "fd12::1", true),
            ("::1", "::1", true),
            ("::1", "127.0.0.1", false),
            ("unix", "127.0.0.1", false),
        ] {
            let peers: Peers = text.parse().expect(text);
            let peer = peer.parse().expect(peer);
            assert_eq!(peers.contain(Some(peer)), is_contained, "{text} {peer}");
            assert_eq!(peers.contain(None), text == "unix");
        }
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "localhost",
            "10.0.0.1:80",
            "unix:/a",
        ] {
            assert!(text.parse::<Peers>().is_err(), "{text}");
        }
    }
}
