"""The demo is a test: the whole script by HTTP against the whole local cloud."""

from infra.local.demo.report import Report
from infra.local.demo.script import play
from tests.cloud import Portal

LEAST = 50
"""Checks the script makes; fewer means that it has stopped looking."""


def test_one_record_walks_through_the_whole_census(portal: Portal) -> None:
    report = Report()
    play(portal.base_url, report)
    assert report.checks >= LEAST
    portal.wait_idle(120)
    assert portal.dead_letters() == []
