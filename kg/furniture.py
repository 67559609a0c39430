"""What pages paste around an article, as a table of rules: each with lines that it takes and lines that it leaves.

A rule speaks of one line of a page. `line` takes the line; `block` also the short lines below it (a heading "Related
stories" and its teasers), up to the next line that reads like prose; `rest` takes everything to the end; `tail` takes
only what the pattern matches at the line's end. The order is that of the table; the first rule that fits takes the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_NAME = r"[A-ZÀ-Þ][\w'’.-]+"
_CREDITED = r"(?:photo(?:graph)?|picture|image|illustration|video|foto|pic|file photo|handout)s?"
_SHARE = (
    r"(?:share|tweet|e-?mail|print|save|copy link|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|messenger|wechat|weibo|pinterest|"
    r"instagram|youtube|flipboard|comments?|bookmark|listen|gift|link|sms|more|this article|this story|this page|this|on|via|article|story)"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A rule: what it takes away, and by what it is known."""

    name: str
    pattern: re.Pattern[str]
    scope: Literal["line", "block", "rest", "tail"]
    takes: tuple[str, ...]  # whole lines that it takes
    leaves: tuple[str, ...]  # lines like them that are part of an article
    longest: int = 160  # characters of a line that it can be: prose is longer


def _rule(
    name: str, pattern: str, takes: tuple[str, ...], leaves: tuple[str, ...] = (), scope: Literal["line", "block", "rest", "tail"] = "line",
    longest: int = 160, case: bool = False,
) -> Furniture:  # fmt: skip
    return Furniture(name, re.compile(pattern, 0 if case else re.IGNORECASE), scope, takes, leaves, longest)


RULES = (
    _rule(
        "advertisement",
        r"\W*(?:advertisements?|advert|advertising|sponsored(?: content)?|promoted(?: content)?|paid post|ad|story continues below(?: advertisement)?|"
        r"article continues (?:below|after) (?:this )?(?:advertisement|ad)|scroll to continue(?: with content)?|remove ads)\W*$",
        ("Advertisement", "— ADVERTISEMENT —", "Story continues below advertisement"),
        ("Advertisement for the post closed on Friday.",),
    ),
    _rule(
        "reading-time",
        r"\W*(?:(?:estimated )?read(?:ing)? time\W*\d+(?: ?min(?:ute)?s?)?|\d+[ -]min(?:ute)?s?[ -](?:read|listen)|time to read\W*\d+.*)(?: ?read)?\W*$",
        ("Reading Time: 3 minutes", "4 min read", "Reading time 2 min"),
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
        r"(?:skip to (?:main )?(?:content|navigation)|(?:main )?menu|search|home|back to top|sections?|close|open menu|toggle navigation|"
        r"(?:home|news|you are here)\s*(?:[|>»›/].*)+|(?:\w[\w &-]{1,24}\s*[|•·]\s*){3,}\w[\w &-]{1,24})$",
        ("Home > News > Politics", "Skip to main content", "World | Business | Sport | Opinion | Video", "Menu"),
        ("Home Minister Rana Thapa signed it.",),
    ),
    _rule(
        "share-bar",
        rf"\W*{_SHARE}(?:[\s|/,·•:+-]+{_SHARE})*\W*$",
        ("Share", "Share this article", "Facebook Twitter WhatsApp Email", "Share on X | Copy link"),
        ("Share prices rose.", "Print media were invited."),
    ),
    _rule(
        "account",
        r"(?:sign up|sign in|log ?in|register|subscribe|subscribe now|already a (?:subscriber|member)\W.*|create (?:a |your )?(?:free )?account.*|"
        r"(?:sign up|subscribe|register|join)\b.{0,60}\b(?:newsletters?|inbox|alerts?|briefings?|channel|updates|e-?mails?)\b.*|"
        r"get (?:our|the|all the|more) .{0,60}\b(?:newsletters?|inbox|app|alerts?)\b.*|download (?:our|the) app.*|"
        r"follow us\b.*|join (?:our|us on) .*(?:channel|whatsapp|telegram).*|support (?:our|independent) journalism.*|become a (?:member|subscriber).*)$",
        ("Subscribe", "Sign up for our morning newsletter", "Follow us on Facebook", "Get the news in your inbox every morning"),
        ("Subscribe to the fund, he told the provinces, and the state will match every shilling.",),
    ),
    _rule(
        "cookies",
        r".*\b(?:cookies?|privacy policy|terms (?:of|and) (?:use|service|conditions))\b.*$",
        ("We use cookies to improve your experience. Accept all", "Privacy policy | Terms of use", "By clicking accept you agree to our use of cookies."),
        ("Exporters of biscuits and cookies welcomed the agreement, which lifts duties of 12 per cent on their goods from January, and asked for the same in the "
         "talks on dairy products that both governments want to open before the end of the year.",),
        longest=220,
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
        r"\W*(?:read (?:more|also|next)|also read|related|see also|watch|recommended|must read|more)\s*[:|»>-]\s*\S.*$",
        ("READ MORE: Port workers call off strike", "Also read: Rice prices fall for a third month"),
        ("Watching: two envoys and a notary, nobody else.",),
    ),
    _rule(
        "by-line",
        rf"(?i:by|text|words|story|report|reporting|author|written by|reported by|edited by|from)\s*:?\s+(?:our |staff )?{_NAME}(?: {_NAME}){{0,3}}"
        rf"(?:(?:,| and|;| in| \||,? for|,? at) (?:{_NAME} ?){{1,4}}){{0,3}}\.?$",
        ("By Ana Castellanos", "By Grace Wanjiku and Tom Ridley", "By Lena Vogel in Vienna", "Written by: Omar Saidi"),
        ("By Friday both sides had signed.", "From Nairobi the minister flew on."),
        longest=90,
        case=True,
    ),
    _rule(
        "by-line",
        r"(?:BY [A-Z .'’-]{4,50}|\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by .{3,120}|(?:Our|Staff|Special|Senior|Political|Chief) (?:[\w ]{0,20})?(?:[Cc]orrespondent|[Rr]eporter|[Ww]riter)s?|"
        r"(?:Staff|News|Web) [Dd]esk|Newsroom|[Ww]ith (?:inputs|reporting) from .{2,60})$",
        ("(Reporting by Maria Lind; editing by Sam Otieno)", "Our Correspondent", "BY JOHN KARANJA", "With inputs from agencies"),
        ("By law the treaty needs assent.",),
        case=True,
    ),
    _rule(
        "published",
        r"\W*(?:(?:first |last )?(?:published|posted|updated|modified|issued|uploaded|created)(?: on| at| date)?|date|release date|publication date|time|last update)\b\s*:?\s*\W?.{0,20}\d.{0,70}$",
        ("Published: 10:00am, 19 Sep 2024", "Updated 3 March 2025", "Posted On: 19 SEP 2024 5:30PM by PIB Delhi", "Last updated on June 4, 2025"),
        ("Published in 1998, the treaty text ran to forty pages and was read by few of those who voted on it in either chamber.",),
        longest=110,
    ),
    _rule(
        "published",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4})"
        r"(?:\W+\d{1,2}[:.]\d\d.{0,20})?$",
        ("12 June 2025", "Thursday, 12 June 2025", "June 12, 2025 10:15 EAT", "2025-06-12"),
        ("12 June 2025 was the day of the signing.",),
        longest=60,
    ),
    _rule(
        "credit",
        rf"\W*(?:{_CREDITED}(?: credits?| by| courtesy(?: of)?| source)?\s*[:/|]\s*\S.{{0,80}}|(?:credit|source|caption)\s*:\s*\S.{{0,80}}|(?:{_NAME} ?){{1,4}}/(?:{_NAME} ?){{1,3}}|\({_CREDITED}.{{0,60}}\))$",
        ("Photo: Handout", "Image credit: Ministry of Trade", "(Photo by Li Na)", "Anna Berg/Nordic Pictures"),
        ("Picture this: two ministers, one pen, and a treaty that nobody in the room had read to the end before that morning, she said.",),
        longest=110,
    ),
    _rule(
        "credit",
        rf"\s*[\[(|–—-]?\s*\b{_CREDITED}(?: credits?| by| courtesy(?: of)?)?\s*[:/]\s*[^.:]{{2,80}}\.?[\])]?\s*$",
        ("The ministers after the signing. Photo: Handout",),
        ("The photo of the signing was shown to reporters.",),
        scope="tail",
        longest=600,
    ),
    _rule(
        "contact",
        r"\W*(?:(?:media|press|for (?:more|further) (?:media )?)?\s*(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))(?: for (?:media|press|journalists))?|for (?:more|further|additional) (?:information|details|enquiries)"
        r"(?:,? (?:please )?(?:contact|visit|call|see).*)?|media relations|press office|contact (?:us|information|details|person))\s*:?.*$",
        ("Media contact: Jane Roe, +254 20 000 000", "For further information please contact:", "Press office"),
        ("Contacts between the two ministries go back to 1964, when the first envoys met in Vienna to speak of rivers and the railways along their banks, he said.",),
        scope="block",
        longest=140,
    ),
    _rule(
        "contact",
        r"\W*(?:(?:tel(?:ephone)?|phone|mobile|fax|e-?mail|website|web|address)\s*[:.]|[\w.+-]+@[\w-]+\.[\w.]+\W*$|https?://\S+\W*$|www\.\S+\W*$|\+?\d[\d ()-]{8,}$).*$",
        ("Tel: +47 55 00 00 00", "press@ministry.example", "https://news.example/a"),
        ("Telephone lines were restored.",),
    ),
    _rule(
        "copyright",
        r"\W*(?:©|\(c\)\s|copyright\b|all rights reserved|unauthori[sz]ed (?:reproduction|use)|no part of this|reproduction without).*$",
        ("© 2025 The Harbour Ledger", "All rights reserved.", "Copyright 2025 Gulf Wire"),
        ("Copyrights are a subject of the talks.",),
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
        r"\W*(?:\d+ (?:comments?|shares?|views|likes|reactions|retweets)|(?:leave|post|add|write) (?:a|your) (?:comment|reply|review).*|view (?:all )?comments|no comments(?: yet)?|"
        r"join the (?:conversation|discussion).*|comments are closed.*|loading\W*|listen to this (?:article|story)\W*|play audio.*|rate this.*|report (?:an error|a typo).*|"
        r"print this page|text size.*|a[+-] a[+-].*|font size.*)$",
        ("12 comments", "Leave a comment", "Listen to this article"),
        ("12 comments were made by the parties to the draft.",),
    ),
    _rule(
        "disclaimer",
        r"\W*(?:this (?:article|story|report|piece|content) (?:was |is |has been |first |originally )*(?:appeared|published|generated|produced|translated|syndicated|auto-generated|supplied).*|"
        r"the views expressed .*|disclaimer\W.*|editor[’']?s note\W.*|\(?release id\W.*|(?:pr|ref(?:erence)?|press release|release)(?:\.| no| number|#)+[.:]?\s*\S{1,30}|[A-Z]{2,4}(?:/[A-Z0-9]{1,5}){1,4})$",
        ("This article first appeared in Gulf Wire.", "(Release ID: 2056501)", "RC/PU/833", "Press Release No. 14/2025"),
        ("This report was welcomed by both.",),
        longest=320,
    ),
    _rule(
        "end-mark",
        r"\W*(?:-?\s*ends?\s*-?|#{2,}|\*[ *]*\*|-{3,}|_{3,}|={3,}|30)\W*$|^\W{3,}$",
        ("ENDS", "-ends-", "###", "* * *", "-----"),
        ("Ends well.",),
    ),
)  # fmt: skip


def taker(line: str) -> Furniture | None:
    """Return the rule that takes this line as a whole; None where it is part of the article."""
    for rule in RULES:
        if rule.scope != "tail" and len(line) <= rule.longest and rule.pattern.match(line):
            return rule
    return None


def tail(line: str) -> tuple[int, Furniture] | None:
    """Return where a piece of furniture begins at the end of a line, and its rule; None where there is none."""
    for rule in RULES:
        if rule.scope == "tail" and len(line) <= rule.longest:
            match = rule.pattern.search(line)
            if match and match.start() > 0:
                return match.start(), rule
    return None


def teaser(line: str) -> bool:
    """Tell whether a line below a heading of a block is one of its teasers: short, and no sentence."""
    return len(line) <= 140 and not re.search(r"[.!?][\"”’)]?$", line)
