"""The addresses of the source desk, below ``/desk/sources/``, and of the margin."""

from django.urls import URLPattern, path

from dateline.desk.views import citing, kept_copies, sources
from dateline.desk.views.choosing import KeepPageView, NewSourceView, SourcesView
from dateline.desk.views.margin import MarginView
from dateline.desk.views.source_report import SourceReportView


def _at(rest: str, view: type[sources.LedgerView], name: str) -> URLPattern:
    return path(f"sources/{rest}", view.as_view(), name=name)


ledger: list[URLPattern] = [
    _at("<int:pk>/", sources.SourceView, "source"),
    _at("<int:pk>/used/", sources.UsedView, "source_used"),
    _at("<int:pk>/note/", sources.NoteView, "source_note"),
    _at("<int:pk>/correction/", sources.CorrectionView, "source_correction"),
    _at("<int:pk>/merge/", sources.MergeView, "source_merge"),
    path("sources/<int:pk>/cite/", citing.cite_view, name="source_cite"),
    _at("merges/<int:pk>/undo/", sources.UndoMergeView, "source_undo_merge"),
    _at("kept/<int:pk>/", kept_copies.KeptCopyView, "kept_copy"),
    _at("kept/<int:pk>/original/", kept_copies.KeptOriginalView, "kept_original"),
    _at("kept/<int:pk>/markup/", kept_copies.KeptMarkupView, "kept_markup"),
    _at("links/", sources.LinksView, "source_links"),
    _at("report/", SourceReportView, "source_report"),
    path("margin/", MarginView.as_view(), name="margin"),
    path("margin/sources/", SourcesView.as_view(), name="margin_sources"),
    path("margin/sources/new/", NewSourceView.as_view(), name="margin_new_source"),
    path("margin/pages/", KeepPageView.as_view(), name="margin_pages"),
]
