"""Other site builders over the very same pages: stock MkDocs + Material, ProperDocs, and Hugo with the same chrome."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

ARTICLE = '<article class="md-content__inner md-typeset">'
UNNEEDED = ["taxonomy", "term", "section", "RSS", "sitemap", "robotsTXT", "404"]


def stock(folder: Path, docs: Path, builder: str = "mkdocs") -> list[str]:
    """The command that builds with Material and its own search, with nothing of ours but the pages and the menu."""
    settings = {
        "site_name": "Stock", "docs_dir": str(docs), "site_dir": str(folder / f"site-{builder}"),
        "theme": {"name": "material", "language": "sv", "font": False}, "plugins": ["search"],
        "nav": [{"Start": "index.md"}, {"Om": "om/index.md"}], "not_in_nav": "*",
        "markdown_extensions": ["attr_list", {"toc": {"toc_depth": 2}}],
    }  # fmt: skip
    config = folder / f"{builder}.yml"
    config.write_text(json.dumps(settings), encoding="utf-8")
    return [sys.executable, "-m", builder, "build", "--quiet", "--config-file", str(config)]


def hugo(folder: Path, docs: Path, site: Path) -> list[str] | None:
    """The command that builds with Hugo; nothing where there is no Hugo.

    Its one template is a finished page of ours with the text left out.
    """
    program = shutil.which("hugo")
    if program is None:
        return None
    source = folder / "hugo"
    _content(docs, source / "content")
    template = _template(next(site.glob("kommuner/*/20*/index.html")).read_text(encoding="utf-8"))
    for name in ("index.html", "_default/single.html"):
        path = source / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template, encoding="utf-8")
    markup = {"goldmark": {"renderer": {"unsafe": True}, "parser": {"attribute": {"title": True, "block": True}}}}
    settings = {"baseURL": "/", "title": "Hugo", "disableKinds": UNNEEDED, "markup": markup}
    (source / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    return [program, "--quiet", "--source", str(source), "--destination", str(folder / "site-hugo")]


def edited(folder: Path, number: int) -> None:
    """Change one page of Hugo's."""
    page = next((folder / "hugo" / "content" / "kommuner").rglob("*.md"))
    page.write_text(f"{page.read_text(encoding='utf-8')}\nÄndrad {number}.\n", encoding="utf-8")


def _content(docs: Path, content: Path) -> None:
    """The same pages as Hugo wants them: what is `a/b/index.md` to MkDocs would be a bundle, so it becomes `a/b.md`."""
    shutil.rmtree(content, ignore_errors=True)
    for page in docs.rglob("*.md"):
        path = page.relative_to(docs)
        if path.name == "index.md":
            path = path.parent.parent / f"{path.parent.name}.md" if path.parent.name else Path("_index.md")
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(page.read_text(encoding="utf-8"), encoding="utf-8")


def _template(page: str) -> str:
    titled = re.sub(r"<title>.*?</title>", "<title>\0</title>", page.replace("{{", "{ {")).replace("\0", "{{ .Title }}")
    before, found, rest = titled.partition(ARTICLE)
    assert found, "the page has no article"
    return f"{before}{found}{{{{ .Content }}}}{rest[rest.index('</article>') :]}"
