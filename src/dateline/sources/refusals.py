"""Why something was not kept. One class for each reason."""


class KeepRefusal(Exception):
    """The copy was not kept. The message says what to do."""

    code = "refused"
    message = "This cannot be kept."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.message} {detail}".strip())


class CopyEmpty(KeepRefusal):
    code = "empty"
    message = "There is nothing in it. Check the file and send it again."


class CopyTooLarge(KeepRefusal):
    code = "too-large"
    message = "It is larger than what is kept here."


class ArchiveTooLarge(KeepRefusal):
    code = "archive-too-large"
    message = (
        "It is a web archive of more than 50 MB. Keep the one page that you cite, "
        "not the whole archive."
    )


class ArchiveUnpacksTooLarge(KeepRefusal):
    code = "archive-unpacks-too-large"
    message = (
        "The web archive is small as sent but unpacks to more than 200 MB. Keep the "
        "one page that you cite."
    )


class ArchiveUnreadable(KeepRefusal):
    code = "archive-unreadable"
    message = "It is called a web archive but cannot be read as WARC. Save it again."


class ArchiveWithoutPage(KeepRefusal):
    code = "archive-without-page"
    message = "The web archive holds no page that was answered."


class MailUnreadable(KeepRefusal):
    code = "mail-unreadable"
    message = (
        "It is called a mail but cannot be read as one. Save the mail as .eml, with "
        "its headers, and send that file."
    )
