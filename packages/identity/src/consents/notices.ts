import type { Text } from '@sapan/kernel'
import { plainDate } from '@sapan/ui'

export interface ConsentNotice {
  readonly title: Text
  readonly body: Text
  readonly link: string
  readonly key: string
}

const at = (id: string) => `/me/consents/${id}`

export function askedNotice(agency: Text, id: string): ConsentNotice {
  return {
    title: { th: `${agency.th} ขอความยินยอมจากคุณ`, en: `${agency.en} asks for your consent` },
    body: {
      th: 'ดูว่าขอข้อมูลใด เพื่ออะไร แล้วเลือกว่าจะยินยอมหรือไม่ ไม่มีอะไรถูกส่งจนกว่าคุณจะยินยอม',
      en: 'See what they ask for and why, then decide. Nothing is sent until you consent.',
    },
    link: at(id),
    key: `consent-asked ${id}`,
  }
}

export function givenNotice(agency: Text, id: string, expires: number): ConsentNotice {
  return {
    title: { th: `คุณให้ความยินยอมแก่ ${agency.th}`, en: `You consented to ${agency.en}` },
    body: {
      th: `มีผลถึง ${plainDate(expires, 'th')} คุณถอนได้ทุกเมื่อ`,
      en: `It holds until ${plainDate(expires, 'en')}. You can withdraw it at any time.`,
    },
    link: at(id),
    key: `consent-given ${id}`,
  }
}

export function withdrawnNotice(agency: Text, id: string): ConsentNotice {
  return {
    title: { th: `คุณถอนความยินยอมที่ให้แก่ ${agency.th}`, en: `You withdrew the consent of ${agency.en}` },
    body: {
      th: 'หน่วยงานขอข้อมูลของคุณตามความยินยอมนี้ไม่ได้อีก ข้อมูลที่ได้ไปก่อนหน้านี้ยังอยู่กับหน่วยงาน',
      en: 'They can’t ask for your data under it any more. What they already have stays with them.',
    },
    link: at(id),
    key: `consent-withdrawn ${id}`,
  }
}

export function endingNotice(agency: Text, id: string, expires: number): ConsentNotice {
  return {
    title: { th: `ความยินยอมแก่ ${agency.th} ใกล้หมดอายุ`, en: `Your consent to ${agency.en} is about to end` },
    body: {
      th: `สิ้นสุดวันที่ ${plainDate(expires, 'th')} หากไม่ต้องการต่อ ไม่ต้องทำอะไร`,
      en: `It ends on ${plainDate(expires, 'en')}. If that is as you wish, there is nothing to do.`,
    },
    link: at(id),
    key: `consent-ending ${id}`,
  }
}
