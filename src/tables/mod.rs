//! Ways to find things in a grid: blocks of figures, their headings, their labels, their totals. Knows no kind.
