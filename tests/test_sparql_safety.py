"""Nothing in a query or update reaches outside the store, however it is written."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, QueryRefused, QueryTooLarge
from kg.store.sparql_safety import check_query, check_update

PATTERN = "{?s ?p ?o}"


class Listener:
    """A real HTTP server on this machine that counts who calls it."""

    def __init__(self) -> None:
        listener = self
        self.calls = 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.calls += 1
                self.send_error(500)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


def reaches_out(listener: Listener, text: str) -> bool:
    """Run a query in the bare engine and tell whether it called the listener."""
    before = listener.calls
    store = ox.Store()
    store.add(ox.Quad(*[ox.NamedNode("http://a/b")] * 3))
    try:
        list(store.query(text))  # type: ignore[arg-type]
    except (SyntaxError, OSError, RuntimeError, ValueError, TypeError):
        pass
    return listener.calls > before


CALLS = {
    "plain": "SELECT * { SERVICE <URL> " + PATTERN + " }",
    "lower case": "select * { service <URL> " + PATTERN + " }",
    "silent": "SELECT * { SERVICE SILENT <URL> " + PATTERN + " }",
    "no spaces": "SELECT * {SERVICESILENT<URL>" + PATTERN + "}",
    "stuck to a name": "PREFIX ex: <URL> SELECT * {SERVICEex:x" + PATTERN + "}",
    "after an empty local name": "PREFIX ex: <URL> SELECT * {?s ?p ex:.SERVICE ex:x" + PATTERN + "}",
    "after a number": "PREFIX ex: <URL> SELECT * {?s ?p ?o FILTER(1<2)SERVICE ex:x" + PATTERN + "}",
    "stuck to true": "PREFIX ex: <URL> SELECT * {BIND(1 AS ?a)VALUES ?b {trueSERVICE} }",
    "in a nested SELECT": "SELECT * { { SELECT * { SERVICE <URL> " + PATTERN + " } } }",
    "in OPTIONAL": "SELECT * { OPTIONAL { SERVICE <URL> " + PATTERN + " } }",
    "in EXISTS": "ASK { ?a ?b ?c FILTER EXISTS { SERVICE <URL> " + PATTERN + " } }",
    "in NOT EXISTS": "ASK { ?a ?b ?c FILTER NOT EXISTS { SERVICE <URL> " + PATTERN + " } }",
    "in MINUS": "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> " + PATTERN + " } }",
    "in UNION": "SELECT * { {} UNION { SERVICE <URL> " + PATTERN + " } }",
    "in GRAPH": "SELECT * { GRAPH ?g { SERVICE <URL> " + PATTERN + " } }",
    "by a variable": "SELECT * { VALUES ?v { <URL> } SERVICE ?v " + PATTERN + " }",
    "after a comment": "SELECT * { # '\n SERVICE # <\n <URL> " + PATTERN + " }",
    "after a quote in a comment": "SELECT * { # '''\n SERVICE <URL> " + PATTERN + " # '''\n }",
    "after an escaped quote": "SELECT * { BIND('\\'' AS ?q) SERVICE <URL> " + PATTERN + " BIND('' AS ?r) }",
    "in CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> " + PATTERN + " }",
    "in DESCRIBE": "DESCRIBE ?s { SERVICE <URL> " + PATTERN + " }",
    "behind a comparison that looks like an IRI": (
        "PREFIX ex: <URL> SELECT * {BIND(1 AS ?a)BIND(2 AS ?b)FILTER(?a<?b)SERVICE ex:x#>\n" + PATTERN + "}"
    ),
    "behind a comment that looks like the end of an IRI": (
        "PREFIX ex: <URL> SELECT * {?x ?y ?z FILTER(1<2#>'''\n)SERVICE ex:x" + PATTERN + "#'''\n}"
    ),
    "behind quotation marks in what looks like an IRI": (
        "PREFIX ex: <URL> SELECT * {?x ?y ?z FILTER(?a<ex:b||'>'!='x')SERVICE ex:x" + PATTERN + "}#'"
    ),
    "behind an invalid escape": (
        'PREFIX ex: <URL> SELECT * {VALUES ?x {"""a" "b"}SERVICE ex:x' + PATTERN + '}# \\q """'
    ),
    "behind half a surrogate pair": (
        'PREFIX ex: <URL> SELECT * {VALUES ?x {"""a" "b"}SERVICE ex:x' + PATTERN + '}# \\uD800 """'
    ),
    "behind an escape in an IRI": (
        "PREFIX ex: <URL> SELECT * {?a <http://a/\\u0041'> ?b SERVICE ex:x" + PATTERN + " ?a <http://a/'> ?c}"
    ),
}


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS)
def test_service_is_refused(text: str, listener: Listener) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        check_query(text.replace("URL", listener.url), lambda _: True)


def test_the_hidden_calls_are_real(listener: Listener) -> None:
    """Most cases above do call out when the engine runs them, so refusing them is no theory."""
    reached = [
        name for name, text in CALLS.items() if reaches_out(listener, text.replace("URL", listener.url))
    ]
    assert len(reached) > 0.8 * len(CALLS)
    assert "behind an invalid escape" in reached
    assert "behind a comparison that looks like an IRI" in reached


FRAGMENTS = (
    "SERVICE|SERVICE |SERVICE ex:x{?s ?p ?o}|SERVICE<URL>{?s ?p ?o}|SERVICEex:x{}|ex:x|ex:|<URL>|<http://a/'>"
    "|<http://a/#>|{|}|(|)|?a|?b|<|>|#|\n|'|\"|'''|\"\"\"|\\q|\\'|\\u0027|FILTER(|BIND(1 AS ?c)|VALUES ?v {"
    "|1|true|.|;|@en|_:b| |?s ?p ?o|'a'|#>|<?b#>|<ex:b&&'>|'!='x')|OPTIONAL{|UNION|a|^^|<<|>>|--|*"
).split("|")

OPENINGS = ("", "?x ?y ?z FILTER(", "VALUES ?x {", "BIND(", "?x ?y ", "OPTIONAL{")
HIDDEN = ("", "", "SERVICE ex:x{?s ?p ?o}", "SERVICEex:x{}", "SERVICE ex:x#>\n{}", "SERVICE<URL>{}")


def test_no_random_query_that_passes_calls_out(listener: Listener) -> None:
    """Random texts of the parts that hide calls: what the check passes, the engine keeps inside."""
    chance = random.Random(7)
    passed = reached = 0
    for _ in range(8_000):
        before = "".join(chance.choices(FRAGMENTS, k=chance.randint(0, 5)))
        after = "".join(chance.choices(FRAGMENTS, k=chance.randint(0, 4)))
        body = chance.choice(OPENINGS) + before + chance.choice(HIDDEN) + after
        text = f"PREFIX ex: <URL> SELECT * {{{body}}}".replace("URL", listener.url)
        try:
            check_query(text, lambda _: True)
        except QueryError:
            reached += reaches_out(listener, text)
            continue
        passed += 1
        assert not reaches_out(listener, text), text
    assert passed > 1000, "the check refuses too much for this test to mean anything"
    assert reached > 50, "the texts are too tame for this test to mean anything"


HARMLESS = {
    "in a string": "SELECT * { ?s ?p 'SERVICE <http://a/> {}' }",
    "in a long string": 'SELECT * { ?s ?p """it\'s "SERVICE" <http://a/> {} """ }',
    "in a comment": "SELECT * { ?s ?p ?o } # SERVICE <http://a/> {}",
    "in an IRI": "SELECT * { ?s <http://a/service#SERVICE> ?o }",
    "as a prefix": "PREFIX service: <http://a/#> SELECT * { ?s a service:Thing ; service:x service:y }",
    "as a variable": "SELECT ?service { ?service ?load ?from }",
    "as a language": "SELECT * { ?s ?p 'x'@service }",
    "as a local name": "PREFIX ex: <http://a/> SELECT * { ?s ex:SERVICE ex:LOAD }",
    "a comparison": "SELECT * { ?s ?p ?service FILTER(?service < 3 && ?service > 1) }",
    "update words inside": "SELECT * { ?s ?p 'INSERT DATA {}' ; <http://a/INSERT> ?DELETE }",
    "prefixes with a hash": (
        "PREFIX ct: <http://a/ns#> PREFIX b: <http://b/#> SELECT * { ?s ct:service ?o FILTER(?o = b:y) }"
    ),
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_harmless_words_pass(text: str) -> None:
    assert not check_query(text, lambda _: False).has_dataset
    ox.Store().query(text)


def test_messages_say_where_and_why() -> None:
    with pytest.raises(QueryRefused, match=r"SERVICE in line 2, column 3 is refused: it would send data"):
        check_query("SELECT * {\n  SERVICE <http://a/> {} }", lambda _: True)
    with pytest.raises(QueryRefused, match=r"FROM in line 1, column 10 .* holds no graph <http://a/g>"):
        check_query("SELECT * FROM <http://a/g> { ?s ?p ?o }", lambda _: False)
    with pytest.raises(QueryRefused, match=r"INSERT in line 1, column 1 .* this is an update"):
        check_query("INSERT DATA { <a:b> <a:b> <a:b> }", lambda _: True)
    with pytest.raises(QueryRefused, match=r"LOAD in line 1, column 18 .* network or the disk"):
        check_update("CLEAR DEFAULT ;  LOAD <file:///etc/passwd>")


FROM_CLAUSES = {
    "iri": "SELECT * FROM <http://a/g> {}",
    "named": "SELECT * FROM NAMED <http://a/g> {}",
    "no spaces": "SELECT*FROM<http://a/g>{}",
    "no spaces, named": "ASK FROMNAMED<http://a/g>{}",
    "prefix": "PREFIX x: <http://a/> SELECT * FROM x:g {}",
    "stuck to a name": "PREFIX x: <http://a/> SELECT * FROMx:g {}",
    "base": "BASE <http://a/> SELECT * FROM <g> {}",
    "construct": "CONSTRUCT FROM <http://a/g> WHERE { ?s ?p ?o }",
    "after others": "SELECT * FROM <http://a/known> FROM <http://a/g> {}",
    "describe": "DESCRIBE <http://a/s> FROM <http://a/g>",
}


@pytest.mark.parametrize("text", FROM_CLAUSES.values(), ids=FROM_CLAUSES)
def test_from_selects_known_graphs_only(text: str) -> None:
    with pytest.raises(QueryRefused, match="FROM"):
        check_query(text, {"http://a/known"}.__contains__)
    if "FROMx:g" not in text:
        assert check_query(text, {"http://a/known", "http://a/g"}.__contains__).has_dataset


LOADS = (
    "LOAD <http://a/>",
    "LOAD SILENT <http://a/> INTO GRAPH <http://a/g>",
    "LOAD<file:///etc/passwd>",
    "PREFIX x: <http://a/> LOADx:y",
    "PREFIX x: <http://a/> CLEAR ALL;LOADx:y INTO GRAPH x:z",
    "INSERT DATA { <a:b> <a:b> 'x' } ;load <http://a/>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a/> { ?s ?p ?o } }",
)


@pytest.mark.parametrize("text", LOADS)
def test_updates_that_fetch_are_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="LOAD|SERVICE"):
        check_update(text)


def test_updates_with_data_pass() -> None:
    check_update("PREFIX load: <http://a/> INSERT DATA { load:x load:y 'LOAD <http://a/>' }")
    check_update("WITH <http://a/g> DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("text", ["ASK " + "{" * 100, "ASK { FILTER(" + "(" * 100, "ASK {" + " ." * 100_000])
def test_texts_that_would_crash_the_parser_are_refused(text: str) -> None:
    with pytest.raises(QueryTooLarge):
        check_query(text, lambda _: True)


def test_long_texts_are_read_in_linear_time() -> None:
    """Each would take hours if a terminal were tried from every place in the text."""
    for part in ("a-", "a.", "a1", '"""', "<a", "'", "\\", "ex:a.", "?a", "_:a."):
        text = part * (180_000 // len(part))
        check_query(text, lambda _: True)
