"""How somebody signs in, for them to see and to change."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from dateline.desk import signing_in
from dateline.desk.sign_in_forms import CodeForm, ConfirmForm, PasskeyForm
from dateline.desk.signing_in import place_of
from dateline.editions.queries import get_newsroom
from dateline.people import actions, codes, sealing
from dateline.people.models import Passkey, User
from dateline.people.queries import factors_of
from dateline.people.rules import TooManyTries

NEW_SECRET, NEW_PASSKEY = "new_app", "new passkey"
NOT_YOURS = "This is not your password."
WRONG_CODE = "This is not the code that the app shows for this key. Is its clock right?"
OVER = "That took too long: try again."
private = method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")


@private
class SigningInView(View):
    """What there is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "factors": factors_of(_user(request)),
            "place": place_of(request),
            "is_required": settings.DATELINE_REQUIRE_SECOND_FACTOR,
        }
        return TemplateResponse(request, "desk/sign_in/factors.html", context)


@private
class ConfirmView(View):
    """The password again, before anything changes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, ConfirmForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            actions.confirm_password(_user(request), form.cleaned_data["password"])
        except actions.NotLetIn:
            form.add_error("password", NOT_YOURS)
            return self._page(request, form, status=422)
        except TooManyTries as refusal:
            form.add_error("password", str(refusal))
            response = self._page(request, form, status=429)
            response.headers["Retry-After"] = str(refusal.seconds)
            return response
        signing_in.note_confirmation(request)
        return redirect(request.session.pop("change", "desk_sign_in:signing_in"))

    def _page(
        self, request: HttpRequest, form: ConfirmForm, status: int = 200
    ) -> HttpResponse:
        page = "desk/sign_in/confirm.html"
        return TemplateResponse(request, page, {"form": form}, status=status)


class _Change(View):
    """A change, for which the password was asked again a short while ago."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signing_in.is_confirmed(request):
            if hasattr(self, "get"):
                request.session["change"] = request.path
            return redirect("desk_sign_in:confirm")
        return super().dispatch(request, *args, **kwargs)


@private
class AppView(_Change):
    """Add an authenticator app: its key is shown, and it shows that it has it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if factors_of(_user(request)).app:
            return redirect("desk_sign_in:signing_in")
        secret = codes.new_secret()
        request.session[NEW_SECRET] = sealing.seal(secret)
        return self._page(request, secret, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        sealed = request.session.get(NEW_SECRET)
        if sealed is None:
            return redirect("desk_sign_in:app")
        secret = sealing.unseal(sealed)
        if not form.is_valid():
            return self._page(request, secret, form, status=422)
        code = form.cleaned_data["code"]
        try:
            fresh = actions.add_authenticator_app(
                _user(request), secret=secret, code=code
            )
        except actions.NotLetIn:
            form.add_error("code", WRONG_CODE)
            return self._page(request, secret, form, status=422)
        except actions.FactorRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk_sign_in:signing_in")
        del request.session[NEW_SECRET]
        return _changed(request, "The authenticator app is set up.", fresh)

    def _page(
        self, request: HttpRequest, secret: bytes, form: CodeForm, status: int = 200
    ) -> HttpResponse:
        name, issuer = _user(request).get_username(), get_newsroom().name
        context = {
            "form": form,
            "square": _square(
                codes.enrollment_uri(secret, account=name, issuer=issuer)
            ),
            "key": codes.written(secret),
        }
        page = "desk/sign_in/app.html"
        return TemplateResponse(request, page, context, status=status)


@private
class AppRemoveView(_Change):
    def get(self, request: HttpRequest) -> HttpResponse:
        return _removal(request, "the authenticator app")

    def post(self, request: HttpRequest) -> HttpResponse:
        actions.remove_authenticator_app(_user(request))
        return _changed(request, "The authenticator app is removed.", [])


@private
class PasskeyView(_Change):
    """Add a passkey, for the host name under which the desk is open."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if place_of(request) is None:
            return redirect("desk_sign_in:signing_in")
        return self._page(request, PasskeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        place, state = place_of(request), signing_in.take_question(request, NEW_PASSKEY)
        form = PasskeyForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        if place is None or state is None:
            form.add_error(None, OVER)
            return self._page(request, form, status=422)
        answer, name = form.cleaned_data["answer"], form.cleaned_data["name"]
        try:
            fresh = actions.add_passkey(
                _user(request), place=place, state=state, answer=answer, name=name
            )
        except actions.FactorRefused as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, form, status=422)
        return _changed(request, f"The passkey “{name}” is set up.", fresh)

    def _page(
        self, request: HttpRequest, form: PasskeyForm, status: int = 200
    ) -> HttpResponse:
        page = "desk/sign_in/passkey.html"
        return TemplateResponse(request, page, {"form": form}, status=status)


@private
class PasskeyNewQuestionView(_Change):
    """Asks the browser to make a passkey."""

    def post(self, request: HttpRequest) -> HttpResponse:
        place = place_of(request)
        if place is None:
            return JsonResponse({"refusal": OVER}, status=400)
        asked, state = actions.begin_passkey(_user(request), place=place)
        signing_in.keep_question(request, NEW_PASSKEY, state)
        return JsonResponse(asked)


@private
class PasskeyRemoveView(_Change):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return _removal(request, f"the passkey “{self._key(request, pk)}”")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = self._key(request, pk)
        actions.remove_passkey(_user(request), key)
        return _changed(request, f"The passkey “{key}” is removed.", [])

    def _key(self, request: HttpRequest, pk: int) -> Passkey:
        return get_object_or_404(Passkey, pk=pk, user=_user(request))


@private
class RecoveryCodesView(_Change):
    """New recovery codes; the old ones are void."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not factors_of(_user(request)).is_any:
            return redirect("desk_sign_in:signing_in")
        return TemplateResponse(request, "desk/sign_in/renew.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            fresh = actions.renew_recovery_codes(_user(request))
        except actions.FactorRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk_sign_in:signing_in")
        return _changed(request, "The recovery codes are new.", fresh)


@private
class FactorsOfView(_Change):
    """An administrator removes the second factors of somebody who lost them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not _user(request).is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        member = get_object_or_404(User, pk=pk)
        context = {"member": member, "factors": factors_of(member)}
        return TemplateResponse(request, "desk/sign_in/factors_of.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        member = get_object_or_404(User, pk=pk)
        actions.remove_all_factors(member, by=_user(request))
        if member == request.user:
            update_session_auth_hash(request, member)
        messages.success(
            request, f"{member} signs in by password alone, and anew everywhere."
        )
        return redirect("wagtailusers_users:index")


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def _changed(request: HttpRequest, sentence: str, fresh: list[str]) -> HttpResponse:
    """Keep this session while the others end; show new recovery codes, this once."""
    user = _user(request)
    user.refresh_from_db()
    update_session_auth_hash(request, user)
    messages.success(request, sentence)
    if not fresh:
        return redirect("desk_sign_in:signing_in")
    return TemplateResponse(request, "desk/sign_in/codes.html", {"codes": fresh})


def _removal(request: HttpRequest, what: str) -> HttpResponse:
    factors = factors_of(_user(request))
    context = {"what": what, "is_last": bool(factors.app) + len(factors.passkeys) == 1}
    return TemplateResponse(request, "desk/sign_in/remove.html", context)


def _square(address: str) -> SafeString:
    """Return the address as a QR code, drawn here: nobody else sees the key."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None)
    return mark_safe(drawn)  # noqa: S308  (drawn by segno of squares alone)
