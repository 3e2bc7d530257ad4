//! Categories of an achievement, as `schemas/iku.toml` states them, in a formula and worked out.

use crate::model::Schemas;

/// Categories from best to worst: name, and the percentage above which it holds.
pub struct Scale(pub Vec<(String, f64)>);

impl Scale {
    /// The meanings `kategori:N`.
    pub fn of(schemas: &Schemas) -> Self {
        let meanings = schemas.kind("iku").map_or(&[][..], |k| &k.meanings);
        let bound = |means: &str| means.strip_prefix("kategori:").and_then(|n| n.parse::<f64>().ok());
        let mut steps: Vec<(String, f64)> =
            meanings.iter().filter_map(|m| Some((m.words.first()?.clone(), bound(&m.means)?))).collect();
        steps.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self(steps)
    }

    /// The category of an achievement; the last one holds for everything below the others. Empty without categories.
    pub fn of_value(&self, achieved: f64) -> &str {
        let step = self.0.iter().find(|(_, above)| achieved > *above).or(self.0.last());
        step.map_or("", |(name, _)| name)
    }

    /// The same as a formula over a cell, without the equals sign; `None` without categories.
    pub fn formula(&self, cell: &str) -> Option<String> {
        let ((last, _), others) = self.0.split_last()?;
        let start = format!("\"{}\"", quoted(last));
        Some(others.iter().rev().fold(start, |rest, (name, above)| format!("IF({cell}>{above},\"{}\",{rest})", quoted(name))))
    }

    /// How many cells of a range have a category, as a formula: by their numbers, so that it can be traced to them.
    pub fn count(&self, place: usize, range: &str) -> String {
        let below = place.checked_sub(1).and_then(|p| self.0.get(p)).map(|(_, above)| *above);
        let above = self.0.get(place).map(|(_, above)| *above).filter(|_| place + 1 < self.0.len());
        match (above, below) {
            (Some(above), Some(below)) => format!("COUNTIFS({range},\">{above}\",{range},\"<={below}\")"),
            (Some(above), None) => format!("COUNTIF({range},\">{above}\")"),
            (None, Some(below)) => format!("COUNTIF({range},\"<={below}\")"),
            (None, None) => format!("COUNT({range})"),
        }
    }
}

/// A text inside a formula.
pub fn quoted(text: &str) -> String {
    text.replace('"', "\"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_achievement_has_one_category_and_every_formula_agrees() {
        let scale = Scale(vec![("Sangat Baik".into(), 90.0), ("Baik".into(), 75.0), ("Kurang".into(), 0.0)]);
        let found = [120.0, 90.0, 75.5, 75.0, 0.0, -4.0].map(|n| scale.of_value(n));
        assert_eq!(found, ["Sangat Baik", "Baik", "Baik", "Kurang", "Kurang", "Kurang"]);
        assert_eq!(scale.formula("K7").unwrap(), "IF(K7>90,\"Sangat Baik\",IF(K7>75,\"Baik\",\"Kurang\"))");
        assert_eq!(scale.count(0, "K5:K9"), "COUNTIF(K5:K9,\">90\")");
        assert_eq!(scale.count(1, "K5:K9"), "COUNTIFS(K5:K9,\">75\",K5:K9,\"<=90\")");
        assert_eq!(scale.count(2, "K5:K9"), "COUNTIF(K5:K9,\"<=75\")");
    }
}
