"""Prints the microseconds that Jinja2 takes for the measured page: jinja.py THEME DATA.json

The environment is the one that the engine is compared with: autoescape, strict names, templates compiled once.
"""

import json
import pathlib
import sys
import time

import jinja2
from markupsafe import Markup

theme, data = pathlib.Path(sys.argv[1]) / "jinja", json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(theme), autoescape=True, undefined=jinja2.StrictUndefined, auto_reload=False
)
data["post"]["html"] = Markup(data["post"]["html"])
for comment in data["post"]["comments"]:
    comment["html"] = Markup(comment["html"])
    comment.setdefault("url", None)
template = environment.get_template("post.html")
if len(sys.argv) > 3:
    pathlib.Path(sys.argv[3]).write_text(template.render(data), encoding="utf-8")

best = float("inf")
for _ in range(200):
    start = time.perf_counter()
    for _ in range(8):
        template.render(data)
    best = min(best, (time.perf_counter() - start) / 8)
print(f"{best * 1e6:.1f}")
