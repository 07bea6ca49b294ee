"""Interface text in the language of a page: gettext catalogues, dates, numbers and lists.

English is written in the code and the templates; other languages are catalogues below ``locale/``.
"""

from wording.wording import Wording, wording_for

__all__ = ["Wording", "wording_for"]
