"""For the day on which the only administrator has lost phone and keys."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dateline.people.actions import remove_all_factors
from dateline.people.models import User


class Command(BaseCommand):
    help = "Remove all second factors of an account, and end its sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name that the account signs in with")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['name']!r}.")
        remove_all_factors(user, by=None)
        self.stdout.write(f"{user.get_username()} signs in by password alone.")
