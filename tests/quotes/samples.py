"""Strategies for generated texts: ordinary words beside all that makes comparing them hard."""

from hypothesis import strategies as st

HARD = (
    "aAeéb1２.,'\"“”‘’«»–—-−… \u00a0\t\n\r\u2028\u00ad\u200b\u200c\u200d\u200f\ufeff"
    "\u0301\u0316\u212bﬁ我万二کي\u064e\u1100\u1161"
)
WORDS = [
    *("the", "minister", "said", "not", "No", "can't", "naïve", "cafe\u0301", "co\u00adoperation", "Über", "peace."),
    *("10,000", "3.5", "2017–18", "6'", "crime-fighting", "China.org", "Pakistan’s", "“global”", "‘need’", "security,"),
    *("–", "—", "…", "کرنا", "می\u200cخواهم", "全球", "安全"),
]
GAPS = [" ", "  ", "\u00a0", "\n", " \u200f", "\n\n"]

hostile_text = st.text(HARD, max_size=60) | st.text(max_size=40)
article = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=4, max_size=40).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
# The same in fewer draws, for the many examples of `properties.py`.
short_article = st.lists(st.sampled_from([word + gap for word in WORDS for gap in GAPS]), min_size=4, max_size=20).map(
    "".join
)
