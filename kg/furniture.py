"""What pages paste around an article, as a table of rules: each with lines that it takes and lines that it leaves.

A rule speaks of one line of a page. `line` takes the line; `block` also the short lines below it (a heading "Related
stories" and its teasers), up to the next line that reads like prose; `tail` takes only what the pattern matches at the
line's end. The order is that of the table; the first rule that fits takes the line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_NAME = r"[A-ZÀ-Þ][\w'’.-]+"
_CREDITED = r"(?:photo(?:graph)?|picture|image|illustration|video|foto|pic|file photo|handout)s?"
_SAYS = (  # a credit that names a body, or a caption that tells what is seen, is part of the article
    r"\b(?:ministr|department|embassy|government|secretariat|commission|agreement|accord|treaty|pact|deal\b)|"
    r"\b(?:at|on|in|after|during|with|before|outside|near) (?:the|an?|his|her|their)\b|\b(?:signs?|signed|signing|shakes?|meets?|greets?|speaks?)\b"
)
_AGENCY = (
    r"(?:AFP|AP|Reuters|REUTERS|ANI|PTI|IANS|UNI|Xinhua|XINHUA|Bernama|BERNAMA|ANTARA|Antara|TASS|DPA|dpa|EFE|ANSA|KUNA|WAM|SPA|QNA|MENA|APP|NAN|GNA|VNA|BSS|CNA|"
    r"EPA(?:-EFE)?|AP Photo|Getty Images|Shutterstock|Agencies|AGENCIES)"
)
_NETWORK = r"(?:facebook|twitter|x|whatsapp|linkedin|telegram|reddit|messenger|wechat|weibo|pinterest|instagram|youtube|flipboard|tiktok|threads|bluesky|mastodon|viber|google news)"
_SHARE = rf"(?:share|tweet|e-?mail|print|save|copy link|{_NETWORK}|comments?|bookmark|listen|gift|link|sms|more|pin|follow|like|this article|this story|this page|this|on|via|article|story)"
_WHEN = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d)"
    r"(?!.*\b(?:is|was|are|were|has|have|had|will|would|shows?|said|says|that|which)\b)"
)


Scope = Literal["line", "block", "tail"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A rule: what it takes away, and by what it is known."""

    name: str
    pattern: re.Pattern[str]
    scope: Scope
    takes: tuple[str, ...]  # whole lines that it takes
    leaves: tuple[str, ...]  # lines like them that are part of an article
    longest: int = 160  # characters of a line that it can be: prose is longer
    marks: str = (
        ""  # of these characters, and of these words in lower case, whatever it takes has one: most lines have none
    )
    needs: tuple[str, ...] = ()
    within: int = 180  # characters at the end of a line in which a tail begins
    unless: re.Pattern[str] | None = None  # what in a line makes it part of the article all the same


def _rule(
    name: str, pattern: str, takes: tuple[str, ...], leaves: tuple[str, ...] = (), scope: Scope = "line", longest: int = 160, case: bool = False,
    marks: str = "", needs: tuple[str, ...] = (), within: int = 180, unless: str = "",
) -> Furniture:  # fmt: skip
    flags = 0 if case else re.IGNORECASE
    kept = re.compile(unless, re.IGNORECASE) if unless else None
    return Furniture(name, re.compile(pattern, flags), scope, takes, leaves, longest, marks, needs, within, kept)


RULES = (
    _rule(
        "advertisement",
        r"\W*(?:advertisements?|advert|advertising|sponsored(?: content)?|promoted(?: content)?|paid post|ad|(?:advertisement\W+)?scroll to continue(?: with content)?|story continues below(?: advertisement)?|"
        r"article continues (?:below|after) (?:this )?(?:advertisement|ad)|remove ads)\W*$",
        ("Advertisement", "— ADVERTISEMENT —", "Advertisement - Scroll to continue", "Story continues below advertisement"),
        ("Advertisement for the post closed on Friday.",),
    ),
    _rule(
        "reading-time",
        r"\W*(?:(?:est(?:\.|imated)? )?read(?:ing)? time\W*\d+(?: ?min(?:ute)?s?)?|\d+[ -]min(?:ute)?s?[ -](?:read|listen)|time to read\W*\d+.*)(?: ?read)?\W*$",
        ("Reading Time: 3 minutes", "Est. reading time: 4 minutes", "4 min read", "Reading time 2 min"),
        ("It took 4 minutes to read the treaty aloud.",),
    ),
    _rule(
        "why-trust",
        r"(?:why (?:you can |to )?trust .{2,60}|how we (?:check|report) .{2,60}|our standards:.*|read our (?:editorial )?(?:policy|standards).*)$",
        ("Why you can trust The Harbour Ledger",),
        ("Why you can trust the talks is another question, the minister said, and nobody in the room could give her an answer to it that day.",),
        longest=100,
    ),
    _rule(
        "navigation",
        r"(?:skip to (?:main )?(?:content|navigation)|you are here\W.*|(?:back to|return to) (?:all |the )?(?:news|top|home(?:page)?|list|press releases)|(?:previous|next) (?:article|post|story|page)|\W*page \d+(?: of \d+)?\W*|\d+/\d+|(?:show|load|view|see) (?:more|all|gallery)|(?:main )?menu|search|home|sections?|close|open menu|toggle navigation|"
        r"(?:home|news|you are here)\s*(?:[|>»›/].*)+|(?:\w[\w &-]{1,24}\s*[|•·]\s*){3,}\w[\w &-]{1,24})$",
        ("Home > News > Politics", "Skip to main content", "World | Business | Sport | Opinion | Video", "Menu", "Next article", "Page 2 of 3", "(page 1)"),
        ("Next steps", "Home Minister Rana Thapa signed it.",),
    ),
    _rule(
        "share-bar",
        rf"\W*{_SHARE}(?:[\s|/,·•:+-]+{_SHARE})*\W*$",
        ("Share", "Share this article", "Facebook Twitter WhatsApp Email", "Share on X | Copy link", "Share Tweet Pin"),
        ("Share prices rose.", "Follow the money, minister tells auditors", "Print media were invited."),
    ),
    _rule(
        "account",
        r"(?:sign up|sign in|log ?in|register|subscribe|subscribe now|already a (?:subscriber|member)\W.*|create (?:a |your )?(?:free )?account.*|"
        r"(?:sign up|subscribe|register|join)\b.{0,60}\b(?:newsletters?|inbox|alerts?|briefings?|channel|updates|e-?mails?)\b.*|"
        r"get (?:our|the|all the|more) .{0,60}\b(?:newsletters?|inbox|app|alerts?)\b.*|download (?:our|the) app.*|"
        rf"follow us\b.*|follow @\w+.*|follow .{{2,40}} on {_NETWORK}\W*|(?:like|find|join) us on {_NETWORK}\b.*|join our .*(?:channel|whatsapp|telegram).*|"
        r"support (?:our|independent) journalism.*|become a (?:member|subscriber).*|click here\b.*|stay (?:up to date|informed|updated) with .*|"
        r"get .{0,20}\b(?:news alerts|breaking news|latest news)\b.*|thank you for subscribing.*|you (?:have|[’']ve) (?:successfully subscribed|(?:\d+|no) (?:free )?articles).*|"
        r"(?:enter )?your e-?mail(?: address)?\b.*|e-?mail address\W*|to (?:read|continue reading) (?:this|the) .{0,30}\b(?:subscribe|log in|sign in|register)\b.*|"
        r"please (?:enable|turn on) (?:javascript|cookies).*)$",
        ("Subscribe", "Sign up for our morning newsletter", "Follow us on Facebook", "Get the news in your inbox every morning", "Click here to join our channel",
         "Follow The Harbour Ledger on Google News", "Your email address will not be published. Required fields are marked *"),
        ("Join forces on tea, states told", "Subscribe to the fund, he told the provinces, and the state will match every shilling.",),
    ),
    _rule(
        "cookies",
        r".*\b(?:cookies?|privacy policy|terms (?:of|and) (?:use|service|conditions))\b.*$",
        ("We use cookies to improve your experience. Accept all", "Privacy policy | Terms of use", "By clicking accept you agree to our use of cookies."),
        ("Exporters of biscuits and cookies welcomed the agreement, which lifts duties of 12 per cent on their goods from January, and asked for the same in the "
         "talks on dairy products that both governments want to open before the end of the year.",),
        longest=220,
        needs=("cookie", "privacy policy", "terms "),
    ),
    _rule(
        "related",
        r"\W*(?:related(?: (?:stories|articles?|links?|news|topics?|content|coverage|reading|posts?))?|read (?:more|next|also)|more (?:from|on|stories|news|in)\b[^.,]{0,40}|"
        r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|most (?:read|popular|viewed|shared)|trending(?: now| topics)?|also read|recommended(?: for you| reading)?|"
        r"don[’']t miss|see also|in case you missed it|latest (?:news|stories|headlines)|editor[’']?s[’']? picks?|top stories|what to read next|popular (?:now|stories)|further reading))\W*$",
        ("Related stories", "Most read", "More from World", "You may also like:", "READ NEXT"),
        ("Related talks on fisheries continue.", "More from the fund will follow, the minister said."),
        scope="block",
    ),
    _rule(
        "teaser",
        r"\W*(?:read(?: (?:more|also|next))?|also read|related|see also|watch|listen|recommended|must read|don[’']t miss|more (?:on|from) [^:|]{2,30})\s*[:|»>–—-]\s*\S.*$",
        ("READ MORE: Port workers call off strike", "Also read: Rice prices fall for a third month", "ALSO READ | Cabinet clears rail pact"),
        ("Watch on the Rhine: two states sign", "More: Sir Thomas was named by both.", "Watching: two envoys and a notary, nobody else.",),
    ),
    _rule(
        "by-line",
        rf"(?i:by|text|words|story|report|reporting|author|written by|reported by|edited by|from)\s*:?\s+(?:our |staff )?(?!(?:Royal|Presidential|Law|Decree|Act|Order|Agreement|Resolution|Article|Land|Sea|Air)\b){_NAME}(?: {_NAME}){{0,3}}"
        rf"(?:(?:,| and|;| in| \||,? for|,? at) (?:{_NAME} ?){{1,4}}){{0,3}}\.?$",
        ("By Ana Castellanos", "By Grace Wanjiku and Tom Ridley", "By Lena Vogel in Vienna", "Written by: Omar Saidi"),
        ("By Royal Decree", "By Friday both sides had signed.", "From Nairobi the minister flew on."),
        longest=90,
        case=True,
    ),
    _rule(
        "by-line",
        r"(?:BY [A-Z .'’-]{4,50}|\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by .{3,120}|(?:Our|Staff|Special|Senior|Political|Chief) (?:[\w ]{0,20})?(?:[Cc]orrespondent|[Rr]eporter|[Ww]riter)s?|"
        r"(?:Staff|News|Web) [Dd]esk|Newsroom|[Ww]ith (?:inputs|reporting) from .{2,60})$|"
        rf"{_NAME}(?: {_NAME}){{1,3}}, (?:[A-Z][\w-]+ ){{0,2}}(?:Correspondent|Reporter|Bureau Chief|Staff Writer)$|\W*{_AGENCY}(?:\W+(?:and )?{_AGENCY})*\W*$",
        ("(Reporting by Maria Lind; editing by Sam Otieno)", "Our Correspondent", "BY JOHN KARANJA", "With inputs from agencies", "Ana Castellanos, Political Correspondent", "AFP / Reuters"),
        ("Anna Berg, Ambassador of Norway", "By law the treaty needs assent.",),
        case=True,
    ),
    _rule(
        "published",
        rf"\W*(?:(?:(?:first |last )?(?:published|posted|updated|modified|issued|uploaded|created)(?: on| at| date)?|date|release date|publication date|time|last update)(?:\s*:\s*\W?|\s+)(?:on )?(?:[a-z]{{2,4}} )?{_WHEN}.{{0,90}}|"
        rf"(?:published|posted|written) by .{{2,40}}? on {_WHEN}.{{0,40}}|\d+ (?:minutes?|mins?|hours?|days?|weeks?) ago)$",
        ("Published: 10:00am, 19 Sep 2024", "Updated 3 March 2025", "Posted On: 19 SEP 2024 5:30PM by PIB Delhi", "Last updated on June 4, 2025", "Posted by Admin on June 13, 2025", "3 hours ago", "Issued at HKT 17:40"),
        ("Updated agreement of 2019 is in force", "Time: the treaty runs for 5 years", "Date of entry into force: 1 July 2025",
         "Published in 1998, the treaty text ran to forty pages and was read by few of those who voted on it in either chamber.",),
        longest=110,
    ),
    _rule(
        "published",
        r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4})"
        r"(?:(?:\W+|\W+at )\d{1,2}[:.]\d\d.{0,20})?$",
        ("12 June 2025", "Thursday, 12 June 2025", "June 12, 2025 10:15 EAT", "June 13, 2025 at 10:00 a.m. EDT", "Fri 13 Jun 2025 10.00 BST", "2025-06-12"),
        ("12 June 2025 was the day of the signing.",),
        longest=60,
    ),
    _rule(
        "credit",
        rf"\W*(?:{_CREDITED}(?: credits?| by| courtesy(?: of)?| source| copyright)?\s*[:/|,]\s*(?-i:[A-Z©@]|handout|file).{{0,80}}|{_CREDITED} (?:by|courtesy(?: of)?|credit) (?-i:{_NAME}).{{0,60}}(?<!\.)|"
        rf"(?:credit|source|caption|courtesy)\s*:\s*\S.{{0,80}}|{_CREDITED} (?:caption|source|credit)\W*|(?-i:{_NAME}(?: {_NAME}){{1,3}}/{_NAME}(?: {_NAME}){{0,3}})|(?-i:(?:{_NAME} ){{0,3}}(?:via )?{_AGENCY}(?:/{_NAME}(?: {_NAME}){{0,3}})?)|"
        rf"\({_CREDITED}\b.{{0,60}}\))$",
        ("Photo: Handout", "Image credit: Ana Castellanos", "(Photo by Li Na)", "Photo courtesy of Harbour TV", "Image source, Getty Images", "AFP via Getty Images", "Anna Berg/Nordic Pictures"),
        ("Photo credit: Ministry of Trade", "Photo: Lars Moen at the quay in Bergen.", "Kenya/Norway agreement", "Photo exhibition opens in Muscat", "Picture this: two ministers, one pen, and a treaty that nobody in the room had read to the end before that morning, she said.",),
        longest=110,
        unless=_SAYS,
    ),
    _rule(
        "credit",
        rf"\s*(?:[\[(|–—-]\s*)?\b{_CREDITED}(?: credits?| by| courtesy(?: of)?)?\s*[:/]\s*[^.:]{{2,80}}\.?[\])]?\s*$|\s*[\[(]{_CREDITED} (?:by|courtesy(?: of)?|credit)\b[^.:]{{2,80}}[\])]\s*$",
        ("The ministers after the signing. Photo: Handout", "The ministers after the signing. (Photo by Li Na)"),
        ("The photo of the signing was shown to reporters.", "They signed at noon. Photo: Ministry of Trade"),
        scope="tail",
        longest=600,
        marks=":/([",
        needs=("photo", "foto", "pic", "image", "illustration", "video", "handout"),
        unless=_SAYS,
    ),
    _rule(
        "agency",
        rf"(?<=[.!?”\"])\s*(?:[–—-]+\s*{_AGENCY}(?:/{_AGENCY}|/{_NAME})?|[\[(]{_AGENCY}(?:/{_AGENCY})?[\])])\s*$",
        ("They will meet again in May, she said. – Bernama", "They will meet again in May, she said. (ANI)"),
        ("The group is led by the Agencies.",),
        scope="tail",
        longest=600,
        marks="-–—([",
        within=40,
        case=True,
    ),
    _rule(
        "teaser",
        r"\s*\b(?:READ MORE|READ ALSO|ALSO READ|READ NEXT|MUST READ|SEE ALSO|RELATED|Also [Rr]ead|Read [Mm]ore|Read [Aa]lso)\s*[:|]\s*\S.{5,150}$",
        ("The pact runs for five years. READ MORE: Port workers call off strike",),
        ("The two documents are related: each names the other.",),
        scope="tail",
        longest=2000,
        marks=":|",
        case=True,
    ),
    _rule(
        "contact",
        r"\W*(?:(?:for )?(?:(?:more|further) )?(?:(?:media|press|general|public) )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))(?: (?:for|persons?|details|information)(?: (?:media|press|journalists))?)?\s*(?:[:–—-].*|,? (?:please )?(?:contact|call)\b.*|.*(?:@|\d{4}).*|$)|"
        r"for (?:more|further|additional) (?:information|details|enquiries)\b(?:,? (?:please )?(?:contact|visit|call|see|go to|e-?mail).*|\W*$)|(?:media relations|press office|public affairs)\s*(?:$|:?.*(?:@|\d{4}).*)|contact us\b.*)$",
        ("Media contact: Jane Roe, +254 20 000 000", "For media enquiries, contact Jane Roe on 020 0000 0000.", "For further information please contact:", "Press office"),
        ("Contact group on rivers meets", "Press Office of the President: the treaty is signed, it said.", "Contacts between the two ministries go back to 1964, when the first envoys met in Vienna to speak of rivers and the railways along their banks, he said.",),
        scope="block",
        longest=140,
    ),
    _rule(
        "contact",
        r"\W*(?:(?:tel(?:ephone)?|phone|mobile|fax|e-?mail|website|web|[temfpw])\s*[:.]\s*(?:\+?\(?\d[\d ()/.-]{4,}|\S+@\S+|(?:www\.|https?://)\S+).*|address\s*:(?=.*\d).*[^.]|[\w.+-]+@[\w-]+\.[\w.]+\W*|https?://\S+\W*|www\.\S+\W*|\+?\d[\d ()-]{8,})$",
        ("Tel: +47 55 00 00 00", "E: press@ministry.example", "press@ministry.example", "https://news.example/a"),
        ("Telephone lines were restored.", "T. Kamau, Minister of Trade", "Address: the minister spoke for 10 minutes."),
    ),
    _rule(
        "handle",
        rf"\W*(?:{_NETWORK}\W*)?(?:[@#][a-z_][\w.]+[\s,|]*)+$|{_NETWORK}\s*:\s*/?\S+$",
        ("@portsministry", "#ports #oman #peru", "Twitter: @portsministry"),
        ("#2 on the list is a treaty on tea.",),
    ),
    _rule(
        "copyright",
        r"\W*(?:©|\(c\)\s|copyright\W*(?:\d{4}|©|\(c\)|by\b|of\b|reserved|$)|all rights reserved|unauthori[sz]ed (?:reproduction|use)|no part of this|reproduction without).*$",
        ("© 2025 The Harbour Ledger", "All rights reserved.", "Copyright 2025 Gulf Wire"),
        ("Copyright treaty signed by 12 states", "Copyrights are a subject of the talks.",),
        longest=250,
    ),
    _rule(
        "tags",
        r"\W*(?:tags?|topics?|filed under|keywords?|categor(?:y|ies)|posted in|labels?|hashtags?)\s*:\s*\S.*$",
        ("Tags: fisheries, Kenya", "Filed under: World"),
        ("Topics of the talks were fish and ports.",),
        longest=200,
    ),
    _rule(
        "comments",
        r"\W*(?:comments? ?\(\d+\)|\d+ (?:comments?|shares?|views|likes|reactions|retweets)|(?:leave|post|add|write) (?:a|your) (?:comment|reply|review).*|view (?:all )?comments|no comments(?: yet)?|"
        r"join the (?:conversation|discussion).*|comments are closed.*|loading\W*|listen to this (?:article|story)\b.{0,20}|play (?:audio|video).*|rate this.*|report (?:an error|a typo|a correction).*|what[’']s your reaction.*|"
        r"print this page|text size.*|a[+-] a[+-].*|a a a|font size.*)$",
        ("12 comments", "Leave a comment", "Listen to this article"),
        ("12 comments were made by the parties to the draft.",),
    ),
    _rule(
        "disclaimer",
        r"\W*(?:this (?:article|story|report|piece|content) (?:was |is |has been |has not been |first |originally )*(?:edited by|appeared|published|generated|produced|translated|syndicated|auto-generated|supplied).*|"
        r"the (?:views|opinions) expressed (?:here|above|in this|are|by the (?:author|writer)).*|the (?:author|writer) (?:is|was|can be) .*|this material may not be .*|republished with permission.*|"
        r"read this (?:release|story|article) in\W.*|disclaimer\s*:.*|editor[’']?s note\W.*|\(?release id\W.*|(?:pr|ref(?:erence)?|press release|release)(?:\.| no| number|#)+[.:]?\s*\S{1,30}|[a-z]{2,4}(?:/[a-z0-9]{1,5}){1,4})$",
        ("This article first appeared in Gulf Wire.", "(Release ID: 2056501)", "RC/PU/833", "Press Release No. 14/2025"),
        ("This report was welcomed by both.", "The views expressed by both ministers were alike.", "Disclaimer of liability was refused by both."),
        longest=320,
    ),
    _rule(
        "end-mark",
        r"\W*(?:-?\s*ends?\s*-?|#{2,}|\*[ *]*\*|-{3,}|_{3,}|={3,}|30|x{3,})\W*$|^\W{3,}$",
        ("ENDS", "-ends-", "###", "* * *", "-----"),
        ("Ends well.",),
    ),
)  # fmt: skip


_WHOLE = tuple(rule for rule in RULES if rule.scope != "tail")
_TAILS = tuple(rule for rule in RULES if rule.scope == "tail")


def _any_of(rules: Iterable[Furniture]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns that match whatever any of the rules matches: one for the line in lower case, one for it as it is.

    Most lines are part of the article, and two looks tell; case costs the more of them, so few rules heed it.
    """
    lower, exact = ["(?!)"], ["(?!)"]
    for rule in rules:
        if rule.pattern.flags & re.IGNORECASE and not re.search(r"(?<!\\)[A-Z]", rule.pattern.pattern):
            lower.append(f"(?:{rule.pattern.pattern})")
        else:
            exact.append(f"(?{'i' if rule.pattern.flags & re.IGNORECASE else '-i'}:{rule.pattern.pattern})")
    return re.compile("|".join(lower)), re.compile("|".join(exact))


_LENGTHS = sorted({rule.longest for rule in _WHOLE})
_OF_LENGTH = [_any_of(rule for rule in _WHOLE if rule.longest >= length and not rule.needs) for length in _LENGTHS]
_NEEDING = tuple(rule for rule in _WHOLE if rule.needs)


def taker(line: str) -> Furniture | None:
    """Return the rule that takes this line as a whole; None where it is part of the article."""
    length = len(line)
    if length > _LENGTHS[-1]:
        return None
    lower, exact = _OF_LENGTH[bisect_left(_LENGTHS, length)]
    if not (lower.match(line.lower()) or exact.match(line) or any(_needed(rule, line) for rule in _NEEDING)):
        return None
    for rule in _WHOLE:
        if length <= rule.longest and rule.pattern.match(line) and not _kept(rule, line):
            return rule
    return None


def tail(line: str) -> tuple[int, Furniture] | None:
    """Return where a piece of furniture begins at the end of a line, and its rule; None where there is none."""
    length = len(line)
    for rule in _TAILS:
        end = line[-rule.within :]
        if length > rule.longest or not _marked(rule, end) or (rule.needs and not _needed(rule, end)):
            continue
        match = rule.pattern.search(line, length - len(end))
        if match and match.start() > 0 and not _kept(rule, match.group()):
            return match.start(), rule
    return None


def _marked(rule: Furniture, text: str) -> bool:
    for mark in rule.marks:  # noqa: SIM110 - of every line, and thrice as fast as any()
        if mark in text:
            return True
    return False


def _needed(rule: Furniture, text: str) -> bool:
    text = text.lower()
    return any(need in text for need in rule.needs)


def _kept(rule: Furniture, text: str) -> bool:
    return rule.unless is not None and rule.unless.search(text) is not None


def teaser(line: str) -> bool:
    """Tell whether a line below a heading of a block is one of its teasers: short, and no sentence."""
    return len(line) <= 140 and not re.search(r"[.!?][\"”’)]?$", line)
