//! Names that have no letters, in words.

/// The name with its signs in words, for two names that differ in nothing else.
pub fn spelled_out(name: &str) -> String {
    name.chars()
        .map(|sign| match word(sign) {
            Some(word) => format!(" {word} "),
            None if sign.is_alphanumeric() || sign == ' ' => sign.to_string(),
            None => format!(" u_{:x} ", u32::from(sign)),
        })
        .collect()
}

/// The name's code points, for a name whose signs have no words.
pub fn code_points(name: &str) -> String {
    name.chars().fold("u".to_owned(), |text, letter| {
        format!("{text}_{:x}", u32::from(letter))
    })
}

fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '.' => "dot",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '*' => "star",
        '%' => "percent",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '/' => "slash",
        ':' => "colon",
        '~' => "tilde",
        '?' => "question",
        '_' => "underscore",
        '\n' => "newline",
        '\r' => "return",
        '\t' => "tab",
        '\'' => "apostrophe",
        '"' => "quote",
        '\\' => "backslash",
        '≥' => "greater than or equal",
        '≤' => "less than or equal",
        '≠' => "not equal",
        '≈' => "about",
        '±' => "plus minus",
        '×' => "times",
        '÷' => "divided by",
        '−' => "minus",
        '∞' => "infinity",
        '°' => "degree",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '¢' => "cent",
        '§' => "section",
        '√' => "root",
        '→' => "right",
        '←' => "left",
        '↑' => "up",
        '↓' => "down",
        '…' => "ellipsis",
        '©' => "copyright",
        '®' => "registered",
        '™' => "trademark",
        _ => return None,
    })
}
