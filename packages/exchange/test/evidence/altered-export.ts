import { randomInt } from 'node:crypto'
import { expect } from 'vitest'
import { readContainer, writeContainer } from '../../src/evidence/export/container.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import type { TestCountry } from './country.ts'

/** Which bytes of a file inside are to be changed, each by itself. */
export type Places = (name: string, length: number) => Iterable<number>

/** The first, the last and some others: more of the manifest and its signature. */
export const somePlaces: Places = (name, length) => {
  const others = isListed(name) ? 8 : 50
  return [0, length - 1, ...Array.from({ length: others }, () => randomInt(length))]
}

/** All of the manifest and its signature, and many of each file that it lists. */
export const everyPlace: Places = (name, length) =>
  isListed(name) ? Array.from({ length: 300 }, () => randomInt(length)) : Array(length).keys()

/** The manifest has the digest of each file beside it. */
function isListed(name: string): boolean {
  return !name.startsWith('META-INF/')
}

/** Changes a byte of a file inside, makes the container anew around it, and holds that it is refused. */
export function refusesAltered(exported: Uint8Array, country: TestCountry, places: Places): void {
  const files = readContainer(exported)
  expect(verifyExport(exported, country).valid).toBe(true)
  for (const { name, data } of files.filter((file) => file.data.length > 0)) {
    for (const at of places(name, data.length)) {
      const change = randomInt(1, 256)
      const altered = Buffer.from(data)
      altered[at] = (altered[at] ?? 0) ^ change
      const remade = writeContainer(
        files.map((file) => (file.name === name ? { name, data: altered } : file)),
      )
      const { valid } = verifyExport(remade, country)
      expect({ name, at, change, valid }).toEqual({ name, at, change, valid: false })
    }
  }
}
