"""
Check a kit of evidence that a newsroom made with ``dateline evidence``.

    python3 verify.py KIT.zip [--against SEQUENCE:HASH] [--key-id HEX]

It needs Python 3.9 or newer and, for the signatures, the command ``openssl`` 3.0 or
newer; nothing of Dateline, and no network. It says what it proved and what it cannot
prove, and ends with 1 at the first thing that does not hold, by name, or with 2 if
the signatures could not be checked.
"""

# Imported nowhere but by the maker of kits, which writes texts with the functions that
# check them here. It stays within Python 3.9 and its standard library.

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import json
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import IO, Any

FORMAT = "dateline-evidence-1"
LARGEST_PART = 64_000_000
LARGEST_KIT = 8_000_000_000
LONGEST_LINE = 1_000_000
MOST_FILES = 20_000
CHUNK = 1 << 20
HASH = re.compile(r"[0-9a-f]{64}")
HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
NAME = re.compile(
    r"README\.txt|verify\.py|key\.pem|manifest\.(json|sig)|article\.html"
    r"|(attributions|versions|notices|sources)\.json|versions/[0-9]+\.(json|txt)"
    r"|log/(entries\.jsonl|signatures\.json)|sources/[0-9a-f]{64}"
)
UNSIGNED = ("manifest.json", "manifest.sig")
UNPACKING = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, struct.error),
)
SPELLING = "its bytes are not the one spelling that is hashed"


class Broken(Exception):
    """The first thing that does not hold; the message begins with its name."""


class NoOpenSSL(Exception):
    """Signatures cannot be checked here."""


# How things are spelled


def canonical(value: Any) -> bytes:
    """Return the one spelling of a value that is hashed: keys sorted, no spaces."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def commitment(nonce: str, told: bytes) -> str:
    """Return the hash that the log holds of something kept beside it."""
    return hashlib.sha256(nonce.encode() + b"\n" + told).hexdigest()


def manifest_message(manifest: bytes) -> bytes:
    """Return what is signed of a manifest: no entry of a log could look like it."""
    return f"{FORMAT}\n{hashlib.sha256(manifest).hexdigest()}".encode()


def key_id(pem: bytes) -> str:
    """Return the SHA-256 of a public key, as the newsroom's /log/head.json says it."""
    lines = [line for line in pem.decode("ascii").splitlines() if "--" not in line]
    return hashlib.sha256(base64.b64decode("".join(lines))).hexdigest()


# What a person reads of a version. The maker of the kit writes with these functions
# too, so that the readable texts are checked against what was signed.


def statements(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what each attributed passage says, and on whom it rests."""
    told = content.get("attributions", {})
    words = _attributed_words(content)
    order = {handle: place for place, handle in enumerate(words)}
    return [
        {
            "number": number,
            "passage": handle,
            "words": " ".join(words.get(handle, "").split()),
            "source": told[handle]["source"],
            "steps": told[handle].get("steps", []),
            "wire_item": told[handle].get("wire_item"),
            "status": told[handle].get("status", ""),
            "status_set": told[handle].get("status_set"),
        }
        for number, handle in enumerate(
            sorted(told, key=lambda handle: (order.get(handle, len(order)), handle)), 1
        )
    ]


def readable(content: dict[str, Any], note: str) -> str:
    """Return a version as plain text, its attributions numbered."""
    return "\n\n".join(text for _, text in _lines(content, note)) + "\n"


def page(content: dict[str, Any], note: str) -> str:
    """Return a version as a page in which nothing can run or load."""
    body = "\n".join(
        f'<{tag} dir="auto">{html.escape(text)}</{tag}>'.replace("\n", "<br>")
        for tag, text in _lines(content, note)
    )
    title = html.escape(content["headline"])
    lang = html.escape(content["language"])
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f"<title>{title}</title>\n{body}\n</html>\n"
    )


def _lines(content: dict[str, Any], note: str) -> Iterator[tuple[str, str]]:
    told = statements(content)
    numbers = {row["passage"]: row["number"] for row in told}
    yield "h1", content["headline"] + _mark("headline", numbers)
    names = ", ".join(who["name"] for who in content["byline"])
    head = (
        content["lede"] + _mark("lede", numbers) if content["lede"] else "",
        " ".join(filter(None, (names, content["byline_note"]))),
        content["dateline"],
        _picture(content["picture"]) if content["picture"] else "",
        f"Note with this version: {note}" if note else "",
    )
    yield from (("p", line) for line in head if line)
    for block in content["body"]:
        tag = "h2" if block["type"] == "crosshead" else "p"
        text = _block(block, numbers) + _mark(block["id"], numbers)
        if text:
            yield tag, text
    if told:
        yield "h2", "Who says so"
        yield from (("p", _source_line(row)) for row in told)
    for row in content.get("contradictions", ()):
        yield "p", _differs(row, numbers)
    for row in content.get("disclosures", ()):
        yield "p", f"The newsroom says of itself: {row['text']}"
    for row in content.get("overrides", ()):
        rules = ", ".join(row["rules"])
        yield "p", f"It passed although a rule refused it ({rules}): {row['reason']}"
    marks, words = content.get("marks", {}), _attributed_words(content)
    for handle in sorted(marks):
        yield "p", f"“{words.get(handle, '')}” is {_marked(marks[handle])}"


def _source_line(row: dict[str, Any]) -> str:
    steps = row["steps"] or [{"name": row["source"]["name"], "kept": None}]
    chain = ", resting on ".join(_step(step) for step in steps)
    return f"[{row['number']}] {chain}{_known(row)}"


def _differs(row: dict[str, Any], numbers: dict[str, int]) -> str:
    """Return what the sources of a version give as answers to one question."""
    sides = "; ".join(
        f"{side['says']} [{numbers.get(side['handle'], '?')}]" for side in row["sides"]
    )
    told = row.get("resolved")
    settled = f" Settled by {told['by']}: {told['reason']}" if told else ""
    return f"The sources differ: {row['question']} {sides}.{settled}"


def _known(row: dict[str, Any]) -> str:
    """Return how well a statement is known, and who said so."""
    if not row["status"]:
        return ""
    told = row["status_set"] or {}
    second = f", with {told['second']['name']}" if told.get("second") else ""
    by = f", as {told['by']} says" if told else ""
    reason = f": {told['reason']}" if told.get("reason") else ""
    return f" ({row['status']}{second}{by}{reason})"


def _step(step: dict[str, Any]) -> str:
    place = f", {step['place']}" if step.get("place") else ""
    kept = f" (kept: SHA-256 {step['kept']['sha256']})" if step.get("kept") else ""
    return f"{step['name']}{place}{kept}"


def _marked(mark: dict[str, str]) -> str:
    return f"marked {mark['kind']} by {mark['by']}, {mark['at']}"


def _picture(value: dict[str, Any]) -> str:
    told = (value["caption"] or value["alt"], value["credit"])
    return f"[Picture: {' — '.join(filter(None, told)) or value['title']}]"


def _mark(handle: str, numbers: dict[str, int]) -> str:
    return f" [{numbers[handle]}]" if handle in numbers else ""


def _block(block: dict[str, Any], numbers: dict[str, int]) -> str:
    """Return the words of a block, whatever its type: every text in it, in order."""
    return _words(block["value"], numbers, block["type"] == "paragraph")


def _words(value: Any, numbers: dict[str, int], is_markup: bool) -> str:  # noqa: FBT001  (called here alone)
    if isinstance(value, str):
        return _plain(value, numbers) if is_markup else value.strip()
    if isinstance(value, list):
        return _joined(_words(item, numbers, is_markup) for item in value)
    if not isinstance(value, dict):
        return ""
    if "credit" in value:
        return _picture(value)
    keys = sorted((key for key in value if key not in _NO_WORDS), key=_place)
    return _joined(
        _rows(value[key])
        if key == "rows"
        else _words(value[key], numbers, key in _MARKUP)
        for key in keys
    )


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _rows(rows: list[list[str]]) -> str:
    return _joined(" | ".join(cells) for cells in rows)


_NO_WORDS = frozenset(
    {"ordered", "header", "article", "original_language", "id", "type", "size"}
)
_MARKUP = frozenset({"text", "items"})
_ORDER = ("title", "caption", "text", "speaker", "role", "original")


def _place(key: str) -> tuple[int, str]:
    return (_ORDER.index(key) if key in _ORDER else len(_ORDER), key)


class _Words(HTMLParser):
    """Reads the plain text of a block, and which passage each word belongs to."""

    def __init__(self, numbers: dict[str, int]) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers = numbers
        self.text: list[str] = []
        self.passages: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.left: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self.open.append(dict(attrs).get("data-span") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "br"):
            self.text.append("\n")
        if tag == "span" and self.open:
            handle = self.open.pop()
            self.left[handle] = self.left.get(handle, 1) - 1
            if not self.left[handle]:
                self.text.append(_mark(handle, self.numbers))

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for handle in self.open:
            self.passages.setdefault(handle, []).append(data)


_SPAN = re.compile(r'data-span="([^"]*)"')


def _read(markup: str, numbers: dict[str, int]) -> _Words:
    words = _Words(numbers)
    for handle in _SPAN.findall(markup):
        words.left[handle] = words.left.get(handle, 0) + 1
    words.feed(markup)
    words.close()
    return words


def _plain(markup: str, numbers: dict[str, int]) -> str:
    return "".join(_read(markup, numbers).text).strip()


def _attributed_words(content: dict[str, Any]) -> dict[str, str]:
    """Return the words of each passage that can be attributed, in order."""
    found = {"headline": content["headline"], "lede": content["lede"]}
    for block in content["body"]:
        found[block["id"]] = _block(block, {})
        for markup in _texts(block["value"]):
            for handle, words in _read(markup, {}).passages.items():
                found[handle] = found.get(handle, "") + "".join(words)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


# Reading the kit


class Kit:
    """The files of a kit, each read within limits."""

    def __init__(self, path: str) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
        except (*UNPACKING, ValueError) as error:
            raise Broken(f"{path}: it cannot be read as a zip ({error})") from None
        rows = self.zip.infolist()
        self.names = {row.filename for row in rows}
        self.name = Path(path).name
        if len(rows) > MOST_FILES or sum(row.file_size for row in rows) > LARGEST_KIT:
            raise Broken(f"{self.name}: it unpacks to more than a kit may hold")
        if len(self.names) != len(rows):
            raise Broken(f"{self.name}: two files in it have one name")
        if strange := sorted(name for name in self.names if not NAME.fullmatch(name)):
            raise Broken(f"{strange[0]!a}: no kit has a file of that name")

    def open(self, name: str) -> IO[bytes]:
        if name not in self.names:
            raise Broken(f"{name}: it is missing")
        try:
            return self.zip.open(name)
        except UNPACKING as error:
            raise Broken(f"{name}: it cannot be unpacked ({error})") from None

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.open(name) as file:
            try:
                while piece := file.read(CHUNK):
                    yield piece
            except UNPACKING as error:
                raise Broken(f"{name}: it cannot be unpacked ({error})") from None

    def read(self, name: str) -> bytes:
        content = bytearray()
        for piece in self.pieces(name):
            content += piece
            if len(content) > LARGEST_PART:
                break
        if len(content) > LARGEST_PART:
            raise Broken(f"{name}: it is larger than {LARGEST_PART:,} bytes")
        return bytes(content)

    def digest(self, name: str) -> str:
        found = hashlib.sha256()
        for piece in self.pieces(name):
            found.update(piece)
        return found.hexdigest()

    def json(self, name: str) -> Any:
        return parsed(self.read(name), name)


def parsed(content: bytes, name: str) -> Any:
    """Return what a JSON text says, if it is spelled in the one way."""
    try:
        value = json.loads(content)
        spelled = canonical(value)
    except (ValueError, RecursionError):
        raise Broken(f"{name}: it is no JSON") from None
    if spelled != content:
        raise Broken(f"{name}: {SPELLING}")
    return value


class Signatures:
    """Checks Ed25519 signatures through the command ``openssl``."""

    def __init__(self, pem: bytes, command: str = "openssl") -> None:
        self.pem, self.command = pem, command
        self.checked = 0

    def hold(self, message: bytes, signature: str) -> bool:
        self.checked += 1
        try:
            raw = bytes.fromhex(signature)
        except (ValueError, TypeError):
            return False
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder, name) for name in ("key", "message", "signature")]
            for path, content in zip(paths, (self.pem, message, raw)):  # noqa: B905  (Python 3.9 knows no strict)
                path.write_bytes(content)
            key, told, signed = map(str, paths)
            done = self._run(
                *("pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin"),
                *("-in", told, "-sigfile", signed),
            )
        return done.returncode == 0

    def ready(self) -> None:
        """
        See that there is an openssl that knows Ed25519.

        :raises NoOpenSSL: there is none
        """
        version = self._run("version").stdout.decode("ascii", "replace").strip()
        found = re.match(r"OpenSSL (\d+)\.", version)
        if not found or int(found[1]) < 3:  # noqa: PLR2004  (OpenSSL 3.0)
            raise NoOpenSSL(f"this is {version or 'something else'}")

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603  (the user's own openssl, on our words)
                [self.command, *words], capture_output=True, check=False, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoOpenSSL(str(error)) from None


# Checking


class Check:
    """One walk through a kit; `proved` and `beyond` fill as it goes."""

    def __init__(self, kit: Kit, signatures: Signatures | None, against: str) -> None:
        self.kit = kit
        self.signatures = signatures
        self.against = parse_head(against) if against else None
        self.proved: list[str] = []
        self.beyond: list[str] = []
        self.manifest: dict[str, Any] = {}
        self.first, self.before, self.seen, self.head = 0, "", "", ""
        self.last_at = ""
        self.entries: dict[int, dict[str, Any]] = {}
        self.redacted: dict[int, tuple[int, str]] = {}
        self.contents: dict[int, dict[str, Any]] = {}

    def run(self) -> None:
        self.check_files()
        self.check_manifest_signature()
        self.check_log()
        self.check_versions()
        self.check_notices()
        self.check_readable()
        self.check_sources()
        self.tell_limits()

    # Files

    def check_files(self) -> None:
        content = self.kit.read("manifest.json")
        self.manifest = parsed(content, "manifest.json")
        if self.manifest.get("format") != FORMAT:
            raise Broken(f"manifest.json: its format is not {FORMAT}")
        listed = self.manifest["files"]
        for name in sorted(listed):
            if self.kit.digest(name) != listed[name]:
                raise Broken(f"{name}: it is not the file that the manifest lists")
        if extra := sorted(self.kit.names - set(listed) - set(UNSIGNED)):
            raise Broken(f"{extra[0]}: the manifest does not list it")
        self.proved.append(
            f"All {len(listed)} files are those that the manifest lists."
        )

    def check_manifest_signature(self) -> None:
        message = manifest_message(self.kit.read("manifest.json"))
        signature = self.kit.read("manifest.sig").decode("ascii", "replace").strip()
        if self.signatures is None:
            return
        if not self.signatures.hold(message, signature):
            raise Broken("manifest.sig: it is not the signature of key.pem's owner")
        self.proved.append(
            "The manifest is signed with the key in key.pem: nobody without that key "
            "changed a file of this kit."
        )

    # The log

    def check_log(self) -> None:
        signed = self.kit.json("log/signatures.json")
        article, last = self.manifest["article"]["uid"], None
        with self.kit.open("log/entries.jsonl") as file:
            for line, entry in self._entries(file):
                last = self._follow(line, entry, last)
                if entry["article"] == article:
                    self._keep_own(entry, last, signed)
        if last is None:
            raise Broken("log/entries.jsonl: it is empty")
        self._check_head(last, signed)
        if self.against is not None:
            self._check_against()

    def _entries(self, file: IO[bytes]) -> Iterator[tuple[bytes, dict[str, Any]]]:
        while line := file.readline(LONGEST_LINE):
            told = line.rstrip(b"\n")
            yield told, parsed(told, "log/entries.jsonl")

    def _follow(
        self, line: bytes, entry: dict[str, Any], last: tuple[int, str] | None
    ) -> tuple[int, str]:
        """Return the entry's number and hash, if it follows from the one before."""
        sequence, where = entry["sequence"], f"entry {entry['sequence']} of the log"
        if last is None:
            self.first = sequence
            self.before = entry["previous_hash"]
        elif sequence != last[0] + 1:
            raise Broken(f"entry {last[0] + 1} of the log: it is missing")
        elif entry["previous_hash"] != last[1]:
            raise Broken(f"{where}: it does not follow from the entry before it")
        digest = hashlib.sha256(line).hexdigest()
        if self.against and self.against[0] == sequence:
            self.seen = digest
        self.last_at = entry["recorded_at"]
        return sequence, digest

    def _keep_own(
        self, entry: dict[str, Any], at: tuple[int, str], signed: dict[str, str]
    ) -> None:
        self.entries[at[0]] = entry
        self._check_signature(at, signed)
        for told in entry["payload"].get("versions", ()):
            self.redacted[told["version"]] = (at[0], told["redacted_hash"])

    def _check_signature(self, at: tuple[int, str], signed: dict[str, str]) -> None:
        sequence, digest = at
        if str(sequence) not in signed:
            raise Broken(f"entry {sequence} of the log: its signature is missing")
        if self.signatures is None:
            return
        if not self.signatures.hold(digest.encode(), signed[str(sequence)]):
            raise Broken(
                f"entry {sequence} of the log: its signature is not that of key.pem's "
                "owner"
            )

    def _check_head(self, last: tuple[int, str], signed: dict[str, str]) -> None:
        self.head = f"{last[0]}:{last[1]}"
        if self.manifest["head"] != self.head:
            raise Broken("log/entries.jsonl: it does not end with the manifest's head")
        self._check_signature(last, signed)
        own = ", ".join(map(str, self.entries))
        self.proved.append(
            f"Entries {self.first} to {last[0]} of the log are one chain: each holds "
            "the hash of the one before it. None can be changed, left out or put "
            "between without changing every later hash. This article's "
            f"({own}) and the head {self.head} are signed."
        )

    def _check_against(self) -> None:
        if self.against is None:
            return
        sequence, digest = self.against
        if sequence == self.first - 1:
            self.seen = self.before
        if not self.seen:
            raise Broken(
                f"--against {sequence}: the kit holds entries {self.first} to "
                f"{self.head.partition(':')[0]} and can say nothing of that one; ask "
                f"for a kit made with --from {sequence}"
            )
        if self.seen != digest:
            raise Broken(
                f"entry {sequence} of the log: its hash is not the one seen earlier; "
                "history was rewritten since then"
            )
        self.proved.append(
            f"The head {sequence} that was seen earlier stands in this chain: what "
            "came before it has not been rewritten since."
        )

    # Versions

    def check_versions(self) -> None:
        rows = {row["version"]: row for row in self.kit.json("versions.json")}
        logged = self._logged_versions()
        shown = self.manifest["version"]
        expected = set() if self._is_killed() else set(range(1, shown + 1))
        if missing := sorted(expected - logged.keys()):
            raise Broken(f"version {missing[0]}: no entry of the log publishes it")
        if missing := sorted(expected ^ rows.keys()):
            raise Broken(f"version {missing[0]}: versions.json and the log differ")
        for number in sorted(expected):
            self._check_version(number, rows[number], logged[number])
        self._tell_versions(logged, shown)

    def _logged_versions(self) -> dict[int, tuple[int, dict[str, Any]]]:
        logged: dict[int, tuple[int, dict[str, Any]]] = {}
        for sequence, entry in self.entries.items():
            number = entry["payload"].get("version")
            if number in logged:
                raise Broken(f"entry {sequence} of the log: version {number} was there")
            if number is not None:
                logged[number] = (sequence, entry)
        if not logged:
            raise Broken("log/entries.jsonl: no entry in it publishes this article")
        return logged

    def _is_killed(self) -> bool:
        return any(entry["act"] == "kill" for entry in self.entries.values())

    def _check_version(
        self, number: int, row: dict[str, Any], logged: tuple[int, dict[str, Any]]
    ) -> None:
        name, (sequence, entry) = f"versions/{number}.json", logged
        told = self.kit.read(name)
        by, expected = self.redacted.get(
            number, (sequence, entry["payload"]["content_hash"])
        )
        if commitment(row["nonce"], told) != expected:
            raise Broken(f"{name}: it is not the text that entry {by} of the log names")
        version = parsed(told, name)
        content = version["content"]
        if content["uid"] != self.manifest["article"]["uid"]:
            raise Broken(f"{name}: it is of another article")
        self.contents[number] = version

    def _tell_versions(
        self, logged: dict[int, tuple[int, dict[str, Any]]], shown: int
    ) -> None:
        for sequence, entry in self.entries.items():
            self.proved.append(_told_act(sequence, entry))
        for number in self.contents:
            by = self.redacted.get(number)
            what = (
                f"what entry {by[0]} left of it after a redaction"
                if by
                else "letter for letter the text that was published"
            )
            self.proved.append(f"versions/{number}.json is {what}.")
        if self._is_killed():
            self.beyond.append(
                "The article was withdrawn: the kit holds no text of it, and the log "
                "only hashes. Whoever kept a text cannot prove it from this."
            )
        if len(logged) > shown:
            self.beyond.append(f"Later versions than {shown} are not in this kit.")

    # Words beside the text

    def check_notices(self) -> None:
        told = self.kit.json("notices.json")
        expected = {
            sequence
            for sequence, entry in self.entries.items()
            if "note_hash" in entry["payload"]
        }
        if {row["entry"] for row in told} != expected:
            raise Broken("notices.json: it is not what the log has notices of")
        for row in told:
            entry = self.entries[row["entry"]]
            if row.get("withheld") and entry["act"] == "override":
                self.beyond.append(
                    f"Why entry {row['entry']} let the text pass: the newsroom keeps "
                    "that to itself."
                )
                continue
            digest = commitment(row["nonce"], canonical(row["told"]))
            if digest != entry["payload"]["note_hash"]:
                raise Broken(
                    f"notices.json: its words are not those of entry {row['entry']}"
                )
            self.proved.append(f"Entry {row['entry']} was explained: {row['told']}")

    def check_readable(self) -> None:
        for number, version in self.contents.items():
            name = f"versions/{number}.txt"
            content, note = version["content"], version["note"]
            if self.kit.read(name).decode() != readable(content, note):
                raise Broken(f"{name}: it is not what versions/{number}.json says")
        if not self.contents:
            return
        shown = self.contents[self.manifest["version"]]
        if self.kit.read("article.html").decode() != page(**shown):
            raise Broken("article.html: it is not what the version shown says")
        if self.kit.json("attributions.json") != statements(shown["content"]):
            raise Broken(
                "attributions.json: it is not what the version shown attributes"
            )
        self.proved.append(
            "The readable texts and the list of attributions say what these versions "
            "say."
        )

    # Sources

    def check_sources(self) -> None:
        rows = {row["sha256"]: row for row in self.kit.json("sources.json")}
        named = self._named_hashes()
        if missing := sorted(named - rows.keys()):
            raise Broken(
                f"sources.json: an attribution names {missing[0]}, and it does not"
            )
        held = {name for name in self.kit.names if name.startswith("sources/")}
        given = {f"sources/{digest}" for digest in rows if not rows[digest]["left_out"]}
        if wrong := sorted(held ^ given):
            raise Broken(f"{wrong[0]}: sources.json does not tell the truth about it")
        for name in sorted(held):
            if self.kit.digest(name) != name.partition("/")[2]:
                raise Broken(f"{name}: it is not the file that was cited")
        self._tell_sources(rows, named)

    def _named_hashes(self) -> set[str]:
        return {
            step["kept"]["sha256"]
            for version in self.contents.values()
            for row in statements(version["content"])
            for step in row["steps"]
            if step.get("kept") and HASH.fullmatch(step["kept"]["sha256"])
        }

    def _tell_sources(self, rows: dict[str, Any], named: set[str]) -> None:
        self._tell_unkept()
        bound = [d for d in sorted(rows) if d in named and not rows[d]["left_out"]]
        if bound:
            self.proved.append(
                "The kept sources in this kit are, byte for byte, those that the "
                f"signed versions name: {len(bound)}."
            )
        for digest in sorted(rows):
            if rows[digest]["left_out"]:
                self.beyond.append(
                    f"The kept source {digest} is not in the kit: "
                    f"{rows[digest]['left_out']}."
                )
            elif digest not in named:
                self.beyond.append(
                    f"That sources/{digest} is what was cited is the newsroom's word: "
                    "no signed version names its hash."
                )

    def _tell_unkept(self) -> None:
        if not self.contents:
            return
        told = statements(self.contents[self.manifest["version"]]["content"])
        bare = [r for r in told if not any(step.get("kept") for step in r["steps"])]
        if bare:
            self.beyond.append(
                f"That the sources of {len(bare)} of the {len(told)} attributions said "
                "so: the version names them, and no copy of what they said."
            )

    def tell_limits(self) -> None:
        sequence = self.head.partition(":")[0]
        key = key_id(self.kit.read("key.pem"))
        self.beyond += [
            "That the text is true, and that a source says what the text says it says.",
            "That a source was genuine when it was kept, only that it is the same.",
            f"Whose key this is: compare its id, {key}, with the paper's.",
            "That the times are right: they are the newsroom's own clock.",
            f"What was done after entry {sequence} of the log, {self.last_at}.",
            "Who stands behind an actor's number: the log names no account.",
        ]
        if self.against is None:
            self.beyond.append(
                "That the newsroom did not write and sign its whole history anew "
                "before it made this kit: it could. A head that you, or anybody, saw "
                "earlier would tell: run this again with --against SEQUENCE:HASH."
            )


def _told_act(sequence: int, entry: dict[str, Any]) -> str:
    number = entry["payload"].get("version")
    what = f" (version {number})" if number else ""
    gate = entry["payload"].get("gate", {})
    told = {name: gate[name] for name in gate if name != "policy"}
    gate_told = f" The gate: {canonical(told).decode()}." if told else ""
    return (
        f"Entry {sequence}: {entry['act']}{what}, {entry['recorded_at']}, "
        f"by account {entry['actor']}.{gate_told}"
    )


def parse_head(text: str) -> tuple[int, str]:
    """Return a head's number and hash."""
    found = HEAD.fullmatch(text.strip())
    if not found:
        raise Broken(f"--against {text}: a head looks like 123:9f86… (64 hex digits)")
    return int(found[1]), found[2]


def say(*lines: str) -> None:
    """Print lines, whatever letters the terminal knows."""
    encoding = sys.stdout.encoding or "ascii"
    for line in lines:
        known = line.encode(encoding, "backslashreplace").decode(encoding)
        sys.stdout.write(f"{known}\n")


def main() -> int:
    """Check the kit that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(description="Check a kit of evidence.")
    parser.add_argument("kit", metavar="KIT.zip")
    parser.add_argument("--against", metavar="SEQUENCE:HASH", default="")
    parser.add_argument("--key-id", metavar="HEX", default="")
    asked = parser.parse_args()
    unsigned = ""
    try:
        kit = Kit(asked.kit)
        signatures: Signatures | None = Signatures(kit.read("key.pem"))
        try:
            Signatures(b"").ready()
        except NoOpenSSL as error:
            signatures, unsigned = None, str(error)
        check = Check(kit, signatures, asked.against)
        if asked.key_id and asked.key_id.lower() != key_id(kit.read("key.pem")):
            raise Broken("key.pem: it is not the key of that id")  # noqa: TRY301  (told below with all others)
        check.run()
    except Broken as broken:
        say(f"DOES NOT HOLD: {broken}.")
        return 1
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        say(f"DOES NOT HOLD: {asked.kit}: it is not built as a kit is ({error!r}).")
        return 1
    say("Proved:", *(f"  - {line}" for line in check.proved), "")
    say("Not proved:", *(f"  - {line}" for line in check.beyond))
    if unsigned:
        say("", f"SIGNATURES WERE NOT CHECKED: it takes OpenSSL 3.0 ({unsigned}).")
        return 2
    say("", f"All of it holds; head {check.head}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
