#!/usr/bin/env python3
"""Writes what the package hibari-tts 0.2.1 makes of spectra that a formula yields.

    pip install hibari-tts==0.2.1
    scripts/oracle/vocoder.py tests/fixtures/hibari/waveform.f32

The file holds 24 frames of 300 samples, 32-bit floats, low bytes first. The test beside
src/speech/hibari/vocoder.rs has the same formula. There is no noise in it (ln = −100).
"""
import sys

import numpy as np
from hibari import dsp

FRAMES, BINS = 24, 601


class Silence:
    """A generator of noise that is none."""

    def standard_normal(self, shape, dtype):
        return np.zeros(shape, dtype)


def spectra():
    k, i = np.meshgrid(np.arange(BINS), np.arange(FRAMES), indexing="ij")
    parts = [
        1.5 + np.sin(0.01 * k + 0.3 * i),
        0.5 * np.sin(0.02 * k - 0.2 * i),
        np.full(k.shape, -100.0),
        -1 + np.cos(0.013 * k + 0.5 * i),
        3 * np.sin(0.7 * k + 1.3 * i),
    ]
    frames = np.arange(FRAMES)
    pitch = np.where((frames >= 4) & (frames < 20), 180 + 40 * np.sin(0.7 * frames), 0)
    return [part.astype(np.float32) for part in parts], pitch.astype(np.float32)


def main():
    parts, pitch = spectra()
    wave = dsp.synth(*parts, pitch, Silence())
    wave.astype("<f4").tofile(sys.argv[1])
    print(f"{len(wave)} samples, largest {np.abs(wave).max():.3f}")


if __name__ == "__main__":
    main()
