//! Stage 5: equations, schema constraints, forensics → findings.
