//! Range requests (RFC 9110 §14) as a pure function.

/// Which bytes to answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// 200: all of them.
    Whole,
    /// 206: from the first up to, and not with, the second.
    Part(u64, u64),
    /// 416: none that exist.
    Unsatisfiable,
}

/// Reads a `Range` header for a representation of `size` bytes.
///
/// What RFC 9110 lets a server ignore is ignored: units it does not know, what does not parse,
/// and requests for several ranges, which no player sends.
pub(super) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let spec = header.and_then(|h| {
        let (unit, spec) = h.split_once('=')?;
        unit.trim().eq_ignore_ascii_case("bytes").then_some(spec.trim())
    });
    let Some((first, last)) = spec.and_then(|s| s.split_once('-')) else {
        return Wanted::Whole;
    };
    match (number(first), number(last)) {
        (Ok(Some(first)), Ok(last)) => from(first, last, size),
        (Ok(None), Ok(Some(length))) => suffix(length, size),
        _ => Wanted::Whole,
    }
}

/// Nothing, digits, or what is neither. A number too large for a file is as good as the largest.
fn number(text: &str) -> Result<Option<u64>, ()> {
    let text = text.trim();
    match text {
        "" => Ok(None),
        _ if text.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(text.parse().unwrap_or(u64::MAX))),
        _ => Err(()),
    }
}

fn from(first: u64, last: Option<u64>, size: u64) -> Wanted {
    match last {
        // "A int-range is invalid if the last-pos value is less than the first-pos" (§14.1.1).
        Some(last) if last < first => Wanted::Whole,
        _ if first >= size => Wanted::Unsatisfiable,
        last => Wanted::Part(first, last.map_or(size, |l| l.saturating_add(1).min(size))),
    }
}

fn suffix(length: u64, size: u64) -> Wanted {
    match length {
        0 => Wanted::Unsatisfiable,
        _ if size == 0 => Wanted::Unsatisfiable,
        _ => Wanted::Part(size.saturating_sub(length), size),
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted::{Part, Unsatisfiable, Whole};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_as_rfc_9110_has_it() {
        let table = [
            (None, Whole),
            (Some("bytes=0-1"), Part(0, 2)),
            (Some("bytes=0-"), Part(0, 1000)),
            (Some("bytes=999-"), Part(999, 1000)),
            (Some("bytes=1000-"), Unsatisfiable),
            (Some("bytes=-1"), Part(999, 1000)),
            (Some("bytes=-5000"), Part(0, 1000)),
            (Some("bytes=-0"), Unsatisfiable),
            (Some("bytes=5-4"), Whole),
            (Some("bytes=0-99999999999999999999999"), Part(0, 1000)),
            (Some("bytes=99999999999999999999999-"), Unsatisfiable),
            (Some("BYTES = 2-3"), Part(2, 4)),
            (Some("bytes=0-1,5-6"), Whole),
            (Some("frames=0-1"), Whole),
            (Some("bytes=-"), Whole),
            (Some("bytes=a-b"), Whole),
            (Some("bytes=+1-2"), Whole),
            (Some("bytes"), Whole),
            (Some(""), Whole),
        ];
        for (header, expected) in table {
            assert_eq!(wanted(header, 1000), expected, "{header:?}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_never_empty_and_never_outside(header in "(bytes=)?[0-9]{0,5}-?[0-9]{0,5}", size in 0u64..20_000) {
            if let Part(first, end) = wanted(Some(&header), size) {
                prop_assert!(first < end && end <= size);
            }
        }

        #[test]
        fn what_was_asked_for_is_what_comes(first in 0u64..500, more in 0u64..500) {
            let header = format!("bytes={first}-{}", first + more);
            prop_assert_eq!(wanted(Some(&header), 1000), Part(first, first + more + 1));
        }
    }
}
