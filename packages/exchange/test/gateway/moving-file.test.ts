import { randomBytes } from 'node:crypto'
import { agreementJwk, agreementKey } from '@sapan/trust'
import { describe, expect, it } from 'vitest'
import { openSealedFile, sealFor } from '../../src/gateway/moving/container.ts'
import { linesOf } from '../../src/gateway/moving/lines.ts'
import { formatMovingKey, readMovingKey } from '../../src/gateway/moving/moving-key.ts'

const secret = randomBytes(32)
const reader = agreementJwk(agreementKey(secret))
const piece = 64 * 1024

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

async function sealed(lines: readonly string[]): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(sealFor(reader, each(lines))))
}

function pieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
}

async function opened(file: Buffer, with_ = secret, size = 5_000): Promise<string[]> {
  return Array.fromAsync(linesOf(openSealedFile(with_, each(pieces(file, size)))))
}

const refused = { code: 'moving-file-unreadable' }

describe('the file of a member that moves', () => {
  it.each([0, 1, piece - 1, piece, piece + 1, 3 * piece])(
    'comes out as it went in: %i bytes in a line, however it is cut on the way',
    async (length) => {
      const lines = ['first', 'x'.repeat(length), 'สาม']
      const file = await sealed(lines.map((line) => `${line}\n`))
      for (const size of [100, piece, 10 * piece]) {
        expect(await opened(file, secret, size)).toEqual(lines)
      }
    },
  )

  it('is for one reader', async () => {
    await expect(opened(await sealed(['a\n']), randomBytes(32))).rejects.toMatchObject(refused)
  })

  it('is refused where it was cut, at any place', async () => {
    const file = await sealed(['x'.repeat(3 * piece)])
    const heading = file.indexOf('\n', 20) + 1
    for (const end of [
      0,
      10,
      heading - 1,
      heading,
      heading + piece + 16,
      heading + 2 * (piece + 16),
      file.length - 1,
    ]) {
      await expect(opened(file.subarray(0, end))).rejects.toMatchObject(refused)
    }
  })

  it('is refused where something was changed, exchanged, left out or added', async () => {
    const file = await sealed(['x'.repeat(3 * piece)])
    const heading = file.indexOf('\n', 20) + 1
    const step = piece + 16
    const part = (i: number) => file.subarray(heading + i * step, heading + (i + 1) * step)
    const head = file.subarray(0, heading)
    const flipped = Buffer.from(file)
    flipped[heading + 100] = (flipped[heading + 100] ?? 0) ^ 1
    for (const made of [
      flipped,
      Buffer.concat([head, part(1), part(0), part(2), part(3)]),
      Buffer.concat([head, part(0), part(2), part(3)]),
      Buffer.concat([file, Buffer.from('x')]),
      Buffer.from('x'.repeat(10_000)),
      Buffer.concat([Buffer.from('sapan-moving-2'), file.subarray(14)]),
    ]) {
      await expect(opened(made)).rejects.toMatchObject(refused)
    }
  })
})

describe('the key of a gateway that waits', () => {
  it('is read as it was written, and told from other text', () => {
    const text = formatMovingKey('TH/LOC/ALPHA/gateway-1', secret)
    expect(readMovingKey(`  ${text.slice(0, 30)}\n${text.slice(30)} `)).toEqual({
      gateway: 'TH/LOC/ALPHA/gateway-1',
      jwk: reader,
    })
    expect(text).not.toContain(secret.toString('base64url'))
    for (const wrong of ['', 'sapan-moving.', 'sapan-moving.e30', text.slice(7), 'x'.repeat(2_000)]) {
      expect(() => readMovingKey(wrong)).toThrow(/request-invalid/)
    }
  })
})
