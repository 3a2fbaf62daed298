import { documentProblem } from '../problems.ts'
import { codeParts } from '../text/line-breaks.ts'
import type { Atom } from './atoms.ts'

/** Atoms that stand in one line. `width` is without the spaces at its end. */
export interface Line {
  readonly atoms: readonly Atom[]
  readonly width: number
  /** The last of its paragraph, or before a forced line end: never stretched. */
  readonly last: boolean
}

/** How far spaces and the gaps between Thai clusters stretch before a line looks loose: parts of the size. */
const SPACE_STRETCH = 0.18
const GAP_STRETCH = 0.025
const SPACE_SHRINK = 0.05

/** Wider gaps would be read as spaces (poppler takes a tenth of the size for one): the spaces take the rest, or the line stays short. */
const WIDEST_GAP = 0.085
const WIDEST_SPACE = 1.5

/**
 * Fills lines. With `even` by the least sum of looseness over the paragraph (Knuth and Plass 1981), so that no line
 * pays for its neighbours; else each line takes what fits.
 */
export function fitLines(atoms: readonly Atom[], first: number, other: number, even: boolean): Line[] {
  const lines: Line[] = []
  let start = 0
  for (let index = 0; index <= atoms.length; index++) {
    if (index < atoms.length && !atoms[index]?.lineEnd) continue
    const room = Math.min(first, other)
    const part = partedChains(splitWide(atoms.slice(start, index), room), room)
    const firstWidth = start === 0 ? first : other
    lines.push(...(even ? evenLines(part, firstWidth, other) : greedyLines(part, firstWidth, other)))
    start = index + 1
  }
  return lines
}

function lineOf(atoms: readonly Atom[], last: boolean): Line {
  let end = atoms.length
  while (end > 0 && atoms[end - 1]?.space) end--
  let width = 0
  for (let index = 0; index < end; index++) width += atoms[index]?.width ?? 0
  return { atoms, width, last }
}

/** Two words with a space before the end of the line would leave it hanging; a small overrun is rounding. */
const ROUNDING = 0.01

function greedyLines(atoms: readonly Atom[], first: number, other: number): Line[] {
  const lines: Line[] = []
  let start = 0
  let mayEnd = -1
  let width = 0
  for (let index = 0; index < atoms.length; index++) {
    const atom = atoms[index]
    if (!atom) break
    const room = (lines.length === 0 ? first : other) + ROUNDING
    if (!atom.space && width + atom.width > room && mayEnd > start) {
      lines.push(lineOf(atoms.slice(start, mayEnd), false))
      start = mayEnd
      width = 0
      for (let at = start; at < index; at++) width += atoms[at]?.width ?? 0
    }
    width += atom.width
    if (atom.breakAfter) mayEnd = index + 1
  }
  lines.push(lineOf(atoms.slice(start), true))
  return lines
}

interface Sums {
  readonly width: Float64Array
  readonly spaces: Float64Array
  readonly gaps: Float64Array
}

function sumsOf(atoms: readonly Atom[]): Sums {
  const sums = {
    width: new Float64Array(atoms.length + 1),
    spaces: new Float64Array(atoms.length + 1),
    gaps: new Float64Array(atoms.length + 1),
  }
  atoms.forEach((atom, index) => {
    const size = atom.look.size
    sums.width[index + 1] = (sums.width[index] ?? 0) + atom.width
    sums.spaces[index + 1] = (sums.spaces[index] ?? 0) + (atom.space ? size : 0)
    sums.gaps[index + 1] = (sums.gaps[index] ?? 0) + (atom.space ? 0 : atom.shaped.gaps.length * size)
  })
  return sums
}

function evenLines(atoms: readonly Atom[], first: number, other: number): Line[] {
  const sums = sumsOf(atoms)
  const cost = new Float64Array(atoms.length + 1).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(atoms.length + 1)
  cost[0] = 0
  const ends = [0]
  for (let end = 1; end <= atoms.length; end++) {
    if (end < atoms.length && !atoms[end - 1]?.breakAfter) continue
    for (let at = ends.length - 1; at >= 0; at--) {
      const start = ends[at] ?? 0
      const room = start === 0 ? first : other
      const badness = looseness(atoms, sums, start, end, room)
      if (badness === undefined) {
        if (at < ends.length - 1) break
        // Nothing fits: one atom wider than the line, which only `nowrap` makes.
        cost[end] = Math.min(cost[end] ?? 0, (cost[start] ?? 0) + 1e6)
        from[end] = start
        break
      }
      const total = (cost[start] ?? 0) + badness
      if (total < (cost[end] ?? 0)) {
        cost[end] = total
        from[end] = start
      }
    }
    ends.push(end)
  }
  const lines: Line[] = []
  for (let end = atoms.length; end > 0; end = from[end] ?? 0)
    lines.unshift(lineOf(atoms.slice(from[end] ?? 0, end), end === atoms.length))
  return lines.length > 0 ? lines : [lineOf([], true)]
}

/** How bad it is to set these atoms as one line; undefined where they don't fit. */
function looseness(
  atoms: readonly Atom[],
  sums: Sums,
  start: number,
  end: number,
  room: number,
): number | undefined {
  let stop = end
  while (stop > start && atoms[stop - 1]?.space) stop--
  const missing = room - between(sums.width, start, stop)
  const spaces = between(sums.spaces, start, stop)
  if (missing < -spaces * SPACE_SHRINK - ROUNDING) return undefined
  // A last line is not stretched; one of a single short word looks lost.
  if (end === atoms.length) return missing > room * 0.88 && start > 0 ? 120 : 0
  const stretch = spaces * SPACE_STRETCH + between(sums.gaps, start, stop) * GAP_STRETCH + 0.5
  const ratio = missing >= 0 ? missing / stretch : (-missing / (spaces * SPACE_SHRINK + 0.01)) * 0.8
  // Past what looks good every further point still counts: else a single word would be as good as half a line.
  return 10 + Math.min(100 * ratio ** 3, 20_000) + (ratio > 3 ? missing * 100 : 0)
}

const between = (sums: Float64Array, start: number, stop: number): number =>
  (sums[stop] ?? 0) - (sums[start] ?? 0)

/** A word wider than the line is parted where an address would be, or else between its clusters. */
function splitWide(atoms: readonly Atom[], room: number): Atom[] {
  const isWide = (atom: Atom) => atom.width > room + ROUNDING && !atom.space
  return atoms.flatMap((atom) => {
    if (!isWide(atom)) return [atom]
    const parts = cutAt(atom, codeParts(atom.shaped.text)).flatMap((part) =>
      isWide(part) ? clusters(part) : [part],
    )
    const wide = parts.find(isWide)
    if (wide) throw tooNarrow(wide, room)
    return parts
  })
}

function tooNarrow({ shaped, width }: Atom, room: number) {
  const wide = Math.ceil((width / 72) * 25.4)
  const free = Math.max(0, Math.floor((room / 72) * 25.4))
  return documentProblem('document-place-too-narrow', {
    detail: {
      en: `“${shaped.text}” is ${wide} mm wide; there are ${free} mm for it.`,
      th: `“${shaped.text}” กว้าง ${wide} มม. แต่มีที่ ${free} มม.`,
    },
  })
}

/** Where what should stay together is wider than a line, it is parted after all. */
function partedChains(atoms: readonly Atom[], room: number): Atom[] {
  const parted = [...atoms]
  let width = 0
  for (const [index, atom] of atoms.entries()) {
    const before = parted[index - 1]
    if (before && width + atom.width > room && !atom.space && !before.breakAfter) {
      parted[index - 1] = { ...before, breakAfter: true }
      width = 0
    }
    width = atom.breakAfter ? 0 : width + atom.width
  }
  return parted
}

const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' })

function clusters(atom: Atom): Atom[] {
  return cutAt(
    atom,
    Array.from(graphemes.segment(atom.shaped.text), ({ segment }) => segment),
  )
}

function cutAt(atom: Atom, parts: readonly string[]): Atom[] {
  return parts.map((text, index) => {
    const shaped = atom.look.typeface.shape(text)
    return {
      ...atom,
      shaped,
      width: (shaped.width * atom.look.size) / 1000,
      breakAfter: index < parts.length - 1 || atom.breakAfter,
    }
  })
}

/** 1 where a gap would open before the first cluster of the line, 0 where not. */
export const leadingGaps = (line: Line): number => (line.atoms[0]?.shaped.gaps[0] === 0 ? 1 : 0)

/** Points to add to each space and to each gap so that the line is as wide as `room`. */
export function stretchOf(line: Line, room: number): { space: number; gap: number } {
  const missing = room - line.width
  let end = line.atoms.length
  while (end > 0 && line.atoms[end - 1]?.space) end--
  const atoms = line.atoms.slice(0, end)
  const spaces = atoms.filter((atom) => atom.space).reduce((sum, atom) => sum + atom.shaped.text.length, 0)
  const gaps = atoms.reduce((sum, { shaped }) => sum + shaped.gaps.length, -leadingGaps(line))
  const size = atoms[0]?.look.size ?? 0
  if (missing <= 0) return { space: spaces > 0 ? missing / spaces : 0, gap: 0 }
  const ratio = missing / (spaces * SPACE_STRETCH * size + gaps * GAP_STRETCH * size || 1)
  const gap = Math.min(ratio * GAP_STRETCH, WIDEST_GAP) * size
  const rest = missing - gap * gaps
  const space = spaces > 0 ? rest / spaces : 0
  if (space > size * WIDEST_SPACE) return { space: size * SPACE_STRETCH, gap: 0 }
  return { space, gap }
}
