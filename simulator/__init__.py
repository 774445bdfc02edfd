"""A camera simulator: one process that speaks RTSP 1.0 like thousands of street cameras.

``python -m simulator`` serves ``rtsp://host:port/<any name>``. It is for installers who have no camera at hand, for
the demo city and for every test of streams. It needs Python, Pillow and an ffmpeg binary, nothing else of the project.

How all cameras share one clip and yet show their own name and the true time
------------------------------------------------------------------------------
An H.264 picture may be cut into *slices* that do not know each other. The upper slice is the scene: about 24 s of a
street at night, drawn (``street``, ``scene``), encoded by x264 once per keyframe interval (``workshop``), packetised
once, looped for ever. The lower slice is the band with name, date, clock and clock strip (``caption``); we write it
ourselves, losslessly and without any search (``lossless``): unchanged macroblocks are skipped, the others are raw
pixels. Its header is copied from the scene's slice of the same picture (``h264``), so both belong together.

* While nobody's name changes, what a second changes in the band is the same for all cameras: it is written once per
  picture for everybody. Only a keyframe's band holds the name, and it is shared by all who watch that camera.
* So there is no encoder per camera, none at all while cameras play, and no cap: cost is that of copying packets.
* A clip does not care when it is played, so each session may begin with a keyframe at once (``start=now``), wait for
  the camera's next one (``start=keyframe``, the usual) or begin in mid-GOP (``start=mid``). Cameras are ahead of the
  clip by an amount that follows from their name, so that neighbours differ and keyframes do not all come together.

It rests on these, which tests hold: the scene's motion vectors are whole pixels (x264 ``subme=0``) and nothing moves
near its lower edge, so no block of the scene looks into the band; the band's own slice has no motion and no filter.

A live encoder for all cameras was weighed (simple, but it costs a core's share always, and names only for a few).

In an address, or in a line of the names file:

``gop=4`` (seconds) · ``fps=5`` · ``start=now|keyframe|mid`` · ``transport=tcp`` (UDP is answered with 461)
``codec=h264|h265|mjpeg``    ``mjpeg`` plays the same trick with restart markers; the film in ``h265`` has no band
``size=small``               the camera's substream: the same scene in 320×184
``audio=pcmu|aac|silent``    a second track, of silence; ``silent`` is declared and never sends
``change=5``                 every 5 s the size of the pictures changes (for a codec that says so in the stream)
``timestamps=jump``          every 3 s the timestamps jump an hour ahead, or back

A further codec is a further ``clip.Film``: ``session`` only asks it for payloads.
With ``--onvif-port`` some cameras (``tamu-1``, …) can also be asked by ONVIF what they have (``onvif``).
Who calls whom: ``cli`` → ``server``, ``control``, ``onvif`` → ``connection`` → ``session`` → ``clip`` → ``caption``,
``lossless``, ``h264``, ``payload`` → ``bits``. ``clockcode`` reads the time back, ``harness`` runs all this in tests.
"""
