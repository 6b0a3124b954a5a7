//! How far the sound side sees: which latent frames a frame's samples depend on, computed from
//! the graph's convolutions. With so much context on both sides, chunks equal one pass.

use std::collections::HashMap;
use std::ops::Range;

use super::onnx::{Malformed, Model, Node};

/// How frames become samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Samples a frame.
    pub(super) hop: usize,
    /// Frames before a frame that its samples depend on.
    pub(super) before: usize,
    /// Frames behind it.
    pub(super) behind: usize,
}

impl Reach {
    /// These frames and what must be known around them, out of so many.
    pub(super) fn around(&self, frames: &Range<usize>, count: usize) -> Range<usize> {
        frames.start.saturating_sub(self.before)..(frames.end + self.behind).min(count)
    }
}

/// The axis of time in every tensor, [1, channels, time].
const TIME: i64 = 2;

/// Longest kernel or stride taken for real; keeps damaged numbers from overflowing.
const LONGEST: i64 = 1 << 16;

/// Follows `output` back to `inputs`, which have a value a frame, through the operations of the
/// sound side, in the model's order.
///
/// # Errors
/// An operation mixes times in a way that is not known.
pub(super) fn reach(
    model: &Model<'_>,
    nodes: &[&Node<'_>],
    inputs: &[&str],
    output: &str,
) -> Result<Reach, Malformed> {
    let rates = rates(model, nodes, inputs)?;
    let hop = *rates.get(output).ok_or("its sound does not depend on the latents")?;
    let mut needs = HashMap::from([(output, Interval(0, hop - 1))]);
    for node in nodes.iter().rev() {
        let wanted = node.outputs.iter().filter_map(|name| needs.get(name)).copied();
        let (Some(wanted), Some(rate)) = (wanted.reduce(Interval::and), rate_of(node, &rates)) else {
            continue;
        };
        let needed = step(model, node)?.needs(wanted);
        // What has another rate is one value for all times.
        for &input in node.inputs.iter().filter(|input| rates.get(*input) == Some(&rate)) {
            needs.entry(input).and_modify(|n| *n = n.and(needed)).or_insert(needed);
        }
    }
    let needed = inputs.iter().filter_map(|name| needs.get(name)).copied();
    let Interval(first, last) =
        needed.reduce(Interval::and).ok_or("its sound does not depend on the latents")?;
    let frames = |n: i64| usize::try_from(n).unwrap_or_default();
    Ok(Reach { hop: frames(hop), before: frames(-first), behind: frames(last) })
}

/// Values a frame of each tensor that depends on the inputs.
fn rates<'a>(
    model: &Model<'_>,
    nodes: &[&'a Node<'a>],
    inputs: &[&'a str],
) -> Result<HashMap<&'a str, i64>, Malformed> {
    let mut rates: HashMap<&str, i64> = inputs.iter().map(|&name| (name, 1)).collect();
    for node in nodes {
        let Some(rate) = rate_of(node, &rates).filter(|_| node.op != "Shape") else {
            continue;
        };
        let rate = match step(model, node)? {
            Step::Up { stride, .. } => rate * stride,
            Step::Same | Step::Conv { .. } => rate,
        };
        if rate > LONGEST {
            return Err("too many samples a frame".into());
        }
        rates.extend(node.outputs.iter().map(|&name| (name, rate)));
    }
    Ok(rates)
}

/// Values a frame that an operation reads.
fn rate_of(node: &Node<'_>, rates: &HashMap<&str, i64>) -> Option<i64> {
    node.inputs.iter().filter_map(|name| rates.get(name)).max().copied()
}

/// First and last value needed, counted from the beginning of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval(i64, i64);

impl Interval {
    fn and(self, other: Self) -> Self {
        Self(self.0.min(other.0), self.1.max(other.1))
    }
}

/// What an operation does to time.
#[derive(Clone, Copy)]
enum Step {
    /// Each output depends on the inputs of its own time.
    Same,
    /// A convolution over `span` values beside the first.
    Conv { span: i64, pad: i64 },
    /// A transposed convolution, which makes `stride` values of one.
    Up { span: i64, pad: i64, stride: i64 },
}

impl Step {
    /// The inputs that these outputs depend on.
    fn needs(self, Interval(first, last): Interval) -> Interval {
        match self {
            Self::Same => Interval(first, last),
            Self::Conv { span, pad } => Interval(first - pad, last - pad + span),
            Self::Up { span, pad, stride } => {
                let ceiling = |n: i64| -(-n).div_euclid(stride);
                Interval(ceiling(first + pad - span), (last + pad).div_euclid(stride))
            }
        }
    }
}

fn step(model: &Model<'_>, node: &Node<'_>) -> Result<Step, Malformed> {
    let unknown =
        || Err(format!("its sound side has a {}, which it is not known how to cut", node.op).into());
    let axis =
        |default| Ok::<_, Malformed>(node.ints("axis")?.map_or(default, |a| a.first().copied().unwrap_or(0)));
    match node.op {
        "Conv" => match kernel(node)? {
            Kernel { span, pad, stride: 1 } => Ok(Step::Conv { span, pad }),
            _ => unknown(),
        },
        "ConvTranspose" => kernel(node).map(|Kernel { span, pad, stride }| Step::Up { span, pad, stride }),
        "Split" if is_time(axis(0)?) => unknown(),
        "Concat" if is_time(axis(TIME)?) => unknown(),
        "Slice" if slices_time(model, node)? => unknown(),
        // Exports give the samples one more axis at the very end.
        "Unsqueeze" if model.outputs.iter().any(|o| node.outputs.contains(&o.name)) => Ok(Step::Same),
        op if BY_ITSELF.contains(&op) => Ok(Step::Same),
        _ => unknown(),
    }
}

/// Operations whose outputs depend on the inputs of their own time, axes aside.
const BY_ITSELF: [&str; 26] = [
    "Abs",
    "Add",
    "Cast",
    "Ceil",
    "Clip",
    "Concat",
    "Div",
    "Elu",
    "Erf",
    "Exp",
    "Floor",
    "Identity",
    "LeakyRelu",
    "Log",
    "Mul",
    "Neg",
    "Pow",
    "Relu",
    "Shape",
    "Sigmoid",
    "Slice",
    "Softplus",
    "Split",
    "Sqrt",
    "Sub",
    "Tanh",
];

fn is_time(axis: i64) -> bool {
    axis == TIME || axis == -1
}

/// The measures of a convolution over time.
struct Kernel {
    /// Values between the first and the last one it reads.
    span: i64,
    /// Zeros before the first value.
    pad: i64,
    stride: i64,
}

fn kernel(node: &Node<'_>) -> Result<Kernel, Malformed> {
    let first = |name: &str, default: i64| -> Result<i64, Malformed> {
        let value = node.ints(name)?.map_or(default, |ints| ints.first().copied().unwrap_or(default));
        let fits = (0..=LONGEST).contains(&value);
        if fits { Ok(value) } else { Err("a convolution's measures are not to be believed".into()) }
    };
    let sizes = node.ints("kernel_shape")?.ok_or("a convolution does not say how large its kernel is")?;
    let pads_itself = node.text("auto_pad")?.is_some_and(|how| how != "NOTSET");
    if sizes.len() != 1 || pads_itself {
        return Err("a convolution that is not over time, or pads by itself".into());
    }
    let span = (first("kernel_shape", 1)? - 1).max(0) * first("dilations", 1)?;
    Ok(Kernel { span, pad: first("pads", 0)?, stride: first("strides", 1)?.max(1) })
}

/// Whether a slice takes only some of the times. What it takes is an attribute until operator
/// set 9 and an input from 10 on; where it does not say of which axes, they are the first ones.
fn slices_time(model: &Model<'_>, node: &Node<'_>) -> Result<bool, Malformed> {
    let numbers = |name: &str, input: usize| match (node.ints(name)?, node.inputs.get(input)) {
        (None, Some(input)) => model.constant(input),
        (attribute, _) => Ok(attribute),
    };
    let (Some(starts), Some(ends), Some(axes)) =
        (numbers("starts", 1)?, numbers("ends", 2)?, numbers("axes", 3)?)
    else {
        return Ok(true);
    };
    let steps = numbers("steps", 4)?.unwrap_or_default();
    let all = |i: usize| {
        let end = ends.get(i).is_some_and(|end| *end >= i64::from(i32::MAX));
        starts.get(i) == Some(&0) && end && steps.get(i).is_none_or(|step| *step == 1)
    };
    Ok(axes.iter().enumerate().any(|(i, axis)| is_time(*axis) && !all(i)))
}
