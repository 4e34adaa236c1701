"""The empty week plan: drop-downs, a note on each column and the provision behind it."""

from __future__ import annotations

from fujing.kernel.templates import Asked, Blank, template
from fujing.law.catalogue import BY_NATIONAL_RULES, ITEMS
from fujing.law.formats.duties import ABSENCE_COLUMNS, ABSENCE_SHEET, COLUMNS, SHEET
from fujing.law.provisions import cite

OTHER_WORK = "、".join(BY_NATIONAL_RULES)
NOTES = {
    "id": ("每行一个编号，核对结果按它指明", ()),
    "id_number": ("花名册上在职人员的18位号码，按文本填写", ("5.p1",)),
    "date": ("派勤的日期，如 2026-03-02；夜班写开始的那天", ()),
    "start": ("开始时刻，如 18:00", ()),
    "end": ("结束时刻，如 22:00；早于开始时刻的为第二天，首尾相接不算重叠", ("4",)),
    "item": ("职责目录的编号：文职9.1至9.4，勤务10.1至10.10和11.1至11.4", ("9", "10", "11")),
    "text": ("具体做什么，写明协助民警做什么；第十三条的工作不得派", ("13",)),
    "place": ("在哪里", ()),
    "commander": ("指挥或者带领的民警姓名；没有写 无", ("4", "9", "10")),
    "basis": (f"事项为{OTHER_WORK}（其他工作）时，写明国家规定的名称和文号", BY_NATIONAL_RULES),
    "needs": ("需要的证书名称，几种用分号隔开；不需要的空着", ("12",)),
    "drives": ("是否驾驶警用车辆、船艇", ("27.p1",)),
    "restraint": ("是否使用约束性警械", ("27.p2",)),
    "emergency": ("使用约束性警械的，写明危害公共安全、社会秩序和人身、财产安全的紧急情况", ("27.p2",)),
}
ABSENCE_NOTES = {
    "id_number": ("请假、停职或者应当回避的人", ()),
    "from": ("第一天；回避不填", ("36",)),
    "to": ("最后一天（含当天）；回避不填", ("36",)),
    "kind": ("请假、停职或者回避", ("30", "36")),
    "matter": ("回避的事由，如当事人、商铺、小区的名称；内容或者地点有这几个字的派勤不能派给这个人", ("30",)),
}


def duties_template() -> bytes:
    """An .xlsx with 派勤, 请假 and 说明, ready to be filled in and read."""
    words = {"item": ITEMS}
    orders = [Asked(each, NOTES[each.key][0], _cited(NOTES[each.key][1]), words.get(each.key, ())) for each in COLUMNS]
    absences = [Asked(each, ABSENCE_NOTES[each.key][0], _cited(ABSENCE_NOTES[each.key][1])) for each in ABSENCE_COLUMNS]
    return template([Blank(SHEET, orders), Blank(ABSENCE_SHEET, absences)], title="派勤表怎样填写")


def _cited(provisions: tuple[str, ...]) -> str:
    return "、".join(cite(each) for each in provisions)
