//! Settings that can't be, and places that can't be used.

use std::fs;
use std::net::TcpListener;

use tempfile::TempDir;

use super::{Case, fails, fails_as, folder};
use crate::harness::{Service, all_parts, lectern};
use crate::restart::files;

#[test]
fn a_settings_file_is_wrong() {
    let folder = folder();
    let table = [
        ("listen = ", "line 1"),
        ("[http]\nheader_seconds = 5\n[http", "line 3"),
        ("nonsense = 1", "unknown field `nonsense`"),
        ("[http]\nmax_body = 5", "unknown field `max_body`"),
        ("[render.speech]\nspeed = \"fast\"", "line 2"),
        ("listen = \"here\"", "must be an IP address and a port, as in 127.0.0.1:8080"),
        ("shutdown_seconds = -1", "line 1"),
        ("[render.speech]\nspeed = 9.0", "setting render.speech.speed: must be 0.5 to 2.0"),
        ("[render.speech]\nnoise = -1.0", "setting render.speech.noise: must be 0 to 1"),
        ("[render.speech]\nnoise_w = nan", "setting render.speech.noise_w: must be 0 to 1"),
        ("[render.audio]\nmp3_kbps = 63", "setting render.audio.mp3_kbps: must be one of 32, 40"),
        ("[render]\nmax_words = 0", "setting render.max_words: must be at least 1"),
        ("[pool]\nworkers = 2000", "setting pool.workers: must be at most 1024"),
        ("[pool]\nqueue = 0", "setting pool.queue: must be at least 1"),
        ("[library]\nexplained_characters = 0", "setting library.explained_characters: must be at least 1"),
        ("public_url = \"example.org\"", "setting public_url: must be an address as in https://"),
        ("[library]\ndeliveries_days = 7", "setting library.deliveries_days: must be 8 to 3650"),
        ("[[webhooks]]\nname = \"a b\"", "setting webhooks: \"a b\": name must be of letters"),
        ("[[webhooks]]\nname = \"a\"\nurl = \"http://example.org/\"", "\"a\": url must begin with https://"),
        ("[[webhooks]]\nevents = [\"audio.heard\"]", "unknown variant `audio.heard`"),
        ("[http]\nheader_seconds = 0", "setting http.header_seconds: must be 1 to 3600"),
        ("[http]\nheader_seconds = 9223372036854775807", "setting http.header_seconds: must be 1 to 3600"),
        ("[fetch]\nseconds = 0", "setting fetch.seconds: must be 1 to 3600"),
        ("[fetch]\nallow_hosts = [\"https://quay.example\"]", "is not a host as in example.org"),
        (
            "[[render.sites]]\nhost = \"https://quay.example/\"",
            "setting render.sites: \"https://quay.example/\" is",
        ),
        ("[[sources]]\nurl = \"feed.xml\"", "setting sources: \"feed.xml\" is not an address"),
        ("[[sources]]\nurl = \"http://quay.example/\"\nevery_seconds = 0", "every_seconds is not 1 to"),
    ];
    for (toml, cause) in table {
        fs::write(folder.path().join("settings.toml"), toml).unwrap();
        let names = [cause];
        let serve = ["serve", "--config", "settings.toml", "--listen", "127.0.0.1:0", "--data", "data"];
        fails(folder.path(), (&serve, 2, &names));
    }
    fs::write(folder.path().join("binary.toml"), b"\xff\xfe").unwrap();
    for (name, cause) in [("nowhere.toml", "No such file"), ("binary.toml", "UTF-8"), (".", "directory")] {
        fails(folder.path(), (&["voices", "list", "--config", name], 1, &["can't read", name, cause]));
    }
}

#[test]
fn an_address_cannot_be_used() {
    let folder = folder();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let guess = "of at least 16 characters";
    fs::write(folder.path().join("short"), "0123456789abcde\n0123456789abcdef\n").unwrap();
    fs::write(folder.path().join("empty"), "").unwrap();
    let open = "--token-file FILE, or listen on 127.0.0.1";
    let table: [Case<'_>; 8] = [
        (&["serve", "--data", "d", "--listen", &taken], 1, &[&taken, "in use", "--listen"]),
        (&["serve", "--data", "d", "--listen", "192.0.2.1:1", "--token-file", "a.txt"], 1, &["192.0.2.1:1"]),
        (&["serve", "--data", "d", "--listen", "0.0.0.0:0"], 2, &["0.0.0.0:0", "token", open]),
        (&["serve", "--data", "d", "--listen", "[::]:0"], 2, &["[::]:0", open]),
        (
            &["serve", "--data", "d", "--listen", "127.0.0.1:0", "--token-file", "short"],
            2,
            &[guess, "openssl"],
        ),
        (&["serve", "--data", "d", "--listen", "127.0.0.1:0", "--token-file", "empty"], 2, &[guess]),
        (&["serve", "--data", "d", "--listen", "0.0.0.0:0", "--token-file", "short"], 2, &[guess]),
        (&["serve", "--data", "d", "--listen", "127.0.0.1:0", "--token-file", "nowhere"], 1, &["nowhere"]),
    ];
    for case in table {
        fails(folder.path(), case);
    }
}

/// What is named on the spot goes before a variable, which may be for something else.
#[test]
fn a_flag_is_meant_whatever_a_variable_names() {
    let folder = folder();
    let with = |name: &str, value: &str, case: Case<'_>| {
        let mut command = lectern();
        command.env(name, value);
        fails_as(command, folder.path(), case);
    };
    let (server, running) = ("http://127.0.0.1:1", "is the service running");
    for command in [&["status"][..], &["approve", "a"], &["lexicon", "list"], &["lexicon", "remove", "a"]] {
        let here = [command, &["--data", "nowhere"]].concat();
        with("LECTERN_SERVER", server, (&here, 1, &["nowhere is no data folder"]));
        let both = [&here[..], &["--server", server]].concat();
        fails(folder.path(), (&both, 2, &["--data or --server"]));
    }
    with("LECTERN_SERVER", server, (&["status"], 1, &[running]));
    with("LECTERN_DATA", "nowhere", (&["status", "--server", server], 1, &[running]));
    with("LECTERN_LISTEN", "0.0.0.0:1", (&["health"], 1, &["http://127.0.0.1:1/readyz is not ready"]));
    with("LECTERN_SERVER", server, (&["health"], 1, &["http://127.0.0.1:1/readyz is not ready"]));
    with("LECTERN_SERVER", server, (&["health", "127.0.0.1:1"], 2, &["127.0.0.1:1 needs http://"]));
    let listen = ["health", "--listen", "localhost:2"];
    fails(folder.path(), (&listen, 1, &["http://127.0.0.1:2/readyz is not ready"]));
}

#[test]
fn a_check_tells_all_faults_and_starts_nothing() {
    let folder = folder();
    fs::write(
        folder.path().join("wrong.toml"),
        "voice = \"nobody\"\ntoken_file = \"away\"\npublic_url = \"x\"",
    )
    .unwrap();
    let names = ["setting public_url", "can't read away", "nobody", "lectern voices add", "LECTERN_LISTN"];
    let mut command = lectern();
    command.env("LECTERN_LISTN", "127.0.0.1:1");
    let check = ["serve", "--check", "--config", "wrong.toml"];
    fails_as(command, folder.path(), (&check, 2, &names));
    let check = |data: &str| {
        let mut command = lectern();
        command.args(["serve", "--check", "--listen", "127.0.0.1:0", "--data", data]);
        command.current_dir(folder.path()).output().unwrap()
    };
    let right = check("data");
    assert!(right.status.success() && !folder.path().join("data").exists(), "{right:?}");

    // The data folder and the address are tried, and nothing is left behind.
    let service = Service::start();
    let port = service.base.rsplit_once(':').unwrap().1.to_owned();
    let taken = ["serve", "--check", "--listen", &format!("127.0.0.1:{port}"), "--data", "/proc/data"];
    fails(folder.path(), (&taken, 2, &["can't write to /proc/data", "can't listen on"]));
    let running = check(service.data.path().to_str().unwrap());
    let told = String::from_utf8_lossy(&running.stderr);
    assert!(running.status.success() && told.contains("in use by a service"), "{told}");
    let data = service.kill();
    let before = files(data.path());
    assert!(check(data.path().to_str().unwrap()).status.success());
    assert_eq!(files(data.path()), before);
    let path = data.path().to_str().unwrap();
    let wrong = ["serve", "--check", "--listen", "127.0.0.1:0", "--data", path];
    let ledger = rusqlite::Connection::open(data.path().join("lectern.db")).unwrap();
    ledger.pragma_update(None, "user_version", 99).unwrap();
    ledger.close().unwrap();
    fails(folder.path(), (&wrong, 2, &["newer lectern"]));
    fs::write(data.path().join("secret"), "short").unwrap();
    fails(folder.path(), (&wrong, 2, &["not 32 bytes"]));
    // A voice that is cut off is told beside a library that is not there.
    let voices = TempDir::new().unwrap();
    for kind in [".onnx", ".onnx.json"] {
        let bytes = fs::read(all_parts().join(format!("voices/en_US-joe-medium{kind}"))).unwrap();
        let half = if kind == ".onnx" { bytes.len() / 2 } else { bytes.len() };
        fs::write(voices.path().join(format!("en_US-joe-medium{kind}")), &bytes[..half]).unwrap();
    }
    let settings = format!("voices = {:?}\nonnxruntime = \"away.so\"", voices.path());
    fs::write(folder.path().join("parts.toml"), settings).unwrap();
    let broken = ["serve", "--check", "--listen", "127.0.0.1:0", "--config", "parts.toml"];
    fails(folder.path(), (&broken, 2, &["en_US-joe-medium", "away.so"]));
}

/// Folders that nobody can write to, whoever runs this.
#[test]
fn a_data_folder_cannot_be_used() {
    let folder = folder();
    for (data, cause) in [
        ("a.txt", "it is a file, not a folder"),
        ("a.txt/data", "Not a directory"),
        ("/proc/data", "/proc/data"),
    ] {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data];
        fails(folder.path(), (&serve, 1, &["can't write to", data, cause, "--data"]));
    }
    let damaged = TempDir::new().unwrap();
    fs::write(damaged.path().join("lectern.db"), "no database, but more than its head is long".repeat(99))
        .unwrap();
    let data = damaged.path().to_str().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data];
    fails(folder.path(), (&serve, 1, &["lectern.db", "not a database", "put a copy in its place"]));
}
