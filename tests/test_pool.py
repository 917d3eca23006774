"""Processes that work on jobs."""

from collections.abc import Iterator

from kgbuild.pool import Pool


def test_the_next_job_is_ready_when_a_process_gets_free() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(4):
            taken.append(number)
            yield -number

    pool = Pool[int, int](abs, 1, patience_seconds=60.0)
    ends = pool.run(jobs())
    assert next(ends).result == 0
    assert taken == [0, 1]
    assert [one.result for one in ends] == [1, 2, 3]
    pool.close()
