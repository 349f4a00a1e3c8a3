"""Go's own ways of reading and printing values, as far as the registry's code relies on them."""

from __future__ import annotations

from registry_preflight.pattern import Pattern

INT64_MIN, INT64_MAX, UINT64_MAX = -(1 << 63), (1 << 63) - 1, (1 << 64) - 1

#: More digits than any 64-bit number has in any base; Python refuses to read thousands of them.
_LONGEST = 64

_TRUE = frozenset(("1", "t", "T", "true", "TRUE", "True"))
_FALSE = frozenset(("0", "f", "F", "false", "FALSE", "False"))
_DIGITS = {2: "01", 8: "01234567", 10: "0123456789", 16: "0123456789abcdef"}
_DURATION_PART = Pattern(r"([0-9]*)(?:\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)")
_UNITS = {
    "ns": 1,
    "us": 10**3,
    "\u00b5s": 10**3,
    "\u03bcs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_RUN = "[0-9](?:_?[0-9])*"  # Go takes _ between digits
_FLOAT = Pattern(rf"(?a)[-+]?(?:{_RUN}(?:\.(?:{_RUN})?)?|\.{_RUN})(?:[eE][-+]?{_RUN})?")
_INFINITY = Pattern(r"(?i)([-+]?)(inf|infinity)")
_SCANNED = Pattern(r"[ \t\r]*([-+]?[0-9]+)")
_INF = float("inf")
_BASE64 = Pattern(r"[A-Za-z0-9+/]*={0,2}")
_HEX_FLOAT = Pattern(r"(?a)[-+]?0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][-+]?[0-9]+")


def parse_bool(text: str) -> bool | None:
    """`strconv.ParseBool`: `None` where it answers an error."""
    return True if text in _TRUE else False if text in _FALSE else None


def parse_int(text: str, base: int = 0, *, unsigned: bool = False) -> int | None:
    """`strconv.ParseInt(text, base, 64)`, or `ParseUint`: `None` where it answers an error."""
    sign, digits = "", text
    if not unsigned and text[:1] in ("+", "-"):
        sign, digits = text[0], text[1:]
    if base == 0:
        if "_" in digits:  # Go takes single ones between digits, and behind a prefix
            if digits[0] == "_" or digits[-1] == "_" or "__" in digits:
                return None
            digits = digits.replace("_", "")
        base, digits = _base_of(digits)
    digits = digits.lower()
    if not digits or digits.strip(_DIGITS[base]):
        return None
    digits = digits.lstrip("0") or "0"
    if len(digits) > _LONGEST:
        return None
    number = int(digits, base)
    if unsigned:
        return number if number <= UINT64_MAX else None
    number = -number if sign == "-" else number
    return number if INT64_MIN <= number <= INT64_MAX else None


def _base_of(digits: str) -> tuple[int, str]:
    prefix = digits[:2].lower()
    if prefix in ("0x", "0o", "0b"):
        return {"0x": 16, "0o": 8, "0b": 2}[prefix], digits[2:]
    if len(digits) > 1 and digits[0] == "0":
        return 8, digits[1:]
    return 10, digits


def parse_float(text: str) -> float | None:
    """`strconv.ParseFloat(text, 64)`: `None` where it answers an error, also for numbers too large."""
    if _FLOAT.fullmatch(text):
        number = float(text)
    elif infinity := _INFINITY.fullmatch(text):
        return -_INF if infinity[1] == "-" else _INF
    elif text.lower() == "nan":
        return float("nan")
    elif _HEX_FLOAT.fullmatch(text):
        try:
            number = float.fromhex(text)
        except OverflowError:
            return None
    else:
        return None
    return None if abs(number) == _INF else number


def decode_base64(text: str) -> bytes | None:
    """`base64.StdEncoding.DecodeString`: line breaks are passed over; `None` where it answers an error."""
    from binascii import a2b_base64

    plain = text.replace("\n", "").replace("\r", "")
    if len(plain) % 4 or not _BASE64.fullmatch(plain):
        return None
    return a2b_base64(plain)


def scan_int(text: str) -> int | None:
    """`fmt.Sscanf(text, "%d")` into an int64: leading blanks, a sign, decimal digits; what follows is left alone."""
    match = _SCANNED.match(text)
    return parse_int(match[1], 10) if match else None


def parse_duration(text: str) -> int | None:
    """`time.ParseDuration`, in nanoseconds: `None` where it answers an error."""
    sign = -1 if text[:1] == "-" else 1
    rest = text[1:] if text[:1] in ("+", "-") else text
    if rest == "0":
        return 0
    total, at = 0, 0
    while at < len(rest):
        part = _DURATION_PART.match(rest, at)
        if part is None or not (part[1] or part[2]):
            return None
        unit = _UNITS[part[3]]
        whole, fraction = parse_int(part[1] or "0", 10), (part[2] or "0")[:18]
        if whole is None:
            return None
        total += whole * unit + int(fraction) * unit // 10 ** len(fraction)
        at = part.end()
    if not rest or total > INT64_MAX + (sign < 0):
        return None
    return sign * total


def printed(value: object) -> str:
    """`fmt.Sprint` of a decoded value: what a driver gets that prints whatever it is given."""
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _sprint_float(value)
    if isinstance(value, dict):
        inner = " ".join(
            f"{printed(key)}:{printed(item)}" for key, item in sorted(value.items(), key=lambda kv: str(kv[0]))
        )
        return f"map[{inner}]"
    if isinstance(value, list | tuple):
        return "[" + " ".join(printed(item) for item in value) + "]"
    return str(value)


def _sprint_float(value: float) -> str:
    """Go's %v: the shortest text that reads back the same, with an exponent below 1e-4 and from 1e6 on."""
    if value != value:
        return "NaN"
    if abs(value) == _INF:
        return "+Inf" if value > 0 else "-Inf"
    mantissa, _, exponent = f"{value!r}".partition("e")
    power = int(exponent) if exponent else _power(value)
    if value != 0 and (power < -4 or power >= 6):
        digits, _, _ = _scientific(value).partition("e")
        return f"{digits}e{'-' if power < 0 else '+'}{abs(power):02d}"
    if exponent:
        return f"{value:.0f}" if power > 0 else f"{value:.{len(mantissa.replace('.', '').lstrip('-')) - 1 - power}f}"
    return mantissa.removesuffix(".0")


def _scientific(value: float) -> str:
    for precision in range(17):
        text = f"{value:.{precision}e}"
        if float(text) == value:
            return text
    return f"{value:.17e}"


def _power(value: float) -> int:
    return int(_scientific(value).partition("e")[2])
