import { generateKeyPairSync } from 'node:crypto'

const elliptic = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey

/** Keys of the signing services, theirs and ours. */
export const cscKeys = {
  root: elliptic('P-256'),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  p256: elliptic('P-256'),
  p384: elliptic('P-384'),
}
