// SPDX-License-Identifier: Apache-2.0
// Panics that end functions: each argument is a number, and what comes of it is printed.
use std::hint::black_box;
use std::panic::{catch_unwind, set_hook};

#[no_mangle]
#[inline(never)]
pub fn panics(a: i64) -> i64 {
    if a < 0 {
        panic!("below");
    }
    a * 2
}

/// A panic passes through it.
#[no_mangle]
#[inline(never)]
pub fn through(a: i64) -> i64 {
    panics(black_box(a)) + 1
}

fn main() {
    set_hook(Box::new(|_| {}));
    let all: Vec<String> = std::env::args()
        .skip(1)
        .map(|word| {
            let a = word.parse().unwrap();
            catch_unwind(|| through(a)).map_or("caught".to_string(), |value| value.to_string())
        })
        .collect();
    println!("{}", all.join(" "));
}
