//! The page of the application, compressed: the files of a folder, and the Rust code that embeds them.

use std::fs;
use std::path::Path;

use crate::compress::gzip;

/// Writes the files of `folder`, each compressed where that makes it shorter, into the folder `page` of `out`, and `page.rs`, which
/// is the page of them. There may be no folder.
///
/// # Errors
/// What cannot be read or written, as a sentence.
pub fn embed(folder: &Path, out: &Path) -> Result<(), String> {
    let mut paths = Vec::new();
    if folder.exists() {
        find(folder, "", &mut paths)?;
    }
    let target = out.join("page");
    fs::create_dir_all(&target)
        .map_err(|error| format!("{} cannot be made: {error}.", target.display()))?;
    let mut code = String::from("::spec_first::Page::new(&[\n");
    for (number, path) in paths.iter().enumerate() {
        let plain = fs::read(folder.join(path))
            .map_err(|error| format!("{} cannot be read: {error}.", folder.join(path).display()))?;
        let compressed = gzip(&plain);
        let (kind, content) = match compressed.len() < plain.len() {
            true => ("compressed", compressed),
            false => ("plain", plain),
        };
        write(&target.join(number.to_string()), &content)?;
        code.push_str(&format!(
            "    ::spec_first::PageFile::{kind}({path:?}, include_bytes!(\"page/{number}\")),\n"
        ));
    }
    code.push_str("])\n");
    write(&out.join("page.rs"), code.as_bytes())
}

/// Adds the paths of all files in a folder, sorted, with `/` between their steps; `start` is the folder's own.
fn find(folder: &Path, start: &str, paths: &mut Vec<String>) -> Result<(), String> {
    let unread = |error| format!("{} cannot be read: {error}.", folder.display());
    let entries = fs::read_dir(folder).map_err(unread)?;
    let entries: Result<Vec<_>, _> = entries.collect();
    let mut entries = entries.map_err(unread)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{start}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => find(&entry.path(), &format!("{path}/"), paths)?,
            false => paths.push(path),
        }
    }
    Ok(())
}

fn write(file: &Path, content: &[u8]) -> Result<(), String> {
    fs::write(file, content)
        .map_err(|error| format!("{} cannot be written: {error}.", file.display()))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn what_is_embedded_is_what_the_folder_holds() {
        let folders = tempfile::tempdir().expect("a folder");
        let (web, out) = (folders.path().join("web"), folders.path().join("out"));
        fs::create_dir_all(web.join("js")).expect("a folder");
        let long = "a\"b ".repeat(500);
        fs::write(web.join("js/long.js"), &long).expect("written");
        fs::write(web.join("short.gz"), "short").expect("written");
        embed(&web, &out).expect("it is embedded");
        let code = fs::read_to_string(out.join("page.rs")).expect("it is there");
        assert_eq!(
            code,
            "::spec_first::Page::new(&[\n    \
             ::spec_first::PageFile::compressed(\"js/long.js\", include_bytes!(\"page/0\")),\n    \
             ::spec_first::PageFile::plain(\"short.gz\", include_bytes!(\"page/1\")),\n])\n"
        );
        let mut text = String::new();
        let compressed = fs::read(out.join("page/0")).expect("it is there");
        let read = GzDecoder::new(compressed.as_slice()).read_to_string(&mut text);
        read.expect("it is gzip");
        assert_eq!(text, long);
        assert_eq!(fs::read(out.join("page/1")).expect("it is there"), b"short");
    }

    #[test]
    fn without_a_folder_the_page_has_no_files() {
        let out = tempfile::tempdir().expect("a folder");
        embed(&out.path().join("web"), out.path()).expect("it is embedded");
        let code = fs::read_to_string(out.path().join("page.rs")).expect("it is there");
        assert_eq!(code, "::spec_first::Page::new(&[\n])\n");
    }
}
