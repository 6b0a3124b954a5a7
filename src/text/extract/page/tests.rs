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
        "<p>Follow The Paper on Google News and never miss a bridge.</p>",
        "<p>More on bridges in this paper:</p>",
        "<div class=story-image><img><p>The bridge at dawn, seen from the mill by one who rose early.</p></div>",
        "<p>The arch in May, before the flood came. Bildrechte: The Paper/Desk</p>",
        "<p>The arch in May, before the flood came, © The Paper</p>",
        "<div class=hidden><p>Log in and read all that this paper has, on paper and wherever else you are.</p></div>",
        "<div class=story-teaser><a href=/a><h3>A bridge of glass</h3></a><p>It is to be built in the next town.</p></div>",
        "<p>Empfohlener redaktioneller Inhalt</p>",
        "<span class=icon__off-screen>Open this box and then close it again, if you would be so kind.</span>",
        "<p>Our Standards: The Paper's book of rules for those who write in it.</p>",
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
    let said = "<figure><blockquote><p>The arch is sound, said no one.</p></blockquote><figcaption>Desk</figcaption></figure>";
    let page = format!("<body><div class=story>{PROSE}{said}</div></body>");
    assert_eq!(beside(&page), ["The arch is sound, said no one."]);
    let room = "<p class='hidden md:block'>There is room for this on wide screens, where it is read.</p>";
    let listed =
        "<h2 id=toc_2 class=widget-title>What comes next</h2><p>Nobody knows what will come of it.</p>";
    let slug =
        "<div id=the-mayor-promoted-the-old-bridge-in-may><p>He walked over it twice, and back.</p></div>";
    let page = format!("<body><div class=story>{PROSE}{room}{listed}{slug}</div></body>");
    assert_eq!(beside(&page).len(), 4);
    let facts = "<p>May 3, 2021 at 9:15 | filed under bridges, rivers and roads | View 4 comments</p>";
    let page = format!("<article><header><h1>Shut</h1>{facts}</header><div>{PROSE}</div></article>");
    assert_eq!(beside(&page), ["Shut"]);
    // A theme's names for the whole page are no names for furniture.
    let page =
        format!("<body><div class=with-sidebar><h1>Shut</h1><div class=story>{PROSE}</div></div></body>");
    assert_eq!(beside(&page), ["Shut"]);
}

#[test]
fn what_only_subscribers_see_is_the_article() {
    let boxed = |body: &str| format!("<body><h1>Shut</h1><div class=paywall>{body}</div></body>");
    assert_eq!(beside(&boxed(&format!("<div class=article__content>{PROSE}</div>"))), ["Shut"]);
    let told = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Shut","hasPart":
        {"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".wall"}}</script>"#;
    assert_eq!(beside(&format!("{told}<div class='wall overlay'>{PROSE}</div>")), ["Shut"]);
    let locked = PROSE.replace("<p>", "<p class=paywall aria-hidden=true>");
    assert_eq!(beside(&format!("<div><h1>Shut</h1>{locked}</div>")), ["Shut"]);
    let hidden = format!("{told}<div>{PROSE}</div><div class=wall style='display:none'>{PROSE}</div>");
    assert_eq!(read(&hidden, &Site::default()).len(), 3, "it is said once");
    let grid = format!("<div class=sidebar-grid><div class=sidebar-grid__content>{PROSE}</div></div>");
    assert_eq!(beside(&grid), Vec::<String>::new());
}

#[test]
fn names_that_would_leave_nothing_are_not_believed() {
    let part = |n| {
        format!("<section class=report--ads><p>{}</p></section>", format!("Arch {n} is sound. ").repeat(20))
    };
    let page: String = (1..=8).map(part).collect();
    assert_eq!(read(&format!("<main><h1>Shut</h1>{page}</main>"), &Site::default()).len(), 9);
}

#[test]
fn other_articles_are_left_out() {
    let head = "<title>Shut until spring | The Paper</title><meta property=og:site_name content='The Paper'>";
    let h1 = "<h1>Shut until spring</h1>";
    let arch = |n| format!("<p>Arch number {n} of the bridge is sound, an engineer said.</p>");
    let arches: String = (1..30).map(arch).collect();
    let next = "<div><article><h1>A bridge of glass</h1><p>It is to be built in the next town, whatever it may cost.</p></article></div>";
    let last = |page: String| beside(&page).pop().unwrap_or_default();
    let followed = format!("{head}<main><article>{h1}{PROSE}{arches}</article>{next}</main>");
    assert_eq!(last(followed), "Arch number 29 of the bridge is sound, an engineer said.");
    // A live blog's head is short.
    let blog = format!("{head}<main><article>{h1}{PROSE}</article>{next}</main>");
    assert!(last(blog).starts_with("It is to be built"));
    let list = "<h2>More from The Paper</h2><div><h3><a href=/a>A bridge of glass</a></h3><p>It is to be built in the next town, whatever it may cost.</p></div>";
    let page = format!("{head}<div class=story>{h1}{PROSE}{arches}{list}<p>The end of it.</p></div>");
    let texts = beside(&page);
    assert!(texts.len() == 31 && texts.last().is_some_and(|last| last == "The end of it."), "{texts:?}");
}

#[test]
fn other_articles_in_a_row_are_left_out() {
    let head = "<title>Shut until spring | The Paper</title><h1>Shut until spring</h1>";
    let row = |card: &str| {
        let cards: String = (1..9).map(|n| card.replace('#', &n.to_string())).collect();
        beside(&format!("{head}<div class=story>{PROSE}</div><div class=grid>{cards}</div>"))
    };
    let headline = "<h3><a href=/a#>Nobody will cross bridge #</a></h3>";
    let told = [
        "<p>It was closed on day #, and nobody in the old town minded it.</p><p>3 May 202#</p>",
        "<p>It was closed on day #, and nobody in the old town minded it […]</p>",
    ];
    for text in told {
        assert_eq!(row(&format!("<div>{headline}{text}</div>")), ["Shut until spring"], "{text}");
    }
    let listed =
        "<li><a href=/a#>Nobody will cross bridge #</a> <span>It was closed on day #, and nobody in …</span>";
    assert_eq!(row(listed), ["Shut until spring"]);
    let reviewed =
        "<p>Its arch is # years old, the oldest of all, and it is well worth the way up to the mill.</p>";
    assert!(row(&format!("<div>{headline}{reviewed}{reviewed}</div>")).len() > 2, "it is the article");
    // So is a list of books, with a paragraph for each.
    let book = format!("<div>{headline}{}</div>", reviewed.repeat(3).replace("</p><p>", " "));
    assert!(row(&book).len() > 2, "its texts are long");
    let cards: String =
        (1..5).map(|n| format!("<div>{headline}{reviewed}</div>").replace('#', &n.to_string())).collect();
    let page = format!(
        "{head}<div class=story>{PROSE}{cards}<p>{}</p></div>",
        "It is the best of them all. ".repeat(5)
    );
    assert!(beside(&page).len() > 4, "the article goes on below them");
}

#[test]
fn what_leads_to_another_text_is_left_out() {
    let link = "<a href=/a>A bridge of glass is to be built</a>";
    let page = format!("<div>{PROSE}<p>SOMA FUTHI | {link}</p><p>Read this: {link}</p></div>");
    assert_eq!(beside(&page), Vec::<String>::new());
    let said = format!("<p>One thing is sure: {link} in the next town.</p>");
    let told = "<p>His advice to all: <a href=/b>read the whole paper before you speak</a></p>";
    let asked = "<p><a href=/holm>The engineer Eva Holm</a>: Is the old bridge safe now?</p>";
    assert_eq!(beside(&format!("<div>{PROSE}{said}{told}{asked}</div>")).len(), 3);
}

#[test]
fn headings_of_nothing_at_the_end_are_left_out() {
    let cards = "<h2>Our picks</h2><div><h3>The old mill</h3></div><div><h3>The weir</h3></div><p>Paper</p>";
    assert_eq!(beside(&format!("<div>{PROSE}{cards}</div>")), Vec::<String>::new());
    let steps = "<h2>Tools</h2><ul><li>Rope<li>Lime<li>A saw</ul><h2>Stone</h2><p>None.</p>";
    assert_eq!(beside(&format!("<div>{PROSE}{steps}</div>")).len(), 6);
    let said = "<h2>One arch is sound.</h2><h2>The other arch of the old bridge is not sound at all.</h2><p>So it is.</p>";
    assert_eq!(beside(&format!("<div>{PROSE}{said}</div>")).len(), 3);
}

#[test]
fn what_only_looks_like_furniture_is_kept() {
    let parts = [
        "<div class=photo-block><img><p>The first arch was built by two brothers, who never spoke to each other again after the last stone was laid.</p><p>The second came later, when one of them had left the town and the other had lost his voice in the winter of that year, and it was made of brick.</p></div>",
        "<p class=article-teaser>As was <a href=/a>said before</a>, the bridge is shut, and it will stay so.</p>",
        "<div class=article-meta><p>The bridge that half the town walks over will not open this year.</p></div>",
        "<p>In jedem dritten Pfeiler wurden bei der Prüfung Fehler gefunden.</p>",
        "<p>He signed every stone of the bridge with © Holm.</p>",
        "<p>“We went home at night. Image by image it came back”</p>",
        "<p>Mit Informationen der Polizei deckt sich das nicht.</p>",
    ];
    for part in parts {
        assert!(!beside(&format!("<body><div class=story>{PROSE}{part}</div></body>")).is_empty(), "{part}");
    }
    let offer = "<p class=paywall>To go on with this text you need to be one of our readers.</p>";
    let arches: String =
        (1..9).map(|n| format!("<p>Arch {n} of the bridge is sound, an engineer said.</p>")).collect();
    let page = format!("<body><div>{PROSE}{arches}{offer}</div></body>");
    assert!(beside(&page).iter().all(|text| text.starts_with("Arch")));
    let free = r#"<script type="application/ld+json">{"@type":"NewsArticle","hasPart":
        {"isAccessibleForFree":true,"cssSelector":".newsletter"}}</script>"#;
    let letter = "<div class=newsletter><p>Get our letter every morning, free of charge, as long as you like.</p></div>";
    assert_eq!(beside(&format!("{free}<div>{PROSE}{letter}</div>")), Vec::<String>::new());
    let title = "<title>How to mend an old bridge</title><h2>How to mend a bridge</h2>";
    assert_eq!(beside(&format!("{title}{PROSE}"))[0], "How to mend a bridge");
    let below = format!(
        "<title>How to mend an old bridge</title><div>{PROSE}<h2>How to mend a bridge</h2>{PROSE}</div>"
    );
    assert_eq!(beside(&below)[0], "How to mend an old bridge");
}

#[test]
fn a_headline_with_its_section_is_the_title() {
    let head = "<title>Old bridge stays shut until spring - The Paper</title>";
    let page = format!("{head}<div><h2>Rivers: Old bridge stays shut until the spring</h2>{PROSE}</div>");
    assert_eq!(beside(&page), ["Rivers: Old bridge stays shut until the spring"]);
}

#[test]
fn what_opens_and_closes_a_page_is_left_out() {
    let head = r#"<meta name=author content="Eva Holm"><h1>Shut until spring</h1>"#;
    let lead = "<p>“It is <a href=/a>the old bridge, and</a> <a href=/b>its arch</a>.”</p>";
    let page = format!(
        "{head}<h3>Updated 3 May 2021 at 9:15</h3>{lead}<h2>Shut until spring</h2>{PROSE}\
         <p>Our writer Eva Holm teaches at the old mill.</p><p>Atradāt kļūdu? Nospiediet Ctrl+Enter!</p>"
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
