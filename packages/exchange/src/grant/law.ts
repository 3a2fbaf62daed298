import type { Grant } from './grant.ts'

/** The law of a grant in one line of both languages, as evidence keeps it. */
export function lawInOneLine({ law: { act, section } }: Grant): string {
  return `${act.th} ${section} / ${act.en}, ${section}`
}
