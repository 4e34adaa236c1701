"""What-if (政策推演): whom other values of parameters would affect, judged twice by the same rules, nothing stored."""

from fujing.law.whatif.answer import WhatIf
from fujing.law.whatif.comparing import Comparison
from fujing.law.whatif.people import roster_compared
from fujing.law.whatif.recruiting import Running, recruitment_compared
from fujing.law.whatif.settings import BadSettings, read_settings

__all__ = ["BadSettings", "Comparison", "Running", "WhatIf", "read_settings", "recruitment_compared", "roster_compared"]
