//! How much memory a run may take where nobody says: what the machine, or the container, leaves to this process.

use std::fs;
use std::path::Path;

use retold::corpus::budget::MemoryBudget;

/// Most that a run takes without being asked.
const MOST: u64 = 4 << 30;
/// What it takes where nothing tells how much there is.
const UNKNOWN: u64 = 1 << 30;

/// The budget given, or half of what this process may use, 4 GB at most.
pub(crate) fn budget(given: Option<usize>) -> MemoryBudget {
    let usual = || available(Path::new("/")).map_or(UNKNOWN, |all| (all / 2).min(MOST));
    MemoryBudget::of(given.unwrap_or_else(|| usize::try_from(usual()).unwrap_or(usize::MAX)))
}

/// Bytes that are free where temporary files are made, where the system tells.
pub(crate) fn free_space() -> Option<u64> {
    #[cfg(target_os = "linux")]
    return rustix::fs::statvfs(std::env::temp_dir()).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    #[cfg(not(target_os = "linux"))]
    None
}

/// Bytes that this process may use: the least of what its control groups allow and the memory of the machine. `root` is `/`, but
/// in tests. Only Linux has these files; `None` elsewhere.
fn available(root: &Path) -> Option<u64> {
    let read = |path: &str| fs::read_to_string(root.join(path.trim_start_matches('/'))).ok();
    let machine = read("proc/meminfo").and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
    });
    let groups = read("proc/self/cgroup").unwrap_or_default();
    let limits = groups.lines().filter_map(|line| {
        // `0::/a/b` is the one tree of version 2, `4:memory:/a/b` that of memory in version 1.
        let mut fields = line.splitn(3, ':');
        let (number, controllers, path) = (fields.next()?, fields.next()?, fields.next()?);
        let (tree, file) = match (number, controllers) {
            ("0", "") => ("sys/fs/cgroup", "memory.max"),
            (_, controllers) if controllers.split(',').any(|name| name == "memory") => ("sys/fs/cgroup/memory", "memory.limit_in_bytes"),
            _ => return None,
        };
        // A group lies within all above it, and obeys the least of their limits. In a container the path may be that outside of it;
        // then the top of what is seen is the container's own.
        let above = Path::new(path).ancestors().filter_map(|group| {
            let group = group.to_str()?.trim_matches('/');
            let text = read(&if group.is_empty() { format!("{tree}/{file}") } else { format!("{tree}/{group}/{file}") })?;
            // `max`, or a number near the limit of its type, is no limit.
            text.trim().parse::<u64>().ok()
        });
        above.min()
    });
    machine.into_iter().chain(limits).min()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::available;

    #[test]
    fn the_least_limit_counts() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(available(root.path()), None);
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("proc/meminfo", "MemTotal:       8000 kB\nMemFree:        10 kB\n");
        assert_eq!(available(root.path()), Some(8000 * 1024));
        write("proc/self/cgroup", "5:cpu,memory:/job\n0::/a/b\n");
        assert_eq!(available(root.path()), Some(8000 * 1024));
        // A group of version 2 without a limit of its own inside one that has one.
        write("sys/fs/cgroup/a/b/memory.max", "max\n");
        write("sys/fs/cgroup/a/memory.max", "3000\n");
        assert_eq!(available(root.path()), Some(3000));
        // Version 1; the top counts where the path is not seen from inside.
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "2000\n");
        assert_eq!(available(root.path()), Some(2000));
        write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "9223372036854771712\n");
        assert_eq!(available(root.path()), Some(2000));
    }
}
