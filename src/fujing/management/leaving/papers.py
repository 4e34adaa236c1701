"""The papers of an ending: the receipt of a person's own notice, and the certificate (Labour Contract Law 50).

What isn't stored is a blank, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from fujing.kernel.papers import Paper, Text, chinese_date
from fujing.kernel.privacy import masked
from fujing.law.leaving.ways import CLEARANCE, WAYS, By
from fujing.management.leaving.models import Departure, Resignation
from fujing.recruitment.hiring.papers import BLANK
from fujing.registry.models import Engagement
from fujing.registry.queries import contracts_of, organ_at, places_of


def certificate(departure: Departure) -> Paper:
    """解除（终止）劳动合同证明: term, last day, post and years of service; not the reason, which could harm the person."""
    person, began = departure.engagement.person, departure.engagement.span.lower
    contract = contracts_of(person).filter(engagement=departure.engagement).first()
    place = places_of(person).filter(engagement=departure.engagement).first()
    what = "终止" if WAYS[departure.way].by is By.LAW else "解除"
    held = f"{contract.number}，自{chinese_date(contract.span.lower)}起" if contract else BLANK
    return Paper(
        title=f"{what}劳动合同证明",
        code=f"离职 {departure.organ_code}-{departure.pk}",
        blocks=(
            Text(f"{person.name}，公民身份号码：{BLANK * 3}"),
            Text(f"劳动合同：{held}"),
            Text(f"工作岗位：{place.post.name if place else BLANK}"),
            Text(f"在本单位工作：自{chinese_date(began)}起至{chinese_date(departure.last_day)}止"),
            Text(
                f"劳动合同于{chinese_date(departure.last_day)}{what}。依据：《中华人民共和国劳动合同法》第五十条出具本证明。"
            ),
            Text("档案和社会保险关系转移手续，在解除或者终止后十五日内办理。"),
            Text(f"{organ_at(departure.organ_code).name}（盖章）　　日期：{BLANK}"),
            Text(f"本人签收：{BLANK}　　日期：{BLANK}"),
        ),
    )


def acknowledgement(resignation: Resignation, address: str) -> Paper:
    """收到书面解除劳动合同通知的回执: when it came, the last day, what is handed back, and where to look it up."""
    row = resignation
    days = f"，提前通知{row.notice_days}日" if row.notice_days else ""
    return Paper(
        title="收到书面解除劳动合同通知的回执",
        code=f"辞职 {row.organ_code}-{row.pk}",
        blocks=(
            Text(f"{row.engagement.person.name}："),
            Text(f"你{chinese_date(row.dated)}的书面通知已于{chinese_date(row.received_on)}收到。"),
            Text(f"情形：{WAYS[row.way].label}（{WAYS[row.way].statute}）。"),
            Text(f"最后工作日：{chinese_date(row.last_day)}（含当日）{days}。"),
            Text(f"离职前交回：{'、'.join(CLEARANCE.values())}；遗失的，说明处理情况。"),
            Text("本机关确认以前、最后工作日以前，你可以书面撤回。本通知不影响你今后报名。"),
            Text(f"回执码：{row.receipt}。在 {address} 输入回执码，可以看到办理到哪一步，不用登录。"),
            Text(f"{organ_at(row.organ_code).name}（盖章）　　日期：{BLANK}"),
            Text(f"本人签收：{BLANK}　　日期：{BLANK}"),
        ),
    )


def telling(departure: Departure) -> Paper:
    """拟解除劳动合同告知书: ground, consequence, and the term to answer; facts and term are written on it by hand."""
    found = WAYS[departure.way]
    bars = {True: "适用", None: "可能适用", False: "不适用"}[found.mark]
    then = "今后不得招聘为警务辅助人员" if found.mark is not False else "不影响今后报名"
    return Paper(
        title="拟解除劳动合同告知书",
        code=f"告知 {departure.organ_code}-{departure.pk}",
        blocks=(
            Text(f"{departure.engagement.person.name}："),
            Text(f"本机关拟以“{found.label}”与你解除劳动合同（{found.statute or departure.statute}）。"),
            Text(f"事实和理由：{BLANK * 8}"),
            Text(f"后果：劳动合同解除；{bars}办法第二十条第（七）项，{then}。"),
            Text(f"你可以在{BLANK}以前（含当日）书面或者口头陈述和申辩。陈述照原话记录，由决定人查阅以后再决定。"),
            Text("期限届满没有陈述的，依法决定。"),
            Text(f"{organ_at(departure.organ_code).name}（盖章）　　日期：{BLANK}"),
            Text(f"本人签收：{BLANK}　　日期：{BLANK}"),
        ),
    )


def own_words(title: str, engagement: Engagement, said: Iterable[tuple[str, str]], account: str) -> Paper:
    """What somebody sent by their own sign-in, as the paper that is filed: their words, when, and by which account."""
    person = engagement.person
    at = timezone.localtime()
    return Paper(
        title=title,
        blocks=(
            Text(f"{organ_at(engagement.organ_code).name}："),
            *(Text(f"{label}：{line}") for label, text in said for line in text.splitlines() if line.strip()),
            Text(f"{person.name}（公民身份号码 {masked(person, 'id_number')}）"),
            Text(f"本件由本人于{at:%Y年%-m月%-d日%H:%M}登录本人服务提交，登录账号 {account}，与纸质书面材料同样登记。"),
        ),
    )
