//! What parent and child say to each other: postcard messages, each after its length in four bytes.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::model::{BatchConfig, Document, Findings, Outcome, Schemas, Source};

/// From the parent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// First of all: what documents are judged by.
    Setup {
        /// Wording, tables, limits.
        schemas: Box<Schemas>,
        /// Expectations of the batches, by number.
        batches: Vec<BatchConfig>,
    },
    /// Process this document of batch number `batch`.
    Process {
        /// The file.
        source: Source,
        /// Whose expectations count.
        batch: usize,
        /// Scanned pages are read too, which takes its time.
        ocr: bool,
    },
    /// Draw the pages of this file with what is recognised on them.
    Draw {
        /// The file.
        source: Source,
    },
    /// Only read this file.
    Read {
        /// The file.
        source: Source,
        /// Scanned pages are read too.
        ocr: bool,
    },
}

/// From the child.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// To `Setup`.
    Ready,
    /// To `Process`.
    Outcome(Box<Outcome>),
    /// To `Read`.
    Document(Option<Box<Document>>, Findings),
    /// To `Draw`: PNG pictures, one per page.
    Pictures(Vec<Vec<u8>>),
    /// A slip of the program while it looked at this document; the child goes on.
    Panicked,
}

/// Sends one message.
pub(super) fn send<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// Waits for one message.
pub(super) fn receive<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u64::from(u32::from_le_bytes(length));
    let mut bytes = Vec::new();
    if from.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_pipe_and_a_cut_one_is_an_error() {
        let mut pipe = Vec::new();
        send(&mut pipe, &Reply::Document(None, Findings::default())).unwrap();
        assert!(matches!(receive(&mut pipe.as_slice()).unwrap(), Reply::Document(None, _)));
        let cut = pipe.len() - 1;
        assert!(receive::<Reply>(&mut &pipe[..cut]).is_err());
    }
}
