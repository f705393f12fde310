"""What offices and programs write where they have nothing to tell. Whether it is a zero, nobody can say."""

import unicodedata

WORDS = frozenset(
    {
        "na", "nd", "nr", "nil", "none", "null", "nan", "blank", "unknown", "missing", "not available",
        "not applicable", "not known", "not reported", "not stated", "no data", "no information",
        "so", "néant", "neant", "aucun", "aucune", "inconnu", "sans objet", "non disponible", "non connu",
        "non renseigné", "non déclaré", "pas de données",
        "គ្មាន", "មិនមាន", "អត់មាន", "គ្មានទិន្នន័យ", "មិនដឹង", "មិនស្គាល់",
    }
)  # fmt: skip
"""In small letters, without the points and strokes between and around them."""

NOT_AVAILABLE = frozenset({"#N/A", "#NA", "#N/D", "#NV", "#N/DISP"})
"""What a spreadsheet shows, in its languages, for a value that is not available; every other error is one of ours."""


def says_nothing(text: str) -> bool:
    """Whether a text tells nothing: marks alone, such as `-` or `…`, or a word for it, however it is bracketed."""
    if text.startswith("#"):
        return text.upper() in NOT_AVAILABLE
    letters = "".join(
        character
        for character in text.casefold()
        if unicodedata.category(character)[0] in "LMN" or character == " "
    )
    words = " ".join(letters.split())
    return not words or words in WORDS or words.replace(" ", "") in WORDS
