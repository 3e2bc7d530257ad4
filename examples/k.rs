fn main() {
    for t in ["L+P", "L + P", "JML (L+P)", "dpt_l", "L/P", "Kab/Kota", "(L)"] {
        println!("{t:?} -> {:?}", rekap::normalise::text::key(t));
    }
    let s = rekap::schemas::builtin().unwrap();
    println!("{:?}", s.common.meanings.iter().find(|m| m.means == "sex:t"));
    let v = rekap::tables::words::Vocabulary::new(s.common.meanings.iter().chain(&s.kind("dpt").unwrap().meanings));
    for t in ["L+P", "L + P", "Jumlah", "dpt_l"] {
        println!("{t} {:?}", v.read(t));
    }
}
