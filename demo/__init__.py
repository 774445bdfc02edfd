"""The demo city: invented boundaries, cameras of the simulator and example accounts. Never touches a real
installation.
"""
