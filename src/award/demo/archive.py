"""The edition of 2014 as it was announced: winners without nominations, scores or a ranking."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from award.announcing.models import ArchivedWinner
from award.programmes.models import Edition, Programme

_DATA = Path(__file__).parent / "data"


def load_2014(db: Session, programme: Programme, now: datetime) -> Edition:
    """Write the announced edition from the facts that the press text and reports give."""
    seed = json.loads((_DATA / "edition-2014.json").read_text())
    edition = Edition(
        programme_id=programme.id,
        slug="2014",
        name={"de": seed["facts"]["title"], "en": seed["facts"]["title"]},
        year=2014,
        kind="archive",
        winners=seed["facts"]["awardCount"],
        facts=_facts(seed),
        published_at=datetime(2014, 5, 22, 14, tzinfo=ZoneInfo("Europe/Berlin")),
        created_at=now,
    )
    db.add(edition)
    db.flush()
    db.add_all(_winner(edition, row, seed["spellingVariants"]) for row in seed["winners"])
    db.flush()
    return edition


def _winner(
    edition: Edition, row: dict[str, Any], variants: dict[str, list[str]]
) -> ArchivedWinner:
    derived = row["derived"]
    return ArchivedWinner(
        edition_id=edition.id,
        position=row["order"],
        name=row["name"],
        region_as_printed=row["regionAsPrinted"],
        spellings=variants.get(row["id"], []),
        districts=derived["districts"],
        longitude=derived["lon"],
        latitude=derived["lat"],
    )


def _facts(seed: dict[str, Any]) -> dict[str, Any]:
    return {**_of_the_ceremony(seed["facts"]), **_of_the_networks(seed["facts"]), **_sources(seed)}


def _of_the_ceremony(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "ceremony": {
            "de": f"{facts['event']} in {facts['city']}, {facts['venue']}",
            "en": f"3rd Innovation Day in {facts['city']}, {facts['venue']}",
        },
        "summary": {
            "de": "Fünf regionale Netzwerke, ausgezeichnet vom Bundesministerium für Arbeit und "
            "Soziales für ihr Engagement, ihr Niveau und ihren Vorbildcharakter.",
            "en": "Five regional networks, awarded by the Federal Ministry of Labour and Social "
            "Affairs for their commitment, their standard and as models for others.",
        },
        "quote": facts["speaker"]["quote"],
        "speaker": facts["speaker"]["name"],
        "speaker_role": facts["speaker"]["role"],
    }


def _of_the_networks(facts: dict[str, Any]) -> dict[str, Any]:
    groups, office = ", ".join(facts["actorGroups"]), facts["office"]
    return {
        "about": {
            "de": f"Netzwerke zur Fachkräftesicherung bringen vor Ort zusammen: {groups}. "
            "Bundesweit gibt es rund 600.",
            "en": "Networks for securing skilled labour bring together all who matter to the "
            "regional labour market, from chambers and companies to job centres and trade unions. "
            "There are about 600 of them in Germany.",
        },
        "office": {
            "de": f"{office['name']}, seit {office['since']} im Auftrag des BMAS.",
            "en": f"{office['name']}, since {office['since']} on behalf of the ministry.",
        },
    }


def _sources(seed: dict[str, Any]) -> dict[str, Any]:
    """Where all this is known from, and what else was reported."""
    reported = seed["publicContext"]
    return {
        "source": {"de": seed["source"], "en": f"{seed['source']} (press release, in German)"},
        "context": {
            "de": f"Nicht aus der Presseinformation, sondern öffentlich berichtet: Preisverleihung "
            f"am 22. Mai 2014, {reported['applications']} Bewerbungen, rund "
            f"{reported['participantsApprox']} Teilnehmende.",
            "en": f"Not from the press release but publicly reported: ceremony on 22 May 2014, "
            f"{reported['applications']} entries, about {reported['participantsApprox']} guests.",
        },
        "addresses": reported["sources"],
    }
