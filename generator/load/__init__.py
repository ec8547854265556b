"""From the files of `evaluations/` to the model: read, understood strictly, validated, each value with its place.

The only room that reads the archive, and nothing outside the given folder. It never repairs: what cannot be read
becomes a problem with its place, and the rest is still read, so that one run tells everything.
"""

from generator.load.archive import Loaded, Remembered, load
from generator.load.places import Places

__all__ = ["Loaded", "Places", "Remembered", "load"]
