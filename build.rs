//! Links what espeak-ng needs, and tells the binary where the build left espeak-ng's data.

fn main() {
    // espeak-ng is built with libsonic found on the system, but its crate does not say so to the linker.
    println!("cargo:rustc-link-lib=sonic");
    println!("cargo:rerun-if-changed=build.rs");
}
