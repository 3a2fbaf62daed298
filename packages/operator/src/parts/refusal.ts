import { type Language, Problem } from '@sapan/kernel'

/** What the API refused of a form, to be said beside a field. Throws what no other input would mend. */
export function refusalOf(error: unknown, language: Language): string {
  if (!(error instanceof Problem) || error.type.status >= 500 || error.type.status === 401) throw error
  const said = (error.detail ?? error.type.title)[language].replace(/\.$/, '')
  return `${said}. ${error.type.next[language]}`
}
