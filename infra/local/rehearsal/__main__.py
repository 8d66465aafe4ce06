"""`python -m infra.local.rehearsal`: a portal of its own, one run per knob; exits with 1 when anything was lost."""

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.local.__main__ import prepare, seed
from infra.local.client import Unexpected
from infra.local.cloud import LocalCloud
from infra.local.demo.report import Report
from infra.local.demo.stage import Stage
from infra.local.rehearsal.play import Load, Rehearsal, Run, kept_errors
from infra.local.settings import LocalSettings

LOAD = Load(clients=8, people=12)
PEAK = {"requests": 4_950, "facts": 500, "at_once": 740}
"""A second (at once, for functions), when 40 % of all that people write comes on the last day (infra/quotas.toml)."""
PLAYED = {"requests": 2_500, "facts": 250, "at_once": 250}
"""What is played: of API Gateway what it allows in Jakarta before anybody asks for more; a third of the bus's 750 and
a fourth of Lambda's 1,000, because the peak stays below these and nothing would be refused."""


def main() -> int:
    """Run all of it."""
    with TemporaryDirectory(prefix="rehearsal-") as folder:
        settings = replace(LocalSettings(), port=0, state=Path(folder))
        cloud = LocalCloud(settings)
        try:
            prepare(settings)
            cloud.start()
            seed(cloud)
            cloud.keep()
            rehearse(cloud.base_url)
        except Unexpected as unexpected:
            print(f"\nTIDAK SESUAI: {unexpected}", file=sys.stderr)
            return 1
        finally:
            cloud.stop()
    return 0


def rehearse(base: str) -> None:
    """One run without limits, which measures this machine; one for each knob; one with all; and the error cache."""
    report = Report()
    free = _run(Stage(base, report), "tanpa batas", {})
    driven = {
        "requests": free.asked["requests"] / free.seconds,
        "facts": free.asked["facts"] / free.seconds,
        "at_once": float(LOAD.clients),
    }
    scaled = {}
    for knob, peak in PEAK.items():
        scaled[knob] = driven[knob] * PLAYED[knob] / peak
        print(
            f"    {knob}: puncak {peak:,} (dimainkan {PLAYED[knob]:,}); mesin ini {driven[knob]:.1f}, "
            f"faktor {peak / driven[knob]:,.0f}, jadi batasnya di sini {scaled[knob]:.1f}"
        )
    limits = {"requests": scaled["requests"] / 2, "facts": scaled["facts"], "at_once": max(1, int(scaled["at_once"]))}
    for knob, limit in limits.items():
        _require_refusals(knob, _run(Stage(base, report), knob, {knob: limit}))
    _require_refusals("semua", _run(Stage(base, report), "semua sekaligus", limits))
    stage = Stage(base, report)
    report.step("Galat yang disimpan distribusi")
    print(
        f"    sepuluh detik, seperti bawaan CloudFront: {kept_errors(stage, error_seconds=10)} dijawab galat orang lain"
    )
    print(f"    seperti infra/cdn.yaml: {kept_errors(stage)}")


def _run(stage: Stage, name: str, limits: dict[str, float]) -> Run:
    stage.report.step(" ".join(["Batas:", name, *(f"{knob}={limit:.1f}" for knob, limit in limits.items())]))
    rehearsal = Rehearsal(stage)
    run = rehearsal.write(LOAD, **limits)
    print(f"    {run.writes} tulisan diterima dalam {run.seconds:.1f} s ({run.writes / run.seconds:.1f}/s)")
    print(
        f"    penulis ditolak dan mengirim lagi: {dict(run.turned_away) or 0}; menurut kenop: {dict(run.refused) or 0}"
    )
    rehearsal.seal()
    return run


def _require_refusals(name: str, run: Run) -> None:
    if not run.refused:
        raise Unexpected(f"{name}: nothing was refused, so nothing was rehearsed")


if __name__ == "__main__":
    raise SystemExit(main())
