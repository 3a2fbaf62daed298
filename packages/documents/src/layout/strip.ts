import type { Canvas } from './canvas.ts'

/**
 * What a page is filled with: something as wide as its frame that is not parted, such as a line or a table's row.
 * Lengths in points.
 */
export interface Strip {
  readonly height: number
  /** Room wanted above and below. Between two strips the larger one holds; at the top of a page none. */
  readonly before: number
  readonly after: number
  /** Not parted from the next strip by a page's end, where a page can hold both. */
  readonly glued: boolean
  readonly draw: (canvas: Canvas, x: number, top: number) => void
  /** Drawn again above this strip where it begins a page. */
  readonly repeats?: readonly Strip[]
  /** Draws what closes it where it is the first or the last of its page: the outer border of a table. */
  readonly topEdge?: (canvas: Canvas, x: number, y: number) => void
  readonly bottomEdge?: (canvas: Canvas, x: number, y: number) => void
  /** Begins a new page. */
  readonly breakBefore?: boolean
  /** Falls away at the top of a page. */
  readonly disposable?: boolean
}

export const strip = (height: number, draw: Strip['draw'], options: Partial<Strip> = {}): Strip => ({
  height,
  before: 0,
  after: 0,
  glued: false,
  draw,
  ...options,
})

/** The room between two strips that follow each other. */
export const gapBetween = (upper: Strip | undefined, lower: Strip): number =>
  upper ? Math.max(upper.after, lower.before) : 0

/** How high strips are, one under the other, without the room above the first and below the last. */
export function stackHeight(strips: readonly Strip[]): number {
  return strips.reduce((sum, part, index) => sum + gapBetween(strips[index - 1], part) + part.height, 0)
}

/** Draws strips one under the other. */
export function drawStack(strips: readonly Strip[], canvas: Canvas, x: number, top: number): void {
  let y = top
  strips.forEach((part, index) => {
    y += gapBetween(strips[index - 1], part)
    part.draw(canvas, x, y)
    y += part.height
  })
}

/** The strips with room above the first and below the last, where they have less. */
export function withSpacing(strips: readonly Strip[], before = 0, after = 0): Strip[] {
  return strips.map((part, index) => ({
    ...part,
    before: index === 0 ? Math.max(before, part.before) : part.before,
    after: index === strips.length - 1 ? Math.max(after, part.after) : part.after,
  }))
}

/** The strips, the last of them not parted from what follows. */
export const glueLast = (strips: readonly Strip[]): Strip[] =>
  strips.map((part, index) => (index === strips.length - 1 ? { ...part, glued: true } : part))

/** The strips as one that no page's end parts. */
export const glueAll = (strips: readonly Strip[], last = false): Strip[] =>
  strips.map((part, index) => ({ ...part, glued: index < strips.length - 1 || last || part.glued }))
