"""Writes inputs compressed by pyliblzfse (from PyPI), which is Apple's reference implementation; lzfse_test.go makes the same bytes."""

import pathlib

import liblzfse

here = pathlib.Path(__file__).parent


def mixed(n):
    """Bytes of a small generator of random numbers: some repeat, some do not."""
    out, state = bytearray(), 1
    while len(out) < n:
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        if state >> 16 & 3 == 0 and len(out) > 40:
            at = state % (len(out) - 20)
            out += out[at : at + 20]
        else:
            out.append(state >> 12 & 63)
    return bytes(out[:n])


for name, data in {"empty": b"", "short": b"abc", "text": b"hello hello hello hello hello, world" * 5, "zeros": bytes(100_000), "mixed": mixed(20_000), "lzvn": mixed(1_500)}.items():
    (here / f"{name}.lzfse").write_bytes(liblzfse.compress(data))
