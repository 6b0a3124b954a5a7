//! Spectra by frame → sound, by the formula that the model was trained with:
//!
//! S = e^min(lh, 7) · e^(iπ·tanh θ) · E + e^min(ln, 7) · Z + e^min(lr, 7) · e^(iφ)
//!
//! E is the spectrum of the voice's pulses, Z complex noise of unit variance in each part. The
//! sound is the inverse short-time Fourier transform of S: windows of Hann over 50 ms, every 12.5.

use std::f32::consts::{PI, TAU};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::super::chunk::Samples;
use super::super::key::SentenceKey;
use super::super::noise;
use super::math::{exp, sin_cos, tanh};
use super::pulses::Pulses;

/// Samples a second.
pub(in super::super) const SAMPLE_RATE: u32 = 24_000;
/// Samples a frame.
pub(in super::super) const HOP: usize = 300;
/// Samples of a window.
const WINDOW: usize = 4 * HOP;
/// Frequencies of a spectrum.
const BINS: usize = WINDOW / 2 + 1;
/// Numbers that the model yields for a frame: lh, θ, ln, lr and φ by frequency.
const VALUES: usize = 5 * BINS;
/// Frequencies that are made: up to 10 kHz. What a voice has above is hardly heard, and at 64 kbit/s
/// an MP3 encoder takes the bits for it from what is (DistillMOS 4.70 without, 4.60 with).
const HEARD: usize = BINS * 10 / 12;
/// Highest exponent: what is louder is a slip of the model.
const LOUDEST: f32 = 7.0;
/// Sum of the squared windows over any sample between the first frames and the last.
const OVERLAP: f32 = 1.5;

/// Makes sound of spectra; one thread's own, for the room it works in.
pub(super) struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
    wave: Vec<f32>,
    spectrum: Vec<Complex32>,
    scratch: Vec<Complex32>,
    /// Frequencies that are made.
    heard: usize,
    voiced_re: Vec<f32>,
    voiced_im: Vec<f32>,
    noise_re: Vec<f32>,
    noise_im: Vec<f32>,
    free_re: Vec<f32>,
    free_im: Vec<f32>,
}

impl fmt::Debug for Vocoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocoder").finish_non_exhaustive()
    }
}

/// The frames whose windows reach into these ones, out of so many.
pub(super) fn around(frames: &Range<usize>, count: usize) -> Range<usize> {
    frames.start.saturating_sub(1)..(frames.end + 2).min(count)
}

impl Vocoder {
    pub(super) fn new() -> Self {
        Self::up_to(HEARD)
    }

    fn up_to(heard: usize) -> Self {
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(WINDOW), planner.plan_fft_inverse(WINDOW));
        let scratch = forward.get_scratch_len().max(inverse.get_scratch_len());
        let hann = |i: usize| 0.5 - 0.5 * (TAU * i as f32 / WINDOW as f32).cos();
        Self {
            forward,
            inverse,
            window: (0..WINDOW).map(hann).collect(),
            wave: vec![0.0; WINDOW],
            spectrum: vec![Complex32::ZERO; BINS],
            scratch: vec![Complex32::ZERO; scratch],
            heard,
            voiced_re: vec![0.0; heard],
            voiced_im: vec![0.0; heard],
            noise_re: vec![0.0; heard],
            noise_im: vec![0.0; heard],
            free_re: vec![0.0; heard],
            free_im: vec![0.0; heard],
        }
    }

    /// The samples of `frames`, from the model's values for the frames [`around`] them; nothing
    /// where those are too few.
    pub(super) fn sound(
        &mut self,
        values: &[f32],
        heard: &Range<usize>,
        pulses: &Pulses,
        key: &SentenceKey,
        frames: &Range<usize>,
    ) -> Option<Samples> {
        if values.len() != heard.len() * VALUES {
            return None;
        }
        let source = Source::new(pulses, heard);
        // Two frames more than are wanted at either end, for the halves of windows that stand out.
        let mut sound = vec![0.0; (heard.len() + 4) * HOP];
        for (i, (frame, values)) in heard.clone().zip(values.chunks_exact(VALUES)).enumerate() {
            self.excite(&source, frame)?;
            self.shape(values, key, frame);
            self.add(&mut sound[i * HOP..i * HOP + WINDOW])?;
        }
        // The window of frame f begins two frames before it.
        let start = (frames.start + 2 - heard.start) * HOP;
        let mut sound = sound.get(start..start + frames.len() * HOP)?.to_vec();
        self.normalise(&mut sound, frames, pulses.frames());
        Some(sound)
    }

    /// The spectrum of the pulses around a frame.
    fn excite(&mut self, source: &Source, frame: usize) -> Option<()> {
        let pulses = source.around(frame);
        for ((wave, pulse), window) in self.wave.iter_mut().zip(pulses).zip(&self.window) {
            // A cosine of height 1 then has a peak of 1 in the spectrum, half of the window's sum.
            *wave = pulse * (window / HOP as f32);
        }
        self.forward.process_with_scratch(&mut self.wave, &mut self.spectrum, &mut self.scratch).ok()
    }

    /// The voice's spectrum, from that of its pulses.
    fn shape(&mut self, values: &[f32], key: &SentenceKey, frame: usize) {
        let heard = self.heard;
        noise::complex(key, frame, &mut self.noise_re, &mut self.noise_im);
        let mut parts = values.chunks_exact(BINS).map(|part| &part[..heard]);
        let mut part = || parts.next().unwrap_or_default();
        let (lh, theta, ln, lr, phi) = (part(), part(), part(), part(), part());
        // First each branch by itself: loops that the compiler can do many bins at once.
        let voiced = self.voiced_re.iter_mut().zip(&mut self.voiced_im).zip(lh).zip(theta);
        voiced.for_each(|(((re, im), lh), theta)| (*re, *im) = polar(*lh, PI * tanh(*theta)));
        let free = self.free_re.iter_mut().zip(&mut self.free_im).zip(lr).zip(phi);
        free.for_each(|(((re, im), lr), phi)| (*re, *im) = polar(*lr, *phi));
        for ((re, im), ln) in self.noise_re.iter_mut().zip(&mut self.noise_im).zip(ln) {
            let amplitude = amplitude(*ln);
            (*re, *im) = (amplitude * *re, amplitude * *im);
        }
        let (made, above) = self.spectrum.split_at_mut(heard);
        for (k, bin) in made.iter_mut().enumerate() {
            let turned = *bin * Complex32::new(self.voiced_re[k], self.voiced_im[k]);
            let noise = Complex32::new(self.noise_re[k], self.noise_im[k]);
            *bin = turned + noise + Complex32::new(self.free_re[k], self.free_im[k]);
        }
        above.fill(Complex32::ZERO);
    }

    /// Adds a frame's wave to what overlaps it.
    fn add(&mut self, sound: &mut [f32]) -> Option<()> {
        // A real wave's spectrum is real at its ends; what is not is left out.
        self.spectrum[0].im = 0.0;
        self.spectrum[BINS - 1].im = 0.0;
        self.inverse.process_with_scratch(&mut self.spectrum, &mut self.wave, &mut self.scratch).ok()?;
        for ((sample, wave), window) in sound.iter_mut().zip(&self.wave).zip(&self.window) {
            *sample += wave * (window / WINDOW as f32);
        }
        Some(())
    }

    /// Divides by what the windows add up to: less than elsewhere where a sentence begins and ends.
    fn normalise(&self, sound: &mut [f32], frames: &Range<usize>, count: usize) {
        for (frame, samples) in frames.clone().zip(sound.chunks_exact_mut(HOP)) {
            if frame >= 1 && frame + 2 < count {
                samples.iter_mut().for_each(|sample| *sample /= OVERLAP);
                continue;
            }
            for (i, sample) in samples.iter_mut().enumerate() {
                let of = |quarter: usize| (frame + 2).checked_sub(quarter).filter(|frame| *frame < count);
                let squares = (0..4).filter(|q| of(*q).is_some()).map(|q| self.window[q * HOP + i].powi(2));
                *sample /= squares.sum::<f32>().max(1e-11);
            }
        }
    }
}

/// The pulses around some frames; before a sentence and behind it they are mirrored.
struct Source {
    /// The frame that the first of the samples belongs to.
    first: usize,
    samples: Vec<f32>,
    count: usize,
}

impl Source {
    fn new(pulses: &Pulses, frames: &Range<usize>) -> Self {
        let (first, last) = (frames.start.saturating_sub(2), (frames.end + 2).min(pulses.frames()));
        let mut samples = Vec::with_capacity((last - first) * HOP);
        (first..last).for_each(|frame| pulses.extend(frame, &mut samples));
        Self { first, samples, count: pulses.frames() * HOP }
    }

    /// The samples of a frame's window, which its first sample is the middle of.
    fn around(&self, frame: usize) -> impl Iterator<Item = f32> {
        let last = self.count as isize - 1;
        (0..WINDOW).map(move |i| {
            let at = (frame * HOP + i) as isize - (WINDOW / 2) as isize;
            let mirrored = if at < 0 {
                -at
            } else if at > last {
                2 * last - at
            } else {
                at
            };
            let at = mirrored - (self.first * HOP) as isize;
            usize::try_from(at).ok().and_then(|at| self.samples.get(at)).copied().unwrap_or(0.0)
        })
    }
}

fn amplitude(exponent: f32) -> f32 {
    exp(if exponent > LOUDEST { LOUDEST } else { exponent })
}

/// Real and imaginary part of a number by its magnitude's logarithm and its angle.
fn polar(exponent: f32, angle: f32) -> (f32, f32) {
    let (amplitude, (sine, cosine)) = (amplitude(exponent), sin_cos(angle));
    (amplitude * cosine, amplitude * sine)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FRAMES: usize = 24;

    /// The model's values by the formula of `scripts/oracle/vocoder.py`, frame by frame.
    fn values() -> Vec<f32> {
        let of = |frame: usize, part: usize, bin: usize| {
            let (k, i) = (bin as f64, frame as f64);
            match part {
                0 => 1.5 + (0.01 * k + 0.3 * i).sin(),
                1 => 0.5 * (0.02 * k - 0.2 * i).sin(),
                2 => -100.0,
                3 => -1.0 + (0.013 * k + 0.5 * i).cos(),
                _ => 3.0 * (0.7 * k + 1.3 * i).sin(),
            }
        };
        let value = |at: usize| of(at / VALUES, at % VALUES / BINS, at % VALUES % BINS) as f32;
        (0..FRAMES * VALUES).map(value).collect()
    }

    fn pulses() -> Pulses {
        let hertz = |i: usize| if (4..20).contains(&i) { 180.0 + 40.0 * (0.7 * i as f64).sin() } else { 0.0 };
        Pulses::new((0..FRAMES).map(|i| hertz(i) as f32).collect())
    }

    fn sound(frames: Range<usize>) -> Samples {
        let (values, heard) = (values(), around(&frames, FRAMES));
        let part = &values[heard.start * VALUES..heard.end * VALUES];
        Vocoder::up_to(BINS).sound(part, &heard, &pulses(), &SentenceKey([3; 32]), &frames).unwrap()
    }

    fn apart(one: &[f32], other: &[f32]) -> f32 {
        assert_eq!(one.len(), other.len());
        one.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn the_sound_is_that_of_the_package() {
        let oracle = include_bytes!("../../../tests/fixtures/hibari/waveform.f32");
        let oracle: Vec<f32> =
            oracle.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect();
        let sound = sound(0..FRAMES);
        assert!(sound.iter().any(|sample| sample.abs() > 0.1), "it is silent");
        let apart = apart(&sound, &oracle);
        assert!(apart <= 1e-3, "{apart}");
    }

    #[test]
    fn parts_of_a_sentence_sound_as_in_the_whole() {
        let parts = [0..1, 1..9, 9..23, 23..24].map(sound).concat();
        assert!(apart(&parts, &sound(0..FRAMES)) <= 1e-6);
    }
}
