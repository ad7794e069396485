"""
What was kept, shown so that nothing in it can run.

A copy is somebody else's bytes. On the desk's pages stands the text that was read of
it; the bytes themselves leave as a download or as plain text, in a sandbox, unsniffed.
"""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from dateline.desk.views.sources import LedgerView
from dateline.sources import warc
from dateline.sources.models import KeptCopy, Source
from dateline.sources.originals import open_original
from dateline.sources.readable import markup_of
from dateline.sources.vocabulary import KeptForm

INERT = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ENDINGS = {"application/warc": "warc.gz", "message/rfc822": "eml"}


class KeptCopyView(LedgerView):
    """The text that was read of a copy, where it came from, and what proves it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        kept = _kept(pk)
        told = {
            name: value
            for name, value in sorted(kept.headers.items())
            if not name.startswith("x-")
        }
        context = {
            "kept": kept,
            "headers": told,
            "unread": kept.headers.get("x-unread", ""),
            "asked_for": kept.headers.get("x-asked-for", ""),
            "captured_at": kept.headers.get("x-captured-at", ""),
            "sources": Source.objects.filter(citations__kept_copy=kept).distinct(),
            "is_page": kept.form == KeptForm.PAGE,
        }
        return TemplateResponse(request, "desk/kept_copy.html", context)


class KeptOriginalView(LedgerView):
    """The bytes, as a download and as nothing else."""

    # Django hands it the request.
    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:  # noqa: ARG002
        kept = _kept(pk)
        answer = FileResponse(
            open_original(kept.original_path),
            as_attachment=True,
            filename=_file_name(kept),
            content_type="application/octet-stream",
        )
        return _inert(answer)


class KeptMarkupView(LedgerView):
    """The markup of a kept page, as plain text."""

    # Django hands it the request.
    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:  # noqa: ARG002
        kept = get_object_or_404(KeptCopy, pk=pk, form=KeptForm.PAGE)
        with open_original(kept.original_path) as file:
            text = markup_of(warc.read_page(file))
        return _inert(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _kept(pk: int) -> KeptCopy:
    return get_object_or_404(KeptCopy.objects.select_related("kept_by"), pk=pk)


def _inert(answer: HttpResponseBase) -> HttpResponseBase:
    for name, value in INERT.items():
        answer.headers[name] = value
    return answer


def _file_name(kept: KeptCopy) -> str:
    """Return a name of our own with the ending that the kind of file has."""
    told = str(kept.headers.get("x-file-name", ""))
    ending = _ENDINGS.get(kept.original_type) or told.rpartition(".")[2]
    if not (ending.replace(".", "").isalnum() and ending.isascii()):
        ending = "bin"
    return f"kept-{kept.pk}-{kept.original_hash[:12]}.{ending[:12].lower()}"
