//! What a thread is doing, for code that serde passes no state to.

use std::cell::Cell;
use std::thread::LocalKey;

type Flag = &'static LocalKey<Cell<bool>>;

/// While it lasts, a flag of the thread has another value; then that of before again, even after a panic.
pub(super) struct During {
    flag: Flag,
    before: bool,
}

impl During {
    pub fn new(flag: Flag, value: bool) -> Self {
        let before = flag.replace(value);
        Self { flag, before }
    }
}

impl Drop for During {
    fn drop(&mut self) {
        self.flag.set(self.before);
    }
}
