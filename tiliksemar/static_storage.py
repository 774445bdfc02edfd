"""Static files under names with a hash of their content, so that phones keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Modules import each other by relative paths; these become the hashed names, so that pages need no inline import map."""

    support_js_module_import_aggregation = True
    # A module's name depends on the modules that it imports, theirs on theirs: a pass for each step.
    max_post_process_passes = 12
