"""What Django's own reports of errors (the page while developing, mails to administrators) may tell."""

from __future__ import annotations

import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

# Besides what Django hides by name: addresses of Redis and the like may carry a password.
_HIDDEN = re.compile(SafeExceptionReporterFilter.hidden_settings.pattern + "|URL|CHANNEL_LAYERS", re.IGNORECASE)


class ReportFilter(SafeExceptionReporterFilter):
    """Names without values: where a camera's source is entered or opened, any variable and any field may hold its password.

    Also while developing: whoever switches DEBUG on to look for a fault does so with real cameras.
    """

    hidden_settings = _HIDDEN

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: Any, tb_frame: FrameType) -> ItemsView[str, Any]:
        return {name: f"<{type(value).__name__}>" for name, value in tb_frame.f_locals.items()}.items()
