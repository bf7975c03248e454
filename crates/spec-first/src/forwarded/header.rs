//! The addresses in `Forwarded` (RFC 7239) and in `X-Forwarded-For`.

use std::net::{IpAddr, SocketAddr};

/// The address that each proxy says to have been its client, the last proxy's last; `None` for one that is hidden, unknown or not
/// an address.
pub(super) fn forwarded(value: &str) -> Vec<Option<IpAddr>> {
    let elements = split(value, ',').into_iter();
    elements.map(of_element).collect()
}

/// As [`forwarded`], of `X-Forwarded-For`.
pub(super) fn x_forwarded_for(value: &str) -> Vec<Option<IpAddr>> {
    value.split(',').map(|node| address(node.trim())).collect()
}

fn of_element(element: &str) -> Option<IpAddr> {
    let pairs = split(element, ';');
    let mut nodes = pairs.into_iter().filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("for")
            .then_some(value.trim())
    });
    let node = nodes.next()?;
    // Each parameter occurs once (section 4).
    if nodes.next().is_some() {
        return None;
    }
    match node.strip_prefix('"') {
        Some(quoted) => address(&quoted.strip_suffix('"')?.replace('\\', "")),
        None => address(node),
    }
}

/// The parts between separators, those in quoted strings aside.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |character| {
        let is_plain = !is_quoted;
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        is_plain && character == separator
    })
    .collect()
}

/// An address, with or without a port; one of IPv6 with a port is in brackets.
fn address(node: &str) -> Option<IpAddr> {
    let bare = node
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(node).parse::<IpAddr>();
    let address = address.or_else(|_| node.parse().map(|socket: SocketAddr| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(addresses: Vec<Option<IpAddr>>) -> Vec<String> {
        let written = |it: Option<IpAddr>| it.map_or("-".to_owned(), |it| it.to_string());
        addresses.into_iter().map(written).collect()
    }

    #[test]
    fn forwarded_has_an_address_for_each_proxy() {
        for (value, addresses) in [
            ("for=192.0.2.43", vec!["192.0.2.43"]),
            (
                "For=\"[2001:db8:cafe::17]:4711\"",
                vec!["2001:db8:cafe::17"],
            ),
            (
                "for=192.0.2.60;proto=http;by=203.0.113.43",
                vec!["192.0.2.60"],
            ),
            (
                "for=192.0.2.43, for=198.51.100.17:80",
                vec!["192.0.2.43", "198.51.100.17"],
            ),
            (
                "for=\"a,b;for=1.1.1.1\", for=192.0.2.1",
                vec!["-", "192.0.2.1"],
            ),
            ("for=_hidden, for=unknown", vec!["-", "-"]),
            ("proto=https", vec!["-"]),
            ("for=1.1.1.1;for=2.2.2.2", vec!["-"]),
            ("for=\"192.0.2.1", vec!["-"]),
            ("for=::1", vec!["::1"]),
            ("", vec!["-"]),
            ("for=1.1.1.256, =, ;;, for", vec!["-", "-", "-", "-"]),
        ] {
            assert_eq!(written(forwarded(value)), addresses, "{value}");
        }
    }

    #[test]
    fn x_forwarded_for_has_an_address_for_each_proxy() {
        for (value, addresses) in [
            ("192.0.2.43", vec!["192.0.2.43"]),
            (
                "192.0.2.43:80 ,[::1]:80, ::1 ,[::1]",
                vec!["192.0.2.43", "::1", "::1", "::1"],
            ),
            ("::ffff:192.0.2.43", vec!["192.0.2.43"]),
            ("unknown, , <script>", vec!["-", "-", "-"]),
        ] {
            assert_eq!(written(x_forwarded_for(value)), addresses, "{value}");
        }
    }
}
