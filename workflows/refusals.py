"""Why an act was refused: one sentence a person can read, and the HTTP status that says the same to a machine."""


class Refused(Exception):
    """Nothing happened; ``sentence`` says why (Thai, translatable)."""

    status = 403

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


class NotAllowed(Refused):
    """This person may not do this, or not now."""


class NotConfirmed(Refused):
    """This person may do it, once he has proved anew who he is."""


class Conflict(Refused):
    """Somebody was faster, or the report is no longer what the page showed."""

    status = 409


class BadInput(Refused):
    """What was typed is missing or cannot stand on paper."""

    status = 400


class NoPaper(Refused):
    """A document could not be made or stored, so the act did not happen."""

    status = 503
