//! Uploads that are wrong, broken, or meant to hurt: each is refused with its reason, and nothing
//! else is the worse for it.

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use super::{SPEECH, recorded, send, sent, spoken};
use crate::harness::{Service, done};
use crate::http::{article, folder_of_its_own, made, mp3, settings, whole};

/// Small enough that what is too long is quickly known.
const LIMITS: &str = "[library.recordings]\nmax_minutes = 2\nmax_bytes = 30000000\n";

type Case = (&'static str, Vec<u8>, u16, &'static str);

fn with(mut bytes: Vec<u8>, at: usize, other: &[u8]) -> Vec<u8> {
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

fn cut(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() / 2 + 1].to_vec()
}

/// Things that are no audio at all.
fn other_things() -> Vec<Case> {
    let noise: Vec<u8> = (0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let things: [(&str, &[u8]); 16] = [
        ("a text", b"Ceci n'est pas un enregistrement.\n"),
        ("a web page called .mp3", b"<!doctype html><title>404</title><p>Not found"),
        ("a playlist", b"#EXTM3U\n#EXTINF:1,a\nhttp://127.0.0.1/a.mp3\n"),
        ("another playlist", b"[playlist]\nFile1=file:///etc/passwd\n"),
        ("a ZIP bomb", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("a gzip bomb", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xed\xc1\x01"),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("a PDF", b"%PDF-1.7\n"),
        ("a program", b"\x7fELF\x02\x01\x01"),
        ("WebM", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01webm"),
        ("AIFF", b"FORM\0\0\0\x64AIFFCOMM"),
        ("Windows Media", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
        ("a RIFF that is a film", b"RIFF\x64\0\0\0AVI LIST"),
        ("noughts", &[0; 50_000]),
        ("a sync word and nothing behind it", b"\xff\xfb\x90\x64"),
        ("noise", &noise),
    ];
    things.map(|(name, bytes)| (name, bytes.to_vec(), 415, "not-audio")).into()
}

/// Files of each kind that end too early.
fn cut_off(folder: &Path) -> Vec<Case> {
    let files: [(&str, &[&str]); 7] = [
        ("cut.mp3", &[]),
        ("bare.mp3", &["-write_xing", "0", "-id3v2_version", "0"]),
        ("cut.m4a", &["-movflags", "+faststart"]),
        ("cut.ogg", &["-c:a", "libvorbis"]),
        ("cut.flac", &[]),
        ("cut.wav", &[]),
        ("cut.aac", &[]),
    ];
    files.map(|(name, arguments)| (name, cut(&spoken(folder, name, arguments)), 422, "cut-off")).into()
}

/// Files that are whole and nothing to play to readers.
fn unfit(folder: &Path) -> Vec<Case> {
    let lavfi = |name: &str, source: &str, more: &[&str]| {
        recorded(folder, name, &[&["-f", "lavfi", "-i", source], more].concat())
    };
    let bare = spoken(folder, "a.mp3", &["-id3v2_version", "3"]);
    let ogg = spoken(folder, "a.ogg", &["-c:a", "libvorbis"]);
    let nan = spoken(folder, "nan.wav", &["-c:a", "pcm_f32le"]);
    let data = nan.windows(4).position(|w| w == b"data").unwrap() + 8;
    let nan = [&nan[..data], &f32::NAN.to_le_bytes().repeat((nan.len() - data) / 4)].concat();
    let clicks = "aevalsrc=lt(mod(n\\,24000)\\,1):d=10:s=24000";
    vec![
        ("nothing", Vec::new(), 422, "no-sound"),
        ("silence", lavfi("b.wav", "anullsrc=d=3", &[]), 422, "silent"),
        ("a moment", lavfi("c.wav", "sine=d=0.2", &[]), 422, "recording-too-short"),
        ("no numbers", nan, 422, "silent"),
        ("clicks", lavfi("d.wav", clicks, &[]), 422, "not-to-be-levelled"),
        ("a film without sound", lavfi("e.mp4", "testsrc=d=1", &["-pix_fmt", "yuv420p"]), 422, "no-sound"),
        ("Opus", lavfi("f.ogg", SPEECH, &["-c:a", "libopus"]), 415, "unsupported-audio"),
        ("two MP3s in one file", bare.repeat(2), 422, "several-recordings"),
        ("two Oggs in one file", ogg.repeat(2), 422, "several-recordings"),
        ("three minutes of frames", silent_frames(3), 413, "recording-too-long"),
        ("hours", silent_frames(300), 413, "recording-too-long"),
        ("too many bytes", vec![0; 30_000_001], 413, "too-large"),
    ]
}

/// MPEG-2.5 Layer III at 8 kHz and 8 kbit/s: 72 bytes for 72 ms, all of them nought but the header.
fn silent_frames(minutes: usize) -> Vec<u8> {
    let frame = [&[0xff, 0xe3, 0x18, 0xc4][..], &[0; 68]].concat();
    frame.repeat(minutes * 60_000 / 72)
}

/// Files whose headers lie.
fn liars(folder: &Path) -> Vec<Case> {
    let (wav, flac) =
        (spoken(folder, "g.wav", &["-bitexact"]), spoken(folder, "g.flac", &["-sample_fmt", "s16"]));
    let m4a = spoken(folder, "g.m4a", &[]);
    let at = |bytes: &[u8], name: &[u8]| bytes.windows(name.len()).position(|w| w == name).unwrap();
    let (stsz, mdhd) = (at(&m4a, b"stsz"), at(&m4a, b"mdhd"));
    // Channels, rate, bytes a second, bytes a sample (behind "fmt ", a length and the format).
    let wav_with = |channels: u16, rate: u32| {
        let align = channels.saturating_mul(2);
        let head = [&channels.to_le_bytes()[..], &rate.to_le_bytes(), &[0; 4], &align.to_le_bytes()].concat();
        with(wav.clone(), 22, &head)
    };
    // In STREAMINFO: twenty bits of rate, three of channels, five of depth, thirty-six of samples.
    let flac_with = |rate: u64, samples: u64| {
        let packed = rate << 44 | 15 << 36 | samples;
        with(flac.clone(), 18, &packed.to_be_bytes())
    };
    let tag = b"ID3\x04\0\0\0\0\0\x0a\0\0\0\0\0\0\0\0\0\0";
    let mp3 = spoken(folder, "h.mp3", &["-id3v2_version", "0"]);
    let mut torn = mp3.clone();
    torn.iter_mut().skip(3000).step_by(7).for_each(|byte| *byte ^= 0x55);
    let nested = (1..=20_000u32).map(|i| [&(8 * i).to_be_bytes()[..], b"moov"].concat()).rev();
    let nested = [b"\0\0\0\x14ftypM4A \0\0\0\0M4A ".to_vec(), nested.flatten().collect()].concat();
    vec![
        (
            "a WAV of 4 GB in 500 KB",
            with(wav.clone(), 40, &0xffff_fff0u32.to_le_bytes()),
            422,
            "damaged-audio",
        ),
        ("a WAV of 65,535 channels", wav_with(65_535, 44_100), 0, ""),
        ("a WAV of 4 GHz", wav_with(1, u32::MAX), 0, ""),
        ("a WAV of 1 Hz", wav_with(1, 1), 0, ""),
        ("a FLAC of 2^36 samples", flac_with(44_100, (1 << 36) - 1), 413, "recording-too-long"),
        ("a FLAC of 1 Hz", flac_with(1, 1), 0, ""),
        ("an MP4 of 2^32 samples", with(m4a.clone(), stsz + 12, &[0xff; 4]), 0, ""),
        ("an MP4 of 2^32 equal samples", with(m4a.clone(), stsz + 8, &[0xff; 8]), 0, ""),
        ("an MP4 without time", with(m4a.clone(), mdhd + 16, &[0; 4]), 0, ""),
        ("an MP4 without an index", m4a[..at(&m4a, b"moov") - 4].to_vec(), 0, ""),
        ("an MP4 in an MP4 in an MP4 …", nested, 0, ""),
        ("a tag that says it has 256 MB", b"ID3\x04\0\0\x7f\x7f\x7f\x7fTIT2".to_vec(), 422, "no-sound"),
        ("a tag behind a tag behind a tag …", [&tag.repeat(1000), &mp3[..]].concat(), 422, "damaged-audio"),
        ("an MP3 that is a ZIP, too", [&mp3[..], b"PK\x03\x04", &[7; 5000]].concat(), 422, "damaged-audio"),
        ("an MP3 with its bits turned", torn, 422, "damaged-audio"),
        ("a FLAC with its bits turned", with(flac.clone(), flac.len() / 2, &[0x55; 300]), 422, "cut-off"),
        ("an Ogg that is an Ogg's beginning", b"OggS\0\x02\0\0\0\0\0\0\0\0".to_vec(), 0, ""),
    ]
}

/// Most memory the service has had, in KiB.
#[cfg(target_os = "linux")]
fn most_memory(service: &Service) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", service.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn hostile_uploads_are_refused_with_a_reason() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let file = settings(&data, LIMITS);
    let service = Service::start_with(&["--workers", "1", "--config", &file], data.clone());
    made(&service, "a", &json!({ "text": "She left at six." }));
    let voice = whole(&service, &mp3("a"));
    #[cfg(target_os = "linux")]
    let before = most_memory(&service);
    let path = folder.path();
    let cases = [other_things(), cut_off(path), unfit(path), liars(path)].concat();
    let mut wrong = Vec::new();
    for (name, bytes, status, code) in &cases {
        let answer = send(&service, "a", bytes);
        let (found, detail) = (answer.problem(), answer.json()["detail"].as_str().unwrap().to_owned());
        let refused = matches!(found.0, 413 | 415 | 422) && !detail.is_empty();
        let expected = *status == 0 || found == (*status, (*code).to_owned());
        println!("{name}: {} {}: {detail}", found.0, found.1);
        if !refused || !expected {
            wrong.push(format!("{name}: {found:?}: {detail}; expected {status} {code}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 30, "{}", cases.len());
    #[cfg(target_os = "linux")]
    {
        let grown = most_memory(&service) - before;
        assert!(grown < 64 << 10, "{} cases took {grown} KiB of the service's memory", cases.len());
    }
    assert!(whole(&service, &mp3("a")) == voice, "not the voice that was heard before");
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "voice");
    assert_eq!(sent(&service, "a", &spoken(path, "good.mp3", &[]))["by"], "human");
    assert_eq!(std::fs::read_dir(data.path().join("tmp")).unwrap().count(), 0, "files are left");
    assert_eq!(service.metric("lectern_panics_total"), 0);
    service.kill();
    done(&["check", "--data", data.path().to_str().unwrap()], data.path());
}

#[test]
fn names_and_types_do_not_matter_where_the_content_is_right() {
    let folder = TempDir::new().unwrap();
    let service = crate::http::own();
    made(&service, "a", &json!({ "text": "She left at six." }));
    let flac = recorded(folder.path(), "a.mp3", &["-f", "lavfi", "-i", SPEECH, "-f", "flac"]);
    for kind in ["audio/mpeg", "text/html", "application/x-www-form-urlencoded"] {
        let path = "/v1/articles/a/recording";
        let answer = service.send("PUT", path, &[("content-type", kind)], Some(&flac));
        assert_eq!(answer.status, 200, "{kind}: {}", answer.text());
        assert_eq!(service.get(path, &[]).header("content-type"), "audio/flac");
    }
}

/// The limits are the system's, not ours to forget: each ends the child that goes beyond it.
#[test]
fn what_takes_more_than_it_may_is_ended() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let limits = "[library.recordings]\nseconds = 1\nmax_minutes = 1440\n";
    let file = settings(&data, limits);
    let service = Service::start_with(&["--workers", "1", "--config", &file], data.clone());
    made(&service, "a", &json!({ "text": "She left at six." }));
    let answer = send(&service, "a", &silent_frames(1000));
    assert_eq!(answer.problem(), (422, "too-costly".into()), "{}", answer.text());
    let limited = |memory: &str| {
        let input = folder.path().join("a.mp3");
        std::fs::write(&input, spoken(folder.path(), "b.mp3", &[])).unwrap();
        let [input, output, scratch] = [&input, &folder.path().join("out.wav"), folder.path()]
            .map(|path| path.to_str().unwrap().to_owned());
        let rest = ["--max-minutes", "2", "--seconds", "60", "--max-memory-bytes", memory];
        let arguments: Vec<&str> = ["decode", &input, &output, &scratch].into_iter().chain(rest).collect();
        crate::harness::run(&arguments, folder.path()).status.success()
    };
    assert!(limited("268435456"));
    assert!(!limited("20000000"), "it took more memory than it may");
}
