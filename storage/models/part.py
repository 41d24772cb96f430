"""What every model is: strict when written, tolerant when read."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A piece of a document. Frozen: a change is a new value."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)

    def stored(self) -> dict[str, Any]:
        """The form that goes into MongoDB."""
        return self.model_dump(by_alias=True)

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """Read what the store holds.

        Raises:
            pydantic.ValidationError: a field is missing or of the wrong kind.
        """
        return cls.model_validate(document, extra="ignore")


class Document(Part):
    """A document with an id of its own: ``str(ObjectId())``."""

    id: str = Field(alias="_id")
