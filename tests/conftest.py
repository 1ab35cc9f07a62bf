"""Settings of every test: the same examples each time, new ones with `--hypothesis-profile=any`; no clock decides."""

from hypothesis import HealthCheck, settings

from logreg.figures import picture

picture.checks = True  # every figure of every test is held against Plotly's schema

settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("any"), derandomize=True)
settings.load_profile("same")
