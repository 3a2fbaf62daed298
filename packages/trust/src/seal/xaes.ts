import { type Cipheriv, createCipheriv } from 'node:crypto'

/** Bytes of a nonce of XAES-256-GCM. */
export const xaesNonceBytes = 24

const blockBytes = 16

/** The key derivation of XAES-256-GCM (c2sp.org/XAES-256-GCM) for one 32-byte key. */
export class DerivedKeys {
  /** ECB has no state between blocks, so one cipher serves every derivation. */
  readonly #blocks: Cipheriv
  /** K1 twice, laid over M1 and M2. */
  readonly #mask: Buffer

  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new TypeError('a sealing key has 32 bytes')
    this.#blocks = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
    const subkey = doubled(this.#blocks.update(Buffer.alloc(blockBytes)))
    this.#mask = Buffer.concat([subkey, subkey])
  }

  /** The AES-256-GCM key and 12-byte nonce for a 24-byte nonce. */
  derive(nonce: Uint8Array): { key: Buffer; nonce: Uint8Array } {
    const input = Buffer.from(this.#mask)
    for (const [counter, start] of [
      [1, 0],
      [2, blockBytes],
    ] as const) {
      xorAt(input, start + 1, counter)
      xorAt(input, start + 2, 0x58)
      for (let i = 0; i < 12; i++) xorAt(input, start + 4 + i, nonce[i] ?? 0)
    }
    return { key: this.#blocks.update(input), nonce: nonce.subarray(12) }
  }
}

function xorAt(buffer: Buffer, index: number, value: number): void {
  buffer[index] = (buffer[index] ?? 0) ^ value
}

/** CMAC's subkey K1: the block shifted left by one bit in GF(2¹²⁸). */
function doubled(block: Buffer): Buffer {
  const out = Buffer.alloc(blockBytes)
  for (let i = 0; i < blockBytes; i++) {
    out[i] = ((block[i] ?? 0) << 1) | ((block[i + 1] ?? 0) >> 7)
  }
  if ((block[0] ?? 0) & 0x80) xorAt(out, blockBytes - 1, 0x87)
  return out
}
