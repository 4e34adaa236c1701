"""Whose body a printed name is: governments, human resources departments, police bureaus and what belongs to them.

A name proves nothing by a word in it. Each question is answered True, False or None: None where the name doesn't say
enough, and then nobody may take it for a yes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fujing.law.jurisdiction import Division, division_at_start, divisions, full_name

BUREAU = re.compile(r"^公安(?P<kind>厅|局|分局)(?P<branch>.*)$")
GOVERNMENT = re.compile(r"^(?:人民)?政府$")
HRSS = re.compile(r"^(?:人力资源(?:和|与|及)?社会保障|人社)(?:厅|局|委员会|委|部门)$")
HRSS_AT_END = re.compile(r"^(?P<place>.*?)(?:人力资源(?:和|与|及)?社会保障|人社)(?:厅|局|委员会|委|部门)$")
HRSS_OF_LEVEL = {"province": "人力资源和社会保障厅", "city": "人力资源和社会保障局", "county": "人力资源和社会保障局"}

UNIT_END = "(?:派出所|警务室|警务站|警务区|警务服务站|看守所|拘留所|拘役所|戒毒所|收教所|车辆管理所|车管所|留置所)"
BRIGADE = re.compile(
    r"(?:刑侦|刑警|刑事侦查|治安|交警|交通警察|交通管理|交管|巡警|特警|巡特警|巡逻|禁毒|网安|网络安全保卫|经侦|国保|反恐|法制|情报|督察|监管"
    r"|出入境|食药环|森林警察|警犬|户政|警务)[^，。；]{0,12}(?:总队|支队|大队|中队)"
)
UNIT_OF_BUREAU = re.compile(
    r"公安(?:局|厅|分局).*(?:科|处|室|部|队|所|股|站|中心|基地|办公室|办|专班|学校|支部|党委|党组)$"
)
DOUBTFUL = re.compile("公安|警|反诈|治安|看守|拘留|戒毒|出入境|户籍")
"""Words of bodies that may well be the police's own."""
COMPANY = re.compile(r"公司|集团|企业|事务所|合作社")
LABOUR_DISPATCH = re.compile(r"劳务派遣|劳动派遣|派遣")
OUTSOURCING = re.compile(r"外包|劳务|保安|安保|护卫|押运|安防|物业|安全服务|守护")

FRAMES = re.compile(
    r"^(?:已?(?:报|经|由|报经|报请))|(?:研究|审核|审议|审定)?(?:批准|同意|批复|审批)(?:实施|执行)?$|[（(〔\[][^（）()]*号[）)〕\]]$"
)
BETWEEN = re.compile(r"[、，,；;]|(?<![源仁])(?:和|与|及|会同)(?!社会保障)")
"""仁和区 is no pair of bodies, and neither is 人力资源和社会保障."""


@dataclass(frozen=True, slots=True)
class Answer:
    """True, False or None (can't be told), and what was read, as it goes on after the name in a sentence."""

    holds: bool | None
    read: str


def government_of(name: str, division: Division | None) -> Answer:
    """Is this the people's government of the division (第十六条: 本级人民政府批准)?

    Its offices (办公室, 法制局, 采购中心), party committees, townships and other bodies are not. A government without
    a place (县人民政府) can't be told; 省人民政府 is the province's. With several bodies in one name, one is enough.
    """
    answers = [_government(part, division) for part in parts_of(name)]
    return _said_of(name, _one(answers) or _unread(answers, name))


def _government(name: str, division: Division | None) -> Answer:
    places, rest = division_at_start("四川" + name if name.startswith("省人民政府") or name == "省政府" else name)
    if not GOVERNMENT.match(rest):
        if re.match(r"^(?:本级|同级|省|市|州|县|区)?(?:人民)?政府$", name):
            return Answer(None, f"“{name}”，未写是哪一个人民政府")
        office = re.match(r"^(?:人民)?政府(?P<office>.+)$", rest) if places else None
        if office:
            return Answer(False, f"读出的是{full_name(places[0])}人民政府的“{office['office']}”，不是人民政府")
        return Answer(None, f"“{name}”，{'读不出是哪一个人民政府' if '政府' in name else '不是人民政府'}")
    return _placed(places, division, name, "人民政府")


def human_resources_of(name: str, division: Division | None) -> Answer:
    """Is this the 人力资源社会保障部门 of the division (第十七条、第二十一条: 同级)?

    The police's own personnel section, a talent centre or a company is not. With several bodies each has to be, the division's own bureau aside.
    """
    parts = parts_of(name)
    others = [part for part in parts if division is None or bureau_division(part) != division] or parts
    answers = [_human_resources(part, division) for part in others]
    wrong = next((each for each in answers if each.holds is False), None)
    open_one = next((each for each in answers if each.holds is None), None)
    return _said_of(name, wrong or open_one or _first(answers, name))


def _said_of(name: str, answer: Answer) -> Answer:
    """Without the name once more where it is one body's."""
    return Answer(answer.holds, answer.read.removeprefix(f"“{name}”，"))


def _human_resources(name: str, division: Division | None) -> Answer:
    places, rest = division_at_start("四川" + name if name.startswith("省人") else name)
    if places and HRSS.match(rest):
        if rest.endswith("厅") != (places[0].level == "province") and not rest.endswith(("部门", "委", "委员会")):
            return Answer(False, f"“{name}”，不是一个人力资源社会保障部门的名称")
        return _placed(places, division, name, "人力资源社会保障部门")
    named = HRSS_AT_END.match(name)
    if named is None or "公安" in name:
        return Answer(False, f"“{name}”，不是人力资源社会保障部门")
    place = named["place"]
    if re.fullmatch(r"本级|同级|本?[省市州县区]?", place):
        return Answer(None, f"“{name}”，未写是哪一级哪一地的人力资源社会保障部门")
    if place.endswith(("省", "市", "州", "县", "区", "旗")):
        return Answer(False, f"“{name}”，不是同级人力资源社会保障部门")
    return Answer(None, f"“{name}”，名称不全")


def _placed(places: list[Division], division: Division | None, name: str, kind: str) -> Answer:
    if len(places) != 1:
        return Answer(None, f"“{name}”，看不出是哪一个{kind}")
    if division is None:
        return Answer(None, f"读出的是{full_name(places[0])}的{kind}，而招聘机关属于哪一级哪一地读不出")
    return Answer(places[0] == division, f"读出的是{full_name(places[0])}的{kind}")


def parts_of(name: str) -> list[str]:
    """The bodies that a printed name joins, without the words around them (经…批准)."""
    return [part for part in (_framed(each) for each in BETWEEN.split(re.sub(r"\s", "", name))) if part]


def _framed(name: str) -> str:
    bare = FRAMES.sub("", name)
    return bare if bare == name else _framed(bare)


def _one(answers: list[Answer]) -> Answer | None:
    return next((each for each in answers if each.holds), None)


def _unread(answers: list[Answer], name: str) -> Answer:
    return next((each for each in answers if each.holds is False), None) or _first(answers, name)


def _first(answers: list[Answer], name: str) -> Answer:
    return answers[0] if answers else Answer(None, f"“{name}”")


def bureau_division(name: str) -> Division | None:
    """Whose public security organ (县级以上人民政府公安机关) a name is; None for everything else.

    四川省公安厅, 绵阳市公安局, 三台县公安局, 成都市公安局锦江区分局 and 绵阳市公安局涪城分局, 锦江区公安分局.
    A branch for a zone that is no division (高新区分局) is the organ of no government, so None.
    """
    for part in parts_of(name):
        places, rest = division_at_start(part)
        found = BUREAU.match(rest)
        if len(places) != 1 or found is None:
            continue
        place, kind, branch = places[0], found["kind"], found["branch"]
        if not branch:
            fits = (kind == "厅") == (place.level == "province") and (kind != "分局" or place.level == "county")
            return place if fits else None
        if kind != "局" or place.level != "city" or not branch.endswith("分局"):
            return None
        district = branch.removesuffix("分局")
        inside = [each for each in divisions().values() if each.parent == place.code]
        return next((each for each in inside if district in (each.name, each.name.removesuffix("区"))), None)
    return None


def police_unit(name: str) -> bool | None:
    """Is this a section, station, brigade, house of detention or centre of a public security organ (第十七条第二款)?

    None in doubt: a branch for a zone, or a body for auxiliaries whose place nobody can tell from its name.
    """
    bare = re.sub(r"\s", "", name)
    if UNIT_OF_BUREAU.search(bare):
        return True
    if COMPANY.search(bare) or bureau_division(bare) is not None:
        return False
    if re.search(UNIT_END, bare) or BRIGADE.search(bare):
        return True
    return None if DOUBTFUL.search(bare) else False


def dispatches_labour(name: str) -> bool:
    """A labour dispatch body (劳务派遣): its contracts are dispatch contracts, not those of 第二十二条."""
    return LABOUR_DISPATCH.search(name) is not None


def sells_services(name: str) -> bool:
    """An outsourcing, security or guarding business: whether it hires or sells a service, its name doesn't tell."""
    return not dispatches_labour(name) and OUTSOURCING.search(name) is not None
