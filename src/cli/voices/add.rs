//! `lectern voices add`

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest, Sha256};

use super::check::Checker;
use super::fetch::Client;
use super::repository;
use crate::cli::error::CliError;
use crate::config::Config;
use crate::speech::{Catalogue, CatalogueEntry};

/// Where Piper's own voices are published.
const PIPER_VOICES: &str = "https://huggingface.co/rhasspy/piper-voices/resolve/main";
/// Where the hibari voices of the catalogue are published.
const HIBARI_VOICES: &str = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices";

/// Bring a voice to this machine, check it, and show its licence
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern voices add de_DE-thorsten-medium
  lectern voices add en_GB-emma-hibari
  lectern voices add https://example.org/voices/nora.onnx --sha256 58afce03…
  lectern voices add ~/Downloads/nora.onnx

A Piper voice is two files, NAME.onnx and NAME.onnx.json; a hibari voice is NAME.onnx alone. A download that was
broken off goes on where it stopped when the command is run again. Nothing is added before its sums are right and it has spoken.")]
pub(super) struct Add {
    /// Name of a voice, address of a model, or path of one
    #[arg(id = "wanted", value_name = "NAME|URL|PATH")]
    voice: String,
    /// SHA-256 that the model must have, in hex
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    /// Where named voices are looked up [default: where each kind of voice is published]
    #[arg(long, value_name = "URL", env = "LECTERN_VOICES_FROM")]
    from: Option<String>,
}

/// A file of a voice, before it is here.
struct Wanted {
    from: From,
    /// The sum it must have, where one is known.
    sum: Option<Sum>,
}

/// What a file's bytes must add up to, in lower-case hex.
enum Sum {
    Md5(String),
    Sha256(String),
}

enum From {
    Url(String),
    Path(PathBuf),
}

/// What will be brought.
struct Order {
    id: String,
    model: Wanted,
    /// A hibari voice has none.
    config: Option<Wanted>,
    card: Option<Wanted>,
}

impl Add {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        let (folder, client) = (config.voices()?, Client::new());
        let checker = Checker::new(config)?;
        let order = self.order(&client)?;
        let target = folder.join(format!("{}.onnx", order.id));
        if target.exists() {
            let error =
                format!("{} is here already; to replace it, remove {} first", order.id, target.display());
            return Err(CliError::Failed(error));
        }
        let incoming = folder.join(".incoming");
        fs::create_dir_all(&incoming)?;
        let arrived = order.bring(&client, &incoming)?;
        self.check_sum(&arrived.model)?;
        checker.check(&arrived.model)?;
        let licence = licence(&order.id, &arrived);
        arrived.put(&folder, &order.id)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{}: added to {}", order.id, folder.display())?;
        Ok(writeln!(out, "licence: {licence}")?)
    }

    fn order(&self, client: &Client) -> Result<Order, CliError> {
        let wanted = |from: From| Wanted { from, sum: None };
        if self.voice.starts_with("https://") || self.voice.starts_with("http://") {
            let url = self.voice.split(['?', '#']).next().unwrap_or_default();
            let (folder, name) = url.rsplit_once('/').unwrap_or_default();
            let part = |name: &str| wanted(From::Url(format!("{folder}/{name}")));
            return Ok(Order {
                id: id(name)?,
                model: wanted(From::Url(self.voice.clone())),
                config: client.text(&format!("{folder}/{name}.json"))?.map(|_| part(&format!("{name}.json"))),
                card: Some(part("MODEL_CARD")),
            });
        }
        let path = Path::new(&self.voice);
        if path.extension().is_some_and(|e| e == "onnx") {
            let beside = |path: PathBuf| path.is_file().then(|| wanted(From::Path(path)));
            return Ok(Order {
                id: id(&path.file_name().unwrap_or_default().to_string_lossy())?,
                model: wanted(From::Path(path.into())),
                config: beside(path.with_added_extension("json")),
                card: beside(path.with_file_name("MODEL_CARD")),
            });
        }
        match Catalogue::built_in().voice.into_iter().find(|entry| entry.id == self.voice) {
            Some(CatalogueEntry { id, file: Some(file), model_sha256, .. }) => {
                let from = self.from.as_deref().unwrap_or(HIBARI_VOICES).trim_end_matches('/');
                let (from, sum) = (From::Url(format!("{from}/{file}")), Some(Sum::Sha256(model_sha256)));
                Ok(Order { id, model: Wanted { from, sum }, config: None, card: None })
            }
            _ => self.listed(client),
        }
    }

    /// A voice of Piper's public repository.
    fn listed(&self, client: &Client) -> Result<Order, CliError> {
        let id = id(&format!("{}.onnx", self.voice))?;
        let repository = self.from.as_deref().unwrap_or(PIPER_VOICES);
        let entry = repository::find(client, repository, &id)?;
        let file = |ending: &str| {
            let listed = entry.file(repository, ending)?;
            Some(Wanted { from: From::Url(listed.url), sum: Some(Sum::Md5(listed.md5)) })
        };
        let needed = |ending: &str| {
            file(ending).ok_or_else(|| CliError::Failed(format!("{id}: the list names no file {ending}")))
        };
        let config = Some(needed(".onnx.json")?);
        Ok(Order { model: needed(".onnx")?, config, card: file("MODEL_CARD"), id })
    }

    fn check_sum(&self, model: &Path) -> Result<(), CliError> {
        let Some(wanted) = &self.sha256 else { return Ok(()) };
        let found = digest::<Sha256>(model)?;
        if found.eq_ignore_ascii_case(wanted.trim()) {
            return Ok(());
        }
        fs::remove_file(model)?;
        Err(CliError::Failed(format!("its SHA-256 is {found}, not {wanted}; it was thrown away")))
    }
}

/// The voice's id: the model's file name, if it can be one.
fn id(file: &str) -> Result<String, CliError> {
    let stem = file.strip_suffix(".onnx").unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if stem.starts_with(|c: char| c.is_ascii_alphanumeric()) && stem.len() <= 100 && stem.chars().all(fits) {
        return Ok(stem.to_owned());
    }
    Err(CliError::Usage(format!(
        "{file:?}: a voice's file is named NAME.onnx, of letters, digits, _ - and ."
    )))
}

/// A voice's files in the folder for what is not checked yet.
struct Arrived {
    model: PathBuf,
    config: Option<PathBuf>,
    card: Option<PathBuf>,
}

impl Order {
    fn bring(&self, client: &Client, folder: &Path) -> Result<Arrived, CliError> {
        let model = folder.join(format!("{}.onnx", self.id));
        let json = model.with_added_extension("json");
        // An earlier try may have left one.
        remove_file(&json)?;
        // The small one first: it may be missing or damaged.
        let config =
            self.config.as_ref().map(|wanted| wanted.bring(client, &json).map(|()| json)).transpose()?;
        self.model.bring(client, &model)?;
        let card = folder.join(format!("{}.MODEL_CARD", self.id));
        // A voice is worth having without its card.
        let card = self.card.as_ref().filter(|wanted| wanted.bring(client, &card).is_ok()).map(|_| card);
        Ok(Arrived { model, config, card })
    }
}

impl Wanted {
    fn bring(&self, client: &Client, path: &Path) -> Result<(), CliError> {
        match &self.from {
            From::Url(url) => client.file(url, path)?,
            From::Path(from) => fs::copy(from, path)
                .map(drop)
                .map_err(|e| CliError::Read { path: from.clone(), cause: e.to_string() })?,
        }
        let (kind, wanted, found) = match &self.sum {
            None => return Ok(()),
            Some(Sum::Md5(wanted)) => ("MD5", wanted, digest::<md5::Md5>(path)?),
            Some(Sum::Sha256(wanted)) => ("SHA-256", wanted, digest::<Sha256>(path)?),
        };
        if found == *wanted {
            return Ok(());
        }
        fs::remove_file(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Err(CliError::Failed(format!(
            "{name}: damaged on the way ({kind} {found}, not {wanted}); run it again"
        )))
    }
}

impl Arrived {
    /// The model last: a voice is there when its model is.
    fn put(self, folder: &Path, id: &str) -> io::Result<()> {
        if let Some(card) = self.card {
            fs::rename(card, folder.join(format!("{id}.MODEL_CARD")))?;
        }
        for file in self.config.iter().chain([&self.model]) {
            File::open(file)?.sync_all()?;
        }
        if let Some(config) = self.config {
            fs::rename(config, folder.join(format!("{id}.onnx.json")))?;
        }
        fs::rename(self.model, folder.join(format!("{id}.onnx")))?;
        File::open(folder)?.sync_all()
    }
}

fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path).or_else(|e| if e.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(e) })
}

fn digest<D: Digest>(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(path)?, D::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// What the catalogue or the voice's card says.
fn licence(id: &str, arrived: &Arrived) -> String {
    let catalogue = Catalogue::built_in();
    if let Some(known) = catalogue.voice.iter().find(|v| v.id == id) {
        return format!("{} ({})", known.licence, known.source);
    }
    let card = arrived.card.as_ref().and_then(|card| fs::read_to_string(card).ok()).unwrap_or_default();
    let about = |line: &&str| line.to_ascii_lowercase().contains("licen");
    let lines: Vec<&str> =
        card.lines().map(|l| l.trim().trim_start_matches(['*', '-', ' '])).filter(about).collect();
    match lines[..] {
        [] => "not stated; ask who made the voice before you publish with it".into(),
        _ => lines.join("; "),
    }
}
