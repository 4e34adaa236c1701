"""Who does the work, as far as a sentence says: one act told in many ways, with the answer and the reason given."""

from __future__ import annotations

import pytest

from fujing.law.prohibitions import screened

UNSAID = "没有写明由民警进行"
ALONE = "写的是单独进行或者代替民警"
ASSISTING = "写的是协助民警"
POLICE = "写的是由民警进行"
NOT_DONE = "写的是不做"
CARRIED = "前面写了协助，这里没有写明由谁进行"
AFFAIRS = "写的是登记、送达、宣传一类的事务"
ELSEWHERE = "说的是地点或者别人"

TOLD = [
    ("询问证人", "13.3 undetermined", UNSAID),
    ("询问证人后报告民警", "13.3 undetermined", UNSAID),
    ("询问证人，由民警进行", "13.3 undetermined", UNSAID),
    ("询问证人的家属", "13.3 undetermined", UNSAID),
    ("负责询问证人", "13.3 stopped", "写的是由其负责"),
    ("单独询问证人", "13.3 stopped", ALONE),
    ("询问证人，没有民警", "13.3 stopped", ALONE),
    ("询问证人，只有辅警一人", "13.3 stopped", ALONE),
    ("询问证人，旁边没有民警", "13.3 stopped", ALONE),
    ("询问证人，民警在忙别的", "13.3 undetermined", UNSAID),
    ("民警不在场，询问证人", "13.3 stopped", ALONE),
    ("没有民警带队，询问证人", "13.3 stopped", ALONE),
    ("不是独自询问证人", "13.3 stopped", ALONE),
    ("民警在场时询问证人", "13.3 lawful", ASSISTING),
    ("民警带队询问证人", "13.3 lawful", ASSISTING),
    ("由民警带领，询问证人", "13.3 lawful", ASSISTING),
    ("协助民警询问证人", "13.3 lawful", ASSISTING),
    ("与民警一起询问证人", "13.3 lawful", ASSISTING),
    ("协助巡逻，询问证人", "13.3 lawful", CARRIED),
    ("协助民警巡逻后询问证人", "13.3 lawful", CARRIED),
    ("由民警询问证人", "13.3 lawful", POLICE),
    ("询问证人由民警进行", "13.3 lawful", POLICE),
    ("民警询问证人时维持秩序", "13.3 lawful", POLICE),
    ("询问证人时在门外等候", "13.3 lawful", "说的是民警进行时在旁做别的"),
    ("不得询问证人", "13.3 lawful", NOT_DONE),
    ("不询问证人", "13.3 lawful", NOT_DONE),
    ("不得单独询问证人", "13.3 lawful", NOT_DONE),
    ("询问证人不得参与", "13.3 lawful", NOT_DONE),
    ("未经民警同意，不得询问证人", "13.3 lawful", NOT_DONE),
    ("登记询问证人的时间", "13.3 lawful", AFFAIRS),
    ("送达询问证人通知书", "13.3 lawful", AFFAIRS),
    ("在询问证人室门口值守", "13.3 lawful", ELSEWHERE),
    ("登记被询问证人的姓名", "13.3 lawful", ELSEWHERE),
    # Arms are closed to auxiliaries whoever is with them; only not doing it is lawful, and a place is to be looked at.
    ("携带枪支巡逻", "13.8 stopped", UNSAID),
    ("协助民警携带枪支", "13.8 stopped", ASSISTING),
    ("登记枪支领用", "13.8 stopped", UNSAID),
    ("枪支", "13.8 undetermined", "只写了事情，没有写做什么"),
    ("枪支保管室外围巡逻", "13.8 undetermined", ELSEWHERE),
    ("未经批准不得携带枪支", "13.8 undetermined", "写的是未经同意不做，同意后是否去做没有写明"),
    ("不得携带枪支", "13.8 lawful", NOT_DONE),
    ("拘几天，由他拍板", "13.6 stopped", UNSAID),
    ("行政处罚决定由他签发", "13.6 stopped", ALONE),
    ("送达行政处罚决定书", "13.6 lawful", AFFAIRS),
    ("执行逮捕", "13.5 stopped", UNSAID),
    ("协助民警执行逮捕", "13.5 lawful", ASSISTING),
]


@pytest.mark.parametrize(("text", "answer", "reason"), TOLD)
def test_who_does_it_decides_and_is_told(text: str, answer: str, reason: str) -> None:
    (passage,) = screened(text).passages
    assert f"{passage.provision} {passage.answer.value}" == answer
    assert passage.why.rpartition("；")[2] == reason
