"""What we ship runs in Chromium 86, which phones that are no longer updated have: nothing newer in our scripts and styles.

A browser drops a whole style rule for one selector that it doesn't know, and a whole script for one word of syntax.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "fujing" / "web" / "static"
OURS = sorted(each for each in STATIC.iterdir() if each.suffix in {".js", ".css"})
SHIPPED = [*OURS, STATIC / "vendor" / "htmx.min.js"]
TOO_NEW = {
    ".js": {
        r"\bstatic\s*\{": "static blocks, 94",
        r"#\w+\s+in\b": "private brand checks, 91",
        r"^(?:const \w+ = )?await\b": "await outside a function, 89",
        r"\.at\(": "at, 92",
        r"\.(?:findLast|findLastIndex)\(": "findLast, 97",
        r"\.(?:toSorted|toReversed|toSpliced|with)\(": "copies of arrays, 110",
        r"\bObject\.(?:hasOwn|groupBy)\b": "Object.hasOwn, 93",
        r"\bstructuredClone\(": "structuredClone, 98",
        r"\brandomUUID\(": "randomUUID, 92",
        r"\bAbortSignal\.(?:timeout|any)\(": "AbortSignal.timeout, 103",
        r"\bIntl\.Segmenter\b": "Segmenter, 87",
        r"\bcheckVisibility\(": "checkVisibility, 105",
        r"\b(?:show|hide|toggle)Popover\(": "popovers, 114",
        r"\bimport\b[^;\n]*\b(?:assert|with)\s*\{": "import attributes, 91",
        r"[\"'][^\"'\n]*:(?:has|is|where)\(": "selectors :has, :is and :where, 88",
        r"/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\(": "regular expressions with v, 112",
    },
    ".css": {
        r":(?:has|is|where|user-invalid|user-valid)\(?": "selectors :has, :is and :where, 88",
        r":not\([^()]*,": "lists in :not, 88",
        r"@(?:layer|container|scope|starting-style|property)\b": "@layer, @container, 99",
        r"(?:^|[;{\s])inset\s*:": "inset, 87",
        r"(?:margin|padding|inset)-(?:inline|block)\s*:": "logical shorthands, 87",
        r"aspect-ratio": "aspect-ratio, 88",
        r"accent-color": "accent-color, 93",
        r"color-mix|light-dark|oklch|\blab\(": "colours, 111",
        r"\d(?:d|s|l)v[hw]\b|\d(?:lh|rlh|cap)\b": "units, 108",
        r"@media[^{]*[<>]": "ranges of widths, 104",
        r"(?:^|[{}])\s*&": "nesting, 112",
        r"(?:^|[;{\s])(?:translate|rotate|scale)\s*:": "single transforms, 104",
        r"overflow[-xy]*\s*:\s*clip|text-wrap|scrollbar-gutter|subgrid": "90 and later",
    },
}


def code(path: Path) -> str:
    """The file without its comments."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(?:^|\s)//.*$", "", text) if path.suffix == ".js" else text


def newer(text: str, suffix: str) -> list[str]:
    """What a text uses that came after Chromium 86."""
    return [since for pattern, since in TOO_NEW[suffix].items() if re.search(pattern, text, re.MULTILINE)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_nothing_shipped_is_newer_than_chromium_86(path: Path) -> None:
    assert newer(code(path), path.suffix) == []


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".js", "class A { static { this.a = 1; } }"),
        (".js", "const last = rows.at(-1);"),
        (".js", "document.querySelector('tr:has(input)')"),
        (".js", "const answer = await fetch('/');"),
        (".js", "if (Object.hasOwn(found, 'a')) {}"),
        (".css", "td:has(.tag){padding:0}"),
        (".css", ".a:not(.b,.c){margin:0}"),
        (".css", ".a{inset:0}"),
        (".css", "@media(width>=900px){.a{margin:0}}"),
        (".css", ".a{height:100dvh}"),
        (".css", "@layer base{a{color:red}}"),
    ],
)
def test_what_is_newer_is_noticed(suffix: str, text: str) -> None:
    assert len(newer(text, suffix)) == 1
