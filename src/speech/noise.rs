//! Noise that every machine draws alike.
//!
//! ChaCha8 seeded with the sentence key, one stream per use; two 32-bit words make a pair of
//! normal deviates by Box and Muller's transform, cosine first, in f64 through `libm` (pure
//! Rust, so no platform's mathematics library has a say), rounded to f32.

use std::f32::consts::TAU;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use wide::f32x8;

use super::key::SentenceKey;

/// What a draw is for; each has its own stream, so that neither shifts the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Durations = 0,
    Latents = 1,
    Spectrum = 2,
}

/// `count` deviates of mean 0 and variance 1.
pub(super) fn normal(key: &SentenceKey, purpose: Use, count: usize) -> Vec<f32> {
    let mut generator = ChaCha8Rng::from_seed(key.0);
    generator.set_stream(purpose as u64);
    let mut values = Vec::with_capacity(count + 1);
    while values.len() < count {
        values.extend(pair(&mut generator));
    }
    values.truncate(count);
    values
}

fn pair(generator: &mut ChaCha8Rng) -> [f32; 2] {
    const SCALE: f64 = 1.0 / 4_294_967_296.0;
    // (0, 1], so that the logarithm is finite.
    let radius = (f64::from(generator.next_u32()) + 1.0) * SCALE;
    let angle = f64::from(generator.next_u32()) * SCALE * std::f64::consts::TAU;
    let radius = libm::sqrt(-2.0 * libm::log(radius));
    let (sin, cos) = libm::sincos(angle);
    [(radius * cos) as f32, (radius * sin) as f32]
}

/// Numbers that are worked on at once.
const LANES: usize = 8;

/// Real and imaginary parts of `N` complex deviates, each of variance 1, for one frame of a
/// spectrum: the same whichever frames are asked for before. `N` is a multiple of eight.
pub(super) fn complex<const N: usize>(key: &SentenceKey, frame: usize) -> ([f32; N], [f32; N]) {
    let mut generator = ChaCha8Rng::from_seed(key.0);
    generator.set_stream(Use::Spectrum as u64);
    generator.set_word_pos((frame * 2 * N) as u128);
    let (mut re, mut im) = ([0.0; N], [0.0; N]);
    for (re, im) in re.chunks_exact_mut(LANES).zip(im.chunks_exact_mut(LANES)) {
        let radius = (f32x8::splat(-2.0) * (uniform(&mut generator) + UNIT).ln()).sqrt();
        let (sine, cosine) = (uniform(&mut generator) * TAU).sin_cos();
        re.copy_from_slice(&(radius * cosine).to_array());
        im.copy_from_slice(&(radius * sine).to_array());
    }
    (re, im)
}

/// The least difference of two uniform draws.
const UNIT: f32 = 1.0 / 16_777_216.0;

/// Eight numbers in [0, 1), of the upper 24 bits of a word each, which f32 holds exactly.
fn uniform(generator: &mut ChaCha8Rng) -> f32x8 {
    let words: [f32; LANES] = std::array::from_fn(|_| (generator.next_u32() >> 8) as f32);
    f32x8::from(words) * UNIT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_moments_of_a_normal_distribution() {
        let values = normal(&SentenceKey([7; 32]), Use::Latents, 100_001);
        let n = values.len() as f64;
        let mean = values.iter().map(|&v| f64::from(v)).sum::<f64>() / n;
        let variance = values.iter().map(|&v| f64::from(v).powi(2)).sum::<f64>() / n;
        assert!(mean.abs() < 0.02, "{mean}");
        assert!((variance - 1.0).abs() < 0.02, "{variance}");
    }

    #[test]
    fn complex_noise_has_unit_variance_in_each_part_and_depends_on_its_frame_alone() {
        let key = SentenceKey([7; 32]);
        let frames: Vec<([f32; 608], [f32; 608])> = (0..200).map(|frame| complex(&key, frame)).collect();
        let variance = |part: fn(&([f32; 608], [f32; 608])) -> &[f32; 608]| {
            let values = frames.iter().flat_map(|frame| part(frame).iter());
            values.map(|v| f64::from(*v).powi(2)).sum::<f64>() / (200.0 * 608.0)
        };
        let (re, im) = (variance(|frame| &frame.0), variance(|frame| &frame.1));
        assert!((re - 1.0).abs() < 0.02 && (im - 1.0).abs() < 0.02, "{re} {im}");
        assert!(frames.iter().all(|(re, im)| re.iter().chain(im).all(|v| v.abs() < 6.0)));
        assert_eq!(complex::<608>(&key, 77), frames[77]);
        assert_ne!(frames[77], frames[78]);
    }

    #[test]
    fn is_fixed_for_ever() {
        let first = normal(&SentenceKey([1; 32]), Use::Durations, 4);
        let longer = normal(&SentenceKey([1; 32]), Use::Durations, 9);
        assert_eq!(first[..], longer[..4]);
        assert_ne!(first, normal(&SentenceKey([1; 32]), Use::Latents, 4));
        // These bits are a promise to every recording already made.
        let bits: Vec<u32> = first.iter().map(|v| v.to_bits()).collect();
        assert_eq!(bits, [3_190_765_435, 1_057_575_522, 1_067_576_046, 3_201_827_900]);
    }
}
