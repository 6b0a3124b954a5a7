//! The only caller of ONNX Runtime: one part of a model in a session of its own.

use std::borrow::Cow;
use std::ops::Range;

use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionInputValue, SessionOutputs};
use ort::value::{PrimitiveTensorElementType, Tensor};

use super::error::SpeechError;

/// Tensors by name, as a session takes them.
pub(super) type Inputs<'a> = Vec<(Cow<'a, str>, SessionInputValue<'static>)>;

/// A tensor of f32.
#[derive(Clone, Debug, Default)]
pub(super) struct Floats {
    pub(super) shape: Vec<i64>,
    pub(super) data: Vec<f32>,
}

impl Floats {
    pub(super) fn tensor(self) -> Result<SessionInputValue<'static>, SpeechError> {
        tensor(self.shape, self.data)
    }

    /// Some frames of what has `frames` of them; all of what has not (a speaker's embedding).
    pub(super) fn frames(&self, window: &Range<usize>, frames: usize) -> Self {
        if self.shape.last() != Some(&(frames as i64)) {
            return self.clone();
        }
        let mut shape = self.shape.clone();
        if let Some(last) = shape.last_mut() {
            *last = window.len() as i64;
        }
        let rows = self.data.chunks_exact(frames);
        let data = rows.flat_map(|row| &row[window.clone()]).copied().collect();
        Self { shape, data }
    }
}

/// Loads a model's bytes, to be run on one thread.
pub(super) fn session(model: &[u8]) -> Result<Session, String> {
    let builder = Session::builder().map_err(|e| e.to_string())?;
    let builder =
        builder.with_optimization_level(GraphOptimizationLevel::Level3).map_err(|e| e.to_string())?;
    let builder = builder.with_intra_threads(1).map_err(|e| e.to_string())?;
    // Without memory patterns: same speed and a third less memory, as lengths never repeat.
    let mut builder = builder.with_memory_pattern(false).map_err(|e| e.to_string())?;
    builder.commit_from_memory(model).map_err(|e| e.to_string())
}

pub(super) fn tensor<T: PrimitiveTensorElementType + std::fmt::Debug + Clone + 'static>(
    shape: Vec<i64>,
    data: Vec<T>,
) -> Result<SessionInputValue<'static>, SpeechError> {
    Ok(Tensor::from_array((shape, data)).map_err(inference)?.into())
}

/// An output of 32-bit floats.
pub(super) fn floats(outputs: &SessionOutputs<'_>, name: &str) -> Result<Floats, SpeechError> {
    let (shape, data) = extract::<f32>(outputs, name)?;
    Ok(Floats { shape, data })
}

/// An output of whole numbers.
pub(super) fn whole_numbers(outputs: &SessionOutputs<'_>, name: &str) -> Result<Vec<i64>, SpeechError> {
    extract(outputs, name).map(|(_, data)| data)
}

fn extract<T: PrimitiveTensorElementType + Copy>(
    outputs: &SessionOutputs<'_>,
    name: &str,
) -> Result<(Vec<i64>, Vec<T>), SpeechError> {
    let value = outputs.get(name).ok_or_else(|| SpeechError::Inference(format!("no {name}")))?;
    let (shape, data) = value.try_extract_tensor::<T>().map_err(inference)?;
    Ok((shape.to_vec(), data.to_vec()))
}

pub(super) fn inference(error: ort::Error) -> SpeechError {
    SpeechError::Inference(error.to_string())
}
