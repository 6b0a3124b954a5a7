#!/usr/bin/env python3
"""How loud recordings are, as heard, measured by ffmpeg (EBU R 128).

    scripts/oracle/loudness.py AUDIO…

prints one JSON line per file:
{"file", "channels", "seconds", "measured_lufs", "heard_lufs", "range_lu", "true_peak_dbtp"}.

A mono file is played by both loudspeakers, so it is heard 3 dB louder than one channel measures:
-19 LUFS measured is -16 LUFS as heard. The standard calls that dual mono; 10·log10(2) = 3.01.
With two channels, the two figures are the same. Silence measures -70 and has no peak (null).

Needs ffmpeg and ffprobe on the path, nothing from Python.
"""

import json
import math
import re
import subprocess
import sys

SILENCE = -70.0  # the gate of EBU R 128: nothing quieter is measured
FIGURES = {
    "measured_lufs": r"Integrated loudness:\s+I:\s+(\S+) LUFS",
    "range_lu": r"Loudness range:\s+LRA:\s+(\S+) LU",
    "true_peak_dbtp": r"True peak:\s+Peak:\s+(\S+) dBFS",
}


def channels_and_seconds(path):
    command = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-of", "json",
               "-show_entries", "stream=channels:format=duration", path]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if not found.get("streams"):
        raise ValueError("no sound in it")
    return found["streams"][0]["channels"], float(found["format"].get("duration", "nan"))


def measured(path):
    """The figures of one file."""
    channels, seconds = channels_and_seconds(path)
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-i", path, "-map", "0:a:0",
               "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    log = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    summary = log[log.rindex("Summary:") :]
    row = {"file": path, "channels": channels, "seconds": round(seconds, 3)}
    for name, pattern in FIGURES.items():
        found = float(re.search(pattern, summary)[1])
        row[name] = found if math.isfinite(found) else None
        if name == "measured_lufs":
            row["heard_lufs"] = round(found + (10 * math.log10(2) if channels == 1 and found > SILENCE else 0), 2)
    return row


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    failed = False
    for path in sys.argv[1:]:
        try:
            print(json.dumps(measured(path), ensure_ascii=False), flush=True)
        except subprocess.CalledProcessError as error:
            failed = True
            print(f"{path}: {error.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        except (ValueError, OSError) as error:
            failed = True
            print(f"{path}: {error}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
