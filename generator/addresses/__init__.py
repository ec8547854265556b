"""Where everything lives on the site: an address, once published, stays.

Knows no page's content, so that a check can ask which addresses there are, and where former ones lead, without making
the pages.
"""

from generator.addresses import address
from generator.addresses.former import Ways
from generator.addresses.live import live

__all__ = ["Ways", "address", "live"]
