//! How the workbooks look: one sober set of fonts, number formats and colours for all of them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// A font that Excel has and whose metric twin comes with `LibreOffice`, so that widths are the same in both.
const FONT: &str = "Arial";

/// Accent of titles and heading texts.
pub const NAVY: u32 = 0x001F_3A5F;
/// Second colour of charts.
pub const SAND: u32 = 0x00C4_8A3A;
const HEAD_FILL: u32 = 0x00DC_E4EE;
const TOTAL_FILL: u32 = 0x00EE_F2F7;
const LINE: u32 = 0x00B5_BFCC;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A text.
    Text,
    /// A text of several lines.
    Wrapped,
    /// A short text in the middle.
    Centred,
    /// A whole number: 1.234.
    Count,
    /// A number with two decimals: 87,50.
    Decimal,
    /// A whole number with its sign: +12.
    Change,
    /// A number with two decimals and its sign, in per cent.
    Percent,
    /// A link.
    Link,
    /// A long code in a type in which all signs are equally wide.
    Code,
}

/// What the cell says about itself by its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing special.
    Plain,
    /// Title of a page.
    Title,
    /// Line below the title.
    Subtitle,
    /// Title of a part of a page.
    Section,
    /// Running text without lines around it.
    Note,
    /// Heading of a column.
    Head,
    /// Number of a column, below its heading.
    HeadNumber,
    /// Row of totals.
    Total,
    /// Good: complete, in time.
    Good,
    /// Attention: late, incomplete.
    Warn,
    /// Wrong: an error finding stands behind it.
    Bad,
    /// For the record.
    Info,
    /// Nothing is there.
    Absent,
    /// A cell of a long list, whose lines are drawn around all its cells at once.
    Listed,
}

impl Tone {
    /// Fill colour.
    const fn fill(self) -> Option<u32> {
        match self {
            Self::Head => Some(HEAD_FILL),
            Self::HeadNumber | Self::Total => Some(TOTAL_FILL),
            Self::Good => Some(0x00DD_EFD9),
            Self::Warn => Some(0x00FC_E9C4),
            Self::Bad => Some(0x00F6_CDC8),
            Self::Info => Some(0x00E3_DFF0),
            Self::Absent => Some(0x00F2_F2F2),
            Self::Plain | Self::Title | Self::Subtitle | Self::Section | Self::Note | Self::Listed => None,
        }
    }

    /// Text colour.
    const fn ink(self) -> Option<u32> {
        match self {
            Self::Title | Self::Subtitle | Self::Section | Self::Head => Some(NAVY),
            Self::Good => Some(0x001E_5B2E),
            Self::Bad => Some(0x008C_1C13),
            Self::Warn => Some(0x0075_4C00),
            Self::Info => Some(0x0045_3A7A),
            Self::HeadNumber | Self::Absent | Self::Note => Some(0x0059_5959),
            Self::Plain | Self::Total | Self::Listed => None,
        }
    }

    const fn framed(self) -> bool {
        !matches!(self, Self::Title | Self::Subtitle | Self::Section | Self::Note | Self::Listed)
    }
}

/// The look of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    /// What stands in it.
    pub what: What,
    /// Its colours.
    pub tone: Tone,
    /// Bold, as totals are.
    pub bold: bool,
}

impl Look {
    /// A look in which only what it is about needs saying.
    #[must_use]
    pub const fn new(what: What, tone: Tone) -> Self {
        Self { what, tone, bold: matches!(tone, Tone::Total | Tone::Title | Tone::Section | Tone::Head) }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// The formats of one workbook, each made once.
#[derive(Debug, Default)]
pub struct Styles(BTreeMap<Look, Format>);

impl Styles {
    /// The format of a look.
    pub fn get(&mut self, look: Look) -> &Format {
        self.0.entry(look).or_insert_with(|| format_of(look))
    }
}

fn format_of(look: Look) -> Format {
    let size = match look.tone {
        Tone::Title => 14.0,
        Tone::Subtitle | Tone::Section => 11.0,
        Tone::HeadNumber => 7.0,
        _ => 9.0,
    };
    let mut format = Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter);
    format = body(format, look.what);
    if look.bold {
        format = format.set_bold();
    }
    if matches!(look.tone, Tone::Head | Tone::HeadNumber) {
        format = format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap();
    } else if (look.tone.framed() || look.tone == Tone::Listed) && matches!(look.what, What::Text | What::Wrapped | What::Link) {
        format = format.set_indent(1);
    }
    if look.tone == Tone::Absent {
        format = format.set_italic();
    }
    if let Some(fill) = look.tone.fill() {
        format = format.set_background_color(Color::RGB(fill));
    }
    if let Some(ink) = look.tone.ink().filter(|_| look.what != What::Link) {
        format = format.set_font_color(Color::RGB(ink));
    }
    if look.tone.framed() {
        format = lined(format);
    }
    if look.tone == Tone::Total {
        format = format.set_border_top(FormatBorder::Medium).set_border_top_color(Color::RGB(NAVY));
    }
    format
}

/// The lines around every cell of a list, and nothing else.
#[must_use]
pub fn lines() -> Format {
    lined(Format::new())
}

fn lined(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE))
}

/// Number format and alignment. The locale mark makes `LibreOffice` group by points on every computer; Excel groups as the computer's
/// regional setting says, which is the same in Indonesia.
fn body(format: Format, what: What) -> Format {
    match what {
        What::Text => format.set_align(FormatAlign::Left),
        What::Wrapped => format.set_align(FormatAlign::Left).set_text_wrap(),
        What::Centred => format.set_align(FormatAlign::Center),
        What::Count => format.set_num_format("[$-421]#,##0"),
        What::Decimal => format.set_num_format("[$-421]#,##0.00"),
        What::Change => format.set_num_format("[$-421]+#,##0;-#,##0;0"),
        What::Percent => format.set_num_format("[$-421]+0.00%;-0.00%;0.00%"),
        What::Link => format
            .set_align(FormatAlign::Left)
            .set_font_color(Color::RGB(0x0005_63C1))
            .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        What::Code => format.set_align(FormatAlign::Left).set_font_name("Courier New").set_font_size(6.5),
    }
}
