"""Plain text: exact characters, encodings, size, names."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.documents import read
from kg.documents.sources import MAX_BYTES
from kg.errors import DocumentError
from kg.model import Document

FRENCH = "Les autorités ont menti à l’été. « Voilà », dit-il : forêt, naïveté, déjà vu.\n"


def one(path: Path, **options: object) -> Document:
    (item,) = read([path], **options)  # type: ignore[arg-type]
    assert isinstance(item, Document), item
    return item


def refusal(path: Path) -> DocumentError:
    (item,) = read([path])
    assert isinstance(item, DocumentError), item
    assert path.name in item.name
    assert item.remedy
    return item


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t«»“”\"'’ "), min_size=1
)


@given(TEXTS)
@example("\ufeffLe ministère dément.\r\nIl accuse.\rFin.")
@example("\r\n\n\r a\r\n")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_text_is_what_read_text_gives(tmp_path: Path, text: str) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(text.encode("utf-8"))
    (item,) = read([path], metadata={"language": "en"})
    if isinstance(item, DocumentError):
        assert not any(map(str.isalpha, text))
    else:
        assert item.text == path.read_text(encoding="utf-8")


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
def test_any_bytes_give_a_document_or_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(data)
    (item,) = read([path], metadata={"language": "fr"})
    assert isinstance(item, Document | DocumentError)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_encodings_of_french(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(FRENCH.encode(encoding))
    assert one(path).text.removeprefix("\ufeff") == FRENCH


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp1251", "Заявление МИД России.\n"), ("shift_jis", "これは文章です。\n")]
)
def test_other_encodings_are_refused_not_guessed(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes((text * 20).encode(encoding))
    assert "UTF-8" in refusal(path).remedy


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\r\n\t", "empty"),
        (b"12 + 30 = 42 ...", "no words"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
        (
            "Der Außenminister weist die Vorwürfe der Opposition zurück.".encode(),
            "language without a model (German)",
        ),
    ],
)
def test_refused_with_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(data)
    assert reason in refusal(path).reason


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "too large (over 20 MB)" in refusal(path).reason


def test_short_statements_keep_their_language(tmp_path: Path) -> None:
    cases = {"Moscou nie.": "fr", "The US lied.": "en", "Le président accuse la Belgique": "fr"}
    for number, text in enumerate(cases):
        (tmp_path / f"{number}.txt").write_text(text)
    found = [item.metadata.language for item in read([tmp_path]) if isinstance(item, Document)]
    assert found == list(cases.values())


def test_stated_language_without_a_model(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text("Ein Satz.")
    (item,) = read([path], metadata={"language": "de-AT"})
    assert isinstance(item, DocumentError)
    assert "German" in item.reason


def test_folder_is_read_in_order_and_companions_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.txt", "c.txt", ".hidden/no.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"The {path.stem} minister lied.")
    (tmp_path / "README.md").write_text("About this folder.")
    (tmp_path / "c.gold.json").write_text("{}")
    (tmp_path / "actors.toml").write_text("")
    (tmp_path / "photo.jpeg").write_bytes(b"\xff\xd8")
    items = list(read([tmp_path]))
    assert [item.name for item in items if isinstance(item, Document)] == ["one", "two", "c"]
    (refused,) = (item for item in items if isinstance(item, DocumentError))
    assert refused.name.endswith("photo.jpeg")
    assert "format .jpeg is not read" in refused.reason
    assert ".docx" in refused.remedy


def test_missing_path_and_the_others_go_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("The ministry lied.")
    missing, document = read([tmp_path / "nowhere.txt", good])
    assert isinstance(missing, DocumentError)
    assert isinstance(document, Document)


def test_a_file_the_system_will_not_read() -> None:
    # Linux refuses to read this file from its start, whoever asks.
    assert "cannot be read" in refusal(Path("/proc/self/mem")).reason


def test_dangling_link_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "link.txt"
    path.symlink_to(tmp_path / "nowhere.txt")
    assert "no such file" in refusal(path).reason
    (item,) = read([tmp_path])
    assert isinstance(item, DocumentError)
    assert "link.txt" in item.name


def test_standard_input() -> None:
    document = one(Path("-"), stdin=io.BytesIO(b"The ministry lied.\r\n"))
    assert (document.name, document.text) == ("stdin", "The ministry lied.\n")


def test_one_name_for_two_texts_is_reported(tmp_path: Path) -> None:
    for folder, text in (
        ("a", "The ministry lied."),
        ("b", "The ministry denies it."),
        ("c", "The ministry lied."),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "statement.txt").write_text(text)
    first, second = read([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(second, DocumentError)
    assert "same name statement" in second.reason
    assert "a/statement.txt" in second.reason
    assert "url" in second.remedy


def test_two_urls_make_two_documents_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "statement.txt").write_text(f"The ministry of {folder} lied.")
        (tmp_path / folder / "statement.meta.json").write_text(f'{{"url": "https://example.org/{folder}"}}')
    assert all(isinstance(item, Document) for item in read([tmp_path]))


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text("The ministry lied.")
    assert len(list(read([path, tmp_path, path]))) == 1
