import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'

export interface Pkcs12Content {
  readonly key: KeyObject
  readonly certificate: Buffer
  readonly chain: readonly Buffer[]
}

export function readPkcs12(_pfx: Uint8Array, _password: string): Pkcs12Content {
  throw new Problem(trustProblems['signing-key-unreadable'])
}
