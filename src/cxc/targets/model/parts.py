"""What the classes of a published design have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from cxc.model.base import id_pattern

Id = Annotated[str, Field(pattern=id_pattern())]
ChannelId = Annotated[str, Field(pattern=id_pattern("channel"))]
JourneyId = Annotated[str, Field(pattern=id_pattern("journey"))]
StepId = Annotated[str, Field(pattern=id_pattern("step"))]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Part(BaseModel):
    """A part of a published design."""

    model_config = ConfigDict(frozen=True, extra="forbid")
