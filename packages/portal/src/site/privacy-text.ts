import type { Text } from '@sapan/kernel'
import type { PortalOperator } from './options.ts'
import type { Chapter, Reading } from './reading-page.ts'

/**
 * The privacy notice: what the Personal Data Protection Act B.E. 2562 (2019) wants told before data is collected (sections
 * 23 and 25), in the order in which people ask.
 */
export function privacyText(operator: PortalOperator): Reading {
  const { name } = operator
  return {
    title: { th: 'ประกาศความเป็นส่วนตัว', en: 'Privacy notice' },
    lead: {
      th: `${name.th} เป็นผู้ควบคุมข้อมูลส่วนบุคคลของบริการนี้ ประกาศฉบับนี้บอกว่าเราเก็บข้อมูลใดของคุณ เพราะเหตุใด นานเท่าใด ใครได้รับ และคุณมีสิทธิอะไรบ้าง`,
      en: `${name.en} is the controller of the personal data in this service. This notice says what we keep of you, why, for how long, who receives it, and what rights you have.`,
    },
    changed: '2026-11-22',
    chapters: [kept, why, needed, howLong, toWhom, device, rights, contact(operator)],
  }
}

const kept: Chapter = {
  id: 'kept',
  title: { th: 'ข้อมูลที่เราเก็บ และที่มา', en: 'What we keep, and where it comes from' },
  paragraphs: [
    {
      th: 'เราไม่มีสำเนาทะเบียนของหน่วยงานใด ข้อมูลในทะเบียนอยู่ที่หน่วยงานเจ้าของ และถูกเรียกดูเฉพาะเมื่อจำเป็น',
      en: 'We hold no copy of any agency’s register. That data stays with the agency that keeps it, and is asked for only when it is needed.',
    },
  ],
  points: [
    {
      th: 'ตัวคุณ: ชื่อ วันเกิด เพศ สัญชาติ และเลขประจำตัว จากที่คุณแจ้ง จากทะเบียนราษฎร จากสำนักงานตรวจคนเข้าเมือง หรือจาก ThaID แล้วแต่วิธีที่คุณเลือกพิสูจน์ตัวตน เก็บแบบเข้ารหัส',
      en: 'Who you are: name, date of birth, sex, nationality and number, from yourself, the population register, the Immigration Bureau or ThaID, by the way in which you proved it; kept encrypted.',
    },
    {
      th: 'วิธีเข้าสู่ระบบ: กุญแจสาธารณะของพาสคีย์ ค่าแฮชของรหัสผ่านและรหัสกู้คืน เราไม่ได้รับลายนิ้วมือหรือใบหน้าของคุณ ข้อมูลนั้นไม่ออกจากอุปกรณ์',
      en: 'How you sign in: public keys of passkeys, hashes of passwords and recovery codes. We never receive your fingerprint or your face: they do not leave your device.',
    },
    {
      th: 'การใช้งาน: ประวัติการเข้าสู่ระบบ เวลา และชนิดของอุปกรณ์ อีเมลและภาษาที่คุณเลือก',
      en: 'How you use it: the history of your sign-ins with time and kind of device, your e-mail address and language.',
    },
    {
      th: 'สิ่งที่คุณตัดสินใจ: ความยินยอม การให้อำนาจทำการแทน ข้อความ และคำถามถึงหน่วยงาน',
      en: 'What you decide: consents, mandates, messages and questions to agencies.',
    },
    {
      th: 'หลักฐานการแลกเปลี่ยนข้อมูล: ใครดูข้อมูลใดของคุณ เก็บไว้ที่หน่วยงานทั้งสองฝ่าย',
      en: 'Evidence of exchanges: who looked at what of yours. It is kept by the two agencies.',
    },
  ],
}

const why: Chapter = {
  id: 'why',
  title: { th: 'วัตถุประสงค์และฐานทางกฎหมาย', en: 'Why, and on which legal basis' },
  paragraphs: [],
  points: [
    {
      th: 'เปิดบัญชี เข้าสู่ระบบ พิสูจน์ตัวตน และทำการแทน เพื่อให้คุณใช้บริการของรัฐ: ภารกิจเพื่อประโยชน์สาธารณะ (มาตรา 24 (4))',
      en: 'Accounts, signing in, proofing and acting for others, so that you can use public services: a task in the public interest (section 24 (4)).',
    },
    {
      th: 'ป้องกันการสวมสิทธิและแจ้งเตือนเหตุผิดปกติ: หน้าที่รักษาความมั่นคงปลอดภัยของข้อมูล (มาตรา 24 (6) และมาตรา 37 (1))',
      en: 'Keeping others out of your account, and telling you of what is unusual: the duty to keep data secure (sections 24 (6) and 37 (1)).',
    },
    {
      th: 'เก็บประวัติและหลักฐานให้ตรวจสอบย้อนหลังได้: หน้าที่ตามกฎหมาย (มาตรา 24 (6))',
      en: 'History and evidence that can be checked later: a legal obligation (section 24 (6)).',
    },
    {
      th: 'ส่งข้อมูลให้ผู้ที่กฎหมายไม่ได้ให้อำนาจไว้: ความยินยอมของคุณเป็นรายเรื่อง (มาตรา 19)',
      en: 'Giving data to those whom no law entitles to it: your consent, asked each time (section 19).',
    },
  ],
}

const needed: Chapter = {
  id: 'needed',
  title: { th: 'หากคุณไม่ให้ข้อมูล', en: 'If you give no data' },
  paragraphs: [
    {
      th: 'คุณอ่านหน้าทั่วไปและตรวจเอกสารได้โดยไม่ต้องเข้าสู่ระบบ บริการที่กฎหมายให้ตรวจตัวผู้ขอต้องใช้ข้อมูลที่พิสูจน์แล้ว หากไม่ประสงค์จะให้ผ่านระบบนี้ คุณติดต่อหน่วยงานเจ้าของบริการโดยตรงได้ การไม่ให้หรือถอนความยินยอมไม่กระทบบริการอื่น',
      en: 'You can read public pages and check documents without signing in. Services whose law wants to know who asks need data that has been proved; if you would rather not give it here, you can go to the agency itself. Refusing or withdrawing a consent takes no other service from you.',
    },
  ],
}

const howLong: Chapter = {
  id: 'how-long',
  title: { th: 'ระยะเวลาที่เก็บ', en: 'For how long' },
  paragraphs: [],
  points: [
    {
      th: 'การเข้าใช้แต่ละครั้ง: สิ้นสุดเมื่อไม่ใช้งาน 30 นาที และไม่เกิน 12 ชั่วโมง',
      en: 'Each session: ends after 30 minutes without use, and after 12 hours at most.',
    },
    {
      th: 'แบบฟอร์มที่พักไว้ระหว่างที่คุณยืนยันตัวตน: 30 นาที',
      en: 'A form that waits while you confirm that it is you: 30 minutes.',
    },
    {
      th: 'ไฟล์ที่นำมาตรวจที่หน้าตรวจเอกสาร: ไม่เก็บ',
      en: 'Files handed in to be checked: not kept.',
    },
    {
      th: 'บัญชี ประวัติ ความยินยอม และอำนาจทำการแทน: ตลอดเวลาที่คุณมีบัญชี เมื่อปิดบัญชีแล้วเก็บต่อเท่าที่ต้องใช้เป็นหลักฐาน ซึ่งคาดว่าไม่เกิน 10 ปีตามอายุความทั่วไป (ประมวลกฎหมายแพ่งและพาณิชย์ มาตรา 193/30)',
      en: 'Account, history, consents and mandates: while you have the account. After it is closed, as long as they are needed as evidence; we expect no more than the general limitation period of 10 years (Civil and Commercial Code, section 193/30).',
    },
    {
      th: 'หลักฐานการแลกเปลี่ยนข้อมูล: ตามระเบียบของหน่วยงานที่เก็บ',
      en: 'Evidence of exchanges: by the rules of the agency that keeps it.',
    },
  ],
}

const toWhom: Chapter = {
  id: 'to-whom',
  title: { th: 'ผู้ที่ได้รับข้อมูล', en: 'Who receives data' },
  paragraphs: [
    {
      th: 'เราไม่ขายข้อมูล และไม่ส่งข้อมูลของคุณไปต่างประเทศ ข้อความแจ้งเตือนบนอุปกรณ์ส่งผ่านผู้ให้บริการเบราว์เซอร์ จึงเข้ารหัสและไม่มีเนื้อหาของเรื่อง',
      en: 'Nothing is sold, and your data is not sent abroad. Push messages pass through the makers of browsers, so they are encrypted and do not say what they are about.',
    },
  ],
  points: [
    {
      th: 'หน่วยงานของรัฐที่มีกฎหมายให้อำนาจ เฉพาะรายการที่ได้รับอนุญาต',
      en: 'Agencies that a law entitles to it; only the fields that were granted to them.',
    },
    {
      th: 'หน่วยงานหรือบริษัทที่คุณยินยอม เฉพาะรายการและระยะเวลาที่คุณเลือก',
      en: 'Agencies and companies to which you consent; only the fields and the time that you chose.',
    },
    {
      th: 'ผู้ทำการแทนคุณ และเจ้าหน้าที่ที่คุณอนุญาตให้ช่วย เฉพาะเรื่องที่คุณให้ทำ',
      en: 'Those who act for you, and officers whom you let help you; only in what you gave them to do.',
    },
    {
      th: 'ทุกครั้งที่มีการดูข้อมูล คุณเห็นได้ที่ หน้าของฉัน > ใครดูข้อมูลของฉัน เว้นแต่กฎหมายให้ปิดไว้ชั่วคราว',
      en: 'You see each look under My page > Who looked at my data, unless a law withholds it for a time.',
    },
  ],
}

const device: Chapter = {
  id: 'device',
  title: { th: 'คุกกี้และข้อมูลในอุปกรณ์ของคุณ', en: 'Cookies, and what lies on your device' },
  paragraphs: [
    {
      th: 'เราใช้เฉพาะคุกกี้ที่จำเป็น ได้แก่ การเข้าสู่ระบบ ภาษา การป้องกันแบบฟอร์ม และอุปกรณ์ที่เคยใช้ ไม่มีการติดตาม ไม่มีโฆษณา และไม่เรียกไฟล์จากเว็บอื่น',
      en: 'We use only cookies that are needed: for signing in, the language, the protection of forms, and devices that you used before. There is no tracking, no advertising, and no file from another site.',
    },
    {
      th: 'ระหว่างที่คุณเข้าสู่ระบบ เบราว์เซอร์เก็บกล่องข้อความของคุณไว้ให้อ่านเมื่อไม่มีอินเทอร์เน็ต และลบเมื่อคุณออกจากระบบ',
      en: 'While you are signed in, your browser keeps your inbox, to be read offline, and removes it when you sign out.',
    },
  ],
}

const rights: Chapter = {
  id: 'rights',
  title: { th: 'สิทธิของคุณ', en: 'Your rights' },
  paragraphs: [
    {
      th: 'สิทธิส่วนใหญ่ใช้ได้เองที่หน้าของฉัน เรื่องอื่นยื่นคำขอต่อเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลได้โดยไม่เสียค่าใช้จ่าย เราตอบภายใน 30 วัน หากปฏิเสธจะแจ้งเหตุผล',
      en: 'Most of these you can use yourself on your page. For the rest, ask the data protection officer; it costs nothing, you have an answer within 30 days, and a refusal gives its reasons.',
    },
  ],
  points: [
    right('ถอนความยินยอมเมื่อใดก็ได้ มีผลทันที', 'Withdraw a consent at any time, with effect at once', '19'),
    right(
      'ขอดูและขอรับสำเนาข้อมูล และขอให้บอกที่มา',
      'See your data, have a copy, and be told where it comes from',
      '30',
    ),
    right('ขอรับข้อมูลเป็นไฟล์ไปใช้ที่อื่น', 'Have it as a file to use elsewhere', '31'),
    right('คัดค้านการเก็บ ใช้ หรือเปิดเผยข้อมูล', 'Object to its collection, use or disclosure', '32'),
    right('ขอให้ลบหรือทำให้ระบุตัวไม่ได้', 'Have it erased or made anonymous', '33'),
    right('ขอให้ระงับการใช้', 'Have its use suspended', '34'),
    right('ขอให้แก้ไขให้ถูกต้องและเป็นปัจจุบัน', 'Have it corrected and brought up to date', '35–36'),
  ],
}

function right(th: string, en: string, section: string): Text {
  const sections = section.includes('–') ? 'sections' : 'section'
  return { th: `${th} (มาตรา ${section})`, en: `${en} (${sections} ${section})` }
}

function contact({ name, email, phone, address, dataProtection }: PortalOperator): Chapter {
  const dash = phone === undefined ? '' : `, ${phone}`
  const where = (language: 'th' | 'en') => (address === undefined ? '' : `, ${address[language]}`)
  return {
    id: 'contact',
    title: { th: 'ติดต่อเราและร้องเรียน', en: 'Contact and complaints' },
    paragraphs: [],
    points: [
      {
        th: `เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล: ${dataProtection}`,
        en: `Data protection officer: ${dataProtection}`,
      },
      {
        th: `ผู้ควบคุมข้อมูลส่วนบุคคล: ${name.th}${where('th')}, ${email}${dash}`,
        en: `Controller: ${name.en}${where('en')}, ${email}${dash}`,
      },
      {
        th: 'หากเห็นว่าเราไม่ปฏิบัติตามกฎหมาย คุณร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล (สคส.) ได้ (มาตรา 73)',
        en: 'If you think that we break the law, you can complain to the Office of the Personal Data Protection Committee (section 73).',
      },
      {
        th: 'มาตราที่อ้างในประกาศนี้เป็นของพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 เว้นแต่ระบุไว้เป็นอย่างอื่น',
        en: 'Sections named in this notice are those of the Personal Data Protection Act B.E. 2562 (2019), unless it says otherwise.',
      },
    ],
  }
}
