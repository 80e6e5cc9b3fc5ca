"""The one module that pytest collects: a test function for each scenario of the features that are to run.

Unlike pytest-bdd's own `scenarios()`, which lets the last of several equal names win, each scenario is bound under its
own id; the plugin then reconciles what was bound with what the feature files hold.
"""

from __future__ import annotations

from pytest_bdd import scenario
from pytest_bdd.feature import get_features

from harness.runner.plugin import feature_files_to_run


def _bind() -> None:
    base, files = feature_files_to_run()
    for feature in get_features([str(base / file) for file in files]):
        for name in feature.scenarios:
            bound = scenario(feature.filename, name, features_base_dir=str(base))(_nothing_more)
            globals()[f"scenario_{len(globals())}"] = bound


def _nothing_more() -> None:
    """What is left to do after the steps of a scenario."""


_bind()
