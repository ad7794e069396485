"""The addresses of the entrance, for everybody, and of one's own keys to it."""

from django.urls import URLPattern, URLResolver, include, path

from dateline.desk.views import second_factors, sign_in

Patterns = list[URLPattern | URLResolver]

# These stand before Wagtail's own, at the same addresses.
instead_of_wagtails: Patterns = [
    path("login/", sign_in.SignInView.as_view()),
    path("password_reset/", sign_in.PasswordForgottenView.as_view()),
]

entrance: Patterns = [
    path("login/passkey/", sign_in.PasskeySignInView.as_view(), name="passkey_alone"),
    path(
        "login/passkey/question/",
        sign_in.PasskeyQuestionView.as_view(),
        name="passkey_question",
    ),
    path("login/second/", sign_in.SecondStepView.as_view(), name="second_step"),
    path(
        "login/second/question/",
        sign_in.SecondStepQuestionView.as_view(),
        name="second_step_question",
    ),
]

_own: Patterns = [
    path("", second_factors.SigningInView.as_view(), name="signing_in"),
    path("confirm/", second_factors.ConfirmView.as_view(), name="confirm"),
    path("app/", second_factors.AppView.as_view(), name="app"),
    path("app/remove/", second_factors.AppRemoveView.as_view(), name="app_remove"),
    path("passkeys/", second_factors.PasskeyView.as_view(), name="passkey"),
    path(
        "passkeys/question/",
        second_factors.PasskeyNewQuestionView.as_view(),
        name="passkey_new_question",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        second_factors.PasskeyRemoveView.as_view(),
        name="passkey_remove",
    ),
    path(
        "recovery-codes/",
        second_factors.RecoveryCodesView.as_view(),
        name="recovery_codes",
    ),
]

factors: Patterns = [
    path("account/signing-in/", include(_own)),
    path(
        "users/<int:pk>/signing-in/",
        second_factors.FactorsOfView.as_view(),
        name="factors_of",
    ),
]
