import { randomUUID } from 'node:crypto'
import type { DocumentSigning } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import { deskCaseProblems } from '../../src/desk/problems.ts'

/** Identity's signing as this room sees it: what is confirmed is signed by an incremental update. */
export interface SigningRoom extends Pick<DocumentSigning, 'begin' | 'find'> {
  /** What officers were led to sign. */
  readonly begun: {
    readonly account: string
    readonly id: string
    readonly bytes: Uint8Array
    readonly field?: string
  }[]
  /** Everybody confirms what they were led to. */
  confirm(): void
}

export function signingRoom(): SigningRoom {
  const begun: SigningRoom['begun'] = []
  const confirmed = new Set<string>()
  const find = async (account: string, id: string) => {
    const one = begun.find((document) => document.id === id && document.account === account)
    if (one === undefined) throw new Problem(deskCaseProblems['case-file-not-found'])
    const isSigned = confirmed.has(id)
    const content = isSigned ? Buffer.concat([one.bytes, Buffer.from('\n% signed\n')]) : one.bytes
    const document: object = { id, state: isSigned ? 'signed' : 'waiting', content }
    return document as Awaited<ReturnType<DocumentSigning['find']>>
  }
  return {
    begun,
    confirm: () => {
      for (const { id } of begun) confirmed.add(id)
    },
    begin: async ({ account }, { bytes, field }) => {
      const id = randomUUID()
      begun.push({ account, id, bytes, ...(field === undefined ? {} : { field }) })
      return { id, confirm: `/desk/signing/confirm?document=${id}` }
    },
    find,
  }
}
