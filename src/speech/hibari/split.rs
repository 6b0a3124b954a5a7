//! Splits a hibari model in three, by structure: the text side yields durations and what each
//! phoneme is; the prosody makes pitch and energy of that; the decoder makes spectra of all of it.
//!
//! The graph repeats each phoneme's encoding as often as its duration says. It finds the places by
//! its only `CumSum`, over the durations, and reads them by two `Gather`s: one for the prosody, one
//! for the decoder. We repeat outside the graph, so that the decoder can be run on a part of a
//! sentence.

use std::collections::HashSet;

use crate::speech::graph::Graph;
use crate::speech::onnx::{Input, Malformed, Model, Node};
use crate::speech::reach::{ByFrame, Reach, reach};

/// Phoneme ids, [1, ids].
pub(super) const IDS: &str = "ids";
/// What durations are divided by, [1].
pub(super) const SPEED: &str = "speed";
/// Pitch in hertz, [1, frames].
pub(super) const PITCH: &str = "f0";
/// The parts of a spectrum, in the order in which the decoder yields them.
const SPECTRA: [&str; 5] = ["lh", "theta", "ln", "lr", "phi"];

/// A model in three parts, and the names of the tensors that join them.
#[derive(Debug)]
pub(super) struct Split {
    /// Ids and speed → durations, and encodings of each phoneme for prosody and decoder.
    pub(super) text: Vec<u8>,
    /// Encodings by step → pitch and energy by frame.
    pub(super) prosody: Vec<u8>,
    /// Encodings, pitch and energy by frame → spectra.
    pub(super) decoder: Vec<u8>,
    pub(super) reach: Reach,
    pub(super) names: Names,
}

/// Tensors that cross the borders.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Steps each id lasts, [ids], whole numbers.
    pub(super) durations: String,
    /// What the text side says of each id to the prosody, [1, channels, ids].
    pub(super) prosody: String,
    /// The same, repeated by step: what the prosody reads.
    pub(super) steps: String,
    /// What the text side says of each id to the decoder, [1, channels, ids].
    pub(super) decoder: String,
    /// The same, repeated by frame: what the decoder reads.
    pub(super) frames: String,
    /// Energy, [1, frames].
    pub(super) energy: String,
    /// All parts of the spectrum in a row, [1, frames, 5 × bins].
    pub(super) spectra: String,
}

/// Whether a model has the inputs and outputs of a hibari voice.
pub(super) fn is_hibari(model: &Model<'_>) -> bool {
    let outputs: HashSet<&str> = model.outputs.iter().map(|output| output.name).collect();
    let has_inputs = [IDS, SPEED].iter().all(|name| model.inputs.iter().any(|input| input.name == *name));
    has_inputs && SPECTRA.iter().chain([&PITCH]).all(|name| outputs.contains(name))
}

/// Takes a model file apart.
///
/// # Errors
/// Says what is missing for the file to be a hibari voice.
pub(super) fn split(bytes: &[u8]) -> Result<Split, Malformed> {
    let model = Model::parse(bytes)?;
    if !is_hibari(&model) {
        return Err("not a hibari voice: its inputs or outputs are others".into());
    }
    let graph = Graph::new(&model);
    let border = border(&graph)?;
    let spectra = spectra(&graph)?;
    let by_frame = [border.frames, PITCH, border.energy];
    let decoder = graph.before(&[spectra], by_frame);
    let nodes: Vec<&Node<'_>> = in_order(&decoder).into_iter().map(|i| &model.nodes[i]).collect();
    let axes =
        [(border.frames, 2), (PITCH, 1), (border.energy, 1)].map(|(name, axis)| ByFrame { name, axis });
    Ok(Split {
        text: part(&graph, &[IDS, SPEED], &[], &[border.durations, border.prosody, border.decoder]),
        prosody: part(&graph, &[], &[border.steps], &[PITCH, border.energy]),
        decoder: part(&graph, &[], &by_frame, &[spectra]),
        reach: reach(&model, &nodes, &axes, spectra)?,
        names: border.names(spectra),
    })
}

fn in_order(nodes: &HashSet<usize>) -> Vec<usize> {
    let mut nodes: Vec<usize> = nodes.iter().copied().collect();
    nodes.sort_unstable();
    nodes
}

/// The model that makes `outputs` of the model's own `inputs` and of tensors of `floats`.
fn part(graph: &Graph<'_>, inputs: &[&str], floats: &[&str], outputs: &[&str]) -> Vec<u8> {
    let nodes = graph.before(outputs, floats.iter().copied());
    let inputs = inputs.iter().map(|name| Input::Same(name));
    let inputs: Vec<Input<'_>> = inputs.chain(floats.iter().map(|name| Input::Floats(name))).collect();
    graph.model.part(|i| nodes.contains(&i), &inputs, outputs)
}

/// Where the text side ends, and what joins the parts.
struct Border<'a> {
    durations: &'a str,
    prosody: &'a str,
    steps: &'a str,
    decoder: &'a str,
    frames: &'a str,
    energy: &'a str,
}

impl Border<'_> {
    fn names(&self, spectra: &str) -> Names {
        Names {
            durations: self.durations.into(),
            prosody: self.prosody.into(),
            steps: self.steps.into(),
            decoder: self.decoder.into(),
            frames: self.frames.into(),
            energy: self.energy.into(),
            spectra: spectra.into(),
        }
    }
}

fn border<'a>(graph: &Graph<'a>) -> Result<Border<'a>, Malformed> {
    let [sums] = graph.made_by("CumSum")[..] else {
        return Err("not exactly one CumSum, which counts the steps of its phonemes".into());
    };
    let durations = input(graph, sums, 0).ok_or("a CumSum without an input")?;
    let placed = graph.after(&[sums]);
    let repeats = |node: &&Node<'a>| {
        node.op == "Gather"
            && node.inputs.get(1).is_some_and(|index| placed.contains(index))
            && node.inputs.first().is_some_and(|data| !placed.contains(data))
    };
    let [one, other] = graph.model.nodes.iter().filter(repeats).collect::<Vec<_>>()[..] else {
        return Err("not exactly two Gathers that repeat its phonemes".into());
    };
    let pitch = graph.before(&[PITCH], None);
    let shapes_pitch = |node: &Node<'_>| node.outputs.iter().any(|o| pitch.contains(&graph.maker[o]));
    let (prosody, decoder) = match (shapes_pitch(one), shapes_pitch(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return Err("its pitch is made of both encodings of its phonemes, or of none".into()),
    };
    let (frames, energy) = joined(graph, prosody.outputs[0], decoder.outputs[0])?;
    Ok(Border {
        durations,
        prosody: prosody.inputs[0],
        steps: prosody.outputs[0],
        decoder: decoder.inputs[0],
        frames,
        energy,
    })
}

/// What the decoder joins with the pitch: encodings by frame, and energy as the prosody yields it.
fn joined<'a>(
    graph: &Graph<'a>,
    steps: &'a str,
    encodings: &'a str,
) -> Result<(&'a str, &'a str), Malformed> {
    let (prosody, decoder) = (graph.after(&[steps]), graph.after(&[encodings]));
    let joins = |node: &&Node<'a>| {
        node.op == "Concat"
            && node.inputs.iter().any(|i| prosody.contains(i) && !decoder.contains(i))
            && node.inputs.iter().any(|i| decoder.contains(i))
    };
    let join = graph.model.nodes.iter().find(joins).ok_or("no Concat that joins text and pitch")?;
    let pitched = graph.after(&[PITCH]);
    let frames = join.inputs.iter().copied().find(|i| decoder.contains(i));
    let energy = join.inputs.iter().copied().find(|i| prosody.contains(i) && !pitched.contains(i));
    let energy = energy.and_then(|name| by_frame(graph, name));
    frames.zip(energy).ok_or_else(|| "no energy beside its pitch".into())
}

/// Goes back from a tensor to the last one that has an axis fewer, [1, frames].
fn by_frame<'a>(graph: &Graph<'a>, mut name: &'a str) -> Option<&'a str> {
    loop {
        let node = &graph.model.nodes[*graph.maker.get(name)?];
        name = node.inputs.iter().copied().find(|i| graph.dynamic.contains(i))?;
        if node.op == "Unsqueeze" {
            return Some(name);
        }
    }
}

/// The spectra before they are taken apart and turned: there each frame's values lie together.
fn spectra<'a>(graph: &Graph<'a>) -> Result<&'a str, Malformed> {
    let split = graph.maker.get(SPECTRA[0]).map(|&i| &graph.model.nodes[i]);
    let split = split.filter(|node| node.op == "Split" && node.outputs == SPECTRA);
    let turned = split.and_then(|node| input(graph, node.outputs[0], 0));
    let turned =
        turned.filter(|name| graph.maker.get(name).is_some_and(|&i| graph.model.nodes[i].op == "Transpose"));
    let spectra = turned.and_then(|name| input(graph, name, 0));
    spectra.ok_or_else(|| "its spectra are not split as a hibari voice's are".into())
}

/// One of the tensors that are read where this one is made.
fn input<'a>(graph: &Graph<'a>, made: &str, place: usize) -> Option<&'a str> {
    graph.model.nodes[*graph.maker.get(made)?].inputs.get(place).copied()
}
