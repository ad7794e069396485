"""The desk's entrance: a password, then a second factor; or a passkey alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.admin.views.account import LoginView, PasswordResetView

from dateline.desk import signing_in
from dateline.desk.sign_in_forms import CodeForm, RecoveryCodeForm, SignInForm
from dateline.desk.signing_in import address_of, place_of
from dateline.editions.queries import get_newsroom
from dateline.people import actions, passkeys
from dateline.people.models import User
from dateline.people.queries import factors_of, has_second_factor
from dateline.people.rules import TooManyTries, Tried

ALONE, SECOND = "sign-in", "second step"
OVER = "That took too long: begin again."
NO_PASSKEY = "This passkey was not recognized."
WRONG_CODE = "This code is not right, or was used already."

private = method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")


class SignInView(LoginView):
    """Name and password."""

    template_name = "desk/sign_in/sign_in.html"
    authentication_form = SignInForm

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:
        user = form.get_user()
        is_remembered = form.cleaned_data["remember"]
        if has_second_factor(user):
            signing_in.let_half_in(
                self.request,
                user,
                next_address=self.get_success_url(),
                is_remembered=is_remembered,
            )
            return redirect("desk_sign_in:second_step")
        signing_in.let_in(self.request, user, is_remembered=is_remembered)
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        return _waiting(response, form.refused) if form.refused else response

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(
            **context,
            newsroom=get_newsroom(),
            has_passkeys=place_of(self.request) is not None,
        )
        return known


@private
class PasskeySignInView(SignInView):
    """A passkey alone: it is two factors in one."""

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return redirect("wagtailadmin_login")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        place = place_of(request)
        state = signing_in.take_question(request, ALONE)
        if place is None or state is None:
            return self._refuse(OVER)
        try:
            user = actions.finish_passkey_sign_in(
                place,
                state,
                request.POST.get("answer", ""),
                address=address_of(request),
            )
        except actions.NotLetIn:
            return self._refuse(NO_PASSKEY)
        signing_in.let_in(request, user, is_remembered="remember" in request.POST)
        return HttpResponseRedirect(self.get_success_url())

    def _refuse(self, sentence: str) -> HttpResponse:
        form = SignInForm(self.request)
        context = self.get_context_data(form=form, refusal=sentence)
        page: HttpResponse = self.render_to_response(context, status=403)
        return page


@private
class PasskeyQuestionView(View):
    """Asks the browser for a passkey, whosever it is."""

    def post(self, request: HttpRequest) -> HttpResponse:
        place = place_of(request)
        if place is None:
            return JsonResponse({"refusal": NO_PASSKEY}, status=400)
        try:
            asked, state = actions.begin_passkey_sign_in(
                place, address=address_of(request)
            )
        except TooManyTries as refusal:
            return _waiting(JsonResponse({"refusal": str(refusal)}), refusal)
        signing_in.keep_question(request, ALONE, state)
        return JsonResponse(asked)


class _SecondStep(View):
    """For those whose password was right, for ten minutes."""

    user: User
    half: signing_in.HalfWay

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = signing_in.half_way_in(request)
        if found is None:
            return redirect("wagtailadmin_login")
        self.user, self.half = found
        return super().dispatch(request, *args, **kwargs)


@private
class SecondStepView(_SecondStep):
    """A code, a recovery code, or a passkey."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            is_let_in = self._is_let_in(request)
        except TooManyTries as refusal:
            return _waiting(self._page(str(refusal)), refusal)
        except actions.NotLetIn:
            return self._page(NO_PASSKEY if "answer" in request.POST else WRONG_CODE)
        if not is_let_in:
            return self._page(OVER)
        signing_in.let_in(request, self.user, is_remembered=self.half.is_remembered)
        return HttpResponseRedirect(self.half.next_address)

    def _is_let_in(self, request: HttpRequest) -> bool:
        code, recovery = CodeForm(request.POST), RecoveryCodeForm(request.POST)
        if "code" in request.POST and code.is_valid():
            actions.use_code(self.user, code.cleaned_data["code"])
        elif "recovery_code" in request.POST and recovery.is_valid():
            actions.use_recovery_code(self.user, recovery.cleaned_data["recovery_code"])
        elif "answer" in request.POST:
            return self._answers(request)
        else:
            raise actions.NotLetIn
        return True

    def _answers(self, request: HttpRequest) -> bool:
        place, state = place_of(request), signing_in.take_question(request, SECOND)
        if place is None or state is None:
            return False
        answer = request.POST["answer"]
        actions.use_passkey(place, state, answer, of=self.user)
        return True

    def _page(self, refusal: str = "") -> HttpResponse:
        factors = factors_of(self.user)
        place = place_of(self.request)
        context = {
            "newsroom": get_newsroom(),
            "factors": factors,
            "has_passkeys": bool(place and factors.passkeys_at(place.host)),
            "code_form": CodeForm(),
            "recovery_form": RecoveryCodeForm(),
            "refusal": refusal,
        }
        page = "desk/sign_in/second_step.html"
        status = 422 if refusal else 200
        return TemplateResponse(self.request, page, context, status=status)


@private
class SecondStepQuestionView(_SecondStep):
    """Asks the browser for one of the account's passkeys."""

    def post(self, request: HttpRequest) -> HttpResponse:
        place = place_of(request)
        keys = factors_of(self.user).passkeys_at(place.host) if place else []
        if place is None or not keys:
            return JsonResponse({"refusal": NO_PASSKEY}, status=400)
        known = [bytes(key.credential) for key in keys]
        asked, state = passkeys.begin_use(place, known)
        signing_in.keep_question(request, SECOND, state)
        return JsonResponse(asked)


class PasswordForgottenView(PasswordResetView):
    """Wagtail's way to a new password, as often as a person would ask for it."""

    def form_valid(self, form: Any) -> HttpResponse:
        email = actions.Count(Tried.RESET, f"email {form.cleaned_data['email']}")
        origin = actions.Count(Tried.RESET, f"address {address_of(self.request)}")
        try:
            actions.count_try(email, origin)
        except TooManyTries as refusal:
            form.add_error("email", str(refusal))
            return _waiting(self.form_invalid(form), refusal)
        response: HttpResponse = super().form_valid(form)
        return response


def _waiting(response: HttpResponse, refusal: TooManyTries) -> HttpResponse:
    response.status_code = 429
    response.headers["Retry-After"] = str(refusal.seconds)
    return response
