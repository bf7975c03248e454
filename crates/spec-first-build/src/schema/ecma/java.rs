//! Classes of Java that Unicode does not know, such as `\p{Print}`: specs that are made from Java have them.

/// What Java means by the name of a class that is no property of Unicode (`java.util.regex.Pattern`, POSIX character classes).
fn ranges(name: &str) -> Option<&'static [(u32, u32)]> {
    Some(match name {
        "Print" => &[(0x20, 0x7e)],
        "Graph" => &[(0x21, 0x7e)],
        "Alnum" => &[(0x30, 0x39), (0x41, 0x5a), (0x61, 0x7a)],
        "XDigit" => &[(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
        "Blank" => &[(0x09, 0x09), (0x20, 0x20)],
        _ => return None,
    })
}

/// The class `\p{name}`, or `\P{name}` if `letter` is `P`, as a part of a class in the syntax of the engine.
pub(super) fn class(letter: char, name: &str) -> Option<String> {
    let ranges = ranges(name)?;
    let text = |start: u32, end: u32| format!("\\u{{{start:x}}}-\\u{{{end:x}}}");
    if letter == 'p' {
        return Some(
            ranges
                .iter()
                .map(|(start, end)| text(*start, *end))
                .collect(),
        );
    }
    let starts = std::iter::once(0).chain(ranges.iter().map(|(_, end)| end + 1));
    let ends = ranges.iter().map(|(start, _)| start - 1);
    let ends = ends.chain([u32::from(char::MAX)]);
    Some(
        starts
            .zip(ends)
            .map(|(start, end)| text(start, end))
            .collect(),
    )
}

/// The classes of Java in a pattern, with their places from 1.
pub(crate) fn classes(pattern: &str) -> Vec<(usize, String)> {
    let letters: Vec<char> = pattern.chars().collect();
    let mut found = Vec::new();
    let mut here = 0;
    while let Some(letter) = letters.get(here) {
        let rest = &letters[here + 1..];
        if *letter == '\\' {
            found.extend(named(rest).map(|name| (here + 1, name)));
            here += 1;
        }
        here += 1;
    }
    found
}

/// The class that follows a backslash, if it is one of Java's.
fn named(rest: &[char]) -> Option<String> {
    let ['p' | 'P', '{', ..] = rest else {
        return None;
    };
    let end = rest.iter().position(|letter| *letter == '}')?;
    let name: String = rest[2..end].iter().collect();
    ranges(&name).map(|_| format!("\\{}{{{name}}}", rest[0]))
}
