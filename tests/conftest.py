"""What all tests share."""

from hypothesis import settings

# No test asserts a time, and a busy machine must not turn a property false.
settings.register_profile("walktalk", deadline=None)
settings.load_profile("walktalk")
