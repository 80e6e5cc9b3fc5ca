"""The one module that pytest collects: a test function for each scenario of the features that are to run.

pytest-bdd keeps the last of several scenarios of one name; the plugin holds what it is about to run against what
gherkin-official found in the file. Both read the same document, so a feature file is parsed once.
"""

from __future__ import annotations

from pathlib import Path

from pytest_bdd import scenario
from pytest_bdd.feature import features
from pytest_bdd.gherkin_parser import GherkinDocument
from pytest_bdd.parser import FeatureParser

from harness.runner.plugin import feature_files_to_run
from harness.suite.inventory import parse_feature


class _SharedDocument(FeatureParser):
    """pytest-bdd's reading of a feature file that the inventory has parsed."""

    def _parse_feature_file(self) -> GherkinDocument:
        return GherkinDocument.from_dict(parse_feature(Path(self.abs_filename)))


def _bind() -> None:
    base, files = feature_files_to_run()
    for file in files:
        feature = _SharedDocument(str(base), file).parse()
        features[feature.filename] = feature  # where pytest-bdd looks before it reads a file
        for name in feature.scenarios:
            bound = scenario(feature.filename, name, features_base_dir=str(base))(_nothing_more)
            globals()[f"scenario_{len(globals())}"] = bound


def _nothing_more() -> None:
    """What is left to do after the steps of a scenario."""


_bind()
