import type { SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPdf, PdfStream } from '../../src/pdf/index.ts'
import { type PdfSigningOptions, signPdf } from '../../src/sign/index.ts'
import { buildPdf, onePage } from '../pdf/build.ts'
import { now, TestPki } from './authority.ts'
import { issuedDocument } from './issued.ts'
import { fieldsOf } from './verify.ts'

let pki: TestPki
let key: SigningKey
let issued: Uint8Array
const lines = ['ลงนามโดย นายสมชาย ปี่ฝ้าญูน้ำ', 'Registrar', '๑ มิถุนายน ๒๕๖๙ เวลา ๑๖.๐๐ น.']

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
  issued = await issuedDocument()
})

function options(more: Partial<PdfSigningOptions> = {}): PdfSigningOptions {
  return { key, level: 'B-B', time: now, ...more }
}

/** The appearance of a field's widget, and the text that its font says it stands for. */
function shownIn(pdf: Uint8Array, name: string) {
  const file = openPdf(pdf)
  const field = fieldsOf(pdf).find((each) => each.name === name)
  const stream = file.stream(file.dict(field?.dict.get('AP'))?.get('N'))
  if (!stream) return undefined
  const fonts = file.dict(file.dict(stream.dict.get('Resources'))?.get('Font'))
  const [reference] = [...(fonts?.entries.values() ?? [])]
  const font = file.dict(reference)
  const unicode = file.stream(font?.get('ToUnicode'))
  const program = file.dict(file.dict(file.array(font?.get('DescendantFonts'))?.[0])?.get('FontDescriptor'))
  return {
    box: file.array(stream.dict.get('BBox')),
    matrix: file.array(stream.dict.get('Matrix')),
    content: Buffer.from(file.decode(stream)).toString('latin1'),
    unicode: unicode ? Buffer.from(file.decode(unicode)).toString('latin1') : '',
    embedded: file.stream(program?.get('FontFile2')) instanceof PdfStream,
  }
}

describe('a visible signature', () => {
  it('is drawn into the field that the document has, which keeps its place in the structure', async () => {
    const signed = await signPdf(issued, options({ field: 'dean', appearance: { lines } }))
    const field = fieldsOf(signed).find(({ name }) => name === 'dean')
    expect(field?.dict.has('StructParent')).toBe(true)
    expect(shownIn(signed, 'dean')).toMatchObject({ embedded: true })
  })

  it('can be read by machines, SARA AM and stacked marks too', async () => {
    const signed = await signPdf(issued, options({ field: 'dean', appearance: { lines } }))
    const shown = shownIn(signed, 'dean')
    for (const character of 'สมชาย') {
      expect(shown?.unicode).toContain((character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'))
    }
    expect(shown?.unicode).toContain('0e33')
  })

  it('stands where it is asked to in a document without fields', async () => {
    const rect = [50, 60, 250, 130] as const
    const signed = await signPdf(buildPdf(onePage()), options({ field: 'seal', appearance: { rect, lines } }))
    expect(fieldsOf(signed)[0]).toMatchObject({ name: 'seal', page: 0, rect: [50, 60, 250, 130] })
    expect(shownIn(signed, 'seal')?.box).toEqual([0, 0, 200, 70])
  })

  it('stands upright on a page that is turned', async () => {
    const turned = { ...onePage(), 3: onePage()[3]?.replace('/MediaBox', '/Rotate 90 /MediaBox') ?? '' }
    const rect = [50, 60, 120, 260] as const
    const signed = await signPdf(buildPdf(turned), options({ field: 'seal', appearance: { rect, lines } }))
    expect(shownIn(signed, 'seal')).toMatchObject({ box: [0, 0, 200, 70], matrix: [0, 1, -1, 0, 0, 0] })
  })

  it('breaks lines between Thai words to fit', async () => {
    const long = ['คณบดีคณะวิศวกรรมศาสตร์ มหาวิทยาลัยแห่งหนึ่งที่มีชื่อยาวมากและตั้งอยู่ไกล']
    const rect = [50, 60, 200, 130] as const
    const signed = await signPdf(
      buildPdf(onePage()),
      options({ field: 'a', appearance: { rect, lines: long } }),
    )
    expect(shownIn(signed, 'a')?.content.match(/ Tm$/gm)?.length).toBeGreaterThan(1)
  })

  it('has no size at all when none is asked for, and its field keeps its own look', async () => {
    const added = await signPdf(issued, options())
    expect(fieldsOf(added).find(({ name }) => name === 'Signature1')?.rect).toEqual([0, 0, 0, 0])
    const filled = await signPdf(issued, options({ field: 'dean' }))
    expect(shownIn(filled, 'dean')?.content).toBe('')
  })

  it.each([
    ['that is too long for its box', 'ยาว '.repeat(500)],
    ['with a character that the font lacks', '漢字'],
    ['from right to left', 'שלום'],
    ['with emoji', '👍'],
    ['with control characters', 'a\u0007b'],
  ])('is refused for text %s', async (_, text) => {
    const signed = signPdf(issued, options({ field: 'dean', appearance: { lines: [text] } }))
    await expect(signed).rejects.toMatchObject({ code: 'signature-appearance-unusable' })
  })
})
