"""The readers of reports that must survive broken files: samples that they read, and how they read them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feeds import read_feed
from armslength.core.instants import parse_rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MAPPING: Final = """source = "x"
zone = "Europe/Kyiv"
[fields]
id = "i"
from = "d"
text = "t"
latitude = "a"
longitude = "o"
[fixed]
uncertainty_m = 3000
"""
_OPTIONS: Final = FeedOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"), mapping=_MAPPING)

FIRMS: Final = (
    b"latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,"
    b"frp,daynight,type\n"
    b"47.0148,34.082,302.6,2.5,1.5,2022-02-24,0923,Terra,MODIS,53,6.03,280.4,25,D,0\n"
    b"51.46958,29.55491,299.83,0.41,0.61,2022-09-01,117,N,VIIRS,n,2.0NRT,281.22,1.03,N,2\n"
)
VIINA: Final = (
    "event_id_1pd,date,n_reports,event_ids_matching,sources_matching,source_urls,target_classes,target_terms,"
    "attack_terms,geonameid,asciiname,ADM1_NAME,ADM2_NAME,longitude,latitude,a_ukr_init,a_ukr,a_rus_init,a_rus,"
    "representative_text\n"
    "1,20220823,2,5|6,a|b,https://example.org/a|https://example.org/b,X,x,y,1,Selo,Zaporizhzhya,R,34.65,47.49,,0,,1,"
    '"Обстріл\rпідстанції ""А"", за словами людей"\n'
    "2,20220824,1,7,a,,X,x,y,,,,,34.6,47.5,,0,,0,Взрыв слышали в селе\n"
).encode()
INFO: Final = (
    "viina_version,event_id,event_id_1pd,date,time,geonameid,feature_code,asciiname,ADM1_NAME,ADM1_CODE,ADM2_NAME,"
    "ADM2_CODE,longitude,latitude,GEO_PRECISION,GEO_API,location,address,report_id,source,url,text,lang\n"
    "b,11,1,20220823,13:45,1,PPL,Selo,Kherson,1,R,2,33.4,46.8,ADM3,Yandex,1,x,9,a,https://example.org/a,"
    "Вибух у селі,ua\n"
).encode()
UCDP: Final = (
    b"id,relid,number_of_sources,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,"
    b"latitude,longitude,country,iso3,event_clarity,date_prec,date_start,date_end,side_a,side_b,best,high,low\n"
    b",#meta,#meta,,#meta,,#loc,,#adm1,#geo+lat,#geo+lon,#country,#country,,,#date,#date,#group,#group,#a,,\n"
    b"7,UKR-1,2,Shelling kills two,A source,4,Donetsk oblast,a road,Donetsk oblast,48.14,37.74,Ukraine,UKR,1,2,"
    b"2014-07-11 00:00:00.000,2014-07-13 00:00:00.000,A,B,2,3,1\n"
)
SIRENS: Final = (
    b"oblast,raion,hromada,level,started_at,finished_at,source\n"
    b"Zaporizka oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official\n"
    b"Lubenskyi raion,Poltavska oblast,A,hromada,2022-03-15 16:46:43+00:00,,official\n"
)
CAP: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>UA-1'
    "</identifier><sender>dsns@example.org</sender><sent>2022-08-23T10:00:00+03:00</sent><status>Actual</status>"
    "<msgType>Update</msgType><scope>Public</scope><references>a,b,2022-08-23T09:00:00+03:00</references><info>"
    "<language>uk-UA</language><event>Загроза &amp; вибух</event><certainty>Observed</certainty>"
    "<expires>2022-08-23T12:00:00+03:00</expires><area><areaDesc>x</areaDesc><circle>47.5,34.5 5</circle></area>"
    "<area><areaDesc>y</areaDesc><polygon>47,34 47,35 48,35 47,34</polygon></area></info></alert>"
).encode()
COT: Final = (
    b'<events><event version="2.0" uid="t-1" type="a-u-A-M-F-Q" time="2022-08-23T10:00:00Z" '
    b'start="2022-08-23T10:00:00Z" stale="2022-08-23T10:05:00Z" how="m-g"><point lat="47.51" lon="34.58" hae="50" '
    b'ce="35.5" le="9999999"/><detail><contact callsign="X"/><remarks>seen</remarks></detail></event></events>'
)
DOCUMENTS: Final = (
    '{"reports":[{"report_id":"R-1","kind":"EVENT","interval":["2022-08-23T10:00:00Z","2022-08-23T10:05:00Z"],'
    '"place":"47.5122N 34.5858E","uncertainty_m":200,"what":"SHELLING","who_says":"operator","source":"telephone",'
    '"received_at":"2022-08-23T10:30:00Z","text":"Обстріл","language":"uk",'
    '"grade":{"reliability":"B","credibility":2}}]}'
).encode()
GEOJSON: Final = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","id":"e-1","properties":{"i":"1","d":"2022-08-23",'
    '"t":"Вибух у селі"},"geometry":{"type":"Point","coordinates":[34.5858,47.5122]}},{"type":"Feature","properties":'
    '{"i":2,"d":"2022-08-23 10:00","t":"shelling"},"geometry":{"type":"Polygon","coordinates":'
    "[[[33.36,46.77],[33.38,46.77],[33.38,46.78],[33.36,46.77]]]}}]}"
).encode()
TABLE: Final = "i;d;t;a;o\n1;2022-08-23;Вибух, у селі;47.9;35.2\n2;2022-08-23T10:00:00Z;shelling;47.8;35.1\n".encode()


def _by(name: str) -> Callable[[bytes], Iterable[object]]:
    def read(data: bytes) -> Iterable[object]:
        run = read_feed(("file", data), _OPTIONS, name)
        return chain(run.accepted, run.refused)

    return read


FEED_READERS: Final[tuple[tuple[str, bytes, Callable[[bytes], Iterable[object]]], ...]] = (
    ("feeds: firms", FIRMS, _by("firms")),
    ("feeds: viina", VIINA, _by("viina")),
    ("feeds: viina, reports", INFO, _by("viina")),
    ("feeds: ucdp", UCDP, _by("ucdp")),
    ("feeds: sirens", SIRENS, _by("sirens")),
    ("feeds: cap", CAP, _by("cap")),
    ("feeds: cot", COT, _by("cot")),
    ("feeds: documents", DOCUMENTS, _by("documents")),
    ("feeds: geojson", GEOJSON, _by("geojson")),
    ("feeds: table", TABLE, _by("table")),
)
"""Name, a sample read without a refusal, and what reads it."""
