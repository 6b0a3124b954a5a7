//! Words by which sentences are told apart, a table a language.

/// Lists are words with spaces between; abbreviations stand without their last stop, and one that
/// is written small may have a capital, too.
#[derive(Debug)]
pub(super) struct Words {
    /// ISO 639 codes.
    pub(super) codes: &'static str,
    /// Abbreviations after which more always comes: titles, "e.g.".
    pub(super) names: &'static str,
    /// Abbreviations before numbers.
    pub(super) numbered: &'static str,
    /// Other abbreviations: after them a sentence ends where one of the openers follows. One letter,
    /// letters with stops between them and words without vowels need not be named.
    pub(super) short: &'static str,
    /// Words that hardly stand within a sentence with a capital, without what follows an apostrophe.
    pub(super) openers: &'static str,
    /// Whether a number with a stop is an ordinal.
    pub(super) ordinals: bool,
    /// Words before an ordinal.
    pub(super) before_ordinals: &'static str,
    /// Words with a capital after an ordinal.
    pub(super) after_ordinals: &'static str,
    /// Stops that are none elsewhere.
    pub(super) stops: &'static str,
    /// Whether "r" and "l" make syllables: "Brno", "vlk".
    pub(super) liquid: bool,
}

/// What all languages share, as names and companies travel.
pub(super) const COMMON: Words = Words {
    codes: "",
    names: "Mr Mrs Ms Mx Dr Prof cf vs",
    numbered: "no No N° n° nr Nr p pp",
    short: "Jr Sr Inc Ltd Co co Corp Bros al",
    openers: "",
    ordinals: false,
    before_ordinals: "",
    after_ordinals: "",
    stops: "",
    liquid: false,
};

/// Languages that have words of their own.
pub(super) const LANGUAGES: [Words; 19] = [
    Words {
        codes: "en",
        names: "Messrs Drs Profs Gen Gens Lt Col Maj Capt Cpt Cmdr Cdr Brig Adm Sgt Cpl Pvt Supt Insp Det \
                Sec Sen Sens Rep Reps Gov Govs Pres Amb Hon Rev Revd Msgr Cllr Mt Ft Atty Asst Assoc Dep Lieut \
                e.g i.e viz incl excl esp approx",
        numbered: "A.D nos Nos vol vols fig figs ch chs sec secs art arts para paras Reg Regs Dir Res ver ca c tel ext eq nr min max \
                   Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec",
        short: "Cos Plc Assn Dept dept Univ Ave Blvd Rd Sq St Hwy Esq al ed eds est govt Govt Mon Tue Tues \
                Wed Thu Thur Thurs Fri Calif Ariz Fla Conn Mich Minn Wis Tex Okla Colo Ala Ark Del Ore",
        openers: "I You He She It We They The A An This That These Those There Here His Her Its Our Their My \
                  Your What When Where Who Whom Whose Why Which How If But And So Or Yet Nor As At In On For \
                  From With Without By To Of After Before Since While Although Though However Meanwhile Then \
                  Now Not No Yes Some Many Most All Both Each Every Another Other Such Did Do Does Is Are Was \
                  Were Has Have Had Can Could Would Should Please Let Also Even Still Just Only Once During \
                  Despite Because Unlike Until According Nobody Nothing Everyone Someone Today Yesterday \
                  Tomorrow Later Earlier Last",
        ..COMMON
    },
    Words {
        codes: "de lb",
        names: "Hr Hrn Fr Frl Dipl Mag Ing St Hl hl Abg Bgm Sr Kard Gebr Hg z.B u.a d.h i.d.R sog gen bzw inkl exkl \
                zzgl vgl insb bes mind max ca s.a a.d gem Az Urt med jur phil rer nat habil",
        numbered: "Abs Art Bd Kap S Tel Str str Ziff Anm Abb Tab Hrsg geb gest verh gegr",
        short: "Mio Mrd Tsd evtl ggf ggü Vj stellv ehem Red allg verst Std Sek Min Jan Febr Feb Apr Aug \
                Sept Okt Nov Dez Mo Di Mi Do Sa Univ Verf Aufl Ausg Ges Abt",
        openers: "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Man Dies Diese Dieser \
                  Dieses Diesen Dort Hier Da Dann Doch Aber Und Oder Denn Auch Noch Nun Nur So Wie Was Wer Wo Wann \
                  Warum Wenn Weil Als Ob Obwohl Während Nach Vor Seit Bei Mit Ohne Für Gegen Auf An Am Im In Aus \
                  Von Vom Zu Zum Zur Über Unter Um Bis Durch Zwar Zudem Außerdem Dabei Damit Dafür Dagegen Daher \
                  Darum Deshalb Trotzdem Jedoch Allerdings Heute Gestern Morgen Jetzt Später Sein Seine Seinen Ihre \
                  Ihren Unser Unsere Mein Meine Kein Keine Alle Viele Einige Beide Jeder Jede Nicht Ist Sind War \
                  Waren Hat Haben Hatte Wird Kann Laut",
        ordinals: true,
        before_ordinals: "der die das dem den des am im vom zum zur beim ab bis seit dieser dieses diesem diesen \
                          jeder jedes jedem jeden mein meinem meinen sein seine seinem seinen seiner ihr ihre ihrem \
                          ihren ihrer unser unserem unseren ein eine einem einen einer",
        after_ordinals: "Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Januar Jänner Februar März April Mai \
                         Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts \
                         Jahrhunderte Jahrtausend Jahrtausends Bundesliga Liga FC FSV FFC SC SV TSV VfB VfL BC CfR \
                         Platz Klasse Spieltag Minute Etage Stock Lebensjahr Geburtstag Todestag Jahrestag Weltkrieg \
                         Runde Etappe Auflage Kapitel",
        ..COMMON
    },
    Words {
        codes: "fr",
        names: "M MM Mme Mmes Mlle Mlles Me Mgr St Ste Pr p.ex ex env av l'av pl",
        numbered: "art chap fig vol t tél max min janv févr avr juil sept oct nov déc ap apr",
        short: "éd ét coll hab bd boul dép",
        openers: "Le La Les L Un Une Des Du De Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je Tu Mais Et Ou Or \
                  Donc Car Si Quand Lorsque Comme Alors Aussi Ainsi Puis Pour Par Dans Sur Sous Avec Sans Chez En \
                  Au Aux À Après Avant Depuis Pendant Selon Son Sa Ses Leur Leurs Mon Ma Mes Notre Votre Nos Qui \
                  Que Quel Quelle Où Pourquoi Comment Tout Tous Toutes Plusieurs Certains Aucun Cependant Toutefois \
                  Pourtant Enfin Ensuite Hier Aujourd Demain Ici Là Ne Pas Est C D J N Qu S",
        ..COMMON
    },
    Words {
        codes: "es gl",
        names: "Sr Sra Srta Sres Sras D Dn Dña Dra Lic Ing Arq Gral Cnel Excmo Excma Ilmo Ilma Bco Mons Fr Sto Sta p.ej ej \
                Ud Uds Vd Vds Profa EE FF JJ RR",
        numbered: "núm núms art arts cap fig pág págs vol tel ext máx mín min ene feb abr jul ago sept oct nov dic",
        short: "Admón admón Cía Av Avda Dpto aprox UU AA OO HH",
        openers: "El La Los Las Lo Un Una Unos Unas Este Esta Estos Estas Ese Esa Eso Esto Él Ella Ellos Ellas Yo \
                  Nosotros Usted Ustedes Se Me Te Nos Le Les Pero Y O Ni Si Cuando Como Aunque Porque Mientras \
                  Entonces También Además Así Ya No Sí Por Para Con Sin En De Del Al A Ante Bajo Desde Hasta \
                  Entre Según Sobre Tras Durante Su Sus Mi Mis Nuestro Nuestra Qué Quién Cómo Cuándo Dónde Todo \
                  Todos Todas Muchos Algunos Otro Otra Hoy Ayer Mañana Allí Aquí Es Era Fue Hay Había",
        ..COMMON
    },
    Words {
        codes: "it",
        names: "Sig sig Sigg Sig.ra Sig.na Sigg.ri Dott dott Dott.ssa Avv avv Ing ing Arch Geom Rag On on Sen Gen \
                Col Cap Mons S SS Prof.ssa p.es es ecc.mo",
        numbered: "n art artt cap fig pag pagg vol tel sec lun mar mer gio ven sab dom",
        short: "amm meteor Soc Spett",
        openers: "Il Lo La I Gli Le Un Uno Una L All Dall Dell Nell C Questo Questa Questi Queste Quello Quella Egli Lui Lei Loro Noi \
                  Voi Io Tu Si Ci Ma E Ed O Se Quando Come Perché Mentre Anche Poi Così Già Non Sì Per Con Senza \
                  In Nel Nella Di Del Della Da Dal Dalla A Al Alla Tra Fra Su Sul Sulla Dopo Prima Secondo Chi Che \
                  Cosa Dove Oggi Ieri Domani Tutti Molti Alcuni È Era Sono Ha",
        ..COMMON
    },
    Words {
        codes: "pt",
        names: "Sr Sra Srs Sras Srta D Dra Drs Prof Profa Eng Exmo Exma Gen Cel Cap Sen Dep Sto Sta p.ex ex",
        numbered: "núm art arts cap fig pág págs vol tel",
        short: "Av Cia Ltda aprox a.C d.C",
        openers: "O A Os As Um Uma Este Esta Esse Essa Isto Isso Ele Ela Eles Elas Eu Nós Você Mas E Ou Se Quando \
                  Como Embora Porque Enquanto Então Também Além Assim Já Não Sim Por Para Com Sem Em No Na Nos Nas \
                  De Do Da Dos Das Ao À Entre Segundo Sobre Após Durante Seu Sua Seus Suas Meu Minha Quem Que Onde \
                  Hoje Ontem Todos Muitos Alguns É Era Foi Há",
        ..COMMON
    },
    Words {
        codes: "nl af",
        names: "dhr mevr mw drs ir ing mr prof St H.H bijv bv nl resp o.a d.w.z t.a.v",
        numbered: "nr blz art hfst afb fig tel jan febr mrt apr aug sept okt nov dec",
        short: "ca incl excl min max evt m.b.t N.V B.V vnw aanw bn zn ww",
        openers: "De Het Een Dit Dat Deze Die Hij Zij Ze Wij We Ik Jij Je U Er Maar En Of Want Als Toen Omdat Hoewel \
                  Terwijl Dan Dus Ook Nog Nu Niet Ja Nee In Op Aan Bij Met Zonder Voor Tegen Na Sinds Tot Van Uit \
                  Over Onder Door Volgens Zijn Haar Hun Ons Onze Mijn Wie Wat Waar Wanneer Waarom Hoe Alle Veel \
                  Sommige Vandaag Gisteren Morgen Is Was Heeft",
        ..COMMON
    },
    Words {
        codes: "da no nb nn",
        names: "hr fr frk Hr Fr St Skt dir prof dvs bl.a f.eks",
        numbered: "nr kap fig tlf s jan febr feb apr aug sept okt nov dec",
        short: "ca evt ekskl inkl mio mia kl kr pga mht adv",
        openers: "Den Det De Der En Et Han Hun Vi Jeg Du I Dette Denne Disse Her Men Og Eller Hvis Når Da Fordi Selv \
                  Så Også Nu Ikke Ja Nej På Til Fra Med Uden For Mod Efter Før Siden Under Over Ved Om Af Ifølge \
                  Hans Hendes Deres Vores Min Hvem Hvad Hvor Hvornår Hvorfor Hvordan Alle Mange Nogle I Er Var Har",
        ordinals: true,
        before_ordinals: "den det de d til på fra af i hans hendes deres vores",
        after_ordinals: "Januar Februar Marts April Maj Juni Juli August September Oktober November December",
        ..COMMON
    },
    Words {
        codes: "sv",
        names: "hr fr St prof dir bl.a t.ex d.v.s dvs",
        numbered: "nr kap fig tel s jan febr feb apr aug sept okt nov dec",
        short: "ca ev exkl inkl milj kl kr bl fr.o.m t.o.m m.m",
        openers: "Den Det De Där En Ett Han Hon Vi Jag Du Ni Detta Denna Dessa Här Men Och Eller Om När Då Eftersom \
                  Så Också Nu Inte Ja Nej På Till Från Med Utan För Mot Efter Före Sedan Under Över Vid Av Enligt \
                  Hans Hennes Deras Vår Min Vem Vad Var Varför Hur Alla Många Några I Är Har",
        ..COMMON
    },
    Words {
        codes: "fi et",
        names: "esim ns mm prof tri",
        numbered: "nro s puh klo",
        short: "ks eKr jKr milj mrd noin ts yms",
        openers: "Se Ne Hän He Minä Sinä Me Te Tämä Nämä Tuo Mutta Ja Tai Jos Kun Koska Vaikka Sitten Myös Nyt Ei \
                  Kyllä Niin Kuka Mikä Missä Milloin Miksi Miten Kaikki On Oli",
        ordinals: true,
        ..COMMON
    },
    Words {
        codes: "pl",
        names: "prof gen płk mjr kpt por ks św im inż mec red tzw np tj m.in ul al pl hab med",
        numbered: "nr art ust pkt str rozdz rys tel t ok",
        short: "godz min sek tys mln mld bałt łac ang niem fr ros poł wyd red zob por wg r w",
        openers: "To Ten Ta Te Ci On Ona Ono Oni One Ja Ty My Wy Ale I A Lub Jeśli Gdy Kiedy Ponieważ Choć Więc \
                  Także Teraz Nie Tak W We Na Do Od Z Ze Po Przed Przez Dla Bez Przy Pod Nad Według Jego Jej Ich \
                  Kto Co Gdzie Dlaczego Jak Wszyscy Wiele Jest Był Była Są",
        ordinals: true,
        ..COMMON
    },
    Words {
        codes: "cs sk",
        names: "p pí sl Bc Ing ing Mgr MUDr JUDr RNDr PhDr doc prof gen plk mjr kpt sv Sv tzv tj napr např resp \
                mj tzn vč ul nám",
        numbered: "č str čl odst tel obr tab roč",
        short: "mil mld tis hod min sek Kč sro a.s s.r.o r st pol stol",
        openers: "To Ten Ta Tento Táto Toto On Ona Ono Oni My Vy Ja Já Ale A I Alebo Nebo Ak Když Keď Pretože \
                  Protože Hoci Tak Také Tiež Teraz Nie Ne Áno Ano V Vo Na Do Od Z Zo Ze Po Pred Před Pre Pro Bez Pri \
                  Při Pod Nad Podľa Podle Jeho Jej Její Ich Jejich Kto Kdo Čo Co Kde Kedy Kdy Prečo Proč Ako Jak \
                  Všetci Všichni Je Bol Byl Bola Byla Sú Jsou",
        ordinals: true,
        after_ordinals: "Január Január Januára Február Februára Marec Marca Apríl Apríla Máj Mája Jún Júna Júl Júla \
                         August Augusta September Septembra Október Októbra November Novembra December Decembra",
        liquid: true,
        ..COMMON
    },
    Words {
        codes: "sl hr bs sr mk",
        names: "g ga gđa gdin dr mr prof sv npr tj tzv oz ul",
        numbered: "br št čl st str tel",
        short: "mil mlrd tis god dr",
        openers: "To Ta Ti On Ona Ono Oni Mi Vi Ja Jaz Ali A I Pa Če Ako Kad Ko Ker Jer Tako Tudi Također Ne Da U V \
                  Na Iz Od Do Za Po Pred Pri S Sa Z O Po Prema Njegov Njen Njihov Kdo Tko Kaj Što Kje Gdje Kako Je \
                  Bio So Su",
        ordinals: true,
        liquid: true,
        ..COMMON
    },
    Words {
        codes: "hu",
        names: "dr ifj id özv Szt Prof pl",
        numbered: "sz o old kb tel",
        short: "kb ún ill vö",
        openers: "A Az Ez Ő Ők Én Te Mi Ti De És Vagy Ha Amikor Mert Bár Így Is Most Nem Igen Ki Hol Mikor Miért \
                  Hogyan Minden Sok Van Volt Egy",
        ordinals: true,
        ..COMMON
    },
    Words {
        codes: "tr az",
        names: "Dr Prof Doç Yrd Av Sn Hz Alb Gen Org",
        numbered: "No sf bkz tel",
        short: "vd mah cad sok",
        openers: "Bu Şu O Ben Sen Biz Siz Onlar Ama Ve Veya Eğer Çünkü Sonra Şimdi Hayır Evet Kim Ne Nerede Neden \
                  Nasıl Her Bir",
        ordinals: true,
        ..COMMON
    },
    Words {
        codes: "ru uk be bg kk",
        names: "им св ул пл пр просп проф акад гр тов доц инж ген полк напр т.е т.н гр-н",
        numbered: "стр с гл рис табл ст п пп тел кв д №",
        short: "руб долл тыс куб млн млрд гг вв обл ред изд см ср мин сек сб англ нем фр лат букв нар др пр т.б б.з.б",
        openers: "Это Этот Эта Эти Он Она Оно Они Я Ты Мы Вы Но А И Или Если Когда Потому Хотя Так Также Теперь Не \
                  Да Нет В Во На Из От До По За С Со Для Без При Под Над Перед После О Об Его Её Их Кто Что Где \
                  Почему Как Все Многие Был Была Це Він Вона Вони Ми Ви Але Та Або Якщо Коли Тому Ні Так У З Із Від \
                  Його Її Хто Що Де Чому Як Той Те Тя То Ние Вие",
        ..COMMON
    },
    Words {
        codes: "el",
        names: "κ κα κος δρ Δρ καθ π.χ δηλ βλ",
        numbered: "αρ σελ άρθρ τηλ",
        short: "εκ δισ μ.μ π.μ π.Χ μ.Χ κλπ.α",
        openers: "Ο Η Το Οι Τα Ένας Μια Ένα Αυτός Αυτή Αυτό Εγώ Εσύ Εμείς Αλλά Και Ή Αν Όταν Επειδή Τότε Τώρα Δεν \
                  Όχι Ναι Σε Στο Στη Στην Στον Από Με Για Προς Κατά Μετά Πριν Ποιος Τι Πού Πότε Γιατί Πώς Όλοι",
        stops: ";\u{37E}",
        ..COMMON
    },
    Words { codes: "hy", stops: ":", ..COMMON },
    Words {
        codes: "hi mr ne", names: "डॉ प्रो श्री पं मि कु सौ", short: "रु ई", ..COMMON
    },
];
