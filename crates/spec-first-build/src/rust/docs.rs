//! Doc comments from the spec's prose.

const WIDTH: usize = 96;

/// The lines of a doc comment: paragraphs wrapped, list items one a line, code as text.
pub fn lines(prose: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    let mut code = false;
    for line in prose.lines().map(str::trim) {
        let fence = line.starts_with("```") || line.starts_with("~~~");
        if fence || line.is_empty() || is_list_item(line) {
            flush(&mut paragraph, &mut lines);
        }
        if fence {
            lines.push(if code { "```" } else { "```text" }.to_owned());
            code = !code;
        } else if code {
            lines.push(line.to_owned());
        } else if line.is_empty() {
            separate(&mut lines);
        } else {
            paragraph = format!("{paragraph} {}", escaped(line));
        }
    }
    flush(&mut paragraph, &mut lines);
    if code {
        lines.push("```".to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A summary as the first half of a sentence: no full stop at its end.
pub fn headline(summary: &str) -> String {
    let words: Vec<_> = summary.split_whitespace().collect();
    escaped(words.join(" ").trim_end_matches('.'))
}

/// A description as the second half of a sentence: a small letter first, a full stop last.
pub fn clause(description: &str) -> String {
    let text = headline(description);
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            format!("{}{}.", first.to_lowercase(), &text[first.len_utf8()..])
        }
        _ => format!("{text}."),
    }
}

fn is_list_item(line: &str) -> bool {
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    line.starts_with("- ")
        || line.starts_with("* ")
        || (number.len() < line.len() && number.starts_with(". "))
}

fn separate(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|last| !last.is_empty()) {
        lines.push(String::new());
    }
}

/// Ends a paragraph. Only a paragraph is wrapped: a wrapped list item would need an indent of its own.
fn flush(paragraph: &mut String, lines: &mut Vec<String>) {
    let text = std::mem::take(paragraph);
    let text = text.trim();
    if is_list_item(text) {
        return lines.push(text.to_owned());
    }
    if lines.last().is_some_and(|last| is_list_item(last)) {
        separate(lines);
    }
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.len() + 1 + word.len() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// Takes their meaning from the signs that rustdoc would read as links or HTML, outside of `code`.
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut code = false;
    for letter in line.chars() {
        code ^= letter == '`';
        if !code && matches!(letter, '[' | ']' | '<' | '>' | '|') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_becomes_lines_that_rustdoc_takes() {
        for (prose, expected) in [
            ("One.", &["One."][..]),
            ("One\ntwo.\n\n\nThree.\n", &["One two.", "", "Three."]),
            (
                "Any of:\n- a\n- b\n  and c\n\nEnd",
                &["Any of:", "- a", "- b and c", "", "End"],
            ),
            (
                "```json\n{\"a\": [1]}\n```",
                &["```text", "{\"a\": [1]}", "```"],
            ),
            (
                "See [it] in <b>`[x]`</b>",
                &["See \\[it\\] in \\<b\\>`[x]`\\</b\\>"],
            ),
        ] {
            assert_eq!(lines(prose), expected, "{prose:?}");
        }
    }

    #[test]
    fn a_long_paragraph_is_wrapped() {
        let wrapped = lines(&"word ".repeat(60));
        assert_eq!(wrapped.len(), 4);
        assert!(wrapped.iter().all(|line| line.len() <= WIDTH));
    }

    #[test]
    fn clauses_keep_their_acronyms() {
        assert_eq!(clause("How many  at most."), "how many at most.");
        assert_eq!(clause("URL of it"), "URL of it.");
    }
}
