"""The certificate of an ending (Labour Contract Law 50). What isn't stored is a blank, never a guess."""

from __future__ import annotations

from fujing.kernel.papers import Paper, Text, chinese_date
from fujing.law.leaving.ways import WAYS, By
from fujing.management.leaving.models import Departure
from fujing.recruitment.hiring.papers import BLANK
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
