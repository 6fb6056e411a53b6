"""What happens in a cell from one delivery to the next."""

from datetime import date, timedelta
from random import Random

from bo_harmonise.world.draw import between, pick
from bo_harmonise.world.maker import Maker
from bo_harmonise.world.model import Cell, Company, Person
from bo_harmonise.world.places import place

_EVENTS = ("sale", "sale", "seat", "seat", "new_company", "renamed")


def change(maker: Maker, cell: Cell, delivery: int, day: str) -> None:
    """Let something happen to some of the companies of a cell, in the month before `day`."""
    random = Random(f"{maker.seed}/{cell.number}/delivery/{delivery}")  # noqa: S311
    before, cell.random = cell.random, random
    for company in list(cell.companies):
        if maker.happens(random, "snapshots", "changed") and not company.dissolved:
            on = (date.fromisoformat(day) - timedelta(days=between(random, 2, 25))).isoformat()
            _event(maker, cell, company, pick(random, _EVENTS), on)
    cell.random = before


def _event(maker: Maker, cell: Cell, company: Company, event: str, on: str) -> None:
    random = cell.random
    company.updated = on
    held = [s for s in cell.holders(company) if isinstance(s.owner, Person) and s.start < on]
    if event == "seat" or not held:
        company.former_seat, company.seat = company.seat, place(random, company.country, is_office=True)
    elif event == "renamed":
        if company.former_name is None:
            language = company.name.language
            company.former_name = company.name
            company.name = maker.names.fresh(random, company.country, language)
            company.renamed = on
    elif event == "sale":
        sold = pick(random, held)
        sold.end = on
        maker.stake(cell, maker.person(cell, company.country), company, sold.share, start=on)
    else:
        owner = pick(random, held).owner
        started = maker.company(cell, company.country, founded=(2026, 2026))
        started.founded, started.former_name, started.renamed = on, None, None
        maker.stake(cell, owner, started, 100.0, start=on)
