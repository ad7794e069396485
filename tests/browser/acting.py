"""
An act at the door of a newsroom that is open, from a process beside it.

`python -m tests.browser.acting publish LANGUAGE` prints the new article's path;
`python -m tests.browser.acting ACT PATH` does one of the other acts to it.
"""

import os
import sys


def main(act: str, where: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
    import django

    django.setup()
    path = publish(where) if act == "publish" else do(act, where)
    sys.stdout.write(f"{path}\n")


def publish(language: str) -> str:
    from dateline.articles.models import Article
    from dateline.publishing import actions
    from tests.publishing.factories import an_editor
    from tests.publishing.sourced import TOLD, a_sourced_draft

    headline = f"Berth {Article.objects.count() + 1} closes at the harbor"
    draft = a_sourced_draft(TOLD, language=language, headline=headline)
    return actions.publish_article(draft, by=an_editor()).path


def do(act: str, path: str) -> str:
    from dateline.publishing import actions
    from dateline.publishing.models import Publication
    from tests.publishing.factories import an_editor, redraft

    code, *_, slug = path.strip("/").split("/")
    found = Publication.objects.get(language=code, slug=slug)
    copy, by = found.article, an_editor()
    if act == "kill":
        actions.kill_article(copy, by=by, desk="City desk", reason="It was not so.")
    elif act == "redact":
        reason = "A court ordered it."
        actions.redact(copy, by=by, passages=["Ina Brook"], reason=reason)
    else:
        copy = redraft(copy, headline=f"{found.headline} ({act})")
        if act == "update":
            actions.update_article(copy, by=by)
        else:
            actions.correct_article(copy, by=by, text="We had the number wrong.")
    return path


if __name__ == "__main__":
    main(*sys.argv[1:])
