import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { extractText, IncrementalUpdate, openPdf, PdfError } from '../../src/pdf/index.ts'

type Made = { on(event: string, done: (part: Buffer) => void): void; text(text: string): Made; end(): void }
const Document: new (options: object) => Made = createRequire(import.meta.url)('pdfkit')

/** A file that pdfkit encrypts: its version decides how. */
function encrypted(pdfVersion: string): Promise<Uint8Array> {
  const document = new Document({
    pdfVersion,
    userPassword: 'user',
    ownerPassword: 'owner',
    info: { Title: 'A (title)' },
  })
  const parts: Buffer[] = []
  return new Promise((resolve) => {
    document.on('data', (part) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    document.text('Words behind a password').end()
  })
}

function read(bytes: Uint8Array, password?: string): string {
  try {
    const file = openPdf(bytes, password === undefined ? {} : { password })
    const [page] = file.pages()
    const title = file.text(file.dict(file.trailer.get('Info'))?.get('Title'))
    return `${title}: ${page && extractText(file, page).text}`
  } catch (error) {
    if (error instanceof PdfError) return error.code
    throw error
  }
}

/** Revision 6, in object streams, made by another program; the password is "ผ่าน". */
const REVISION_6 = `
  JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9u
  TGV2ZWwgOCA+PiA+PiAvTGFuZyA8ZTRjNzY2ZDkwN2VlNWMyNjM0ZjJkY2NlMzRhMDZkYmQ4ZmMxM2JjYWNlZWJkNjY5ZDc2MDZiMTA2
  MTJlYzNjNz4gL1BhZ2VzIDMgMCBSIC9UeXBlIC9DYXRhbG9nID4+CmVuZG9iagoyIDAgb2JqCjw8IC9UeXBlIC9PYmpTdG0gL0xlbmd0
  aCAxOTIgL0ZpbHRlciAvRmxhdGVEZWNvZGUgL04gMyAvRmlyc3QgMTUgPj4Kc3RyZWFtCmaXHHREsUORF5KLt9PwIHYdzf5V8ht6YUQR
  nOCfRAHKPGiWQErByHMhY4b4jL+kpQqk0lcI6h+/kB/WQD1zxqIVEbcQvBoRNZztyHpjAWzXYdRyWYUoXwLloUcuPDQnYoYqHgVuapng
  uqidiVcoCRftq9YRveYPPi99eH8CotpAuMTmUgq6RjFqHAZ1Y4HpgTogmnfj/axfI9wXXseF2j/N7qPNKPNseVKrlFWdICSQrWS/mgJR
  u9qAR5fJQSHCg2VuZHN0cmVhbQplbmRvYmoKNiAwIG9iago8PCAvTGVuZ3RoIDY0IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlID4+CnN0cmVh
  bQpR2qM+2OjvsyOzvxGTn5vVn9pKXCaNoW5a9piH2Y73hVQw/iYD5xEdC8/pPDP6UxBKtNvMQwLnXd3Q3LQIqMYoZW5kc3RyZWFtCmVu
  ZG9iago3IDAgb2JqCjw8IC9DRiA8PCAvU3RkQ0YgPDwgL0F1dGhFdmVudCAvRG9jT3BlbiAvQ0ZNIC9BRVNWMyAvTGVuZ3RoIDMyID4+
  ID4+IC9GaWx0ZXIgL1N0YW5kYXJkIC9MZW5ndGggMjU2IC9PIDw5ZTRlNmEwZmQwOGY2YmQxYzI4OTg0MzA4NWM4NzBkYTUwNGE2NjVm
  MzFhOGM5MDExODllNjIxNTJkYmZhYWM5MWRkY2UwOGEzYTNjNGIxMTkyZWU1NzQ1NjdkYTQ1MTI+IC9PRSA8NDg0ZDMxZjIwMTBkNzdm
  OWQ0N2ZlNTQyZDYyMmMyMWI2NzNhMTk0YmM4NDU1MGJjZDVhMGU5ZTExY2E5MmNjOD4gL1AgLTQgL1Blcm1zIDxmZTVmM2E3ZmJhYTE4
  NGVjMWUxM2EzYTQyYjdlYjczYj4gL1IgNiAvU3RtRiAvU3RkQ0YgL1N0ckYgL1N0ZENGIC9VIDxhNjg5MDJmZWVmZmRkODliYzE1ZTJj
  ZGU3MTg5YjI5MzYyMGIxMmNlOTkyZGRhNjVhOWNjMWE1MDAyN2YxMmI3MjI1MjkxZGQ0MTM1MTBmODNiYjllNjRmZGMxOThlZDc+IC9V
  RSA8YjFmOTgyYzc1YjQ3NTlmZWQyYmY3MmVhMmQ3MWM3YTdjYjI2MmQ5ODE4ZjYyNDExMWI0OTExOTk3ZmIwNjZjMj4gL1YgNSA+Pgpl
  bmRvYmoKOCAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDQyIC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJtcyA8PCAv
  Q29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDEgMCBSIC9TaXplIDkgL0lEIFs8MDE+PDMxNDE1OTI2
  NTM1ODk3OTMyMzg0NjI2NDMzODMyNzk1Pl0gL0VuY3J5cHQgNyAwIFIgPj4Kc3RyZWFtCnicY2IAAiZGBn4GJgaGPSCWOYjFwAgh/jO+
  /cfEwNgGFGNSZgAASdMEsAplbmRzdHJlYW0KZW5kb2JqCnN0YXJ0eHJlZgoxMTc2CiUlRU9GCg==
`

describe('an encrypted file', () => {
  test.each(['1.3', '1.4', '1.6', '1.7ext3'])(
    'of version %s opens with either password, and with no other',
    async (version) => {
      const bytes = await encrypted(version)
      expect(read(bytes, 'user')).toBe('A (title): Words behind a password')
      expect(read(bytes, 'owner')).toBe('A (title): Words behind a password')
      expect(read(bytes, 'other')).toBe('wrong-password')
      expect(read(bytes)).toBe('encrypted')
      expect(openPdf(bytes, { password: 'user' }).encrypted).toBe(true)
    },
  )

  test('of revision 6', () => {
    const bytes = new Uint8Array(Buffer.from(REVISION_6, 'base64'))
    expect(read(bytes, 'ผ่าน')).toBe('undefined: Hello')
    expect(read(bytes, 'owner')).toBe('undefined: Hello')
    expect(read(bytes, 'x')).toBe('wrong-password')
    expect(
      openPdf(bytes, { password: 'owner' }).string(openPdf(bytes, { password: 'owner' }).catalog.get('Lang')),
    ).toEqual(new Uint8Array([0x74, 0x68]))
  })

  test('is read, not written to', async () => {
    const file = openPdf(await encrypted('1.6'), { password: 'user' })
    expect(() => new IncrementalUpdate(file)).toThrow(PdfError)
  })
})
