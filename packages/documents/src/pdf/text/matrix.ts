/** [a b c d e f] of ISO 32000-2, 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** First `m`, then `n`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ]
}

/** Six numbers; what isn't one is as in the identity. */
export function matrixOf(items: readonly unknown[]): Matrix {
  return [
    at(items, 0, 1),
    at(items, 1, 0),
    at(items, 2, 0),
    at(items, 3, 1),
    at(items, 4, 0),
    at(items, 5, 0),
  ]
}

function at(items: readonly unknown[], index: number, usual: number): number {
  const item = items[index]
  return typeof item === 'number' ? item : usual
}

/** First a move by x and y, then `m`. */
export function translate(x: number, y: number, m: Matrix): Matrix {
  return [m[0], m[1], m[2], m[3], x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]]
}
