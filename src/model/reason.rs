//! Reasons for striking off a voter.

/// Their names in the table `pdpb_tms`, in the contract's order.
pub const REASONS: [&str; 13] = [
    "meninggal",
    "ganda",
    "di_bawah_umur",
    "pindah",
    "tidak_dikenal",
    "tni",
    "polri",
    "tni_polri",
    "hak_pilih_dicabut",
    "bukan_penduduk",
    "wna",
    "belum_ktp_el",
    "lainnya",
];
