import { Option } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** The option that opens what is sealed: it takes the reason, so that nobody opens it by the way. */
export function openOption({ say }: Terminal): Option {
  return new Option(
    '--open <reason>',
    say({
      th: 'เปิดเนื้อความด้วยเหตุผลนี้ ซึ่งเจ้าของข้อมูลจะเห็น',
      en: 'open what was said, for this reason, which the people whom it concerns are told',
    }),
  )
}
