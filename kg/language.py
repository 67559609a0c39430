"""Which language a text is in, as far as the engine must know: English, or another by name where that can be told.

Function words tell languages of one script apart: of running English about four words in ten are among the hundred most
frequent. A model would know more languages; this needs none and is exact on what matters here.
"""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 20_000  # characters
_FUNCTION_WORDS = {
    "en": "the of and to in a is that for on with as by at from has have was were be been will this it its said an are which their who he she they we our not or",
    "fr": "le la les des et du un une en dans que qui pour sur au aux est avec par ce cette ont été son ses leur plus à de",
    "de": "der die das und den von zu mit ist im für auf des dem ein eine nicht auch sich als wird wurde bei nach über einer eines",
    "es": "el la los las y en de que del un una por para con se su al es como más sus ha fue este esta entre",
    "pt": "o a os as e de da do que em um uma para com por no na dos das se foi ao pela pelo mais como são",
    "it": "il la le di e che in un una per con del della dei delle nel alla gli è sono dal si ha anche più tra",
    "nl": "de het een en van in is dat op te voor met zijn aan niet door ook bij uit wordt werd over naar heeft",
    "id": "dan yang di untuk dengan dari ini pada dalam akan tidak itu oleh juga ke adalah kepada telah sebagai antara",
    "ms": "dan yang di untuk dengan dari ini pada dalam akan tidak itu oleh juga ke adalah kepada telah sebagai antara",
    "sv": "och att i det som en på är av för med till den har de inte om ett var från vid",
    "da": "og i at det er en til af på som for med de den har ikke der et var fra ved",
    "pl": "w i na z do się że nie jest o przez od po dla oraz jak ale które został została",
    "tr": "ve bir bu ile için olarak da de olan daha çok en gibi kadar sonra tarafından",
    "vi": "và của các là trong cho với được có một những đã này tại về",
    "sw": "na ya wa kwa ni katika za la kuwa hiyo huo hayo yake cha vya",
}  # fmt: skip
_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_NAMES = {
    "fr": "French", "de": "German", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch", "id": "Indonesian",
    "ms": "Malay", "sv": "Swedish", "da": "Danish", "pl": "Polish", "tr": "Turkish", "vi": "Vietnamese", "sw": "Swahili",
}  # fmt: skip
_FEWEST = 30  # words: fewer tell nothing
_ENOUGH = 0.12  # share of English function words below which a text is none; lists of names in English stay above


def foreign(text: str) -> str:
    """Return the name of the language of a text that is not in English, "another language" if unnamed; "" for English.

    >>> foreign("Le ministre et le gouvernement ont signé un accord sur la pêche dans la capitale. " * 4)
    'French'
    """
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if len(words) < _FEWEST:
        return "" if _latin(text) else "another language"
    counts = Counter(words)
    share = {language: sum(counts[w] for w in known) / len(words) for language, known in _WORDS.items()}
    best = max(share, key=lambda language: (share[language], language))
    if best == "en" or (share["en"] >= _ENOUGH and share[best] < 2 * share["en"]):
        return ""
    if share["en"] >= _ENOUGH / 2 and share[best] < _ENOUGH:
        return ""
    return _NAMES[best] if share[best] >= _ENOUGH else "another language"


def _latin(text: str) -> bool:
    """Tell whether most letters are Latin ones."""
    letters = [c for c in text[:_LOOKED_AT] if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 >= len(letters)
