/** What only the checker in a browser says. */
export const checkerWords = {
  lead: {
    th: 'ตัวตรวจนี้ทำงานในเบราว์เซอร์ของคุณ ไฟล์ไม่ถูกส่งออกจากเครื่อง ใช้ได้แม้ไม่ต่อเครือข่าย',
    en: 'This checker runs in your browser. The file does not leave your machine; no network is needed.',
  },
  anchors: { th: 'ใบรับรองรากที่คุณเชื่อถือ (PEM, DER)', en: 'Root certificates that you trust (PEM, DER)' },
  anchorsHint: {
    th: 'ขอได้จากหน่วยงานที่ออกเอกสาร โดยทางที่คุณเชื่อถือ ไม่ใช่ทางเดียวกับเอกสาร',
    en: 'Get them from the issuing agency by a way that you trust, other than the one on which the document came.',
  },
  noScript: {
    th: 'ตัวตรวจนี้ต้องใช้ JavaScript หากปิดไว้ ใช้หน้า /check ของหน่วยงานหรือคำสั่ง sapan document check แทน',
    en: "This checker needs JavaScript. Without it, use an agency's page /check or the command sapan document check.",
  },
  trust: {
    th: 'ยังไม่มีใบรับรองรากที่คุณเชื่อถือ จึงบอกได้ว่าไฟล์ถูกเปลี่ยนหรือไม่ แต่ยืนยันตัวผู้ลงนามไม่ได้',
    en: 'No root certificate is trusted yet: the checker can tell whether the file was changed, but not who signed it.',
  },
  choose: { th: 'เลือกใบรับรองรากแล้วตรวจอีกครั้ง', en: 'Choose a root certificate and check again' },
  badCertificate: {
    title: { th: 'ใบรับรองรากที่เลือกอ่านไม่ได้', en: 'The root certificate that was chosen cannot be read' },
    next: {
      th: 'เลือกไฟล์ใบรับรอง (.pem, .cer, .crt, .der) แล้วตรวจอีกครั้ง',
      en: 'Choose a certificate file (.pem, .cer, .crt, .der) and check again.',
    },
    field: 'anchors',
    link: { th: 'เลือกใบรับรองรากใหม่', en: 'Choose another root certificate' },
  },
  unexpected: {
    title: { th: 'ตัวตรวจทำงานผิดพลาด', en: 'The checker went wrong' },
    next: {
      th: 'โหลดหน้านี้ใหม่แล้วลองอีกครั้ง หรือตรวจด้วยคำสั่ง sapan document check',
      en: 'Reload this page and try again, or use the command sapan document check.',
    },
  },
} as const
