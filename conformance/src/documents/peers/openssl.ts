import { inFolder, tool } from '../../tool.ts'
import type { AuthorityFiles } from '../authority.ts'
import { inside, lengthOf, read, written } from '../hostile/messages.ts'
import { signaturePlaces } from '../hostile/sketch.ts'

const timestampAttribute = Buffer.from('060b2a864886f70d010910020e', 'hex')

interface Found {
  readonly kind: 'signature' | 'timestamp'
  /** DER, without padding. */
  readonly message: Buffer
  /** What it is over. */
  readonly content: Buffer
}

function signaturesOf(pdf: Buffer): Found[] {
  const text = pdf.toString('latin1')
  return signaturePlaces(text).map(({ start, end, range: [a, b, c, d] }) => {
    const all = Buffer.from(text.slice(start + 1, end - 1), 'hex')
    const message = all.subarray(0, lengthOf(all))
    const content = Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)])
    const around = text.slice(Math.max(0, start - 600), start) + text.slice(end, end + 200)
    const kind = around.includes('/ETSI.RFC3161') ? 'timestamp' : 'signature'
    return { kind, message, content }
  })
}

/** `openssl cms -verify -cades` over every signature of the file. Throws when it refuses one; gives how many there were. */
export async function verifyMessages(pdf: Buffer, authority: AuthorityFiles): Promise<number> {
  const found = signaturesOf(pdf).filter(({ kind }) => kind === 'signature')
  for (const { message, content } of found)
    await inFolder({ 'message.der': message, 'content.bin': content }, (cwd) => {
      const what = ['-binary', '-inform', 'DER', '-in', 'message.der', '-content', 'content.bin']
      const trust = ['-CAfile', authority.rootPem, '-certfile', authority.chainPem, '-purpose', 'any']
      tool('openssl', ['cms', '-verify', '-cades', ...what, ...trust, '-out', 'out.bin'], { cwd })
    })
  return found.length
}

/** `openssl ts -verify` over every time-stamp of the file, those in signatures too; gives how many there were. */
export async function verifyStamps(pdf: Buffer, authority: AuthorityFiles): Promise<number> {
  const stamps = signaturesOf(pdf).flatMap(({ kind, message, content }) =>
    kind === 'timestamp' ? [{ token: message, data: content }] : stampOf(message),
  )
  for (const { token, data } of stamps)
    await inFolder({ 'token.der': token, 'data.bin': data }, (cwd) => {
      const what = ['-token_in', '-in', 'token.der', '-data', 'data.bin']
      const trust = ['-CAfile', authority.rootPem, '-untrusted', authority.chainPem]
      tool('openssl', ['ts', '-verify', ...what, ...trust], { cwd })
    })
  return stamps.length
}

/** The time-stamp over a signature's value (EN 319 122-1 §5.3). */
function stampOf(message: Buffer): { token: Buffer; data: Buffer }[] {
  const signers = inside(read(message), 1, 0).parts?.at(-1)
  const signer = signers && inside(signers, 0)
  const value = signer?.parts?.find(({ tag }) => tag === 0x04)
  const unsigned = signer?.parts?.find(({ tag }) => tag === 0xa1)?.parts ?? []
  return unsigned
    .filter((attribute) => written(inside(attribute, 0)).equals(timestampAttribute))
    .map((attribute) => ({
      token: written(inside(attribute, 1, 0)),
      data: value?.content ?? Buffer.alloc(0),
    }))
}
