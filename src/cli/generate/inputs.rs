//! Articles from files, folders and lines of JSON, read one after the other as they are needed.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::article::{Article, Limits};
use crate::cli::error::CliError;
use crate::cli::input::{self, As};

/// What in a folder is taken for an article.
const ENDINGS: [&str; 5] = ["txt", "html", "htm", "json", "jsonl"];

/// An article to be made, or what was to be one and why it is none.
pub(super) struct Input {
    /// Its id, or where it was looked for.
    pub(super) name: String,
    pub(super) article: Result<Article, CliError>,
}

impl Input {
    fn read(name: &str, article: Result<Article, CliError>) -> Self {
        let name = article.as_ref().map_or_else(|_| name.to_owned(), |article| article.id.clone());
        Self { name, article }
    }

    fn failed(path: &Path, cause: &dyn Display) -> Self {
        let error = CliError::Read { path: path.into(), cause: cause.to_string() };
        Self { name: path.display().to_string(), article: Err(error) }
    }
}

/// How files are read.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) form: Option<As>,
    pub(super) limits: Limits,
}

impl Reading {
    /// The articles of files and folders, in order.
    pub(super) fn files(self, paths: Vec<PathBuf>) -> impl Iterator<Item = Input> + Send {
        paths.into_iter().flat_map(given).flat_map(move |path| match path {
            Ok(path) => self.file(path),
            Err(failed) => Box::new(std::iter::once(failed)),
        })
    }

    fn file(&self, path: PathBuf) -> Box<dyn Iterator<Item = Input> + Send> {
        match path.extension().and_then(|e| e.to_str()) {
            _ if path.as_os_str() == "-" => self.lines(path, BufReader::new(io::stdin())),
            Some("jsonl") => match File::open(&path) {
                Ok(file) => self.lines(path, BufReader::new(file)),
                Err(e) => Box::new(std::iter::once(Input::failed(&path, &e))),
            },
            _ => {
                let article = input::article(&path, self.form, &self.limits);
                Box::new(std::iter::once(Input::read(&path.display().to_string(), article)))
            }
        }
    }

    fn lines(
        &self,
        path: PathBuf,
        reader: impl BufRead + Send + 'static,
    ) -> Box<dyn Iterator<Item = Input> + Send> {
        let this = self.clone();
        let lines = reader.lines().enumerate();
        let filled = lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
        Box::new(filled.map(move |(number, line)| match line {
            Ok(line) => {
                let name = format!("{}, line {}", path.display(), number + 1);
                Input::read(&name, input::json(&line, None, &this.limits))
            }
            Err(e) => Input::failed(&path, &e),
        }))
    }
}

/// The files that somebody means who names this one. A folder without any was hardly meant.
fn given(path: PathBuf) -> Vec<Result<PathBuf, Input>> {
    match files_below(path.clone()) {
        files if files.is_empty() => {
            let known = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
            vec![Err(Input::failed(&path, &format!("no file in it ends in one of {known}")))]
        }
        files => files,
    }
}

/// A file itself; of a folder all that may be articles, folder by folder, in the order of their names.
fn files_below(path: PathBuf) -> Vec<Result<PathBuf, Input>> {
    if !path.is_dir() {
        return vec![Ok(path)];
    }
    let entries = fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect::<Vec<_>>(),
        Err(e) => return vec![Err(Input::failed(&path, &e))],
    };
    entries.sort();
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let known = |path: &Path| path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e == *known));
    let entries = entries.into_iter().filter(|path| !hidden(path) && (path.is_dir() || known(path)));
    entries.flat_map(files_below).collect()
}

/// Two articles of one id would be one article that changes at every run.
pub(super) fn given_twice(id: &str) -> CliError {
    CliError::Failed(format!("another article of this run has the id {id:?} as well; only that one is made"))
}
