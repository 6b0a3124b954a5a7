//! Layer normalisation, written as products of matrices.
//!
//! ONNX Runtime's kernel for `LayerNormalization` (up to 1.28) works on one number at a time and
//! takes a third of the model's time. Means as products with a column of 1/C take a quarter less
//! time for the whole; the optimiser does not join these operations to the slow one again.

use crate::speech::onnx::{Malformed, Model, Node, fields, numbers, put};
use crate::speech::onnx_write::{float_weight, node};

/// What the operator takes where it names no epsilon (ONNX, LayerNormalization-17).
const EPSILON: f32 = 1e-5;

/// A part of a model without `LayerNormalization`.
///
/// # Errors
/// It is no model, or an operation has no weights.
pub(super) fn by_matrices(part: &[u8]) -> Result<Vec<u8>, Malformed> {
    let model = Model::parse(part)?;
    let mut graph = Vec::new();
    put(&mut graph, 2, b"part");
    let mut counts = Vec::new();
    for node in &model.nodes {
        if node.op == "LayerNormalization" {
            counts.push(expand(&mut graph, &model, node)?);
        } else {
            put(&mut graph, 1, node.content()?);
        }
    }
    counts.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    counts.dedup();
    for (channels, epsilon) in counts {
        float_weight(&mut graph, &mean(channels), &[channels, 1], &vec![1.0 / channels as f32; channels]);
        float_weight(&mut graph, &least(channels, epsilon), &[1], &[epsilon]);
    }
    let rest = model.initialisers.iter().chain(&model.inputs).chain(&model.outputs);
    rest.for_each(|named| graph.extend_from_slice(named.whole));
    Ok(model.with_graph(&graph))
}

/// Names of the weights: a column of 1/C, and the epsilon.
fn mean(channels: usize) -> String {
    format!("mean of {channels}")
}

fn least(channels: usize, epsilon: f32) -> String {
    format!("epsilon {epsilon} of {channels}")
}

/// (x − mean) / √(variance + ε) · scale + bias; returns the channels and ε.
fn expand(graph: &mut Vec<u8>, model: &Model<'_>, layer: &Node<'_>) -> Result<(usize, f32), Malformed> {
    let ([x, scale, bias], [y]) = (&layer.inputs[..], &layer.outputs[..]) else {
        return Err("a layer normalisation without scale and bias".into());
    };
    let dims = model.tensor(scale)?.map(|tensor| numbers(tensor, &[1])).transpose()?.unwrap_or_default();
    let [channels] = dims[..] else { return Err("a layer normalisation over several axes".into()) };
    let (channels, epsilon) = (usize::try_from(channels).unwrap_or(1), epsilon(layer)?);
    let (mean, least) = (mean(channels), least(channels, epsilon));
    let name = |what: &str| format!("{y}/{what}");
    let [middle, centred, squares, variance] = ["mean", "centred", "squares", "variance"].map(name);
    let [above, deviation, even, scaled] = ["above", "deviation", "even", "scaled"].map(name);
    node(graph, "MatMul", &[x, &mean], &middle, &[]);
    node(graph, "Sub", &[x, &middle], &centred, &[]);
    node(graph, "Mul", &[&centred, &centred], &squares, &[]);
    node(graph, "MatMul", &[&squares, &mean], &variance, &[]);
    node(graph, "Add", &[&variance, &least], &above, &[]);
    node(graph, "Sqrt", &[&above], &deviation, &[]);
    node(graph, "Div", &[&centred, &deviation], &even, &[]);
    node(graph, "Mul", &[&even, scale], &scaled, &[]);
    node(graph, "Add", &[&scaled, bias], y, &[]);
    Ok((channels, epsilon))
}

/// The epsilon: field 2 (`f`) of the attribute of that name.
fn epsilon(layer: &Node<'_>) -> Result<f32, Malformed> {
    let Some(attribute) = layer.attribute("epsilon")? else { return Ok(EPSILON) };
    let float = fields(attribute).find_map(|field| field.ok().filter(|field| field.number == 2));
    let bytes = float.and_then(|field| field.content.try_into().ok());
    Ok(bytes.map_or(EPSILON, f32::from_le_bytes))
}
