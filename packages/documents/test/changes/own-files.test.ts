import type { SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import { changesOf, judgeChanges, preparedShadows, revisionChanges } from '../../src/changes/index.ts'
import { paragraph, renderDocument, signatureField } from '../../src/index.ts'
import { openPdf, signatureFields } from '../../src/pdf/index.ts'
import { type Level, type PdfSigningOptions, renewPdf, signPdf } from '../../src/sign/index.ts'
import { buildCompressed, buildPdf, onePage } from '../pdf/build.ts'
import { now, TestPki } from '../sign/authority.ts'
import { documentOf, LONG_THAI } from '../write/sample.ts'

let pki: TestPki
let key: SigningKey

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
})

const options = (level: Level, more: Partial<PdfSigningOptions> = {}): PdfSigningOptions => ({
  key,
  level,
  time: now,
  ...pki.services(),
  ...more,
})

/** Under each signature of the file, what came after it. */
function rulings(bytes: Uint8Array): string[] {
  const file = openPdf(bytes)
  return signatureFields(file).map((field) => {
    expect(field.flaws).toEqual([])
    const { suspicious, refused } = judgeChanges(revisionChanges(file, field.revision), field)
    return [...suspicious, ...refused].map((change) => `${change.kind} ${change.path}`).join(', ')
  })
}

describe.each([
  ['a cross-reference table', buildPdf(onePage())],
  ['a cross-reference stream', buildCompressed(onePage())],
])('what our own signing does to a file with %s is permitted', (_, plain) => {
  test('several signatures up to B-LTA, then renewal', async () => {
    const appearance = { page: 0, rect: [50, 50, 250, 120] as const, lines: ['นายทะเบียน'] }
    let bytes = await signPdf(plain, options('B-LTA', { field: 'registrar', appearance }))
    bytes = await signPdf(bytes, options('B-LTA', { field: 'dean' }))
    bytes = await renewPdf(bytes, { time: now, ...pki.services() })
    expect(rulings(bytes)).toEqual(rulings(bytes).map(() => ''))
    expect(rulings(bytes).length).toBeGreaterThanOrEqual(5)
  })

  test.each([1, 2, 3] as const)('a certification of level %i, and its upkeep', async (certification) => {
    const bytes = await signPdf(plain, options('B-LTA', { certification }))
    expect(rulings(bytes)).toEqual(['', ''])
  })

  test('the first signature says what it added', async () => {
    const file = openPdf(await signPdf(plain, options('B-B', { certification: 2 })))
    expect(
      changesOf(file, 1)
        .map((change) => change.kind)
        .sort(),
    ).toEqual(['certification-added', 'form-flags', 'signature-added', 'signature-field-added'])
  })
})

test('so it is in a tagged document of our own, in the fields that it holds and in a new one', async () => {
  const field = (name: string) => signatureField({ name, width: 60, height: 20, label: name })
  const body = [paragraph(LONG_THAI), field('registrar'), field('dean')]
  const { bytes: plain } = await renderDocument(documentOf(body))
  expect(preparedShadows(openPdf(plain))).toEqual({ dangling: [], unused: [] })
  let bytes = await signPdf(plain, options('B-LTA', { field: 'registrar' }))
  bytes = await signPdf(bytes, options('B-LTA', { field: 'dean' }))
  bytes = await signPdf(bytes, options('B-B', { field: 'seal' }))
  expect(rulings(bytes)).toEqual(rulings(bytes).map(() => ''))
})
