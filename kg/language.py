"""Which language a text is in, as far as the engine must know: English, or another by name where that can be told.

Function words tell languages of one script apart: of running English about four words in ten are among the hundred most
frequent. A model would know more languages; this needs none and is exact on what matters here.
"""

from __future__ import annotations

import re
from collections import Counter

_LOOKED_AT = 20_000  # characters
_FUNCTION_WORDS = {
    "English": "the of and to in a is that for on with as by at from has have was were be been will this it its said an are which their who he she they we our not or",
    "French": "le la les des et du un une en dans que qui pour sur au aux est avec par ce cette ont été son ses leur plus à de",
    "German": "der die das und den von zu mit ist im für auf des dem ein eine nicht auch sich als wird wurde bei nach über einer eines haben",
    "Spanish": "el la los las y en de que del un una por para con se su al es como más sus ha fue este esta entre",
    "Portuguese": "o a os as e de da do que em um uma para com por no na dos das se foi ao pela pelo mais como são",
    "Italian": "il la le di e che in un una per con del della dei delle nel alla gli è sono dal si ha anche più tra",
    "Dutch": "de het een en van in is dat op te voor met zijn aan niet door ook bij uit wordt werd over naar heeft",
    "Indonesian": "dan yang di untuk dengan dari ini pada dalam akan tidak itu oleh juga ke adalah kepada telah sebagai antara tersebut karena bisa mengatakan republik menteri",
    "Malay": "dan yang di untuk dengan dari ini pada dalam akan tidak itu oleh juga ke adalah kepada telah sebagai antara beliau kerana boleh berkata kerajaan bagi",
    "Filipino": "ang ng sa mga na at ay para ni si ito kay hindi may nang mula kung pang",
    "Swedish": "och att i det som en på är av för med till den har de inte om ett var från vid",
    "Danish": "og i at det er en til af på som for med de den har ikke der et var fra ved blev",
    "Norwegian": "og i at det er en til av på som for med de den har ikke et var fra ved ble",
    "Finnish": "ja on ei että se oli ovat myös kun sekä hän mukaan tai joka mutta ovat",
    "Polish": "w i na z do się że nie jest o przez od po dla oraz jak ale które został została",
    "Czech": "a v na se s je že z o do i k ve pro za by jako které byl byla podle mezi",
    "Romanian": "și în de la a cu pe care din pentru o un al ale că este prin au fost",
    "Hungarian": "a az és hogy nem is egy meg volt ez között szerint már pedig csak vagy",
    "Turkish": "ve bir bu ile için olarak da de olan daha çok en gibi kadar sonra tarafından",
    "Vietnamese": "và của các là trong cho với được có một những đã này tại về",
    "Swahili": "na ya wa kwa ni katika za la kuwa hiyo huo hayo yake cha vya",
    "Somali": "iyo ee oo ka ku waa in uu ayaa la si ah soo kala",
    "Russian": "и в на с по что не для о из к от как его при за был это между также",
    "Ukrainian": "і в на з у що не для та про до від як за під час між також це",
    "Bulgarian": "и в на с за от се да по че е не са до при между като",
    "Serbian": "и у на да је се за са од о који су не као из између",
    "Arabic": "في من على إلى أن عن مع هذا هذه التي الذي بين كما ما لا كان",
    "Persian": "و در به از که این را با است برای آن تا یک خود شد میان",
    "Urdu": "کے کی میں کا اور سے نے کو پر ہے کہ ہیں اس",
    "Greek": "και το της του η ο την των με για στο από που να τη στην",
}  # fmt: skip
_LANGUAGES = {  # of each function word
    word: tuple(language for language, words in _FUNCTION_WORDS.items() if word in words.split())
    for word in {word for words in _FUNCTION_WORDS.values() for word in words.split()}
}
_ORDER = list(_FUNCTION_WORDS)  # of two that fit equally well, the first
_SCRIPTS = {  # by a range of their letters, those of which a few tell first
    "Japanese": "\u3040-\u30ff", "Korean": "\uac00-\ud7af\u1100-\u11ff", "Chinese": "\u4e00-\u9fff", "Thai": "\u0e00-\u0e7f", "Lao": "\u0e80-\u0eff",
    "Khmer": "\u1780-\u17ff", "Burmese": "\u1000-\u109f", "Amharic": "\u1200-\u137f", "Hebrew": "\u0590-\u05ff", "Armenian": "\u0530-\u058f",
    "Georgian": "\u10a0-\u10ff", "Sinhala": "\u0d80-\u0dff", "Tamil": "\u0b80-\u0bff", "Bengali": "\u0980-\u09ff",
    "a language in Arabic letters": "\u0600-\u06ff", "a language in Cyrillic letters": "\u0400-\u04ff",
    "a language in Devanagari letters": "\u0900-\u097f",
}  # fmt: skip
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")  # letters
_FEWEST = 30  # words: fewer tell nothing but what is clear
_FEW = 8
_ENOUGH = 0.12  # share of English function words below which a text is none; lists of names in English stay above
_CLEAR = 0.25
_SOME = 0.03  # where the letters tell half of it already


def foreign(text: str) -> str:
    """Return the name of the language of a text that is not in English, "another language" if unnamed; "" for English.

    >>> foreign("Le ministre et le gouvernement ont signé un accord sur la pêche dans la capitale. " * 4)
    'French'
    """
    text = text[:_LOOKED_AT]
    if (text.count(" the ") + text.count(" of ") + text.count(" and ")) * 72 >= len(text) > 0:
        return ""  # one word in twelve is one of three that no other language has
    shares, words = _shares(text)
    english = shares.pop("English", 0.0)
    best, share = max(shares.items(), key=lambda item: (item[1], -_ORDER.index(item[0])), default=("", 0.0))
    script = _script(text)
    if script:
        return best if script.startswith("a language") and share >= _SOME else script
    if words < _FEWEST:
        return best if words >= _FEW and not english and share >= _CLEAR else ""
    if english >= share or (english >= _ENOUGH and share < 2 * english) or (english >= _ENOUGH / 2 and share < _ENOUGH):
        return ""
    return best if share >= _ENOUGH else "another language"


def _shares(text: str) -> tuple[dict[str, float], int]:
    """Return how many of a text's words are function words of each language, as a share, and how many words there are."""
    words = text.lower().split()
    counts = Counter(words)
    hits: Counter[str] = Counter()
    for word in counts.keys() & _LANGUAGES.keys():
        for language in _LANGUAGES[word]:
            hits[language] += counts[word]
    return {language: count / len(words) for language, count in hits.items()}, len(words)


def _script(text: str) -> str:
    """Return what the letters of a text tell where most are not Latin ones; "" where they are."""
    others = _NOT_LATIN.findall(text)
    if not others or len(others) * 2 <= sum(map(str.isalpha, text)):
        return ""
    counts = {name: len(re.findall(f"[{letters}]", text)) for name, letters in _SCRIPTS.items()}
    if counts["Japanese"]:
        counts["Japanese"] += counts["Chinese"]  # it writes its nouns with those
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else "another language"
