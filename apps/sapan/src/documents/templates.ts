import { DataNotAccepted, type ReadyTemplate, readyTemplates, shippedTemplates } from '@sapan/documents'
import { type Language, Problem } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { problems } from '../problems.ts'

let ready: ReadonlyMap<string, ReadyTemplate> | undefined

/** The templates of the house with the words of the country. */
export function templates(): ReadonlyMap<string, ReadyTemplate> {
  ready ??= readyTemplates(shippedTemplates, loadCountry().documentWords)
  return ready
}

/** Throws `template-unknown` with those there are. */
export function templateNamed(name: string): ReadyTemplate {
  const found = templates().get(name)
  if (found) return found
  const known = [...templates().keys()].join(', ')
  throw new Problem(problems['template-unknown'], {
    detail: { th: `ไม่มีแบบ ${name} ที่มีคือ ${known}`, en: `there is no ${name}; there are ${known}` },
  })
}

/** Throws `document-data-invalid` with each place that is wrong. */
export function acceptData(template: ReadyTemplate, data: unknown): void {
  try {
    template.accept(data)
  } catch (error) {
    if (!(error instanceof DataNotAccepted)) throw error
    const said = (language: Language) =>
      error.faults.map(({ place, message }) => `${place || '/'} ${message[language]}`).join('; ')
    throw new Problem(problems['document-data-invalid'], {
      detail: { th: said('th'), en: said('en') },
      extensions: { faults: error.faults },
      cause: error,
    })
  }
}
