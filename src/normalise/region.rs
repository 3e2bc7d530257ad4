//! The reference list of regions.
/// The reference list.
#[derive(Debug)]
pub struct Regions;
