"""Names in many languages, edited as plain lines: ``uk = Світ``."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dateline import languages

LONGEST_TEXT = 4000
MOST_LINES = 120


class NamesField(forms.CharField):
    """One name in each language: the code, an equals sign, the name."""

    widget = forms.Textarea
    longest = 160

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.pop("encoder", None)
        options.pop("decoder", None)
        options.setdefault("help_text", "One language a line: en = World")
        super().__init__(**options)
        self.widget.attrs |= {"rows": 4, "spellcheck": "false", "dir": "auto"}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{code} = {name}" for code, name in value.items())
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "").strip() != (data or "").strip())

    def clean(self, value: Any) -> dict[str, str]:
        """
        Return the names by language.

        :raises ValidationError: a line is not of the form, or names no language
        """
        text = super().clean(value) or ""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"There are more than {MOST_LINES} lines.")
        return dict(map(self._line, lines))

    def _line(self, line: str) -> tuple[str, str]:
        code, equals, name = (part.strip() for part in line.partition("="))
        if not equals or not name:
            raise ValidationError(f"“{line[:60]}”: write a code, “=” and the name.")
        language = languages.find(code)
        if language is None:
            raise ValidationError(f"“{code[:20]}” is none of the 104 languages.")
        if len(name) > self.longest:
            raise ValidationError(
                f"The name in {language.name} is longer than {self.longest} characters."
            )
        return language.code, name


class TextsField(NamesField):
    """The same for longer texts: captions, biographies."""

    longest = 2000
