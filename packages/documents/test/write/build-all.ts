import { dataAttachments } from '../../src/templates/embedded-data.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { readyTemplates } from '../../src/templates/template-set.ts'
import { renderDocument } from '../../src/write/render.ts'
import { everyTemplate } from '../templates/hardest.ts'
import { sha256 } from './sample.ts'

/** Prints the digest of each template's document: run as a process of its own by `same-bytes.test.ts`. */
const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [name, Object.fromEntries(words.map((key) => [key, key]))]),
)
const ready = readyTemplates(shippedTemplates, words)
const setting = {
  created: Date.UTC(2026, 10, 22, 20, 30),
  draft: true,
  checkAddress: 'https://sapan.example/check',
}
const found: Record<string, string> = {}
for (const { name, template, data } of everyTemplate) {
  const attachments = dataAttachments(template, data, setting.created)
  const description = ready.get(template.name)?.describe(data, setting, attachments)
  if (description) found[name] = sha256((await renderDocument(description)).bytes)
}
process.stdout.write(JSON.stringify(found))
