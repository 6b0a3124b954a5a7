//! Drafts: heard before they go live only by those who were given a signed address, for a while.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Library, now};
use crate::store::Moment;

const HOUR: Moment = 60 * 60 * 1000;

impl Library {
    /// A signature that opens an article's draft until it runs out.
    pub(super) fn preview_of(&self, article: &str) -> String {
        self.preview_after(article, 0)
    }

    /// The same, where it may be so many hours on its way.
    pub(super) fn preview_after(&self, article: &str, hours: u32) -> String {
        let ends = now() + (Moment::from(self.config.preview_hours) + Moment::from(hours)) * HOUR;
        let signature = self.signature(article, ends).finalize().into_bytes();
        let hex: String = signature.iter().map(|b| format!("{b:02x}")).collect();
        format!("{ends}.{hex}")
    }

    /// Whether a reader's preview opens an article.
    pub(super) fn opens(&self, article: &str, preview: Option<&str>) -> bool {
        self.ends(article, preview).is_some_and(|ends| ends > now())
    }

    /// Whether a reader's preview opened an article once.
    pub(super) fn ended(&self, article: &str, preview: Option<&str>) -> bool {
        self.ends(article, preview).is_some_and(|ends| ends <= now())
    }

    /// When a preview runs out, if it is one of ours for this article.
    fn ends(&self, article: &str, preview: Option<&str>) -> Option<Moment> {
        let (ends, hex) = preview?.split_once('.')?;
        let (ends, signature) = (ends.parse().ok()?, bytes(hex)?);
        self.signature(article, ends).verify_slice(&signature).ok().map(|()| ends)
    }

    fn signature(&self, article: &str, ends: Moment) -> Hmac<Sha256> {
        // Shorter keys are filled up with noughts (RFC 2104).
        let mut key = [0; 64];
        key[..32].copy_from_slice(&self.store.secret);
        let mut mac = Hmac::<Sha256>::new(&key.into());
        mac.update(&ends.to_le_bytes());
        mac.update(article.as_bytes());
        mac
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pair = |i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok();
    (hex.len() == 64).then(|| (0..64).step_by(2).map(pair).collect())?
}
