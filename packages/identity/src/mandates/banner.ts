import type { Text } from '@sapan/kernel'
import type { ActingFor } from './acting.ts'
import type { MandateSource } from './mandate.ts'

/** What a face shows on every page while its visitor acts for another. */
export interface ActingBanner {
  readonly source: MandateSource
  readonly text: Text
  /** Milliseconds since 1970; shown where it ends by itself soon. */
  readonly till?: number
  /** Whether it is to be shown large: an officer works in somebody's name. */
  readonly isLoud: boolean
  /** Where one stops, or chooses another. */
  readonly change: string
}

const begins: Readonly<Record<MandateSource, Text>> = {
  company: { th: 'กำลังทำการแทนบริษัท', en: 'Acting for the company' },
  child: { th: 'กำลังทำการแทนบุตร', en: 'Acting for your child' },
  person: { th: 'กำลังทำการแทน', en: 'Acting for' },
  helper: { th: 'เจ้าหน้าที่กำลังช่วยทำรายการให้', en: 'Helping at the counter:' },
}

/** The banner of a session that acts for another. */
export function actingBanner({ source, name, till, case: of }: ActingFor): ActingBanner {
  const suffix = of === undefined ? { th: '', en: '' } : { th: ` (เรื่อง ${of})`, en: ` (case ${of})` }
  return {
    source,
    text: {
      th: `${begins[source].th} ${name.th}${suffix.th}`,
      en: `${begins[source].en} ${name.en}${suffix.en}`,
    },
    ...(till !== undefined && source === 'helper' ? { till } : {}),
    isLoud: source === 'helper',
    change: '/me/mandates/act',
  }
}
