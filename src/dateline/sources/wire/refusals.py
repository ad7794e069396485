"""Why something from outside was not taken. One class for each reason."""


class ReceiveRefusal(Exception):
    """The original cannot become a wire item. The message says what to do."""

    code = "refused"
    message = "This cannot be received."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.message} {detail}".strip())


class OriginalEmpty(ReceiveRefusal):
    code = "empty"
    message = "There is nothing in it. Check the file or address and send it again."


class OriginalBinary(ReceiveRefusal):
    code = "binary"
    message = (
        "It is not text: pictures, archives, sound and office files are not read here. "
        "Paste the text of the article instead."
    )


class OriginalTooLarge(ReceiveRefusal):
    code = "too-large"
    message = "It is larger than a wire item may be. Send the article alone."


class OriginalUnpacksTooLarge(ReceiveRefusal):
    code = "unpacks-too-large"
    message = (
        "It is small as sent but unpacks to more than a wire item may hold. "
        "Send it unpacked, and the article alone."
    )


class OriginalDamaged(ReceiveRefusal):
    code = "damaged"
    message = "It says that it is compressed but cannot be unpacked. Send it again."


class EncodingContradicted(ReceiveRefusal):
    code = "encoding-contradicted"
    message = (
        "It names one character encoding and is written in another, so letters would "
        "be wrong. Save it as UTF-8, or paste the text."
    )


class EncodingUnknown(ReceiveRefusal):
    code = "encoding-unknown"
    message = (
        "Its character encoding cannot be told, so letters would be wrong. "
        "Save it as UTF-8, or paste the text."
    )


class TypeUnsupported(ReceiveRefusal):
    code = "type-unsupported"
    message = (
        "This type of content is not received. Send text, HTML, RSS, Atom or ninjs."
    )


class ArticleNotFound(ReceiveRefusal):
    code = "no-article"
    message = (
        "No article was found in it. Paste the article's text alone, "
        "with its headline in the first line."
    )


class FeedUnreadable(ReceiveRefusal):
    code = "feed-unreadable"
    message = "It is meant to be RSS or Atom but cannot be read as either."


class FeedWithoutItems(ReceiveRefusal):
    code = "feed-without-items"
    message = "The feed is readable and holds no items."


class NinjsUnreadable(ReceiveRefusal):
    code = "ninjs-unreadable"
    message = "It is JSON, but not a ninjs item. Ask the agency for ninjs 3.x."


class NinjsWithoutUri(ReceiveRefusal):
    code = "ninjs-without-uri"
    message = (
        "The ninjs item has no uri, so a later version or a kill could not be told "
        "to belong to it. Ask the agency to send one."
    )


class MarkupTooDeep(ReceiveRefusal):
    code = "too-deep"
    message = "It is nested deeper than any article is. Paste the text instead."


class OriginalMissing(ReceiveRefusal):
    code = "missing"
    message = "There is no file there that can be read. Check the path."


class NewsroomMissing(ReceiveRefusal):
    code = "no-newsroom"
    message = (
        "The data folder holds no newsroom to store it in. Open it once with "
        "`dateline serve`, or try the item with --dry-run."
    )
