import { nextStep } from './lines.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

export interface Shown {
  readonly heading: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Said in place of the table when there is nothing yet, with the next step in it. */
  readonly empty: { readonly th: string; readonly en: string }
  readonly next?: string
}

/** A list as JSON, or as a table with the next step beneath; a first-time text where it is empty. */
export function showList(terminal: Terminal, json: boolean | undefined, value: unknown, shown: Shown): void {
  if (json) terminal.out(JSON.stringify(value, null, 2))
  else if (shown.rows.length === 0) terminal.out(terminal.say(shown.empty))
  else {
    for (const line of table(shown.heading, shown.rows)) terminal.out(line)
    if (shown.next !== undefined) terminal.note(nextStep(terminal, shown.next))
  }
}

/** A thing done as JSON, or as its lines. */
export function showDone(
  terminal: Terminal,
  json: boolean | undefined,
  value: unknown,
  lines: readonly string[],
): void {
  if (json) terminal.out(JSON.stringify(value ?? {}, null, 2))
  else for (const line of lines) terminal.out(line)
}

/** A moment as people of the language write it; Thai with the year of the Buddhist era. */
export function showTime(terminal: Terminal, at: string | number | undefined): string {
  if (at === undefined) return ''
  const locale = terminal.language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB'
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'Asia/Bangkok',
  }).format(new Date(at))
}
