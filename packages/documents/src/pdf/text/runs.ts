/** Text that one operator shows in one piece, as far as no gap goes through it. */
export interface TextRun {
  readonly text: string
  /** Where its first glyph's baseline begins, and where the last one's ends, in user space of the page. */
  readonly x: number
  readonly y: number
  readonly endX: number
  readonly endY: number
  /** The height of an em on the page. */
  readonly size: number
  readonly font: string
  readonly mcid?: number
  /** In marked content that is an artifact: page numbers, rules (ISO 32000-2, 14.8.2.2). */
  readonly artifact?: boolean
  /** Drawn with rendering mode 3: there, but not seen. */
  readonly invisible?: boolean
}

/** Scripts that are written without spaces: a gap inside is no word's end. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/

/** What lies between two runs: a new line, a space that the gap alone stands for, or nothing. */
export function between(before: TextRun, after: TextRun): '' | ' ' | '\n' {
  const em = Math.max(before.size, after.size, 0.01)
  const length = Math.hypot(before.endX - before.x, before.endY - before.y)
  const alongX = length > 0 ? (before.endX - before.x) / length : 1
  const alongY = length > 0 ? (before.endY - before.y) / length : 0
  const dx = after.x - before.endX
  const dy = after.y - before.endY
  const along = dx * alongX + dy * alongY
  const across = Math.abs(dy * alongX - dx * alongY)
  if (across > 0.6 * em || along < -1.5 * em) return '\n'
  if (along <= 0.2 * em) return ''
  const last = before.text.at(-1) ?? ' '
  const first = after.text.at(0) ?? ' '
  if (/\s/.test(last) || /\s/.test(first)) return ''
  return along > em || !(UNSPACED.test(last) || UNSPACED.test(first)) ? ' ' : ''
}

/** The runs in order as text. A line that ends in a hyphen or a space keeps it. */
export function joinRuns(runs: readonly TextRun[]): string {
  let text = ''
  let before: TextRun | undefined
  for (const run of runs) {
    text += before ? between(before, run) + run.text : run.text
    before = run
  }
  return text
}
