"""What is known of how somebody signs in."""

from dataclasses import dataclass

from dateline.people.models import AuthenticatorApp, Passkey, User


@dataclass(frozen=True)
class Factors:
    """The second factors of one account."""

    app: AuthenticatorApp | None
    passkeys: list[Passkey]
    recovery_codes_left: int

    @property
    def is_any(self) -> bool:
        # Recovery codes alone are no factor: they only stand in for one.
        return bool(self.app or self.passkeys)

    def passkeys_at(self, host: str) -> list[Passkey]:
        """Return the passkeys that a browser can use under this host name."""
        return [key for key in self.passkeys if key.host == host]


def factors_of(user: User) -> Factors:
    return Factors(
        app=AuthenticatorApp.objects.filter(user=user).first(),
        passkeys=list(Passkey.objects.filter(user=user)),
        recovery_codes_left=user.recovery_codes.filter(used_at__isnull=True).count(),
    )


def has_second_factor(user: User) -> bool:
    return (
        AuthenticatorApp.objects.filter(user=user).exists()
        or Passkey.objects.filter(user=user).exists()
    )
