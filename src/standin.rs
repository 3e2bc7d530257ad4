//! Local stand-ins until the stages are merged. Deleted then.
#![allow(missing_docs, unused_variables, clippy::all, clippy::pedantic)]

pub mod recognise {
    use crate::model::*;
    use crate::normalise::region::Regions;
    pub struct Context<'a> {
        pub schemas: &'a Schemas,
        pub regions: &'a Regions,
        pub batch: &'a BatchConfig,
    }
    pub fn recognise(
        findings: &mut Findings,
        document: &Document,
        path: &str,
        context: &Context,
    ) -> Subject {
        Subject::default()
    }
}

pub mod extract {
    use crate::kinds::{Ask, Extraction};
    use crate::model::*;
    pub fn extract(findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        None
    }
}

pub mod validate {
    use crate::kinds::Extraction;
    use crate::model::*;
    pub fn validate(findings: &mut Findings, document: &Document, extraction: &Extraction) {}
}

pub mod consolidate {
    use crate::consolidate::{Consolidated, Entry};
    use crate::model::*;
    use crate::normalise::region::Regions;
    pub fn consolidate(
        config: &BatchConfig,
        entries: Vec<Entry>,
        before: &[Consolidated],
        schemas: &Schemas,
        regions: &Regions,
    ) -> Consolidated {
        let findings = entries
            .iter()
            .flat_map(|e| e.outcome.findings.clone())
            .collect();
        Consolidated {
            config: config.clone(),
            inferred: vec![],
            entries,
            findings,
            completeness: vec![],
            pdpb: None,
        }
    }
}

pub mod publish {
    use crate::consolidate::Consolidated;
    use crate::error::*;
    use crate::model::*;
    use crate::normalise::region::Regions;
    pub struct Written {
        pub path: String,
        pub sha256: String,
    }
    pub fn publish(
        c: &Consolidated,
        schemas: &Schemas,
        regions: &Regions,
        folder: &std::path::Path,
    ) -> Result<Vec<Written>> {
        let path = folder.join("isi.txt");
        let text: String = c
            .entries
            .iter()
            .map(|e| {
                format!(
                    "{} {} {:?}\n",
                    e.source.document, e.outcome.sha256, e.outcome.status
                )
            })
            .collect();
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(vec![Written {
            path: "isi.txt".into(),
            sha256: crate::discover::hash(&path).unwrap(),
        }])
    }
}
