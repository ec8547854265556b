"""The one room that writes: folders made equal to mappings, the builder run, figures filled in, the gate, the swap.

It knows nothing of evaluations: what it writes it is handed, how a figure is drawn it is told.
"""

from generator.publish.builder import BuilderFailed, run_builder
from generator.publish.figures import draw_all, fill, once
from generator.publish.folder import Content, hand_written, make_equal
from generator.publish.gate import Fault, inspect
from generator.publish.kept import Kept
from generator.publish.pdf import PrintingFailed, find_browser, print_pages
from generator.publish.policy import policy, policy_in_page
from generator.publish.release import finish, open_release
from generator.publish.server import serve
from generator.publish.source import create, replace

__all__ = [
    "BuilderFailed",
    "Content",
    "Fault",
    "Kept",
    "PrintingFailed",
    "create",
    "draw_all",
    "fill",
    "find_browser",
    "finish",
    "hand_written",
    "inspect",
    "make_equal",
    "once",
    "open_release",
    "policy",
    "policy_in_page",
    "print_pages",
    "replace",
    "run_builder",
    "serve",
]
