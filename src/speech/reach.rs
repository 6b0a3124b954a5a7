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

/// A tensor with a value a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct ByFrame<'a> {
    pub(super) name: &'a str,
    /// Its axis of time: 2 in [1, channels, time], which tensors have two axes fewer or more of.
    pub(super) axis: i64,
}

/// How a tensor runs in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Course {
    /// Values a frame.
    rate: i64,
    /// Its axis of time.
    axis: i64,
}

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
    inputs: &[ByFrame<'_>],
    output: &str,
) -> Result<Reach, Malformed> {
    let courses = courses(model, nodes, inputs)?;
    let hop = courses.get(output).ok_or("its sound does not depend on the latents")?.rate;
    let mut needs = HashMap::from([(output, Interval(0, hop - 1))]);
    for node in nodes.iter().rev() {
        let wanted = node.outputs.iter().filter_map(|name| needs.get(name)).copied();
        let (Some(wanted), Some(course)) = (wanted.reduce(Interval::and), course_of(node, &courses)) else {
            continue;
        };
        let needed = step(model, node, course.axis)?.needs(wanted);
        // What has another rate is one value for all times.
        for &input in node.inputs.iter().filter(|i| courses.get(*i).is_some_and(|c| c.rate == course.rate)) {
            needs.entry(input).and_modify(|n| *n = n.and(needed)).or_insert(needed);
        }
    }
    let needed = inputs.iter().filter_map(|input| needs.get(input.name)).copied();
    let Interval(first, last) =
        needed.reduce(Interval::and).ok_or("its sound does not depend on the latents")?;
    let frames = |n: i64| usize::try_from(n).unwrap_or_default();
    Ok(Reach { hop: frames(hop), before: frames(-first), behind: frames(last) })
}

/// How each tensor runs in time that depends on the inputs.
fn courses<'a>(
    model: &Model<'_>,
    nodes: &[&'a Node<'a>],
    inputs: &[ByFrame<'a>],
) -> Result<HashMap<&'a str, Course>, Malformed> {
    let given = inputs.iter().map(|input| (input.name, Course { rate: 1, axis: input.axis }));
    let mut courses: HashMap<&str, Course> = given.collect();
    for node in nodes {
        let Some(Course { rate, axis }) = course_of(node, &courses).filter(|_| node.op != "Shape") else {
            continue;
        };
        let rate = match step(model, node, axis)? {
            Step::Up { stride, .. } => rate * stride,
            Step::Same | Step::Conv { .. } => rate,
        };
        if rate > LONGEST {
            return Err("too many samples a frame".into());
        }
        let course = Course { rate, axis: axis_after(model, node, axis)? };
        courses.extend(node.outputs.iter().map(|&name| (name, course)));
    }
    Ok(courses)
}

/// How an operation's inputs run; the fastest has the say.
fn course_of(node: &Node<'_>, courses: &HashMap<&str, Course>) -> Option<Course> {
    node.inputs.iter().filter_map(|name| courses.get(name)).max().copied()
}

/// Where an operation puts the axis of time.
fn axis_after(model: &Model<'_>, node: &Node<'_>, axis: i64) -> Result<i64, Malformed> {
    let moved = match node.op {
        "Transpose" => node.ints("perm")?.and_then(|perm| perm.iter().position(|from| *from == axis)),
        "Unsqueeze" => {
            let axes = match (node.ints("axes")?, node.inputs.get(1)) {
                (None, Some(input)) => model.constant(input)?,
                (attribute, _) => attribute,
            };
            let before = axes.map(|axes| axes.iter().filter(|new| (0..=axis).contains(*new)).count());
            before.and_then(|before| Some(usize::try_from(axis).ok()? + before))
        }
        _ => return Ok(axis),
    };
    moved.and_then(|axis| i64::try_from(axis).ok()).ok_or_else(|| unknown(node))
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

fn unknown(node: &Node<'_>) -> Malformed {
    format!("its sound side has a {}, which it is not known how to cut", node.op).into()
}

/// `time` is the axis of time of what the operation reads.
fn step(model: &Model<'_>, node: &Node<'_>, time: i64) -> Result<Step, Malformed> {
    let axis =
        |default| Ok::<_, Malformed>(node.ints("axis")?.map_or(default, |a| a.first().copied().unwrap_or(0)));
    let is_time = |axis: i64| axis == time || axis == -1 && time == CHANNELS_FIRST;
    match node.op {
        "Conv" if time == CHANNELS_FIRST => match kernel(node)? {
            Kernel { span, pad, stride: 1 } => Ok(Step::Conv { span, pad }),
            _ => Err(unknown(node)),
        },
        "ConvTranspose" if time == CHANNELS_FIRST => {
            kernel(node).map(|Kernel { span, pad, stride }| Step::Up { span, pad, stride })
        }
        "Split" if is_time(axis(0)?) => Err(unknown(node)),
        "Concat" if is_time(axis(CHANNELS_FIRST)?) => Err(unknown(node)),
        "Slice" if slices_time(model, node, is_time)? => Err(unknown(node)),
        // Over the last axis, which holds the channels of one time.
        "LayerNormalization" if !is_time(axis(-1)?) && axis(-1)? == -1 => Ok(Step::Same),
        "MatMul" | "MatMulInteger" if time != CHANNELS_FIRST && reads_one(model, node) => Ok(Step::Same),
        op if BY_ITSELF.contains(&op) => Ok(Step::Same),
        _ => Err(unknown(node)),
    }
}

/// Whether a matrix is multiplied by constants.
fn reads_one(model: &Model<'_>, node: &Node<'_>) -> bool {
    let is_weight = |name: &&str| model.initialisers.iter().any(|w| w.name == *name);
    node.inputs.get(1).is_some_and(is_weight)
}

/// Operations whose outputs depend on the inputs of their own time, axes aside.
const BY_ITSELF: [&str; 29] = [
    "Abs",
    "Add",
    "Cast",
    "Ceil",
    "Clip",
    "Concat",
    "Div",
    // Its scale is that of all it is given, so a part has another rounding than the whole has.
    "DynamicQuantizeLinear",
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
    "Transpose",
    "Unsqueeze",
];

/// The axis of time in [1, channels, time], where convolutions and exports of Piper have it.
const CHANNELS_FIRST: i64 = 2;

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
fn slices_time(model: &Model<'_>, node: &Node<'_>, is_time: impl Fn(i64) -> bool) -> Result<bool, Malformed> {
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
