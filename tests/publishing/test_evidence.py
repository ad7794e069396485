"""
A kit of evidence is judged by its own script, run apart from Dateline, and by hand:
on an untouched kit, and on kits in which one thing was changed.
"""

import ast
import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dateline.articles.actions import attribute_span
from dateline.editions.models import Translation
from dateline.publishing import actions, guards, signing
from dateline.publishing.chain import GENESIS
from dateline.publishing.evidence import making, verify
from dateline.publishing.evidence.finding import EvidenceRefused
from dateline.publishing.evidence.kept import Limits
from dateline.publishing.models import LogEntry, Publication
from dateline.sources.actions import cite, keep_upload, receive_original
from dateline.sources.actions.citing import CitedFrom
from dateline.sources.models import KeptCopy, Source, WireItem
from dateline.sources.vocabulary import SourceKind
from dateline.sources.wire.recognition import Original
from tests.publishing.factories import a_draft, a_reporter, an_editor, redraft
from tests.publishing.sourced import a_policy
from tests.publishing.test_verification import _sign_anew

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOARD, CHAIR, OFFICIAL = "boardaaaaaaa", "chairaaaaaaa", "officialaaaa"
BODY = [
    {"type": "crosshead", "value": "Berths < & > quays"},
    {
        "type": "paragraph",
        "value": f'<p><span data-span="{BOARD}">The board <b>closed</b></span> '
        f'<span data-span="{CHAIR}">“We cannot risk a third,”</span> she said.</p>',
    },
    {
        "type": "paragraph",
        "value": f'<p><span data-span="{OFFICIAL}">The bill is due.</span></p>',
    },
]
LETTER = "رسالة.txt"
MADE: list[bytes] = []
ITEM = {
    "uri": "urn:agency:1",
    "headlines": [{"value": "Berths close"}],
    "bodies": [{"contentType": "text/plain", "value": "“We cannot risk a third.”"}],
}


def unnamed():
    return Source.objects.create(
        name="a ministry official",
        kind=SourceKind.UNNAMED,
        unnamed_reason="They may not speak in public of it.",
        known_to=an_editor(),
    )


def a_sourced_draft(**values):
    """Return copy that rests on a letter, on an item of the wire, and on a person."""
    draft, by = a_draft(**({"body": BODY} | values)), a_reporter()
    board = Source.objects.get_or_create(name="هيئة الميناء", kind="official_body")[0]
    agency = Source.objects.get_or_create(name="The agency", kind="publication")[0]
    file = SimpleUploadedFile(LETTER, "أغلقت الهيئة رصيفين.".encode())
    letter = CitedFrom(kept_copy=keep_upload(file, by=by), place="page 2")
    item = receive_original(Original(verify.canonical(ITEM)))[0]
    on_wire = CitedFrom(wire_item=item.item)
    said = cite(None, by=by, described_as="people it does not name")
    rows = (
        (BOARD, board, cite(board, by=by, found_in=letter)),
        (CHAIR, agency, cite(agency, by=by, found_in=on_wire, rests_on=said)),
        (OFFICIAL, source := unnamed(), cite(source, by=by, found_in=_mail())),
    )
    for span, whom, citation in rows:
        attribute_span(draft, span, source=whom, by=by, citation=citation)
    return draft


def _mail():
    told = b"From: someone@ministry.example\nSubject: The bill\n\nIt is due.\n"
    return CitedFrom(kept_copy=keep_upload(SimpleUploadedFile("a.eml", told), by=None))


@pytest.fixture
def article():
    """One article of two versions among others, corrected."""
    actions.publish_article(a_draft(slug="before"), by=an_editor())
    draft = a_sourced_draft()
    actions.publish_article(draft, by=an_editor())
    actions.publish_article(a_draft(slug="between"), by=an_editor())
    redraft(draft, lede="Three berths are shut now.")
    actions.correct_article(
        draft, by=an_editor(), text="An earlier version said two berths were shut."
    )
    actions.publish_article(a_draft(slug="after"), by=an_editor())
    return draft


@pytest.fixture
def kit_of_article(article, tmp_path):
    making.make_kit(str(article.pk), tmp_path / "kit.zip")
    return tmp_path / "kit.zip"


@pytest.fixture
def kit(request, tmp_path):
    """An honest kit; who only checks or changes it needs no newsroom of its own."""
    if not MADE:
        MADE.append(request.getfixturevalue("kit_of_article").read_bytes())
    (tmp_path / "kit.zip").write_bytes(MADE[0])
    return tmp_path / "kit.zip"


def check(kit, *arguments):
    """Run the kit's script as a stranger does, without Dateline and its packages."""
    script = Path(verify.__file__)
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(kit), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )


def broken(kit, *arguments):
    done = check(kit, *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout.removeprefix("DOES NOT HOLD: ").strip()


def parts(kit):
    with zipfile.ZipFile(kit) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(kit, changes, *, manifest=True, sign=None):
    """
    Return a kit with parts changed (None takes one away).

    With `manifest` the list of hashes is made to fit; with `sign` it is signed too, as
    only the newsroom itself can.
    """
    content = {k: v for k, v in (parts(kit) | changes).items() if v is not None}
    if manifest:
        told = json.loads(content["manifest.json"])
        told |= changes.get("told", {})
        told["files"] = {
            name: hashlib.sha256(part).hexdigest()
            for name, part in content.items()
            if name not in ("manifest.json", "manifest.sig")
        }
        content["manifest.json"] = verify.canonical(told)
    if sign:
        message = verify.manifest_message(content["manifest.json"])
        content["manifest.sig"] = sign(message).encode()
    return packed(kit.with_name("changed.zip"), content)


def packed(path, content):
    with zipfile.ZipFile(path, "w") as file:
        for name, part in content.items():
            file.writestr(name, part)
    return path


def with_json(kit, name, change):
    """Return a part of a kit with what it says changed."""
    value = json.loads(parts(kit)[name])
    return {name: verify.canonical(change(value))}


# What an honest kit holds


def test_an_honest_kit_holds(kit):
    done = check(kit)

    assert done.returncode == 0, done.stdout + done.stderr
    head = json.loads(parts(kit)["manifest.json"])["head"]
    assert f"All of it holds; head {head}." in done.stdout
    for told in (
        "Entries 2 to 5 of the log are one chain",
        "Entry 2: publish (version 1)",
        "Entry 4: correct (version 2)",
        "byte for byte, those that the signed versions name: 2.",
        "That the sources of 1 of the 3 attributions said so",
        "its whole history anew",
    ):
        assert told in done.stdout


def test_its_texts_can_be_read_and_checked_by_hand(kit):
    held = parts(kit)
    nonces = {row["version"]: row["nonce"] for row in json.loads(held["versions.json"])}
    lines = held["log/entries.jsonl"].splitlines()
    entries = [json.loads(line) for line in lines]

    by_hand = hashlib.sha256(f"{nonces[1]}\n".encode() + held["versions/1.json"])
    assert entries[0]["payload"]["content_hash"] == by_hand.hexdigest()
    assert entries[1]["previous_hash"] == hashlib.sha256(lines[0]).hexdigest()

    text = held["versions/2.txt"].decode()
    assert "Note with this version: An earlier version said" in text
    assert "Berths < & > quays" in text
    assert "The board closed [1] “We cannot risk a third,” [2] she said." in text
    assert "[2] The agency (kept: SHA-256" in text
    assert "resting on people it does not name" in text


def test_its_page_is_inert(kit):
    page = parts(kit)["article.html"].decode()
    assert "default-src 'none'" in page
    assert "Berths &lt; &amp; &gt; quays" in page
    assert "<script" not in page
    assert "<a " not in page


def test_hostile_words_stay_words(tmp_path):
    draft = a_draft(headline="<script>alert(1)</script> & <b>more</b> of this")
    actions.publish_article(draft, by=an_editor())
    making.make_kit(str(draft.uid), tmp_path / "kit.zip")
    assert b"<script" not in parts(tmp_path / "kit.zip")["article.html"]
    assert check(tmp_path / "kit.zip").returncode == 0


def test_attributions_name_words_chain_and_the_copy_that_was_kept(kit):
    held = parts(kit)
    board, chair, official = json.loads(held["attributions.json"])

    assert (board["words"], board["source"]["name"]) == (
        "The board closed",
        "هيئة الميناء",
    )
    letter = board["steps"][0]
    assert letter["place"] == "page 2"
    digest = letter["kept"]["sha256"]
    assert held[f"sources/{digest}"].decode() == "أغلقت الهيئة رصيفين."
    assert [step["name"] for step in chair["steps"]] == [
        "The agency",
        "people it does not name",
    ]
    records = {
        row["sha256"]: row["records"] for row in json.loads(held["sources.json"])
    }
    assert records[digest][0]["headers"]["x-file-name"] == LETTER
    assert official["source"]["name"] == "a ministry official"


def test_nothing_kept_from_an_unnamed_source_is_in_it(kit_of_article):
    mail = KeptCopy.objects.get(form="mail")
    for name, part in parts(kit_of_article).items():
        assert mail.original_hash not in name
        assert mail.original_hash.encode() not in part, name
        assert b"ministry.example" not in part, name


def test_a_copy_that_came_from_an_unnamed_source_too_stays_in_the_house(
    article, tmp_path
):
    letter = KeptCopy.objects.get(form="file")
    cite(unnamed(), by=None, found_in=CitedFrom(kept_copy=letter))
    making.make_kit(str(article.pk), tmp_path / "kit.zip")
    held = parts(tmp_path / "kit.zip")
    assert f"sources/{letter.original_hash}" not in held
    assert LETTER.encode() not in held["sources.json"]
    done = check(tmp_path / "kit.zip")
    assert done.returncode == 0
    assert (
        f"{letter.original_hash} is not in the kit: the newsroom keeps" in done.stdout
    )


def test_the_same_newsroom_makes_the_same_bytes(kit_of_article, article, tmp_path):
    making.make_kit(str(article.uid), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == kit_of_article.read_bytes()


def test_an_earlier_version_can_be_shown(article, tmp_path):
    making.make_kit(str(article.pk), tmp_path / "kit.zip", making.Asked(version=1))
    done = check(tmp_path / "kit.zip")
    assert done.returncode == 0
    assert "Later versions than 1 are not in this kit" in done.stdout
    assert "versions/2.json" not in parts(tmp_path / "kit.zip")


def test_sixty_statements(tmp_path):
    spans = [f"span{chr(97 + n // 26)}{chr(97 + n % 26)}aaaaaa" for n in range(60)]
    said = "".join(f'<span data-span="{span}">Said {span}.</span> ' for span in spans)
    draft = a_draft(body=[{"type": "paragraph", "value": f"<p>{said}</p>"}])
    source = Source.objects.create(name="The board")
    for span in spans:
        attribute_span(draft, span, source=source, by=a_reporter())
    actions.publish_article(draft, by=an_editor())
    summary = making.make_kit(str(draft.pk), tmp_path / "kit.zip")
    assert summary.attributions == 60
    assert check(tmp_path / "kit.zip").returncode == 0


def test_what_is_too_large_or_lost_or_damaged_is_named_by_its_hash(article, tmp_path):
    item, letter = WireItem.objects.get(), KeptCopy.objects.get(form="file")
    limits = Limits(largest=letter.original_size)
    assert item.original_size > letter.original_size
    (Path(settings.DATELINE_DATA) / letter.original_path).write_bytes(b"Damaged.")

    summary = making.make_kit(
        str(article.pk), tmp_path / "kit.zip", making.Asked(limits=limits)
    )
    (Path(settings.DATELINE_DATA) / letter.original_path).unlink()

    assert (summary.sources, summary.left_out) == (2, 2)
    done = check(tmp_path / "kit.zip")
    assert done.returncode == 0
    assert f"{item.original_hash} is not in the kit: it has" in done.stdout
    assert f"{letter.original_hash} is not in the kit: what" in done.stdout
    assert "damaged" in done.stdout


# What was taken back


def test_a_killed_article_leaves_hashes_and_its_public_reason(article, tmp_path):
    actions.kill_article(
        article, by=an_editor(), desk="مكتب", reason="It was wrong from the start."
    )
    making.make_kit(str(article.pk), tmp_path / "kit.zip")
    held = parts(tmp_path / "kit.zip")
    for words in (b"closed", b"risk a third", "رصيفين".encode()):
        assert not [name for name, part in held.items() if words in part]
    done = check(tmp_path / "kit.zip")
    assert done.returncode == 0, done.stdout
    assert "It was wrong from the start." in done.stdout
    assert "the kit holds no text of it" in done.stdout


def test_a_redacted_article_stays_redacted_and_so_do_its_sources(article, tmp_path):
    actions.redact(
        article,
        by=an_editor(),
        passages=["risk a third"],
        reason="A court ordered that these words be removed.",
    )
    making.make_kit(str(article.pk), tmp_path / "kit.zip")
    held = parts(tmp_path / "kit.zip")
    assert not [name for name, part in held.items() if b"risk a third" in part]
    assert not [name for name in held if name.startswith("sources/")]
    done = check(tmp_path / "kit.zip")
    assert done.returncode == 0, done.stdout
    assert "versions/1.json is what entry 6 left of it" in done.stdout
    assert "A court ordered that these words be removed." in done.stdout
    assert "a passage was removed for good" in done.stdout


def test_what_a_redacted_article_rests_on_stays_out_of_every_kit(article, tmp_path):
    other = a_sourced_draft(slug="other")
    actions.publish_article(other, by=an_editor())
    actions.redact(
        article, by=an_editor(), passages=["risk a third"], reason="A court's order."
    )
    making.make_kit(str(other.pk), tmp_path / "kit.zip")
    assert not [n for n in parts(tmp_path / "kit.zip") if n.startswith("sources/")]
    assert check(tmp_path / "kit.zip").returncode == 0


def test_a_translation_has_a_kit_of_its_own(article, tmp_path):
    arabic = a_sourced_draft(language="ar", headline="إغلاق رصيفين من خمسة أرصفة")
    Translation.objects.create(original=article, article=arabic)
    published = actions.publish_article(arabic, by=an_editor())
    making.make_kit(published.path, tmp_path / "kit.zip")
    held = parts(tmp_path / "kit.zip")
    told = json.loads(held["manifest.json"])["article"]
    assert (told["language"], told["original"]) == ("ar", str(article.uid))
    assert [row["uid"] for row in told["translations"]] == [str(article.uid)]
    assert '<html lang="ar">' in held["article.html"].decode()
    assert check(tmp_path / "kit.zip").returncode == 0


def passed_by_override(reason):
    a_policy(single_source="off", marks="off")
    draft = a_sourced_draft(lede="Nobody says this.")
    actions.override_gate(draft, by=an_editor(), reason=reason)
    actions.publish_article(draft, by=an_editor())
    return draft


def test_what_passed_by_an_override_says_why(tmp_path):
    draft = passed_by_override("We saw it with our own eyes.")
    kit = tmp_path / "kit.zip"
    making.make_kit(str(draft.pk), kit)
    done = check(kit)
    assert done.returncode == 0, done.stdout
    assert "Entry 1 was explained: We saw it with our own eyes." in done.stdout
    assert '"overridden":{"statements-unsourced":' in done.stdout
    text = parts(kit)["versions/1.txt"].decode()
    assert "refused it (statements-unsourced): We saw it with our own eyes." in text


def test_the_reason_of_an_override_stays_where_words_were_taken_away(tmp_path):
    draft = passed_by_override("Osk saw it with his own eyes, and risk a third.")
    kit = tmp_path / "kit.zip"
    actions.redact(
        draft, by=an_editor(), passages=["risk a third"], reason="A court ordered it."
    )
    making.make_kit(str(draft.pk), kit)
    assert not [name for name, part in parts(kit).items() if b"risk a third" in part]
    done = check(kit)
    assert done.returncode == 0, done.stdout
    assert "Why entry 1 let the text pass: the newsroom keeps that" in done.stdout


# Tampering by somebody without the key


@pytest.mark.parametrize(
    "name", ["versions/1.json", "versions/2.txt", "log/entries.jsonl", "verify.py"]
)
def test_one_byte_changed_is_named(kit, name):
    content = bytearray(parts(kit)[name])
    content[len(content) // 2] ^= 1
    changed = rewritten(kit, {name: bytes(content)}, manifest=False)
    assert broken(changed).startswith(f"{name}: it is not the file that the manifest")


def test_any_byte_of_the_zip_that_is_flipped_is_named_or_says_nothing(kit, tmp_path):
    whole, honest = kit.read_bytes(), parts(kit)
    named = 0
    for place in range(0, len(whole), len(whole) // 150):
        content = bytearray(whole)
        content[place] ^= 1 << place % 8
        (tmp_path / "flipped.zip").write_bytes(content)
        try:
            verify.Check(verify.Kit(str(tmp_path / "flipped.zip")), None, "").run()
        except verify.Broken:
            named += 1
        else:
            assert parts(tmp_path / "flipped.zip") == honest
    assert named > 100


def test_a_file_taken_out_or_put_in_is_named(kit):
    away = rewritten(kit, {"attributions.json": None}, manifest=False)
    assert broken(away) == "attributions.json: it is missing."
    more = rewritten(kit, {f"sources/{'0' * 64}": b"More."}, manifest=False)
    assert broken(more) == f"sources/{'0' * 64}: the manifest does not list it."
    strange = rewritten(kit, {"../more": b"More."}, sign=signing.sign)
    assert broken(strange) == "'../more': no kit has a file of that name."


def test_a_manifest_rewritten_to_fit_is_named(kit):
    changed = rewritten(kit, with_json(kit, "attributions.json", list.pop))
    assert broken(changed).startswith("manifest.sig:")


def test_another_key_is_named(kit):
    other = Ed25519PrivateKey.generate()
    changed = rewritten(kit, {"key.pem": _pem(other)})
    assert broken(changed).startswith("manifest.sig:")
    changed = rewritten(
        kit, {"key.pem": _pem(other)}, sign=lambda message: other.sign(message).hex()
    )
    assert broken(changed).startswith("entry 2 of the log: its signature is not")


def test_the_key_can_be_told_by_its_id(kit):
    own = verify.key_id(signing.public_key_pem())
    assert check(kit, "--key-id", own).returncode == 0
    assert broken(kit, "--key-id", "0" * 64) == "key.pem: it is not the key of that id."


def _pem(key):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


# Tampering by the newsroom itself, which signs whatever it likes


def cheated(kit, changes):
    return rewritten(kit, changes, sign=signing.sign)


def test_a_version_changed_by_the_newsroom_is_named(kit):
    def soften(version):
        version["content"]["lede"] = "Nothing happened."
        return version

    changed = cheated(kit, with_json(kit, "versions/1.json", soften))
    assert broken(changed) == (
        "versions/1.json: it is not the text that entry 2 of the log names."
    )


def test_a_correction_softened_by_the_newsroom_is_named(kit):
    changed = cheated(
        kit, with_json(kit, "versions/2.json", lambda told: told | {"note": "Minor."})
    )
    assert broken(changed).startswith("versions/2.json:")


def test_an_attribution_moved_is_named(kit):
    def move(rows):
        rows[0]["source"], rows[1]["source"] = rows[1]["source"], rows[0]["source"]
        return rows

    changed = cheated(kit, with_json(kit, "attributions.json", move))
    assert broken(changed).startswith("attributions.json:")


def test_a_readable_text_that_says_otherwise_is_named(kit):
    for name in ("versions/1.txt", "article.html"):
        content = parts(kit)[name].replace(b"closed", b"opened")
        assert broken(cheated(kit, {name: content})).startswith(f"{name}: it is not")


def test_an_entry_removed_is_named(kit):
    lines = parts(kit)["log/entries.jsonl"].splitlines(keepends=True)
    for place, told in (
        (0, "version 1: no entry"),
        (1, "entry 3 of the log: it is missing"),
        (3, "log/entries.jsonl: it does not end with the manifest's head"),
    ):
        left = b"".join(line for n, line in enumerate(lines) if n != place)
        assert broken(cheated(kit, {"log/entries.jsonl": left})).startswith(told)


def test_an_entry_rewritten_is_named(kit):
    lines = parts(kit)["log/entries.jsonl"].splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"act":"correct"', b'"act":"amend"')
    changed = cheated(kit, {"log/entries.jsonl": b"".join(lines)})
    assert broken(changed).startswith("entry 4 of the log: its signature is not")
    lines[1] = lines[1].replace(b'"act":"publish"', b'"act":"update"')
    changed = cheated(kit, {"log/entries.jsonl": b"".join(lines)})
    assert broken(changed).startswith("entry 4 of the log: it does not follow")


def test_a_signature_swapped_is_named(kit):
    def swap(signed):
        return signed | {"2": signed["4"], "4": signed["2"]}

    changed = cheated(kit, with_json(kit, "log/signatures.json", swap))
    assert broken(changed).startswith("entry 2 of the log: its signature is not")


def test_a_kept_source_replaced_is_named(kit):
    name = next(name for name in parts(kit) if name.startswith("sources/"))
    assert broken(cheated(kit, {name: b"It never said so."})) == (
        f"{name}: it is not the file that was cited."
    )
    digest = hashlib.sha256(b"It never said so.").hexdigest()

    def rename(rows):
        return [
            row | {"sha256": digest} if name.endswith(row["sha256"]) else row
            for row in rows
        ]

    changes = with_json(kit, "sources.json", rename)
    changes |= {name: None, f"sources/{digest}": b"It never said so."}
    assert broken(cheated(kit, changes)).startswith(
        "sources.json: an attribution names"
    )


def test_a_softened_reason_is_named(article, tmp_path):
    actions.kill_article(
        article, by=an_editor(), desk="News desk", reason="It was invented."
    )
    making.make_kit(str(article.pk), tmp_path / "kit.zip")

    def soften(rows):
        return [row | {"told": row["told"] | {"reason": "Technical."}} for row in rows]

    changed = cheated(
        tmp_path / "kit.zip", with_json(tmp_path / "kit.zip", "notices.json", soften)
    )
    assert broken(changed) == "notices.json: its words are not those of entry 6."


def test_a_history_signed_anew_holds_alone_but_not_against_a_head_seen_earlier(
    article, kit_of_article, tmp_path
):
    kit = kit_of_article
    seen = [f"{row.sequence}:{row.hash}" for row in LogEntry.objects.all()]
    guards.remove(connection)
    _sign_anew(first_act="update")
    making.make_kit(str(article.pk), tmp_path / "anew.zip")

    assert check(tmp_path / "anew.zip").returncode == 0
    for head in (seen[1], seen[-1]):
        told = broken(tmp_path / "anew.zip", "--against", head)
        assert told.startswith(f"entry {head[0]} of the log: its hash is not the one")
        assert check(kit, "--against", head).returncode == 0
    # Of the head right before the chain it holds the hash; of one before that, nothing.
    assert check(kit, "--against", seen[0]).returncode == 0
    assert "history was rewritten" in broken(
        tmp_path / "anew.zip", "--against", seen[0]
    )


def test_a_head_outside_the_chain_asks_for_a_longer_one(article, tmp_path):
    later = a_draft(slug="later")
    actions.publish_article(later, by=an_editor())
    seen = f"2:{LogEntry.objects.get(pk=2).hash}"
    making.make_kit(str(later.pk), tmp_path / "kit.zip")
    assert "--from 2" in broken(tmp_path / "kit.zip", "--against", seen)
    making.make_kit(str(later.pk), tmp_path / "kit.zip", making.Asked(chain_from=2))
    assert check(tmp_path / "kit.zip", "--against", seen).returncode == 0
    assert broken(tmp_path / "kit.zip", "--against", "2:x").startswith("--against 2:x:")


# A kit that is none


def test_what_is_no_kit_is_refused_by_name(tmp_path, kit):
    nothing = tmp_path / "nothing.zip"
    assert "cannot be read as a zip" in broken(nothing)
    nothing.write_bytes(b"PK\x03\x04 no zip")
    assert "cannot be read as a zip" in broken(nothing)
    assert broken(packed(nothing, {"verify.py": b""})) == "key.pem: it is missing."
    for told in (b"[]", b"{}", b"null", b"[" * 200_000, b'{"files": 1, "a": 1.5}'):
        bad = packed(nothing, parts(kit) | {"manifest.json": told})
        assert broken(bad)


def test_without_openssl_it_says_that_signatures_were_not_checked(kit):
    done = subprocess.run(
        [sys.executable, "-I", "-S", verify.__file__, str(kit)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/nowhere", "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 2
    assert "SIGNATURES WERE NOT CHECKED" in done.stdout
    assert "key.pem: nobody" not in done.stdout


def test_the_script_stays_within_python_3_9_and_its_library():
    tree = ast.parse(Path(verify.__file__).read_text(), feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names


def test_the_kit_brings_the_script_that_checks_it(kit, tmp_path):
    brought = tmp_path / "verify.py"
    brought.write_bytes(parts(kit)["verify.py"])
    done = subprocess.run(
        [sys.executable, "-I", str(brought), str(kit)], capture_output=True, check=False
    )
    assert done.returncode == 0


# Naming the article


def test_an_article_is_named_in_any_way(article, tmp_path):
    publication = Publication.objects.get(article=article)
    path = publication.path
    names = (
        *(path, settings.DATELINE_SITE_URL + path, path + "versions/1/"),
        *(str(publication.uid), f"urn:uuid:{publication.uid}", str(article.pk)),
    )
    for name in names:
        making.make_kit(name, tmp_path / "kit.zip")
    redraft(article, slug="moved-on")
    actions.update_article(article, by=an_editor())
    making.make_kit(path, tmp_path / "kit.zip")


@pytest.mark.parametrize(
    "name",
    [
        *("", "x", "0", "99999", "9" * 30, "-1", "/en/2026/13/45/a/"),
        *("https://paper.example/en/2026/11/22/nothing/", "/en/about/", "\u0663"),
        "00000000-0000-0000-0000-000000000000",
    ],
)
def test_an_unknown_article_is_refused_by_name(tmp_path, name):
    with pytest.raises(EvidenceRefused, match="There is no article"):
        making.make_kit(name, tmp_path / "kit.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_was_never_public_or_never_a_version_is_refused(article, tmp_path):
    draft = a_draft(slug="draft")
    for name in (str(draft.pk), str(draft.uid)):
        with pytest.raises(EvidenceRefused, match="never public"):
            making.make_kit(name, tmp_path / "kit.zip")
    with pytest.raises(EvidenceRefused, match="versions 1 to 2, and no 3"):
        making.make_kit(str(article.pk), tmp_path / "kit.zip", making.Asked(version=3))
    with pytest.raises(EvidenceRefused, match="cannot be written"):
        making.make_kit(str(article.pk), tmp_path / "no" / "kit.zip")


def test_a_broken_log_makes_no_kit(article, tmp_path):
    guards.remove(connection)
    LogEntry.objects.filter(pk=3).update(previous_hash=GENESIS)
    with pytest.raises(EvidenceRefused, match="Entry 3 of the log is broken"):
        making.make_kit(str(article.pk), tmp_path / "kit.zip")
    assert list(tmp_path.iterdir()) == []
