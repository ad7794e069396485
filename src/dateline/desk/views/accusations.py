"""The passages that name a person beside words of crime, and what is answered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from dateline import languages
from dateline.desk.forms import zone_name
from dateline.desk.views.of_articles import OfAnArticle
from dateline.publishing.actions.accuse import (
    AccusationRefused,
    Asked,
    answer_accusations,
    second_accusations,
)
from dateline.publishing.facts import may_use_door
from dateline.publishing.gating import gate_facts
from dateline.publishing.hands import accounts_that_acted
from dateline.publishing.models import Accusation
from dateline.publishing.rules import Reply, accusation_findings
from dateline.publishing.snapshots import snapshot

_MINUTE = "%Y-%m-%dT%H:%M"
LONGEST_HASH = 16


def _minute(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MINUTE),
        input_formats=[_MINUTE, f"{_MINUTE}:%S", "%Y-%m-%d %H:%M"],
    )


class ReplyForm(forms.Form):
    """Whom the passages accuse, and what came of asking them."""

    accuses = forms.ChoiceField(
        label="Do they accuse a named person?",
        choices=[("yes", "Yes"), ("no", "No: a victim, a speaker or a namesake")],
        widget=forms.RadioSelect,
    )
    reply = forms.ChoiceField(
        label="The right of reply",
        choices=[("", "Nobody was asked yet"), *Reply.choices],
        required=False,
    )
    asked_of = forms.CharField(
        label="Who was asked",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    asked_how = forms.CharField(
        label="How",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text="By mail, by telephone, through a lawyer.",
    )
    asked_at = _minute("When")
    answer_by_at = _minute("To answer by")
    answer = forms.CharField(
        label="What they answered, or who said so on record",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["asked_at"].help_text = f"In {zone_name()}."

    def asked(self) -> Asked:
        """Return what the action takes."""
        told = {name: self.cleaned_data[name] for name in Asked.__slots__}
        return Asked(**told)


class AccusationsView(OfAnArticle):
    """The list; a POST answers for those that are ticked, or seconds them."""

    def get(
        self, _request: Any, form: ReplyForm | None = None, status: int = 200
    ) -> HttpResponse:
        gate = gate_facts(self.article, snapshot(self.article))
        facts, hours = gate.accusing, gate.policy.reply_hours
        rows = Accusation.objects.filter(article=self.article)
        answers = {row.words: row for row in rows.select_related("seconded_by")}
        open_now = {f.key: f.says for f in accusation_findings(facts, hours)}
        context = {
            "article": self.article,
            "found": [
                (fact, answers.get(fact.words), open_now.get(fact.words, ""))
                for fact in facts.found
            ],
            "whole": facts.unasked,
            "form": form or ReplyForm(),
            "may_second": may_use_door(self.request.user)
            and self.request.user.pk not in accounts_that_acted(self.article),
            "language": languages.LANGUAGES[self.article.language],
        }
        return TemplateResponse(
            self.request, "desk/accusations.html", context, status=status
        )

    def post(self, request: Any) -> HttpResponse:
        words = [told[:LONGEST_HASH] for told in request.POST.getlist("words")]
        form = ReplyForm(request.POST)
        is_seconding = "second" in request.POST
        try:
            if is_seconding:
                second_accusations(self.article, words, by=request.user)
            elif form.is_valid():
                answer_accusations(
                    self.article,
                    words,
                    by=request.user,
                    accuses=form.cleaned_data["accuses"] == "yes",
                    asked=form.asked(),
                )
        except AccusationRefused as refusal:
            messages.error(request, str(refusal))
            return self.get(request, None if is_seconding else form, status=422)
        if not (is_seconding or form.is_valid()):
            return self.get(request, form, status=422)
        return redirect("desk:accusations", self.article.pk)
