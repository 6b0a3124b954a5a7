//! Noise that every machine draws alike.
//!
//! ChaCha8 seeded with the sentence key, one stream per use; two 32-bit words make a pair of
//! normal deviates by Box and Muller's transform, cosine first, in f64 through `libm` (pure
//! Rust, so no platform's mathematics library has a say), rounded to f32.

use std::sync::OnceLock;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

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

/// Bits of a word that choose a deviate.
const BITS: u32 = 12;

/// Real and imaginary parts of complex deviates, each of variance 1, for one frame of a spectrum:
/// the same whichever frames are asked for before.
pub(super) fn complex(key: &SentenceKey, frame: usize, re: &mut [f32], im: &mut [f32]) {
    let mut generator = ChaCha8Rng::from_seed(key.0);
    generator.set_stream(Use::Spectrum as u64);
    generator.set_word_pos((frame * re.len()) as u128);
    let quantiles = quantiles();
    for (re, im) in re.iter_mut().zip(im) {
        let word = generator.next_u32();
        *re = quantiles[(word >> (32 - BITS)) as usize];
        *im = quantiles[(word & ((1 << BITS) - 1)) as usize];
    }
}

/// The middle of each of 4,096 equal parts of a normal distribution, scaled to a variance of 1.
/// A spectrum takes a thousand deviates a frame; to look them up takes a tenth of the time.
fn quantiles() -> &'static [f32; 1 << BITS] {
    static QUANTILES: OnceLock<[f32; 1 << BITS]> = OnceLock::new();
    QUANTILES.get_or_init(|| {
        let count = f64::from(1 << BITS);
        let raw: [f64; 1 << BITS] = std::array::from_fn(|i| quantile((i as f64 + 0.5) / count));
        let variance = raw.iter().map(|x| x * x).sum::<f64>() / count;
        raw.map(|x| (x / libm::sqrt(variance)) as f32)
    })
}

/// The x below which this share of a normal distribution lies, found by halving.
fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        let below = 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2);
        (low, high) = if below < share { (middle, high) } else { (low, middle) };
    }
    low
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
    fn complex_noise_is_normal_in_each_part_and_depends_on_its_frame_alone() {
        let draw = |frame: usize| {
            let (mut re, mut im) = ([0.0; 601], [0.0; 601]);
            complex(&SentenceKey([7; 32]), frame, &mut re, &mut im);
            (re, im)
        };
        let frames: Vec<_> = (0..200).map(draw).collect();
        for part in [|f: &([f32; 601], [f32; 601])| f.0, |f: &([f32; 601], [f32; 601])| f.1] {
            let values: Vec<f64> = frames.iter().flat_map(part).map(f64::from).collect();
            let moment = |power: i32| values.iter().map(|v| v.powi(power)).sum::<f64>() / values.len() as f64;
            assert!(moment(1).abs() < 0.02 && (moment(2) - 1.0).abs() < 0.02, "{} {}", moment(1), moment(2));
            assert!((moment(4) - 3.0).abs() < 0.15, "{}", moment(4));
        }
        let product: f64 =
            frames.iter().flat_map(|(re, im)| re.iter().zip(im)).map(|(a, b)| f64::from(a * b)).sum();
        assert!((product / (200.0 * 601.0)).abs() < 0.02, "its parts depend on each other");
        assert_eq!(draw(77), frames[77]);
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
