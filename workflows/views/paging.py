"""Pages of long lists, as every room shows them."""

from ita_core.paging import LAST, PAGE, Slice

__all__ = ["LAST", "PAGE", "Slice"]
