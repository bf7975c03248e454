//! Names for the elements of lists that have names.

/// The name for one of several: its singular, or, where `name` is no plural, the name and `word`: `order items` becomes
/// `order item`, and `order stock` becomes `order stock item`. A list in a list has no type, so the name has `word` once.
pub fn element(name: &str, word: &str) -> String {
    if name.rsplit(' ').next() == Some(word) {
        return name.to_owned();
    }
    singular(name).unwrap_or_else(|| format!("{name} {word}"))
}

/// The singular of a name that ends with a plural.
fn singular(name: &str) -> Option<String> {
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
    ];
    let lower = name.to_lowercase();
    if ["series", "species", "news", "ss", "us", "is"]
        .iter()
        .any(|it| lower.ends_with(it))
    {
        return None;
    }
    let ending = endings
        .iter()
        .find_map(|(plural, singular)| Some(format!("{}{singular}", name.strip_suffix(plural)?)));
    let stem = ending.or_else(|| name.strip_suffix('s').map(str::to_owned))?;
    // A lone letter is no word.
    let last = stem.rsplit(|letter: char| !letter.is_alphanumeric()).next();
    last.is_some_and(|word| word.chars().count() > 1)
        .then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_has_the_singular_of_its_list() {
        for (list, expected) in [
            ("Order items", "Order item"),
            ("Order categories", "Order category"),
            ("Order addresses", "Order address"),
            ("Order boxes", "Order box"),
            ("Order status", "Order status item"),
            ("Order address", "Order address item"),
            ("Order series", "Order series item"),
            ("Order data", "Order data item"),
            ("Order s", "Order s item"),
            ("Order item", "Order item"),
            ("Order value", "Order value item"),
            ("item", "item"),
            ("List response", "List response item"),
        ] {
            assert_eq!(element(list, "item"), expected, "{list}");
        }
    }
}
