import { createCipheriv } from 'node:crypto'
import { expect, it } from 'vitest'
import { DerivedKeys } from '../src/seal/xaes.ts'

// The vectors of c2sp.org/XAES-256-GCM: one for each value of the top bit of L.
it.each([
  {
    fill: 1,
    derived: 'c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b',
    aad: '',
    sealed: 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271',
  },
  {
    fill: 3,
    derived: 'e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8',
    aad: 'c2sp.org/XAES-256-GCM',
    sealed: '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d',
  },
])('XAES-256-GCM derives keys as published (key of $fill)', ({ fill, derived, aad, sealed }) => {
  const keys = new DerivedKeys(Buffer.alloc(32, fill))
  const { key, nonce } = keys.derive(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX'))
  expect(key.toString('hex')).toBe(derived)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad))
  const body = cipher.update('XAES-256-GCM')
  cipher.final()
  expect(Buffer.concat([body, cipher.getAuthTag()]).toString('hex')).toBe(sealed)
})
