/** A part of the zone: line, first character and the one after the last. */
export type Place = readonly [line: number, from: number, to: number]

export type Part = 'number' | 'birth' | 'expiry' | 'optional' | 'composite'

/** Where a document has what, and over what its check digits are (ICAO 9303-4, -5, -6). */
export interface Layout {
  readonly lines: number
  readonly length: number
  readonly state: Place
  readonly nationality: Place
  readonly number: Place
  readonly birth: Place
  readonly expiry: Place
  /** The personal number of a passport, whose check digit may be `<` where there is none. */
  readonly optional?: Place
  /** What the last check digit is over, and where it stands. */
  readonly composite: { readonly over: readonly Place[]; readonly at: Place }
}

const second = (from: number, to: number): Place => [1, from, to]

/** ICAO 9303-4 §4.2: passports. */
const td3: Layout = {
  lines: 2,
  length: 44,
  state: [0, 2, 5],
  nationality: second(10, 13),
  number: second(0, 9),
  birth: second(13, 19),
  expiry: second(21, 27),
  optional: second(28, 42),
  composite: { over: [second(0, 10), second(13, 20), second(21, 43)], at: second(43, 44) },
}

/** ICAO 9303-6 §4.2. */
const td2: Layout = {
  lines: 2,
  length: 36,
  state: [0, 2, 5],
  nationality: second(10, 13),
  number: second(0, 9),
  birth: second(13, 19),
  expiry: second(21, 27),
  composite: { over: [second(0, 10), second(13, 20), second(21, 35)], at: second(35, 36) },
}

/** ICAO 9303-5 §4.2: cards. */
const td1: Layout = {
  lines: 3,
  length: 30,
  state: [0, 2, 5],
  nationality: second(15, 18),
  number: [0, 5, 14],
  birth: second(0, 6),
  expiry: second(8, 14),
  composite: { over: [[0, 5, 30], second(0, 7), second(8, 15), second(18, 29)], at: second(29, 30) },
}

const layouts: readonly Layout[] = [td3, td2, td1]

/** The layout of lines of that number and length; undefined where no document has such. */
export function layoutOf(lines: readonly string[]): Layout | undefined {
  return layouts.find(
    (one) => one.lines === lines.length && lines.every((line) => line.length === one.length),
  )
}

export function at(lines: readonly string[], [line, from, to]: Place): string {
  return lines[line]?.slice(from, to) ?? ''
}

/** The check digit stands right after its part. */
export function digitAfter(lines: readonly string[], [line, , to]: Place): string {
  return lines[line]?.[to] ?? ''
}
