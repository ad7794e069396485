"""The list of articles: quick at any number, and what needs me first."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from dateline import languages
from dateline.articles.models import Article, ArticleByline, Section
from dateline.articles.vocabulary import Form
from dateline.desk import queries
from dateline.desk.finding import contributors_named
from dateline.desk.vocabulary import Standing
from dateline.editions.models import Edition


def _editions() -> list[tuple[str, str]]:
    codes = Edition.objects.values_list("code", flat=True)
    return [(code, languages.LANGUAGES[code].name) for code in codes]


class ArticleFilters(WagtailFilterSet):
    form = django_filters.ChoiceFilter(choices=Form.choices, label="Kind")
    standing = django_filters.ChoiceFilter(
        choices=Standing.choices, label="State", method="at_standing"
    )
    section = django_filters.ModelChoiceFilter(
        queryset=Section.objects.all(), label="Section"
    )
    language = django_filters.ChoiceFilter(choices=_editions, label="Language")
    byline = django_filters.CharFilter(
        label="Byline", max_length=80, method="with_byline"
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def at_standing(
        self, rows: QuerySet[Article], _name: str, value: str
    ) -> QuerySet[Article]:
        return queries.standing_at(rows, value)

    def with_byline(
        self, rows: QuerySet[Article], _name: str, value: str
    ) -> QuerySet[Article]:
        named = contributors_named(value)
        # Asked of each article from the newest on, so that a desk with half the
        # archive behind it is answered at once.
        over = ArticleByline.objects.filter(
            article=OuterRef("pk"), contributor__in=named
        )
        return rows.filter(Exists(over))


class ListPaginator(WagtailPaginator):
    """Pages through ids that are known; nothing is counted in the database."""

    verbose_name = "article"
    verbose_name_plural = "articles"


class HeadlineColumn(TitleColumn):
    cell_template_name = "desk/parts/headline_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        language = languages.LANGUAGES.get(instance.language)
        return {**context, "article": instance, "text_language": language}


class StandingColumn(Column):
    cell_template_name = "desk/parts/standing_cell.html"


def byline_of(article: Article) -> str:
    """Return the names over an article, as a list shows them."""
    return ", ".join(link.contributor.name for link in article.bylines.all())


class ArticleIndexView(IndexView):
    """Articles, those that wait for this person first, then the newest."""

    is_searchable = True
    paginator_class = ListPaginator
    default_ordering = None
    page_title = "Articles"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            HeadlineColumn("headline", label="Headline", get_url=self.get_edit_url),
            StandingColumn("desk_standing", label="State"),
            Column("section", label="Section", accessor="section"),
            Column("language", label="Language", accessor=_language_of),
            Column("byline", label="Byline", accessor=byline_of),
            DateColumn("updated_at", label="Last change", width="12%"),
        ]

    def get_queryset(self) -> QuerySet[Article]:
        rows = self.filter_queryset(Article.objects.all())
        if not self._asks_for_form:
            rows = rows.filter(form=Form.ARTICLE)
        if not self._asks_for_standing:
            rows = rows.filter(spiked_at__isnull=True)
        return queries.matching_words(rows, self.search_query)

    @property
    def _asks_for_form(self) -> bool:
        return bool(self.request.GET.get("form"))

    @property
    def _asks_for_standing(self) -> bool:
        return bool(self.request.GET.get("standing"))

    def paginate_queryset(self, queryset: QuerySet[Article], page_size: int) -> Any:
        waiting = queries.waiting_for(self.request.user)
        ids = queries.newest_ids(queryset, first=waiting)
        paginator = self.get_paginator(ids, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        page.object_list = rows = queries.listed(list(page.object_list))
        standings = queries.standings(rows)
        for row in rows:
            row.desk_standing = standings.of(row)
            row.desk_waits = row.pk in waiting
        return paginator, page, rows, page.has_other_pages()

    def get_context_data(self, *args: Any, **options: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **options)
        context["is_cut_short"] = context["items_count"] >= queries.MOST_LISTED
        context["most_listed"] = queries.MOST_LISTED
        return context

    def get_list_more_buttons(self, _instance: Article) -> list[Any]:
        return []


def _language_of(article: Article) -> str:
    language = languages.LANGUAGES.get(article.language)
    return language.name if language else article.language
