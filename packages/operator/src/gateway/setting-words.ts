import type { Text } from '@sapan/kernel'

export type Measure = 'bytes' | 'seconds'

interface SettingWords {
  readonly text: Text
  readonly measure?: Measure
}

const seconds = (th: string, en: string): SettingWords => ({ text: { th, en }, measure: 'seconds' })
const bytes = (th: string, en: string): SettingWords => ({ text: { th, en }, measure: 'bytes' })
const plain = (th: string, en: string): SettingWords => ({ text: { th, en } })

/** What each setting of `gateway.yaml` means to an operator. */
export const settingWords: Readonly<Record<string, SettingWords>> = {
  id: plain('ชื่อเกตเวย์', 'Name of the gateway'),
  'center.url': plain('ที่อยู่ของศูนย์กลาง', 'Where the center is'),
  'center.alsoAt': plain('ที่อยู่ของศูนย์กลางเครื่องอื่น', 'Where further centers are'),
  'center.rootFingerprint': plain('ลายนิ้วมือของใบรับรองราก', 'Fingerprint of the root certificate'),
  peerAddress: plain('ที่อยู่ที่เกตเวย์อื่นใช้', 'Where other gateways reach this one'),
  edgeOrigin: plain('ที่อยู่ที่ระบบภายในใช้', 'Where own systems reach this one'),
  withoutCredential: plain(
    'ระบบย่อยที่เรียกจากเครื่องนี้ได้โดยไม่ต้องยืนยันตัวตน',
    'Subsystems that may be spoken for from this machine without a credential',
  ),
  'limits.bodyBytes': bytes('เนื้อหาใหญ่ที่สุดที่รับ', 'Largest body that is taken'),
  'limits.memoryBytes': bytes('เนื้อหาใหญ่กว่านี้พักในแฟ้ม', 'A larger body is kept in a file meanwhile'),
  'limits.filterBytes': bytes('คำตอบ JSON ใหญ่ที่สุดที่ตัดรายการข้อมูลได้', 'Largest JSON answer whose fields are cut'),
  'limits.inFlight': plain('คำขอที่ทำพร้อมกัน', 'Calls that are answered at once'),
  'limits.waiting': plain('คำขอที่รอคิวได้', 'Calls that may wait for room'),
  'limits.connectionsPerPeer': plain('การเชื่อมต่อต่อเกตเวย์อีกฝั่ง', 'Connections to each peer'),
  'timeouts.connect': seconds('รอเชื่อมต่อ', 'Waits for a connection'),
  'timeouts.provider': seconds('รอระบบของหน่วยงานตอบ', 'Waits for an own system to answer'),
  'timeouts.peer': seconds('รอเกตเวย์อีกฝั่งตอบ', 'Waits for a peer to answer'),
  'timeouts.message': seconds('อายุของข้อความที่ลงนาม', 'How old a signed message may be'),
  'timeouts.clockSkew': seconds('นาฬิกาต่างกันได้', 'How far clocks may be apart'),
  'timeouts.database': seconds('รอฐานข้อมูล', 'Waits for the database'),
  'timeouts.headers': seconds('รอส่วนหัวของคำขอ', 'Waits for the head of a request'),
  'timeouts.request': seconds('รอคำขอทั้งหมด', 'Waits for the whole of a request'),
  links: plain('ใช้ลิงก์ระหว่างเกตเวย์', 'Links are spoken with gateways that know them'),
  'gdx.enabled': plain('ตอบผู้เรียกแบบ GDX ที่ /ws/', 'Callers of GDX are answered under /ws/'),
  'queue.bodyBytes': bytes('ข้อความรอส่งใหญ่ที่สุด', 'Largest message that waits'),
  'queue.attachments.bytes': bytes('ไฟล์แนบใหญ่ที่สุด', 'Largest attachment of a message'),
  'queue.attachments.underWay': bytes(
    'ไฟล์แนบที่ระบบย่อยหนึ่งมีค้างอยู่ได้',
    'Attachments that one subsystem may have here',
  ),
  'queue.attachments.keepUnnamed': seconds(
    'เก็บไฟล์แนบที่ไม่มีข้อความใดอ้างถึง',
    'Attachments that no message names are kept',
  ),
  'queue.attachments.keepTaken': seconds(
    'เก็บไฟล์แนบหลังระบบรับข้อความแล้ว',
    'Attachments are kept after their message was taken',
  ),
  'queue.firstRetry': seconds('ลองส่งใหม่ครั้งแรกหลัง', 'First tried again after'),
  'queue.longestRetry': seconds('เว้นช่วงลองใหม่นานที่สุด', 'Longest time between tries'),
  'queue.giveUpAfter': seconds('เลิกลองหลัง', 'A dead letter after'),
  'queue.keep': seconds('จำข้อความที่เสร็จแล้ว', 'Done messages are remembered for'),
  'queue.keepEvents': seconds('อ่านข่าวย้อนหลังได้', 'Published events can be read for'),
  'queue.callbacks': plain(
    'ระบบที่ได้รับแจ้งผลของข้อความที่ส่ง',
    'Systems that are told what became of their messages',
  ),
  'queue.follow': plain('ข่าวที่อ่านให้ระบบภายใน', 'Topics whose events are handed to own systems'),
  'queue.lease': seconds('เกตเวย์อื่นรับช่วงหลัง', 'Another gateway takes over after'),
  'directory.pollSeconds': seconds('ถามสารบบใหม่ทุก', 'The center is asked for a directory every'),
  'alerts.webhook': plain('ที่รับการแจ้งเตือน', 'Where alerts are posted'),
  'alerts.email.to': plain('ผู้รับการแจ้งเตือนทางอีเมล', 'Who gets alerts by e-mail'),
  'alerts.email.from': plain('ผู้ส่งการแจ้งเตือน', 'Sender of alerts'),
  'alerts.email.smtp': plain('ระบบอีเมลที่ส่งการแจ้งเตือน', 'Mail system for alerts'),
  'alerts.email.language': plain('ภาษาของอีเมลแจ้งเตือน', 'Language of alerts by e-mail'),
  'unusual.leastPerHour': plain('น้อยกว่านี้ต่อชั่วโมงไม่นับว่าผิดปกติ', 'Fewer accesses in an hour are never unusual'),
  'unusual.timesUsual': plain('ผิดปกติเมื่อเกินค่าเฉลี่ยกี่เท่า', 'Unusual beyond so many times the average'),
  'unusual.days': plain('จำนวนวันที่ใช้หาค่าเฉลี่ย', 'Days of which the average is'),
  'unusual.casePurposes': plain('วัตถุประสงค์ที่ต้องมีเลขเรื่อง', 'Purposes for which there must be a case'),
  'unusual.officeHours.timeZone': plain('เขตเวลาของเวลาราชการ', 'Time zone of office hours'),
  'unusual.officeHours.days': plain('วันทำการ (0 คืออาทิตย์)', 'Days of work (0 is Sunday)'),
  'unusual.officeHours.from': plain('เวลาราชการเริ่ม', 'Office hours begin at'),
  'unusual.officeHours.to': plain('เวลาราชการสิ้นสุด', 'Office hours end at'),
  'evidence.body': plain(
    'หลักฐานเก็บเนื้อความ (full) หรือแฮช (digest)',
    'Evidence keeps messages (full) or their hashes (digest)',
  ),
  'evidence.retention': plain('อายุของเนื้อความตามวัตถุประสงค์', 'How long what was said is kept, by rule'),
  'evidence.archive.afterDays': plain(
    'เนื้อความที่เก่ากว่านี้ (วัน) ย้ายเข้าคลัง',
    'After so many days what was said goes to the archive',
  ),
  'evidence.archive.folder': plain('โฟลเดอร์ของคลังเนื้อความ', 'The folder of the archive'),
  'evidence.archive.s3.endpoint': plain('ที่อยู่ของที่เก็บแบบ S3', 'Where the S3 store of the archive is'),
  'evidence.archive.s3.region': plain('region ของที่เก็บ', 'Region of the S3 store'),
  'evidence.archive.s3.bucket': plain('bucket ของคลังเนื้อความ', 'Bucket of the archive'),
  'evidence.archive.s3.prefix': plain('ชื่อนำหน้าใน bucket', 'What names in the bucket begin with'),
  'evidence.archive.s3.addressing': plain(
    'ชื่อ bucket อยู่ในเส้นทาง (path) หรือหน้าโฮสต์ (virtual-host)',
    'The bucket’s name stands in the path or before the host',
  ),
  'evidence.archive.s3.ca': plain('แฟ้มใบรับรองรากของที่เก็บ', 'File of the authority that vouches for the store'),
  'evidence.archive.s3.credentialsFile': plain('แฟ้มกุญแจของที่เก็บ', 'File of the keys to the store'),
  'evidence.bodyBytes': bytes('เนื้อความใหญ่กว่านี้เก็บเฉพาะแฮช', 'Of a larger body only its hash is kept'),
}
