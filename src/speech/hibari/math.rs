//! Exponentials, sines and hyperbolic tangents in plain arithmetic, without branches.
//!
//! The compiler turns loops over these into loops over four or eight numbers at once, and they give
//! the same bits on every processor. Errors are below 1e-6, of the value for `exp`, of 1 for the others.

use std::f32::consts::{LOG2_E, TAU};

/// Adding and taking away 1.5 · 2²³ rounds to a whole number.
const ROUND: f32 = 12_582_912.0;

/// The nearest whole number, for |x| below four million.
fn rounded(x: f32) -> f32 {
    (x + ROUND) - ROUND
}

/// The largest whole number that is not above x, for |x| below four million.
pub(super) fn floor(x: f32) -> f32 {
    let nearest = rounded(x);
    if nearest > x { nearest - 1.0 } else { nearest }
}

/// e^x; of what lies outside −87 … 88, the value at the border.
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    // x = n · ln 2 + r; the low bits of the sum are n.
    let sum = x * LOG2_E + ROUND;
    let n = sum - ROUND;
    let r = (x - n * 0.693_145_75) - n * 1.428_606_8e-6;
    let series = 1.0 / 120.0 + r * (1.0 / 720.0);
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * series))));
    series * f32::from_bits((sum.to_bits() << 23).wrapping_add(127 << 23))
}

/// The hyperbolic tangent.
pub(super) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * x) + 1.0)
}

/// Sine and cosine of an angle in radians, a thousand turns at most.
pub(super) fn sin_cos(x: f32) -> (f32, f32) {
    let turns = rounded(x * (1.0 / TAU));
    // 2π in two parts, the first of which has few enough digits for the product to be exact.
    let angle = (x - turns * 6.281_25) - turns * 0.001_935_307_2;
    let half = 0.5 * angle;
    let h = half * half;
    let sine = 1.0 / 362_880.0 + h * (-1.0 / 39_916_800.0);
    let sine = half * (1.0 + h * (-1.0 / 6.0 + h * (1.0 / 120.0 + h * (-1.0 / 5_040.0 + h * sine))));
    let cosine = 1.0 / 40_320.0 + h * (-1.0 / 3_628_800.0 + h * (1.0 / 479_001_600.0));
    let cosine = 1.0 + h * (-0.5 + h * (1.0 / 24.0 + h * (-1.0 / 720.0 + h * cosine)));
    (2.0 * sine * cosine, 1.0 - 2.0 * sine * sine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_library() {
        for i in -20_000..20_000 {
            let x = i as f32 * 1e-3;
            let wide = f64::from(x);
            let near = |ours: f32, exact: f64, scale: f64| {
                assert!((f64::from(ours) - exact).abs() <= 1e-6 * scale, "{x}: {ours} for {exact}");
            };
            near(exp(x), wide.exp(), wide.exp());
            near(tanh(x), wide.tanh(), 1.0);
            let (sine, cosine) = sin_cos(x);
            near(sine, wide.sin(), 1.0);
            near(cosine, wide.cos(), 1.0);
        }
        assert_eq!(exp(-1e9), exp(-87.0));
        assert!(exp(1e9).is_finite());
        assert_eq!([floor(2.0), floor(2.9), floor(-0.1)], [2.0, 2.0, -1.0]);
    }
}
