//! Convolutions over time, written as convolutions over images of height 1.
//!
//! ONNX Runtime has blocked kernels (NCHWc) for two-dimensional `Conv` only, so a Piper voice's
//! sound side takes a fifth less time this way, and its samples are the same to 1e-6. All tensors
//! of a part get their height at its inputs and lose it at its output; operations that do not mind
//! stay byte for byte. What is not known to be safe is left as it is.

use super::onnx::{Malformed, Model, Named, Node, fields, numbers, put};
use super::onnx_write::{int_weight, ints, node, put_number};

/// The axis that is added, in [batch, channels, height, time].
const HEIGHT: i64 = 2;

/// The part of a model with its convolutions in two dimensions; nothing where it has an operation
/// that another axis could change.
///
/// # Errors
/// It is no model.
pub(super) fn in_two_dimensions(part: &[u8]) -> Result<Option<Vec<u8>>, Malformed> {
    let model = Model::parse(part)?;
    for node in &model.nodes {
        if !is_safe(&model, node)? {
            return Ok(None);
        }
    }
    let weights = model.initialisers.iter().map(|weight| reshaped(&model, weight));
    let weights = weights.collect::<Result<Vec<_>, _>>()?;
    let mut graph = Vec::new();
    put(&mut graph, 2, b"part");
    let opset = model.opset()?;
    if opset >= AXES_ARE_AN_INPUT {
        int_weight(&mut graph, AXES, &[HEIGHT]);
    }
    for input in &model.inputs {
        change_axes(&mut graph, opset, "Unsqueeze", input.name, &tall(input.name));
    }
    for node in &model.nodes {
        put(&mut graph, 1, &renamed(&model, node)?);
    }
    for output in &model.outputs {
        change_axes(&mut graph, opset, "Squeeze", &tall(output.name), output.name);
    }
    let border = model.inputs.iter().chain(&model.outputs);
    border.for_each(|named| graph.extend_from_slice(named.whole));
    graph.extend(weights.concat());
    Ok(Some(model.with_graph(&graph)))
}

/// Whether an operation does the same to tensors with a height of 1.
fn is_safe(model: &Model<'_>, node: &Node<'_>) -> Result<bool, Malformed> {
    const ELEMENTWISE: [&str; 14] = [
        "Abs",
        "Add",
        "Cast",
        "Div",
        "Elu",
        "Exp",
        "Identity",
        "LeakyRelu",
        "Mul",
        "Neg",
        "Relu",
        "Sigmoid",
        "Sub",
        "Tanh",
    ];
    let is_weight = |name: &&str| model.initialisers.iter().any(|weight| weight.name == *name);
    let over_channels = |axes: Option<Vec<i64>>| axes.is_some_and(|axes| axes == [1]);
    Ok(match node.op {
        "Conv" | "ConvTranspose" => {
            let has_padding = node.text("auto_pad")?.is_some_and(|how| how != "NOTSET");
            node.inputs.iter().skip(1).all(is_weight) && !has_padding
        }
        "Concat" | "Split" => over_channels(node.ints("axis")?),
        "Slice" => match node.inputs.get(3) {
            Some(axes) => over_channels(model.constant(axes)?),
            None => over_channels(node.ints("axes")?),
        },
        "Constant" => true,
        // Exports give the samples one more axis at the very end, all but time being 1.
        "Unsqueeze" => model.outputs.iter().any(|output| node.outputs.contains(&output.name)),
        op if ELEMENTWISE.contains(&op) => {
            let fit = node.inputs.iter().map(|name| broadcasts(model, name));
            fit.collect::<Result<Vec<_>, _>>()?.into_iter().all(|fits| fits)
        }
        _ => false,
    })
}

/// Whether what an operation reads meets the same values with a height as without: by frame, a
/// single number, or a weight that gets its height too.
fn broadcasts(model: &Model<'_>, name: &str) -> Result<bool, Malformed> {
    let Some(tensor) = model.tensor(name)? else { return Ok(true) };
    let dims = numbers(tensor, &[1])?;
    let is_weight = model.initialisers.iter().any(|weight| weight.name == name);
    Ok(dims.iter().all(|dim| *dim == 1) && dims.len() < 2 || is_weight && dims.len() == 3)
}

/// An initialiser: what has three axes gets a fourth.
fn reshaped(model: &Model<'_>, weight: &Named<'_>) -> Result<Vec<u8>, Malformed> {
    let Some(tensor) = model.tensor(weight.name)? else { return Ok(weight.whole.to_vec()) };
    let mut dims = numbers(tensor, &[1])?;
    // A list of splits or axes has one, a bias one, a number none.
    if dims.len() != 3 {
        return Ok(weight.whole.to_vec());
    }
    dims.insert(HEIGHT as usize, 1);
    let mut changed = Vec::with_capacity(tensor.len() + 2);
    dims.iter().for_each(|dim| put_number(&mut changed, 1, *dim as u64));
    for field in fields(tensor) {
        let field = field?;
        if field.number != 1 {
            changed.extend_from_slice(field.whole);
        }
    }
    let mut whole = Vec::with_capacity(changed.len() + 6);
    put(&mut whole, 5, &changed);
    Ok(whole)
}

/// A `NodeProto` that reads the inputs with their height and makes the outputs with it.
fn renamed(model: &Model<'_>, node: &Node<'_>) -> Result<Vec<u8>, Malformed> {
    let at_border =
        |name: &[u8]| model.inputs.iter().chain(&model.outputs).find(|n| n.name.as_bytes() == name);
    let is_convolution = matches!(node.op, "Conv" | "ConvTranspose");
    let mut changed = Vec::new();
    for field in fields(node.content()?) {
        let field = field?;
        match field.number {
            1 | 2 => {
                let tall = at_border(field.content).map(|named| tall(named.name));
                put(&mut changed, field.number, tall.as_deref().map_or(field.content, str::as_bytes));
            }
            5 if is_convolution => put(&mut changed, 5, &widened(field.content)?),
            _ => changed.extend_from_slice(field.whole),
        }
    }
    Ok(changed)
}

/// The attribute of a convolution, for two axes.
fn widened(attribute: &[u8]) -> Result<Vec<u8>, Malformed> {
    let name = fields(attribute).find_map(|f| f.ok().filter(|f| f.number == 1)).map(|f| f.content);
    let name = name.and_then(|name| std::str::from_utf8(name).ok());
    let values = numbers(attribute, &[8])?;
    let (name, wide) = match (name, &values[..]) {
        (Some(name @ ("kernel_shape" | "strides" | "dilations")), [one]) => (name, vec![1, *one]),
        (Some(name @ "pads"), [begin, end]) => (name, vec![0, *begin, 0, *end]),
        (Some(name @ "output_padding"), [one]) => (name, vec![0, *one]),
        _ => return Ok(attribute.to_vec()),
    };
    Ok(ints(name, &wide))
}

/// Name of a tensor at the border, with its height.
fn tall(name: &str) -> String {
    format!("{name}/tall")
}

/// Name of the list of axes that are added and taken away.
const AXES: &str = "height";

/// First operator set whose `Unsqueeze` and `Squeeze` read their axes as an input.
const AXES_ARE_AN_INPUT: i64 = 13;

/// Adds or takes away the height.
fn change_axes(graph: &mut Vec<u8>, opset: i64, op: &str, input: &str, output: &str) {
    if opset < AXES_ARE_AN_INPUT {
        node(graph, op, &[input], output, &[ints("axes", &[HEIGHT])]);
    } else {
        node(graph, op, &[input, AXES], output, &[]);
    }
}
