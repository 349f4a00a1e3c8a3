"""Values for random configs, as raw YAML: right ones by type, and odd ones that no table would think of."""

from __future__ import annotations

#: Stands for an address on loopback where nobody listens; put in at the very end, so that no mutation can turn it into
#: the address of somebody else.
DEAD = "@DEAD@"
DEAD_ADDRESS = "http://127.0.0.1:9"

#: Values that parse; a failing example shrinks to the first.
ODD = (
    "5", "x", "true", "false", "yes", "no", "on", "off", "y", "n", "Y", "N", "TRUE", "False", "tRUE", "t", "F", "",
    "~", "null", "Null", "nUll", '""', "''", '" "', "0", "1", "-1", "+5", "-0", "25", "100", "5242880", "10485760",
    "5368709121", "1.5", "1.0", "5.", ".5", "0.1", "0.10", "1e+7", "1.0e+7", "-1.5e-3", "0x10", "0X10", "0o17", "017",
    "08", "0b11", "-0b11", "0b2", "1_000", "_1", "1__0", "1_", "0x1_0", ".inf", "-.inf", "+.inf", ".Inf", ".nan",
    ".NaN", ".NAN", "1:30", "190:20:30", "-1:30.5", "2001-12-14", "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43", "2001-1-1", "12h", "7d", "1h30m", "-5s", "10MB", "168h", "1.5h", "5 s",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551616", "99999999999999999999999", '"5"', '"true"', "'yes'", '"0x10"', '"5242880"', '"1_000"',
    "'1e7'", '"~"', '"10MB"', '"12h"', "' 5'", '"5 "', "!!str 5", '!!int "5"', "!!int 5.5", "!!float 5",
    '!!bool "yes"', "!!bool 5", '!!null ""', "!!null x", "!!binary aGk=", "!!binary x", "!!timestamp x", "! 5",
    "! true", "!foo x", "!foo 5", "!!foo 5", "!<tag:yaml.org,2002:int> 5", "!!map {}", "!!seq []", "!!map x",
    "!!set {a}", "!!str {a: b}", "!!str [a]", "!!merge x", "[]", "{}", "[a, b]", "[1]", "[true]", "[[a]]", "[~]",
    "{a: b}", "{5: b}", "{enabled: true}", "{enabled: false}", '{enabled: "true"}', "{rootdirectory: /x}",
    "{disable: true}", "{[a]: b}", "{{a: b}: c}", "{~: b}", "{a: b, a: c}", "{<<: {a: b}}", "{<<: 5}", "{a, b}",
    "[a: b]", "{a: }", "{? a : b}", '{"a":b}', "|-\n x", "|\n x", ">-\n x", "|2\n  x", "|+\n x\n", "| # c\n x",
    "\n x", "x\n y", '"a\\\n b"', "'a\n b'", "\n- a\n- b", "&x", "&x 5", "&x true", "&y", "a #b", "#", "# x", "=",
    "<<", "--- x", "...", "|", ">", "\xe9", "\xa0x", "\U0001f600", '"\\u00e9"', '"\\x41"', '"\\/"', '"\\ud800"',
    "'it''s'", "it's", 'a "b"', "a'b", "\u017ftandard", "\u212aelvin", "a,b", "a]b", "a{b", "a&b", "a*b", "a!b",
    "a|b", "a%b", "a@b", "a:b", "a#b", "/x", "./x", "~/x", "$X", "${X}", "{{ x }}", "<nil>", "-x", "--x", "a\\b",
    "us-east-1", "US-EAST-1", "mars-1", "eu-north-1", "us-gov-west-1", "standard", "STANDARD_IA", "NONE", "private",
    "Private", "public-read", "redis", "inmemory", "filesystem", "s3", "debug", "info", "WARN", "json", "tls1.0",
    "tls1.2", "tls1.3", "htpasswd", "silly", "none", "cloudfront", "redirect", "127.0.0.1:9", DEAD, f"{DEAD}/v3",
    f'"{DEAD}"', "http://[::1", "https://s3.amazonaws.com.invalid", "a b",
)  # fmt: skip

#: Values that are no YAML where a value may stand.
BROKEN = (
    "[a, b", "{a: b", "[a]]", "[, a]", "|x\n y", "- x", "- a\n- b", "@x", "%x", "`x", "*x", '"x', "'x", "a: b", "a:",
    "-", "?", "? x", ":", ": x", ", x", "] x", "} x", "x\ty", "\tx", "x\t", '"\\q"', '"a" b', "'a' 'b'", "::",
)  # fmt: skip

#: Keys of all kinds, to be laid anywhere.
ODD_KEYS = (
    "foo",
    "5",
    "~",
    "true",
    "no",
    '"x y"',
    "'q'",
    "[a]",
    "{a: b}",
    "? x",
    "<<",
    '"<<"',
    "1.5",
    "&k k",
    "*x",
    "!!str k",
    "\u00e9",
    "",
    "a.b",
    "2001-12-14",
    "FOO",
    "_",
    "a_b",
    "!!int 5",
)

_NUMBERS = (
    "100",
    "5242880",
    "10485760",
    "33554432",
    '"10485760"',
    "0xA00000",
    "050000000",
    "10_485_760",
    "+10485760",
    '"0xA00000"',
    "1048576",
    "5368709120",
    "1",
)
_TEXTS = ("x", '"x"', "'x'", "registry", "x y", "!!str 5", '"5"', "a-b.c", "|-\n x", '"a\\tb"')
_BOOLEANS = ("true", "false", "yes", "no", "on", "off", "True", "y", "N")
_TEXT_BOOLEANS = (*_BOOLEANS, '"true"', '"0"', "t", "F", '"T"')
_DURATIONS = (
    "5s",
    "1h30m",
    "0",
    "10",
    "-1s",
    "1.5h",
    '"0"',
    "168h",
    "1000000000",
    "5us",
    "5\u00b5s",
    ".5s",
    "1h 30m",
    "1d",
)
_LISTS = ("[a]", "[a, b]", "[]", "\n- a\n- b", "[5, 6]", "")

#: Right values by the type names of the tables; an unknown type takes text.
BY_TYPE: dict[str, tuple[str, ...]] = {
    "parsebool": _TEXT_BOOLEANS, "bool": _BOOLEANS, "bool-or-false": _BOOLEANS, "strict-bool": _BOOLEANS,
    "int": _NUMBERS, "s3-int": _NUMBERS, "gcs-int": _NUMBERS, "threads-int": _NUMBERS, "strict-int": ("5", "1048576",
        "10485760", "5.0"), "scan-int": _NUMBERS,
    "duration": _DURATIONS, "strict-duration": _DURATIONS, "strings": _LISTS, "strict-strings": _LISTS,
    "header": ("{X-A: [a]}", "{}", "{X-A: }", "\n X-A: [a, b]"), "map": ("{a: b}", "{}", "{a: {b: c}}", "\n a: b"),
        "any": _TEXTS,
    "loglevel": ("info", "debug", "WARN", "error"), "version": ("0.1", '"0.1"', "!!str 0.1", "!!float 0.1"),
        "base64": ("QUFB", "QUFB=", '""'),
    "auth": ("none", "{none: {}}", "{silly: {realm: r, service: s}}", "silly",
        '{htpasswd: {realm: r, path: "@DIR@/htpasswd"}}', "{silly: {}, none: {}}",
        "{token: {realm: r, service: s, issuer: i, rootcertbundle: x}}"),
    "middleware": ("{storage: []}", f"{{storage: [{{name: redirect, options: {{baseurl: {DEAD}}}}}]}}",
        "{storage: [{name: x}]}", "{registry: [{name: x}]}", "{repository: [{name: x}]}", "{storage: }",
        "{x: [{name: x}]}"),
}  # fmt: skip

#: Right values of single settings, where the type alone gives none.
BY_PATH: dict[str, tuple[str, ...]] = {
    "s3.region": ("us-east-1", '"us-west-2"', "!!str eu-west-1"), "s3.regionendpoint": (DEAD, '""', "", "minio:9000",
        "false"), "s3.bucket": ("registry",),
    "filesystem.rootdirectory": ("@DIR@/data", "/x", '""'), "swift.authurl": (f"{DEAD}/v3", f"{DEAD}/v2.0", DEAD,
        f'"{DEAD}/v1"'),
    "swift.authversion": ("3", "2", "1", "0", "4"), "azure.accountkey": ("QUFBQUFBQUFBQUFBQUFBQQ==",),
    "http.addr": ('"127.0.0.1:@PORT@"', "127.0.0.1:@PORT@", ":@PORT@", "localhost:@PORT@", "5000", '"127.0.0.1"'),
        "http.net": ("tcp", '""', "tcp4"), "http.host": ("https://x.example.com", "x", "a:b", ":x"),
    "http.debug.addr": ('"127.0.0.1:0"', '""', "x"), "http.tls.certificate": ('""', "@DIR@/none"),
        "http.tls.minimumtls": ("tls1.2", "tls1.0", "x"),
    "http.tls.letsencrypt.cachefile": ("@DIR@/cache",), "log.formatter": ("text", "json", "logstash", '""', "x"),
        "proxy.remoteurl": ('""', DEAD, "x"),
    "redis.addr": ("127.0.0.1:9", '""'), "health.storagedriver.interval": ("10s", "1000000", "0", "-1s"),
        "compatibility.schema1.signingkeyfile": ('""', "@DIR@/none"),
    "validation.manifests.urls.allow": ('["^https:"]', '["("]', "[a, b]"),
        "validation.manifests.urls.deny": ('["(?!x)"]', '["^http:"]'),
}  # fmt: skip

#: What may stand beside the driver, each with shapes that are right and shapes that are nearly so.
BESIDE: dict[str, tuple[str, ...]] = {
    "delete": ("{enabled: true}", '{enabled: "true"}', "{}", "", "true"),
    "redirect": ("{disable: true}", "{disable: no}", '{disable: "true"}', "{disable: }", "{}", "", "false"),
    "cache": ("{blobdescriptor: inmemory}", "{blobdescriptor: redis}", "{blobdescriptor: x}", "{layerinfo: inmemory}",
        "{layerinfo: redis}", "{}", ""),
    "maintenance": (
        "{readonly: {enabled: true}}", "{readonly: {enabled: x}}", "{readonly: true}", "{readonly: }",
            "{readonly: {}}",
        "{uploadpurging: {enabled: false}}",
            "{uploadpurging: {enabled: true, age: 168h, interval: 24h, dryrun: false}}",
            "{uploadpurging: {enabled: true}}",
        "{uploadpurging: {age: 7d, interval: 24h, dryrun: false}}",
            "{uploadpurging: {age: 1h, interval: 24, dryrun: false}}",
            "{uploadpurging: {age: 1h, interval: 2h, dryrun: x}}",
        "{uploadpurging: false}", "\n readonly:\n  enabled: false", "{}", "",
    ),
    "tag": ("{concurrencylimit: 5}", "{}", ""),
}  # fmt: skip

#: Pieces of variables for what stands beside the driver, and values that fit some of them.
BESIDE_VARIABLES = (
    "DELETE_ENABLED", "REDIRECT_DISABLE", "REDIRECT", "DELETE", "CACHE_BLOBDESCRIPTOR", "MAINTENANCE", "MAINTENANCE_READONLY",
    "MAINTENANCE_READONLY_ENABLED", "MAINTENANCE_UPLOADPURGING", "MAINTENANCE_UPLOADPURGING_ENABLED", "PORT", "SERVICE_HOST",
)  # fmt: skip
BESIDE_VALUES = ("true", "false", "{enabled: true}", "{enabled: false}", "{disable: true}", "redis", "inmemory")

#: Variables that are no setting, and are read by a library or by chance.
SURROUNDINGS = (
    ("AWS_CA_BUNDLE", "@DIR@/none"), ("AWS_CA_BUNDLE", ""), ("AWS_CA_BUNDLE", "@DIR@/config.yml"), ("AWS_REGION", "us-east-1"),
    ("REGISTRY_PORT", "tcp://10.0.0.1:5000"), ("REGISTRY_FOO", "{"),
)  # fmt: skip

VERSIONS = ("0.1", '"0.1"', "0.2", "1", "1.0", "0.10", "v0.1", "0.1.0", '""', "!!str 0.1", ".1")
