"""The editor's page: every page a form that works without scripts, every rule of safety in one place."""
