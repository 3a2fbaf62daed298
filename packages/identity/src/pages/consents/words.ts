import type { Text } from '@sapan/kernel'

export const consentWords = {
  title: { th: 'ความยินยอมของฉัน', en: 'My consents' },
  lead: {
    th: 'หน่วยงานบางแห่งขอข้อมูลของคุณได้เมื่อคุณยินยอมเท่านั้น ดูและถอนได้ที่นี่ การถอนมีผลทันที',
    en: 'Some agencies may have your data only if you consent. See your consents here and withdraw them; that takes effect at once.',
  },
  asked: { th: 'รอคุณตัดสินใจ', en: 'Waiting for you' },
  given: { th: 'ที่มีผลอยู่', en: 'In force' },
  over: { th: 'ที่สิ้นสุดแล้ว', en: 'Over' },
  none: { th: 'ยังไม่มีความยินยอม', en: 'There are no consents yet' },
  noneNext: {
    th: 'เมื่อหน่วยงานขอความยินยอม คุณจะเห็นคำขอที่นี่และได้รับการแจ้งเตือน',
    en: 'When an agency asks for one, you see it here and get a notice.',
  },
  who: { th: 'ผู้ขอข้อมูล', en: 'Who gets it' },
  from: { th: 'จาก', en: 'From' },
  purpose: { th: 'เพื่อ', en: 'For' },
  law: { th: 'ฐานกฎหมาย', en: 'Law' },
  fields: { th: 'ข้อมูล', en: 'Data' },
  reason: { th: 'หน่วยงานให้เหตุผลว่า', en: 'The agency says' },
  reference: { th: 'เลขอ้างอิงของหน่วยงาน', en: 'The agency’s reference' },
  until: { th: 'มีผลถึง', en: 'Until' },
  askedOn: { th: 'ขอเมื่อ', en: 'Asked on' },
  answerBy: { th: 'ตอบได้ถึง', en: 'Can be answered until' },
  givenOn: { th: 'ให้เมื่อ', en: 'Given on' },
  endedOn: { th: 'สิ้นสุดเมื่อ', en: 'Ended on' },
  chooseFields: { th: 'ข้อมูลที่คุณยินยอม', en: 'What you consent to' },
  chooseFieldsHint: {
    th: 'เอาเครื่องหมายออกจากรายการที่ไม่ยินยอมได้',
    en: 'Leave out what you don’t consent to.',
  },
  chooseDays: { th: 'ยินยอมนานเท่าใด', en: 'For how long' },
  days: { th: '{days} วัน', en: '{days|day|days}' },
  give: { th: 'ให้ความยินยอม', en: 'Consent' },
  refuseFor: { th: 'หากไม่ยินยอม', en: 'If you refuse' },
  notAgain: { th: 'ไม่ให้หน่วยงานนี้ถามเรื่องนี้อีก', en: 'Don’t let this agency ask for this again' },
  unwantedHint: {
    th: 'คำขอเพื่อวัตถุประสงค์เดียวกันจากบริการเดียวกันจะถือว่าไม่ยินยอมโดยไม่ถามคุณ เปลี่ยนใจได้ทุกเมื่อ',
    en: 'Questions for the same purpose and service count as refused, and you are not asked. You can change your mind at any time.',
  },
  unwanted: { th: 'เรื่องที่ไม่ให้ถามอีก', en: 'Not to be asked again' },
  unwantedLead: {
    th: 'คุณไม่ยินยอมเรื่องเหล่านี้ และไม่ให้หน่วยงานถามอีก หากหน่วยงานขอ จะได้คำตอบว่าไม่ยินยอม',
    en: 'You refused these and don’t want to be asked again. An agency that asks is told that you refused.',
  },
  noUnwanted: { th: 'ไม่มีเรื่องที่ไม่ให้ถามอีก', en: 'There is nothing that you don’t want to be asked again' },
  allowAsking: { th: 'ให้ถามได้อีก', en: 'Let them ask again' },
  refuse: { th: 'ไม่ยินยอม', en: 'Refuse' },
  withdraw: { th: 'ถอนความยินยอม', en: 'Withdraw' },
  meaning: {
    th: 'หน่วยงานขอข้อมูลเหล่านี้ซ้ำได้จนกว่าจะหมดเวลาหรือคุณถอน ทุกครั้งที่ดูจะแสดงในหน้า “ใครดูข้อมูลของฉัน”',
    en: 'They may ask for this data again until the time is over or you withdraw. Each look is shown under “Who looked at my data”.',
  },
  withdrawMeaning: {
    th: 'มีผลทันที หน่วยงานขอข้อมูลตามความยินยอมนี้ไม่ได้อีก ข้อมูลที่ได้ไปแล้วยังอยู่กับหน่วยงาน คุณขอให้ลบได้ตามกฎหมายคุ้มครองข้อมูลส่วนบุคคล',
    en: 'It takes effect at once: they can’t ask for the data under it any more. What they already have stays with them; under the data protection act you may ask them to erase it.',
  },
  details: { th: 'ดูรายละเอียด', en: 'Details' },
  endsSoon: { th: 'ใกล้หมดอายุ', en: 'Ends soon' },
  newAsk: {
    th: 'ต้องการให้อีกครั้ง หน่วยงานต้องขอใหม่',
    en: 'To consent again, the agency has to ask anew.',
  },
} as const satisfies Record<string, Text>

export const stateWords = {
  asked: { th: 'รอตัดสินใจ', en: 'Waiting' },
  given: { th: 'มีผล', en: 'In force' },
  refused: { th: 'ไม่ยินยอม', en: 'Refused' },
  withdrawn: { th: 'ถอนแล้ว', en: 'Withdrawn' },
  lapsed: { th: 'หมดเวลา', en: 'Lapsed' },
} as const satisfies Record<string, Text>
