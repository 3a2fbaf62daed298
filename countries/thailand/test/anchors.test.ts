import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readAnchors } from '../src/anchors.ts'
import { loadCountry } from '../src/index.ts'

const rootPrint =
  'A4:34:A3:CB:2C:23:14:FA:6E:70:DE:6B:A5:9B:16:F2:8E:4E:24:DB:18:6D:93:87:DA:E8:47:6E:78:65:52:C2'
const holderPrint =
  '05:B2:2E:CA:C1:57:BF:44:D2:FA:54:80:3A:D4:EB:FA:2E:B4:44:85:61:38:D2:00:1F:EE:AF:6F:B8:C0:A8:A0'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-anchors-'))
  await put('example-root.pem', 'root.pem')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (fixture: string, as: string) =>
  copyFile(new URL(`fixtures/${fixture}`, import.meta.url), join(folder, as))

async function read(file: string, sha256: string) {
  const entry = `[{ file: ${file}, name: { th: รากตัวอย่าง, en: Example root }, sha256: "${sha256}" }]`
  await writeFile(join(folder, 'anchors.yaml'), entry)
  return readAnchors(pathToFileURL(`${folder}/`))
}

it('the pack trusts nobody as it is shipped: the National Root CA has to be put there', () => {
  expect(loadCountry().anchors).toEqual([])
})

it.each([rootPrint, rootPrint.replaceAll(':', '').toLowerCase()])(
  'an anchor is the certificate whose fingerprint its entry has',
  async (print) => {
    const [anchor, ...more] = await read('root.pem', print)
    expect(anchor).toMatchObject({
      name: { en: 'Example root' },
      fingerprint: rootPrint.replaceAll(':', '').toLowerCase(),
    })
    expect(anchor?.certificate[0]).toBe(0x30)
    expect(more).toEqual([])
  },
)

it('another certificate in its place is refused, and said which it is', async () => {
  const altered = rootPrint.replace(/^../, '00')
  await expect(read('root.pem', altered)).rejects.toMatchObject({
    code: 'country-anchor-mismatch',
    detail: { en: expect.stringContaining(rootPrint.replaceAll(':', '').toLowerCase()) },
  })
})

it.each([
  ['that is not there', 'missing.pem', rootPrint, /missing\.pem is no certificate/],
  ['outside the folder', '../root.pem', rootPrint, /pattern/],
  ['with half a fingerprint', 'root.pem', rootPrint.slice(0, 40), /pattern/],
])('an entry %s is refused', async (_, file, print, said) => {
  if (file !== 'root.pem') await rm(join(folder, 'root.pem'))
  await expect(read(file, print)).rejects.toThrow(said)
})

it('a certificate that is not of an authority is refused', async () => {
  await put('example-holder.pem', 'root.pem')
  await expect(read('root.pem', holderPrint)).rejects.toThrow(/not of an authority/)
})

it('a file that no entry names is refused', async () => {
  await put('example-holder.pem', 'stray.pem')
  await expect(read('root.pem', rootPrint)).rejects.toThrow(/stray\.pem.*no entry/)
})
