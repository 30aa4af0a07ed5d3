"""The first account of an empty office is made on its own machine."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dienhong.commands.accounts import account
from dienhong.foundation.access.models import Account
from dienhong.foundation.journal.queries import last_number

pytestmark = pytest.mark.django_db
WORDS = ["create", "vanphong", "--name", "Người giữ hệ thống", "--keeper", "--password-stdin"]


def test_a_keeper_is_made_and_it_is_written():
    before = last_number()
    done = CliRunner().invoke(account, WORDS, input="sáu-con-vịt-xòe-2026\n")
    assert done.exit_code == 0, done.output
    made = Account.objects.get(username="vanphong")
    assert made.is_keeper
    assert made.check_password("sáu-con-vịt-xòe-2026")
    assert last_number() == before + 2


@pytest.mark.parametrize("password", ["", "short", "vanphong2026"])
def test_a_weak_password_leaves_no_account_behind(password):
    before = last_number()
    done = CliRunner().invoke(account, WORDS, input=f"{password}\n")
    assert done.exit_code == 1
    assert "Error:" in done.stderr
    assert not Account.objects.exists()
    assert last_number() == before


def test_a_name_that_is_taken_is_refused():
    CliRunner().invoke(account, WORDS, input="sáu-con-vịt-xòe-2026\n")
    done = CliRunner().invoke(account, WORDS, input="sáu-con-vịt-xòe-2026\n")
    assert done.exit_code == 1
    assert "taken" in done.stderr
