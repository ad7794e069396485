"""
Guards in the database itself, behind every rule above it.

The log is append-only; what was public is never deleted; an article is live
exactly while it has a public publication. Raw SQL, another program or a bug
meets these too.
"""

from typing import Any

APPEND_ONLY = ("publishing_logentry",)
KEPT_FOR_EVER = (
    "publishing_version",
    "publishing_publication",
    "publishing_tombstone",
    "publishing_correction",
    "publishing_formeraddress",
    "publishing_redaction",
    "publishing_override",
    "articles_article",
)
HAS_PUBLICATION = (
    "EXISTS (SELECT 1 FROM publishing_publication p "
    "WHERE p.article_id = NEW.id AND p.state = 'public')"
)
LIVE = "guard_live_needs_publication"


def install(connection: Any) -> None:
    """
    Create every guard; those that stand already are made anew.

    A table that a later migration makes has its guards once that has run.
    """
    remove(connection)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, statement in _statements(connection.vendor):
            if table in tables:
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop every guard. Migrations and a test's own cleaning up need it."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, table in _names():
            if table not in tables:
                continue
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _names() -> list[tuple[str, str]]:
    return [
        *((f"guard_{table}_update", table) for table in APPEND_ONLY),
        *((f"guard_{table}_delete", table) for table in APPEND_ONLY + KEPT_FOR_EVER),
        (f"{LIVE}_update", "articles_article"),
        (f"{LIVE}_insert", "articles_article"),
    ]


def _statements(vendor: str) -> list[tuple[str, str]]:
    """Return each table with a statement that makes one of its guards."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    updates = [
        (f"guard_{table}_update", table, "UPDATE", "TRUE", "is append-only")
        for table in APPEND_ONLY
    ]
    deletes = [
        (f"guard_{table}_delete", table, "DELETE", "TRUE", "is kept for ever")
        for table in APPEND_ONLY + KEPT_FOR_EVER
    ]
    live = [
        (
            f"{LIVE}_{when.lower()}",
            "articles_article",
            when,
            _live_condition(vendor, when.lower()),
            "is live only with its publication",
        )
        for when in ("UPDATE", "INSERT")
    ]
    return [
        (table, make(name, f"BEFORE {when} ON {table}", condition, f"{table} {says}"))
        for name, table, when, condition, says in (*updates, *deletes, *live)
    ]


def _live_condition(vendor: str, when: str) -> str:
    is_live = "NEW.live" if vendor == "postgresql" else "NEW.live = 1"
    differs = f"({is_live}) <> {HAS_PUBLICATION}"
    return differs if when == "update" else is_live


def _sqlite(name: str, event: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} {event} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql(name: str, event: str, condition: str, message: str) -> str:
    # A trigger's WHEN may hold no subquery, so the condition stands in the body.
    return (
        f"CREATE OR REPLACE FUNCTION {name}_check() RETURNS trigger AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$ "
        f"LANGUAGE plpgsql; CREATE TRIGGER {name} {event} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}_check()"
    )
