//! An order in which what is alike stands together.

use kodama::{Method, linkage};

/// Orders `n` things by average linkage (Sokal & Michener 1958) of their likeness, 0 to 1; pairs that are not named have none.
/// Of two groups that are joined, the one with the lowest number comes first, so that nothing but likeness departs from the
/// order given. Takes `n²` memory and time.
#[must_use]
pub fn leaf_order(n: usize, likeness: &[(usize, usize, f64)]) -> Vec<usize> {
    if n < 2 {
        return (0..n).collect();
    }
    // Row by row above the diagonal, as kodama wants it.
    let place = |a: usize, b: usize| n * a - a * (a + 1) / 2 + b - a - 1;
    let mut distances = vec![1.0; n * (n - 1) / 2];
    for &(a, b, like) in likeness.iter().filter(|(a, b, _)| a != b && *a < n && *b < n) {
        distances[place(a.min(b), a.max(b))] = 1.0 - like.clamp(0.0, 1.0);
    }
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    for step in linkage(&mut distances, n, Method::Average).steps() {
        // What has no likeness at all is joined by nothing but the order given.
        if step.dissimilarity >= 1.0 - 1e-9 {
            break;
        }
        let mut both = [std::mem::take(&mut groups[step.cluster1]), std::mem::take(&mut groups[step.cluster2])];
        both.sort_by_key(|group| group.iter().copied().min());
        groups.push(both.concat());
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| group.iter().copied().min());
    groups.concat()
}

#[cfg(test)]
mod tests {
    use super::leaf_order;

    #[test]
    fn what_is_alike_stands_together_and_the_rest_keeps_its_order() {
        assert!(leaf_order(0, &[]).is_empty());
        assert_eq!(leaf_order(1, &[]), [0]);
        assert_eq!(leaf_order(4, &[]), [0, 1, 2, 3]);
        assert_eq!(leaf_order(4, &[(0, 3, 0.9)]), [0, 3, 1, 2]);
        assert_eq!(leaf_order(5, &[(4, 1, 0.9), (0, 3, 0.2), (0, 0, 1.0)]), [0, 3, 1, 4, 2]);
        // By average: 2 is nearer to 0 and 1 together than to 3.
        assert_eq!(leaf_order(4, &[(0, 1, 0.9), (0, 2, 0.5), (1, 2, 0.5), (2, 3, 0.4)]), [0, 1, 2, 3]);
    }
}
