import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../../definition/definition.ts'

const proofs: readonly Text[] = [
  { th: 'ไม่ต้องพิสูจน์', en: 'None' },
  {
    th: 'บัตรประชาชนหรือหนังสือเดินทางที่ตรวจกับทะเบียนแล้ว',
    en: 'An identity card or passport that was checked with the register',
  },
  {
    th: 'แอปของรัฐ เช่น ThaID หรือพบเจ้าหน้าที่',
    en: 'An app of the state, such as ThaID, or meeting an officer',
  },
  { th: 'พบเจ้าหน้าที่', en: 'Meeting an officer' },
]

/** How somebody must have proved who they are, in words, with the levels of the rules behind them (IAL, AAL). */
export function levelText(
  { level: { ial, aal } }: Pick<ServiceDefinition, 'level'>,
  language: Language,
): ComponentChild {
  const proof = proofs[Math.trunc(Number(ial))] ?? proofs[0]
  return [proof?.[language], ' ', h('span', { class: 'quiet' }, `(IAL ${ial}, AAL ${aal})`)]
}
