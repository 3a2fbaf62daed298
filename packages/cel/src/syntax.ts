import { parse } from '@bufbuild/cel'
import { counted } from '@sapan/kernel'
import { ExpressionFault } from './fault.ts'

type Parsed = ReturnType<typeof parse>

/** A node of CEL's syntax (cel.expr.Expr). */
export type Node = Parsed['expr']

export interface Syntax {
  readonly root: Node
  /** Where a node begins in its text. */
  readonly at: (node: Node) => number
}

const LONGEST = 4000
const DEEPEST_BRACKETS = 32

/** A text as CEL's syntax. Throws `ExpressionFault` with the place: for what is no CEL, too long or too deep. */
export function parseExpression(source: string): Syntax {
  if (source.trim() === '') throw new ExpressionFault({ th: 'นิพจน์ว่าง', en: 'The expression is empty.' }, 0)
  if (source.length > LONGEST)
    throw new ExpressionFault(
      {
        th: `นิพจน์ยาวเกิน ${LONGEST} ตัวอักษร`,
        en: `The expression is longer than ${counted(LONGEST, 'letter')}.`,
      },
      LONGEST,
    )
  refuseDepth(source)
  const { expr, sourceInfo } = parsed(source)
  return { root: expr, at: (node) => sourceInfo?.positions[String(node.id)] ?? 0 }
}

/** Before parsing: the parser goes one step down for each bracket. */
function refuseDepth(source: string): void {
  let depth = 0
  for (const [offset, letter] of [...source].entries()) {
    if ('([{'.includes(letter)) depth += 1
    if (')]}'.includes(letter)) depth -= 1
    if (depth > DEEPEST_BRACKETS)
      throw new ExpressionFault(
        {
          th: `วงเล็บซ้อนกันเกิน ${DEEPEST_BRACKETS} ชั้น`,
          en: `Brackets lie more than ${DEEPEST_BRACKETS} deep.`,
        },
        offset,
      )
  }
}

function parsed(source: string): Parsed {
  try {
    return parse(source)
  } catch (error) {
    const offset = offsetOf(error)
    const found = source.slice(offset, offset + 12).trim()
    const near = found === '' ? { th: 'ท้ายข้อความ', en: 'its end' } : { th: `“${found}”`, en: `“${found}”` }
    throw new ExpressionFault(
      { th: `ไม่เป็นไปตามไวยากรณ์ CEL ใกล้${near.th}`, en: `This is no CEL, near ${near.en}.` },
      offset,
    )
  }
}

/** The parser says where it stopped: `location.start.offset`. */
function offsetOf(error: unknown): number {
  if (!(error instanceof Error) || !('location' in error)) return 0
  const { location } = error
  if (typeof location !== 'object' || location === null || !('start' in location)) return 0
  const { start } = location
  if (typeof start !== 'object' || start === null || !('offset' in start)) return 0
  return typeof start.offset === 'number' ? start.offset : 0
}
