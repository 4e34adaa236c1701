"""本人服务: what somebody who serves sees and does for themself, on the phone first (Articles 5 and 14)."""
