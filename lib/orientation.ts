/**
 * On which side of a line a point lies, exactly. Two grids that share an edge must agree about a point on it, and
 * rounding would let both claim it or neither; so the sign is computed in floating point only while that is
 * certainly right, and in whole numbers otherwise.
 */

/** Below this, products may have lost digits to underflow, and the bound no longer holds. */
const underflow = 1e-290
/** Shewchuk's bound for the plain determinant: (3 + 16ε)ε with ε = 2^-53. */
const errorBound = (3 + 16 * 2 ** -53) * 2 ** -53

/**
 * 1 when c lies to the left of the line from a to b, -1 to the right, 0 exactly on it. All numbers finite.
 */
// Rule: the filter is stage A of Shewchuk, Adaptive Precision Floating-Point Arithmetic (1997).
export function orientation(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
): -1 | 0 | 1 {
  const left = (ax - cx) * (by - cy)
  const right = (ay - cy) * (bx - cx)
  const determinant = left - right
  if (Math.abs(determinant) > errorBound * (Math.abs(left) + Math.abs(right)) + underflow)
    return determinant > 0 ? 1 : -1
  return exactOrientation([ax, ay, bx, by, cx, cy])
}

type SixNumbers = readonly [number, number, number, number, number, number]

/** Every double is a whole number times a power of two, so with one common power the sum is whole numbers. */
function exactOrientation(numbers: SixNumbers): -1 | 0 | 1 {
  const parts = numbers.map(splitDouble)
  const lowest = Math.min(...parts.map((part) => part.exponent))
  const scaled = parts.map((part) => part.mantissa << BigInt(part.exponent - lowest))
  const [ax = 0n, ay = 0n, bx = 0n, by = 0n, cx = 0n, cy = 0n] = scaled
  const determinant = (ax - cx) * (by - cy) - (ay - cy) * (bx - cx)
  if (determinant === 0n) return 0
  return determinant > 0n ? 1 : -1
}

const bytes = new DataView(new ArrayBuffer(8))

/** The double as mantissa × 2^exponent. */
function splitDouble(value: number): { mantissa: bigint; exponent: number } {
  bytes.setFloat64(0, value)
  const high = bytes.getUint32(0)
  const biased = (high >>> 20) & 0x7ff
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bytes.getUint32(4))
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n)
  return { mantissa: high >>> 31 ? -magnitude : magnitude, exponent: Math.max(biased, 1) - 1075 }
}
