//! Cuts a voice in three, by structure: the text side says how long every phoneme lasts; the flow
//! shapes latent frames; the decoder makes samples of them. Flow and decoder, the sound side, see
//! only a window of frames.
//!
//! A Piper voice draws noise twice. The draw that the durations depend on (they come out of
//! the only `Ceil`) becomes an input. The other is scaled and added to a mean; that sum is the
//! border. Everything that depends on it is the sound side; the mean and the factors become
//! outputs of the text side, so that the sum is taken outside with noise of our own. The decoder
//! begins where frames first become more than one value each. It costs most of the time and sees
//! few frames, the flow costs little and sees many: apart, each needs only its own context.

use std::collections::HashSet;

use super::graph::Graph;
use super::onnx::{Input, Malformed, Model, Node};
use super::reach::{ByFrame, Reach, reach};

/// A voice in three parts, and the names of the tensors that join them.
#[derive(Debug)]
pub(super) struct Cut {
    /// Model file of the text side.
    pub(super) text: Vec<u8>,
    pub(super) flow: Part,
    pub(super) decoder: Part,
    pub(super) names: Names,
}

/// A part of the sound side.
#[derive(Debug)]
pub(super) struct Part {
    /// Its model file.
    pub(super) model: Vec<u8>,
    /// What it reads by frame, [1, channels, frames].
    pub(super) frames: String,
    /// What else it reads: some of [`Names::crossing`].
    pub(super) crossing: Vec<String>,
    pub(super) reach: Reach,
}

/// Tensors by their part in the work.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Ids, lengths, scales and, of voices with several speakers, the speaker.
    pub(super) inputs: Vec<String>,
    /// Noise for the durations, [1, 2, ids]; absent where they are not drawn.
    pub(super) duration_noise: Option<String>,
    /// Frames of each id, [1, 1, ids].
    pub(super) durations: String,
    /// Mean of the latents, [1, channels, frames].
    pub(super) mean: String,
    /// What the latents' noise is multiplied by, one after the other.
    pub(super) factors: Vec<String>,
    /// What else the sound side reads of the text side: the mask, the speaker's embedding.
    pub(super) crossing: Vec<String>,
}

/// Takes a model file apart.
///
/// # Errors
/// Says what is missing for the file to be a Piper voice.
pub(super) fn cut(bytes: &[u8]) -> Result<Cut, Malformed> {
    let model = Model::parse(bytes)?;
    let graph = Graph::new(&model);
    let border = border(&graph)?;
    let sound = graph.after(&[border.latents]);
    let output = model.outputs.first().ok_or("no output")?.name;
    if !sound.contains(output) {
        return Err("its sound does not depend on the latent noise".into());
    }
    let shaped = shaped(&graph, &sound)?;
    let decoded = graph.after(&[shaped]);
    let flowing: HashSet<&str> = sound.difference(&decoded).copied().collect();
    if graph.crossing(&decoded).iter().any(|name| flowing.contains(name)) {
        return Err("its decoder reads more than one tensor of the flow".into());
    }
    let names = names(&model, &border, &graph.crossing(&sound));
    Ok(Cut {
        text: text_side(&graph, &border, &names),
        flow: part(&graph, &flowing, border.latents, shaped)?,
        decoder: part(&graph, &decoded, shaped, output)?,
        names,
    })
}

/// The shaped latents: what the first operation that makes several values of one reads.
fn shaped<'a>(graph: &Graph<'a>, sound: &HashSet<&str>) -> Result<&'a str, Malformed> {
    let grows = |n: &&Node<'a>| n.op == "ConvTranspose" && n.inputs.iter().any(|i| sound.contains(i));
    let first = graph.model.nodes.iter().find(grows).ok_or("no operation that makes samples of frames")?;
    let read = first.inputs.iter().copied().find(|i| sound.contains(i));
    read.ok_or_else(|| "no operation that makes samples of frames".into())
}

fn names(model: &Model<'_>, border: &Border<'_>, crossing: &[&str]) -> Names {
    let weights: HashSet<&str> = model.initialisers.iter().map(|w| w.name).collect();
    let inputs = model.inputs.iter().map(|i| i.name);
    Names {
        // Before IR version 4 weights are listed among the inputs.
        inputs: inputs.filter(|n| !weights.contains(n)).map(Into::into).collect(),
        duration_noise: border.duration_noise.map(Into::into),
        durations: border.durations.into(),
        mean: border.mean.into(),
        factors: border.factors.iter().map(|&f| f.into()).collect(),
        crossing: crossing.iter().map(|&c| c.into()).collect(),
    }
}

fn text_side(graph: &Graph<'_>, border: &Border<'_>, names: &Names) -> Vec<u8> {
    let mut outputs = vec![border.durations, border.mean];
    outputs.extend(&border.factors);
    outputs.extend(names.crossing.iter().map(String::as_str));
    let mut seen = HashSet::new();
    outputs.retain(|name| seen.insert(*name));
    let nodes = graph.before(&outputs, border.duration_noise);
    let mut inputs: Vec<Input<'_>> = names.inputs.iter().map(|n| Input::Same(n)).collect();
    inputs.extend(border.duration_noise.map(Input::Floats));
    graph.model.part(|i| nodes.contains(&i), &inputs, &outputs)
}

/// The part of the sound side that makes `output` of `frames` through these tensors.
fn part(graph: &Graph<'_>, tensors: &HashSet<&str>, frames: &str, output: &str) -> Result<Part, Malformed> {
    let moving = graph.reading(tensors);
    let crossing = graph.crossing(tensors);
    let nodes: Vec<&Node<'_>> = moving.iter().map(|&i| &graph.model.nodes[i]).collect();
    let by_frame: Vec<&str> = std::iter::once(frames).chain(crossing.iter().copied()).collect();
    let in_time: Vec<ByFrame<'_>> = by_frame.iter().map(|name| ByFrame { name, axis: 2 }).collect();
    let inputs: Vec<Input<'_>> = by_frame.iter().map(|name| Input::Floats(name)).collect();
    let constants = nodes.iter().flat_map(|n| n.inputs.iter().copied());
    let constants: Vec<&str> = constants.filter(|name| !graph.dynamic.contains(name)).collect();
    let constants = graph.before(&constants, None);
    let kept = |i: usize| moving.contains(&i) || constants.contains(&i);
    Ok(Part {
        model: graph.model.part(kept, &inputs, &[output]),
        reach: reach(graph.model, &nodes, &in_time, output)?,
        frames: frames.into(),
        crossing: crossing.iter().map(|&c| c.into()).collect(),
    })
}

/// Where text ends and sound begins.
struct Border<'a> {
    duration_noise: Option<&'a str>,
    durations: &'a str,
    mean: &'a str,
    factors: Vec<&'a str>,
    latents: &'a str,
}

fn border<'a>(graph: &Graph<'a>) -> Result<Border<'a>, Malformed> {
    let durations = match graph.made_by("Ceil")[..] {
        [name] => name,
        _ => return Err("not exactly one Ceil, which yields the durations".into()),
    };
    let timing = graph.before(&[durations], None);
    let (for_durations, for_latents): (Vec<&str>, Vec<&str>) = (graph.made_by("RandomNormalLike"))
        .into_iter()
        .partition(|noise| graph.maker.get(noise).is_some_and(|i| timing.contains(i)));
    let duration_noise = match for_durations[..] {
        [] => None,
        [name] => Some(name),
        _ => return Err("more than one noise behind the durations".into()),
    };
    let [noise] = for_latents[..] else {
        return Err("not exactly one noise behind the latents".into());
    };
    let (factors, mean, latents) = scaled_and_added(graph, noise)?;
    Ok(Border { duration_noise, durations, mean, factors, latents })
}

type Sum<'a> = (Vec<&'a str>, &'a str, &'a str);

/// Follows the noise through its factors to the sum with the mean.
fn scaled_and_added<'a>(graph: &Graph<'a>, noise: &'a str) -> Result<Sum<'a>, Malformed> {
    let mut factors = Vec::new();
    let mut name = noise;
    // Two factors in every export known: the deviation and the scale.
    while factors.len() <= 8 {
        let reader = match graph.readers.get(name).map(Vec::as_slice) {
            Some(&[only]) => &graph.model.nodes[only],
            _ => return Err("the latent noise is not read by exactly one operation".into()),
        };
        let other = reader.inputs.iter().copied().find(|i| *i != name);
        let (Some(other), Some(&output)) = (other, reader.outputs.first()) else {
            return Err("the latent noise is neither scaled nor added".into());
        };
        match reader.op {
            "Mul" => factors.push(other),
            "Add" => return Ok((factors, other, output)),
            _ => return Err("the latent noise is neither scaled nor added".into()),
        }
        name = output;
    }
    Err("the latent noise is scaled too often".into())
}
