"""The import half: paste or upload, see what is found, then save."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from kg.app.cards import show_these
from kg.app.links import link
from kg.app.settings import store_path
from kg.app.texts import t
from kg.documents import read
from kg.errors import DocumentError, KGError
from kg.model import Extraction
from kg.pipeline import extract
from kg.rdf.formats import FORMATS, Format, format_named
from kg.store import open_store
from kg.transfer.importing import import_rdf
from kg.transfer.selection import extractions
from kg.views.corpus import Corpus
from kg.views.text import one_line

GRAPHS = [format_.extension for format_ in FORMATS.values()]
"""Extensions of RDF files."""
KINDS = ["txt", "md", "html", "htm", "pdf", "docx", "jsonl", "csv", "json", *GRAPHS]
"""Extensions that may be uploaded; ``json`` for the sidecars with metadata."""
WAIT = 10.0
"""Seconds to wait for another writer."""


@dataclass(frozen=True, slots=True)
class GraphFile:
    """An RDF file and the records that it holds."""

    name: str
    content: bytes
    format: Format
    extractions: tuple[Extraction, ...]
    left_out: int


@dataclass(slots=True)
class Preview:
    """What an import found and has not saved yet."""

    extractions: list[Extraction] = field(default_factory=list)
    graphs: list[GraphFile] = field(default_factory=list)
    problems: list[DocumentError] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """How many statements would be saved."""
        return len(self.extractions) + sum(len(graph.extractions) for graph in self.graphs)


def show_import() -> None:
    """Draw the forms and, once something was read, what was found."""
    st.text(t("import_note"))
    place = st.container()
    pasted, uploaded = st.columns(2, gap="large")
    with pasted:
        _paste_form()
    with uploaded:
        _upload_form()
    with place:  # above the forms, where it is seen, but drawn after them: they may have just read something
        _show_outcome()


def _show_outcome() -> None:
    if saved := st.session_state.pop("saved", None):
        st.success(t("saved", n=saved), icon=":material/check_circle:")
        link("overview", t("page_overview"), icon=":material/home:")
    if preview := st.session_state.get("preview"):
        with st.container(border=True):
            _show_preview(preview)


def _paste_form() -> None:
    st.header(t("paste"), anchor=False)
    with st.form("paste"):
        text = st.text_area(t("paste_text"), height=220, key="paste_text", max_chars=400_000)
        title = st.text_input(t("meta_title"), key="paste_title")
        speaker = st.text_input(t("meta_speaker"), key="paste_speaker")
        date = st.date_input(
            t("meta_date"), None, format="YYYY-MM-DD", key="paste_date", min_value=datetime.date(1800, 1, 1)
        )
        url = st.text_input(t("meta_url"), key="paste_url")
        if st.form_submit_button(t("look"), icon=":material/visibility:"):
            if text.strip():
                _read_pasted(text, title, speaker, date.isoformat() if date else "", url)
            else:
                st.warning(t("paste_empty"), icon=":material/edit:")


def _read_pasted(text: str, title: str, speaker: str, date: str, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        name = "".join(c if c.isalnum() else "-" for c in title.casefold())[:60].strip("-") or "pasted"
        path = Path(folder) / f"{name}.txt"
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        _look([path], {"title": title, "speaker": speaker, "date": date, "url": url})


def _upload_form() -> None:
    st.header(t("upload"), anchor=False)
    with st.form("upload"):
        files = st.file_uploader(t("upload_files"), KINDS, accept_multiple_files=True, key="upload_files")
        if st.form_submit_button(t("look"), icon=":material/visibility:", key="look_upload"):
            if files:
                _read_uploaded([(file.name, file.getvalue()) for file in files])
            else:
                st.warning(t("upload_empty"), icon=":material/upload_file:")


def _read_uploaded(files: Sequence[tuple[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in files:
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            paths.append(path)
        _look([path for path in paths if not path.name.endswith(".meta.json")], {})


def _look(paths: Sequence[Path], stated: Mapping[str, str]) -> None:
    """Read and extract, with progress; keep the result for the preview."""
    preview = Preview()
    bar = st.progress(0.0, text=t("reading"))
    known = {name: value for name, value in stated.items() if value}
    graphs = [path for path in paths if path.suffix.lower()[1:] in GRAPHS]
    for path in graphs:
        _look_at_graph(path, preview)
    texts = [path for path in paths if path not in graphs]
    for place, item in enumerate(read(texts, metadata=known) if texts else ()):
        bar.progress(place / max(1, len(texts) + 1), text=t("finding", name=one_line(item.name, 60)))
        if isinstance(item, DocumentError):
            preview.problems.append(item)
        else:
            preview.extractions.append(extract(item))
    bar.empty()
    st.session_state["preview"] = preview


def _look_at_graph(path: Path, preview: Preview) -> None:
    """Read an RDF file into a store in memory, which says what would come into the real one."""
    format_, content = format_named(path.suffix), path.read_bytes()
    try:
        with open_store(None, writable=True) as trial:
            imported = import_rdf(trial, content, format_)
            found = tuple(extraction for extraction, _ in extractions(trial))
    except KGError as error:
        preview.problems.append(DocumentError(path.name, str(error), t("graph_remedy")))
        return
    preview.graphs.append(GraphFile(path.name, content, format_, found, imported.left_out))


def _show_preview(preview: Preview) -> None:
    st.header(t("preview"), anchor=False)
    for problem in preview.problems:
        st.warning(t("cannot_read"), icon=":material/error:")
        st.text(f"{Path(problem.name).name}: {problem.reason}. {problem.remedy}")
    for place, extraction in enumerate(preview.extractions):
        _show_found(extraction, place)
    for place, graph in enumerate(preview.graphs):
        _show_graph(graph, place)
    if preview.extractions or preview.graphs:
        with st.container(horizontal=True, gap="small"):
            st.button(
                t("save", n=preview.statements), icon=":material/save:", on_click=_save, args=(preview,)
            )
            st.button(t("discard"), on_click=_discard)
    if problem_text := st.session_state.pop("save_problem", ""):
        st.error(t("save_failed"), icon=":material/lock:")
        st.text(problem_text)


def _show_found(extraction: Extraction, place: int) -> None:
    found = extraction.document
    st.text(t("found_in", n=len(extraction.acts), name=one_line(found.metadata.title or found.name, 100)))
    if found.metadata.inferred:
        st.text(t("inferred", fields=", ".join(found.metadata.inferred)))
    show_these(extraction.acts, Corpus.of([extraction]), name=f"preview_{place}", links=())


def _show_graph(graph: GraphFile, place: int) -> None:
    acts = [act for extraction in graph.extractions for act in extraction.acts]
    name = one_line(graph.name, 100)
    st.text(t("found_graph", documents=len(graph.extractions), acts=len(acts), name=name))
    if graph.left_out:
        st.text(t("graph_left_out", n=graph.left_out))
    show_these(acts, Corpus.of(graph.extractions), name=f"preview_graph_{place}", links=())


def _save(preview: Preview) -> None:
    try:
        with open_store(store_path(), writable=True, wait=WAIT) as store, store.batch():
            for extraction in preview.extractions:
                store.ingest(extraction)
            for graph in preview.graphs:
                import_rdf(store, graph.content, graph.format)
    except KGError as error:
        st.session_state["save_problem"] = str(error)
        return
    st.session_state["saved"] = preview.statements
    _discard()


def _discard() -> None:
    st.session_state.pop("preview", None)
