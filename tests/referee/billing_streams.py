"""Streams about billing, written by hand: an LDC's SDP that was synchronized, its data, requests, and responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from harness.interface.files import Value, write_file
from harness.interface.instants import Day, Instant, digits, iso
from harness.interface.names import FileName, SetPart
from harness.referee.judgements import Judgement, Outcome
from harness.referee.stream import Delivered, Happening, Loaded, Submitted
from tests.referee.conftest import LAKE, PROFILE, at, delivered, judged, name, opening, submitted

MILL = "100"
BILLING = frozenset({"BILLING-ENERGY", "BILLING-DEMAND", "ODEST", "REPORTS"})
OF_REPORTS = frozenset(f"BRP-{number:02}" for number in range(4, 11))
SINCE = date(2010, 1, 1)
MONDAY, TUESDAY, WEDNESDAY = (Day(date(2011, 1, number)) for number in (10, 11, 12))
FRAMINGS = PROFILE.codes["framing_structure"]
BUCKETS = ("on_peak_wh", "mid_peak_wh", "off_peak_wh", "critical_peak_wh")


def opened(**more: Any) -> Any:
    """Lakeside and Hilltop, and an agent whom both authorise for everything of billing."""
    receive = ("6000", "6100", "6200", "IR03", "IR08", "BR01", "BR03", "BR04", "BR05", "BR06")
    return opening(
        **{
            "receive": receive,
            "submit": ("5000", "8000"),
            "classes": BILLING,
            "price_plan_holidays": frozenset(),
            **more,
        }
    )


def rules(*happenings: Happening, until: Instant | None = None, **more: Any) -> list[str]:
    """The rules of billing that a stream violates, those alone that follow from nothing else."""
    return [each.rule for each in found(*happenings, until=until, **more)]


def found(*happenings: Happening, until: Instant | None = None, reports: bool = False, **more: Any) -> list[Judgement]:
    """The violations of a stream that follow from nothing else.

    :param reports: whether BR01 and BR03 to BR06 are looked at; most streams are of other things, and have none.
    """
    said = judged(opened(**more), *happenings, until=until)
    left_out = frozenset() if reports else OF_REPORTS
    broken = [each for each in said if each.outcome is Outcome.VIOLATED and each.follows is None]
    return [each for each in broken if each.rule not in left_out]


# --- what is synchronized ------------------------------------------------------------------------------------


def synchronized(
    framing: str = "periodic",
    *more: tuple[str, Mapping[str, Value]],
    sdp: str = MILL,
    moment: Instant | None = None,
    number: int = 1,
    status: str = "completed",
    file_type: str = "4000",
) -> list[Any]:
    """An SDP that has a framing structure since 2010, a meter and an account, and the report that it was taken."""
    moment = moment or at("00:00")
    records: list[tuple[str, Mapping[str, Value]]] = [
        ("sdp", {"universal_sdp_id": sdp, "sdp_id": f"SDP {sdp}", "sdp_type": "P"}),
        ("service_agreement", since(sdp, framing_structure=FRAMINGS[framing])),
        ("sdp_to_account", since(sdp, account_id="A1")),
        *more,
    ]
    return [*file_set(records, moment, number, file_type), report_of_set(moment, number, status, file_type)]


def since(sdp: str = MILL, start: date = SINCE, end: date | None = None, **fields: Value) -> Mapping[str, Value]:
    """The fields of a dated record of an SDP."""
    return {"universal_sdp_id": sdp, **fields, "start_date": start, "end_date": end}


def parameter(parameter: str, value: str, start: date = SINCE, sdp: str = MILL) -> tuple[str, Mapping[str, Value]]:
    """A parameter record of an SDP."""
    code = PROFILE.codes["sdp_parameter"][parameter]
    return ("sdp_parameter", since(sdp, start, parameter=code, value=value))


_FILE_OF: Mapping[str, str] = {"sdp": "01", "meter": "01", "service_agreement": "03"}


def file_set(
    records: Sequence[tuple[str, Mapping[str, Value]]], moment: Instant, number: int, file_type: str = "4000"
) -> list[Submitted]:
    """The files of an I-Sync set."""
    files: dict[str, list[tuple[str, Mapping[str, Value]]]] = {f"0{place}": [] for place in range(1, 6)}
    for kind, fields in records:
        files[_FILE_OF.get(kind, "04" if "parameter" in kind else "05")].append((kind, fields))
    listed = [
        ("manifest_entry", {"file_no": each, "segment_no": "01", "record_count": len(some)})
        for each, some in files.items()
    ]
    header: Mapping[str, Value] = {"ldc_org_id": LAKE, "extracted_date_time": moment}
    made = [(each, header, some) for each, some in files.items()]
    made.append(("00", {**header, "sequence_number": number}, listed))
    found = []
    for file_no, head, details in made:
        part = SetPart(f"9{number}", file_no, "01")
        version = PROFILE.file_types[file_type].active
        file_name = FileName(LAKE, LAKE, file_type, version, digits(moment), part)
        found.append(Submitted(LAKE, str(file_name), write_file(PROFILE, file_name, head, details), moment))
    return found


def report_of_set(moment: Instant, number: int, status: str = "completed", file_type: str = "4000") -> Delivered:
    """An IR06 of which the status alone matters here."""
    fields = {
        "file_type": file_type,
        "tx_id": f"9{number}",
        "sequence_number": number,
        "extracted_date_time": moment,
        "status": PROFILE.codes["sync_status"][status],
        "updates": 0,
        "exceptions": 0,
    }
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return delivered(name("IR06", moment), header, [("synchronization_status", fields)], moment)


# --- what is metered -----------------------------------------------------------------------------------------


def metered(
    wh: int = 10,
    start: Day = MONDAY,
    days: int = 1,
    *,
    moment: Instant | None = None,
    status: str = "VAL",
    sdp: str = MILL,
    minutes: int = 60,
    hours: int | None = None,
    varh: int | None = None,
) -> Loaded:
    """Intervals of the same energy, from a day on, for so many days, or hours."""
    number = (24 * days if hours is None else hours) * 60 // minutes
    entry: dict[str, Any] = {
        "universal_sdp_id": sdp,
        "start": f"{start}T00:00:00-05:00",
        "interval_minutes": minutes,
        "wh": [wh] * number,
        "status": status,
    }
    if varh is not None:
        entry["varh"] = [varh] * number
    return Loaded({"intervals": [entry]}, moment or at("01:00", 12))


def read(moment: Instant, reading: int, *, loaded: Instant | None = None, sdp: str = MILL) -> Loaded:
    """A register read."""
    entry = {"universal_sdp_id": sdp, "instant": iso(moment), "reading": reading}
    return Loaded({"register_reads": [entry]}, loaded or at("01:00", 12))


# --- requests and responses ----------------------------------------------------------------------------------


def requested(
    moment: Instant,
    *requests: str,
    sdp: str = MILL,
    start: date = MONDAY,
    end: date = TUESDAY,
    by: str = LAKE,
    cycle: str = "F",
    version: Instant | None = None,
) -> Submitted:
    """Requests for the quantities of an SDP over a period, each by its Request Detail ID; off cycle by default."""
    details = [
        (
            "billing_request",
            {
                "request_detail_id": each,
                "universal_sdp_id": sdp,
                "cycle": cycle,
                "period_start_date": start,
                "period_end_date": end,
                "version_date_time": version,
            },
        )
        for each in requests
    ]
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return submitted(name("5000", moment, LAKE, by), header, details, moment)


def answered(
    moment: Instant,
    request: str | None,
    *rows: Mapping[str, Value],
    file_type: str = "6000",
    status: str = "00",
    sdp: str = MILL,
    start: date = MONDAY,
    end: date = TUESDAY,
    framing: str | None = "periodic",
    to: str = LAKE,
    made: Instant | None = None,
) -> Delivered:
    """A response, of a record for each row of fields; a row may have its own sub-period, framing and status."""
    kinds = {"6000": "energy_response", "6100": "hourly_response", "6200": "demand_response"}
    head = {
        "request_detail_id": request,
        "universal_sdp_id": sdp,
        "period_start_date": start,
        "period_end_date": end,
        "sub_period_start_date": start,
        "sub_period_end_date": end,
        "framing_structure": None if framing is None else FRAMINGS[framing],
        "transaction_status": status,
    }
    blank = dict.fromkeys(_quantities(file_type))
    details = [(kinds[file_type], {**blank, **head, **row}) for row in rows or ({},)]
    header = {"ldc_org_id": LAKE, "created_date_time": made or moment}
    return delivered(name(file_type, made or moment, LAKE, to), header, details, moment)


def _quantities(file_type: str) -> list[str]:
    if file_type == "6000":
        return [*BUCKETS, "total_wh"]
    if file_type == "6200":
        return ["peak_w", "peak_va"]
    return ["day", *(f"hour_{hour:02}_wh" for hour in range(1, 25))]


def hours(day: date, wh: int = 10) -> Mapping[str, Value]:
    """The 24 hours of a day, all alike."""
    return {"day": day, **{f"hour_{hour:02}_wh": wh for hour in range(1, 25)}}
