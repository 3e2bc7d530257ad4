//! Which field a figure belongs to: what its column and its row say together, completed by titles and sheet name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Level, Origin, Region};
use crate::tables::axes::Table;

use super::across::Across;
use super::amounts::{Amounts, adopt, headings, packings, unheaded};
use super::bare::other_sums;
use super::compare::{says_again, whole_of};
use super::complete::complete;
use super::contradicts::contradicted;
use super::distant::{distant, only_titled};
use super::facts::{Shape, percent};
use super::flow;
use super::lines::Reader;
use super::others::{other_elections, other_years};
use super::slots::column_station;
use super::stations::needs;
use super::strangers::strangers;
use super::tags::{Field, Sex, Stem, Tagger, Tags, When};

/// What is known of a figure's field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// This one.
    Field(Field),
    /// Understood, and no figure of this kind's tables.
    Aside,
    /// Of another period.
    Stale,
    /// A sum of figures beside it, which is checked and not counted.
    Sum,
    /// Nothing, or a contradiction.
    No,
}

/// What is known of the table from elsewhere in its document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The sheet shows the period before beside this one, table by table.
    pub mixed: bool,
    /// What amounts of goods mean by the titles of tables above.
    pub spoken: Option<u16>,
    /// The good that the last line of the page before names, below its last table.
    pub good: Option<u16>,
    /// The kecamatan that it names.
    pub foot: Option<Region>,
}

/// What the columns of a table say.
#[derive(Debug)]
pub struct Fields<'g> {
    cols: Vec<Tags>,
    distant: Tags,
    now: Option<u16>,
    before: Option<u16>,
    reasons_of: Option<u16>,
    /// What amounts of goods mean that do not say it; `None` for kinds that count none.
    amounts: Option<Amounts<'g>>,
    /// The table lists reasons, and a sum without a measure beside them is theirs.
    sums_reasons: bool,
    several_periods: bool,
    /// Lines name voters before and after the changes: a table or row of the period before has a balance of its own, and what was there
    /// before it is older still.
    balanced: bool,
    station: Vec<Option<u32>>,
    clashes: BTreeSet<usize>,
    /// Sums of the kinds of a good beside them.
    pub(super) across: Across,
    /// Cells below a heading that nobody knows, read by arithmetic.
    pub(super) worked_out: Vec<Origin>,
    /// Cells of columns that say something else than the titles.
    pub(super) contradicted: Vec<Origin>,
    /// Columns of goods' figures without a heading among others that have one, and of men and women below a heading that nobody knows:
    /// nobody says what they hold.
    unheaded: BTreeSet<usize>,
}

impl<'g> Fields<'g> {
    /// Reads the columns.
    #[must_use]
    pub fn new(table: &Table, reader: &Reader, tagger: &Tagger, shape: &Shape<'g>, context: Context) -> Self {
        let mut cols: Vec<Tags> = table.cols.iter().map(|c| tagger.stack(c.labels.iter().flatten())).collect();
        let across = shape.goods.map(|goods| Across::new(table, &mut cols, tagger, goods)).unwrap_or_default();
        if let Some(goods) = shape.goods {
            adopt(table, &mut cols, tagger, goods);
            headings(table, &cols, tagger, goods);
            packings(table, &mut cols);
        }
        other_years(table, &mut cols, shape.period);
        other_elections(table, &mut cols);
        sums_of_counts(table, &mut cols);
        let worked_out = shape.goods.map(|goods| complete(table, &mut cols, goods)).unwrap_or_default();
        let rows: Vec<Tags> = table.rows.iter().take(200).map(|r| reader.tags(r)).collect();
        let number = |name: Option<&str>| name.and_then(|n| shape.vocabulary.number_of(n));
        let [now, before, reasons_of] = [Some(shape.now), shape.before, shape.reasons_of].map(number);
        let said = || cols.iter().chain(&rows);
        let has_reasons = said().any(|t| t.reason.is_some());
        let plain = has_bare_sex(&cols);
        let mut distant = distant(table, tagger);
        distant.goods = if said().any(|t| t.goods.is_some()) { None } else { distant.goods.or(context.good) };
        let contradicted = shape.goods.map(|goods| contradicted(table, &cols, goods, distant.measure)).unwrap_or_default();
        let by_stations = shape.goods.and_then(|goods| needs(table, &mut cols, &rows, goods));
        distant.measure = distant.measure.or(context.spoken).or(by_stations);
        let said = || cols.iter().chain(&rows);
        let titled = distant.measure;
        distant = open(distant, said(), shape, &[reasons_of, only_titled(table, tagger)]);
        let several_periods =
            said().any(|t| t.when == Some(When::Before)) && said().any(|t| t.when != Some(When::Before)) || context.mixed;
        let amounts = shape.goods.map(|goods| Amounts { goods, open: goods.open(said, titled), stated: goods.stated(said()) });
        let station = table.cols.iter().zip(&cols).map(|(c, t)| column_station(c.labels.iter().flatten(), t, table)).collect();
        let balanced = balances(said, now, before);
        let unheaded = match shape.goods {
            Some(_) => unheaded(table),
            None => &strangers(table, &cols, tagger) | &other_sums(table, &cols, tagger, shape),
        };
        let mut fields = Self {
            cols,
            distant,
            now,
            before,
            balanced,
            reasons_of,
            amounts,
            sums_reasons: has_reasons && !plain,
            several_periods,
            station,
            clashes: BTreeSet::new(),
            across,
            worked_out,
            contradicted,
            unheaded,
        };
        fields.clash(table);
        if shape.goods.is_none() {
            fields.work_out(table, shape);
        }
        fields
    }

    /// Reads columns of voters that nobody knows by arithmetic.
    fn work_out(&mut self, table: &Table, shape: &Shape) {
        let column = |col: usize| match self.field(col, &Tags::default(), Level::Nasional) {
            Known::Field(Field { stem: Stem::Measure(measure), sex }) => flow::Column::Known(measure, sex),
            Known::No if self.station[col].is_none() && !shares(table, col) => flow::Column::Open(self.cols[col].sex),
            Known::Aside if self.station[col].is_none() && !shares(table, col) => flow::Column::Aside(self.cols[col].sex),
            _ => flow::Column::Other,
        };
        let columns: Vec<flow::Column> = (0..self.cols.len()).map(column).collect();
        let number = |name: &str| shape.vocabulary.number_of(name);
        let flow = shape.flow.and_then(|[a, b, c, d]| Some([number(a)?, number(b)?, number(c)?, number(d)?]));
        for (col, measure, sex) in flow::worked_out(table, &columns, flow) {
            self.cols[col] = Tags { measure: Some(measure), sex: Some(sex), when: None, ..Tags::default() };
            self.clashes.remove(&col);
            self.unheaded.remove(&col);
            self.worked_out.extend(table.figures.iter().filter(|f| f.col == col).map(|f| f.origin));
        }
    }

    /// Columns that read as the same field: the one that is the sum of all others, else the one with fewer unknown words counts, else the
    /// first where all say the same; where they are alike nobody can tell which is which, so none is used.
    fn clash(&mut self, table: &Table) {
        let unknown = |col: usize| table.cols[col].labels.iter().flatten().map(|l| u32::from(l.said.unknown)).sum::<u32>();
        let mut seen: BTreeMap<Field, Vec<(u32, usize)>> = BTreeMap::new();
        for col in (0..self.cols.len()).filter(|&c| self.station[c].is_none() && !shares(table, c)) {
            if let Known::Field(field) = self.field(col, &Tags::default(), Level::Nasional) {
                seen.entry(field).or_default().push((unknown(col), col));
            }
        }
        for mut cols in seen.into_values().filter(|c| c.len() > 1) {
            cols.sort_unstable();
            let all: Vec<usize> = cols.iter().map(|(_, col)| *col).collect();
            let whole = if all.len() > 2 { whole_of(table, &all) } else { None }.or_else(|| self.stated(&all));
            let least = (cols[0].0 < cols[1].0).then_some(cols[0].1);
            let kept = whole.or(least).or_else(|| all.first().copied().filter(|_| says_again(table, &all)));
            self.clashes.extend(all.into_iter().filter(|col| Some(*col) != kept));
        }
    }

    /// Of columns that mean one figure, the only one that names the document's period, or that says so itself: the others are of the period
    /// before, whose `akhir` is this one's `awal`.
    fn stated(&self, cols: &[usize]) -> Option<usize> {
        let only = |fits: fn(Option<When>) -> bool| {
            let mut own = cols.iter().copied().filter(|&c| fits(self.cols[c].when));
            own.next().filter(|_| own.next().is_none())
        };
        only(|when| when == Some(When::Now)).or_else(|| only(|when| when != Some(When::Before)))
    }

    /// Whether the stations run across the columns.
    #[must_use]
    pub fn stations(&self) -> bool {
        self.station.iter().flatten().count() >= 2
    }

    /// The station a column is about.
    #[must_use]
    pub fn station(&self, col: usize) -> Option<u32> {
        self.station.get(col).copied().flatten()
    }

    /// The field of a column's figures in a row that says `row` and stands at `level`.
    #[must_use]
    pub fn field(&self, col: usize, row: &Tags, level: Level) -> Known {
        let station = self.station(col).is_some();
        let mut own = self.cols.get(col).copied().unwrap_or_default();
        if self.across.sums.contains(&col) {
            return Known::Sum;
        }
        if self.clashes.contains(&col) || self.unheaded.contains(&col) {
            return Known::No;
        }
        if station {
            own = Tags { level: None, dark: false, ..own };
        }
        if let Some(counted) = counted(&own, row) {
            return Self::count(counted, level, own.when.or(row.when));
        }
        if bare(row).is_some() {
            return Known::No;
        }
        let Some(both) = crossed(own, *row) else { return Known::No };
        if both.aside {
            return Known::Aside;
        }
        if both.dark || !both.speaks() && !both.total && !station {
            return Known::No;
        }
        if row.when == Some(When::Before) && row.measure.is_none() && !row.generic && self.balanced {
            return Known::Stale;
        }
        self.named(&both.or(self.distant), both)
    }

    /// Whether the whole table is of the period before, with a balance of its own.
    fn whole_before(&self) -> bool {
        self.distant.when == Some(When::Before) && self.balanced
    }

    /// How many regions of a level. A level no deeper than the row's own is the column of a code or a name, not a count.
    fn count(counted: Level, row: Level, when: Option<When>) -> Known {
        if counted <= row {
            Known::Aside
        } else if when.is_none_or(|w| w == When::Now) {
            Known::Field(Field { stem: Stem::Count(counted), sex: Sex::T })
        } else {
            Known::Stale
        }
    }

    fn named(&self, tags: &Tags, own: Tags) -> Known {
        let voters = Tags { measure: None, goods: None, ..*tags };
        let tags = match self.amounts {
            Some(amounts) if !own.generic => return amounts.field(tags, &own),
            Some(_) => &voters,
            None => tags,
        };
        let sex = tags.sex.unwrap_or(Sex::T);
        let field = |stem| Known::Field(Field { stem, sex });
        if let Some(reason) = tags.reason {
            let measure = tags.measure.or(self.distant.measure);
            let fits = self.reasons_of.is_some() && (measure.is_none() || measure == self.reasons_of);
            return match tags.when {
                _ if !fits => Known::Aside,
                Some(When::Before | When::Other) => Known::Stale,
                _ => field(Stem::Reason(reason)),
            };
        }
        let implied = if self.sums_reasons && own.total && !own.generic { self.reasons_of } else { None };
        let measure = match (tags.measure.or(implied), tags.when) {
            (_, Some(When::Other)) => return Known::Stale,
            (Some(m), Some(When::Before)) if Some(m) == self.before && own.when.is_none() && self.whole_before() => {
                return Known::Stale;
            }
            (Some(m), Some(When::Before)) if Some(m) == self.before => Some(m),
            (Some(m), Some(When::Before)) if Some(m) == self.now && (own.when.is_some() || self.several_periods) => self.before,
            (Some(_), Some(When::Before)) => return Known::Stale,
            (Some(m), _) => Some(m),
            (None, Some(When::Before)) if self.several_periods || own.when.is_some() && own.generic => self.before,
            (None, Some(When::Before)) => return Known::Stale,
            (None, _) => self.now,
        };
        measure.map_or(Known::No, |m| field(Stem::Measure(m)))
    }
}

/// What titles say that no line of the table answers itself. A list of reasons takes from them what it may be a list of: those struck off,
/// or the one measure that they name, whose reasons they are then.
fn open<'t>(distant: Tags, mut said: impl Iterator<Item = &'t Tags> + Clone, shape: &Shape, listed: &[Option<u16>]) -> Tags {
    let has_reasons = said.clone().any(|t| t.reason.is_some());
    let telling = |m: u16| shape.goods.is_none_or(|g| g.tells(m));
    if said.any(|t| t.measure.is_some_and(telling)) {
        Tags { measure: None, reason: None, ..distant }
    } else if has_reasons {
        Tags { measure: distant.measure.filter(|m| listed.contains(&Some(*m))), reason: None, ..distant }
    } else {
        distant
    }
}

/// Whether a column says men or women and nothing else.
fn has_bare_sex(cols: &[Tags]) -> bool {
    let one_sex = |t: &&Tags| t.sex.is_some_and(|s| s != Sex::T);
    cols.iter().filter(one_sex).any(|t| !t.total && !t.generic && t.measure.is_none() && t.reason.is_none())
}

/// Whether lines name voters after the changes beside those before them.
fn balances<'t, I: Iterator<Item = &'t Tags>>(said: impl Fn() -> I, now: Option<u16>, before: Option<u16>) -> bool {
    let has = |m: Option<u16>| m.is_some() && said().any(|t| t.measure == m);
    has(before) && (has(now) || said().any(|t| t.generic && t.measure.is_none() && t.when.is_none()))
}

/// Whether a column holds shares in percent.
fn shares(table: &Table, col: usize) -> bool {
    let own = || table.figures.iter().filter(|f| f.col == col);
    own().filter(|f| percent(table, f)).count() * 2 > own().count()
}

/// `Desa | Kelurahan | Jumlah`: a bare sum behind columns that count regions of one level counts them too, where the figures say so.
fn sums_of_counts(table: &Table, cols: &mut [Tags]) {
    for col in 2..cols.len() {
        let tags = cols[col];
        let silent = !tags.speaks() && !tags.aside && !tags.dark && tags.level.is_none();
        let Some(level) = cols[col - 1].level.filter(|_| tags.total && silent) else { continue };
        let counts = |c: &usize| bare(&cols[*c]) == Some(level);
        let mut parts: Vec<usize> = (0..col).rev().take_while(counts).collect();
        parts.push(col);
        if parts.len() > 2 && whole_of(table, &parts) == Some(col) {
            cols[col].level = Some(level);
        }
    }
}

/// The level whose regions are counted: column or row name a level and nothing that is measured.
fn counted(col: &Tags, row: &Tags) -> Option<Level> {
    bare(col)
        .or_else(|| bare(row).filter(|_| col.measure.is_none() && col.reason.is_none() && col.sex.is_none_or(|s| s == Sex::T)))
}

/// The level of a line that names one and nothing that is measured.
fn bare(tags: &Tags) -> Option<Level> {
    let silent = !tags.generic && tags.measure.is_none() && tags.reason.is_none() && tags.sex.is_none() && tags.goods.is_none();
    tags.level.filter(|_| silent && !tags.aside && !tags.dark)
}

/// What row and column say together; `None` where they contradict each other.
fn crossed(col: Tags, row: Tags) -> Option<Tags> {
    let agree = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
    let sexes = col.sex.is_none() || row.sex.is_none() || col.sex == row.sex;
    if !agree(col.measure, row.measure) || !agree(col.reason, row.reason) || !agree(col.goods, row.goods) || !sexes {
        return None;
    }
    let col_speaks = col.speaks() || col.total;
    Some(Tags {
        measure: col.measure.or(row.measure),
        generic: col.generic || row.generic,
        reason: col.reason.or(row.reason),
        sex: col.sex.or(row.sex),
        goods: col.goods.or(row.goods),
        when: col.when.or(row.when),
        level: None,
        total: col.total || row.total,
        aside: col.aside || row.aside,
        dark: col.dark || row.dark && !col_speaks,
    })
}
