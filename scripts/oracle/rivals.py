#!/usr/bin/env python3
"""Speaks sentences with the voices' own packages, as their users run them, and tells how long it took.

    python3.11 -m venv .venv-rivals
    .venv-rivals/bin/pip install hibari-tts==0.2.1 piper-tts==1.8.0
    LECTERN_RIVALS=.venv-rivals/bin/python make bench

`benches/` starts it as `rivals.py ENGINE MODEL`, ENGINE being "hibari" or "piper". It reads a JSON list
of texts a line, and answers each line with one number: seconds from text to samples, on one thread
(hibari) or on as many as the package chooses (piper).
"""
import json
import sys
import time


def hibari(model):
    from hibari import Hibari

    tts = Hibari(model=model)
    return lambda text: sum(len(wave) for wave in tts.stream(text))


def piper(model):
    from piper import PiperVoice

    voice = PiperVoice.load(model)
    return lambda text: sum(len(chunk.audio_int16_array) for chunk in voice.synthesize(text))


def main():
    engine, model = sys.argv[1:]
    say = {"hibari": hibari, "piper": piper}[engine](model)
    say("The first sentence of a session is slow.")
    print("ready", flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        for text in json.loads(line):
            say(text)
        print(time.perf_counter() - started, flush=True)


if __name__ == "__main__":
    main()
