"""The desk's form for pictures: Wagtail's, with our intake before it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from dateline.sources.pictures import PictureRefused, examine, fill_from


class PictureFileField(WagtailImageField):
    """Refuses by name what is no picture, or too much of one."""

    def to_python(self, data: Any) -> Any:
        if not data:
            return super().to_python(data)
        try:
            examined = examine(data)
        except PictureRefused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None
        file = super().to_python(
            SimpleUploadedFile(data.name, examined.content, data.content_type)
        )
        file.examined = examined
        return file


class PictureForm(BaseImageForm):
    """Fills from the file's own metadata what the editor left empty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = PictureFileField(
                label=theirs.label, required=theirs.required, widget=theirs.widget
            )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  (Django's)
        if "file" in self.changed_data:
            fill_from(self.instance, self.cleaned_data["file"].examined.embedded)
        return super().save(commit=commit)
