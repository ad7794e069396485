"""What is done about people: let them in, and change how they come in."""

from dateline.people.actions.factors import (
    FactorRefused,
    add_authenticator_app,
    add_passkey,
    begin_passkey,
    remove_all_factors,
    remove_authenticator_app,
    remove_passkey,
    renew_recovery_codes,
)
from dateline.people.actions.sign_in import (
    NotLetIn,
    begin_passkey_sign_in,
    check_sign_in,
    confirm_password,
    finish_passkey_sign_in,
    use_code,
    use_passkey,
    use_recovery_code,
)
from dateline.people.actions.tries import Count, count_try

__all__ = [
    "Count",
    "FactorRefused",
    "NotLetIn",
    "add_authenticator_app",
    "add_passkey",
    "begin_passkey",
    "begin_passkey_sign_in",
    "check_sign_in",
    "confirm_password",
    "count_try",
    "finish_passkey_sign_in",
    "remove_all_factors",
    "remove_authenticator_app",
    "remove_passkey",
    "renew_recovery_codes",
    "use_code",
    "use_passkey",
    "use_recovery_code",
]
