import { cross, tick } from './lines.ts'
import type { Terminal } from './terminal.ts'
import { isRecord } from './values.ts'

/** What one step of a pipeline decided. */
export interface Decision {
  readonly side: 'consumer' | 'provider'
  readonly step: string
  readonly outcome: 'passed' | 'refused' | 'skipped'
  readonly text: { readonly th: string; readonly en: string }
}

/** The decisions in a `Sapan-Decisions` header (JSON in base64url); none when it is absent or not readable. */
export function readDecisions(header: string | string[] | undefined): readonly Decision[] {
  if (typeof header !== 'string') return []
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value.filter(isDecision) : []
  } catch {
    return []
  }
}

/** The decisions, a line each, under the side that made them. */
export function decisionLines(terminal: Terminal, decisions: readonly Decision[]): string[] {
  const sides = {
    consumer: terminal.say({ th: 'ฝั่งผู้ขอ', en: "the consumer's gateway" }),
    provider: terminal.say({ th: 'ฝั่งผู้ให้', en: "the provider's gateway" }),
  }
  const width = Math.max(0, ...decisions.map(({ step }) => step.length))
  const lines: string[] = []
  let side: Decision['side'] | undefined
  for (const decision of decisions) {
    if (decision.side !== side) lines.push(terminal.paint.strong(sides[decision.side]))
    side = decision.side
    lines.push(`  ${decisionLine(terminal, decision, width)}`)
  }
  return lines
}

function decisionLine(terminal: Terminal, { step, outcome, text }: Decision, width: number): string {
  const line = `${step.padEnd(width)}  ${terminal.say(text)}`
  if (outcome === 'passed') return tick(terminal, line)
  return outcome === 'refused' ? cross(terminal, line) : terminal.paint.quiet(`- ${line}`)
}

function isDecision(value: unknown): value is Decision {
  return (
    isRecord(value) &&
    (value.side === 'consumer' || value.side === 'provider') &&
    typeof value.step === 'string' &&
    typeof value.outcome === 'string' &&
    isRecord(value.text)
  )
}
