"""Why a newsroom cannot be opened: each reason one sentence for the operator."""


class Refused(Exception):
    """What stands in the way, in a sentence that says what to do."""
