//! A data folder: that it is ours, that nobody else has it, and the secret in it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::StoreError;

/// Bytes that a start asks for at least.
const ROOM: usize = 1 << 20;

/// Files are swept out of these folders, so nobody else's may be in them.
pub(super) fn ours(folder: &Path, swept: &[&Path]) -> Result<(), StoreError> {
    let used = |path: &Path| fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    let foreign = !folder.join("lectern.db").exists() && swept.iter().any(|path| used(path));
    if foreign { Err(StoreError::Foreign(folder.into())) } else { Ok(()) }
}

/// What was drawn when a data folder was first used, if it was.
pub(super) fn known_secret(path: &Path) -> Result<Option<[u8; 32]>, StoreError> {
    let failed = |e: &io::Error| StoreError::write(path, e);
    match fs::read(path).map(<[u8; 32]>::try_from) {
        Ok(Ok(known)) => Ok(Some(known)),
        Ok(Err(_)) => Err(failed(&io::Error::other("not 32 bytes long; remove it to draw another"))),
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(&e)),
        Err(_) => Ok(None),
    }
}

/// Drawn when a data folder is first used, and for its owner alone to read.
pub(super) fn secret(path: &Path, scratch: &Path) -> Result<[u8; 32], StoreError> {
    let failed = |e: &io::Error| StoreError::write(path, e);
    if let Some(known) = known_secret(path)? {
        return Ok(known);
    }
    let mut drawn = [0; 32];
    getrandom::fill(&mut drawn).map_err(|e| failed(&io::Error::other(e.to_string())))?;
    // A temporary file is its owner's alone.
    let mut file = NamedTempFile::new_in(scratch).map_err(|e| failed(&e))?;
    file.write_all(&drawn).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    Ok(drawn)
}

/// Whether files can be made in a folder, or where it would be made; none is left behind.
pub(super) fn takes_files(folder: &Path) -> Result<(), StoreError> {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    let taken = tempfile::tempfile_in(there)
        .and_then(|mut file| file.write_all(&[0; ROOM]).and_then(|()| file.sync_all()));
    taken.map_err(|e| StoreError::write(folder, &e))
}

/// Whether a file that is there can be written.
pub(super) fn writable(path: &Path) -> Result<(), StoreError> {
    match File::options().append(true).open(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::write(path, &e)),
        _ => Ok(()),
    }
}

/// Whether nobody has the folder now.
pub(super) fn unlocked(folder: &Path) -> Result<(), StoreError> {
    match File::open(folder.join("lock")).map(|file| file.try_lock()) {
        Ok(Err(TryLockError::WouldBlock)) => Err(StoreError::Locked(folder.into())),
        _ => Ok(()),
    }
}

/// Has the folder for as long as the file is held; nobody else has it meanwhile.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    if folder.is_file() {
        let cause = "it is a file, not a folder".into();
        return Err(StoreError::Write { path: folder.into(), cause });
    }
    fs::create_dir_all(folder).map_err(|e| StoreError::write(folder, &e))?;
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|e| StoreError::write(&path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked(folder.into())),
        Err(TryLockError::Error(e)) => Err(StoreError::write(&path, &e)),
    }
}
