"""Whether what is shown may be shown in public, in the words that every public face carries."""

from geoapp.model.phrase import Phrase


def standing(review_no: str, lang: str) -> str:
    """Return the operator's 审图号, or that this is an internal working draft."""
    if review_no:
        return Phrase("审图号：{number}", {"number": review_no}).say(lang)
    return Phrase("内部工作底稿").say(lang)
