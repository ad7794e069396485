"""No way from an editor's account to an administrator's."""

import pytest

from dateline.people.models import User
from tests.desk.desk_forms import signed_in
from tests.desk.entrance import PASSWORD

NEW = "jolly-otter-under-ice"


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief", "chief@news.example", PASSWORD)


def filled(name, **more):
    return {
        "username": name,
        "email": f"{name}@news.example",
        "first_name": "A",
        "last_name": "B",
        "password1": NEW,
        "password2": NEW,
        "is_active": "on",
        **more,
    }


def test_an_editor_makes_no_administrator(editors_desk, reporter):
    editors_desk.post("/desk/users/new/", filled("evil", is_superuser="on"))
    editors_desk.post(
        f"/desk/users/edit/{reporter.pk}/", filled("reporter", is_superuser="on")
    )
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_editor_changes_no_administrator(editors_desk, chief):
    answer = editors_desk.get(f"/desk/users/edit/{chief.pk}/")
    assert answer.headers["Location"] == "/desk/"
    editors_desk.post(f"/desk/users/edit/{chief.pk}/", filled("chief"))
    editors_desk.post(
        f"/desk/bulk/people/user/set_active_state/?id={chief.pk}",
        {"mark_as_active": "False"},
    )
    chief.refresh_from_db()
    assert chief.check_password(PASSWORD)
    assert chief.is_active


def test_an_administrator_does_both(chief, reporter):
    desk = signed_in(chief)
    desk.post("/desk/users/new/", filled("second", is_superuser="on"))
    second = User.objects.get(username="second")
    assert second.is_superuser
    desk.post(f"/desk/users/edit/{second.pk}/", filled("second"))
    second.refresh_from_db()
    assert not second.is_superuser
