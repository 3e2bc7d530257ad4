use rekap::model::*; use rekap::kinds::Ask;
fn main(){ let a: Vec<String>=std::env::args().collect(); let s=rekap::schemas::builtin().unwrap(); let r=rekap::normalise::region::Regions::builtin().unwrap().with_aliases(&s.aliases).unwrap();
 let b=std::fs::read(&a[1]).unwrap(); let mut f=Findings::default(); let d=rekap::read::read(&mut f,&b,&a[1],&s.limits).unwrap(); let cfg=BatchConfig::default();
 let sub=rekap::recognise::recognise(&mut f,&d,&a[1],&rekap::recognise::Context{schemas:&s,regions:&r,batch:&cfg});
 let e=rekap::extract::extract(&mut f,&Ask{document:&d,subject:&sub,schemas:&s,regions:&r,batch:&cfg}).unwrap(); println!("{} eq, {} broken", e.equations.len(), e.equations.iter().filter(|q| !q.holds()).count()); let n=f.0.len(); rekap::validate::validate(&mut f,&d,&e); println!("{} findings more", f.0.len()-n); for q in e.equations.iter().filter(|q| !q.holds()).take(3){println!("{q:?}");} }
