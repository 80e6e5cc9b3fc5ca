"""Each step has one definition, which is run when it is called and reads all that the step says.

In the texts, ``<== code`` marks the line of each finding that is expected; there must be no others.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest

FEATURE = """
@USDP
Feature: Identity

  @USDP-03
  Scenario: Asked again
    Given a request
    Then a response
"""

DEFINITIONS = {
    "async, which passes without having run": """
        from pytest_bdd import given, then

        @given("a request")                <== async-step
        async def _request():
            pass

        @then("a response")
        def _response():
            pass
    """,
    "an async generator": """
        from pytest_bdd import given, then

        @given("a request")                <== async-step
        async def _request():
            yield

        @then("a response")
        def _response():
            pass
    """,
    "a generator, whose end runs when the verdict is settled": """
        from pytest_bdd import given, then

        @given("a request")
        def _request():
            pass

        @then("a response")                <== generator-step
        def _response():
            yield
            raise AssertionError
    """,
    "async behind a decorator": """
        import functools
        from pytest_bdd import given, then

        def decorated(function):
            @functools.wraps(function)
            def call(*args):
                return function(*args)
            return call

        @given("a request")                <== async-step
        @decorated
        async def _request():
            pass

        @then("a response")
        def _response():
            pass
    """,
    "an assert, which Python may leave out": """
        from pytest_bdd import given, then

        @given("a request")
        @then("a response")
        def _request():
            assert True                    <== assert-in-step
    """,
    "a gap that nobody reads, so that anything would do": """
        from pytest_bdd import given, parsers, then

        @given(parsers.parse("a {what}"))
        def _request(what):
            pass

        @then(parsers.parse("a {what}"))   <== dropped-gap
        def _response():
            pass
    """,
    "a gap without a name": """
        from pytest_bdd import given, parsers, then

        @given(parsers.parse("a {}"))      <== dropped-gap
        @then(parsers.re("a (?P<what>.*)"))
        def _request(what="request"):
            pass
    """,
    "an argument that nothing gives": """
        import pytest
        from pytest_bdd import given, then

        @pytest.fixture
        def desk(conversation):
            return conversation

        @given("a request", target_fixture="sent")
        def _request(desk, request):
            pass

        @then("a response")                <== unfed-argument
        def _response(sent, other, more=None):
            pass
    """,
}


@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in DEFINITIONS.items()])
def test_a_definition_is_run_when_it_is_called_and_reads_all_that_is_said(suite: Any, code: str) -> None:
    suite.feature(FEATURE)
    expected = suite.define(code)
    assert expected
    assert [place for place in suite.found() if place[1] != "ambiguous-step"] == expected


STEPS = {
    "a step that no definition matches": """
        @USDP-03
        Scenario: Asked again
          Given a requst                   <== undefined-step
          Then a response
    """,
    "a step that is defined for another keyword": """
        @USDP-03
        Scenario: Asked again
          Given a response                 <== undefined-step
          Then a response
    """,
    "And is of the type of the step before it": """
        @USDP-03
        Scenario: Asked again
          Given a request
          And a response                   <== undefined-step
          Then a response
          And a request
    """,
    "a case of an outline that no definition matches": """
        @USDP-03
        Scenario Outline: Asked again
          Given a <kind>                   <== undefined-step
          Then a response

          Examples:
            | kind    |
            | request |
            | demand  |
    """,
    "a step of a Background": """
        Background:
          Given a demand                   <== undefined-step

        @USDP-03
        Scenario: Asked again
          Then a response

        @USDP-03
        Scenario: Asked once more
          Then a response
    """,
    "a table that nobody reads": """
        @USDP-03
        Scenario: Asked again
          Given a request                  <== dropped-table
            | SDP  |
            | Mill |
          Then a response
    """,
    "a text that nobody reads": '''
        @USDP-03
        Scenario: Asked again
          Given a request                  <== dropped-table
            """
            Mill
            """
          Then a response
    ''',
    "a table that is missing": """
        @USDP-03
        Scenario: Asked again
          Then these lines                 <== dropped-table
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in STEPS.items()])
def test_each_step_has_a_definition_that_reads_all_of_it(suite: Any, text: str) -> None:
    expected = suite.feature("        @USDP\n        Feature: Identity\n" + text)
    assert expected
    assert suite.found() == expected


def test_a_step_that_two_definitions_match_is_named_with_both(suite: Any) -> None:
    suite.feature(FEATURE)
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef _a():\n    pass\n', "a"
    )
    suite.define(
        'from pytest_bdd import given, parsers\n\n@given(parsers.parse("a {what}"))\ndef _b(what):\n    pass\n', "b"
    )
    (finding,) = suite.findings()
    assert (finding.line, str(finding.code)) == (6, "ambiguous-step")
    assert finding.what == "Given 'a request' matches 2 step definitions: 'a request' (a.py:3) and 'a {what}' (b.py:3)"


def test_definitions_that_one_module_takes_over_from_another_are_not_ambiguous(suite: Any) -> None:
    suite.feature(FEATURE)
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef a():\n    pass\n', "a"
    )
    suite.define(f"from {suite.steps}.a import *\n", "b")
    assert suite.findings() == ()


def test_an_undefined_step_comes_with_the_nearest_phrase(suite: Any) -> None:
    suite.feature(FEATURE.replace("a request", "a requst"))
    (finding,) = suite.findings()
    assert finding.remedy == "did you mean a request?"


def test_a_step_under_the_wrong_keyword_is_told_under_which_it_is_defined(suite: Any) -> None:
    suite.feature(FEATURE.replace("Given a request", "Given a response"))
    (finding,) = suite.findings()
    assert finding.what == "'a response' is defined for Then, not for Given"


def test_a_pattern_whose_own_conversion_fails_is_a_finding(suite: Any) -> None:
    suite.feature(FEATURE.replace("a request", "a request for x"))
    suite.define("""
        from pytest_bdd import given, parsers, then

        def broken(text):
            raise KeyError(text)

        @given(parsers.parse("a request for {what:Broken}", extra_types={"Broken": broken}))
        def _request(what):
            pass

        @then("a response")
        def _response():
            pass
    """)
    (finding,) = suite.findings()
    assert finding.what == "reading 'a request for x' fails: KeyError: 'x'"


@pytest.mark.parametrize(
    ("code", "line"), [("import pytest_bdd\nimport no_such_module\n", 2), ("def (:\n", 1), ("raise SystemExit(0)\n", 1)]
)
def test_a_module_that_cannot_be_imported_is_a_finding_with_its_line(suite: Any, code: str, line: int) -> None:
    suite.feature(FEATURE)
    suite.define(code, "broken")
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef _a():\n    pass\n', "a"
    )
    assert suite.found() == [(line, "not-importable")]


def test_nothing_is_run_to_find_this_out(suite: Any) -> None:
    suite.feature(FEATURE)
    suite.define("""
        from pytest_bdd import given, then

        @given("a request")
        @then("a response")
        def _request():
            raise SystemExit("a step was run")
    """)
    assert suite.findings() == ()
    assert "harness.runner.suite" not in sys.modules
