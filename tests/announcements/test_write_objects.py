"""The site is brought to what should be there, wherever an earlier run broke off."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from services.announcements.adapters import site
from services.announcements.model.objects import JSON, Manifest, Object
from services.announcements.pages.write_objects import PART, write_objects
from services.announcements.settings import settings
from services.kernel.aws import clients, s3
from services.kernel.problems import Code, Problem
from tests.announcements.world import CODE, World


def thing(name: str, content: str = "1") -> Object:
    return Object(f"pengumuman/{name}", content.encode(), JSON)


def put(*objects: Object) -> None:
    write_objects(CODE, site.load_manifest(CODE), objects)


def test_objects_come_change_and_go(world: World) -> None:
    put(thing("a"), thing("b"))
    assert world.site() == {"pengumuman/a": "1", "pengumuman/b": "1"}
    before = world.writes()
    put(thing("a"), thing("c", "2"))
    assert world.site() == {"pengumuman/a": "1", "pengumuman/c": "2"}
    assert world.writes() - before == 1
    put()
    assert world.site() == {}
    assert site.load_manifest(CODE).marks == {}


def test_nothing_to_do_is_not_even_noted(world: World) -> None:
    put(thing("a"))
    before = site.load_manifest(CODE)
    put(thing("a"))
    assert site.load_manifest(CODE) == before
    assert world.writes() == 1


def test_objects_say_what_they_are(world: World) -> None:
    put(thing("a"))
    head = clients.s3().head_object(Bucket=settings().site_bucket, Key="pengumuman/a")
    assert (head["ContentType"], head["CacheControl"]) == (JSON, "public, max-age=60")
    assert world.site()


def test_objects_are_stored_packed_and_read_as_they_were(world: World) -> None:
    put(thing("a", "satu " * 1000))
    stored = clients.s3().get_object(Bucket=settings().site_bucket, Key="pengumuman/a")
    content = stored["Body"].read()
    assert (stored["ContentEncoding"], len(content) < 100) == ("gzip", True)
    assert gzip.decompress(content) == (s3.read(settings().site_bucket, "pengumuman/a") or b"") == b"satu " * 1000
    assert world.site() == {"pengumuman/a": "satu " * 1000}


def test_the_next_run_goes_on_behind_the_last_part(world: World) -> None:
    """Nobody holds all objects at once, and what a killed run has written is not written again."""
    made: list[str] = []

    def objects() -> Iterator[Object]:
        for n in range(2 * PART + 1):
            made.append(f"{n:03d}")
            yield thing(made[-1])

    put(thing("000", "old"), thing("gone"))
    writes = world.writes()
    break_off("PutObject", after=PART)
    with pytest.raises(ClientError):
        write_objects(CODE, site.load_manifest(CODE), objects())
    assert len(made) == 2 * PART, "the third part was made before the second was written"
    stood = world.writes() - writes
    assert PART <= stood < 2 * PART
    write_objects(CODE, site.load_manifest(CODE), objects())
    assert world.writes() - writes - stood == PART + 1
    assert set(world.site()) == {f"pengumuman/{n:03d}" for n in range(2 * PART + 1)}
    assert world.site()["pengumuman/000"] == "1"
    assert len(site.load_manifest(CODE).marks) == 2 * PART + 1


@pytest.mark.parametrize("operation", ["PutObject", "DeleteObject"])
def test_a_run_that_broke_off_is_made_up_for(world: World, operation: str) -> None:
    put(thing("a", "old"), thing("gone"))
    break_off(operation)
    with pytest.raises(ClientError):
        put(thing("a", "new"), thing("b"))
    put(thing("a", "old"), thing("gone"))  # meanwhile the list went back to what it was
    assert world.site() == {"pengumuman/a": "old", "pengumuman/gone": "1"}
    put(thing("a", "new"), thing("b"))
    assert world.site() == {"pengumuman/a": "new", "pengumuman/b": "1"}


def break_off(operation: str, after: int = 0) -> None:
    """Let such a call, the next or one `after` others, fail as if S3 were down; later ones go through."""
    calls: Iterator[bool] = iter([*[False] * after, True])

    def answer(**_: Any) -> Any:
        if next(calls, False):
            raise ClientError({"Error": {"Code": "ServiceUnavailable"}}, operation)

    clients.s3().meta.events.register(f"before-call.s3.{operation}", answer)


def test_two_publishers_of_one_institution_do_not_pass_unseen(world: World) -> None:
    stale = site.load_manifest(CODE)
    put(thing("a"))
    with pytest.raises(Problem) as refused:
        write_objects(CODE, stale, [thing("a", "older")])
    assert refused.value.code is Code.TRY_AGAIN
    assert world.site() == {"pengumuman/a": "1"}


def test_a_manifest_of_the_largest_institution_fits_an_item() -> None:
    pages = (f"{prefix}pengumuman/{CODE}/{n}/index.html" for n in range(1, 1001) for prefix in ("", "en/"))
    shards = (f"pengumuman/{CODE}/cari/{n:03d}.json" for n in range(1500))
    manifest = Manifest().holding(Object(key, b"", JSON) for key in [*pages, *shards])
    assert len(manifest.marks) == 3500
    assert sum(len(key) + len(mark) + 4 for key, mark in manifest.marks.items()) < 400 * 1024
