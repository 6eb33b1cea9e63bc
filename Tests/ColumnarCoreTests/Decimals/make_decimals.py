"""Writes what DecimalGoldenTests expects, with Python's decimal: `make_decimals.py OUT [SEED]`.

A line is an operation, its operands and its result, or `-` where the result does not fit."""
import decimal
import random
import struct
import sys
from decimal import Decimal

EXACT = decimal.Context(prec=400, Emax=10**6, Emin=-(10**6), rounding=decimal.ROUND_HALF_UP)


def shape(rng):
    precision = rng.choice([1, 2, 3, 5, 9, 10, 18, 19, 20, 29, 37, 38])
    return precision, rng.choice([0, precision, rng.randint(0, precision), min(2, precision)])


def value(rng, precision, scale):
    top = 10**precision - 1
    whole = rng.choice([0, 1, -1, 5, -5, top, -top, rng.randint(-top, top),
                        rng.randint(-top, top) % 1000, rng.randint(-9, 9) * 10**(precision - 1)])
    whole = max(-top, min(top, whole))
    return Decimal(whole).scaleb(-scale, EXACT)


def fitted(number, precision, scale, rounding=decimal.ROUND_HALF_UP):
    """The number at that scale as text, or `-`."""
    rounded = number.quantize(Decimal(1).scaleb(-scale), rounding=rounding, context=EXACT) \
        if number.is_finite() else None
    if rounded is None or rounded.scaleb(scale, EXACT).copy_abs() >= 10**precision:
        return "-"
    # Zero has no sign.
    return f"{rounded.copy_abs() if rounded == 0 else rounded:f}"


def arithmetic(rng):
    op = rng.choice(["+", "-", "*", "div", "%"])
    (p, s), (q, t) = shape(rng), shape(rng)
    a, b = value(rng, p, s), value(rng, q, t)
    if op in "+-":
        scale = max(s, t)
        precision = min(38, max(p - s, q - t) + 1 + scale)
    elif op == "*":
        scale = s + t
        if scale > 38:
            return None
        precision = min(38, max(1, p + q))
    elif op == "div":
        scale, precision = 0, min(38, max(1, p - s + t))
    else:
        scale = max(s, t)
        precision = max(1, min(p - s, q - t) + scale)
        if precision > 38:
            precision = 38
    result = "-"
    if op in ("+", "-", "*"):
        exact = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}[op](a, b)
        result = fitted(exact, precision, scale)
    elif b != 0:
        exact = EXACT.divide_int(a, b) if op == "div" else EXACT.remainder(a, b)
        result = fitted(exact, precision, scale)
    # Both sides are brought to one scale first, in 127 bits.
    if op != "*":
        scale = max(s, t)
        for side in (a, b):
            if not -2**127 <= int(side.scaleb(scale, EXACT)) < 2**127:
                result = "-"
    return f"{op} {p} {s} {a:f} {q} {t} {b:f} {precision} {0 if op == 'div' else max(s, t) if op != '*' else s + t} {result}"


def cast(rng):
    (p, s), (q, t) = shape(rng), shape(rng)
    a = value(rng, p, s)
    return f"cast {p} {s} {a:f} {q} {t} {fitted(a, q, t)}"


def double(rng):
    q, t = shape(rng)
    number = rng.choice([
        rng.random(), rng.uniform(-1000, 1000), rng.randint(-10**6, 10**6) / 8, 0.5, -0.5, 2.5, 0.125,
        1.005, -0.0, 1e-320, 2.0**-1022, 1e22, 2.0**126, 1e37, 9.999999999999999e37, 1e38, 1e300,
        float("inf"), float("nan"), struct.unpack(">d", rng.randbytes(8))[0]])
    bits = struct.pack(">d", number).hex()
    return f"from {bits} {q} {t} {fitted(Decimal(number), q, t)}"


def real(rng):
    p, s = shape(rng)
    a = value(rng, p, s)
    return f"to {p} {s} {a:f} {struct.pack('>d', float(a) + 0.0).hex()}"


def compare(rng):
    (p, s), (q, t) = shape(rng), shape(rng)
    a = value(rng, p, s)
    b = rng.choice([value(rng, q, t), a])
    if b is a:
        q, t = p, s
        if p < 38 and rng.random() < 0.7:
            q, t = p + 1, s + 1
    return f"compare {p} {s} {a:f} {q} {t} {b:f} {int(EXACT.compare(a, b))}"


def text(rng):
    q, t = shape(rng)
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice([1, 2, 5, 19, 37, 38, 45])))
    cut = rng.randint(0, len(digits))
    written = rng.choice(["", "-", "+"]) + digits[:cut] + rng.choice(["", "."]) + digits[cut:] + \
        rng.choice(["", "", "", "e3", "E-2", "e+10", "e-40", "e60"])
    return f"parse {written} {q} {t} {fitted(Decimal(written), q, t)}"


def rounded(rng):
    p, s = shape(rng)
    a = value(rng, p, s)
    how = rng.choice(["round", "floor", "ceil"])
    digits = rng.choice([0, 1, 2, -1, -3, s - 1, -38]) if how == "round" else 0
    mode = {"round": decimal.ROUND_HALF_UP, "floor": decimal.ROUND_FLOOR,
            "ceil": decimal.ROUND_CEILING}[how]
    kept = a.quantize(Decimal(1).scaleb(-min(digits, s)), rounding=mode, context=EXACT)
    return f"{how} {p} {s} {a:f} {digits} {fitted(Decimal(f'{kept:f}'), p, s)}"


def main():
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    with open(sys.argv[1], "w") as target:
        for make, count in [(arithmetic, 900), (cast, 400), (double, 400), (real, 300),
                            (compare, 300), (text, 300), (rounded, 300)]:
            for _ in range(count):
                line = make(rng)
                if line:
                    target.write(line + "\n")


main()
