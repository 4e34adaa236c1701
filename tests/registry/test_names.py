"""What somebody types to find a person."""

import pytest

from fujing.registry.names import pinyin_keys


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("王建华", "wangjianhua", "wjh"),
        ("曾强", "zengqiang", "zq"),
        ("单小单", "shanxiaodan", "sxd"),
        ("解放", "xiefang", "xf"),
        ("单于明", "chanyuming", "cym"),
        ("尉迟敬", "yuchijing", "ycj"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, pinyin: str, initials: str) -> None:
    assert pinyin_keys(name) == (pinyin, initials)
