"""Settings of every test: in CI the same examples each time, elsewhere new ones; no clock decides."""

import os

from hypothesis import HealthCheck, settings

from logreg.figures import picture

picture.checks = True  # every figure of every test is held against Plotly's schema

settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("any"), derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "any")
