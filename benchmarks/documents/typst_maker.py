"""The plan set by typst, with the charts as SVG: the quickest typesetter of our kind of page."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from benchmarks.documents.charts import chart_svg
from benchmarks.documents.content import Content

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: data.company)
#set page(paper: "a4", margin: (x: 48pt, top: 62pt, bottom: 58pt),
  header: context if counter(page).get().first() > 1 [
    #set text(size: 7.6pt)
    #strong(data.customer) #h(1fr) #data.title
  ],
  footer: context [#set text(size: 7.6pt)
    #h(1fr) #counter(page).display("1 / 1", both: true)])
#set text(font: "Noto Sans JP", lang: "ja", size: 9.6pt)
#set par(leading: 6pt)
#show heading.where(level: 1): set text(size: 16pt)
#page(header: none, footer: none, margin: 0pt)[
  #block(width: 100%, height: 59%, inset: 48pt,
    fill: gradient.linear(rgb("#13264D"), rgb("#3A74F2"), angle: -45deg))[
    #set text(fill: white)
    #data.company
    #v(1fr)
    #text(size: 30pt, weight: "bold", data.title)

    #text(size: 15pt, data.customer)
    #v(1fr)
  ]
  #pad(48pt, grid(columns: (1fr, 1fr), row-gutter: 16pt,
    ..data.facts.map(fact => [#text(size: 8pt, fact.at(0)) \\ *#fact.at(1)*])))
]
= サマリー
#data.statement
#for goal in data.goals [
  #block(breakable: false, width: 100%, grid(columns: (1fr, 130pt), column-gutter: 12pt,
    [*#goal.at(0)* \\ #goal.at(1)],
    [#text(size: 8pt, goal.at(2)) \\
      #box(width: 100%, height: 4pt, fill: rgb("#E3E8F0"),
        box(width: goal.at(3) * 100%, height: 4pt, fill: rgb("#2B5FD9")))]))
  #line(length: 100%, stroke: 0.5pt + rgb("#DFE4EC"))
]
#for part in data.paragraphs [
  = #part.at(0)
  #part.at(1)
]
= 成功指標
#grid(columns: (1fr, 1fr), gutter: 12pt, ..data.captions.enumerate().map(pair => [
  #text(size: 7.8pt, pair.at(1))
  #image("chart-" + str(pair.at(0)) + ".svg", width: 100%)]))
= ロードマップ
#for bar in data.bars [
  #block(height: 11pt, width: 100%, grid(columns: (120pt, 1fr),
    text(size: 7.6pt, bar.name),
    pad(left: 0pt, box(width: 100%, height: 8pt, place(dx: bar.start * 100%,
      box(width: calc.max(bar.end - bar.start, 0.01) * 100%, height: 7pt, radius: 3pt,
        fill: rgb("#2B5FD9")))))))
]
#for part in data.tables [
  = #part.title
  #set text(size: 8.6pt)
  #table(columns: part.heads.map(head => head.at(1) * 1fr), stroke: none, inset: (x: 3pt, y: 4pt),
    table.header(..part.heads.map(head => text(size: 7.6pt, head.at(0))), table.hline()),
    ..part.rows.map(row => (..row, table.hline(stroke: 0.5pt + rgb("#DFE4EC")))).flatten())
]
"""


class TypstMaker:
    """Sets the plan again and again with one warm compiler."""

    name = "typst, charts as SVG by matplotlib"

    def __init__(self, folder: Path, fonts: Path) -> None:
        """Take a folder for the template and the charts. Raises ImportError without typst."""
        import typst

        self._folder = folder
        (folder / "plan.typ").write_text(TEMPLATE, encoding="utf-8")
        self._compiler = typst.Compiler(root=str(folder), font_paths=[str(fonts)])

    def make(self, content: Content) -> bytes:
        """Draw the charts, set the plan and return the PDF."""
        for number, measure in enumerate(content.charts):
            (self._folder / f"chart-{number}.svg").write_bytes(chart_svg(measure))
        data = dataclasses.asdict(dataclasses.replace(content, charts=()))
        made = self._compiler.compile(
            input=str(self._folder / "plan.typ"),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        assert isinstance(made, bytes)
        return made
