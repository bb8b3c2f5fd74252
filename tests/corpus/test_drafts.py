"""Files of other programs become drafts; what cannot be read is told and stops nothing else."""

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document as Word
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from wenju.corpus.finding import CorpusInvalid
from wenju.corpus.importers.conversion import MAX_BYTES, MAX_PAGES
from wenju.corpus.importers.drafts import import_documents
from wenju.corpus.importers.outcome import Outcome, Result
from wenju.corpus.reader import read_corpus, shipped
from wenju.service.cli import main

TODAY = dt.date(2026, 11, 22)
Take = Callable[[str, bytes], Result]


def pdf(*pages: tuple[str, ...]) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for n, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * n, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def word() -> bytes:
    document = Word()
    document.add_heading("催收上门怎么办", level=1)
    document.add_paragraph("先核实来人的身份。")
    document.add_heading("现在就做", level=2)
    document.add_paragraph("打官方客服核实。", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "投诉", "12378"
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def encrypted(algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(("不给看。",)))))
    writer.encrypt("secret", algorithm=algorithm)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def many_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(MAX_PAGES + 1):
        writer.add_blank_page(10, 10)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Import one file of a name and content."""

    def take(name: str, data: bytes) -> Result:
        (tmp_path / name).write_bytes(data)
        return next(import_documents([tmp_path / name], tmp_path / "out", TODAY))

    return take


def draft(tmp_path: Path) -> str:
    (file,) = (tmp_path / "out" / "articles").glob("*.md")
    return file.read_text(encoding="utf-8")


PAGE = """<html><head><title>站名</title><meta property="og:site_name" content="某报">
<meta property="article:published_time" content="2026-01-30T08:00"><link rel="canonical" href="https://example.org/a"></head>
<body><nav><p>首页</p></nav><article><h1>上门催收要出示证件</h1><p>来人应当
出示证件。</p><ul><li>看工作证。</li></ul></article><script>x()</script></body></html>"""


def test_web_page_keeps_its_text_and_where_it_came_from(take: Take, tmp_path: Path) -> None:
    result = take("页面.html", PAGE.encode())
    assert (result.outcome, result.title) == (Outcome.IMPORTED, "上门催收要出示证件")
    text = draft(tmp_path)
    assert text.endswith("## 上门催收要出示证件\n来人应当出示证件。\n- 看工作证。\n")
    assert "publisher: 某报\n  published: 2026-01-30\n  url: https://example.org/a" in text
    assert "\n# 导入自 页面.html，2026-11-22，sha256 " in text


def test_word_file_becomes_sections_lists_and_rows(take: Take, tmp_path: Path) -> None:
    assert take("guide.docx", word()).title == "催收上门怎么办"
    body = draft(tmp_path).split("---\n")[2]
    assert body == "## 催收上门怎么办\n先核实来人的身份。\n\n## 现在就做\n- 打官方客服核实。\n- 投诉，12378\n"


def test_lines_of_a_pdf_are_put_back_together(take: Take, tmp_path: Path) -> None:
    page = ("一、先核实", "收到短信说要上门，先打放款机构的官方客服，核实有没有", "委托外部公司催收。", "- 1 -")
    assert take("a.pdf", pdf(page)).outcome is Outcome.IMPORTED
    body = draft(tmp_path).split("---\n")[2]
    assert body == "## 一、先核实\n收到短信说要上门，先打放款机构的官方客服，核实有没有委托外部公司催收。\n"


def test_markdown_from_elsewhere_loses_what_a_document_may_not_have(take: Take, tmp_path: Path) -> None:
    take("note.md", "# 题目\n\n**先**看[合同](http://x)。\n\n1. 第一步。\n".encode())
    assert draft(tmp_path).split("---\n")[2] == "## 题目\n先看合同。\n- 第一步。\n"


def test_older_chinese_encoding_is_read(take: Take, tmp_path: Path) -> None:
    assert take("old.html", "<p>先核实是谁来。</p>".encode("gb18030")).outcome is Outcome.IMPORTED
    assert "先核实是谁来。" in draft(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.md", b" \n", "文件是空的"),
        ("cut.docx", word()[:2000], "可能损坏或没有下载完"),
        ("cut.pdf", pdf(("文字。",))[:300], "可能"),
        ("page.pdf", b"<html><p>x</p></html>", "内容不是 .pdf 文件"),
        ("really-word.pdf", word(), "内容是 .docx 文件：改名为 .docx"),
        ("really-pdf.docx", pdf(("文字。",)), "内容是 .pdf 文件：改名为 .pdf"),
        ("really-pdf.html", pdf(("文字。",)), "内容是 .pdf 文件：改名为 .pdf"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + bytes(100), "旧版 Word（.doc）或有密码"),
        ("sheet.docx", b"PK\x03\x04" + bytes(100), "内容不是 .docx 文件"),
        ("locked.pdf", encrypted("AES-256"), "有密码"),
        ("locked-old.pdf", encrypted("RC4-128"), "有密码"),
        ("scan.pdf", pdf(()), "可能是扫描件"),
        ("long.pdf", many_pages(), f"有 {MAX_PAGES + 1} 页"),
        ("huge.md", b"x" * (MAX_BYTES + 1), "文件大于 20 MB"),
        ("picture.png", b"\x89PNG", "不认识的扩展名 .png"),
        ("binary.md", b"\0\1\2", "不是文字文件"),
        ("noise.md", b"\xff\xff\xff\x80", "不是 UTF-8 也不是 GBK"),
    ],
)
def test_file_that_cannot_be_read_says_why_and_what_to_do(take: Take, name: str, data: bytes, told: str) -> None:
    result = take(name, data)
    assert result.outcome is Outcome.REFUSED
    assert told in result.told
    assert "：" in result.told


def test_one_bad_file_stops_nothing_else_and_the_exit_status_tells(tmp_path: Path) -> None:
    files = {"good.md": "# 题目\n\n先核实。\n".encode(), "bad.pdf": b"%PDF-1.4 broken", "good.html": PAGE.encode()}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    names = [str(tmp_path / name) for name in [*files, "nowhere.md"]]
    out = str(tmp_path / "out")
    result = CliRunner().invoke(main, ["import", "documents", *names, "--out", out, "--json"])
    assert result.exit_code == 1
    rows = json.loads(result.stdout)["files"]
    assert [row["outcome"] for row in rows] == ["imported", "refused", "imported", "refused"]
    again = CliRunner().invoke(main, ["import", "documents", names[0], "--out", out])
    assert again.exit_code == 0
    assert "草稿已经有了，没有覆盖" in again.output
    assert "1 个文件：导入 0 个，略过 1 个，拒绝 0 个。" in again.output


def test_draft_is_judged_by_the_reader_and_never_built_unfinished(take: Take, tmp_path: Path) -> None:
    take("guide.docx", word())
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus([shipped(), tmp_path / "out"])
    told = {finding.what for finding in caught.value.findings}
    assert {"reviewed 不是日期：None", "sources.1.publisher 的值不对：Input should be a valid string"} <= told


def test_drafts_do_not_go_into_the_shipped_corpus(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# 题目\n\n先核实。\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["import", "documents", str(file), "--out", str(shipped() / "drafts")])
    assert result.exit_code == 2
