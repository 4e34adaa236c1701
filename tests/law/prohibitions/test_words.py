"""Each word that turns a sentence, in a sentence of its own; with another in its place the sentence says something else."""

from __future__ import annotations

import pytest

from fujing.law.prohibitions import screened
from fujing.law.prohibitions.wording import Plain
from tests.law.prohibitions.test_roles import AFFAIRS, ALONE, ASSISTING, CARRIED, ELSEWHERE, NOT_DONE, POLICE, UNSAID

BESIDE = "说的是民警进行时在旁做别的"
PERMITTED = "写的是未经同意不做，同意后是否去做没有写明"
BANS = "不得 严禁 禁止 不准 不许"

WORDS = [
    ("不得迟到_单独询问证人", "； 。 ！ ？ \\n ， ：", ALONE, "又", NOT_DONE),
    ("_从事下列工作：单独询问证人", BANS, NOT_DONE, "尽快", ALONE),
    ("不得从事_工作：单独询问证人", "下列 以下 如下", NOT_DONE, "别的", ALONE),
    ("不得迟到_单独询问证人", "但 却 而是 只负责", ALONE, "或者", NOT_DONE),
    (
        "不得_单独询问证人",
        "拒绝 推诿 推脱 推辞 推托 延误 拖延 耽误 遗漏 迟延 怠于 少于 低于 间断 中断 松懈 忘记",
        ALONE,
        "前往",
        NOT_DONE,
    ),
    ("工作中_不单独询问证人", "不得 不能 不可", ALONE, "从", NOT_DONE),
    ("严禁_按规定询问证人", "不", UNSAID, "去", NOT_DONE),
    ("由他_不得处罚", "作出 做出 决定 裁定", UNSAID, "宣布", NOT_DONE),
    ("不得_携带枪支", "擅自 私自 随意 未经 无故", PERMITTED, "上街", NOT_DONE),
    ("协助民警巡逻_询问证人", "并 后 再 然后 随后", CARRIED, "以及", ASSISTING),
    ("不_询问证人", "断 停 时 仅 但 光 论 分 间 等 用 必 需 经 跟 靠 懂 会 予", UNSAID, "去", NOT_DONE),
    ("询问证人_参与", f"{BANS} 不能 不可 不予", NOT_DONE, "也要", UNSAID),
    (
        "询问证人不得_",
        "携 带 用 触 碰 参 开展 进行 保管 办 执行 实施 问 搜 查 审 出具 作出 做 代 交 从事 承担 由他",
        NOT_DONE,
        "迟到",
        UNSAID,
    ),
    ("询问证人_", "知识 讲座 条例 规定 法规 宣传 展板 题库 演练 学习 培训课 课程 主义法", AFFAIRS, "工作", UNSAID),
    ("询问证人_看门", "时 期间 过程中 的时候", BESIDE, "并", UNSAID),
    ("询问证人时_人", "在 做好 帮 给 递 守 看 维持 维护 疏散 警戒", BESIDE, "对", UNSAID),
    ("看管被询问证人_", "的人 人 对象 嫌", UNSAID, "物品", ELSEWHERE),
    ("询问证人_值守", "外围 会场外 场外 门外 室外 楼外 外观 卫生 停车场 车上", ELSEWHERE, "旁", UNSAID),
    ("_询问证人的民警送水", "为 给 在旁给", ELSEWHERE, "向", UNSAID),
    ("给询问证人的民警_", "送水 发水 递水 送餐 送饭 送盒饭 送衣 送药 送物资 送雨具", ELSEWHERE, "打伞", UNSAID),
    ("巡逻_给询问证人的民警送水", "， ：", ELSEWHERE, "时另外", UNSAID),
    ("_询问证人室门口值守", "在 到 从 于 经", ELSEWHERE, "去", UNSAID),
    (
        "在询问证人_值守",
        "门口 门前 门外 路口 公园 车站 公交站 附近 周边 外围 旁边 楼下 停车场 广场 对面",
        ELSEWHERE,
        "内",
        UNSAID,
    ),
    ("_询问证人", "民警 警官 人民警察 法制员 鉴定人 鉴定机构 法医", POLICE, "甲", UNSAID),
    (
        "民警_询问证人",
        "已 已经 依法 所 当场 现场 正在 进行 负责 将 执行 实施 作出 宣布 办理 对其 在室内",
        POLICE,
        "去",
        UNSAID,
    ),
    ("_民警询问证人", "代 替 顶", ALONE, "请", POLICE),
    ("登记_询问证人", "、 并 后 再 且 及 和 与 以 时", UNSAID, "好", AFFAIRS),
    ("询问证人通知书_送达", "、 并 后 再 且 及 和 与 以 时", UNSAID, "的", AFFAIRS),
]


def reason(text: str) -> str:
    """Why the first passage is answered as it is."""
    return screened(text.replace("\\n", "\n")).passages[0].why.rpartition("；")[2]


@pytest.mark.parametrize(
    ("sentence", "word", "said"),
    [(sentence, word, said) for sentence, words, said, *_ in WORDS for word in words.split(" ")]
    + [(sentence, other, otherwise) for sentence, _, _, other, otherwise in WORDS],
)
def test_a_word_turns_the_sentence(sentence: str, word: str, said: str) -> None:
    assert reason(sentence.replace("_", word)) == said


@pytest.mark.parametrize(
    ("sentence", "most", "near", "far"),
    [
        ("询问_证人", 12, UNSAID, None),
        ("证人，_询问", 7, UNSAID, None),
        ("登记_询问证人", 8, AFFAIRS, UNSAID),
        ("询问证人通知书_送达", 5, AFFAIRS, UNSAID),
        ("协助_民警询问证人", 3, ASSISTING, POLICE),
    ],
)
def test_words_belong_together_within_so_many_characters(sentence: str, most: int, near: str, far: str | None) -> None:
    between = "甲乙丙丁戊己庚辛壬癸子丑寅"
    assert reason(sentence.replace("_", between[:most])) == near
    beyond = sentence.replace("_", between[: most + 1])
    assert (reason(beyond) if far else screened(beyond).passages) == (far or ())


@pytest.mark.parametrize("word", ["以外", "之外", "外", "以外的"])
def test_what_is_excepted_is_not_read(word: str) -> None:
    assert screened(f"除单独询问证人{word}，协助巡逻").passages == ()
    assert reason("除单独询问证人，协助巡逻") == ALONE


def test_a_sign_after_an_ordinary_word_at_the_beginning_hides_no_other_word() -> None:
    assert Plain(["审讯"], {}, ["初审"])("初审、讯问") == "初审、讯问"
    assert Plain(["审讯"], {}, ["预审"])("初审、讯问") == "初审讯问"
