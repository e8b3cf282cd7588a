//! Small numbers as text: five bits a character, the lowest first, in characters that need no escape in a script.

/// Stands for 0; the others follow, with a gap at the backslash.
const FIRST: u8 = b'#';
const BITS: u32 = 5;
/// Set in every character of a number but its last.
const MORE: u32 = 1 << BITS;

/// Writes a number.
pub(super) fn put(text: &mut String, mut number: u32) {
    loop {
        let low = number & (MORE - 1);
        number >>= BITS;
        let digit = if number == 0 { low } else { low | MORE };
        let code = FIRST.saturating_add(u8::try_from(digit).unwrap_or_default());
        text.push(char::from(if code >= b'\\' { code + 1 } else { code }));
        if number == 0 {
            return;
        }
    }
}

/// Reads what [`put`] wrote, as the browser does.
#[cfg(test)]
pub(super) fn read(text: &str) -> Vec<u32> {
    let (mut numbers, mut number, mut shift) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes() {
        let digit = u32::from(byte - FIRST - u8::from(byte > b'\\'));
        number |= (digit & (MORE - 1)) << shift;
        shift += BITS;
        if digit & MORE == 0 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    numbers
}
