//! Where the server's memory comes from.

/// The one of the feature `mimalloc`, or else that of the system.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
