import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAsic } from '../../../src/check/asic/format.ts'
import { openZip } from '../../../src/check/asic/zip/archive.ts'
import { check } from '../containers.ts'
import { entriesOf, zip } from './zips.ts'

const folder = new URL('../fixtures/containers/', import.meta.url)
const sound = entriesOf(new Uint8Array(readFileSync(new URL('cades-two.asice', folder))))
const file = (name: string) => ({ name, bytes: new TextEncoder().encode('other') })
const codes = async (...more: string[]) => {
  const { findings } = await check(readAsic, zip([...sound, ...more.map(file)]))
  return findings.map(({ code, detail }) => `${code} ${detail}`)
}

describe('a container with more than is signed', () => {
  it.each(['META-INF/contract.pdf', 'META-INF/x.p7s', 'META-INF/below/signature.p7s'])(
    'names %s, which hides in META-INF',
    async (name) => {
      expect(await codes(name)).toContain(`unsigned-content ${name}`)
    },
  )

  it('says nothing of what other formats have there', async () => {
    expect(await codes('META-INF/manifest.xml')).toEqual([])
  })

  it.each(['\u200b', '\u2060', '\ufe0f'])(
    'is not read where a letter that is not seen is all that differs',
    (letter) => {
      const twice = [file('a.txt'), file(`a${letter}.txt`)]
      expect(() => openZip(zip(twice))).toThrow('two entries of one name')
    },
  )

  it('is not read where a name differs in the form of its letters only', () => {
    expect(() => openZip(zip([file('a.txt'), file('a\uff0etxt')]))).toThrow('two entries of one name')
  })
})
