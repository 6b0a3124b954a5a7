//! Words of page furniture in English, German, French and Spanish: in lower case, without marks
//! at their ends, with straight apostrophes; a bar between two.

use super::furniture::Furniture::{
    self, Ad, Byline, Caption, Comments, Legal, Link, Promotion, Section, Share,
};

pub(super) type Table = [(Furniture, &'static str)];

/// Lines that are nothing else.
pub(super) const WHOLE: &Table = &[
    (
        Ad,
        "externer inhalt|external content|contenu externe|contenido externo|view this post on instagram|\
          sieh dir diesen beitrag auf instagram an|advertisement|advertisements|advert|ad|sponsored|\
          sponsored content|story continues below advertisement|continue reading the main story|\
          article continues below|anzeige|werbung|advertorial|publicité|annonce|publicidad|anuncio|\
          supported by|loading|image|photo|photos|gallery|video|play|play video|close|pause|mute|replay|\
          getty|getty images|reuters|ap|afp|dpa|view gallery|enlarge image|listen to article|\
          listen to this article|artikel anhören|écouter l'article|escuchar artículo",
    ),
    (
        Share,
        "facebook|twitter|x|google|google plus|linkedin|pinterest|reddit|whatsapp|telegram|instagram|\
             youtube|tumblr|flipboard|pocket|messenger|rss|buffer|pin|pin it|tweet|like|share|shares|\
             email|e-mail|mail|print|copy link|copy|link|save|bookmark|more|text size|teilen|merken|\
             drucken|twittern|kommentieren|partager|imprimer|envoyer|enregistrer|compartir|imprimir|\
             guardar|enviar|correo|comment|comment now",
    ),
    (
        Promotion,
        "subscribe|subscribe now|sign in|log in|login|log out|logout|register|sign up|newsletter|\
                 newsletters|donate|support us|join|abonnieren|jetzt abonnieren|anmelden|registrieren|\
                 s'abonner|abonnez-vous|se connecter|connexion|s'inscrire|suscríbete|suscribirse|\
                 iniciar sesión|regístrate|learn more|find out more",
    ),
    (
        Section,
        "related|related articles|related stories|related posts|related topics|related content|\
               related news|related tags|related links|read more|read next|more stories|more news|\
               more on this story|most read|most popular|most viewed|most shared|popular posts|popular|\
               trending|trending now|top stories|latest|latest news|latest posts|latest stories|\
               recent posts|recommended|recommended for you|you may like|you may also like|\
               you might also like|editor's picks|editors' picks|don't miss|more on|up next|next up|\
               also read|see also|topics|tags|filed under|categories|mehr zum thema|zum thema|\
               lesen sie auch|auch interessant|das könnte sie auch interessieren|meistgelesen|\
               meistgelesene artikel|weitere artikel|ähnliche artikel|schlagwörter|themen|\
               sur le même sujet|à lire aussi|lire aussi|à lire également|articles liés|les plus lus|\
               voir aussi|dernières nouvelles|sujets|noticias relacionadas|artículos relacionados|\
               relacionadas|te puede interesar|lo más leído|lo más visto|más noticias|más información|\
               también te puede interesar|temas|etiquetas|ver también|about the author|author|\
               über den autor|à propos de l'auteur|sobre el autor|post navigation|search|menu|sections|\
               something to consider|share this|関連記事|タグ|Теги|теги|метки|похожие записи|popular articles|\
               popular videos|관련기사|相关阅读",
    ),
    (
        Comments,
        "leave a reply|leave a comment|post a comment|add a comment|join the conversation|\
                join the discussion|view comments|show comments|comments are closed|kommentar schreiben|\
                kommentar verfassen|kommentar hinterlassen|kommentare|commentaires|\
                laisser un commentaire|comentarios|deja un comentario|deja una respuesta|\
                dejar un comentario|share your thoughts|コメント",
    ),
    (
        Link,
        "home|back|next|previous|skip to content|skip to main content|back to top|scroll back to top|\
            top|zur startseite|nach oben|zum inhalt springen|accueil|haut de page|inicio|contact|\
            contact us|kontakt|about us|about|impressum|comments|faq|terms|privacy|site map|sitemap|\
            careers|jobs|advertise",
    ),
];

/// How a line begins.
pub(super) const START: &Table = &[
    (
        Share,
        "share this|share on|share to|share via|share the|share it|share all|follow us|follow me on|\
             find us on|like us|tweet this|print this|auf facebook|auf twitter|per e-mail|folgen sie uns|\
             partager sur|partager cet|suivez-nous|compartir en|síguenos|click to share|like this:|\
             email this|follow @",
    ),
    (
        Link,
        "related:|read more:|see more:|see also:|also read:|also see:|read also:|more:|watch:|watch |\
            read:|read |must read:|recommended:|previous post|next post|previous article|next article|\
            next story|lesen sie auch:|lesen sie mehr:|mehr dazu:|mehr:|siehe auch:|lesen sie hier|\
            lire aussi|à lire aussi|voir aussi|lea también|lee también|leer más|ver también|vea también|\
            te puede interesar|le puede interesar|también puedes leer|view all|view the discussion|see all|see full|skip to|\
            go to",
    ),
    (
        Byline,
        "published|posted on|posted by|posted in|last updated|updated:|updated at|updated on|\
              first published|written by|publish date|reporting by|editing by|additional reporting|\
              veröffentlicht am|aktualisiert am|stand:|publié le|mis à jour le|publicado el|\
              actualizado el|publicado:|actualizado:|author:|autor:|auteur:",
    ),
    (
        Caption,
        "photo by|photograph by|photo:|photos:|photo credit|photograph:|image:|image credit|picture:|credit:|\
               credits:|foto:|fotos:|bild:|bildquelle|quelle:|crédit photo|crédits|fotografía:|imagen:|\
               file photo|file -|video:|(photo|(image|© ",
    ),
    (
        Section,
        "tags:|tags |topics:|filed under|filed in|categories:|category:|more from|more in |\
               more on |more stories|more on:|most read|most popular|related topics|related articles|\
               popular in|trending|keywords:|schlagworte:|themen:|mehr aus|mehr von|étiquettes|mots-clés|\
               plus de|etiquetas:|temas:|más en|más de |about the author|タグ|теги:",
    ),
    (
        Comments,
        "reply|reply to this|report abuse|report comment|leave a reply|leave a comment|\
                write a comment|add comment|post a comment|schreibe einen kommentar|\
                schreib einen kommentar|antworten|antwort verfassen|dein kommentar|ihr kommentar|\
                kommentieren sie|répondre|ajouter un commentaire|escribe un comentario|responder|\
                join the conversation|loading comments|please enable javascript to view the comments|\
                be the first to comment|share your thoughts|your email address will not be published|\
                save my name|notify me of|kommentar schreiben|schreiben sie einen kommentar|\
                ihre e-mail-adresse wird nicht|laisser un commentaire|votre adresse e-mail ne sera|\
                deja un comentario|deja una respuesta|tu dirección de correo|tell us what you think|\
                have your say",
    ),
    (
        Promotion,
        "subscribe to|subscribe for|subscribe today|sign up for|sign up to|sign up here|\
                 click here to subscribe|click here to|get the latest|get breaking|get more|get our|\
                 enter your email|to read the full|this article is for subscribers|already a subscriber|\
                 want more|support our|support independent|join our|download our|download the|\
                 enjoying this|enjoy this|if you enjoyed|jetzt anmelden|jetzt abonnieren|melden sie sich|\
                 abonnieren sie|weiterlesen mit|inscrivez-vous|abonnez-vous|recevez|suscríbete|\
                 suscríbase|regístrate|recibe|apúntate|follow the|no spam",
    ),
    (
        Legal,
        "copyright|©|all rights reserved|alle rechte vorbehalten|tous droits réservés|\
             todos los derechos|we use cookies|this site uses cookies|this website uses cookies|\
             by continuing to|by using this|by signing up|by submitting|wir verwenden cookies|\
             diese website|mit der nutzung|en poursuivant|ce site utilise|este sitio|usamos cookies|\
             utilizamos cookies|use of this site|use of and",
    ),
];

/// How the teaser of another article ends.
pub(super) const END: &str = "read more|continue reading|learn more|full story|mehr lesen|weiterlesen|mehr erfahren|zum artikel|\
     lire la suite|lire l'article|en savoir plus|leer más|seguir leyendo|sigue leyendo|saber más";

/// What hardly any article says of itself, anywhere in a line.
pub(super) const WITHIN: &Table = &[
    (
        Legal,
        "all rights reserved|alle rechte vorbehalten|tous droits réservés|\
             todos los derechos reservados|may not be reproduced|affiliate commission|©20|© 20|\
             registered trademark|are trademarks",
    ),
    (
        Promotion,
        "your inbox|our newsletter|this newsletter|daily newsletter|weekly newsletter|\
                 mailing list|unsubscribe|unseren newsletter|unserem newsletter|notre newsletter|\
                 nuestro boletín|nuestra newsletter|free trial|click here for|follow us on|follow him on|\
                 follow her on|on facebook and",
    ),
    (
        Byline,
        "contributed to this report|contributed reporting|contributed to this|reporting by|\
              opinions expressed",
    ),
    (
        Comments,
        "thoughts on “|responses to “|antworten zu|gedanken zu|kommentare zu|comments on “|\
                réponses à|erforderliche felder|required fields are marked|pseudonym are allowed",
    ),
];

/// Who is credited for a picture, near the end of its caption.
pub(super) const CREDIT: &str = "(photo|(image|(credit|(foto|(bild|(picture|(via |(file|photo:|photo by|photo credit|image credit|\
     credit:|credit...|credits:|foto:|bild:|crédit|getty images|/getty|/reuters|/ap)|via ap)|ap photo|\
     /afp|/dpa|/shutterstock|shutterstock)|imago|picture alliance|/epa|courtesy of|©|(reuters|(afp|(ap)|(efe|(dpa";

/// What readers write, as its count or heading names it.
pub(super) const COMMENT: &str =
    "comment|kommentar|commentaire|comentario|réponse|respuesta|antworten|replies|responses";

/// Words of notices about data and rights, of which an article may have one.
pub(super) const NOTICE: &str = "cookie|consent|personal data|personal information|privacy|terms of use|terms of service|\
     terms and conditions|nutzungsbedingungen|conditions d'utilisation|términos de uso|this website|\
     this site|our website|disclaimer|liab|warrant|haftung|responsib|registered|site|third part|\
     third-part|tracking|advertis|preferences|our site|your browser|our services|opt out|opt-out|gdpr|\
     data protection|legitimate interest|analytics|einwilligung|personenbezogen|datenschutz|\
     unsere website|ihren browser|drittanbieter|widerruf|consentement|données personnelles|vie privée|\
     notre site|votre navigateur|consentimiento|datos personales|privacidad|nuestro sitio|su navegador";

/// Months, weekdays and what else dates are made of.
pub(super) const DATE: &str = "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|\
     apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|\
     tue|tues|wed|thu|thur|thurs|fri|sat|sun|januar|februar|märz|mai|juni|juli|oktober|dezember|montag|\
     dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|janvier|février|mars|avril|juin|juillet|août|\
     septembre|octobre|novembre|décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|enero|\
     febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes|martes|\
     miércoles|jueves|viernes|sábado|domingo|am|pm|a.m|p.m|uhr|h|at|um|à|de|est|edt|pst|pdt|et|gmt|utc|\
     bst|cet|ist|mez|uk|ago|hours|published|updated|posted|aktualisiert|veröffentlicht|publié|publicado|\
     actualizado|on|st|nd|rd|th";

/// How long ago something was said.
pub(super) const AGO: &str = "minutes ago|hours ago|hour ago|days ago|day ago|weeks ago|week ago|months ago|month ago|years ago|\
     year ago|vor |il y a |hace ";

/// What names of authors follow.
pub(super) const BY: &str = "by |von |par |por ";

/// Each entry of a table by itself.
pub(super) fn entries(table: &'static Table) -> impl Iterator<Item = (Furniture, &'static str)> {
    table.iter().flat_map(|&(furniture, all)| each(all).map(move |word| (furniture, word)))
}

pub(super) fn each(all: &'static str) -> impl Iterator<Item = &'static str> {
    all.split('|')
}
