//! Signatures of the Standard Webhooks specification: HMAC-SHA256 over id, time and body.

use std::fmt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::HookError;

const PREFIX: &str = "whsec_";

/// What a receiver knows its sender by. While a secret is changed there are two.
pub(super) struct Secrets(Vec<Vec<u8>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} secrets", self.0.len())
    }
}

impl Secrets {
    /// Reads a file with a secret a line.
    pub(super) fn read(path: &Path) -> Result<Self, HookError> {
        let failed = |cause: String| HookError { path: path.into(), cause };
        let text = std::fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let secrets: Vec<Vec<u8>> = lines.map(secret).collect::<Option<_>>().unwrap_or_default();
        if secrets.is_empty() {
            let cause = "each line must hold whsec_ and 24 to 64 bytes in base64 after it; \
                         try `echo whsec_$(openssl rand -base64 32)`";
            return Err(failed(cause.into()));
        }
        Ok(Self(secrets))
    }

    /// The signatures of a message, one for each secret.
    pub(super) fn sign(&self, id: &str, seconds: i64, body: &str) -> String {
        let sign = |secret: &Vec<u8>| {
            // HMAC takes keys of every length.
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
            mac.update(format!("{id}.{seconds}.{body}").as_bytes());
            Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
        };
        self.0.iter().filter_map(sign).collect::<Vec<_>>().join(" ")
    }
}

fn secret(line: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(line.strip_prefix(PREFIX)?).ok()?;
    (24..=64).contains(&bytes.len()).then_some(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn read(text: &str) -> Result<Secrets, HookError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Secrets::read(file.path())
    }

    /// The example in the specification's own documents.
    #[test]
    fn signatures_are_those_of_the_specification() {
        let sign = |text: &str| {
            let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", r#"{"test": 2432232314}"#);
            read(text).unwrap().sign(id, 1_614_265_330, body)
        };
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(sign(SECRET), signature);
        let two = sign(&format!("\n{SECRET}\r\nwhsec_{}\n", STANDARD.encode([1; 24])));
        assert_eq!(two.split(' ').next(), Some(signature));
        assert_eq!(two.split(' ').count(), 2);
    }

    #[test]
    fn what_is_no_secret_is_refused_and_not_told() {
        let short = format!("whsec_{}", STANDARD.encode([1; 23]));
        for text in ["", "\n", "password", "whsec_", "whsec_pass word", &short, &format!("{SECRET}\nother")] {
            let told = read(text).unwrap_err().to_string();
            let secret = text.trim_start_matches(PREFIX).trim();
            assert!(told.contains("openssl") && (secret.is_empty() || !told.contains(secret)), "{told}");
        }
        assert_eq!(format!("{:?}", read(SECRET).unwrap()), "1 secrets");
    }
}
