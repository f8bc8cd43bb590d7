//! The bodies of the targets, which the tests of the package run too, and the one way in for all.

use std::sync::Once;

#[path = "../tests/fuzz_targets/mod.rs"]
mod fuzz_targets;

/// Runs a target over an input, on this thread: handing work over costs more than these inputs do.
pub fn run(name: &str, input: &[u8]) {
    static ONE_THREAD: Once = Once::new();
    ONE_THREAD.call_once(|| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
        pool.build_global().expect("the first pool");
    });
    fuzz_targets::run(name, input);
}
