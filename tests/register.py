"""A large invented register, written in bulk, and forty searches that are hard to answer in it.

The names come from lists in the languages of these islands and from made-up families, the common
ones often, so that a search has namesakes to tell apart. Seeded: two runs make the same.
"""

import random
from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import insert, select, text

from models import clock
from models.base import db, is_sqlite
from models.folding import fold
from models.people.spelling import word_of_number, words_of_email, words_of_name
from models.people.tables import ContactPoint, KnownWord, Person, PersonWord, UnionMembership
from models.people.words import learn
from models.places.tables import UnionRegion

GIVEN_NAMES = """
David John Paul Mark Andrew Susan Margaret Sarah Karen James Michael Robert Stephen Peter
Christine Linda Patricia Elizabeth Jean Ian Alan Helen Claire Emma Laura Kirsty Fiona Eilidh Mairi
Catriona Ruaridh Hamish Iain Seán Siobhán Aoife Niamh Caoimhe Pádraig Ciarán Róisín Siân Gwen
Carys Rhys Dafydd Llŷr Gareth Owain Angharad Ffion Eluned Asha Priya Mohammed Aisha Fatima Hamza
Imran Gurpreet Harjit Olu Chidi Amara Kwame Zofia Łukasz Agnieszka José María Björn Søren Zoë
Chloë Jörg Anne-Marie Mary-Kate Jean-Paul Thomas William Harry George Oliver Jack Amelia Isla Ava
Mia Ella Poppy Grace Lily Freya Leo Arthur Noah Theo Ravi Sunita Deepak Meera Yusuf Khadija
"""
FAMILY_NAMES = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker
White Roberts Green Hall Wood Jackson Clarke Hughes Edwards Hill Moore Clark Harrison Scott Young
Morris Ward Davis Watson Morgan Phillips Campbell Anderson MacDonald McKenzie Stewart Murray
O'Brien O'Neill Murphy Kelly Byrne Ryan Gallagher Doherty McCarthy Lloyd Griffiths Gruffydd
Pritchard Powell Rees Llewellyn ap-Rhys Khan Patel Singh Kaur Begum Hussain Ahmed Ali Okafor
Mensah Kowalski Nowak Müller García Fernández Nguyen Chen Wood-Hughes Hall-Taylor Smith-Jones
Fraser Graham Ferguson Robertson Sutherland Sinclair Gunn Munro Ross Urquhart Farquharson
Colquhoun
"""
FIRST_PARTS = """
bar bel cor dan den el fen gar hol ing ken lam mor nor pen rad sel tor ul ver wes yar
"""
LAST_PARTS = """
by dale don field ford ham ley man mere more son ston ton well wick worth
"""
GIVEN, FAMILY = GIVEN_NAMES.split(), FAMILY_NAMES.split()
SYLLABLES, ENDS = FIRST_PARTS.split(), LAST_PARTS.split()

# given name, family name, e-mail address: the people who are looked for
WANTED = (
    ("Siobhán", "Ó Súilleabháin", "siobhan.osull@ashvale.example"),
    ("Caoimhe", "Ní Dhomhnaill", "caoimhe.nd@burnside.example"),
    ("Pádraig", "Mac Giolla Bhríde", "padraig.mgb@cloverley.example"),
    ("Angharad", "Gwenllian-Prosser", "agp@derwen.example"),
    ("Llŷr", "Cadwaladr", "llyr.cadwaladr@eryri.example"),
    ("Dafydd Emrys", "Trefor", "d.e.trefor@ffestin.example"),
    ("Eilidh", "NicDhòmhnaill", "eilidh@gairloch.example"),
    ("Ruaridh", "Colquhoun-Baird", "ruaridh.cb@helensb.example"),
    ("Catriona", "Farquharsonby", "cat.farq@invere.example"),
    ("Łukasz", "Wiśniewiecki", "lukasz.w@jarrowby.example"),
    ("Agnieszka", "Dąbrowiczka", "a.dabrow@kestrel.example"),
    ("Søren", "Kjærgaarden", "soren@lyngby.example"),
    ("Zoë", "Featherstonhaugh", "zoe.feather@maltham.example"),
    ("John Bartholomew", "Wetherspane", "jbw@northam.example"),
    ("Mary Josephine Anne", "Tattersfield", "mja.tatters@oakham.example"),
    ("Jean-Paul", "Quennevais", "jp.quenn@penzeal.example"),
    ("Anne-Marie", "Throckmortimer", "am.throck@quarrend.example"),
    ("Gurpreet", "Dhaliwalia", "gurpreet.dh@redmire.example"),
    ("Chidi", "Nwachukwuma", "chidi.nw@saltash.example"),
    ("Fatima", "El-Khouryan", "fatima.elk@tideswell.example"),
    ("Björn", "Lindqvister", "bjorn.lq@ulverst.example"),
    ("Helen", "McCorquodalen", "helen.mcc@vexford.example"),
    ("Iain", "MacGillivrayson", "iain.macg@wexcombe.example"),
    ("Fiona", "O'Shaughnesby", "fiona.os@yarmere.example"),
    ("Robert", "St. Johnstone-Fell", "rob.sjf@zealby.example"),
    ("Theo", "van der Bruggenaar", "theo.vdb@amberly.example"),
    ("Kirsty", "Auchterlonybrae", "kirsty.auch@brackley.example"),
    ("J. R.", "Postlethwaitey", "jr.postle@cawthorn.example"),
    ("Elizabeth", "Winterbottomley", "liz.winter@dunsop.example"),
    ("Michael", "Ramsbothamley", "mike.rams@eskdale.example"),
)

# What is typed, and the index of whom it means.
HARD = (
    ("siobhan o sullivan", 0),
    ("osuilleabhain siobhan", 0),
    ("Siobhan Suilleabhain", 0),
    ("ni dhomhnail caoimhe", 1),
    ("Caomihe Ni Dhomhnaill", 1),
    ("padraig macgiolla", 2),
    ("Mac Giolla Bhride", 2),
    ("prosser angharad", 3),
    ("angharad gwenlian prosser", 3),
    ("llyr cadwalader", 4),
    ("Cadwaladr, Llyr", 4),
    ("dafydd trefor", 5),
    ("emrys trefor dafydd", 5),
    ("eilidh nic dhomhnaill", 6),
    ("eildih nicdhomhnail", 6),
    ("ruaridh colquhoun", 7),
    ("rory colqhuoun-baird", 7),
    ("catriona farquarsonby", 8),
    ("lukasz wisniewiecki", 9),
    ("agnieska dabrowiczka", 10),
    ("soren kjaergaarden", 11),
    ("zoe fetherstonhaugh", 12),
    ("john wetherspane", 13),
    ("jonh wetherspaen", 13),
    ("mary tattersfield", 14),
    ("mary ann tatersfield", 14),
    ("jean paul quennevais", 15),
    ("throckmortimer anne", 16),
    ("gurpeet dhaliwalia", 17),
    ("chidi nwachukuma", 18),
    ("elkhouryan", 19),
    ("lq@ulverst", 20),
    ("bjorn.lq@ul", 20),
    ("helen mc corquodalen", 21),
    ("ian macgillivrayson", 22),
    ("oshaughnesby", 23),
    ("st johnstone fell rob", 24),
    ("bruggenaar theo", 25),
    ("john postlethwaitey", 27),
    ("winterbotomley elizabeth jane", 28),
)


def people(number: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """So many names; the wanted people stand spread among them."""
    made_up = [a + b + c for a in SYLLABLES for b in ("", *SYLLABLES[:9]) for c in ENDS]
    families = [*FAMILY, *(name.capitalize() for name in made_up)]
    weights = [2_000 / (n + 4) for n in range(len(families))]
    often = [60 / (n + 3) for n in range(len(GIVEN))]
    given = dice.choices(GIVEN, often, k=2 * number)
    family = dice.choices(families, weights, k=number)
    for n in range(number):
        middle = f" {given[number + n]}" if n % 3 == 0 else ""
        yield given[n] + middle, family[n]


def fill(number: int, seed: int = 7) -> list[int]:
    """Write the register in bulk; returns the ids of the wanted people, in their order."""
    dice = random.Random(seed)
    regions = list(db.session.scalars(select(UnionRegion.id).order_by(UnionRegion.id)))
    names = list(people(number, dice))
    step = max(1, number // len(WANTED))
    wanted = [1 + n * step for n in range(len(WANTED))]
    places = dict(zip(wanted, WANTED, strict=True))
    first = (db.session.scalar(select(Person.id).order_by(Person.id.desc()).limit(1)) or 0) + 1
    for start in range(0, number, 10_000):
        rows = [
            (first + n, *places.get(n + 1, (*names[n], "")))
            for n in range(start, min(number, start + 10_000))
        ]
        _write(rows, regions, dice)
    return [first + place - 1 for place in wanted]


def _write(rows: list[tuple[int, str, str, str]], regions: list[int], dice: random.Random) -> None:
    people, points, numbers, words = [], [], [], []
    for person, given, family, known in rows:
        email = (
            known
            or f"{fold(given).split()[0]}.{fold(family).replace(' ', '')}.{person}@post.example"
        )
        number = f"{person:08}"
        people.append(
            {
                "id": person,
                "given_name": given,
                "family_name": family,
                "given_key": _key(given),
                "family_key": _key(family),
                "home_region_id": dice.choice(regions),
                "created_at": clock.now(),
                "version": 1,
            }
        )
        points.append(
            {
                "person_id": person,
                "kind": "email",
                "value": email,
                "value_key": email,
                "preferred": True,
            }
        )
        numbers.append({"person_id": person, "number": number, "status": "member"})
        found = _words(given) | _words(family) | words_of_email(email) | {word_of_number(number)}
        words += [{"word": word, "person_id": person} for word in sorted(found)]
    for table, of_table in (
        (Person, people),
        (ContactPoint, points),
        (UnionMembership, numbers),
        (PersonWord, words),
    ):
        db.session.execute(insert(table), of_table)
    learn(db.session.connection(), {row["word"] for row in words})
    db.session.flush()


@lru_cache(maxsize=50_000)
def _words(name: str) -> set[str]:
    return words_of_name(name)


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    return fold(name)


def known_words() -> int:
    """How many known words there are."""
    return len(list(db.session.scalars(select(KnownWord.id))))


def ids_of_wanted() -> list[int]:
    """The ids of the wanted people in a register that was filled before."""
    rows = db.session.execute(select(ContactPoint.value_key, ContactPoint.person_id))
    held = {
        row.value_key: row.person_id for row in rows if not row.value_key.endswith("@post.example")
    }
    return [held[email] for _given, _family, email in WANTED]


def settle() -> None:
    """What a server does by itself within a minute of such a load."""
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze" if is_sqlite(connection) else "vacuum analyze"))
