"""The field in which payments are chosen for a batch."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import StopValidation


class WaitingField(SelectMultipleField):
    """Payments to choose from. Of a chosen one that is offered no more `gone` says where it is."""

    data: list[int] | None
    gone: Sequence[str] = ()

    def pre_validate(self, form: Any) -> None:
        if self.gone:
            self.data = [one for one in self.data or [] if one in self.offered]
            raise StopValidation(" ".join(self.gone))
        super().pre_validate(form)

    @property
    def offered(self) -> set[int]:
        """The ids of the payments that are offered."""
        return {one.value for one in self.choices or ()}
