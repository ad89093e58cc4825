"""The walks: measuring, timing, checking and planning them.

The names stand in ``__init__.pyi``. Each is loaded when it is first asked for, so that whoever
needs one does not wait for all.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
