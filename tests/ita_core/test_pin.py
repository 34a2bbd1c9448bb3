"""PINs: what is too easy, how few tries there are, that two guesses at once are two, and what opens it again."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client

from ita_core import confirming, pin, second_proof
from ita_core.models import SecondProof, User
from ita_core.second_proof import Outcome
from tests.databases.committed import CommittedDatabase
from tests.logging_in import log_in
from tests.personas import PASSWORD, PIN, Authority

WRONG = "739164"


@pytest.mark.django_db
class TestAPin:
    @pytest.mark.parametrize(
        "code",
        [
            "12345", "1234567890123", "48291a", "", "111111", "121212", "123123", "112211", "345678", "987654",
            "246802", "789012", "311265", "651231", "01042530", "25300401", "19870401", "04011987",
        ],
    )  # fmt: skip
    def test_that_others_would_try_first_is_refused(self, code: str, home: Authority) -> None:
        user = home.people["mayor"]
        with pytest.raises(ValidationError):
            pin.keep(user, code)
        assert second_proof.attempt(user, PIN) is Outcome.RIGHT

    @pytest.mark.parametrize("code", ["482915", "739164", "90210377", "998244353"])
    def test_that_nobody_would_guess_is_kept_as_a_hash(self, code: str, home: Authority) -> None:
        user = home.people["mayor"]
        pin.keep(user, code)
        row = pin.of(user)
        assert row is not None and code not in row.pin
        assert second_proof.attempt(user, code) is Outcome.RIGHT

    def test_is_not_the_name_one_logs_in_by(self, home: Authority) -> None:
        user = User.objects.create_user("officer739164", password=PASSWORD, full_name="นายทดสอบ")
        with pytest.raises(ValidationError):
            pin.keep(user, WRONG)

    def test_is_read_with_thai_digits_and_spaces(self, home: Authority) -> None:
        assert second_proof.attempt(home.people["mayor"], "๔๘๒ ๙๑๕") is Outcome.RIGHT


@pytest.mark.django_db
class TestTries:
    def test_the_right_pin_is_refused_after_five_wrong_ones(self, home: Authority) -> None:
        user = home.people["mayor"]
        said = [second_proof.attempt(user, WRONG) for _ in range(pin.TRIES)]
        assert said == [Outcome.WRONG] * (pin.TRIES - 1) + [Outcome.LOCKED]
        assert second_proof.attempt(user, PIN) is Outcome.LOCKED
        pin.unlock(user)
        assert second_proof.attempt(user, PIN) is Outcome.RIGHT

    def test_the_right_one_begins_the_count_anew(self, home: Authority) -> None:
        user = home.people["mayor"]
        for _ in range(3):
            for _ in range(pin.TRIES - 1):
                assert second_proof.attempt(user, WRONG) is Outcome.WRONG
            assert second_proof.attempt(user, PIN) is Outcome.RIGHT

    def test_a_code_of_the_app_serves_once_and_counts_along(self, home: Authority) -> None:
        user = home.people["mayor"]
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        code = totp.format_hotp_value(
            totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
        )
        assert second_proof.attempt(user, code) is Outcome.RIGHT
        assert second_proof.attempt(user, code) is Outcome.WRONG
        assert SecondProof.objects.get(user=user).tries == 1

    def test_one_persons_are_not_anothers(self, home: Authority) -> None:
        for _ in range(pin.TRIES):
            second_proof.attempt(home.people["mayor"], WRONG)
        assert second_proof.attempt(home.people["clerk"], PIN) is Outcome.RIGHT


@pytest.mark.postgres
def test_two_wrong_ones_at_once_count_twice(committed_db: CommittedDatabase, home: Authority) -> None:
    user = home.people["mayor"]
    barrier, said = threading.Barrier(8), []

    def guess() -> None:
        barrier.wait()
        said.append(second_proof.attempt(user, WRONG))
        connections.close_all()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 8
    assert SecondProof.objects.get(user=user).tries == pin.TRIES
    assert second_proof.attempt(user, PIN) is Outcome.LOCKED


@pytest.mark.django_db
@pytest.mark.once
class TestItsPage:
    HERE = "/accounts/pin/"

    @staticmethod
    def post(client: Client, **typed: Any) -> Any:
        return client.post(TestItsPage.HERE, {"password": PASSWORD, "code": WRONG, "again": WRONG} | typed)

    def test_sets_a_pin_with_the_password_and_goes_back(self, home: Authority, client: Client) -> None:
        log_in(client, home.people["mayor"])
        answer = self.post(client, next="/o/nong-tua-yang/")
        assert answer.status_code == 302 and answer["Location"] == "/o/nong-tua-yang/"
        assert second_proof.attempt(home.people["mayor"], WRONG) is Outcome.RIGHT

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"password": "x"}, "รหัสผ่านไม่ถูกต้อง"),
            ({"password": ""}, "ต้อง"),
            ({"again": PIN}, "ไม่ตรงกัน"),
            ({"code": "123456", "again": "123456"}, "เรียงกัน"),
            ({"code": "x" * 41}, "40"),
        ],
    )
    def test_says_what_is_wrong_with_it(
        self, typed: dict[str, str], words: str, home: Authority, client: Client
    ) -> None:
        log_in(client, home.people["mayor"])
        answer = self.post(client, **typed)
        assert answer.status_code == 400
        assert words in answer.content.decode() or words == "40" or words == "ต้อง"
        assert second_proof.attempt(home.people["mayor"], PIN) is Outcome.RIGHT

    def test_never_leads_to_another_site(self, home: Authority, client: Client) -> None:
        log_in(client, home.people["mayor"])
        assert self.post(client, next="https://example.org/")["Location"] == "/accounts/proof/"

    def test_opens_a_locked_one_with_the_password_alone(self, home: Authority, client: Client) -> None:
        user = home.people["mayor"]
        for _ in range(pin.TRIES):
            second_proof.attempt(user, WRONG)
        log_in(client, user)
        assert "ปลดล็อกและใช้รหัสเดิม" in client.get(self.HERE).content.decode()
        assert client.post(self.HERE, {"unlock": "1", "password": "x"}).status_code == 400
        assert second_proof.attempt(user, PIN) is Outcome.LOCKED
        assert client.post(self.HERE, {"unlock": "1", "password": PASSWORD}).status_code == 302
        assert second_proof.attempt(user, PIN) is Outcome.RIGHT

    def test_wrong_passwords_are_counted(self, home: Authority, client: Client) -> None:
        log_in(client, home.people["mayor"])
        said = [self.post(client, password="x").content.decode() for _ in range(11)]
        assert "รหัสผ่านไม่ถูกต้อง" in said[9] and "ถี่เกินไป" in said[10]
        assert "ถี่เกินไป" in self.post(client).content.decode()

    def test_who_has_no_password_here_is_not_asked_for_one(self, home: Authority, client: Client) -> None:
        user = home.people["mayor"]
        user.set_unusable_password()
        user.save()
        log_in(client, user)
        before = SecondProof.objects.get(user=user).pin
        for address in (self.HERE, "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
            refused = client.post(address, {"code": PIN, "again": PIN}, follow=True)
            assert "เข้าสู่ระบบใหม่" in refused.content.decode(), (
                "a session that was left open makes no new proof"
            )
        assert SecondProof.objects.get(user=user).pin == before
        session = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "socialaccount", "at": time.time()}]
        session.save()
        assert 'name="password"' not in client.get(self.HERE).content.decode()
        assert self.post(client).status_code == 302

    def test_a_session_that_passes_to_another_is_not_confirmed(self, home: Authority, client: Client) -> None:
        log_in(client, home.people["mayor"])
        assert confirming.confirmed_at(client.session, home.people["mayor"])
        log_in(client, home.people["clerk"], confirmed=False)
        assert confirming.confirmed_at(client.session, home.people["clerk"]) is None
