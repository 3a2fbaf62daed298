import { describe, expect, test } from 'vitest'
import type { Attachment } from '../../src/layout/description.ts'
import { openPdf } from '../../src/pdf/index.ts'
import { agreementOf } from '../../src/templates/agreement.ts'
import { dataAttachments } from '../../src/templates/embedded-data.ts'
import { externalLetter } from '../../src/templates/external-letter.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { type ReadyTemplate, readyTemplates } from '../../src/templates/template-set.ts'
import { issueDocument } from '../../src/write/render.ts'

/** Words that can be printed, each its own. */
const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [
    name,
    Object.fromEntries(words.map((key) => [key, `คำ ${key}`])),
  ]),
)
const ready = readyTemplates(shippedTemplates, words)
const created = Date.UTC(2026, 10, 22)

function find(name: string): ReadyTemplate {
  const found = ready.get(name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

async function issued(
  name: string,
  data: unknown,
  attachments: readonly Attachment[],
  checkAddress?: string,
) {
  const setting = { created, ...(checkAddress !== undefined && { checkAddress }) }
  const { bytes } = await issueDocument(find(name).describe(data, setting, attachments))
  return agreementOf(openPdf(bytes), ready)
}

describe('what a document says inside and what its pages show', () => {
  test.each(shippedTemplates.map((template) => [template.name, template] as const))(
    'agree in %s',
    async (name, template) => {
      const attachments = dataAttachments(template, template.sample, created)
      const { version, sample } = template
      const expected = { template: name, version, data: sample, differences: [] }
      expect(await issued(name, sample, attachments)).toEqual(expected)
      expect(await issued(name, sample, attachments, 'https://sapan.example/check')).toEqual(expected)
    },
  )

  const { sample } = externalLetter
  const other = { ...sample, subject: 'ขออนุมัติจ่ายเงิน 9,000,000 บาท' }

  test('differ where the data says another subject than the page, and the place is told', async () => {
    const found = await issued('external-letter', sample, dataAttachments(externalLetter, other, created))
    expect(found?.differences).toEqual([
      {
        kind: 'page',
        expected: expect.stringMatching(/^ขออนุมัติจ่ายเงิน|^อนุมัติ/),
        shown: expect.stringMatching(/ความอนุเคราะห์/),
      },
    ])
  })

  test('differ where the two copies inside do', async () => {
    const [json] = dataAttachments(externalLetter, sample, created)
    const [, xml] = dataAttachments(externalLetter, other, created)
    if (!json || !xml) throw new Error('there are two attachments')
    expect((await issued('external-letter', sample, [json, xml]))?.differences).toEqual([{ kind: 'copies' }])
    expect((await issued('external-letter', sample, [json]))?.differences).toEqual([{ kind: 'no-xml' }])
    const broken = { ...xml, bytes: new TextEncoder().encode('<document/>') }
    expect((await issued('external-letter', sample, [json, broken]))?.differences).toEqual([
      { kind: 'no-xml' },
    ])
  })

  test('are not compared by another version of the template', async () => {
    const older = { ...externalLetter, version: 99 }
    const found = await issued('external-letter', sample, dataAttachments(older, sample, created))
    expect(found).toMatchObject({ version: 99, differences: [{ kind: 'version' }] })
  })

  test('say so where the data is none that the template takes', async () => {
    const found = await issued(
      'external-letter',
      sample,
      dataAttachments(externalLetter, { subject: 'x' }, created),
    )
    expect(found?.differences).toContainEqual({ kind: 'data' })
  })

  test('are not looked for in a document of no template', async () => {
    expect(await issued('external-letter', sample, [])).toBeUndefined()
  })
})
