"""Where the programs are that we start but did not write."""

from django.core.exceptions import ImproperlyConfigured


def ffmpeg_binary(named: str) -> str:
    """The ffmpeg that was *named* in the settings, else the one inside the package ``imageio-ffmpeg``."""
    if named:
        return named
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise ImproperlyConfigured("No ffmpeg: install it and name it in FFMPEG, or run `make install`.") from None
