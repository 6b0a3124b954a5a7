//! Whole-number weights, made to give the same sums on every processor.
//!
//! Weights are signed bytes. x86 processors without VNNI add products of such bytes pairwise in 16
//! bits, which overflow, so sums are wrong there. The same weights as unsigned bytes, with their
//! zero point moved along, take a path that is exact, if slower.

use crate::speech::onnx::{Malformed, fields, numbers, put};
use crate::speech::onnx_write::put_number;

/// `TensorProto.DataType`: UINT8 and INT8.
const UNSIGNED: u64 = 2;
const SIGNED: i64 = 3;

/// The model, with weights that this processor multiplies without overflow.
pub(super) fn exact_on_this_processor(model: &[u8]) -> Result<Vec<u8>, Malformed> {
    if adds_bytes_exactly() { Ok(model.to_vec()) } else { with_unsigned_weights(model) }
}

#[cfg(target_arch = "x86_64")]
fn adds_bytes_exactly() -> bool {
    is_x86_feature_detected!("avx512vnni") || is_x86_feature_detected!("avxvnni")
}

#[cfg(not(target_arch = "x86_64"))]
fn adds_bytes_exactly() -> bool {
    true
}

/// A `ModelProto` whose weights of signed bytes are unsigned ones.
fn with_unsigned_weights(model: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut changed = Vec::with_capacity(model.len());
    for field in fields(model) {
        let field = field?;
        match field.number {
            7 => put(&mut changed, 7, &graph(field.content)?),
            _ => changed.extend_from_slice(field.whole),
        }
    }
    Ok(changed)
}

fn graph(bytes: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut changed = Vec::with_capacity(bytes.len());
    for field in fields(bytes) {
        let field = field?;
        match field.number {
            5 => put(&mut changed, 5, &weight(field.content)?),
            _ => changed.extend_from_slice(field.whole),
        }
    }
    Ok(changed)
}

/// A `TensorProto`: its type is field 2, its numbers are field 5 (`int32_data`) or 9 (`raw_data`).
fn weight(tensor: &[u8]) -> Result<Vec<u8>, Malformed> {
    if numbers(tensor, &[2])?.first() != Some(&SIGNED) {
        return Ok(tensor.to_vec());
    }
    let mut changed = Vec::with_capacity(tensor.len());
    for field in fields(tensor) {
        let field = field?;
        match field.number {
            2 => put_number(&mut changed, 2, UNSIGNED),
            5 => {}
            9 => put(&mut changed, 9, &field.content.iter().map(|byte| byte ^ 0x80).collect::<Vec<u8>>()),
            _ => changed.extend_from_slice(field.whole),
        }
    }
    for number in numbers(tensor, &[5])? {
        put_number(&mut changed, 5, u64::from((number as u8) ^ 0x80));
    }
    Ok(changed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A tensor of a type, with these bytes raw and these as numbers.
    fn tensor(kind: u64, raw: &[u8], numbers: &[u64]) -> Vec<u8> {
        let mut tensor = Vec::new();
        put_number(&mut tensor, 2, kind);
        numbers.iter().for_each(|number| put_number(&mut tensor, 5, *number));
        put(&mut tensor, 9, raw);
        tensor
    }

    #[test]
    fn signed_bytes_become_unsigned_ones_a_half_range_higher() {
        // −128, −1, 0 and 127; protobuf writes −1 as a number of 64 bits.
        let signed = tensor(3, &[0x80, 0xff, 0, 0x7f], &[u64::MAX, 0]);
        let unsigned = weight(&signed).unwrap();
        assert_eq!(numbers(&unsigned, &[2]).unwrap(), [2]);
        assert_eq!(numbers(&unsigned, &[5]).unwrap(), [127, 128]);
        let raw = fields(&unsigned).map(Result::unwrap).find(|field| field.number == 9).unwrap();
        assert_eq!(raw.content, [0, 127, 128, 255]);
    }

    #[test]
    fn other_weights_stay_as_they_are() {
        let floats = tensor(1, &[1, 2, 3, 4], &[]);
        assert_eq!(weight(&floats).unwrap(), floats);
    }
}
