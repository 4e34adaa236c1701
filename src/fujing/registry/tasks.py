"""Telling people by short message, in the background: a request never waits for a gateway."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from fujing.kernel import cipher, messages
from fujing.kernel.actor import Actor, acting
from fujing.registry.models import Account

log = structlog.get_logger("fujing.messages")
# After 1, 5, 25 minutes and so on: a gateway that is away for a night has sent everything the next day.
RETRY = RetryStrategy(max_attempts=6, wait=60, exponential_wait=5, retry_exceptions={messages.Undelivered})


def tell(accounts: Iterable[int], text: str) -> int:
    """Queue the text for each account's own number, with the running transaction; gives how many, 0 without a gateway.

    Neither number nor readable text stands in the queue: the number is read when it is sent.
    """
    if not messages.sends():
        return 0
    sealed = b64encode(cipher.encrypt(text)).decode()
    jobs: list[JSONDict] = [{"account": each, "sealed": sealed} for each in dict.fromkeys(accounts)]
    if jobs:
        send_message.batch_defer(*jobs)
    return len(jobs)


@app.task(name="fujing.send_message", retry=RETRY)
def send_message(account: int, sealed: str) -> bool:
    """Send to the number that the account has now; without one, or when it was erased, nothing is sent."""
    with acting(Actor(name="短信", account_id=account), read_only=True):
        phone = Account.objects.filter(pk=account, is_active=True).values_list("phone", flat=True).first()
    gateway = messages.gateway()
    if not phone or gateway is None:
        log.info("message", account=account, sent=False)
        return False
    try:
        gateway.send(phone, cipher.decrypt(b64decode(sealed)))
    except messages.Undelivered as error:
        log.warning("message", account=account, sent=False, reason=str(error))
        raise
    log.info("message", account=account, sent=True)
    return True
