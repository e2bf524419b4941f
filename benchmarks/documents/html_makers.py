"""The plan as HTML, set by WeasyPrint and, where the system has it, by LibreOffice."""

from __future__ import annotations

import base64
import html
import shutil
import subprocess
from pathlib import Path

from benchmarks.documents.charts import chart_svg
from benchmarks.documents.content import Content, Table

STYLE = """
@page { size: A4; margin: 62pt 48pt 58pt; @bottom-right { content: counter(page) " / "
  counter(pages); font-size: 7.6pt } }
body { font-family: "Noto Sans JP"; font-size: 9.6pt; line-height: 1.6; line-break: strict }
h1 { font-size: 16pt; break-after: avoid } .title { font-size: 30pt } td, th { padding: 4pt;
  vertical-align: top; text-align: left } table { width: 100%; border-collapse: collapse;
  font-size: 8.6pt } tr { border-bottom: 0.5pt solid #DFE4EC; break-inside: avoid }
.cover { break-after: page; background: #13264D; color: white; padding: 48pt; height: 600pt }
.goal { break-inside: avoid; border-bottom: 0.5pt solid #DFE4EC } .track { background: #E3E8F0;
  height: 4pt } .done { background: #2B5FD9; height: 4pt } .chart { width: 240pt }
.bar { background: #2B5FD9; height: 7pt; border-radius: 3pt }
"""


class WeasyPrintMaker:
    """Sets the plan by WeasyPrint."""

    name = "WeasyPrint, charts as SVG by matplotlib"

    def __init__(self, fonts: Path) -> None:
        """Take the folder of the fonts. Raises ImportError or OSError without WeasyPrint."""
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        self._html = HTML
        self._fonts = FontConfiguration()
        faces = "".join(
            f'@font-face {{ font-family: "Noto Sans JP"; font-weight: {weight};'
            f" src: url({(fonts / name).as_uri()}) }}"
            for name, weight in (("NotoSansJP-Regular.ttf", 400), ("NotoSansJP-Bold.ttf", 700))
        )
        self._style = CSS(string=faces + STYLE, font_config=self._fonts)

    def make(self, content: Content) -> bytes:
        """Set the plan and return the PDF."""
        page = self._html(string=as_html(content))
        made = page.write_pdf(stylesheets=[self._style], font_config=self._fonts)
        assert isinstance(made, bytes)
        return made


class LibreOfficeMaker:
    """Sets the plan by LibreOffice without a window."""

    name = "LibreOffice, charts as SVG by matplotlib"

    def __init__(self, folder: Path) -> None:
        """Take a folder to work in. Raises FileNotFoundError without LibreOffice."""
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise FileNotFoundError("LibreOffice is not installed")
        self._program = program
        self._folder = folder

    def make(self, content: Content) -> bytes:
        """Set the plan and return the PDF."""
        source = self._folder / "plan.html"
        source.write_text(as_html(content, STYLE), encoding="utf-8")
        profile = (self._folder / "profile").as_uri()
        command = [self._program, f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(self._folder)]
        subprocess.run([*command, str(source)], check=True, capture_output=True)
        return (self._folder / "plan.pdf").read_bytes()


def as_html(content: Content, style: str = "") -> str:
    """Write the content as one HTML page."""
    text = html.escape
    parts = [
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{text(content.title)}</title>'
        f'<style>{style}</style><div class="cover"><p>{text(content.company)}</p>'
        f'<p class="title">{text(content.title)}</p><p>{text(content.customer)}</p>',
        *(f"<p>{text(name)}: {text(fact)}</p>" for name, fact in content.facts),
        f"</div><h1>サマリー</h1><p>{text(content.statement)}</p>",
    ]
    for title, why, state, share in content.goals:
        parts.append(
            f'<div class="goal"><b>{text(title)}</b><br>{text(why)}<br>{text(state)}'
            f'<div class="track"><div class="done" style="width:{share:.0%}"></div></div></div>'
        )
    for title, words in content.paragraphs:
        parts.append(f"<h1>{text(title)}</h1><p>{text(words)}</p>")
    parts.append("<h1>成功指標</h1>")
    for measure, caption in zip(content.charts, content.captions, strict=True):
        data = base64.b64encode(chart_svg(measure)).decode()
        parts.append(
            f'<p>{text(caption)}<br><img class="chart" src="data:image/svg+xml;base64,{data}"></p>'
        )
    parts.append("<h1>ロードマップ</h1><table>")
    for bar in content.bars:
        width = max(bar.end - bar.start, 0.01)
        parts.append(
            f'<tr><td width="25%">{text(bar.name)}</td><td><div class="bar"'
            f' style="margin-left:{bar.start:.0%};width:{width:.0%}"></div></td></tr>'
        )
    parts.append("</table>")
    parts += [_table(table) for table in content.tables]
    return "".join(parts)


def _table(table: Table) -> str:
    heads = "".join(f"<th>{html.escape(name)}</th>" for name, _share in table.heads)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    title = html.escape(table.title)
    return f"<h1>{title}</h1><table><thead><tr>{heads}</tr></thead>{rows}</table>"
