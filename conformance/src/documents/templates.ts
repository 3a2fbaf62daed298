import { dataAttachments, issueDocument, readyTemplates, shippedTemplates } from '@sapan/documents'
import { loadCountry } from '@sapan/thailand'

/** A template's sample, issued. */
export interface Issued {
  readonly template: string
  readonly bytes: Buffer
}

const setting = { created: Date.UTC(2026, 10, 22, 2), checkAddress: 'https://check.example/' }

/** Every shipped template with its own sample data and the country's words, issued as `sapan document build` does. */
export async function issueSamples(): Promise<Issued[]> {
  const ready = readyTemplates(shippedTemplates, loadCountry().documentWords)
  const issued: Issued[] = []
  for (const [name, { template, describe }] of ready) {
    const attachments = dataAttachments(template, template.sample, setting.created)
    const { bytes } = await issueDocument(describe(template.sample, setting, attachments))
    issued.push({ template: name, bytes: Buffer.from(bytes) })
  }
  return issued
}
