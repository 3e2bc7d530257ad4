use rekap::model::*;
fn main(){ let a: Vec<String>=std::env::args().collect(); let s=rekap::schemas::builtin().unwrap(); let r=rekap::normalise::region::Regions::builtin().unwrap().with_aliases(&s.aliases).unwrap();
 let b=std::fs::read(&a[1]).unwrap(); let mut f=Findings::default(); let d=rekap::read::read(&mut f,&b,&a[1],&s.limits).unwrap(); let cfg=BatchConfig::default();
 let sub=rekap::recognise::recognise(&mut f,&d,&a[2],&rekap::recognise::Context{schemas:&s,regions:&r,batch:&cfg}); println!("{:?} {:?} {:?}",sub.kind,sub.satker.map(|x|x.to_string()),sub.period); for e in sub.evidence{println!("{e:?}");} }
