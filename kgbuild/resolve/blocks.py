"""Keys by what they have in common, so that only those are compared that share it."""

from collections.abc import Iterator, Sequence


class Blocks:
    """Hold keys by the block that they are in; most are alone in theirs and take no list."""

    def __init__(self) -> None:
        self._keys: dict[str, str | list[str]] = {}

    def add(self, block: str, key: str) -> None:
        """Put *key* into a block; a key may be in several."""
        known = self._keys.setdefault(block, key)
        if isinstance(known, list):
            known.append(key)
        elif known != key:
            self._keys[block] = [known, key]

    def of(self, block: str) -> Sequence[str]:
        """Give the keys of a block, in the order in which they were put there."""
        known = self._keys.get(block, ())
        return (known,) if isinstance(known, str) else known

    def shared(self) -> Iterator[list[str]]:
        """Give the keys of each block that has several, in the order in which the blocks came up."""
        return (keys for keys in self._keys.values() if isinstance(keys, list))

    def __contains__(self, block: str) -> bool:
        """Tell whether a block has any key."""
        return block in self._keys
