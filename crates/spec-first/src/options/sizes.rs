//! Numbers of bytes, as options name them.

pub(super) fn size(text: &str) -> Result<usize, String> {
    let allowed = bytes(text).filter(|size| *size <= 1 << 30);
    allowed
        .ok_or("expected a number of bytes from 0 to 1GiB, such as 65536, 64KiB or 1MiB".to_owned())
}

pub(super) fn upload_size(text: &str) -> Result<usize, String> {
    let allowed = bytes(text).filter(|size| *size as u64 <= 1 << 40);
    allowed.ok_or(
        "expected a number of bytes from 0 to 1024GiB, such as 65536, 64KiB or 1MiB".to_owned(),
    )
}

pub(super) fn head_size(text: &str) -> Result<usize, String> {
    let allowed = bytes(text).filter(|size| (1..=64 << 10).contains(size));
    allowed.ok_or("expected a number of bytes from 1 to 64KiB, such as 8192 or 8KiB".to_owned())
}

/// A number of bytes, which may have a unit.
fn bytes(text: &str) -> Option<usize> {
    const UNITS: [(&str, usize); 3] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
    let with_unit = UNITS
        .iter()
        .find_map(|(name, unit)| Some((text.strip_suffix(name)?, *unit)));
    let (number, unit) = with_unit.unwrap_or((text, 1));
    let number = number.trim_end().parse::<usize>().ok()?;
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bytes_or_carry_a_unit() {
        let cases = [
            ("0", 0),
            ("10", 10),
            ("64KiB", 65_536),
            ("1 MiB", 1_048_576),
            ("1GiB", 1_073_741_824),
        ];
        for (text, bytes) in cases {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in [
            "",
            "MiB",
            "-1",
            "1MB",
            "2GiB",
            "1.5MiB",
            "99999999999999999999",
            "18014398509481985KiB",
        ] {
            assert!(size(text).is_err(), "{text}");
        }
        assert_eq!(head_size("64KiB"), Ok(65_536));
        assert!(head_size("0").is_err() && head_size("65537").is_err());
        assert_eq!(upload_size("1024GiB"), Ok(1 << 40));
        assert!(upload_size("1025GiB").is_err());
    }
}
