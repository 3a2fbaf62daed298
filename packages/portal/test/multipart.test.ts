import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readForm } from '../src/http/multipart.ts'

async function formOf(entries: Record<string, Blob | string>): Promise<{ body: Buffer; type: string }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(entries)) {
    if (typeof value === 'string') form.set(name, value)
    else form.set(name, value, `${name} "ก".pdf`)
  }
  const response = new Response(form)
  return { body: Buffer.from(await response.arrayBuffer()), type: response.headers.get('content-type') ?? '' }
}

it('gives back every byte of a file, whatever the bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      const { body, type } = await formOf({ file: new Blob([bytes.slice()]), password: 'ลับ' })
      const [file, password] = readForm(body, type)
      expect(Buffer.from(file?.bytes ?? [])).toEqual(Buffer.from(bytes))
      expect(file?.filename).toBe('file "ก".pdf')
      expect(Buffer.from(password?.bytes ?? []).toString()).toBe('ลับ')
      expect(password?.filename).toBeUndefined()
    }),
  )
})

it('refuses a body that is cut anywhere', async () => {
  const { body, type } = await formOf({ file: new Blob(['%PDF-1.7']) })
  for (let end = 0; end < body.length - 4; end++) {
    expect(() => readForm(body.subarray(0, end), type)).toThrow('upload-malformed')
  }
})

it('answers any bytes with parts or one kind of problem', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('--b', '\r\n', 'a: b', '-', 'x'), maxLength: 60 }),
      (text) => {
        try {
          readForm(Buffer.from(text), 'multipart/form-data; boundary=b')
        } catch (error) {
          expect(String(error)).toContain('upload-malformed')
        }
      },
    ),
  )
})

it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'text/plain; boundary=b'])(
  'refuses %s',
  (type) => {
    expect(() => readForm(Buffer.from('--b\r\n'), type)).toThrow('upload-malformed')
  },
)
