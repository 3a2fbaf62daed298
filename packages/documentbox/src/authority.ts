import { Problem, type Text } from '@sapan/kernel'
import type { BoxDocument } from './documentbox.ts'
import { documentboxProblems } from './problems.ts'
import { type DocumentReach, isWithin, toShare } from './reach.ts'

/** Whether somebody may share a party's document: `silent` where the registers that would say so do not answer. */
export type Authority = { readonly acts: boolean } | { readonly silent: readonly Text[] }

interface Asked {
  readonly reachOf: (account: string) => Promise<readonly DocumentReach[]>
  readonly silentOf: (account: string) => Promise<readonly Text[]>
}

/** Nobody acts for a party less because a register does not answer: then it is not known. */
export async function authorityOver(
  { reachOf, silentOf }: Asked,
  account: string,
  document: Pick<BoxDocument, 'issuer' | 'kind'> & { readonly party: string },
): Promise<Authority> {
  if (isWithin(document, document.party, toShare(await reachOf(account)))) return { acts: true }
  const silent = await silentOf(account)
  return silent.length === 0 ? { acts: false } : { silent }
}

/** What is said of a document that is not among somebody's, while registers are silent or not. */
export async function notTheirs({ silentOf }: Pick<Asked, 'silentOf'>, account: string): Promise<Problem> {
  const silent = await silentOf(account)
  return silent.length === 0
    ? new Problem(documentboxProblems['document-not-found'])
    : unknownAuthority(silent)
}

/** `document-authority-unknown`, with the registers by their names. */
export function unknownAuthority(silent: readonly Text[]): Problem {
  const names = (language: 'th' | 'en', and: string) => silent.map((name) => name[language]).join(and)
  return new Problem(documentboxProblems['document-authority-unknown'], {
    extensions: { retryAfter: 30 },
    detail: {
      th: `${names('th', ' และ')}ไม่ตอบในขณะนี้ จึงยังไม่รู้ว่าใครทำการแทนเจ้าของเอกสารได้`,
      en: `There is no answer from ${names('en', ' and ')}, so it is not known who may act for whom the document is about.`,
    },
  })
}
