"""Who is graded in a round, and who isn't or can't be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fujing.law.appraisal.scheme import Scheme
from fujing.law.contracts import Said
from fujing.law.periods import months_later


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody's employment as a period sees it. `left_on` is the last day, None while employed; `probation` whether the
    period's last day lies in probation; `absent_days` None where nobody said how many."""

    began: date
    left_on: date | None
    probation: Said
    absent_days: int | None


def takes_part(scheme: Scheme, served: Served, first: date, last: date) -> Said:
    """Whether somebody gets a grade for a period (both days inclusive): no if one reason is against it, unknown (None)
    if one can't be told."""
    said = [_employed(served, last)]
    if said[0].holds:
        said += [_long_enough(scheme, served, first, last), _probation(scheme, served), _present(scheme, served)]
    against = [each.because for each in said if each.holds is False]
    unknown = [each.because for each in said if each.holds is None]
    if against or unknown:
        return Said(False if against else None, "；".join(against or unknown))
    return Said(True, "；".join(each.because for each in said))


def _employed(served: Served, last: date) -> Said:
    if served.began > last:
        return Said(False, f"{served.began}上岗，考核期已过")
    if served.left_on is not None and served.left_on < last:
        return Said(False, f"{served.left_on}离职，考核期末不在职")
    return Said(True, f"{served.began}上岗，考核期末在职")


def _long_enough(scheme: Scheme, served: Served, first: date, last: date) -> Said:
    """Who was there the whole period is, whatever the scheme asks."""
    if served.began <= first:
        return Said(True, "考核期内一直在职")
    if scheme.months is None:
        return Said(None, f"{served.began}上岗，方案没有写明工作满几个月的确定等次")
    enough = months_later(served.began, scheme.months) <= last + timedelta(days=1)
    words = f"{served.began}上岗，到{last}工作{'已' if enough else '未'}满{scheme.months}个月"
    return Said(enough, words)


def _probation(scheme: Scheme, served: Served) -> Said:
    if served.probation.holds is False:
        return Said(True, served.probation.because)
    if scheme.probation:
        return Said(True, "试用期人员确定等次")
    if served.probation.holds is None:
        return Said(None, served.probation.because)
    if scheme.probation is None:
        return Said(None, f"{served.probation.because}，方案没有写明试用期人员是否确定等次")
    return Said(False, f"{served.probation.because}，试用期人员不确定等次")


def _present(scheme: Scheme, served: Served) -> Said:
    days = served.absent_days
    if days is None:
        return Said(None, "考核期内缺勤几日没有登记")
    if days == 0:
        return Said(True, "考核期内没有缺勤")
    if scheme.absent_days is None:
        return Said(None, f"缺勤{days}日，方案没有写明缺勤多少日的不确定等次")
    within = days <= scheme.absent_days
    return Said(within, f"缺勤{days}日，{'没有超过' if within else '超过'}{scheme.absent_days}日")
