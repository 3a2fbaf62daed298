import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { KeyAlgorithm } from '../src/index.ts'

const made = new Map<string, KeyObject>()

/** A private key for that algorithm; the same one for the same name, since RSA keys take long to make. */
export function testPrivateKey(algorithm: KeyAlgorithm, name = 'key'): KeyObject {
  const kind = algorithm.startsWith('rsa') ? 'rsa' : algorithm
  const key = made.get(`${kind}/${name}`) ?? generate(algorithm)
  made.set(`${kind}/${name}`, key)
  return key
}

function generate(algorithm: KeyAlgorithm): KeyObject {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  if (algorithm.startsWith('rsa')) return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const curves = { 'ecdsa-sha256': 'P-256', 'ecdsa-sha384': 'P-384', 'ecdsa-sha512': 'P-521' }
  const namedCurve = curves[algorithm as keyof typeof curves]
  return generateKeyPairSync('ec', { namedCurve }).privateKey
}

/** The code of the problem that it ends with; what it gives otherwise. */
export async function codeOf(run: () => unknown): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}
