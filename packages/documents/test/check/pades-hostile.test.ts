import { expect, test } from 'vitest'
import { type CheckLimits, checkFile } from '../../src/check/index.ts'
import { buildPdf, onePage, streamOf } from '../pdf/build.ts'

const check = (file: Uint8Array, limits: Partial<CheckLimits> = {}) =>
  checkFile(file, { anchors: { certificates: [] }, limits })

/** A file with so many signatures and document time-stamps in its form. */
function crowded(signatures: number, timestamps: number): Uint8Array {
  const objects: Record<number, string> = { ...onePage() }
  const value = (kind: string) => `<< ${kind} /Filter /A /Contents <3000> /ByteRange [0 1 2 3] >>`
  for (let at = 0; at < signatures + timestamps; at++) {
    objects[100 + 2 * at] = `<< /FT /Sig /T (${at}) /V ${101 + 2 * at} 0 R >>`
    objects[101 + 2 * at] =
      at < signatures
        ? value('/Type /Sig /SubFilter /ETSI.CAdES.detached')
        : value('/Type /DocTimeStamp /SubFilter /ETSI.RFC3161')
  }
  const fields = Array.from({ length: signatures + timestamps }, (_, at) => `${100 + 2 * at} 0 R`)
  objects[1] = `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields.join(' ')}] >> >>`
  return buildPdf(objects)
}

test('of very many signatures one more than the limit is read, and it is said', async () => {
  const report = await check(crowded(120, 0), { signatures: 20 })
  expect(report.signatures).toHaveLength(20)
  expect(report.findings.map(({ code }) => code)).toContain('too-many-signatures')
})

test('time-stamps over each other in great numbers end in a limit', async () => {
  await expect(check(crowded(0, 150), { elements: 20_000 })).rejects.toMatchObject({ code: 'too-complex' })
})

test('a security store whose entries all name one list is read within the limits', async () => {
  const file = buildPdf({
    ...onePage(),
    1: '<< /Type /Catalog /Pages 2 0 R /DSS << /VRI 20 0 R >> /AcroForm << /Fields [30 0 R] >> >>',
    20: `<< ${Array.from({ length: 2000 }, (_, at) => `/A${at} 21 0 R`).join(' ')} >>`,
    21: '<< /Cert 22 0 R /CRL 22 0 R /OCSP 22 0 R >>',
    22: `[${'23 0 R '.repeat(2000)}]`,
    23: streamOf('x'),
    30: '<< /FT /Sig /T (one) /V 31 0 R >>',
    31: '<< /Type /Sig /Filter /A /SubFilter /ETSI.CAdES.detached /Contents <3000> /ByteRange [0 1 2 3] >>',
  })
  await expect(check(file)).rejects.toMatchObject({ code: 'too-complex' })
})
