//! What stands around an article, told by the words of short blocks.

use crate::text::Role;

/// Whether a short block is a label, a credit, a link to more, or the like. The label of a paragraph may
/// have a count; in a table's row or a heading the numbers are what is said.
pub(super) fn is_furniture_text(text: &str, role: Role) -> bool {
    let words = text.split_whitespace().take(41).count();
    let said = text.trim_matches(|c: char| !c.is_alphanumeric());
    let said = if words <= 40 { said.to_lowercase() } else { return false };
    let label = match role {
        Role::Paragraph => said.trim_matches(|c: char| !c.is_alphabetic()),
        _ => &said,
    };
    is_credit(text, &said)
        || is_line_of_facts(text)
        || phrases(&LABELS).any(|known| known == label)
        || words <= 24 && phrases(&OPENERS).any(|opener| begins(&said, opener))
        || words <= 8 && phrases(&SHORT_OPENERS).any(|opener| begins(&said, opener))
}

/// Whether a block at a page's end thanks, asks to follow or to subscribe, or tells who pays.
pub(super) fn is_closing_text(text: &str) -> bool {
    let short = text.split_whitespace().nth(45).is_none();
    let said = if short { text.to_lowercase() } else { return false };
    let mut sentences = said.split(['.', '!', '?', ';', '(']).map(str::trim_start);
    phrases(&CLOSERS).any(|closer| said.contains(closer))
        || sentences.any(|sentence| phrases(&CLOSING).any(|opener| begins(sentence, opener)))
}

/// Whether a short block asks to subscribe or to follow: "Sign up for our newsletter."
pub(super) fn is_invitation(text: &str) -> bool {
    let short = text.split_whitespace().nth(45).is_none();
    let said = if short { text.to_lowercase() } else { return false };
    let asks = |sentence: &str, verbs: &[&'static str], to: &[&'static str]| {
        phrases(verbs).any(|verb| begins(sentence.trim_start(), verb))
            && phrases(to).any(|to| sentence.contains(to))
    };
    said.split_inclusive(['.', '!', '?', ':'])
        .any(|sentence| asks(sentence, &SIGNS_UP, &LETTERS) || asks(sentence, &FOLLOWS, &NETWORKS))
}

/// Whether a short block breaks off to lead to another text.
pub(super) fn is_teaser(text: &str) -> bool {
    if text.split_whitespace().nth(60).is_some() {
        return false;
    }
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = phrases(&MORE).find_map(|more| text.strip_suffix(more));
    before.is_some_and(|before| before.trim_end().ends_with(|c: char| !c.is_alphanumeric() && c != ','))
}

/// The number among how many that a block begins with: "3/50 The harbour".
pub(super) fn slide(text: &str) -> Option<(u16, u16)> {
    let (nth, of) = text.split_whitespace().next()?.split_once('/')?;
    Some((nth.parse().ok()?, of.parse().ok()?))
}

/// Whether a block heads what comes next: "Sources:".
pub(super) fn is_lead_in(text: &str) -> bool {
    text.ends_with([':', '：']) && text.len() < 80 && text.split_whitespace().nth(8).is_none()
}

/// "More from The Paper", by the name of its site.
pub(super) fn heads_more_of(text: &str, site: &str) -> bool {
    let before = text.strip_suffix(site).filter(|before| !site.is_empty() && before.ends_with(' '));
    let before = before.map(|before| before.trim_end().to_lowercase());
    before.is_some_and(|before| phrases(&MORE_OF).any(|more| more == before))
}

/// Whether a block is an address of mail or of a page, and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let only = !text.contains(char::is_whitespace);
    only && text.contains('.') && text.contains(['@', '/'])
}

/// Whether a block says who its author is: "Our reporter Eva Holm is …".
pub(super) fn is_about(text: &str, author: &str) -> bool {
    let titled = |before: &str| {
        let first = before.split_whitespace().next().unwrap_or_default().to_lowercase();
        first.is_empty() || phrases(&OURS).any(|ours| ours == first)
    };
    let early = |(before, after)| (titled(before) && before.len() <= LONGEST_TITLE).then_some(after);
    let after = text.split_once(author).filter(|_| author.contains(' ')).and_then(early);
    let word = after.and_then(|after| after.strip_prefix([' ', ','])?.split_whitespace().next());
    word.is_some_and(|word| phrases(&ABOUT).any(|about| about == word))
}

/// Bytes of what an author is called before the name.
const LONGEST_TITLE: usize = 40;

/// How that begins.
const OURS: [&str; 1] =
    ["dr | dr. | nostra | nostro | notre | nuestra | nuestro | our | prof | prof. | unser | unsere"];

fn phrases<'a>(table: &[&'a str]) -> impl Iterator<Item = &'a str> {
    table.iter().flat_map(|language| language.split(" | "))
}

/// Whether a text begins with these words and does not go on in the last of them.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// "4 May 2020 | Politics | 3 comments"
fn is_line_of_facts(text: &str) -> bool {
    text.matches(['|', '•', '·']).count() >= 2 && !text.ends_with(['.', '!', '?'])
}

/// "(Photo: Agency)" or "The bridge. Photo: Agency" at the end, or "Photo: Agency" at the beginning.
fn is_credit(text: &str, said: &str) -> bool {
    let bracketed = text.trim_end_matches('.').strip_suffix([')', ']']);
    let last = bracketed.and_then(|text| text.rsplit(['(', '[']).next()).unwrap_or_default().to_lowercase();
    let colon = |rest: &str| {
        let rest = rest.trim_start_matches('s').trim_start();
        rest.starts_with([':', '/', '|', '©']) || rest.starts_with("by ") || rest.starts_with("credit")
    };
    let named = |credit: &str, text: &str| text.strip_prefix(credit).is_some_and(colon);
    phrases(&CREDITS).any(|credit| begins(&last, credit) || named(credit, said)) || ends_in_credit(text)
}

/// "The bridge at dawn. Photo: Agency", "The bridge at dawn © Agency"
fn ends_in_credit(text: &str) -> bool {
    if text.ends_with(['.', '!', '?', '"', '”', '’', '»', '“']) {
        return false;
    }
    let behind = text.rsplit_once(['.', '!', '?', '|']).map(|(_, behind)| behind.trim().to_lowercase());
    let is_named =
        |behind: &str, credit| behind.strip_prefix(credit).is_some_and(|rest| rest.starts_with(':'));
    behind.is_some_and(|behind| phrases(&CREDITS).any(|credit| is_named(&behind, credit)))
        || text.rsplit_once('©').is_some_and(|(_, whose)| whose.split_whitespace().nth(6).is_none())
}

const CREDITS: [&str; 1] = [
    "abbildung | bild | bildquelle | bildrechte | credit | crédit photo | foto | fotocredit | fotografía | fotografia | image | image source | imagen | photo | photo credit | photo source | pic | picture | via",
];

/// Blocks that say nothing else, by language.
const LABELS: [&str; 8] = [
    "ad | advert | advertisement | advertising | also read | article continues below | caption | close | comment | comments | continue | don't miss | don’t miss | explore further | image | like this | likes | loading | min read | more | no comments | pages | photo | print | quick view | share | share this | shares | sponsored | supported by | tweet | up next | video | views | watch now",
    "anzeige | anzeigen | auch interessant | aufrufe | ende der weiteren informationen | drucken | externer inhalt | foto | kommentare | kommentieren | passend zum artikel | schließen | schon gelesen | seiten | siehe auch | teilen | weitere informationen | werbung | zusatzinformationen",
    "fermer | partager | publicité | à découvrir",
    "cerrar | compartir | noticia relacionada | noticias relacionadas | para saber más | publicidad",
    "chiudi | condividi | pubblicità",
    "advertentie | delen | reclame",
    "fechar | publicidade",
    "czytaj więcej | iklan | reklam | reklama | реклама | annons | annonse",
];

/// What is in short blocks that close a page, by language.
const CLOSERS: [&str; 6] = [
    // Sites in many languages ask for slips of the pen so.
    "ctrl+enter | ctrl + enter",
    "contributed reporting | contributed to this article | contributed to this report | contributed to this story | sign up for | sign up here | sign up to | subscribe here | newsletter | follow us on | on facebook, twitter | on facebook and twitter | on twitter and facebook | letters to the editor | to your inbox | click here for | click here to | additional reporting by | get in touch with our news team | for more stories like this | affiliate link | affiliate commission | subject to copyright | like this story? | like this article? | share this article | share this story | to contact the reporter | to contact the author | to contact the editor | article helpful? | on google news | this article was first published | this article was originally published | this helpful? | moderating all comments",
    "unseren newsletter | auf google news | in unserem liveblog | folgen sie uns | folge uns auf | klicken sie hier | artikel ist zuerst | artikel erschien zuerst | fehler gefunden? | ihr feedback zu diesem | eine provision | artikel teilen | artikel gefallen | dieser beitrag wurde am | der beitrag wurde am",
    "notre newsletter | suivez-nous | abonnez-vous | cliquez ici",
    "nuestro boletín | nuestra newsletter | síguenos | suscríbete | haz clic aquí",
    "nostra newsletter | seguici su | iscriviti | clicca qui",
];

/// How sentences begin in such blocks.
const CLOSING: [&str; 2] = [
    "editing by | follow her on | follow him on | follow me on | full coverage of | our standards: | reporting by | share it with | with reporting by",
    "aus dem englischen von | mit agenturmaterial | redaktion: | sendung: | übersetzung:",
];

/// How sentences begin that ask to subscribe, by language.
const SIGNS_UP: [&str; 5] = [
    "get our | get the | join | register | sign up | subscribe",
    "abonniere | abonnieren sie | melde dich | melden sie sich",
    "abonnez-vous | inscrivez-vous | rejoignez",
    "suscríbete | suscríbase | únete",
    "iscriviti",
];

/// What to.
const LETTERS: [&str; 2] = ["newsletter | your inbox", "boletín"];

/// How sentences begin that ask to follow, by language.
const FOLLOWS: [&str; 5] = [
    "follow us | follow me | follow him | follow her | follow our | like us | subscribe to us",
    "folge uns | folgen sie uns | folgt uns",
    "suivez-nous",
    "síguenos",
    "seguici",
];

/// Where.
const NETWORKS: [&str; 5] = [
    "on facebook | on twitter | on instagram | telegram | whatsapp | youtube",
    "auf facebook | auf twitter | auf instagram",
    "sur facebook | sur twitter | sur instagram",
    "en facebook | en twitter | en instagram",
    "su facebook | su twitter | su instagram",
];

/// What teasers end with, by language.
const MORE: [&str; 7] = [
    "Read more | Read More | Read on | Continue reading | Continue Reading | Read full article | Read the full story",
    "Weiterlesen | weiterlesen | Mehr lesen | Mehr erfahren",
    "Lire la suite | En savoir plus | Lire plus",
    "Leer más | Seguir leyendo | Saber más",
    "Leggi tutto | Continua a leggere | Leggi di più",
    "Lees meer | Lees verder | Leia mais",
    "Czytaj więcej | czytaj więcej",
];

/// What stands before a site's name over a list of its articles, by language.
const MORE_OF: [&str; 4] = [
    "latest from | latest in | latest on | latest stories from | more | more from | more in | more on | more stories from | most read on | the latest from",
    "aktuelles von | mehr | mehr aus | mehr bei | mehr von | neues von",
    "plus d'articles de | à lire sur",
    "más de | más en | altro da",
];

/// What follows an author's name where it is said who that is, by language.
const ABOUT: [&str; 4] = [
    "a | an | covers | has | is | reports | teaches | the | was | works | writes",
    "arbeitet | ist | schreibt",
    "est | écrit",
    "es | escribe | è",
];

/// How blocks of at most 24 words begin that lead elsewhere, by language.
const OPENERS: [&str; 7] = [
    "all rights reserved | already a subscriber | also read | citation | click here | continue reading | copyright | filed under | follow us | get the latest | if you enjoyed | join our | last updated | latest posts by | now watch | log in | no ratings | photo credit | posted by | posted in | posted on | published at | published on | read also | read more | read next | read the original article | receive the latest | sign in | sign up | skip to | try refreshing your browser | we apologize, but this video has failed | source | subscribe | suggested citation | to continue reading | to read the full story | this document is subject to copyright | this entry was posted | updated at | updated on | view comments",
    "aktualisiert | alle rechte vorbehalten | an dieser stelle finden sie einen externen | an dieser stelle findest du einen externen | anzeige | beitragsbild | das könnte dich auch | das könnte sie auch | du kannst ihn dir mit einem klick | ein klick für den datenschutz | empfehlungen | empfohlener externer inhalt | empfohlener redaktioneller inhalt | folge uns | folgen sie uns | hier klicken | ich bin damit einverstanden, dass mir | jetzt abonnieren | klicken sie | lesen sie auch | lesen sie hier | lesen sie mehr | mehr dazu | mehr zum thema | noch keine bewertungen | personenbezogene daten können | quelle | schlagwörter zu diesem | um deine persönlichen daten zu schützen | um ihre persönlichen daten zu schützen | verfasst von | veröffentlicht am | weiterlesen",
    "abonnez-vous | crédit photo | crédits photos | lire aussi | mis à jour | publié le | suivez-nous | à lire aussi",
    "actualizado | le puede interesar | lea también | lee también | leer también | publicado el | suscríbete | síguenos | te puede interesar",
    "iscriviti | leggi anche | seguici",
    "lees ook | lees meer | volg ons",
    "leia também | leia mais | assine",
];

/// The same of at most eight words, where a longer sentence might well begin so.
const SHORT_OPENERS: [&str; 3] = [
    "further reading | learn more | more about | more from | more in | more on | published | related | see also | see more | tag | tags | tell us what you think | updated | view all | view more | you may also like | you might also like",
    "mehr aus | mehr von | mehr zu | mehr zur | mehr über | weiterführende | weitere aktuelle | weitere artikel | weitere themen | weitere tipps",
    "sur le même sujet | à voir aussi | sobre el mismo tema | más sobre | per approfondire | zie ook",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_and_teasers() {
        let asks = ["Curious? Sign up for our free newsletter.", "Folgen Sie uns auf Instagram!"];
        let tells = [
            "He asked his friends to follow him on Twitter.",
            "Follow these rules that were shared on Twitter.",
            "Join the group on WhatsApp by tapping the link.",
            "Register by 5 May via WhatsApp or at the town hall.",
        ];
        assert!(asks.into_iter().all(is_invitation) && !tells.into_iter().any(is_invitation));
        assert!(is_lead_in("See also:") && !is_lead_in("Nobody knows why."));
        let teasers = ["The mill is to close … Read more »", "Die Mühle schließt. [Weiterlesen]"];
        let texts = ["She would like to read more", "Children of today, he said, read on"];
        assert!(teasers.into_iter().all(is_teaser) && !texts.into_iter().any(is_teaser));
    }

    #[test]
    fn texts() {
        let furniture = [
            "Advertisement",
            "ADVERTISEMENT:",
            "Read more: What the council decided",
            "Lesen Sie auch: Was der Rat beschloss",
            "The harbour at dawn (Photo: Anna Field)",
            "Photos: Anna Field",
            "3 May 2021 | Local | 4 comments",
            "More from this author",
            "Pages: 1 2 3",
            "37 views",
        ];
        for text in furniture {
            assert!(is_furniture_text(text, Role::Paragraph), "{text}");
        }
        let article = [
            "Sign-ups doubled in a year.",
            "Sources close to the minister denied it.",
            "More about the plan was said in the evening, when the mayor met the press in the old town hall.",
            "Photography was her first love.",
            "He left (via the back door) at noon.",
            "The choice is his | hers.",
        ];
        for text in article {
            assert!(!is_furniture_text(text, Role::Paragraph), "{text}");
        }
        assert!(
            !is_furniture_text("Print, 45%", Role::Row) && is_furniture_text("Advertisement", Role::Heading)
        );
    }

    #[test]
    fn what_closes_a_page() {
        let closes = ["(Reporting by the agency; editing by the desk)", "Follow her on Twitter."];
        let tells = [
            "He hopes to share it with his grandchildren.",
            "The inquiry followed reporting by the paper.",
            "The court struck out the provision.",
        ];
        assert!(
            is_about("Eva Holm is our writer.", "Eva Holm")
                && is_about("Our own Eva Holm teaches there.", "Eva Holm")
        );
        for told in
            ["It was in the end only Eva Holm who was there.", "Then Eva Holm was silent for a while."]
        {
            assert!(!is_about(told, "Eva Holm"), "{told}");
        }
        assert!(closes.into_iter().all(is_closing_text) && !tells.into_iter().any(is_closing_text));
    }
}
