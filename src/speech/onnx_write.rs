//! Writes parts of an ONNX graph: nodes, attributes and weights (field numbers of `onnx.proto`).

use super::onnx::{put, put_varint};

/// `AttributeProto.AttributeType`: INTS.
const INTS: u64 = 7;
/// `TensorProto.DataType`: FLOAT and INT64.
const FLOAT: u64 = 1;
const INT64: u64 = 7;

/// A field that holds a number.
pub(super) fn put_number(out: &mut Vec<u8>, field: u64, value: u64) {
    put_varint(out, field << 3);
    put_varint(out, value);
}

/// Adds a `NodeProto` with these attributes to a graph.
pub(super) fn node(graph: &mut Vec<u8>, op: &str, inputs: &[&str], output: &str, attributes: &[Vec<u8>]) {
    let mut node = Vec::new();
    inputs.iter().for_each(|name| put(&mut node, 1, name.as_bytes()));
    put(&mut node, 2, output.as_bytes());
    put(&mut node, 4, op.as_bytes());
    attributes.iter().for_each(|attribute| put(&mut node, 5, attribute));
    put(graph, 1, &node);
}

/// An `AttributeProto` of whole numbers.
pub(super) fn ints(name: &str, ints: &[i64]) -> Vec<u8> {
    let mut attribute = Vec::new();
    put(&mut attribute, 1, name.as_bytes());
    ints.iter().for_each(|int| put_number(&mut attribute, 8, *int as u64));
    put_number(&mut attribute, 20, INTS);
    attribute
}

/// Adds a weight of 32-bit floats to a graph.
pub(super) fn float_weight(graph: &mut Vec<u8>, name: &str, dims: &[usize], values: &[f32]) {
    let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    put(graph, 5, &tensor(FLOAT, name, dims, &raw));
}

/// Adds a weight of whole numbers to a graph.
pub(super) fn int_weight(graph: &mut Vec<u8>, name: &str, values: &[i64]) {
    let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    put(graph, 5, &tensor(INT64, name, &[values.len()], &raw));
}

fn tensor(kind: u64, name: &str, dims: &[usize], raw: &[u8]) -> Vec<u8> {
    let mut tensor = Vec::new();
    dims.iter().for_each(|dim| put_number(&mut tensor, 1, *dim as u64));
    put_number(&mut tensor, 2, kind);
    put(&mut tensor, 8, name.as_bytes());
    put(&mut tensor, 9, raw);
    tensor
}
