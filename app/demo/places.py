"""The real councils on which the demonstration union's invented people sit.

Names and codes: the public register of local authorities (mySociety, July 2025, MIT). Election
years: general knowledge, checked for 2026 against Democracy Club's list of ballots (CC0). Ward
names are a sample. No real office holder is named anywhere here.
"""

from dataclasses import dataclass
from datetime import date

from models.places.register import CouncilFacts


@dataclass(frozen=True)
class DemoCouncil:
    """A council, the years from which its seats are counted, how long a term is, some wards."""

    facts: CouncilFacts
    polls: tuple[int, ...]
    wards: tuple[str, ...]
    years: int = 4


def _council(  # noqa: PLR0917 - a row of the table below
    code: str,
    gss: str,
    name: str,
    official: str,
    kind: str,
    nation: str,
    ons_region: str,
    starts: str | None,
    county: str | None,
    combined: str | None,
    polls: tuple[int, ...],
    wards: str,
) -> DemoCouncil:
    facts = CouncilFacts(
        code=code,
        gss=gss,
        name=name,
        official_name=official,
        kind=kind,
        nation=nation,
        ons_region=ons_region,
        starts_on=date.fromisoformat(starts) if starts else None,
        county_code=county,
        combined_code=combined,
    )
    years = 5 if nation in ("Scotland", "Wales") else 4
    return DemoCouncil(facts, polls, tuple(wards.split("|")), years)


# fmt: off
COUNCILS: tuple[DemoCouncil, ...] = (
    _council("BIR", "E08000025", "Birmingham", "Birmingham City Council",
             "metropolitan district", "England", "West Midlands", "1996-07-01", None, "WMCA",
             (2026,),
             "Acocks Green|Alum Rock|Aston|Balsall Heath West|Bartley Green|Billesley"),
    _council("COV", "E08000026", "Coventry", "Coventry City Council", "metropolitan district",
             "England", "West Midlands", "1974-04-01", None, "WMCA",
             (2026,),
             "Bablake|Binley & Willenhall|Cheylesmore|Earlsdon|Foleshill|Longford"),
    _council("NGM", "E06000018", "Nottingham", "Nottingham City Council", "unitary", "England",
             "East Midlands", "2005-06-20", None, "EMCA",
             (2023,),
             "Arboretum|Basford|Bestwood|Bulwell|Radford|Sherwood"),
    _council("DER", "E06000015", "Derby", "Derby City Council", "unitary", "England",
             "East Midlands", None, None, "EMCA",
             (2023,),
             "Abbey|Allestree|Alvaston|Arboretum|Darley|Littleover"),
    _council("STE", "E06000021", "Stoke-on-Trent", "Stoke-on-Trent City Council", "unitary",
             "England", "West Midlands", "2005-06-20", None, None,
             (2023,),
             "Bentilee|Burslem|Etruria|Hanley|Meir|Tunstall"),
    _council("CMD", "E09000007", "Camden", "London Borough of Camden", "London borough",
             "England", "London", None, None, "GLA",
             (2026,),
             "Belsize|Bloomsbury|Camden Square|Camden Town|Fortune Green|Gospel Oak"),
    _council("HCK", "E09000012", "Hackney", "London Borough of Hackney", "London borough",
             "England", "London", None, None, "GLA",
             (2026,),
             "Brownswood|Cazenove|Clissold|Dalston|De Beauvoir|Hackney Central"),
    _council("NWM", "E09000025", "Newham", "London Borough of Newham", "London borough",
             "England", "London", None, None, "GLA",
             (2026,),
             "Beckton|Boleyn|Canning Town North|Custom House|East Ham|East Ham South"),
    _council("LUT", "E06000032", "Luton", "Luton Borough Council", "unitary", "England",
             "East of England", "2005-06-19", None, None,
             (2023,),
             "Barnfield|Biscot|Challney|Dallow|Farley|Leagrave"),
    _council("OXO", "E07000178", "Oxford", "Oxford City Council", "district", "England",
             "South East", None, "OXF", None,
             (2024, 2026),
             "Barton & Sandhills|Blackbird Leys|Churchill|"
             "Cowley|Donnington|Headington"),
    _council("CAM", "E10000003", "Cambridgeshire", "Cambridgeshire County Council", "county",
             "England", "East of England", None, None, "CPCA",
             (2025,),
             "Abbey|Arbury|Chesterton|Petersfield|Romsey|Trumpington"),
    _council("LDS", "E08000035", "Leeds", "Leeds City Council", "metropolitan district",
             "England", "Yorkshire and The Humber", "2005-06-08", None, "WYCA",
             (2023, 2024, 2026),
             "Alwoodley|Armley|Beeston & Holbeck|"
             "Bramley & Stanningley|Burmantofts & Richmond Hill|Calverley & Farsley"),
    _council("SHF", "E08000019", "Sheffield", "Sheffield City Council", "metropolitan district",
             "England", "Yorkshire and The Humber", "2005-06-08", None, "SCR",
             (2023, 2024, 2026),
             "Birley|Burngreave|City|"
             "Crookes & Crosspool|Darnall|Beauchief & Greenhill"),
    _council("NET", "E08000021", "Newcastle upon Tyne", "Newcastle City Council",
             "metropolitan district", "England", "North East", "1974-04-01", None, "NEMCA",
             (2026,),
             "Arthur's Hill|Blakelaw & Cowgate|Byker|Castle|Chapel|Denton & Westerhope"),
    _council("MDB", "E06000002", "Middlesbrough", "Middlesbrough Borough Council", "unitary",
             "England", "North East", "2005-06-18", None, "TVCA",
             (2023,),
             "Acklam|Central|Hemlington|Linthorpe|Newport|Park"),
    _council("DUR", "E06000047", "County Durham", "Durham County Council", "unitary", "England",
             "North East", "2009-04-01", None, "NEMCA",
             (2025,),
             "Annfield Plain|Consett North|Easington|Seaham|Spennymoor|Stanley"),
    _council("HPL", "E06000001", "Hartlepool", "Hartlepool Borough Council", "unitary",
             "England", "North East", "2005-06-18", None, "TVCA",
             (2023, 2024, 2026),
             "Burn Valley|De Bruce|Foggy Furze|Hart|Manor House|Rossmere"),
    _council("LAN", "E10000017", "Lancashire", "Lancashire County Council", "county", "England",
             "North West", None, None, None,
             (2025,),
             "Accrington North|Burnley Central East|Chorley Central|"
             "Morecambe Central|Preston City|Preston East"),
    _council("PRE", "E07000123", "Preston", "Preston City Council", "district", "England",
             "North West", None, "LAN", None,
             (2023, 2024, 2026),
             "Ashton|Brookfield|Cadley|City Centre|Deepdale|Garrison"),
    _council("BPL", "E06000009", "Blackpool", "Blackpool Borough Council", "unitary", "England",
             "North West", "2005-06-20", None, None,
             (2023,),
             "Anchorsholme|Bispham|Bloomfield|Brunswick|Layton|Talbot"),
    _council("BUR", "E08000002", "Bury", "Bury Metropolitan Borough Council",
             "metropolitan district", "England", "North West", "1974-04-01", None, "GMCA",
             (2023, 2024, 2026),
             "Besses|Bury East|Bury West|Elton|Holyrood|Moorside"),
    _council("MAN", "E08000003", "Manchester", "Manchester City Council",
             "metropolitan district", "England", "North West", "1974-04-01", None, "GMCA",
             (2023, 2024, 2026),
             "Ancoats & Beswick|Ardwick|Baguley|Burnage|Cheetham|Chorlton"),
    _council("LIV", "E08000012", "Liverpool", "Liverpool City Council", "metropolitan district",
             "England", "North West", "2005-06-08", None, "LCR",
             (2023,),
             "Anfield|Everton East|Old Swan East|Toxteth|Walton|Wavertree Village"),
    _council("BFS", "N09000003", "Belfast", "Belfast City Council", "Northern Ireland district",
             "Northern Ireland", "Northern Ireland", "2015-04-01", None, None,
             (2023,),
             "Balmoral|Botanic|Castle|Court|Lisnasharragh|Titanic"),
    _council("GLG", "S12000049", "Glasgow City", "Glasgow City Council", "Scottish council",
             "Scotland", "Scotland", "2005-06-18", None, None,
             (2022,),
             "Calton|Cardonald|Govan|Hillhead|Langside|Pollokshields"),
    _council("EDH", "S12000036", "City of Edinburgh", "City of Edinburgh Council",
             "Scottish council", "Scotland", "Scotland", "2005-06-18", None, None,
             (2022,),
             "Almond|Forth|Inverleith|Leith|Leith Walk|Morningside"),
    _council("FIF", "S12000047", "Fife", "Fife Council", "Scottish council", "Scotland",
             "Scotland", "2005-06-18", None, None,
             (2022,),
             "Cowdenbeath|Dunfermline Central|Dunfermline North|"
             "Kirkcaldy Central|Kirkcaldy North|Lochgelly"),
    _council("DND", "S12000042", "Dundee City", "Dundee City Council", "Scottish council",
             "Scotland", "Scotland", "2005-06-18", None, None,
             (2022,),
             "Coldside|East End|Lochee|Maryfield|Strathmartine|West End"),
    _council("NLK", "S12000050", "North Lanarkshire", "North Lanarkshire Council",
             "Scottish council", "Scotland", "Scotland", "2005-06-18", None, None,
             (2022,),
             "Airdrie North|Bellshill|Kilsyth|Motherwell West|Thorniewood|Wishaw"),
    _council("SWK", "E09000028", "Southwark", "London Borough of Southwark", "London borough",
             "England", "London", None, None, "GLA",
             (2026,),
             "Borough & Bankside|Camberwell Green|Champion Hill|"
             "Chaucer|Dulwich Village|Faraday"),
    _council("LBH", "E09000022", "Lambeth", "London Borough of Lambeth", "London borough",
             "England", "London", None, None, "GLA",
             (2026,),
             "Brixton Acre Lane|Brixton North|Brixton Windrush|"
             "Clapham East|Clapham Park|Clapham Town"),
    _council("CRY", "E09000008", "Croydon", "London Borough of Croydon", "London borough",
             "England", "London", None, None, "GLA",
             (2026,),
             "Addiscombe East|Addiscombe West|Bensham Manor|"
             "Broad Green|Coulsdon Town|Fairfield"),
    _council("KEN", "E10000016", "Kent", "Kent County Council", "county", "England",
             "South East", None, None, None,
             (2025,),
             "Ashford Central|Canterbury City North|Dover Town|"
             "Gravesend East|Margate|Swanley"),
    _council("MDW", "E06000035", "Medway", "Medway Council", "unitary", "England", "South East",
             "1998-04-01", None, None,
             (2023,),
             "Chatham Central & Brompton|Gillingham North|Luton|"
             "Rainham North|Strood West|Watling"),
    _council("STH", "E06000045", "Southampton", "Southampton City Council", "unitary",
             "England", "South East", "2005-06-19", None, None,
             (2023, 2024, 2026),
             "Banister & Polygon|Bargate|Bassett|Bevois|Coxford|Freemantle"),
    _council("BNH", "E06000043", "Brighton and Hove", "Brighton and Hove City Council",
             "unitary", "England", "South East", "2005-06-19", None, None,
             (2023,),
             "Hanover & Elm Grove|Hollingdean & Fiveways|Kemptown|"
             "Queen's Park|Regency|Woodingdean"),
    _council("BST", "E06000023", "City of Bristol", "Bristol City Council", "unitary",
             "England", "South West", "2005-06-18", None, "WECA",
             (2024,),
             "Ashley|Bedminster|Easton|Filwood|Knowle|Southville"),
    _council("CRF", "W06000015", "Cardiff", "City of Cardiff Council", "Welsh council", "Wales",
             "Wales", "1996-04-01", None, None,
             (2022,),
             "Adamsdown|Butetown|Canton|Cathays|Grangetown|Splott"),
    _council("SWA", "W06000011", "Swansea", "City and County of Swansea Council",
             "Welsh council", "Wales", "Wales", "1996-04-01", None, None,
             (2022,),
             "Castle|Cockett|Morriston|Sketty|Townhill|Uplands"),
    _council("NWP", "W06000022", "Newport", "Newport City Council", "Welsh council", "Wales",
             "Wales", "1996-04-01", None, None,
             (2022,),
             "Alway|Bettws|Lliswerry|Malpas|Pillgwenlly|Ringland"),
    _council("RCT", "W06000016", "Rhondda Cynon Taff",
             "Rhondda Cynon Taf County Borough Council", "Welsh council", "Wales", "Wales",
             "1996-04-01", None, None,
             (2022,),
             "Aberdare East|Mountain Ash|Porth|Tonypandy|Treorchy|Ynyshir"),
    _council("PLY", "E06000026", "Plymouth", "Plymouth City Council", "unitary", "England",
             "South West", "1998-04-01", None, None,
             (2023, 2024, 2026),
             "Budshead|Compton|Devonport|Drake|Efford & Lipson|Honicknowle"),
)
# fmt: on

# The union's regions for councils that no rule places; the client's own list will replace it.
PLACED_BY_HAND = {"KEN": "SO", "MDW": "SO", "STH": "SO", "BNH": "SO"}

# code, name, region
BRANCHES = (
    ("B01", "Birmingham Services", "BM"),
    ("B07", "East Midlands General", "BM"),
    ("L12", "London Councils", "LO"),
    ("L31", "Eastern Counties", "LO"),
    ("N04", "Yorkshire General", "NEYH"),
    ("N19", "Tyne and Tees", "NEYH"),
    ("W02", "Lancashire and Fylde", "NWI"),
    ("W15", "Manchester Public Services", "NWI"),
    ("S03", "Clydeside", "SC"),
    ("S11", "Forth and Tay", "SC"),
    ("K05", "South London", "SO"),
    ("K22", "Kent and Solent", "SO"),
    ("C06", "South Wales Public Services", "WSW"),
    ("C17", "Severn and Tamar", "WSW"),
)

# GSS code and name (Office for National Statistics, OGL)
CONSTITUENCIES = (
    ("E14001096", "Birmingham Ladywood"),
    ("E14001102", "Blackburn"),
    ("E14001142", "Burnley"),
    ("E14001180", "Coventry East"),
    ("E14001260", "Hackney South and Shoreditch"),
    ("E14001323", "Leeds South"),
    ("E14001352", "Manchester Central"),
    ("E14001426", "Plymouth Moor View"),
    ("E14001433", "Preston"),
    ("E14001467", "Sheffield Central"),
    ("E14001500", "Southampton Test"),
    ("S14000075", "Dundee Central"),
    ("S14000084", "Glasgow East"),
    ("W07000092", "Cardiff West"),
)
