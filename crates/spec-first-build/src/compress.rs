//! Compression of the files that the server sends as they are.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The content, compressed with gzip as small as possible: the same content always becomes the same bytes.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(content);
    let compressed = written.and_then(|()| encoder.finish());
    compressed.expect("memory can be written to")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::gzip;

    #[test]
    fn what_is_decompressed_is_the_content() {
        for content in ["".as_bytes(), b"a", "é\n".repeat(100_000).as_bytes()] {
            let compressed = gzip(content);
            let mut plain = Vec::new();
            let read = GzDecoder::new(compressed.as_slice()).read_to_end(&mut plain);
            read.expect("it is gzip");
            assert_eq!(plain, content);
            assert_eq!(compressed, gzip(content));
        }
    }
}
