import pytest

from ingest.tabs import add_rows, rows_at_head


@pytest.mark.parametrize(
    ("group", "count"),
    [
        (["\t\t Meer\t Beter\t Anders"], 1),
        (["Doel\t sneller\t beter\t anders"], 1),
        (["\t\t een\t twee", "\t\t drie", "Gewone tekst."], 2),
        (["16\t Zie Jansen (2012)."], 0),
        (["•\t Leren\t en\t doen"], 0),
        (["2.1\t Op weg\t verder\t slot"], 0),
        (["Voorwoord\t5"], 0),
        (["Een gewone regel tekst."], 0),
        ([], 0),
    ],
)
def test_rows_are_told_from_footnotes_items_and_headings(group: list[str], count: int) -> None:
    assert rows_at_head(group) == count


def test_rows_with_long_cells_become_one_table() -> None:
    table = add_rows(None, ["\t\t Van binnen\t Van buiten"])
    table = add_rows(table, ["Met techniek\t ‘Eigen’\t ‘Contact’"])
    table = add_rows(table, ["\t\t  analyse bij\t een loket,", "\t\t  bedrijfsvoering", "\t\t\t  een portaal"])
    assert table.kind == "table"
    assert table.text == "\tVan binnen\tVan buiten\nMet techniek\t‘Eigen’ analyse bij bedrijfsvoering\t‘Contact’ een loket, een portaal"
