//! Stage 6: outcomes of many documents → one dataset per kind, checks across documents, the numbers of each workbook.
