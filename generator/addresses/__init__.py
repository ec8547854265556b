"""Where everything lives on the site: an address, once published, stays.

Knows no page's content, so that a check can ask what addresses there are without making the pages.
"""

from generator.addresses import address

__all__ = ["address"]
