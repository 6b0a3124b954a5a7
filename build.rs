//! Links what espeak-ng needs.

fn main() {
    // espeak-ng is built with libsonic found on the system, but its crate does not say so to the linker.
    println!("cargo:rustc-link-lib=sonic");
    println!("cargo:rerun-if-changed=build.rs");
}
