import type { Language } from '@sapan/kernel'

/** One language of a problem's page. */
export interface ProblemText {
  readonly title: string
  /** Markdown below the title. */
  readonly markdown: string
}

export type ProblemSource = Readonly<Record<Language, ProblemText>>

/**
 * Reads `docs/problems/<code>.md`: `# Thai title`, Thai text, a line `---`, `# English title`, English text.
 * Throws when a part or a title is missing: the page would be half a page.
 */
export function readProblemSource(markdown: string): ProblemSource {
  const parts = markdown.replaceAll('\r\n', '\n').split(/^---$/m)
  const [th, en] = parts
  if (parts.length !== 2 || th === undefined || en === undefined)
    throw new Error('a problem page has two parts, Thai and English, with one line --- between them')
  return { th: readPart(th, 'Thai'), en: readPart(en, 'English') }
}

function readPart(part: string, name: string): ProblemText {
  const match = /^\s*# (.+)\n([\s\S]*)$/.exec(part)
  if (match === null) throw new Error(`the ${name} part of a problem page begins with its title: # …`)
  return { title: (match[1] ?? '').trim(), markdown: (match[2] ?? '').trim() }
}
