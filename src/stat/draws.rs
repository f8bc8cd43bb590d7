//! Random draws that anybody can repeat.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A stream of random numbers that hangs on a seed and the number of the replicate alone, so that no answer depends on threads
/// or on what was drawn before (O'Neill, M. E. 2014. PCG. Harvey Mudd College HMC-CS-2014-0905).
#[derive(Debug)]
pub struct Draws(Pcg64Mcg);

impl Draws {
    /// The stream of one replicate.
    #[must_use]
    pub fn new(seed: u64, replicate: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed ^ replicate.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// One of `0..n`, each as likely; 0 for `n = 0`.
    pub fn below(&mut self, n: usize) -> usize {
        // Multiply-shift maps the 64-bit word to 0..n; its unevenness is below n / 2^64.
        let drawn = (u128::from(self.0.next_u64()) * n as u128) >> 64;
        usize::try_from(drawn).unwrap_or(0)
    }

    /// Puts a random choice of `n` to the front, each choice as likely (Fisher & Yates 1938; Durstenfeld 1964). `swapped` gets
    /// what each was swapped with, so that the order before can be restored without a copy.
    pub fn choose<T>(&mut self, n: usize, from: &mut [T], swapped: &mut Vec<usize>) {
        swapped.clear();
        for i in 0..n.min(from.len()) {
            let drawn = i + self.below(from.len() - i);
            from.swap(i, drawn);
            swapped.push(drawn);
        }
    }
}

/// Takes back what [`Draws::choose`] swapped.
pub fn restore<T>(order: &mut [T], swapped: &[usize]) {
    swapped.iter().enumerate().rev().for_each(|(i, &drawn)| order.swap(i, drawn));
}

#[cfg(test)]
mod tests {
    use super::{Draws, restore};

    /// 6,000 choices of 2 of 4: each of the six pairs about 1,000 times (standard deviation 29).
    #[test]
    fn each_choice_is_as_likely() {
        let mut times = [0u32; 16];
        for replicate in 0..6_000 {
            let mut units = [0usize, 1, 2, 3];
            Draws::new(7, replicate).choose(2, &mut units, &mut Vec::new());
            times[(1 << units[0]) | (1 << units[1])] += 1;
        }
        let pairs: Vec<u32> = times.into_iter().filter(|&t| t > 0).collect();
        assert_eq!(pairs.len(), 6);
        assert!(pairs.iter().all(|t| t.abs_diff(1_000) < 150), "{pairs:?}");
    }

    #[test]
    fn nothing_to_draw_from() {
        assert_eq!(Draws::new(1, 1).below(0), 0);
        Draws::new(1, 1).choose::<u8>(3, &mut [], &mut Vec::new());
    }

    #[test]
    fn the_order_before_comes_back() {
        let (mut units, mut swapped) = ([0, 1, 2, 3, 4], Vec::new());
        Draws::new(3, 1).choose(4, &mut units, &mut swapped);
        assert_ne!(units, [0, 1, 2, 3, 4]);
        restore(&mut units, &swapped);
        assert_eq!(units, [0, 1, 2, 3, 4]);
    }
}
