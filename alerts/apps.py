from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "alerts"
    verbose_name = _("Kabar dan kentongan")

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_reset

        from .subscribing import follow_log_out, follow_new_password

        user_logged_out.connect(follow_log_out, dispatch_uid="alerts.logged_out")
        for signal in (password_changed, password_reset):
            signal.connect(follow_new_password, dispatch_uid="alerts.new_password")
