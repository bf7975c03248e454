//! Numbers of a fixed width, without `format!`.

/// Writes the last digits of a number, as many as there are places.
pub(crate) fn write(places: &mut [u8], mut number: u32) {
    for place in places.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}
