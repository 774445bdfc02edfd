"""Turns a camera into HLS, only while somebody watches.

Two questions that are never mixed:

* *Does anybody want it?* ``demand``: a mark in Redis that viewers renew and that expires by itself.
* *Does anybody run it?* ``lease``: a lock in Redis that one supervisor renews and that expires by itself.

A viewer's wish (``watching``) leaves a mark and asks Celery for ``run_stream``. A worker's thread takes the lease and becomes the
camera's ``supervisor``: it starts ffmpeg, which copies the camera's pictures into fragmented MP4 on its standard output; ``mp4``
splits that into segments, ``packager`` writes them and the playlist. ``playback`` hands them out to holders of a ``tickets`` ticket.
When the mark is gone, the supervisor ends. Nothing depends on a goodbye, and a message that comes twice or never does no harm.
"""
