"""The report on what a period's articles rest on."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from dateline.desk.source_forms import PeriodForm
from dateline.desk.source_report import MOST_LISTED, report
from dateline.desk.views.sources import LedgerView
from dateline.plumbing import clock

_USUAL_DAYS = 30


class SourceReportView(LedgerView):
    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.now().date()
        usual = {"first": today - timedelta(days=_USUAL_DAYS - 1), "last": today}
        asked = {name: request.GET.get(name, day) for name, day in usual.items()}
        form = PeriodForm(asked)
        is_valid = form.is_valid()
        context = {"form": form, "most_listed": MOST_LISTED}
        if is_valid:
            told = form.cleaned_data
            context["report"] = report(told["first"], told["last"])
        status = 200 if is_valid else 422
        page = "desk/source_report.html"
        return TemplateResponse(request, page, context, status=status)
