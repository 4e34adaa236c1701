"""The rules on what is ordered: each says nothing, or one sentence. Violated comes before undetermined."""

from __future__ import annotations

from fujing.law.catalogue import BY_NATIONAL_RULES, ITEMS, MODE_LABELS, MODES, OF_CASES, PART_LABELS, PERFORMED
from fujing.law.duties.orders import said_none
from fujing.law.duties.people import Auxiliary
from fujing.law.duties.told import Case, Told, undetermined, violated
from fujing.law.prohibitions import Answer
from fujing.law.provisions import cite


def item(case: Case) -> Told | None:
    """事项 is one of the catalogue; other work only by a national rule that is named."""
    order = case.order
    if order.item is None:
        return undetermined("4", "没有填事项，不知道派的是哪一项工作", "填写目录中的事项，如 10.3")
    if order.item not in ITEMS:
        article = order.article or _article_of(case.person)
        return violated(
            article,
            f"事项“{order.item}”不在职责目录（第九条至第十一条）中",
            "改为目录中的事项，如 10.3",
            item=order.item,
        )
    if order.item in BY_NATIONAL_RULES and "basis" in case.columns and said_none(order.basis):
        return violated(
            order.item.partition(".")[0],
            f"{cite(order.item)}的其他工作没有写明所依据的国家规定",
            "写明国家规定的名称和文号",
            item=order.item,
        )
    return None


def commander(case: Case) -> Told | None:
    """在人民警察的组织、指挥下 (9), 带领下 (10); 11 and the rest in the command of the organ and its police (4)."""
    if not case.unled:
        return None
    provision = case.order.article if case.order.article in ("9", "10") else "4"
    return violated(provision, "没有指挥民警", "写明指挥或者带领的民警", commander=case.order.commander)


def mode(case: Case) -> Told | None:
    """在人民警察的组织、指挥下 (9), 带领下 (10), 在公安机关组织指挥下 (11): as the item's article says."""
    order, article = case.order, case.order.article
    if article is None or order.item not in ITEMS:
        return None
    if order.mode is None:
        return undetermined(article, "没有写明指挥方式", "写明由民警带领、民警指挥还是公安机关指挥")
    if order.mode in MODES[article]:
        return None
    right = "或者".join(MODE_LABELS[each] for each in MODES[article])
    return violated(
        article,
        f"{cite(order.item)}的工作应当由{right}，不能由{MODE_LABELS[order.mode]}",
        f"改为{right}",
        item=order.item,
        mode=order.mode,
    )


def part(case: Case) -> Told | None:
    """协助开展: who decides, and whether the auxiliary assists or does it alone, before any word of the text is read."""
    order = case.order
    if order.part is None:
        return undetermined(order.article or "4", "没有写明辅警是协助民警还是自行开展", "写明辅警承担什么")
    if order.part == "decide":
        return violated("13.6", "由辅警作出决定，属于不得从事的工作", "由人民警察作出决定，辅警协助", part=order.part)
    if order.part == "assist" or order.article is None or order.item not in ITEMS or order.item in PERFORMED:
        return None
    provision = "13.3" if order.item in OF_CASES else order.article
    return violated(
        provision,
        f"{cite(order.item)}的工作只能协助民警进行，不能{PART_LABELS[order.part]}",
        "改为协助民警，或者由人民警察承担",
        item=order.item,
        part=order.part,
    )


def led(case: Case) -> Told | None:
    """在人民警察的带领下: so many people cannot be led by one officer."""
    if case.crowd is None:
        return None
    at = f"{case.crowd.at:%Y-%m-%d %H:%M}"
    return violated(
        "10",
        f"{case.order.led_by}在{at}同时带领{case.crowd.people}人，超过{case.most_led}人",
        "增加带队民警，或者错开时间",
        commander=case.order.led_by,
        people=case.crowd.people,
        most=case.most_led,
        at=at,
    )


def overlap(case: Case) -> Told | None:
    """Nobody is under command in two places at a time."""
    if not case.overlaps:
        return None
    others = "、".join(other.named or f"第{other.row}行的{other.subject}" for other in case.overlaps[:3])
    return violated(
        "4",
        f"与{others}时间重叠，一人不能同时在两处",
        "错开时间，或者改派他人",
        orders=[other.subject for other in case.overlaps],
    )


def restraint(case: Case) -> Told | None:
    """紧急情况, 勤务警务辅助人员, 在人民警察的指挥或者带领下，协助使用约束性警械."""
    if not case.order.restraint:
        return None
    lacking = []
    if case.person is not None and case.person.category == "civil":
        lacking.append("文职警务辅助人员不得使用")
    if "emergency" in case.columns and (said_none(case.order.emergency) or case.order.emergency == "否"):
        lacking.append("没有紧急情形")
    if case.unled:
        lacking.append("没有指挥民警")
    if not lacking:
        return None
    return violated(
        "27.p2", f"约束性警械：{'，'.join(lacking)}", "只在紧急情形下，由民警指挥勤务人员协助使用", lacking=lacking
    )


def prohibited(case: Case) -> Told | None:
    """警务辅助人员不得从事下列工作 (第十三条)."""
    found = [each for each in case.passages if each.answer is not Answer.LAWFUL]
    if not found:
        return None
    stopped = [each for each in found if each.answer is Answer.STOPPED]
    first, *others = stopped or found
    also = "".join(f"；“{each.words}”涉及{cite(each.provision)}" for each in others)
    facts = {"words": first.words, "others": {each.provision: each.words for each in others}}
    if stopped:
        message = f"内容写有“{first.words}”，属于{cite(first.provision)}不得从事的工作：{first.why}{also}"
        return violated(first.provision, message, "删去这项工作，或者改由人民警察承担", **facts)
    message = f"内容写有“{first.words}”，是否属于{cite(first.provision)}不得从事的工作待核实：{first.why}{also}"
    return undetermined(first.provision, message, "由民警具名写明理由，或者写清由民警进行、辅警协助什么", **facts)


def _article_of(someone: Auxiliary | None) -> str:
    """An item of no article is measured by the person's own."""
    return {"civil": "9", "field": "10"}.get((someone and someone.category) or "", "4")
