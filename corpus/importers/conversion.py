"""What a .md, .html, .docx or .pdf file says, as plain blocks. The libraries are loaded when a file needs them."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles

MAX_BYTES = 20_000_000
MAX_PAGES = 2_000
MAX_UNPACKED = 200_000_000  # bytes of a .docx when unpacked; more is a bomb
TEXT_TAGS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "blockquote", "pre", "dt", "dd"]
BESIDE_THE_TEXT = ["script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg"]
_SHORT = 0.7  # of a full line: a shorter line of a PDF ends a paragraph
_PAGE_NUMBER = re.compile(r"^[-—–第\s]*\d{1,4}[-—–页\s]*$")
_HEADING = re.compile(r"^(?:第[一二三四五六七八九十百\d]+[章节]|[一二三四五六七八九十]+、|\d{1,2}[、.．])")
_ENDS = "。！？；：”）"


class Unreadable(Exception):
    """A file that cannot be turned into text: what is wrong, and how to put it right."""


class Format(StrEnum):
    """What a file really is, whatever its name says."""

    MARKDOWN = ".md"
    HTML = ".html"
    WORD = ".docx"
    PDF = ".pdf"


SUFFIX = {".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".txt": Format.MARKDOWN, ".html": Format.HTML,
          ".htm": Format.HTML, ".docx": Format.WORD, ".pdf": Format.PDF}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item, on one line."""

    text: str
    heading: bool = False
    item: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """What a file says, and what it says of itself."""

    blocks: tuple[Block, ...]
    title: str | None = None
    publisher: str | None = None
    published: str | None = None  # as it is written: 2026-01-30
    url: str | None = None


def convert(data: bytes, suffix: str) -> Converted:
    """Read a file.

    Args:
        data: its bytes.
        suffix: of its name; a name that lies is a fault.

    Raises:
        Unreadable: it is empty, huge, damaged, encrypted, wrongly named or holds no text.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(f"文件大于 {MAX_BYTES // 1_000_000} MB：拆开，或只留下要用的部分")
    if not data.strip():
        raise Unreadable("文件是空的：重新下载或重新保存")
    named, real = SUFFIX.get(suffix.lower()), _format(data)
    if named is None:
        raise Unreadable(f"不认识的扩展名 {suffix or '（没有）'}：只读 .md、.html、.docx、.pdf")
    if named is not real and {named, real} & {Format.WORD, Format.PDF}:
        told = (
            f"内容是 {real} 文件：改名为 {real} 再导入" if real else f"内容不是 {named} 文件，可能没有下载完：重新下载"
        )
        raise Unreadable(f"扩展名是 {suffix}，{told}")
    try:
        converted = _CONVERT[named](data)
    except Unreadable:
        raise
    except Exception as error:  # these libraries raise whatever a damaged file leads them into
        raise Unreadable(f"读不出来，可能损坏或没有下载完（{type(error).__name__}）：重新下载") from error
    if not any(not block.heading for block in converted.blocks):
        raise Unreadable("没有文字，可能是扫描件或图片：先做文字识别（OCR）再导入")
    return converted


def _format(data: bytes) -> Format | None:
    """Tell Word and PDF by their first bytes; text has no mark of its own."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("是旧版 Word（.doc）或有密码的文件：去掉密码，另存为 .docx 再导入")
    if data.startswith(b"PK\x03\x04"):
        return Format.WORD if b"word/" in data else None
    return None


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")  # what older Chinese pages and editors write
        except UnicodeDecodeError as error:
            raise Unreadable("不是 UTF-8 也不是 GBK 文字，可能损坏：另存为 UTF-8") from error
    if "\0" in text:
        raise Unreadable("不是文字文件：检查扩展名")
    return text


def _markdown(data: bytes) -> Converted:
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- only when a file needs it

    text = _text(data)
    found = _blocks(MarkdownIt("commonmark").enable("table").render(text))
    return Converted(found, title=next((block.text for block in found if block.heading), None))


def _html(data: bytes) -> Converted:
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- only when a file needs it

    soup = BeautifulSoup(_text(data), "html.parser")

    def meta(*names: str) -> str | None:
        for name in names:
            tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
            if tag and str(tag.get("content") or "").strip():
                return str(tag["content"]).strip()
        return None

    canonical = soup.find("link", attrs={"rel": "canonical"})
    url = meta("og:url") or (str(canonical.get("href") or "") if canonical else "")
    head = soup.find("h1") or soup.find("title")
    date = re.match(r"\d{4}-\d{2}-\d{2}", meta("article:published_time", "PubDate", "pubdate", "date") or "")
    return Converted(
        _blocks(str(soup)),
        title=meta("og:title", "ArticleTitle") or (_line(head.get_text()) if head else None),
        publisher=meta("og:site_name", "ContentSource", "author"),
        published=date[0] if date else None,
        url=url if url.startswith("http") else None,
    )


def _word(data: bytes) -> Converted:
    import mammoth  # noqa: PLC0415 -- only when a file needs it

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise Unreadable(f"解开以后大于 {MAX_UNPACKED // 1_000_000} MB：只留下要用的部分")
    found = _blocks(mammoth.convert_to_html(io.BytesIO(data)).value)
    return Converted(found, title=next((block.text for block in found if block.heading), None))


def _pdf(data: bytes) -> Converted:
    from pypdf import PdfReader  # noqa: PLC0415 -- only when a file needs it

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("有密码：去掉密码，另存一份再导入")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable(f"有 {len(reader.pages)} 页，超过 {MAX_PAGES} 页：只留下要用的页")
    lines = [_line(line) for page in reader.pages for line in page.extract_text().split("\n")]
    title = str(reader.metadata.title or "") if reader.metadata else ""
    return Converted(tuple(_paragraphs([line for line in lines if not _PAGE_NUMBER.match(line)])), title=title or None)


_CONVERT = {Format.MARKDOWN: _markdown, Format.HTML: _html, Format.WORD: _word, Format.PDF: _pdf}


def _blocks(html: str) -> tuple[Block, ...]:
    """Give the text of a page: what stands in its main part, without what repeats on every page."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- only when a file needs it

    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(BESIDE_THE_TEXT):
        tag.decompose()
    main = soup.find("article") or soup.find("main") or soup.find(id="content") or soup
    found: list[Block] = []
    for tag in main.find_all([*TEXT_TAGS, "tr"]):
        if tag.find_parent(["td", "th"]) or (tag.name in ("td", "th")):
            continue  # a row is read as one line
        if tag.name == "tr":
            text = "，".join(filter(None, (_line(cell.get_text()) for cell in tag.find_all(["td", "th"]))))
        elif tag.find(TEXT_TAGS):  # what it holds comes by itself
            text = _line("".join(tag.find_all(string=True, recursive=False)))
        else:
            text = _line(tag.get_text())
        if text:
            found.append(Block(text, heading=tag.name in TEXT_TAGS[:6], item=tag.name in ("li", "tr")))
    if not found:  # a page without paragraphs
        found = [Block(line) for raw in main.get_text("\n").split("\n") if (line := _line(raw))]
    return tuple(found)


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    """Put the lines of a PDF back together: a full line that does not end a sentence goes on in the next."""
    lines = [line for line in lines if line]
    full = quantiles([len(line) for line in lines], n=10)[-1] if len(lines) > 1 else 0
    text = ""
    for line in lines:
        text += line
        ended = line.endswith(tuple(_ENDS))
        if ended or len(line) < _SHORT * full:
            yield Block(
                text, heading=not ended and (text == line) and bool(_HEADING.match(text) or len(text) < _SHORT * full)
            )
            text = ""
    if text:
        yield Block(text)


def _line(text: str) -> str:
    """Put a text on one line; blanks between Chinese characters are the typesetter's."""
    line = re.sub(r"\s+", " ", text.replace("\u3000", " ")).strip()
    return re.sub(r"(?<=[\u3400-\u9fff，。！？、：；”）》]) (?=[\u3400-\u9fff“（《])", "", line)
