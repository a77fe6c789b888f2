#!/usr/bin/python3
"""Prints the answers nginx gives itself, as named locations for nginx.conf: one table, two forms of each answer.

@grpc_NAME is a gRPC answer without a body (status and google.rpc.Status in headers), @rest_NAME the same as JSON, in
the gateway's form. A client so meets one shape of error whether a service, the gateway or the edge answers.
"""

import base64
import json

# name: (HTTP status, google.rpc.Code, reason, Vietnamese, English, seconds after which to try again or None)
ERRORS = {
    "unavailable": (503, 14, "EDGE_SERVICE_UNAVAILABLE",
                    "Dịch vụ tạm thời không sẵn sàng, hãy thử lại sau giây lát",
                    "The service is unavailable, try again shortly", 1),
    "too_large": (413, 8, "EDGE_REQUEST_TOO_LARGE", "Yêu cầu lớn hơn 4 MiB", "The request is larger than 4 MiB", None),
    "rate": (429, 8, "EDGE_RATE_LIMITED", "Quá nhiều yêu cầu, hãy gửi chậm lại", "Too many requests, slow down", 1),
    "unknown": (404, 12, "EDGE_SERVICE_UNKNOWN", "Không có dịch vụ này", "No such service here", None),
    "malformed": (400, 3, "EDGE_REQUEST_MALFORMED", "Yêu cầu HTTP không hợp lệ hoặc phần đầu quá lớn",
                  "The request is not valid HTTP or its header is too large", None),
}
NAMES = {3: "INVALID_ARGUMENT", 8: "RESOURCE_EXHAUSTED", 12: "UNIMPLEMENTED", 14: "UNAVAILABLE"}
TYPES = "type.googleapis.com/google.rpc."


def details(reason, vi, en, retry):
    """The details of the error: (message name, JSON fields, wire fields by number)."""
    yield "ErrorInfo", {"reason": reason, "domain": "edge.thidua"}, [(1, reason), (2, "edge.thidua")]
    yield "LocalizedMessage", {"locale": "vi", "message": vi}, [(1, "vi"), (2, vi)]
    yield "LocalizedMessage", {"locale": "en", "message": en}, [(1, "en"), (2, en)]
    if retry:
        yield "RetryInfo", {"retry_delay": f"{retry}s"}, [(1, varint_field(1, retry))]


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def varint_field(number, value):
    return varint(number << 3) + varint(value)


def bytes_field(number, value):
    raw = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(raw)) + raw


def main():
    for name, (http, code, reason, vi, en, retry) in ERRORS.items():
        shown = {"code": http, "status": NAMES[code], "message": en, "details": []}
        wire = varint_field(1, code) + bytes_field(2, en)
        for message, fields, wire_fields in details(reason, vi, en, retry):
            shown["details"].append({"@type": TYPES + message, **fields})
            packed = b"".join(bytes_field(*field) for field in wire_fields)
            wire += bytes_field(3, bytes_field(1, TYPES + message) + bytes_field(2, packed))
        body = json.dumps({"error": shown}, ensure_ascii=False)
        binary = base64.b64encode(wire).decode().rstrip("=")
        after = f"  add_header Retry-After {retry} always;\n" if retry else ""
        print(f"location @grpc_{name} {{\n  internal;\n  default_type application/grpc;\n"
              f"  add_header X-Request-Id $thidua_request_id always;\n"
              f"  add_header grpc-status {code} always;\n  add_header grpc-message \"{en}\" always;\n"
              f"  add_header grpc-status-details-bin \"{binary}\" always;\n  return 204;\n}}\n"
              f"location @rest_{name} {{\n  internal;\n  default_type application/json;\n"
              f"  add_header X-Request-Id $thidua_request_id always;\n{after}"
              f"  return {http} '{body}';\n}}")


if __name__ == "__main__":
    main()
