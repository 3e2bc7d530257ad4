//! The whole run on one screen; the only parallel loop.
