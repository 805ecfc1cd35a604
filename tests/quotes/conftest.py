"""Generated cases are not timed one by one: a shared machine may pause. `test_time.py` looks after time."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
