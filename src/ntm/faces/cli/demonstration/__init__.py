"""Dữ liệu minh hoạ: what the five plans state, as YAML of facts, and the loaders that bring it in through the services.

One folder a plan: `facts.yaml` (facts and figures), `README.md` (which plan, which lines, what is assumed) and the loader.
"""
