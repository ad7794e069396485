"""Articles and standing pages: one model, one editor, one list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from wagtail.snippets.views import snippets

from dateline.articles.actions import copy_attributions
from dateline.articles.models import Article, ArticleByline
from dateline.articles.vocabulary import Form
from dateline.desk.choices import FIELD, keep_choices
from dateline.desk.listing import ArticleFilters, ArticleIndexView
from dateline.desk.panels import ARTICLE
from dateline.desk.views.closed import Closed
from dateline.desk.views.refusals import say_refusals
from dateline.desk.vocabulary import ACTS
from dateline.editions.models import Edition
from dateline.people.models import User
from dateline.publishing.rules import ActRefused

# Types: Wagtail's views are published without types.


def new_article(user: User, form: str) -> Article:
    """Return an unsaved article as this person would begin it."""
    edition = Edition.objects.order_by("-is_default", "position").first()
    article = Article(form=form, language=edition.code if edition else "en")
    if form == Form.ARTICLE:
        own = user.contributors.order_by("id").first()
        article.bylines = [ArticleByline(contributor=own)] if own else []
    return article


class _ByTheDoor:
    """Saving a draft. Going public is asked of the door, never of Wagtail."""

    def get_available_actions(self) -> list[str]:
        return [name for name in super().get_available_actions() if name != "publish"]  # type: ignore[misc]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action-publish" in request.POST:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def save_instance(self) -> Article:
        article: Article = super().save_instance()  # type: ignore[misc]
        self.keep_chosen(article)
        if self.form.copied_spans:  # type: ignore[attr-defined]
            copy_attributions(article, self.form.copied_spans)  # type: ignore[attr-defined]
        return article

    def keep_chosen(self, article: Article) -> None:
        """Record, with the words, whom they rest on."""
        request: Any = self.request  # type: ignore[attr-defined]
        for refusal in keep_choices(
            article, request.POST.get(FIELD, ""), by=request.user
        ):
            if not self.expects_json_response:  # type: ignore[attr-defined]
                messages.warning(request, refusal)


class CreateArticleView(_ByTheDoor, snippets.CreateView):
    def get_initial_form_instance(self) -> Article:
        asked = self.request.GET.get("form") or self.request.POST.get("form")
        form = Form.STANDING if asked == Form.STANDING else Form.ARTICLE
        if self.request.method == "GET":
            return new_article(self.request.user, form)
        return Article(form=form, created_by=self.request.user)

    def get_add_url(self) -> str:
        url: str = super().get_add_url()
        standing = self.request.GET.get("form") == Form.STANDING
        return f"{url}?form={Form.STANDING}" if standing else url


class EditArticleView(_ByTheDoor, snippets.EditView):
    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.act:
            self.saving_as_draft = True

    def get_available_actions(self) -> list[str]:
        saving = [name for name, act in ACTS.items() if act.saves_first]
        return [*super().get_available_actions(), *(f"door-{name}" for name in saving)]

    @property
    def act(self) -> str:
        """The act at the door that this save leads to."""
        return self.action.removeprefix("door-") if "door-" in self.action else ""

    def save_instance(self) -> Article:
        if self.act and not self.form.has_changed() and self.object.latest_revision:
            self.new_revision = self.object.latest_revision
            self.keep_chosen(self.object)
            return self.object  # type: ignore[no-any-return]
        return super().save_instance()

    def get_success_url(self) -> str:
        if self.act:
            return reverse("desk:act", args=(self.object.pk, self.act))
        return super().get_success_url()  # type: ignore[no-any-return]

    def save_action(self) -> HttpResponse:
        if self.act and not self.expects_json_response:
            self.success_message = None
        return super().save_action()  # type: ignore[no-any-return]

    def get_success_message(self, instance: Any = None) -> str | None:
        return None if self.act else super().get_success_message(instance)

    def workflow_action_action(self) -> HttpResponse | None:
        try:
            return super().workflow_action_action()  # type: ignore[no-any-return]
        except ActRefused as refused:
            return say_refusals(self.request, self.object, refused)


class WorkflowActionView(snippets.WorkflowActionView):
    """Approving is publishing: a refusal is shown, and the review goes on."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]
        except ActRefused as refused:
            leave = say_refusals(request, self.object, refused)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            gone = {"step": "success", "redirect": leave.headers["Location"]}
            return self.render_modal_json(request, gone)  # type: ignore[no-any-return]
        return leave


class CompareView(snippets.RevisionsCompareView):
    """“Live” is what readers have; the row itself follows the newest draft."""

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Any, Any]:
        if revision_id == "live" and self.object.live_revision:
            return self.object.live_revision.as_object(), "What readers have"
        return super()._get_revision_and_heading(revision_id)  # type: ignore[no-any-return]


class ArticleViewSet(snippets.SnippetViewSet):
    model = Article
    icon = "doc-full"
    menu_label = "Articles"
    menu_order = 100
    add_to_admin_menu = True
    url_prefix = "articles"
    url_namespace = "articles"
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ARTICLE
    filterset_class = ArticleFilters
    index_view_class = ArticleIndexView
    index_results_template_name = "desk/article_results.html"
    add_view_class = CreateArticleView
    edit_view_class = EditArticleView
    revisions_compare_view_class = CompareView
    workflow_action_view_class = WorkflowActionView
    copy_view_class = delete_view_class = usage_view_class = Closed
    unpublish_view_class = revisions_unschedule_view_class = Closed
    inspect_view_enabled = False

    def get_admin_base_path(self) -> str:
        return self.url_prefix

    def get_admin_url_namespace(self) -> str:
        return self.url_namespace
