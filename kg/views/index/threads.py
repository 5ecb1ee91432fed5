"""Disputes in the index: links between documents, and a row for every allegation.

Threads are put together by :func:`kg.disputes.assembly.find_threads`, the same as everywhere, but only from
the acts that belong to them.  An accusation that no other document repeats, answers or takes back is a thread
that SQL can count.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.disputes.assembly import find_threads
from kg.disputes.threads import ACCUSING, JudgedLink, Role, Step, Thread
from kg.identifiers import ID
from kg.links.across_proposals import Proposal, Relation
from kg.links.normal import PlacedAct
from kg.model import Act, ActType, Party
from kg.views.graph import key
from kg.views.index.rows import ACT_COLUMNS, acts_of
from kg.views.index.schema import places

_AT_ONCE = 900
_PLAIN = """
INSERT INTO thread
SELECT act.id, act.target_side, act.target, act.main_topic,
  CASE WHEN COUNT(reply.id) THEN 'contested' ELSE 'unanswered' END,
  1, COUNT(DISTINCT reply.id), 1, 1, act.day, MAX(act.day, COALESCE(MAX(reply.day), '')), 0
FROM act LEFT JOIN answer ON answer.accusation = act.id
  LEFT JOIN act AS reply ON reply.id = answer.rebuttal AND reply.type = 'rebuttal'
WHERE act.type = 'accusation' GROUP BY act.id
"""
_LINKED = """
SELECT subject FROM link WHERE relation = 'same_allegation' AND accepted IS NOT 0
UNION SELECT object FROM link WHERE relation = 'same_allegation' AND accepted IS NOT 0
UNION SELECT object FROM link WHERE relation = 'answers' AND accepted IS NOT 0
UNION SELECT object FROM link WHERE relation = 'retracts' AND accepted IS NOT 0
UNION SELECT answer.accusation FROM answer JOIN link ON link.object = answer.rebuttal
  AND link.relation = 'retracts' AND link.accepted IS NOT 0
UNION SELECT answer.accusation FROM act JOIN answer ON answer.rebuttal = act.id WHERE act.type = 'retraction'
"""


def keep_links(index: sqlite3.Connection, links: Iterable[JudgedLink]) -> bool:
    """Hold these links and no others; return whether that changed anything."""
    wanted = {_link_row(link) for link in links}
    stored = set(index.execute("SELECT relation, subject, object, score, reasons, accepted FROM link"))
    if wanted == stored:
        return False
    index.execute("DELETE FROM answer WHERE linked")
    index.execute("DELETE FROM link")
    index.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)", sorted(wanted, key=str))
    index.execute(
        "INSERT OR IGNORE INTO answer SELECT object, subject, 1 FROM link"
        " WHERE relation = 'answers' AND accepted IS NOT 0"
    )
    return True


def judge_link(index: sqlite3.Connection, proposal: Proposal, accepted: bool) -> None:
    """Keep what a person decided about a link, and bring the threads that it joins along."""
    ends = [proposal.subject, proposal.object]
    touched = set(_mates(index, ends))
    index.execute(
        "UPDATE link SET accepted = ? WHERE relation = ? AND subject = ? AND object = ?",
        (int(accepted), proposal.relation.value, *ends),
    )
    if proposal.relation is Relation.ANSWERS:
        pair = (proposal.object, proposal.subject)
        index.execute("DELETE FROM answer WHERE linked AND accusation = ? AND rebuttal = ?", pair)
        if accepted:
            index.execute("INSERT OR IGNORE INTO answer VALUES (?, ?, 1)", pair)
    answered = [name for (name,) in _select(index, _ANSWERED, ends)]
    settle_some(index, touched | set(_mates(index, answered)) | {e for e in ends if _accuses(index, e)})


def settle_all(index: sqlite3.Connection) -> None:
    """Make every thread anew.  Inside a transaction."""
    index.execute("DELETE FROM thread")
    index.execute("UPDATE record SET thread = id WHERE held AND type = 'accusation' AND thread <> id")
    index.execute(_PLAIN)
    _settle(index, [name for (name,) in index.execute(_LINKED)])
    state = "SELECT thread.state FROM thread WHERE thread.id = record.thread"
    index.execute(f"UPDATE record SET state = ({state}) WHERE thread <> ''")


def settle_some(index: sqlite3.Connection, accusations: Collection[str]) -> None:
    """Make the threads of some accusations anew, and of those that are one with them."""
    found = set(accusations) | set(_mates(index, accusations))
    while new := set(_same(index, found)) - found:
        found |= new
    _settle(index, sorted(found))


def threads_of(index: sqlite3.Connection, accusations: Collection[str]) -> list[Thread]:
    """Return the threads that some accusations belong to, whole."""
    ids = sorted(set(accusations) | set(_mates(index, accusations)))
    found = _assemble(index, ids, with_counters=True)
    return [thread for thread in found if _members(thread) & set(accusations)]


def touched_by(index: sqlite3.Connection, documents: Collection[str]) -> set[str]:
    """Return the accusations in whose threads acts of these documents are."""
    inside = f"SELECT id FROM record WHERE document IN ({places(documents)})"
    found = set(index.execute(f"{inside} AND type = 'accusation'", [*documents]))
    answered = f"SELECT accusation FROM answer WHERE rebuttal IN ({inside})"
    found |= set(index.execute(answered, [*documents]))
    found |= set(index.execute(f"SELECT accusation FROM answer WHERE rebuttal IN ({answered})", [*documents]))
    names = {name for (name,) in found}
    return names | set(_mates(index, names))


def _settle(index: sqlite3.Connection, ids: Sequence[str]) -> None:
    for part in _parts(ids):
        index.execute(f"DELETE FROM thread WHERE id IN ({places(part)})", part)
    for thread in _assemble(index, ids):
        index.execute(f"INSERT INTO thread VALUES ({places(range(12))})", _row(thread))
        index.executemany(
            "UPDATE record SET thread = ?, state = ? WHERE id = ?",
            [(thread.id, thread.state.value, name) for name in _members(thread)],
        )


def _row(thread: Thread) -> tuple[object, ...]:
    days = [step.date for step in thread.steps if step.date]
    return (
        thread.id,
        thread.accused.side,
        key(thread.accused.iri),
        thread.topic.value if thread.topic else "other",
        thread.state.value,
        len(thread.accusations),
        len(thread.rebuttals),
        len(thread.accusers),
        len(_members(thread)),
        thread.steps[0].date,
        max(days, default=""),
        thread.waiting,
    )


def _members(thread: Thread) -> set[str]:
    """Return the accusations that make a thread's allegation, versions in other languages too."""
    roles = (*ACCUSING, Role.TRANSLATES)
    return {step.act.id for step in thread.of(*roles) if _is_accusation(step)}


def _is_accusation(step: Step) -> bool:
    return step.act.type is ActType.ACCUSATION


def _assemble(index: sqlite3.Connection, ids: Sequence[str], *, with_counters: bool = False) -> list[Thread]:
    """Return threads made of some accusations and of what answers or takes them back."""
    names = dict.fromkeys(ids)
    answers = [name for (name,) in _select(index, _ANSWERING, ids)]
    names |= dict.fromkeys(answers)
    names |= dict.fromkeys(name for (name,) in _select(index, _ANSWERING, answers))
    names |= dict.fromkeys(name for (name,) in _select(index, _RETRACTING, [*ids, *answers]))
    if with_counters:
        names |= dict.fromkeys(_counters(index, answers))
    acts = list(_placed(index, list(names)))
    links = _links(index, list(names), {placed.document for placed in acts})
    return find_threads(acts, links)


_ANSWERED = "SELECT accusation FROM answer WHERE rebuttal IN ({})"
_ANSWERING = "SELECT rebuttal FROM answer WHERE accusation IN ({})"
_RETRACTING = "SELECT subject FROM link WHERE relation = 'retracts' AND accepted IS NOT 0 AND object IN ({})"


def _counters(index: sqlite3.Connection, answers: Sequence[str]) -> Iterator[str]:
    """Yield the accusations beside answers by those who answer, with all that make the same allegation."""
    text = (
        "SELECT other.id FROM act JOIN act AS other ON other.document = act.document"
        " AND other.source_side = act.source_side AND other.type = 'accusation' WHERE act.id IN ({})"
    )
    found = [name for (name,) in _select(index, text, answers)]
    yield from found
    yield from _mates(index, found)


def _accuses(index: sqlite3.Connection, name: str) -> bool:
    return bool(index.execute("SELECT 1 FROM act WHERE id = ? AND type = 'accusation'", (name,)).fetchone())


def _mates(index: sqlite3.Connection, accusations: Collection[str]) -> Iterator[str]:
    """Yield the accusations that are in one thread with any of these."""
    text = (
        "SELECT id FROM record WHERE thread IN (SELECT thread FROM record WHERE thread <> '' AND id IN ({}))"
    )
    yield from (name for (name,) in _select(index, text, [*accusations]))


def _same(index: sqlite3.Connection, accusations: Collection[str]) -> Iterator[str]:
    """Yield the accusations that a link says make the same allegation as any of these."""
    for own, other in (("subject", "object"), ("object", "subject")):
        text = f"SELECT {other} FROM link WHERE relation = 'same_allegation' AND accepted IS NOT 0 AND {own}"
        yield from (name for (name,) in _select(index, text + " IN ({})", [*accusations]))


def _placed(index: sqlite3.Connection, ids: Sequence[str]) -> Iterator[PlacedAct]:
    acts = list(_acts(index, ids))
    names = sorted({act.document for act in acts})
    text = "SELECT name, iri, date, metadata FROM document WHERE name IN ({})"
    documents = {name: rest for name, *rest in _select(index, text, names)}
    for act in acts:
        iri, date, metadata = documents[act.document]
        known = json.loads(metadata)
        yield PlacedAct(act, iri, date, known["language"], known["publisher"])


def _acts(index: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Act]:
    cursor = index.cursor()
    cursor.row_factory = sqlite3.Row
    rows = [
        row
        for part in _parts(ids)
        for row in cursor.execute(f"SELECT {ACT_COLUMNS} FROM act WHERE id IN ({places(part)})", part)
    ]
    ends = {row[end] for row in rows for end in ("source", "target")}
    actors = sorted(ends | {name for row in rows for name in row["via"].split()})
    found = _select(index, "SELECT key, name, side FROM actor WHERE key IN ({})", actors)
    parties = {name: Party(None, words, side, ID + name) for name, words, side in found}
    yield from acts_of(rows, parties, _answered(index, [row["id"] for row in rows]))


def _answered(index: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what acts answer in their own document: links say the rest."""
    text = "SELECT rebuttal, accusation FROM answer WHERE NOT linked AND rebuttal IN ({}) ORDER BY 1, 2"
    found: dict[str, tuple[str, ...]] = {}
    for rebuttal, accusation in _select(index, text, ids):
        found[rebuttal] = (*found.get(rebuttal, ()), accusation)
    return found


def _links(index: sqlite3.Connection, acts: Sequence[str], documents: Collection[str]) -> list[JudgedLink]:
    found: dict[tuple[object, ...], None] = {}
    text = "SELECT relation, subject, object, score, reasons, accepted FROM link WHERE relation {} AND {} IN "
    for end in ("subject", "object"):
        among = "IN ('same_allegation', 'answers', 'retracts')"
        found |= dict.fromkeys(_select(index, text.format(among, end) + "({})", acts))
        found |= dict.fromkeys(
            _select(index, text.format("= 'same_statement'", end) + "({})", sorted(documents))
        )
    return [_link_of(row) for row in found]


def _link_row(link: JudgedLink) -> tuple[object, ...]:
    proposal = link.proposal
    accepted = None if link.accepted is None else int(link.accepted)
    reasons = json.dumps(proposal.reasons, ensure_ascii=False)
    return proposal.relation.value, proposal.subject, proposal.object, proposal.score, reasons, accepted


def _link_of(row: Sequence[object]) -> JudgedLink:
    relation, subject, object_, score, reasons, accepted = row
    proposal = Proposal(
        Relation(str(relation)),
        str(subject),
        str(object_),
        float(str(score)),
        tuple(json.loads(str(reasons))),
    )
    return JudgedLink(proposal, None if accepted is None else bool(accepted))


def _select(index: sqlite3.Connection, text: str, values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a query with ``{}`` for a list that may be long."""
    for part in _parts(values):
        yield from index.execute(text.format(places(part)), part).fetchall()


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for place in range(0, len(values), _AT_ONCE):
        yield values[place : place + _AT_ONCE]
