"""The rules of a route, and the check that names an authority whose route breaks them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from ita_core.models import Organisation, Post
from workflows.models import State
from workflows.route import ROLE_OF, PlannedStep, check_route, routes_sound

HEAD, CLERK, MAYOR = State.SECTION_HEAD_REVIEWED, State.DEPUTY_APPROVED, State.MAYOR_SIGNED
OWN = Post(organisation_id=1, title="ปลัด", role="clerk")
DEPUTY = Post(organisation_id=1, title="รองปลัด", role="deputy_clerk")
FOREIGN = Post(organisation_id=2, title="ปลัด", role="clerk")


def step(position: int, reaches: str, **facts: object) -> PlannedStep:
    post = Post(organisation_id=1, title="ตำแหน่ง", role=ROLE_OF.get(reaches, "registrar"))
    plan = PlannedStep(1, position, f"ความเห็น {position}", reaches, (post,))
    return replace(plan, **facts)  # type: ignore[arg-type]


def route(*reached: str) -> list[PlannedStep]:
    return [step(position, reaches) for position, reaches in enumerate(reached, 1)]


@pytest.mark.parametrize(
    "reached",
    [
        (HEAD, CLERK, MAYOR),
        (CLERK, MAYOR),
        (MAYOR,),
        ("", HEAD, "", CLERK, "", MAYOR),
    ],
)
def test_a_sound_route_passes(reached: tuple[str, ...]) -> None:
    check_route(route(*reached))


def test_the_order_is_by_position_not_by_how_the_steps_come() -> None:
    check_route(reversed(route(HEAD, CLERK, MAYOR)))


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([], "ขั้นสุดท้ายต้องเป็นการลงนามของนายก"),
        (route(HEAD, CLERK), "ขั้นสุดท้ายต้องเป็นการลงนามของนายก"),
        (route(HEAD, MAYOR, ""), "ขั้นสุดท้ายต้องเป็นการลงนามของนายก"),
        (route(CLERK, HEAD, MAYOR), "เรียงตามลำดับ"),
        (route(HEAD, HEAD, MAYOR), "เรียงตามลำดับ"),
        (route(MAYOR, CLERK, MAYOR), "เรียงตามลำดับ"),
        (route(State.REFUSED, MAYOR), "ไม่รู้จักสถานะ"),
        ([step(1, HEAD), step(1, MAYOR)], "ลำดับที่ 1 ซ้ำกัน"),
        ([step(1, HEAD, posts=()), step(2, MAYOR)], "ยังไม่มีตำแหน่ง"),
        ([step(1, HEAD, posts=(OWN, FOREIGN)), step(2, MAYOR)], "หน่วยงานอื่น"),
        ([step(1, MAYOR, heading="  ")], "ไม่มีหัวข้อ"),
        ([step(1, MAYOR, posts=(OWN,))], "ต้องเป็นตำแหน่งที่มีบทบาทนายกเท่านั้น"),
        ([step(1, CLERK, posts=(OWN, DEPUTY)), step(2, MAYOR)], "ผู้อื่นลงนามได้ด้วยการแต่งตั้งให้ทำแทน"),
    ],
)
def test_each_broken_rule_is_a_sentence(steps: list[PlannedStep], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_route(steps)
    assert any(sentence in message for message in refused.value.messages)


def test_the_check_names_the_authority_and_what_is_wrong(db: None) -> None:
    organisation = Organisation.objects.create(slug="ban-mai", kind="sao", name="บ้านใหม่", province="สมมติ")
    assert [warning.obj for warning in routes_sound(databases=["default"])] == [organisation]
    post = Post(organisation=organisation, role="mayor", title=organisation.mayor_title)
    post.save()
    only = organisation.route.create(position=1, heading="คำสั่ง", reaches=MAYOR)
    assert "ยังไม่มีตำแหน่ง" in routes_sound(databases=["default"])[0].msg
    only.posts.add(post)
    assert routes_sound(databases=["default"]) == []


def test_the_check_asks_no_database_unless_told() -> None:
    assert routes_sound() == []
