"""How the time of extraction grows with the text, next to ten times less of it: python -m benchmarks.growth

The texts are made to tempt a rule into looking back or ahead without end; the tests count the work on the same ones.
"""

from __future__ import annotations

from functools import partial

from benchmarks.timing import seconds
from course.extract import claims_in, marked_html

GROWING = {
    "plain": "Mara Voss said on Monday that 1,200 soldiers were killed. “We lost many,” she added. ",
    "no stops": "he said that she said that they claimed 300 were killed and ",
    "open quotation marks": "“he said ",
    "straight marks": '" said he "" that ',
    "single marks": "' ‘ ’ said ",
    "brackets": "((((said ",
    "commas": "Voss, , , the minister, who, ",
    "numbers": "1,000,000 to 2,000,000 or 3 of 4 million ",
    "hyphens": "a-b-c-d-1-2-3-",
    "dots": "U.S.A.B.C...",
    "names": "Ana Bell Cole, Dora Evan Flint, ",
    "disclaimers": "Disclaimer: we cannot verify this.\n\n",
    "speakers": "Ana Bell said that 5 died. ",
    "newlines": "\n said\n",
}


def main() -> None:
    print("text                   characters    claims_in  times of a tenth   marked_html  times of a tenth")
    for name, unit in GROWING.items():
        texts = [unit * (times * max(1, 2_000 // len(unit))) for times in (1, 10, 100)]
        read = [seconds(partial(claims_in, text)) for text in texts]
        shown = [seconds(partial(marked_html, text, claims_in(text))) for text in texts]
        print(
            f"{name:22} {len(texts[-1]):10,} {read[-1]:10.2f} s {read[-1] / read[-2]:17.1f} {shown[-1]:11.2f} s {shown[-1] / shown[-2]:17.1f}"
        )


if __name__ == "__main__":
    main()
