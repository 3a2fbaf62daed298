import type { Step } from '../../step.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** The purpose is the grant's. Where the caller named none and only one grant fits, evidence says that it was implied. */
export const settlePurpose: Step<ConsumerExchange> = {
  name: 'settlePurpose',
  run({ known: { grant }, impliedPurpose }) {
    return impliedPurpose
      ? {
          th: `ผู้เรียกไม่ได้ระบุวัตถุประสงค์ มีสิทธิเดียวที่ตรงกัน จึงใช้ ${grant.purpose}`,
          en: `No purpose was named and only one grant fits, so it is ${grant.purpose}`,
        }
      : { th: `วัตถุประสงค์ ${grant.purpose}`, en: `Purpose ${grant.purpose}` }
  },
}
