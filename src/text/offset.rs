//! Places in the reader's text, counted as browsers and as most other programs do.

/// How much of the text goes before, both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Offset {
    pub(super) byte: usize,
    pub(super) utf16: usize,
}

impl Offset {
    /// The place behind a text that begins here.
    pub(super) fn after(self, text: &str) -> Self {
        Self { byte: self.byte + text.len(), utf16: self.utf16 + text.encode_utf16().count() }
    }
}
