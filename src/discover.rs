//! Stage 1: `inputs/` → batches, sources, configuration. The only place that opens files.
