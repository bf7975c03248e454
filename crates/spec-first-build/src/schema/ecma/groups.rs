//! The groups of a pattern, which a reference may precede.

use super::{PatternFault, fault};

/// The capturing groups of a pattern.
pub(super) struct Groups {
    /// Their names, in the order of their numbers.
    pub names: Vec<Option<String>>,
    /// The numbers of those that are referred to.
    pub references: Vec<usize>,
    /// Whether the engine has to backtrack. Its classes are then those of Unicode.
    pub backtracks: bool,
}

impl Groups {
    /// Those of the pattern `letters`.
    ///
    /// # Errors
    /// Two groups of one name.
    pub fn find(letters: &[char]) -> Result<Groups, PatternFault> {
        let mut groups = Groups {
            names: Vec::new(),
            references: Vec::new(),
            backtracks: false,
        };
        let mut in_class = false;
        let mut here = 0;
        while let Some(letter) = letters.get(here) {
            let rest = &letters[here + 1..];
            match letter {
                '\\' => here += 1,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => groups.add(rest, here)?,
                _ => {}
            }
            here += 1;
        }
        groups.refer(letters);
        Ok(groups)
    }

    fn add(&mut self, rest: &[char], here: usize) -> Result<(), PatternFault> {
        let name = name_length(rest).map(|length| rest[2..length - 1].iter().collect::<String>());
        let starts_with = |text: &str| rest.iter().copied().take(text.len()).eq(text.chars());
        if name.is_some() && self.names.contains(&name) {
            let name = name.unwrap_or_default();
            return Err(fault(here, format!("another group has the name `{name}`")));
        }
        if name.is_some() || rest.first() != Some(&'?') || starts_with("?P<") {
            self.names.push(name);
        } else {
            self.backtracks |= ["?=", "?!", "?<=", "?<!"].into_iter().any(starts_with);
        }
        Ok(())
    }

    /// Finds the references, which are others if there are more groups.
    fn refer(&mut self, letters: &[char]) {
        let mut in_class = false;
        let mut here = 0;
        while let Some(letter) = letters.get(here) {
            let rest = &letters[here + 1..];
            match letter {
                '\\' => {
                    if !in_class {
                        self.references.extend(self.referred_to(rest));
                    }
                    here += 1;
                }
                '[' => in_class = true,
                ']' => in_class = false,
                _ => {}
            }
            here += 1;
        }
        self.backtracks |= !self.references.is_empty();
    }

    fn referred_to(&self, rest: &[char]) -> Option<usize> {
        if let Some((number, _)) = self.number(rest) {
            return Some(number);
        }
        let name = self
            .is_by_name(rest)
            .then(|| name_after(rest.get(1..)?))??;
        self.named(&name)
    }

    /// The group that the digits after a backslash refer to, and how many they are.
    pub fn number(&self, rest: &[char]) -> Option<(usize, usize)> {
        let digits: String = rest
            .iter()
            .take_while(|letter| letter.is_ascii_digit())
            .collect();
        let number: usize = digits.parse().ok()?;
        let is_group = !digits.starts_with('0') && number <= self.names.len();
        is_group.then_some((number, digits.len()))
    }

    /// Whether `k` after a backslash begins a reference: it does if any group has a name.
    pub fn is_by_name(&self, rest: &[char]) -> bool {
        rest.first() == Some(&'k') && self.names.iter().any(Option::is_some)
    }

    /// The number of the group with this name.
    pub fn named(&self, name: &str) -> Option<usize> {
        let known = self
            .names
            .iter()
            .position(|known| known.as_deref() == Some(name));
        known.map(|index| index + 1)
    }
}

/// The length of the sign that makes a group after a parenthesis another one than a plain capturing group, up to the name of a
/// named one.
///
/// # Errors
/// A sign that ECMA-262 does not have, as far as that shows.
pub(super) fn sign_length(rest: &[char]) -> Result<usize, String> {
    let ['?', sign @ ..] = rest else {
        return Ok(0);
    };
    let is_flag = |letter: &&char| matches!(letter, 'i' | 'm' | 's' | '-');
    let is_start = |letter: char| letter.is_alphabetic() || matches!(letter, '_' | '$' | '\\');
    let flags = sign.iter().take_while(is_flag).count();
    match sign {
        ['P', '<', first, ..] if is_start(*first) => Ok(3),
        ['<', '=' | '!', ..] => Ok(3),
        ['<', first, ..] if is_start(*first) => Ok(2),
        [':' | '=' | '!', ..] => Ok(2),
        _ if sign.get(flags) == Some(&':') => Ok(flags + 2),
        ['<', ..] => Err(rest.iter().take(3).collect()),
        _ => Err(rest.iter().take(flags + 2).collect()),
    }
}

/// How long `?<name>` is after a parenthesis, if it is there.
pub(super) fn name_length(rest: &[char]) -> Option<usize> {
    let ['?', '<', first, ..] = rest else {
        return None;
    };
    if matches!(first, '=' | '!' | '>') {
        return None;
    }
    let end = rest.iter().position(|letter| *letter == '>')?;
    Some(end + 1)
}

/// The name in angle brackets that is next, if one is.
pub(super) fn name_after(rest: &[char]) -> Option<String> {
    let end = rest.iter().position(|letter| *letter == '>')?;
    let name = rest.strip_prefix(&['<'])?;
    Some(name[..end - 1].iter().collect())
}

/// The pattern with groups in place of its look-around; none if it has none. Two patterns with the same look-around mean the same
/// if they do so without it.
pub(super) fn without_look_around(pattern: &str) -> Option<String> {
    let (mut consumed, mut has_any) = (String::with_capacity(pattern.len()), false);
    let (mut in_class, mut rest) = (false, pattern);
    while let Some(letter) = rest.chars().next() {
        let signs = ["(?=", "(?!", "(?<=", "(?<!"];
        let sign = signs
            .into_iter()
            .find(|sign| !in_class && rest.starts_with(sign));
        let length = match letter {
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => sign.map_or(letter.len_utf8(), str::len),
        };
        in_class = match letter {
            '[' => true,
            ']' => false,
            _ => in_class,
        };
        has_any |= sign.is_some();
        consumed.push_str(sign.map_or(&rest[..length], |_| "(?:"));
        rest = &rest[length..];
    }
    has_any.then_some(consumed)
}
