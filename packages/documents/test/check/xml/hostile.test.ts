import { describe, expect, it } from 'vitest'
import { checkFile } from '../../../src/check/check-file.ts'
import { CheckError } from '../../../src/check/error.ts'
import { anchors, at, fixtureText } from '../containers.ts'

const enveloped = fixtureText('enveloped-b.xml')

/** How a hostile file ends: in a refusal, or in what is said of its signatures. */
async function ending(text: string): Promise<string> {
  try {
    const { conclusion } = await checkFile(new TextEncoder().encode(text), { anchors, at })
    return conclusion
  } catch (error) {
    if (error instanceof CheckError) return error.code
    throw error
  }
}

describe('XML that is made to cost much ends within bounds', () => {
  it('thousands of references to the whole of a large document', async () => {
    const [reference = ''] = /<ds:Reference Id=.*?<\/ds:Reference>/.exec(enveloped) ?? []
    const many = reference.replace(/ Id="[^"]*"/, '').repeat(4000)
    const text = enveloped
      .replace(reference, reference + many)
      .replace('</ชื่อ>', `${'<b/>'.repeat(100_000)}</ชื่อ>`)
    expect(['too-complex', 'INDETERMINATE', 'TOTAL-FAILED']).toContain(await ending(text))
  })

  it('thousands of time-stamps, each over all before it', async () => {
    const stamp = '<x:ArchiveTimeStamp xmlns:x="http://uri.etsi.org/01903/v1.4.1#"/>'
    const unsigned = `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${stamp.repeat(100_000)}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`
    const text = enveloped.replace(
      '</xades:QualifyingProperties>',
      `${unsigned}</xades:QualifyingProperties>`,
    )
    expect(['too-complex', 'INDETERMINATE']).toContain(await ending(text))
  })

  it('namespaces declared on each of many levels', async () => {
    const level = (at: number) =>
      `<b ${Array.from({ length: 150 }, (_, one) => `xmlns:n${at}-${one}="urn:${one}"`).join(' ')}>`
    const open = Array.from({ length: 150 }, (_, one) => level(one)).join('')
    const text = enveloped.replace('</ชื่อ>', `${open}${'<c/>'.repeat(50_000)}${'</b>'.repeat(150)}</ชื่อ>`)
    expect(['too-complex', 'TOTAL-FAILED']).toContain(await ending(text))
  })

  it('references that each look through all elements for signatures', async () => {
    const [reference = ''] = /<ds:Reference Id=.*?<\/ds:Reference>/.exec(enveloped) ?? []
    const many = reference.replace(/ Id="[^"]*"/, '').repeat(3000)
    expect(await ending(enveloped.replace(reference, reference + many))).toBe('too-complex')
  })

  it('more elements than there is room for', async () => {
    expect(await ending(`<r>${'<a/>'.repeat(700_000)}</r>`)).toBe('too-complex')
  })

  it('megabytes of nesting', async () => {
    expect(await ending('<a>'.repeat(1_000_000))).toBe('too-complex')
  })

  it('a million entities cannot be declared', async () => {
    expect(await ending('<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>')).toBe('unknown')
  })
})
