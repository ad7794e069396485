"""The page on which an editor sees what an act will do, and does it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.models import TaskState, WorkflowState

from dateline import languages
from dateline.articles.models import Article
from dateline.desk import forms
from dateline.desk.differences import differences
from dateline.desk.queries import standings
from dateline.desk.views.gate import (
    AccusingForm,
    OverrideForm,
    is_accusing_asked,
    is_override_offered,
    shown_at,
)
from dateline.desk.views.refusals import mendings
from dateline.desk.vocabulary import ACTS, DeskAct
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.plumbing.prepared import Prepared
from dateline.publishing import actions, rules
from dateline.publishing.accusations import is_listed
from dateline.publishing.actions.accuse import answer_for_text
from dateline.publishing.facts import copy_facts, may_use_door
from dateline.publishing.models import Publication, Schedule
from dateline.publishing.snapshots import snapshot

ALREADY_SO = {
    "already-public",
    "already-killed",
    "already-scheduled",
    "not-scheduled",
    "nothing-changed",
}
"""Refusals that a second press of the same button meets: the state, not an error."""


DOING: dict[str, tuple[type[forms.ActForm], Callable[..., Any]]] = {
    "publish": (forms.ActForm, actions.publish_article),
    "update": (forms.ActForm, actions.update_article),
    "amend": (forms.ActForm, actions.amend_article),
    "correct": (forms.CorrectForm, actions.correct_article),
    "schedule": (forms.ScheduleForm, actions.schedule_article),
    "lift-schedule": (forms.PlainForm, actions.lift_schedule),
    "kill": (forms.KillForm, actions.kill_article),
    "redact": (forms.RedactForm, actions.redact),
    "spike": (forms.PlainForm, actions.spike_article),
    "unspike": (forms.PlainForm, actions.unspike_article),
}
WITH_TEXT = {"publish", "update", "amend", "correct", "schedule"}
ANY_REPORTER = {"spike", "unspike"}


class ActView(View):
    """One act with one article: look, then do."""

    # Wagtail lets nobody in who is not signed in.
    request: Any
    article: Article
    act: DeskAct

    def dispatch(self, request: Any, pk: int, name: str) -> HttpResponse:
        if name not in DOING:
            raise Http404
        self.act = ACTS[name]
        article = _ARTICLE.first(pk=pk)
        if article is None:
            raise Http404
        self.article = article
        if not _may(request.user, name):
            raise PermissionDenied
        # A view answers with a page unless it streams, and this one does not.
        return super().dispatch(request, pk, name)  # type: ignore[return-value]

    def get(self, _request: HttpRequest, *_args: Any) -> HttpResponse:
        seen = {"seen_revision": self.article.latest_revision_id}
        form = DOING[self.act.name][0](initial=seen)
        return self._page(form, self._foreseen())

    def post(self, request: Any, *_args: Any) -> HttpResponse:
        form = DOING[self.act.name][0](request.POST)
        question = self._question()
        if not form.is_valid() or (question and not question.is_valid()):
            return self._page(form, (), status=422)
        # Only the words of the form depend on the gate, and nobody sees it here.
        reason = OverrideForm(request.POST, is_shown=False).reason
        try:
            do(
                self.act.name,
                self.article,
                by=request.user,
                override=reason if self.act.name in WITH_TEXT else "",
                accuses=question.answer if question else None,
                **form.details(),
            )
        except rules.ActRefused as refused:
            return self._refused(form, refused)
        messages.success(request, f"{self.act.label}: done.")
        return redirect("articles:edit", self.article.pk)

    def _refused(self, form: forms.ActForm, refused: rules.ActRefused) -> HttpResponse:
        if refused.codes & ALREADY_SO and refused.codes <= ALREADY_SO | {
            "newer-draft",
            "address-taken",
        }:
            said = next(r for r in refused.refusals if r.code in ALREADY_SO)
            messages.info(self.request, said.message)
            return redirect("articles:edit", self.article.pk)
        return self._page(form, refused.refusals, status=422)

    @cached_property
    def _content(self) -> dict[str, Any]:
        return snapshot(self.article)

    @cached_property
    def _facts(self) -> rules.CopyFacts:
        return copy_facts(self.article, self._content, by=self.request.user)

    def _question(self) -> AccusingForm | None:
        if self.act.name not in WITH_TEXT or is_listed(self.article.language):
            return None
        is_asked = is_accusing_asked(self._facts.gate)
        return AccusingForm(self.request.POST or None) if is_asked else None

    def _override_form(self) -> OverrideForm:
        is_shown = self._facts.gate.policy.shows_overrides
        return OverrideForm(self.request.POST or None, is_shown=is_shown)

    def _at_gate(self, refusals: tuple[rules.Refusal, ...]) -> dict[str, Any]:
        if self.act.name not in WITH_TEXT:
            return {}
        gate = self._facts.gate
        offered = is_override_offered(self.request.user, gate, refusals)
        return {
            "gate": shown_at(self.article, gate),
            "question": self._question(),
            "override_form": self._override_form() if offered else None,
        }

    def _foreseen(self) -> tuple[rules.Refusal, ...]:
        if self.act.name not in WITH_TEXT:
            return ()
        found = rules.refuse_copy(self._facts, at=clock.now())
        scheduled = self.act.name == "schedule"
        return tuple(r for r in found if not (scheduled and _ends_by_itself(r)))

    def _page(
        self,
        form: forms.ActForm,
        refusals: tuple[rules.Refusal, ...],
        status: int = 200,
    ) -> HttpResponse:
        publication = Publication.objects.filter(article=self.article).first()
        context = {
            "act": self.act,
            "article": self.article,
            "standing": standings([self.article]).of(self.article),
            "form": form,
            "mendings": mendings(self.article, refusals),
            "publication": publication,
            "language": languages.LANGUAGES[self.article.language],
            "content": self._content,
            "schedule": Schedule.objects.filter(
                article=self.article, done_at__isnull=True
            ).first(),
            **self._compared(publication),
            **self._at_gate(refusals),
        }
        return TemplateResponse(self.request, "desk/act.html", context, status=status)

    def _compared(self, publication: Publication | None) -> dict[str, Any]:
        if publication is None or self.act.name not in WITH_TEXT:
            return {}
        old = publication.version.content
        return {"differences": differences(old, self._content)}


def _may(user: User, name: str) -> bool:
    return user.has_perm("articles.change_article") and (
        name in ANY_REPORTER or may_use_door(user)
    )


def _ends_by_itself(refusal: rules.Refusal) -> bool:
    return refusal.code == "embargo-in-force"


@transaction.atomic
def do(
    name: str,
    article: Article,
    *,
    by: User,
    override: str = "",
    accuses: bool | None = None,
    **told: Any,
) -> None:
    """
    Do an act at the door, and end the review that it answers.

    `override` is the reason why it may pass though the gate refuses it; `accuses` is
    the answer where only an editor can tell if the text accuses a named person.

    :raises rules.ActRefused: the door's reasons; nothing was changed
    """
    if accuses is not None:
        answer_for_text(article, by=by, accuses=accuses)
    if override:
        seen = told.get("seen_revision")
        actions.override_gate(article, by=by, reason=override, seen_revision=seen)
    DOING[name][1](article, by=by, **told)
    kind = ContentType.objects.get_for_model(article).pk
    state = _REVIEW.first(kind=kind, article=str(article.pk))
    if state is None:
        return
    if name == "spike":
        state.cancel(user=by)
    elif name in WITH_TEXT:
        _approve(state, by)


_ARTICLE = Prepared(lambda *, pk: Article.objects.filter(pk=pk))
# The review that an article is in, if it is in one.
_REVIEW = Prepared(
    lambda *, kind, article: (
        WorkflowState.objects.active()
        .filter(base_content_type_id=kind, object_id=article)
        .select_related("current_task_state__task")
        .order_by("pk")[:1]
    )
)


def _approve(state: WorkflowState, by: User) -> None:
    """End the review of what has just gone through the door, and publish nothing."""
    task = state.current_task_state
    if task and task.status == TaskState.STATUS_IN_PROGRESS:
        task.specific.approve(user=by, update=False)
    state.status = WorkflowState.STATUS_APPROVED
    state.save()
