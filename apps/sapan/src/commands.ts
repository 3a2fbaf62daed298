import type { Text } from '@sapan/kernel'
import type { Command } from 'commander'
import type { Terminal } from './terminal/terminal.ts'

/** A command's module: it adds arguments, options, an example and the action to the command made for it. */
export interface CommandModule {
  configure(command: Command, terminal: Terminal): void
}

export interface CommandEntry {
  readonly name: string
  readonly summary: Text
  load(): Promise<CommandModule>
}

/** Every command of an operator, in the order of the help page. A module is loaded only when its command is named. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'call',
    summary: { th: 'ขอข้อมูลจากอีกหน่วยงาน', en: 'ask another agency for data' },
    load: () => import('./commands/call.ts'),
  },
  {
    name: 'verify',
    summary: { th: 'ตรวจแฟ้มหลักฐานโดยไม่ต้องต่อเครือข่าย', en: 'check an evidence file, without a network' },
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'document',
    summary: {
      th: 'เอกสาร: สร้าง ลงนาม ตรวจ ดูข้างใน',
      en: 'documents: build, sign, check, look inside',
    },
    load: () => import('./commands/document.ts'),
  },
  {
    name: 'portal',
    summary: {
      th: 'หน้าสาธารณะสำหรับตรวจเอกสาร',
      en: 'the public page where anyone checks a document',
    },
    load: () => import('./commands/portal.ts'),
  },
  {
    name: 'identity',
    summary: {
      th: 'Digital ID: ผู้ให้บริการยืนยันตัวตน เจ้าหน้าที่ ระบบที่เชื่อมต่อ',
      en: 'Digital ID: the issuer, officers, clients',
    },
    load: () => import('./commands/identity.ts'),
  },
  {
    name: 'desk',
    summary: { th: 'โต๊ะทำงานของเจ้าหน้าที่', en: "the officers' desk" },
    load: () => import('./commands/desk.ts'),
  },
  {
    name: 'usage',
    summary: { th: 'ดูว่าใครเคยดูข้อมูลของคนคนหนึ่ง', en: "see who looked at a person's data" },
    load: () => import('./commands/usage.ts'),
  },
  {
    name: 'evidence',
    summary: { th: 'ดูและส่งออกหลักฐานการแลกเปลี่ยน', en: 'list, show and export evidence of exchanges' },
    load: () => import('./commands/evidence.ts'),
  },
  {
    name: 'processing-record',
    summary: {
      th: 'บันทึกรายการกิจกรรมการประมวลผลข้อมูลส่วนบุคคล',
      en: 'the record of processing of personal data (PDPA section 39)',
    },
    load: () => import('./commands/processing-record.ts'),
  },
  {
    name: 'message',
    summary: { th: 'ข้อความรอส่ง และที่ส่งไม่สำเร็จ', en: 'messages that wait, and dead letters' },
    load: () => import('./commands/message.ts'),
  },
  {
    name: 'audit',
    summary: { th: 'ตรวจบันทึกหลักฐานทั้งหมดของเกตเวย์', en: "check a gateway's whole log of evidence" },
    load: () => import('./commands/audit.ts'),
  },
  {
    name: 'service',
    summary: { th: 'บริการที่หน่วยงานเปิดให้ผู้อื่น', en: 'services that an agency offers' },
    load: () => import('./commands/service.ts'),
  },
  {
    name: 'connect',
    summary: {
      th: 'เปิดแฟ้มหรือตารางข้อมูลเป็นบริการโดยไม่ต้องเขียนโปรแกรม',
      en: 'offer a file or a table of data as a service, without code',
    },
    load: () => import('./commands/connect.ts'),
  },
  {
    name: 'grant',
    summary: { th: 'สิทธิที่ให้หน่วยงานอื่นใช้ข้อมูล', en: 'grants: who may ask for what, under which law' },
    load: () => import('./commands/grant.ts'),
  },
  {
    name: 'credential',
    summary: { th: 'ระบบใดพูดแทนระบบย่อยใดได้', en: 'which client may speak for which subsystem' },
    load: () => import('./commands/credential.ts'),
  },
  {
    name: 'gdx',
    summary: { th: 'ระบบที่ยังเรียกแบบ GDX', en: 'systems that still call as GDX does' },
    load: () => import('./commands/gdx.ts'),
  },
  {
    name: 'member',
    summary: { th: 'สมาชิก ระบบย่อย และโทเคนเข้าร่วม', en: 'members, their subsystems, and join tokens' },
    load: () => import('./commands/member.ts'),
  },
  {
    name: 'cert',
    summary: { th: 'ใบรับรอง: ดู ต่ออายุ เพิกถอน', en: 'certificates: list, renew, revoke' },
    load: () => import('./commands/cert.ts'),
  },
  {
    name: 'directory',
    summary: { th: 'สารบบที่ศูนย์กลางลงนาม', en: 'the signed directory of members and gateways' },
    load: () => import('./commands/directory.ts'),
  },
  {
    name: 'gateway',
    summary: { th: 'เกตเวย์ของหน่วยงาน', en: "an agency's gateway: run it, join, recover" },
    load: () => import('./commands/gateway.ts'),
  },
  {
    name: 'center',
    summary: { th: 'ศูนย์กลางของประเทศ', en: "the country's center: run it, set it up" },
    load: () => import('./commands/center.ts'),
  },
  {
    name: 'backup',
    summary: {
      th: 'สำรองฐานข้อมูล กุญแจ และการตั้งค่า เข้ารหัสในแฟ้มเดียว',
      en: 'back up databases, keys and configuration into one sealed file',
    },
    load: () => import('./commands/backup.ts'),
  },
  {
    name: 'restore',
    summary: { th: 'กู้คืนจากแฟ้มสำรองลงเครื่องเปล่า', en: 'restore a backup to an empty machine' },
    load: () => import('./commands/restore.ts'),
  },
  {
    name: 'notices',
    summary: { th: 'อีเมลและข้อความที่รอส่ง', en: 'letters and pushes that wait to be sent' },
    load: () => import('./commands/notices.ts'),
  },
  {
    name: 'alert',
    summary: { th: 'ลองส่งแจ้งเตือนของเกตเวย์หรือศูนย์กลาง', en: "try a gateway's or the center's alerts" },
    load: () => import('./commands/alert.ts'),
  },
  {
    name: 'doctor',
    summary: { th: 'ตรวจสุขภาพ และบอกว่าต้องทำอะไร', en: 'look for what is wrong, and say what to do' },
    load: () => import('./commands/doctor.ts'),
  },
]
