//! An answer's bytes, up to a limit.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

/// Reads to the end, unpacking gzip on the way; fails as soon as there is more than `max`, of what
/// comes over the wire (it may unpack to nothing, for ever) or of what it unpacks to.
pub(super) fn read(from: impl Read, gzip: bool, max: usize) -> io::Result<Vec<u8>> {
    let from = Capped { from, left: max };
    let mut bytes = Vec::new();
    if gzip {
        Capped { from: MultiGzDecoder::new(from), left: max }.read_to_end(&mut bytes)?;
    } else {
        { from }.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Hands on so many bytes, and fails at the next.
struct Capped<R> {
    from: R,
    left: usize,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        self.left = self.left.checked_sub(read).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}
