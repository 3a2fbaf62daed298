import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataAttachments, dataXml, readDataXml } from '../../src/templates/embedded-data.ts'
import { receipt } from '../../src/templates/receipt.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { DataNotAccepted, type ReadyTemplate, readyTemplates } from '../../src/templates/template-set.ts'
import { visibleText } from '../../src/templates/visible-text.ts'

/** Words that say which key they stand for. */
const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [name, Object.fromEntries(words.map((key) => [key, key]))]),
)
const ready = readyTemplates(shippedTemplates, words)
const created = Date.UTC(2026, 10, 22)

function find(name: string): ReadyTemplate {
  const found = ready.get(name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

describe.each(shippedTemplates.map((template) => [template.name, template] as const))(
  '%s',
  (name, template) => {
    test('takes its own sample, and describes it in Thai with a title, an author and a place to sign', () => {
      const described = find(name).describe(template.sample, { created }, [])
      expect(described).toMatchObject({
        language: 'th',
        created,
        metadata: { template: name, templateVersion: '1' },
      })
      expect(described.title).not.toBe('')
      expect(described.author).not.toBe('')
      expect(JSON.stringify(described.body)).not.toContain('undefined')
    })

    test('gives the same data back from its XML', () => {
      expect(readDataXml(template, dataXml(template, template.sample))).toEqual(template.sample)
    })

    test('refuses a property that it does not know, and says where', () => {
      const faults = faultsOf(() => find(name).accept({ ...Object(template.sample), unknownThing: 1 }))
      expect(JSON.stringify(faults)).toContain('unknownThing')
    })

    test('has no box for a signature where only a seal comes on it, and says the same', () => {
      const [signed, sealed] = [1, 0].map((signatures) =>
        find(name).describe(template.sample, { created, signatures }, []),
      )
      if (!signed || !sealed) throw new Error('not described')
      expect(JSON.stringify(sealed.body)).not.toContain('signatureField')
      expect(visibleText(sealed)).toBe(visibleText(signed))
    })

    test('marks a draft as such, and shows where the document can be checked only where that is known', () => {
      const plain = find(name).describe(template.sample, { created }, [])
      const address = 'https://sapan.example/check'
      const draft = find(name).describe(template.sample, { created, draft: true, checkAddress: address }, [])
      expect(plain.watermark).toBeUndefined()
      expect(draft.watermark).toBe('ร่าง')
      expect(JSON.stringify(plain.body)).not.toContain(address)
      expect(JSON.stringify(draft.body)).toContain(address)
    })
  },
)

function faultsOf(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    if (error instanceof DataNotAccepted) return error.faults
    throw error
  }
  throw new Error('it was accepted')
}

describe('templates', () => {
  test('are not ready without all their words', () => {
    const { check: _, ...others } = words.receipt ?? {}
    expect(() => readyTemplates(shippedTemplates, { ...words, receipt: others })).toThrow(/receipt.*check/)
  })

  test('say at which place data is not what they take', () => {
    const data = { ...receipt.sample, files: [{ name: 'a', bytes: -1, sha256: '0'.repeat(64) }] }
    expect(faultsOf(() => find('receipt').accept(data))).toEqual([
      { place: '/files/0/bytes', message: { th: 'ต้องไม่น้อยกว่า 0', en: 'must be 0 or more' } },
    ])
  })

  test('carry their data twice, each copy with its relationship to the document', () => {
    const attachments = dataAttachments(receipt, receipt.sample, created)
    expect(attachments.map(({ name, relationship }) => [name, relationship])).toEqual([
      ['data.json', 'Data'],
      ['data.xml', 'Alternative'],
    ])
    const json: unknown = JSON.parse(new TextDecoder().decode(attachments[0]?.bytes))
    expect(json).toEqual({ template: 'receipt', version: 1, data: receipt.sample })
  })
})

describe('data as XML', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'กำฝ้าABC&<>"\' ]]>;#'), minLength: 1, maxLength: 40 })
    .filter((value) => value.length > 0)

  test('gives back whatever text stood in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ label: text, value: text }), { maxLength: 5 }),
        text,
        (entries, agency) => {
          const data = { ...receipt.sample, entries, agency }
          expect(readDataXml(receipt, dataXml(receipt, data))).toEqual(data)
        },
      ),
    )
  })

  const xml = dataXml(receipt, receipt.sample)
  test.each([
    ['another namespace', xml.replace('receipt:1', 'receipt:2')],
    ['an element that is not expected', xml.replace('<agency>', '<extra>x</extra><agency>')],
    ['an element twice', xml.replace('<agency>', '<agency>x</agency><agency>')],
    ['a document type', xml.replace('<document', '<!DOCTYPE document [<!ENTITY a "b">]><document')],
    ['an attribute', xml.replace('<agency>', '<agency lang="en">')],
    ['an element inside a text', xml.replace('<agency>', '<agency><b>x</b>')],
    ['text beside the elements', xml.replace('<agency>', 'x<agency>')],
    ['an element of another namespace', xml.replace('<agency>', '<agency xmlns="urn:other">')],
    ['a comment', xml.replace('<agency>', '<agency><!-- x -->')],
    ['an instruction', xml.replace('<agency>', '<?x y?><agency>')],
    ['an empty number', xml.replace(/<days>\d+<\/days>/, '<days></days>')],
    ['a number that is written otherwise', xml.replace(/<days>\d+<\/days>/, '<days>0x5</days>')],
    ['what is nested without end', `${'<document>'.repeat(5000)}${'</document>'.repeat(5000)}`],
    ['what is not XML', '<document'],
    ['nothing', ''],
  ])('is refused with %s', (_, text) => {
    expect(() => readDataXml(receipt, text)).toThrow(RangeError)
  })
})
