//! The memory limit of a worker. It counts what is allocated instead of asking the system, so it is the same on every platform.

use cap::Cap;
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// From now on this process may hold so much and no more; an allocation beyond it ends the process. Whether that much was free at all.
pub(super) fn limit(mib: u64) -> bool {
    let bytes = usize::try_from(mib.saturating_mul(1 << 20)).unwrap_or(usize::MAX);
    ALLOCATOR.set_limit(bytes).is_ok()
}
