"""The site is brought to what should be there, wherever an earlier run broke off."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from services.announcements.adapters import site
from services.announcements.pages.objects import JSON, Manifest, Object
from services.announcements.pages.write_objects import write_objects
from services.announcements.settings import settings
from services.kernel.aws import clients
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


def break_off(operation: str) -> None:
    """Let the next such call fail as if S3 were down; later ones go through."""
    calls: Iterator[bool] = iter([True])

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
    manifest = Manifest().of(Object(key, b"", JSON) for key in pages)
    assert len(manifest.marks) == 2000
    assert sum(len(key) + len(mark) + 4 for key, mark in manifest.marks.items()) < 400 * 1024
