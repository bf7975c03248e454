//! The page of an application: files that are part of the program.

use actix_web::web::Bytes;
use include_dir::Dir;

use super::assets::{Asset, media_type};

/// A folder of files that a server has at `/`.
///
/// The build script compresses those of the folder `web` beside `swagger.yml`, and [`embedded_page!`](crate::embedded_page) is the
/// page of them:
///
/// ```ignore
/// static PAGE: Page = embedded_page!();
/// ```
///
/// A folder of `include_dir!` is a page as well, whose files are compressed when the first client asks for them.
#[derive(Clone, Copy, Debug)]
pub struct Page(Files);

#[derive(Clone, Copy, Debug)]
enum Files {
    Embedded(&'static [PageFile]),
    Folder(&'static Dir<'static>),
}

/// A file of a page.
#[derive(Clone, Copy, Debug)]
pub struct PageFile {
    path: &'static str,
    content: &'static [u8],
    is_compressed: bool,
}

/// The [`Page`] of the folder `web`, which the build script of the package has compressed.
#[macro_export]
macro_rules! embedded_page {
    () => {
        include!(concat!(env!("OUT_DIR"), "/page.rs"))
    };
}

impl Page {
    /// A page of these files.
    #[must_use]
    pub const fn new(files: &'static [PageFile]) -> Self {
        Self(Files::Embedded(files))
    }

    /// Each file with its path, which has no slash at its start.
    pub(super) fn files(self) -> Vec<(String, Asset)> {
        match self.0 {
            Files::Embedded(files) => files.iter().map(PageFile::asset).collect(),
            Files::Folder(folder) => {
                let mut files = Vec::new();
                add(folder, &mut files);
                files
            }
        }
    }
}

impl From<&'static Dir<'static>> for Page {
    fn from(folder: &'static Dir<'static>) -> Self {
        Self(Files::Folder(folder))
    }
}

impl PageFile {
    /// A file with its path in the folder, `/` between its steps.
    #[must_use]
    pub const fn plain(path: &'static str, content: &'static [u8]) -> Self {
        Self {
            path,
            content,
            is_compressed: false,
        }
    }

    /// The same for a file that is compressed with gzip.
    #[must_use]
    pub const fn compressed(path: &'static str, gzip: &'static [u8]) -> Self {
        Self {
            path,
            content: gzip,
            is_compressed: true,
        }
    }

    fn asset(&self) -> (String, Asset) {
        let media_type = media_type(self.path);
        let asset = match self.is_compressed {
            true => Asset::compressed(media_type, self.content),
            false => Asset::new(media_type, Bytes::from_static(self.content)),
        };
        (self.path.to_owned(), asset)
    }
}

fn add(folder: &'static Dir<'static>, files: &mut Vec<(String, Asset)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let content = Bytes::from_static(file.contents());
        let asset = Asset::new(media_type(&path), content);
        files.push((path, asset));
    }
    folder.dirs().for_each(|it| add(it, files));
}
