"""Steps that depend on each other, each done once, in a thread of its own, as soon as somebody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from registry_preflight.storage.network import NetworkTrouble
from registry_preflight.storage.s3_answers import S3Refusal

if TYPE_CHECKING:
    from registry_preflight.check import Stage
    from registry_preflight.storage.s3_bodies import Listing


class Blocked(Exception):
    """A step could not be tried, because of the step that the text names."""


class Step(NamedTuple):
    """What became of a step: `error` is the refusal; `blocked` names the step that had to come first and did not.

    Where the store gives no answer to this very request, whatever is tried, that is a refusal too, of status 0, and
    `trouble` says how.
    """

    name: str
    error: S3Refusal | None = None
    blocked: str = ""
    value: object = None
    trouble: NetworkTrouble | None = None

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.error is None and not self.blocked


class Place(NamedTuple):
    """Where a stage reads, writes or removes: `sample` is the key that stands for it, `stages` those that remove there."""

    name: str
    sample: str
    removing: tuple[Stage, ...]


class Asked(NamedTuple):
    """A list that the release asks for: its prefix, the stages that do, and the asking."""

    prefix: str
    stages: tuple[Stage, ...]
    ask: Callable[[], Listing]


class Steps:
    """Named pieces of work. A piece may ask for others: it waits for them, or begins them to run beside it."""

    def __init__(self, work: Mapping[str, Callable[[], object]], label: str) -> None:
        self._work = work
        self._label = label
        self._lock = threading.Lock()
        self._done: dict[str, threading.Event] = {}
        self._results: dict[str, Step | BaseException] = {}

    def begin(self, *names: str) -> None:
        """See to it that these are under way."""
        for name in names:
            with self._lock:
                if name in self._done:
                    continue
                self._done[name] = threading.Event()
            threading.Thread(target=self._run, args=(name,), daemon=True, name=f"{self._label} {name}").start()

    def result(self, name: str) -> Step:
        """What became of a step, which is begun if nobody has yet. Raises `NetworkTrouble` and the step's own crash."""
        self.begin(name)
        self._done[name].wait()
        result = self._results[name]
        if isinstance(result, BaseException):
            raise result
        return result

    def need(self, name: str) -> object:
        """The value of a step that another needs. Raises `Blocked` where it came to nothing."""
        step = self.result(name)
        if not step.ok:
            raise Blocked(step.blocked or name)
        return step.value

    def _run(self, name: str) -> None:
        try:
            self._results[name] = Step(name, value=self._work[name]())
        except S3Refusal as refusal:
            self._results[name] = Step(name, error=refusal)
        except Blocked as earlier:
            self._results[name] = Step(name, blocked=str(earlier))
        except NetworkTrouble as trouble:
            silence = S3Refusal(0, "NoAnswer", trouble.text, name, {})
            self._results[name] = trouble if trouble.passing else Step(name, silence, trouble=trouble)
        except BaseException as crash:  # it belongs to whoever waits for the step, in another thread
            self._results[name] = crash
        finally:
            self._done[name].set()


def beside(label: str, pieces: Sequence[Callable[[], object]]) -> list[Step]:
    """What became of pieces of work that are done at the same time, in their order. Raises `NetworkTrouble`."""
    names = [str(number) for number in range(1, len(pieces) + 1)]
    steps = Steps(dict(zip(names, pieces, strict=True)), label)
    steps.begin(*names)
    return [steps.result(name) for name in names]


def values_of(steps: Sequence[Step]) -> list[str]:
    """What the pieces made. Raises what the first of them failed by."""
    for step in steps:
        if step.trouble is not None:
            raise step.trouble
        if step.error is not None:
            raise step.error
    return [cast("str", step.value) for step in steps]
