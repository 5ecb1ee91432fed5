"""Link many acts in one process: the time must grow with the acts, not with their pairs.

    python benchmarks/bench_links.py [ACTS]

Documents are made up: a few words of the concept table, a name, a number and a date in each accusation,
every third of which is repeated by others in the other language, and answered.  A third of all acts is
about a tenth of the parties, so that some parties have very many.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.links.across import link_acts
from kg.links.across_proposals import Relation
from kg.links.normal import PlacedAct
from kg.links.normal_concepts import LANGUAGES, _entries
from kg.model import Act, ActType, Party, Quote, Topic

SIDES = 400
PEOPLE = 3_000
DAYS = 3_650
SIZES = (12_500, 25_000, 50_000, 100_000)


@dataclass(frozen=True)
class Story:
    """What is alleged: concepts, a name, a number, by whom against whom and when."""

    concepts: tuple[int, ...]
    name: str
    number: int
    accuser: str
    accused: str
    day: date
    topic: Topic


def party(side: str) -> Party:
    """A party that is known by its side alone."""
    return Party(None, side, side, f"https://example.org/{side}")


class World:
    """Makes stories and what is said of them, the same on every run."""

    def __init__(self) -> None:
        self._random = random.Random(7)
        self._words = [
            words for concept, words in _entries() if concept.kind != "frames" and all(words.values())
        ]
        self._names = ["".join(self._random.choices("abdegiklmnorstuv", k=8)).title() for _ in range(PEOPLE)]
        self._sides = [f"party {number}" for number in range(SIDES)]

    def _side(self) -> str:
        few = self._random.random() < 0.33
        return self._random.choice(self._sides[: SIDES // 10] if few else self._sides)

    def story(self) -> Story:
        """An allegation that nobody made before."""
        pick = self._random
        return Story(
            tuple(pick.sample(range(len(self._words)), 4)),
            pick.choice(self._names),
            pick.randrange(2, 900),
            self._side(),
            self._side(),
            date(2010, 1, 1) + timedelta(days=pick.randrange(DAYS)),
            pick.choice(list(Topic)),
        )

    def act(self, story: Story, number: int, type_: ActType, language: str, days: int) -> PlacedAct:
        """One telling of a story, or an answer to it."""
        chosen = [self._random.choice(self._words[place][language]) for place in story.concepts[:3]]
        content = f"{' '.join(chosen)} {story.name} {story.number}"
        rebuts = type_ is ActType.REBUTTAL
        source, target = (story.accused, story.accuser) if rebuts else (story.accuser, story.accused)
        sentence = f"That {content} then."
        record = f"act-{number:07}-{type_.value}"
        quote = Quote(5, 5 + len(content), content)
        act = Act(
            record, record, f"d{number // 7}", type_, 0, len(sentence), sentence, quote, quote,
            party(source), party(target), topics=(story.topic,),
        )  # fmt: skip
        day = (story.day + timedelta(days=days)).isoformat()
        return PlacedAct(act, f"https://example.org/d{number // 7}-{day}-{language}", day, language)

    def acts(self, count: int) -> Iterator[PlacedAct]:
        """So many acts."""
        number = 0
        while number < count:
            story = self.story()
            tellings = 1 if self._random.random() < 0.67 else 4
            for telling in range(tellings):
                yield self.act(story, number, ActType.ACCUSATION, LANGUAGES[telling % 2], 9 * telling)
                number += 1
            if tellings > 1:
                yield self.act(story, number, ActType.REBUTTAL, self._random.choice(LANGUAGES), 40)
                number += 1


def main(sizes: tuple[int, ...]) -> None:
    """Print seconds of processor time, links and the growth between sizes."""
    before = 0.0
    for size in sizes:
        acts = list(World().acts(size))
        texts = {placed.document: placed.act.sentence for placed in acts}
        start = time.process_time()
        links = link_acts(acts, texts.__getitem__)
        seconds = time.process_time() - start
        growth = f", {seconds / before:.1f} x" if before else ""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        counts = ", ".join(f"{len(links.of(relation)):,} {relation}" for relation in Relation)
        print(f"{len(acts):>7,} acts: {seconds:6.1f} s{growth}, {memory:,.0f} MB; {counts}")
        before = seconds


if __name__ == "__main__":
    main((int(sys.argv[1]),) if len(sys.argv) > 1 else SIZES)
