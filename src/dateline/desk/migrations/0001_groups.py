"""Who may do what at the desk: reporters, editors, and the review between them."""

from typing import Any

from django.db import migrations

REPORTERS, EDITORS = "Reporters", "Editors"
REVIEW = "Review by an editor"

Grants = dict[str, tuple[str, ...]]

_WRITING: Grants = {
    "wagtailadmin.admin": ("access_admin",),
    "articles.article": ("add_article", "change_article", "view_article"),
    "articles.section": ("view_section",),
    "articles.story": ("add_story", "change_story", "view_story"),
    "articles.place": ("add_place", "change_place", "view_place"),
    "articles.topic": ("view_topic",),
    "people.contributor": ("view_contributor",),
    "sources.source": ("add_source", "change_source", "view_source"),
    "sources.wireitem": ("add_wireitem", "view_wireitem"),
}
_EDITING: Grants = {
    "articles.article": ("lock_article", "unlock_article"),
    "articles.section": ("add_section", "change_section"),
    "people.contributor": ("add_contributor", "change_contributor"),
    "editions.edition": ("add_edition", "change_edition", "view_edition"),
    "editions.newsroom": ("change_newsroom",),
    "people.user": ("add_user", "change_user", "view_user"),
    "publishing.publication": ("use_door",),
}
_FILES: Grants = {
    # Wagtail asks for these whatever the newsroom's own models are called.
    "wagtailimages.image": ("add_image", "change_image", "choose_image"),
    "wagtaildocs.document": ("add_document", "change_document", "choose_document"),
}
NAMES = {"access_admin": "Can access Wagtail admin"}


def make_groups(apps: Any) -> None:
    """Make both groups, or give them what they lack."""
    for name, granted in (
        (REPORTERS, [_WRITING]),
        (EDITORS, [_WRITING, _EDITING]),
    ):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for model, codenames in _pairs(granted):
            group.permissions.add(_permission(apps, model, codenames))
        _grant_files(apps, group)


def _pairs(granted: list[Grants]) -> list[tuple[str, str]]:
    return [
        (model, codename)
        for table in granted
        for model, codenames in table.items()
        for codename in codenames
    ]


def _permission(apps: Any, model: str, codename: str) -> Any:
    app_label, model_name = model.split(".")
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model_name
    )
    # Django makes permissions only after all migrations: these come before it,
    # and under the name that it would give them.
    action = codename.partition("_")[0]
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename=codename,
        defaults={"name": NAMES.get(codename, f"Can {action} {model_name}")},
    )
    return permission


def _grant_files(apps: Any, group: Any) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    granted = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for model, codename in _pairs([_FILES]):
        granted.get_or_create(
            group=group, collection=root, permission=_permission(apps, model, codename)
        )


def make_review(apps: Any) -> None:
    """Have articles go from their reporter to an editor."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="article"
    )
    links = apps.get_model("wagtailcore", "WorkflowContentType").objects
    if links.filter(content_type=kind).exists():
        return
    task_kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name=EDITORS, content_type=task_kind, active=True
    )
    task.groups.add(apps.get_model("auth", "Group").objects.get(name=EDITORS))
    review = apps.get_model("wagtailcore", "Workflow").objects.create(
        name=REVIEW, active=True
    )
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=review, task=task, sort_order=0
    )
    links.create(workflow=review, content_type=kind)


def remove_page_groups(apps: Any) -> None:
    """Take away what Wagtail grants for pages, of which the desk has none."""
    for name in ("GroupPagePermission", "WorkflowPage"):
        apps.get_model("wagtailcore", name).objects.all().delete()
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name="Moderators", user__isnull=True).delete()
    reviews = apps.get_model("wagtailcore", "Workflow").objects
    reviews.filter(name="Moderators approval").update(active=False)
    tasks = apps.get_model("wagtailcore", "Task").objects
    tasks.filter(name="Moderators approval").update(active=False)


def staff_the_desk(apps: Any, _schema_editor: Any) -> None:
    remove_page_groups(apps)
    make_groups(apps)
    make_review(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("people", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        # Both write to the group "Editors" when they make it.
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [
        migrations.RunPython(staff_the_desk, migrations.RunPython.noop, elidable=False)
    ]
