import { Compile } from 'typebox/compile'
import type { Attachment, DocumentDescription } from '../layout/description.ts'
import { type DataFault, dataFaults } from './data-fault.ts'
import type { DocumentTemplate, TemplateSetting, Words } from './template.ts'

/** Data that a template does not take. */
export class DataNotAccepted extends Error {
  readonly template: string
  readonly faults: readonly DataFault[]

  constructor(template: string, faults: readonly DataFault[]) {
    super(`${template}: ${faults.map(({ place, message }) => `${place || '/'} ${message.en}`).join('; ')}`)
    this.template = template
    this.faults = faults
  }
}

/** A template with the words that it was given, ready to be used. */
export interface ReadyTemplate {
  readonly template: DocumentTemplate
  /** Throws `DataNotAccepted`. */
  accept(data: unknown): void
  /** The document for this data, with these attachments. Throws `DataNotAccepted`. */
  describe(data: unknown, setting: TemplateSetting, attachments: readonly Attachment[]): DocumentDescription
}

const mostFaults = 20

/**
 * Templates by name, each with its words. Throws RangeError where a word is missing, so that a country pack that lacks
 * one does not load instead of issuing a document with a gap.
 */
export function readyTemplates(
  templates: readonly DocumentTemplate[],
  words: Readonly<Record<string, Words>>,
): ReadonlyMap<string, ReadyTemplate> {
  return new Map(templates.map((template) => [template.name, ready(template, words[template.name] ?? {})]))
}

function ready(template: DocumentTemplate, words: Words): ReadyTemplate {
  const missing = template.words.filter((key) => words[key] === undefined)
  if (missing.length > 0) throw new RangeError(`${template.name} has no words for ${missing.join(', ')}`)
  const checker = Compile(template.schema)
  const accept = (data: unknown): void => {
    if (checker.Check(data)) return
    const faults = dataFaults(checker.Errors(data)).slice(0, mostFaults)
    throw new DataNotAccepted(template.name, faults)
  }
  return {
    template,
    accept,
    describe: (data, setting, attachments) => {
      accept(data)
      const described = template.describe(data, words, setting)
      return {
        ...described,
        created: setting.created,
        ...(setting.draft && { watermark: 'ร่าง' }),
        attachments: [...(described.attachments ?? []), ...attachments],
        metadata: { template: template.name, templateVersion: String(template.version) },
      }
    },
  }
}
