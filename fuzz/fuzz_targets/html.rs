#![no_main]

use lectern::article::Body;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| lectern_fuzz::read(input, Body::Html));
