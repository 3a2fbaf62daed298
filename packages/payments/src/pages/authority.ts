import { Problem, type Text } from '@sapan/kernel'
import { paymentsProblems } from '../problems.ts'

/**
 * Opens what may be a party's: what is not found while registers are silent that say for whom one may act is not known to be
 * another's. Throws `payment-authority-unknown` instead of `payment-not-found` then.
 */
export async function whereKnown<T>(
  open: () => Promise<T>,
  silentOf: () => Promise<readonly Text[]>,
): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'payment-not-found') throw error
    const silent = await silentOf()
    throw silent.length === 0 ? error : unknownAuthority(silent, error)
  }
}

function unknownAuthority(silent: readonly Text[], cause: Problem): Problem {
  const names = (language: 'th' | 'en', and: string) => silent.map((name) => name[language]).join(and)
  return new Problem(paymentsProblems['payment-authority-unknown'], {
    cause,
    extensions: { retryAfter: 30 },
    detail: {
      th: `${names('th', ' และ')}ไม่ตอบในขณะนี้ จึงยังไม่รู้ว่าคุณทำการแทนผู้ใดได้`,
      en: `There is no answer from ${names('en', ' and ')}, so it is not known for whom you may act.`,
    },
  })
}
