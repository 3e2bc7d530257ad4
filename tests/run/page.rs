//! laporan.html in a browser: Chromium without a window, where it is installed. It is asked on its command line for the page as it
//! stands after the script has run; a driver such as Playwright would add Node to what a clone needs and answer nothing more.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Desk;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "microsoft-edge"];

/// What the browser makes of the page at an address, in a window of this size; `None` where there is no browser.
fn dom(address: &str, size: (u32, u32)) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let run = |browser: &str| {
        Command::new(browser)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--virtual-time-budget=3000",
                "--dump-dom",
            ])
            .arg(format!("--window-size={},{}", size.0, size.1))
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .arg(address)
            .output()
    };
    let answer = BROWSERS.iter().find_map(|browser| run(browser).ok());
    if answer.is_none() {
        eprintln!("no browser found ({}): laporan.html was not looked at", BROWSERS.join(", "));
    }
    Some(String::from_utf8_lossy(&answer?.stdout).into_owned())
}

/// A file name full of markup, and how a page must write it. Windows allows no `<` in names.
const MARKUP: (&str, &str) = if cfg!(windows) {
    ("&lt;img src=x&gt;.csv", "&amp;lt;img src=x&amp;gt;.csv")
} else {
    ("<img src=x onerror=document.title=1>.csv", "&lt;img src=x onerror=document.title=1&gt;.csv")
};

/// A batch with a wrong total, a name full of markup, and an empty file.
fn published() -> Desk {
    let desk = Desk::with_batch("2025-10");
    desk.write(&format!("inputs/2025-10/62.02/{}", MARKUP.0), "");
    let table = "PDPB TRIWULAN III TAHUN 2025,,,,\nNO,KECAMATAN,LAKI-LAKI,PEREMPUAN,JUMLAH\n1,<b onclick=x>SATU</b>,5,5,11\n,JUMLAH,5,5,10\n";
    desk.write("inputs/2025-10/62.04/PDPB TW III.csv", table);
    assert_eq!(desk.rekap(&["--jobs", "2"]).code(), 1);
    desk
}

fn address(desk: &Desk, rest: &str) -> String {
    format!("file://{}{rest}", desk.path("outputs/2025-10/laporan.html").display())
}

/// The opening tags of the findings that are shown.
fn shown(dom: &str) -> Vec<&str> {
    let tags = dom.split("<details class=\"kartu").skip(1).map(|rest| rest.split('>').next().unwrap());
    tags.filter(|tag| !tag.contains(" hidden=\"\"")).collect()
}

#[test]
fn the_page_is_read_searched_and_filtered() {
    let desk = published();
    let Some(all) = dom(&address(&desk, ""), (1366, 768)) else { return };
    assert!(
        all.contains("<form id=\"saring\"") && !all.contains("aria-label=\"Cari dan saring temuan\" hidden"),
        "the script did not run"
    );
    assert!(shown(&all).len() > 2);
    let told = format!("id=\"hitung\">{} penyebab<", shown(&all).len());
    assert!(all.contains(&told), "{told}");

    let one = dom(&address(&desk, "#satker=62.04&tingkat=error"), (1366, 768)).unwrap();
    assert!(!shown(&one).is_empty() && shown(&one).len() < shown(&all).len());
    assert!(shown(&one).iter().all(|tag| tag.contains("data-s=\"62.04\"") && tag.contains("data-t=\"error\"")));
    let words = dom(&address(&desk, "#cari=SATU+jumlah"), (1366, 768)).unwrap();
    assert!(!shown(&words).is_empty() && shown(&words).len() < shown(&all).len());
    let none = dom(&address(&desk, "#cari=tidakadayangbegini"), (1366, 768)).unwrap();
    assert!(shown(&none).is_empty() && none.contains(">0 dari "));
}

#[test]
fn markup_in_names_and_cells_is_shown_and_does_nothing() {
    let desk = published();
    let Some(dom) = dom(&address(&desk, ""), (1366, 768)) else { return };
    assert!(dom.contains(MARKUP.1) && dom.contains("&lt;b onclick=x&gt;SATU"));
    assert!(!dom.contains("<img") && !dom.contains("<b onclick"));
    assert!(dom.contains("<title>Laporan 2025-10"));
}

#[test]
fn every_file_that_the_page_links_to_is_there() {
    let desk = published();
    let page = fs::read_to_string(desk.path("outputs/2025-10/laporan.html")).unwrap();
    let links: Vec<&str> = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let files: Vec<&str> = links.into_iter().filter(|link| !link.starts_with('#')).collect();
    assert!(files.contains(&"PDPB.xlsx") && files.iter().any(|f| f.starts_with("perbaikan/62.04/")), "{files:?}");
    for file in files {
        assert!(desk.path("outputs/2025-10").join(file).exists(), "{file}");
    }
}

/// Counts what sticks out of the window and which words lie over each other, with every fold open.
const MEASURE: &str = r#"<script>
for (const fold of document.querySelectorAll("details")) fold.open = true;
const style = document.createElement("style");
style.textContent = ".kartu { content-visibility: visible !important }";
document.head.append(style);
const found = [];
if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the window");
const inside = (e) => e.closest(".geser, .suara, .lompat");
for (const e of document.querySelectorAll("body *")) {
  const box = e.getBoundingClientRect();
  if (!box.width || inside(e) || e.closest("svg")) continue;
  if (box.right > innerWidth + 1 || box.left < -1) found.push("sticks out: " + e.outerHTML.slice(0, 80));
  if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && !["INPUT", "SELECT"].includes(e.tagName)) found.push("is cut: " + e.outerHTML.slice(0, 80));
}
const words = [...document.querySelectorAll("svg text")].map((e) => [e, e.getBoundingClientRect()]);
for (const [e, a] of words) for (const [f, b] of words)
  if (e !== f && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) found.push("lies over: " + e.textContent + " / " + f.textContent);
document.body.dataset.found = found.slice(0, 10).join(" | ") || "nothing";
</script></body>"#;

#[test]
fn nothing_overlaps_and_nothing_is_cut_on_a_laptop_and_on_a_phone() {
    let desk = published();
    let page = fs::read_to_string(desk.path("outputs/2025-10/laporan.html")).unwrap();
    // The page lets no other script run; the copy that is measured does.
    let measured = page.replacen("http-equiv=\"Content-Security-Policy\"", "name=\"x\"", 1).replacen("</body>", MEASURE, 1);
    let copy = desk.path("measured.html");
    fs::write(&copy, measured).unwrap();
    for size in [(1366, 768), (390, 844)] {
        let Some(dom) = dom(&format!("file://{}", Path::new(&copy).display()), size) else { return };
        let found = dom.split("data-found=\"").nth(1).map(|rest| rest.split('"').next().unwrap());
        assert_eq!(found, Some("nothing"), "{size:?}");
    }
}
