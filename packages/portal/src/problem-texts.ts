import type { Text } from '@sapan/kernel'

/** What can be wrong with what is handed to the public pages, in words; those that run in a browser say the same. */
export const problemTexts = {
  'upload-missing': {
    status: 400,
    title: { th: 'ยังไม่ได้เลือกไฟล์', en: 'No file was chosen' },
    next: { th: 'เลือกไฟล์ที่ต้องการตรวจ แล้วกดตรวจอีกครั้ง', en: 'Choose the file to check, then try again.' },
  },
  'upload-too-large': {
    status: 413,
    title: { th: 'ไฟล์ใหญ่เกินไป', en: 'The file is too large' },
    next: {
      th: 'ตรวจไฟล์นี้บนเครื่องของคุณด้วย sapan document check หรือด้วยตัวตรวจที่ทำงานในเบราว์เซอร์',
      en: 'Check it on your own machine with sapan document check, or with the checker that runs in a browser.',
    },
  },
  'upload-type-unsupported': {
    status: 415,
    title: { th: 'ไม่รับไฟล์ที่ส่งมาในรูปแบบนี้', en: 'A file is not taken in this form' },
    next: {
      th: 'ส่งไฟล์ทั้งไฟล์พร้อม Content-Type: application/pdf หรือ application/octet-stream หรือส่งแบบ multipart/form-data',
      en: 'Send the file itself with Content-Type: application/pdf or application/octet-stream, or as multipart/form-data.',
    },
  },
  'upload-malformed': {
    status: 400,
    title: {
      th: 'ไฟล์มาไม่ครบหรือรูปแบบคำขอไม่ถูกต้อง',
      en: 'The file did not arrive whole, or the request is malformed',
    },
    next: {
      th: 'ส่งใหม่จากหน้าตรวจเอกสาร โปรแกรมให้ส่งแบบ multipart/form-data ในช่องชื่อ file',
      en: 'Send it again from the page; a program sends multipart/form-data with a part named file.',
    },
  },
  'document-unreadable': {
    status: 422,
    title: { th: 'อ่านไฟล์นี้ไม่ได้', en: 'This file cannot be read' },
    next: {
      th: 'ขอไฟล์ต้นฉบับจากผู้ออกเอกสารอีกครั้ง ไฟล์ที่ตรวจได้คือ PDF, ASiC (.asice, .asics) และลายมือชื่อ CAdES หรือ XAdES',
      en: 'Ask the issuer for the original file. PDF, ASiC (.asice, .asics), CAdES and XAdES signatures can be checked.',
    },
  },
  'document-password-needed': {
    status: 422,
    title: { th: 'ไฟล์นี้ต้องใช้รหัสผ่านจึงจะอ่านได้', en: 'This file can be read with its password only' },
    next: {
      th: 'ใส่รหัสผ่านที่ได้รับจากผู้ส่งไฟล์ บนหน้าเว็บในช่องรหัสผ่าน ในคำสั่งด้วย --password และในโปรแกรมด้วยช่อง password',
      en: 'Give the password that came with the file: on the page in its field, in the command with --password, from a program as the part password.',
    },
  },
  'check-took-too-long': {
    status: 422,
    title: { th: 'ตรวจไฟล์นี้ไม่เสร็จในเวลาที่กำหนด', en: 'Checking this file took too long' },
    next: {
      th: 'ไฟล์อาจซับซ้อนผิดปกติ ขอไฟล์ต้นฉบับจากผู้ออกเอกสาร หรือตรวจบนเครื่องของคุณ',
      en: 'The file may be unusually complex: ask the issuer for the original, or check it on your own machine.',
    },
  },
  'checker-busy': {
    status: 503,
    title: { th: 'ขณะนี้มีผู้ตรวจเอกสารจำนวนมาก', en: 'Many files are being checked right now' },
    next: {
      th: 'รอสักครู่แล้วลองใหม่ ไฟล์ของคุณไม่ได้ถูกเก็บไว้',
      en: 'Wait a moment and try again; your file was not kept.',
    },
  },
  'portal-page-unknown': {
    status: 404,
    title: { th: 'ไม่มีหน้านี้', en: 'There is no such page' },
    next: {
      th: 'ตรวจที่อยู่ หรือไปที่หน้าตรวจเอกสาร',
      en: 'Check the address, or go to the page that checks documents.',
    },
  },
  'portal-method-not-allowed': {
    status: 405,
    title: { th: 'ใช้วิธีเรียกนี้กับหน้านี้ไม่ได้', en: 'This page does not take that method' },
    next: { th: 'เปิดหน้าด้วย GET หรือส่งไฟล์ด้วย POST', en: 'Open it with GET, or send a file with POST.' },
  },
  'portal-fault': {
    status: 500,
    title: { th: 'ระบบทำงานผิดพลาด', en: 'Something went wrong here' },
    next: { th: 'ลองใหม่ หากยังเป็นอยู่ ให้แจ้งผู้ดูแลระบบ', en: 'Try again; if it stays so, tell the operator.' },
  },
} as const satisfies Record<string, { status: number; title: Text; next: Text }>
