import type { SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { openPdf, PdfRef } from '../../src/pdf/index.ts'
import { type PdfSigningOptions, signPdf } from '../../src/sign/index.ts'
import { buildPdf, onePage, streamOf } from '../pdf/build.ts'
import { now, TestPki } from './authority.ts'
import { fieldsOf } from './verify.ts'

let pki: TestPki
let key: SigningKey

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
})

/** A tagged page as others make it. `tree`: the parent tree; `more`: further objects; `root`: entries of the root. */
function tagged(tree: string, more: Record<number, string> = {}, root = ''): Uint8Array {
  const page = onePage()[3]?.replace('/MediaBox', '/StructParents 0 /MediaBox') ?? ''
  return buildPdf({
    ...onePage(),
    1: '<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 10 0 R >>',
    3: page,
    4: streamOf('/P << /MCID 0 >> BDC BT /F1 12 Tf 72 700 Td (Hello) Tj ET EMC'),
    10: `<< /Type /StructTreeRoot /K 11 0 R /ParentTree ${tree} ${root} >>`,
    11: '<< /Type /StructElem /S /Document /P 10 0 R /K [12 0 R] >>',
    12: '<< /Type /StructElem /S /P /P 11 0 R /Pg 3 0 R /K 0 >>',
    ...more,
  })
}

const flat = tagged('<< /Nums [0 [12 0 R]] >>', {}, '/ParentTreeNextKey 1')

const seen = (field: string, left: number): PdfSigningOptions => ({
  key,
  level: 'B-B',
  time: now,
  field,
  appearance: { rect: [left, 60, left + 180, 130], lines: ['ลงนามแล้ว'] },
})

/** The structure as a reader finds it: of each field's widget the element that the parent tree names. */
function structureOf(pdf: Uint8Array) {
  const file = openPdf(pdf)
  const root = file.dict(file.catalog.get('StructTreeRoot'))
  const pairs = new Map<number, PdfRef>()
  const read = (node: ReturnType<typeof file.dict>): void => {
    const numbers = file.array(node?.get('Nums')) ?? []
    for (let at = 0; at < numbers.length; at += 2) {
      const [number, element] = [file.number(numbers[at]), numbers[at + 1]]
      if (number !== undefined && element instanceof PdfRef) pairs.set(number, element)
    }
    for (const kid of file.array(node?.get('Kids')) ?? []) read(file.dict(kid))
  }
  read(file.dict(root?.get('ParentTree')))
  const element = (name: string) => {
    const field = fieldsOf(pdf).find((each) => each.name === name)
    const ref = pairs.get(file.number(field?.dict.get('StructParent')) ?? -1)
    const dict = file.dict(ref)
    const object = file.dict(dict?.get('K'))
    const parent = file.dict(dict?.get('P'))
    const kids = file.array(parent?.get('K')) ?? []
    return {
      kind: file.name(dict?.get('S')),
      type: file.name(object?.get('Type')),
      isOfWidget:
        object?.get('Obj') instanceof PdfRef && file.dict(object.get('Obj'))?.get('T') !== undefined,
      parent: file.name(parent?.get('S')) ?? file.name(parent?.get('Type')),
      isListed: kids.some((kid) => kid instanceof PdfRef && kid.num === ref?.num),
      key: file.number(field?.dict.get('StructParent')),
    }
  }
  return {
    element,
    next: file.number(root?.get('ParentTreeNextKey')),
    tabs: file.name(file.pages()[0]?.dict.get('Tabs')),
  }
}

const inDocument = { kind: 'Form', type: 'OBJR', isOfWidget: true, parent: 'Document', isListed: true }

describe('a signature that is seen in a tagged document', () => {
  it('stands in the structure, at the end of the document, and is reached in its order', async () => {
    const { element, next, tabs } = structureOf(await signPdf(flat, seen('seal', 50)))
    expect(element('seal')).toEqual({ ...inDocument, key: 1 })
    expect([next, tabs]).toEqual([2, 'S'])
  })

  it.each([
    [
      'in several nodes',
      '<< /Kids [20 0 R] >>',
      { 20: '<< /Limits [0 7] /Nums [0 [12 0 R] 7 12 0 R] >>' },
      8,
    ],
    ['in an object of its own', '20 0 R', { 20: '<< /Nums [0 [12 0 R] 4 12 0 R] >>' }, 5],
  ])('takes a number that is free where the parent tree lies %s', async (_, tree, more, free) => {
    const { element, next } = structureOf(await signPdf(tagged(tree, more), seen('seal', 50)))
    expect(element('seal')).toEqual({ ...inDocument, key: free })
    expect(next).toBe(free + 1)
  })

  it('stands below the root where several elements do', async () => {
    const several = tagged('<< /Nums [0 [12 0 R]] >>', {
      10: '<< /Type /StructTreeRoot /K [11 0 R 13 0 R] /ParentTree << /Nums [0 [12 0 R]] >> >>',
      13: '<< /Type /StructElem /S /Sect /P 10 0 R /K [] >>',
    })
    const { element } = structureOf(await signPdf(several, seen('seal', 50)))
    expect(element('seal')).toMatchObject({ kind: 'Form', parent: 'StructTreeRoot', isListed: true })
  })

  it('leaves the structure as it is where someone has signed already, and both signatures hold', async () => {
    const once = await signPdf(flat, seen('dean', 50))
    const twice = await signPdf(once, seen('registrar', 300))
    const { element } = structureOf(twice)
    expect([element('dean').key, element('registrar').key]).toEqual([1, undefined])
    const anchors = { certificates: [pki.root.certificate] }
    const { signatures } = await checkFile(twice, { anchors, at: now + 1000 })
    expect(signatures.map(({ changesAfter }) => changesAfter)).toEqual(['allowed', 'none'])
  })

  it('is not in the structure when it is not seen', async () => {
    const signed = await signPdf(flat, { key, level: 'B-B', time: now })
    expect(fieldsOf(signed)[0]?.dict.has('StructParent')).toBe(false)
  })
})

describe('a box for a signature', () => {
  it('that reaches beyond the page is refused', async () => {
    const beyond = {
      key,
      level: 'B-B',
      time: now,
      appearance: { rect: [500, 60, 700, 130], lines: ['ก'] },
    } as const
    await expect(signPdf(flat, beyond)).rejects.toMatchObject({ code: 'signature-field-unusable' })
  })
})
