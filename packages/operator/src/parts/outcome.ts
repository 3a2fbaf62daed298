import type { ExchangeSummary } from '@sapan/exchange'
import type { Language, Text } from '@sapan/kernel'
import { type TagKind, tag } from '@sapan/ui'
import type { ComponentChild } from 'preact'

const words = {
  delivered: { th: 'ได้คำตอบแล้ว', en: 'delivered' },
  answered: { th: 'ตอบแล้ว', en: 'answered' },
  failed: { th: 'ไม่สำเร็จ', en: 'failed' },
  asked: { th: 'รอผล', en: 'no end known' },
} as const satisfies Record<string, Text>

const kinds: Readonly<Record<ExchangeSummary['state'], TagKind>> = {
  delivered: 'success',
  answered: 'success',
  failed: 'danger',
  asked: 'warning',
}

/** How an exchange ended, with its status or the code of what refused it. */
export function outcomeOf(
  { state, status, problem }: Pick<ExchangeSummary, 'state' | 'status' | 'problem'>,
  language: Language,
): ComponentChild {
  const kind = problem === null && (status ?? 200) < 400 ? kinds[state] : 'danger'
  const reason = problem ?? (status === null ? '' : String(status))
  return tag([words[state][language], reason].filter(Boolean).join(' · '), kind)
}
