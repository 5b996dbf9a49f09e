"""What holds for every test: how Hypothesis tries cases."""

from hypothesis import settings

# Machines differ in speed and tests share two cores: time per example says nothing here, --timeout guards.
settings.register_profile("ci", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("ci")
