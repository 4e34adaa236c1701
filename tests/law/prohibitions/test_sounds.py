"""How a syllable is heard: without its tone, zh ch sh as z c s, -ng as -n, l and n alike."""

from __future__ import annotations

import pytest

from fujing.law.prohibitions.wording import _syllable

HEARD = {
    "a": "ā á ǎ à a",
    "e": "ē é ě è e",
    "i": "ī í ǐ ì i",
    "o": "ō ó ǒ ò o",
    "u": "ū ú ǔ ù u",
    "v": "ǖ ǘ ǚ ǜ ü",
    "l": "n ń ň ǹ ňg ng",
    "lv": "lǜ nǚ lü",
    "zan": "zhāng zàn zhàn zāng",
    "cen": "chéng chén céng",
    "san": "shān sān shàng sāng",
    "lan": "nán láng náng lán",
    "li": "nǐ lǐ",
    "he": "hé",
}


@pytest.mark.parametrize(("heard", "readings"), HEARD.items())
def test_readings_that_sound_alike_are_one_syllable(heard: str, readings: str) -> None:
    assert {_syllable(reading) for reading in readings.split()} == {heard}
