import type { PortalOperator } from './options.ts'
import type { Reading } from './reading-page.ts'

/** The privacy notice under the Personal Data Protection Act B.E. 2562 (2019), sections 23, 30–36, 41. */
export function privacyText({ name, email, dataProtection }: PortalOperator): Reading {
  return {
    title: { th: 'ประกาศความเป็นส่วนตัว', en: 'Privacy notice' },
    lead: {
      th: `เราเก็บอะไรของคุณ เพราะอะไร นานเท่าใด และคุณทำอะไรได้บ้าง ผู้ควบคุมข้อมูลส่วนบุคคลคือ${name.th}`,
      en: `What is kept of you here, why, for how long, and what you can do about it. The controller is ${name.en}.`,
    },
    changed: '2026-11-21',
    chapters: [
      {
        id: 'kept',
        title: { th: 'เราเก็บอะไร', en: 'What is kept' },
        paragraphs: [
          {
            th: 'หน้านี้ไม่มีสำเนาทะเบียนของหน่วยงานใด ข้อมูลของคุณอยู่ที่หน่วยงานเจ้าของ และถูกขอดูเมื่อจำเป็นเท่านั้น',
            en: 'No register of any agency is copied here. Your data stays with the agency that keeps it, and is asked for when it is needed.',
          },
        ],
        points: [
          {
            th: 'บัญชีของคุณ: ชื่อ วันเกิด และเลขประจำตัวที่พิสูจน์แล้ว พร้อมแหล่งที่มาและวันที่ได้มา เก็บแบบเข้ารหัส',
            en: 'Your account: name, date of birth and the numbers that were proved, with where they come from and when; encrypted.',
          },
          {
            th: 'วิธียืนยันตัวตน: กุญแจสาธารณะของพาสคีย์ ไม่มีลายนิ้วมือหรือใบหน้า ซึ่งไม่เคยออกจากเครื่องของคุณ',
            en: 'Your authenticators: public keys of passkeys. No fingerprint and no face: they never leave your device.',
          },
          {
            th: 'ความยินยอม การมอบอำนาจ ข้อความ และประวัติการลงชื่อเข้าใช้',
            en: 'Consents, mandates, messages, and the history of your sign-ins.',
          },
          {
            th: 'หลักฐานการแลกเปลี่ยนข้อมูล ซึ่งบอกว่าใครดูอะไรของคุณ เก็บที่หน่วยงานทั้งสองฝ่าย ค้นได้ด้วยรหัสแฮชเท่านั้น',
            en: 'Evidence of exchanges, which tells who looked at what of you: kept by both agencies, and found by a keyed hash alone.',
          },
        ],
      },
      {
        id: 'why',
        title: { th: 'เพราะอะไร', en: 'Why' },
        paragraphs: [
          {
            th: 'เพื่อให้คุณใช้บริการของรัฐโดยไม่ต้องพิสูจน์ตัวซ้ำ และเพื่อให้ทุกการใช้ข้อมูลตรวจสอบได้ ฐานทางกฎหมายคือภารกิจของรัฐและหน้าที่ตามกฎหมาย (PDPA มาตรา 24 (4) และ (6)) และความยินยอมเฉพาะเรื่องที่ระบบถามคุณ',
            en: 'So that you can use services of the state without proving yourself again and again, and so that every use of data can be checked. The legal basis is public duty and legal obligation (PDPA section 24 (4) and (6)), and your consent where you are asked for it.',
          },
        ],
      },
      {
        id: 'how-long',
        title: { th: 'นานเท่าใด', en: 'For how long' },
        paragraphs: [],
        points: [
          {
            th: 'การลงชื่อเข้าใช้: 30 นาทีหากไม่ใช้งาน และไม่เกิน 12 ชั่วโมง',
            en: 'A sign-in: 30 minutes without use, 12 hours at most.',
          },
          {
            th: 'แบบฟอร์มที่เก็บไว้ให้ระหว่างยืนยันตัวตน: 30 นาที',
            en: 'A form that is kept while you prove yourself: 30 minutes.',
          },
          {
            th: 'บัญชี ประวัติ ความยินยอม และการมอบอำนาจ: ตลอดที่มีบัญชี และต่อจากนั้นตามที่กฎหมายกำหนดให้เก็บเป็นหลักฐาน',
            en: 'Account, history, consents and mandates: while the account is there, and then as long as the law wants evidence of them.',
          },
          {
            th: 'ไฟล์ที่นำมาตรวจ: ไม่เก็บ',
            en: 'Files that are checked: not kept.',
          },
        ],
      },
      {
        id: 'device',
        title: { th: 'คุกกี้และสิ่งที่อยู่ในเครื่องของคุณ', en: 'Cookies, and what lies on your device' },
        paragraphs: [
          {
            th: 'มีเฉพาะคุกกี้ที่จำเป็น: การลงชื่อเข้าใช้ ภาษา และกุญแจป้องกันแบบฟอร์ม ไม่มีการติดตามและไม่มีโฆษณา ไม่มีไฟล์จากเว็บอื่น',
            en: 'Cookies that are needed only: the sign-in, the language, and a key that guards forms. No tracking, no advertising, no file from another site.',
          },
          {
            th: 'เมื่อลงชื่อเข้าใช้ เบราว์เซอร์เก็บกล่องข้อความและรายการเอกสารที่คุณเปิดไว้ให้อ่านได้เมื่อไม่มีอินเทอร์เน็ต และลบทิ้งเมื่อคุณออกจากระบบ',
            en: 'While you are signed in, the browser keeps the inbox and the list of documents that you opened, to be read offline. They are removed when you sign out.',
          },
        ],
      },
      {
        id: 'to-whom',
        title: { th: 'ใครได้ข้อมูลบ้าง', en: 'Who gets data' },
        paragraphs: [
          {
            th: 'เฉพาะหน่วยงานที่กฎหมายให้อำนาจ หรือที่คุณยินยอม และเฉพาะรายการที่ได้รับอนุญาต ดูได้ทุกครั้งที่ หน้าของฉัน > ใครดูข้อมูลของฉัน ไม่มีการขายข้อมูล และไม่มีการส่งออกนอกประเทศ',
            en: 'Agencies that the law or your consent allows, and only the fields that were granted. You see each time under My page > Who looked at my data. Nothing is sold, and nothing leaves the country.',
          },
        ],
      },
      {
        id: 'rights',
        title: { th: 'สิทธิของคุณ', en: 'Your rights' },
        paragraphs: [
          {
            th: 'ส่วนใหญ่ทำได้เองที่หน้าของฉัน โดยไม่ต้องยื่นคำขอ',
            en: 'Most of it you can do yourself on your page, without a request.',
          },
        ],
        points: [
          {
            th: 'ดูและขอสำเนาข้อมูล (มาตรา 30) และขอรับไปใช้ที่อื่น (มาตรา 31)',
            en: 'See your data and have a copy (section 30), also to take elsewhere (section 31).',
          },
          {
            th: 'คัดค้านการใช้ (มาตรา 32) ขอให้ลบ (มาตรา 33) หรือระงับการใช้ (มาตรา 34)',
            en: 'Object to its use (section 32), have it erased (section 33) or its use suspended (section 34).',
          },
          { th: 'ขอให้แก้ไขให้ถูกต้อง (มาตรา 35–36)', en: 'Have it corrected (sections 35–36).' },
          {
            th: 'ถอนความยินยอมเมื่อใดก็ได้ มีผลทันที (มาตรา 19)',
            en: 'Withdraw a consent at any time, with effect at once (section 19).',
          },
          { th: 'ถามหน่วยงานว่าเหตุใดจึงเปิดดูข้อมูลของคุณ', en: 'Ask an agency why it looked at your data.' },
        ],
      },
      {
        id: 'ask',
        title: { th: 'ถามใคร', en: 'Whom to ask' },
        paragraphs: [
          {
            th: `เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล: ${dataProtection} เรื่องทั่วไป: ${email}`,
            en: `The data-protection officer: ${dataProtection}. For anything else: ${email}.`,
          },
          {
            th: 'หากไม่พอใจคำตอบ ร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล (สคส.) ได้ (มาตรา 73)',
            en: 'If the answer does not satisfy you, you can complain to the Office of the Personal Data Protection Committee (section 73).',
          },
        ],
      },
    ],
  }
}
