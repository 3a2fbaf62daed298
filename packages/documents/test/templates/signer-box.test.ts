import { beforeAll, describe, expect, test } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { openPdf, signatureFields } from '../../src/pdf/index.ts'
import { signPdf } from '../../src/sign/index.ts'
import { agreementOf } from '../../src/templates/agreement.ts'
import { dataAttachments } from '../../src/templates/embedded-data.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { signerBox } from '../../src/templates/signer-box.ts'
import { readyTemplates } from '../../src/templates/template-set.ts'
import { transcript } from '../../src/templates/transcript.ts'
import { issueDocument } from '../../src/write/render.ts'
import { now, TestPki } from '../sign/authority.ts'

const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [name, Object.fromEntries(words.map((key) => [key, key]))]),
)
const ready = readyTemplates(shippedTemplates, words)
/** In the order in which they sign; the first of them stand in the data. */
const [head, ...others] = ['นายตัวอย่าง สมมติวงศ์', 'นางสาวผู้ร่วม ลงนาม', 'นายผู้ร่วม อีกคน'] as const
const { registrar, dean } = transcript.sample
const documents = shippedTemplates.map(({ name, sample }) =>
  name === transcript.name
    ? { name, data: sample, signers: [registrar.name, dean?.name ?? '', others[0]] }
    : {
        name,
        data: { ...Object(sample), signer: { name: head, position: 'อธิบดี' } },
        signers: [head, ...others],
      },
)

let pki: TestPki
beforeAll(async () => {
  pki = await TestPki.create()
})

async function issued(name: string, data: unknown, signatures: number) {
  const found = ready.get(name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  const setting = { created: now, signatures, checkAddress: 'https://sapan.example/check' }
  const attachments = dataAttachments(found.template, data, now)
  return (await issueDocument(found.describe(data, setting, attachments))).bytes
}

async function sign(pdf: Uint8Array, name: string): Promise<Uint8Array> {
  const field = signerBox(openPdf(pdf), name)
  if (field === undefined) throw new Error(`there is no box for ${name}`)
  const lines = ['ลงลายมือชื่ออิเล็กทรอนิกส์โดย', name]
  return await signPdf(pdf, {
    ...{ key: await pki.signingKey(), level: 'B-LTA', time: now, ...pki.services() },
    ...{ field, appearance: { lines } },
  })
}

/** The boxes that share some of a page with another, in pairs. */
function overlapping(pdf: Uint8Array): string[] {
  const boxes = signatureFields(openPdf(pdf)).flatMap(({ name, page, rect }) => {
    const [x0, y0, x1, y1] = rect ?? [0, 0, 0, 0]
    return x1 > x0 ? [{ name, page, x0, y0, x1, y1 }] : []
  })
  return boxes.flatMap((a, n) =>
    boxes
      .slice(n + 1)
      .filter((b) => a.page === b.page && a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1)
      .map((b) => `${a.name}, ${b.name}`),
  )
}

describe.each(documents)('$name that three officers sign', ({ name, data, signers }) => {
  test('has a box for each, in which each is seen, and passes the check', async () => {
    let pdf = await issued(name, data, 3)
    expect(overlapping(pdf)).toEqual([])
    for (const signer of signers) pdf = await sign(pdf, signer)
    const fields = signatureFields(openPdf(pdf)).filter(({ type }) => type === 'Sig')
    expect(fields.map(({ value }) => value !== undefined)).toEqual([true, true, true])
    const anchors = { certificates: [pki.root.certificate] }
    const report = await checkFile(pdf, { anchors, at: now + 60_000 })
    expect([report.conclusion, report.findings]).toEqual(['TOTAL-PASSED', []])
    expect(agreementOf(openPdf(pdf), ready)?.differences).toEqual([])
  })
})

test('who signs fills the box above their name, and nobody the box above another name', async () => {
  const pdf = await issued(transcript.name, transcript.sample, 2)
  expect(signerBox(openPdf(pdf), registrar.name)).toBe('registrar')
  const once = await sign(pdf, registrar.name)
  expect(signerBox(openPdf(once), dean?.name ?? '')).toBe('dean')
  expect(signerBox(openPdf(once), others[0])).toBeUndefined()
})
