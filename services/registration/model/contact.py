"""How a listed person is reached: his phone and e-mail, kept with his account, which no deadline locks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from services.kernel.web.languages import Language

EMAIL: Final = "email"
PHONE: Final = "hp"


@dataclass(frozen=True)
class PersonContact:
    """A person's contact, encrypted at rest under his own key.

    `hp` is E.164. `verified` names those of the two that a code has shown to be his (`hp`, `email`): only they are
    written to (domain.md, section 3). `language` is the one he reads.
    """

    hp: str = field(repr=False)
    email: str = field(repr=False)
    verified: frozenset[str] = frozenset()
    language: Language = Language.INDONESIAN

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """As it was stored."""
        return cls(
            hp=stored.get(PHONE) or "",
            email=stored.get(EMAIL) or "",
            verified=frozenset(stored.get("verified", ())),
            language=Language(stored.get("language", Language.INDONESIAN)),
        )

    def stored(self) -> dict[str, Any]:
        """As it is stored: JSON-able."""
        return {
            PHONE: self.hp,
            EMAIL: self.email,
            "verified": sorted(self.verified),
            "language": self.language.value,
        }

    def shown(self) -> dict[str, str | None]:
        """Phone and e-mail as its owner is shown them, and as forms name them; what he has not given is None."""
        return {PHONE: self.hp or None, EMAIL: self.email or None}

    def changed(self, sent: Mapping[str, str]) -> Self:
        """The contact with other values; what is another one now is not verified any more."""
        known = {PHONE: self.hp, EMAIL: self.email}
        after = {**known, **sent}
        same = frozenset(name for name in self.verified if after[name] == known[name])
        return replace(self, hp=after[PHONE], email=after[EMAIL], verified=same)

    def verified_at(self, name: str, address: str, language: Language) -> Self:
        """The contact once a code has shown that this e-mail address or phone is his, asked for in this language."""
        after = self.changed({name: address})
        return replace(after, verified=after.verified | {name}, language=language)
