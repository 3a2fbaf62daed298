import { type CheckId, checkTexts } from '../texts/checks.ts'
import { type FindingCode, findingTexts } from '../texts/findings.ts'
import type { Check, Finding } from './report.ts'

/** Checks in the order in which they were made; what fails stays failed. */
export class Checks {
  readonly #checks = new Map<CheckId, Check>()

  add(id: CheckId, passed: boolean, detail?: string): boolean {
    const before = this.#checks.get(id)
    if (before && !before.passed) return passed
    const text = checkTexts[id][passed ? 'holds' : 'fails']
    this.#checks.set(id, { id, passed, text, ...(detail ? { detail } : {}) })
    return passed
  }

  list(): Check[] {
    return [...this.#checks.values()]
  }
}

const severities: Partial<Record<FindingCode, Finding['severity']>> = {
  'no-signature': 'note',
  'too-much-work': 'error',
  unreadable: 'error',
  encrypted: 'error',
  'detached-file-missing': 'error',
  'detached-file-unused': 'error',
  'embedded-differs': 'error',
  'key-usage-signing-only': 'note',
  'timestamp-missing': 'note',
  'look-unchecked': 'note',
  'prepared-content': 'note',
  'signature-removed': 'error',
  'counter-signature': 'note',
}

export function finding(code: FindingCode, detail?: string): Finding {
  const severity = severities[code] ?? 'warning'
  return { code, severity, text: findingTexts[code], ...(detail ? { detail } : {}) }
}
