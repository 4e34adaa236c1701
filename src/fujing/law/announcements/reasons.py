"""Whether a stated reason says anything: 无, 人手不足 and 工作需要 fit every post and explain none."""

from __future__ import annotations

import re

EMPTY = re.compile(
    r"(?:无|没有|暂无|不详|未知|略|同上|其他|其它|因|由于|为|为了|满足|根据|按照|结合|本|我|该|此|各|局|县|市|区|州|单位|机关|部门|公安|系统|岗位|岗|职位|工作|业务|实战|现实|实际"
    r"|招聘|招录|招考|用人|用工|队伍|建设|发展|目前|当前|现|较|很|更|非常|十分|特别|确实|确|严重|比较|人手|人员|人才|人|警力|力量|辅警|警务辅助|不足|不够|短缺|紧缺"
    r"|紧张|缺乏|缺少|缺|急|急需|需要|需求|需|所需|要求|特殊|性质|特点|原因|情况|理由|等|的|和|与|有|要|是|多|少|大|男|女|男性|女性|性别|限|限招)+"
)
PUNCTUATION = re.compile(r"[\s\W_]+")


def says_nothing(reason: str | None) -> bool:
    """No reason, or one made only of words that any post could give."""
    if reason is None:
        return True
    words = PUNCTUATION.sub("", reason)
    return not re.search("[一-鿿]", words) or EMPTY.fullmatch(words) is not None
