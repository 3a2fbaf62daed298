import type { Text } from '@sapan/kernel'

export const words = {
  home: { th: 'หน้าแรก', en: 'Home' },
  services: { th: 'บริการ', en: 'Services' },
  homeTitle: { th: 'บริการของรัฐ ในที่เดียว', en: 'Government services in one place' },
  homeLead: {
    th: 'ค้นหาบริการ ยื่นคำขอโดยไม่ต้องกรอกสิ่งที่รัฐรู้อยู่แล้ว ตรวจเอกสาร และดูว่าใครใช้ข้อมูลของคุณ',
    en: 'Find a service, apply without typing what the state already knows, check a document, and see who looked at your data.',
  },
  check: { th: 'ตรวจเอกสาร', en: 'Check a document' },
  checkText: {
    th: 'ดูว่าใครลงนาม เมื่อไร และถูกแก้ไขหรือไม่ ไม่ต้องเข้าสู่ระบบ และเราไม่เก็บไฟล์',
    en: 'See who signed it, when, and whether it was changed. No sign-in, and the file is not kept.',
  },
  me: { th: 'หน้าของฉัน', en: 'My page' },
  ownPage: {
    th: 'หน้านี้ยังเป็นเรื่องของคุณเอง ไม่ใช่ของผู้ที่คุณทำการแทน',
    en: 'This page is about you, not about the one you act for.',
  },
  meText: {
    th: 'คำขอและเอกสารของคุณ กล่องข้อความ ความยินยอม และความปลอดภัยของบัญชี',
    en: 'Your applications and documents, messages, consents, and the security of your account.',
  },
  usage: { th: 'ใครดูข้อมูลของฉัน', en: 'Who looked at my data' },
  usageText: {
    th: 'ทุกครั้งที่หน่วยงานดูข้อมูลของคุณ พร้อมกฎหมาย วัตถุประสงค์ และหลักฐาน',
    en: 'Each look of an agency at your data, with the law, the purpose and the proof.',
  },
  help: { th: 'ความช่วยเหลือ', en: 'Help' },
  accessibility: { th: 'การเข้าถึงเว็บไซต์', en: 'Accessibility' },
  privacy: { th: 'ความเป็นส่วนตัว', en: 'Privacy' },
  problems: { th: 'รหัสปัญหา', en: 'Problem codes' },
  navigation: { th: 'เมนูหลัก', en: 'Main menu' },
  line: { th: 'บริการภาครัฐ', en: 'government services' },
  overviewLead: { th: 'ทุกเรื่องของคุณในที่เดียว', en: 'All that is yours, in one place.' },
  provedLevel: { th: 'ระดับความน่าเชื่อถือของการเข้าสู่ระบบครั้งนี้', en: 'Assurance of this sign-in' },
  provedIdentity: { th: 'การพิสูจน์ตัวตน', en: 'who you are' },
  provedSignIn: { th: 'การยืนยันตัวตน', en: 'how you signed in' },
  offlineTitle: { th: 'ไม่มีอินเทอร์เน็ต', en: 'You are offline' },
  offlineText: {
    th: 'หน้านี้เปิดไม่ได้เมื่อไม่มีอินเทอร์เน็ต แต่ยังอ่านกล่องข้อความตามที่เห็นล่าสุดในอุปกรณ์นี้ได้',
    en: 'This page cannot be opened offline. Your inbox can, as you last saw it on this device.',
  },
  inbox: { th: 'เปิดกล่องข้อความ', en: 'Open the inbox' },
  again: { th: 'เมื่อมีอินเทอร์เน็ตแล้ว โหลดหน้านี้ใหม่', en: 'When you are online again, reload this page.' },
} as const satisfies Record<string, Text>
