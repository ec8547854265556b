"""The one room that writes: folders made equal to mappings, the builder run, figures filled in, the gate, the swap.

It knows nothing of evaluations: what it writes it is handed, how a figure is drawn it is told.
"""

from generator.publish.builder import Builder
from generator.publish.figures import Drawings, once
from generator.publish.folder import Content, Filling, Folder, hand_written, make_equal
from generator.publish.gate import Fault, Gate, inspect
from generator.publish.laying import Laying, Pictures
from generator.publish.layout import lay
from generator.publish.manifest import seal, verify
from generator.publish.pdf import PrintingFailed, find_browser, print_pages
from generator.publish.policy import policy, policy_in_page
from generator.publish.recall import keep, packed, recall, unpacked
from generator.publish.release import alone, earlier, finish, lead, open_release, publish, replaceable
from generator.publish.server import Shown, serve
from generator.publish.shard import Docs
from generator.publish.source import create, replace
from generator.publish.store import Held, Store, digest
from generator.publish.twins import with_twins
from generator.publish.version import VERSION, version
from generator.publish.worker import Beside, BuilderFailed, Workers

__all__ = [
    "VERSION",
    "Beside",
    "Builder",
    "BuilderFailed",
    "Content",
    "Docs",
    "Drawings",
    "Fault",
    "Filling",
    "Folder",
    "Gate",
    "Held",
    "Laying",
    "Pictures",
    "PrintingFailed",
    "Shown",
    "Store",
    "Workers",
    "alone",
    "create",
    "digest",
    "earlier",
    "find_browser",
    "finish",
    "hand_written",
    "inspect",
    "keep",
    "lay",
    "lead",
    "make_equal",
    "once",
    "open_release",
    "packed",
    "policy",
    "policy_in_page",
    "print_pages",
    "publish",
    "recall",
    "replace",
    "replaceable",
    "seal",
    "serve",
    "unpacked",
    "verify",
    "version",
    "with_twins",
]
