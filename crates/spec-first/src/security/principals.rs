//! Who sends a request.

use std::cell::RefCell;

use super::authenticator::Principal;

/// Who sends a request: the principals of the alternative that is met, by the numbers of their schemes.
#[derive(Default)]
pub(crate) struct Principals {
    principals: RefCell<Vec<(usize, Principal)>>,
}

impl Principals {
    pub fn new(principals: Vec<(usize, Principal)>) -> Self {
        Self {
            principals: RefCell::new(principals),
        }
    }

    /// Whether there is none, or none is left.
    pub fn is_empty(&self) -> bool {
        self.principals.borrow().is_empty()
    }

    /// Whether they are those of exactly these schemes.
    pub fn are_of(&self, schemes: &[usize]) -> bool {
        let principals = self.principals.borrow();
        principals.len() == schemes.len()
            && principals
                .iter()
                .all(|(number, _)| schemes.contains(number))
    }

    /// The principal of a scheme, once.
    pub fn take(&self, scheme: usize) -> Option<Principal> {
        let mut principals = self.principals.borrow_mut();
        let index = principals
            .iter()
            .position(|(number, _)| *number == scheme)?;
        Some(principals.swap_remove(index).1)
    }
}
