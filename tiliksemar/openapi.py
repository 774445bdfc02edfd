"""What the API's description says of every operation alike: who may ask, which errors come, and how they look."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema

from cameras import problem_words as words
from cameras import problems
from machines.schema import NAME as TOKEN

from .api_examples import EXAMPLES, SUMMARIES

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_METHODS = ("get", "post", "put", "patch", "delete")
_WITH_PAUSE = ("429", "503")


class Schema(AutoSchema):
    """Adds to each operation which token may ask it, and that strangers may ask everything: what they get differs."""

    def get_auth(self) -> list[dict[str, Any]]:
        found = [one for one in super().get_auth() if TOKEN not in one or self._scope()]
        return [*found, {}]

    def get_description(self) -> str:  # type: ignore[override]
        scope = self._scope()
        token = f"Token mesin: cakupan `{scope}`." if scope else "Tertutup bagi token mesin."
        return f"{super().get_description()}\n\n{token}".strip()

    def _scope(self) -> str | None:
        return getattr(self.view, "machine_scope", None)


def complete(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """A postprocessing hook: the errors that any operation may answer, all as problems, and the examples."""
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if method in _METHODS:
                _complete(operation, has_place="{" in path)
    schemas = result.get("components", {}).get("schemas", {})
    for name, example in EXAMPLES.items():
        if name in schemas:
            schemas[name]["example"] = example
    return result


def _complete(operation: dict[str, Any], *, has_place: bool) -> None:
    responses = operation["responses"]
    if summary := SUMMARIES.get(operation["operationId"]):
        operation["summary"] = summary
    parameters = operation.get("parameters", [])
    asks = "requestBody" in operation
    common = {
        "400": asks or any(one["in"] == "query" for one in parameters),
        "401": True,
        "403": True,
        "404": has_place or any(one["name"] == "page" for one in parameters),
        "406": True,
        "413": asks,
        "415": asks,
        "429": True,
    }
    for status in [status for status, happens in common.items() if happens]:
        responses.setdefault(status, {})
    for status in list(responses):
        if status >= "400":
            responses[status] = _problem(status, responses[status])
        elif not responses[status].get("description"):
            responses[status]["description"] = "Berhasil." if status < "300" else "Tidak berubah."
    operation["responses"] = dict(sorted(responses.items()))


def _problem(status: str, known: dict[str, Any]) -> dict[str, Any]:
    code, detail = words.BY_STATUS.get(
        int(status), ("conflict", "Baru saja diubah orang lain. Muat ulang, lalu coba lagi.")
    )
    media = {"schema": _PROBLEM, "example": problems.body(int(status), code, detail)}
    title = words.TITLES.get(int(status), "")
    answer: dict[str, Any] = {
        "description": known.get("description") or title,
        "content": {problems.PROBLEM_TYPE: media},
    }
    if status in _WITH_PAUSE:
        pause = "Detik; sesudah itu boleh meminta lagi."
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer", "minimum": 0}, "description": pause}}
    return answer
