import type { Text } from '@sapan/kernel'

/** What the page that checks documents says. */
export const words = {
  title: { th: 'ตรวจเอกสาร', en: 'Check a document' },
  lead: {
    th: 'ดูว่าใครลงนามไฟล์ ลงนามเมื่อไร และถูกแก้ไขภายหลังหรือไม่',
    en: 'See who signed a file, when, and whether it was changed afterwards.',
  },
  choose: { th: 'ไฟล์ที่ต้องการตรวจ', en: 'The file to check' },
  chooseHint: {
    th: 'ลากไฟล์มาวางในกรอบ หรือกดเลือก: PDF, .asice, .asics, .p7s, .xml',
    en: 'Drop a file in the frame, or choose one: PDF, .asice, .asics, .p7s, .xml',
  },
  most: { th: 'ใหญ่ได้ไม่เกิน', en: 'At most' },
  more: {
    th: 'ไฟล์มีรหัสผ่าน หรือลายมือชื่อแยกอยู่อีกไฟล์',
    en: 'The file has a password, or the signature is a separate file',
  },
  password: { th: 'รหัสผ่านของไฟล์', en: 'Password of the file' },
  detached: {
    th: 'ไฟล์ต้นฉบับที่ลายมือชื่อแยก (.p7s, .xml) ลงนามไว้',
    en: 'The original that a separate signature (.p7s, .xml) is over',
  },
  passwordHint: {
    th: 'ใช้เปิดไฟล์ครั้งนี้เท่านั้น ไม่ถูกเก็บ',
    en: 'Used for this one check only; it is not kept.',
  },
  readMore: { th: 'อ่านเพิ่มเติมเรื่องนี้', en: 'More about this' },
  passwordNext: {
    th: 'เลือกไฟล์อีกครั้งแล้วใส่รหัสผ่านให้ถูกต้อง หากไม่ทราบ ขอจากผู้ส่งไฟล์',
    en: 'Choose the file again and type its password. Whoever sent the file knows it.',
  },
  submit: { th: 'ตรวจไฟล์นี้', en: 'Check this file' },
  working: { th: 'กำลังตรวจ…', en: 'Checking…' },
  kept: {
    th: 'เราไม่เก็บไฟล์ ไม่บันทึกชื่อหรือเนื้อหา เมื่อตอบแล้วไฟล์หายไปจากระบบ',
    en: 'Nothing is kept: not the file, its name, or what is in it. When the answer is sent, it is gone.',
  },
  scan: { th: 'มีแต่กระดาษ? สแกน QR', en: 'Only have it on paper? Scan its QR' },
  scanHint: {
    th: 'QR บนกระดาษบอกที่อยู่สำหรับตรวจ แต่กระดาษเองตรวจไม่ได้ ต้องใช้ไฟล์ต้นฉบับ',
    en: 'The code tells where to check. Paper itself cannot be checked: that takes the original file.',
  },
  scanButton: { th: 'ถ่ายภาพหรือเลือกภาพ QR', en: 'Take or choose a picture of the code' },
  scanPlain: {
    th: 'เปิดกล้องของโทรศัพท์ ส่องที่ QR แล้วเปิดที่อยู่ที่ปรากฏ ก่อนเปิดให้ดูว่าเป็นเว็บของหน่วยงานที่คุณรู้จัก',
    en: 'Open the camera of your phone, point it at the code and open the address. Look first whether you know its site.',
  },
  scanNothing: {
    th: 'ไม่พบ QR ในภาพนี้ ลองถ่ายใหม่ให้ชัดและเต็มกรอบ',
    en: 'There is no code in this picture. Try again, sharp and close.',
  },
  scanFound: { th: 'QR นี้เขียนว่า', en: 'The code says' },
  scanHere: { th: 'ไปที่หน้าตรวจของ QR นี้', en: 'Go to the address in the code' },
  scanElsewhere: {
    th: 'เป็นที่อยู่ของเว็บอื่น เปิดเมื่อแน่ใจว่าเป็นของหน่วยงานที่คุณรู้จักเท่านั้น',
    en: 'It leads to another site. Open it only if you know that the site is of that agency.',
  },
  from: { th: 'คุณมาจาก QR ของเอกสารเลขที่', en: 'You come from the code of document' },
  fromNext: {
    th: 'เลือกไฟล์ของเอกสารนั้นเพื่อตรวจ แล้วเทียบเลขที่ในผลตรวจกับเลขนี้ QR อย่างเดียวไม่ยืนยันอะไร เพราะใครก็คัดลอกได้',
    en: 'Choose that file to check it, then compare the number with this one. The code alone proves nothing: anyone can copy it.',
  },
  how: { th: 'เราตรวจอย่างไร', en: 'How it is checked' },
  howText: {
    th: 'ตรวจตามมาตรฐาน ETSI EN 319 102-1: รูปแบบลายมือชื่อ ใบรับรองและผู้ออก การเพิกถอน ตราประทับเวลา และทุกครั้งที่ไฟล์ถูกบันทึก ตรวจได้ PAdES, CAdES และ XAdES',
    en: 'By ETSI EN 319 102-1: the form of the signature, certificates and who issued them, revocation, time-stamps, and each time that the file was saved. PAdES, CAdES and XAdES are known.',
  },
  number: { th: 'มีเพียงเลขที่เอกสาร', en: 'Only the number of the document' },
  numberHint: {
    th: 'หากมีเอกสารเป็นกระดาษ ดูได้จากเลขที่ว่าหน่วยงานออกเอกสารนี้จริง และยังใช้ได้หรือไม่',
    en: 'From the number on paper you can see whether an agency issued it, and whether it still stands.',
  },
  numberLink: { th: 'ตรวจจากเลขที่เอกสาร', en: 'Check by the number' },
  programs: { th: 'โปรแกรมส่งไฟล์ด้วย POST ไปที่', en: 'A program sends the file with POST to' },
  programsAnswer: { th: 'แล้วได้ผลเป็น JSON', en: 'and gets the result as JSON.' },
  another: { th: 'ตรวจไฟล์อื่น', en: 'Check another file' },
  keep: { th: 'เก็บผลนี้ไว้', en: 'Keep this result' },
  keepText: {
    th: 'เราไม่เก็บผลตรวจ ดาวน์โหลดไว้หากต้องใช้ รายงานนี้ไม่มีลายมือชื่อ ผู้รับควรตรวจไฟล์เองอีกครั้ง',
    en: 'The result is not kept here; download it if you need it. The report is not signed: whoever gets it should check the file again.',
  },
  pdf: { th: 'ดาวน์โหลดรายงาน PDF', en: 'Download the report as PDF' },
  json: { th: 'ดาวน์โหลดข้อมูล JSON', en: 'Download the data as JSON' },
  problem: { th: 'ตรวจไม่ได้', en: 'There is a problem' },
} as const satisfies Record<string, Text>
