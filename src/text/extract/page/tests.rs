use super::super::html;
use super::*;

const PROSE: &str = "<p>The old bridge will stay closed until spring, the council decided last night.</p>\
    <p>Repairs cost more than was planned, and the river is high this year, an engineer said.</p>";

fn read(page: &str, site: &Site) -> Vec<String> {
    html::page(page, site).pieces.into_iter().map(|piece| piece.text).collect()
}

/// What is read of a page beside its two paragraphs.
fn beside(page: &str) -> Vec<String> {
    let pieces = read(page, &Site::default());
    assert!(pieces.iter().filter(|text| PROSE.contains(text.as_str())).count() >= 2, "{page}: {pieces:?}");
    pieces.into_iter().filter(|text| !PROSE.contains(text.as_str())).collect()
}

#[test]
fn furniture_is_left_out() {
    let table = [
        "<nav><a href=/>Home</a></nav>",
        "<div class=newsletter-box><p>Get our letter every morning, free of charge, for as long as you like.</p></div>",
        "<div class='related-articles'><h3>Related</h3><p>A new bridge was opened in the next town only last year.</p></div>",
        "<ul><li><a href=/a>The mayor resigns</a><li><a href=/b>A flood is coming</a></ul>",
        "<div id=comments><p>I walked over that bridge every day of my life, and now look at it.</p></div>",
        "<div class=author-bio><p>Eva Holm writes about bridges and has done so for twenty years.</p></div>",
        "<p>Advertisement</p>",
        "<figure><img><figcaption>The bridge at dawn.</figcaption></figure>",
        "<div aria-hidden=true><p>This text is for nobody, since nobody can see it on the page.</p></div>",
        "<h2>Most read</h2>",
        "<p>Ida Berg contributed to this report.</p>",
        "<p>Follow The Paper on Facebook, Twitter and wherever else you like to be told what is new.</p>",
        "<p>Published 3 May 2021, 9:15</p>",
        "<p>Published Mon, May 3 20219:15 AM CETUpdated Tue, May 4 202110:02 AM CET</p>",
        "<p><span class=caption>The bridge at dawn, seen from the river by one who rose early.</span></p>",
        "<p class='d-none d-print-block'>This page was printed from the paper's site and is for your own use.</p>",
        "<p class=sr-only>Skip over the pictures that stand between here and the rest of the story.</p>",
        "<p>Want to know more? Sign up for our free newsletter.</p>",
        "<p>A bridge of glass is to be built in the next town, whatever it may cost. <a href=/a>Read more</a></p>",
        "<p>(Reporting by Ida Berg in the old town, editing by Jan Holm.)</p>",
        "<p>desk@paper.example</p>",
        "<p>More on bridges in this paper:</p>",
        "<div><h3>Recommended for you</h3><ul><li>A new bridge was opened in the next town only last year.</ul></div>",
    ];
    for furniture in table {
        let page =
            format!("<body><header>The Paper</header><div class=story>{PROSE}{furniture}</div></body>");
        assert_eq!(beside(&page), Vec::<String>::new(), "{furniture}");
    }
}

#[test]
fn a_show_of_pictures_beside_an_article_is_left_out() {
    let prose =
        |n| format!("<p>Bridge number {n} was closed for a week, and nobody in the old town minded.</p>");
    let slide = |n| {
        format!("<li><h3>{n}/5 In the fog</h3><p>Arches seen from the river, which is high this year.</p>")
    };
    let slides: String = (1..=5).map(slide).collect();
    let prose: String = (1..=25).map(prose).collect();
    let pieces = |prose: &str| {
        let page = format!("<body><div class=story>{prose}<div><ul>{slides}</ul></div></div></body>");
        read(&page, &Site::default())
    };
    assert!(pieces(&prose).iter().all(|text| text.starts_with("Bridge number")));
    let recipe: String =
        ["1/4 cup of oats", "3/4 cup of milk", "1/3 of a lemon"].map(|p| format!("<p>{p}</p>")).concat();
    assert!(pieces(&format!("{prose}<div>{recipe}</div>")).iter().any(|text| text == "3/4 cup of milk"));
    assert!(pieces("").iter().any(|text| text == "5/5 In the fog"), "the show is the article");
}

#[test]
fn what_belongs_is_kept() {
    let table = [
        ("<h2>What comes next</h2><p>Nobody knows.</p>", vec!["What comes next", "Nobody knows."]),
        ("<ul><li>Close the road<li>Mend the arch</ul>", vec!["Close the road", "Mend the arch"]),
        ("<blockquote><p>It is safe, said no one.</p></blockquote>", vec!["It is safe, said no one."]),
    ];
    for (part, texts) in table {
        let page = format!("<body><div class=story>{PROSE}{part}</div></body>");
        assert_eq!(beside(&page), texts, "{part}");
    }
    let lead = "The bridge that half the town walks over each morning will not open this year either.";
    let page = format!("<article><header><h1>Shut</h1><p>{lead}</p></header><div>{PROSE}</div></article>");
    assert_eq!(beside(&page), ["Shut", lead]);
    let post = "<blockquote class=post><p>The bridge is shut, walk round it by the weir.</p></blockquote>";
    let page = format!("<body>{PROSE}<div class='story-widget widget-content'>{post}</div></body>");
    assert_eq!(beside(&page), ["The bridge is shut, walk round it by the weir."]);
    let post = "<blockquote><p>The bridge is shut.</p>— Desk (@desk) May 3, 2021</blockquote>";
    let page = format!("<body><div class=sidebar-layout>{PROSE}{post}</div></body>");
    assert_eq!(beside(&page), ["The bridge is shut.", "— Desk (@desk) May 3, 2021"]);
    let facts = "<p>May 3, 2021 at 9:15 | filed under bridges, rivers and roads | View 4 comments</p>";
    let page = format!("<article><header><h1>Shut</h1>{facts}</header><div>{PROSE}</div></article>");
    assert_eq!(beside(&page), ["Shut"]);
    // A theme's names for the whole page are no names for furniture.
    let page =
        format!("<body><div class=with-sidebar><h1>Shut</h1><div class=story>{PROSE}</div></div></body>");
    assert_eq!(beside(&page), ["Shut"]);
}

#[test]
fn what_opens_and_closes_a_page_is_left_out() {
    let head = r#"<meta name=author content="Eva Holm"><h1>Shut until spring</h1>"#;
    let lead = "<p>“It is <a href=/a>the old bridge, and</a> <a href=/b>its arch</a>.”</p>";
    let page = format!(
        "{head}<h3>Updated 3 May 2021 at 9:15</h3>{lead}<h2>Shut until spring</h2>{PROSE}\
         <p>Eva Holm is our writer for bridges.</p>"
    );
    assert_eq!(beside(&page), ["Shut until spring", "Eva Holm", "“It is the old bridge, and its arch.”"]);
}

#[test]
fn what_stands_over_the_headline_is_left_out() {
    let ticker = "<p>A bridge of glass is to be built in the next town, whatever it may cost.</p>";
    let head = "<title>Shut until spring | The Paper</title>";
    let over = format!("{head}<div>{ticker}<h2>Shut until spring</h2>{PROSE}</div>");
    assert_eq!(beside(&over), ["Shut until spring"]);
    let dated = format!(
        "{head}<div><h2>The river is high, and no one will cross it</h2><p>May 3, 2021</p>{PROSE}</div>"
    );
    assert_eq!(beside(&dated)[1..], ["The river is high, and no one will cross it"]);
    let under = format!("{head}<div>{PROSE}<p>Shut until spring</p></div>");
    assert_eq!(beside(&under), ["Shut until spring"]);
}

#[test]
fn sites_have_their_rules() {
    let page = format!(
        "<article><div class=story>{PROSE}<p class=fact>The bridge was built in 1903 by two brothers.</p></div>\
         <div class=author-bio><p>Eva Holm writes about bridges and has done so for twenty years.</p></div></article>"
    );
    let site = |include: &[&str], exclude: &[&str], bio| Site {
        include: include.iter().map(|s| s.to_string()).collect(),
        exclude: exclude.iter().map(|s| s.to_string()).collect(),
        bio,
        ..Site::default()
    };
    let table = [
        (site(&[], &[], false), 3),
        (site(&[], &[".fact"], false), 2),
        (site(&[], &[], true), 4),
        (site(&[".fact"], &[], false), 1),
        (site(&[".story", ".author-bio"], &["p + p"], true), 2),
    ];
    for (site, pieces) in table {
        assert_eq!(read(&page, &site).len(), pieces, "{site:?}");
    }
}

#[test]
fn text_may_be_in_data_only() {
    let long = "The old bridge will stay closed until spring. ".repeat(9);
    let page = format!(
        r#"<script type="application/ld+json">{{"@type":"Article","headline":"Shut","articleBody":"{long}"}}</script><p>Loading</p>"#
    );
    let found = html::page(&page, &Site::default());
    assert_eq!(found.notes[0].code, "text-from-data");
    let texts: Vec<&str> = found.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["Shut", long.trim()]);
}
