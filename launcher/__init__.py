"""`make run` on one machine: everything the portal needs, started together and stopped together.

The order of a start, one module each:

1. ``installation``  what was asked for: folders, address, port
2. ``preflight``     port free, nobody else on this data folder, Redis and ffmpeg there, disk writable
3. ``keys``          the installation's secrets, made once
4. ``leftovers``     ends what a killed run left behind
5. ``services``      the processes and their command lines
6. ``supervision``   supervisord starts them, starts them again when they die, and ends them
7. ``prepare``       migrations, static files, regions, the demo city
8. ``readiness``     waits until the portal answers

No process may outlive the launcher: on a signal supervisord ends its services; when the launcher or supervisord is
killed outright, the parent-death signal ends what hung on it (``child``); and every process carries a mark by which the
rest is found (``leftovers``).
Nothing here knows Django; the portal is reached as command lines and over HTTP only.
"""
