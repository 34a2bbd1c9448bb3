"""The code typed with a signature: read before the act, so that proof and act are one press."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from ita_core import confirming, second_proof
from ita_core.membership import MemberRequest
from workflows.officers import Actor
from workflows.refusals import NotConfirmed


def confirmed(request: MemberRequest, actor: Actor) -> Actor:
    """The actor with the proof that his code gives, where the last one is no longer fresh.

    NotConfirmed when the code is wrong or no try is left. Without a code he comes back as he is, for the act to judge.
    """
    typed = request.POST.get(confirming.FIELD, "").strip()
    if not typed or confirming.is_fresh(actor.confirmed_at):
        return actor
    outcome = second_proof.attempt(actor.user, typed)
    if outcome is second_proof.Outcome.LOCKED:
        raise NotConfirmed(_("ใส่รหัสผิดครบห้าครั้ง รหัสจึงถูกล็อก โปรดใส่รหัสผ่านเพื่อปลดล็อก"))
    if outcome is second_proof.Outcome.WRONG:
        raise NotConfirmed(_("รหัสยืนยันตัวตนไม่ถูกต้อง ยังไม่มีการดำเนินการใด"))
    moment = confirming.note(request.session, actor.user)
    request.membership = dataclasses.replace(request.membership, confirmed_at=moment)
    return Actor.of(request.membership)
