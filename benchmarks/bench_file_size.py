"""How large the workspace file is, against the same values in bare tables."""

from __future__ import annotations

from benchmarks.measure import Result, Target
from benchmarks.workspaces import Bench
from csdesk.model.base import entity_records


def measure(bench: Bench) -> list[Result]:
    """Compare the file with a database that holds the entity tables alone, without their past."""
    return [
        Result(
            what="file size",
            size=bench.size.name,
            unit="B",
            ours=(float(bench.document.stat().st_size),),
            yardstick=(float(bytes_of_bare_tables(bench)),),
            yardstick_name="same values, bare tables",
            target=Target(ratio=3.0),
        )
    ]


def bytes_of_bare_tables(bench: Bench) -> int:
    """Copy each entity's columns into a table without index or journal; return the file's size."""
    bare = bench.bare_database("bare-tables")
    with bench.open() as workspace:
        bare.execute("ATTACH ? AS ours", (str(workspace.replica.database),))
        for entity in entity_records():
            bare.execute(f'CREATE TABLE main."{entity}" AS SELECT * FROM ours."{entity}"')
        bare.execute("DETACH ours")
        bare.execute("VACUUM")
        pages = bare.execute("PRAGMA page_count").fetchone()[0]
        size = bare.execute("PRAGMA page_size").fetchone()[0]
        bare.close()
    return int(pages) * int(size)
