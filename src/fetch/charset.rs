//! Bytes of a page or feed → text, as browsers find their encoding.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far an encoding is looked for (HTML §13.2.3.2).
const HEAD: usize = 1024;

/// A byte order mark decides, then the header, then what the text says of itself; then it is UTF-8
/// if it can be, and what the web was before otherwise.
pub(super) fn text(bytes: &[u8], content_type: &str) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let guess = || if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    let named = after(&content_type.to_ascii_lowercase(), "charset=");
    let encoding = named.or_else(|| declared(&head)).unwrap_or_else(guess);
    encoding.decode(bytes).0.into_owned()
}

/// A text that can be read to here is not in UTF-16, whatever it says.
fn declared(head: &str) -> Option<&'static Encoding> {
    let xml = head.starts_with("<?xml").then(|| after(head, "encoding=")).flatten();
    xml.or_else(|| after(head, "charset="))
        .map(|named| if named.is_ascii_compatible() { named } else { UTF_8 })
}

fn after(text: &str, key: &str) -> Option<&'static Encoding> {
    let (_, rest) = text.split_once(key)?;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    Encoding::for_label(rest.split(['"', '\'', ' ', ';', '>', '/', '?']).next()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let table: [(&[u8], &str, &str); 9] = [
            (b"caf\xc3\xa9", "text/html", "café"),
            (b"caf\xe9", "text/html", "café"),
            (b"caf\xe9", "text/html; charset=ISO-8859-1", "café"),
            (b"\xef\xbb\xbfcaf\xc3\xa9", "text/html; charset=ISO-8859-1", "café"),
            (b"\xff\xfec\0a\0", "text/html", "ca"),
            (b"<meta charset='koi8-r'>\xc1", "text/html", "<meta charset='koi8-r'>а"),
            (b"<meta charset=utf-16>\xc3\xa9", "text/html", "<meta charset=utf-16>é"),
            (
                b"<?xml version='1.0' encoding=\"windows-1251\"?>\xe0",
                "",
                "<?xml version='1.0' encoding=\"windows-1251\"?>а",
            ),
            (b"caf\xc3\xa9", "text/html; charset=nonsense", "café"),
        ];
        for (bytes, content_type, expected) in table {
            assert_eq!(text(bytes, content_type), expected);
        }
    }
}
