import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'

export interface PrivateKeyWithCertificate {
  readonly key: KeyObject
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
}

export function readPkcs12(_pfx: Uint8Array, _password: string): PrivateKeyWithCertificate {
  throw new Problem(trustProblems['signing-key-unreadable'])
}
