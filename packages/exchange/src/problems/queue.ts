import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What a message that waits meets: at its sender, between the gateways, and with its operator. */
export const queueProblems = defineProblems({
  'queue-unknown': problem(
    404,
    'This operation is not a queue',
    'การทำงานนี้ไม่ใช่คิวข้อความ',
    'Send messages to operations that the service describes with x-sapan-queue; call all others under /r1/.',
    'ส่งข้อความไปยังการทำงานที่คำอธิบายบริการระบุ x-sapan-queue ส่วนการทำงานอื่นเรียกทาง /r1/',
  ),
  'topic-unknown': problem(
    404,
    'This operation is not a topic',
    'การทำงานนี้ไม่ใช่หัวข้อข่าว',
    'Publish events of operations that your service describes with x-sapan-topic.',
    'เผยแพร่ข่าวได้เฉพาะการทำงานที่คำอธิบายบริการของคุณระบุ x-sapan-topic',
  ),
  'events-forgotten': problem(
    410,
    'What was published after that place is kept no longer',
    'ข่าวหลังตำแหน่งนั้นไม่ได้เก็บไว้แล้ว',
    'Get what you missed in another way, then read on from the place that after names in this answer.',
    'ขอข้อมูลส่วนที่ขาดด้วยวิธีอื่น แล้วอ่านต่อจากตำแหน่งใน after ของคำตอบนี้',
  ),
  'topic-place-not-granted': problem(
    403,
    'The grant does not show how far the events go',
    'สิทธิไม่ครอบคลุมตำแหน่งของข่าว',
    'Ask the publisher for a grant with the fields next, events.number and those of the event, and the query parameter after.',
    'ขอสิทธิจากผู้เผยแพร่ให้มีรายการข้อมูล next, events.number และรายการของข่าว กับพารามิเตอร์ after',
  ),
  'queue-only': problem(
    400,
    'This operation takes messages through a queue only',
    'การทำงานนี้รับเฉพาะข้อความผ่านคิว',
    'Send it with POST under /m1/ instead of /r1/; the gateway keeps it and delivers it.',
    'ส่งด้วย POST ทาง /m1/ แทน /r1/ เกตเวย์จะเก็บและนำส่งให้',
  ),
  'message-id-malformed': problem(
    400,
    'The id or the order key of the message is not well-formed',
    'รหัสหรือคีย์ลำดับของข้อความไม่ถูกรูปแบบ',
    'Use 1 to 64 letters, digits, dots, hyphens, underscores or colons, and nothing personal.',
    'ใช้อักษรอังกฤษ ตัวเลข จุด ขีด ขีดล่าง หรือโคลอน 1 ถึง 64 ตัว และไม่มีข้อมูลส่วนบุคคล',
  ),
  'message-id-taken': problem(
    409,
    'Another message has this id already',
    'รหัสนี้เป็นของข้อความอื่นแล้ว',
    'Give each message an id of its own; repeat an id only with the same message.',
    'ตั้งรหัสของแต่ละข้อความไม่ให้ซ้ำกัน ใช้รหัสเดิมได้เฉพาะเมื่อส่งข้อความเดิม',
  ),
  'message-unknown': problem(
    404,
    'There is no such message',
    'ไม่มีข้อความนี้',
    'Check the id and the subsystem in X-Road-Client; what was done with long ago is kept no longer.',
    'ตรวจรหัสและระบบย่อยใน X-Road-Client ข้อความที่เสร็จสิ้นนานแล้วจะไม่เก็บไว้',
  ),
  'message-not-dead': problem(
    409,
    'The message is neither a dead letter nor rejected',
    'ข้อความนี้ไม่ใช่ข้อความที่ส่งไม่สำเร็จหรือถูกปฏิเสธ',
    'Look at it first: only what is dead or was rejected can be sent again or dropped, and once.',
    'ดูสถานะก่อน ส่งใหม่หรือทิ้งได้เฉพาะข้อความที่ส่งไม่สำเร็จหรือถูกปฏิเสธ และทำได้ครั้งเดียว',
  ),
  'message-settled': problem(
    409,
    'Something else was said of this message already',
    'ข้อความนี้มีผลเป็นอย่างอื่นแล้ว',
    'The first word counts, and its sender was told. Take the next message.',
    'ผลแรกเป็นผลที่ใช้ และแจ้งผู้ส่งแล้ว ให้รับข้อความถัดไป',
  ),
  'message-put-off': problem(
    503,
    'The receiver’s system could not take the message now',
    'ระบบของผู้รับยังรับข้อความไม่ได้ในขณะนี้',
    'It is tried again by itself. If it lasts, look into the log of the system behind the gateway.',
    'เกตเวย์จะลองใหม่เอง หากยังไม่ได้ให้ดูบันทึกของระบบที่อยู่หลังเกตเวย์',
  ),
  'message-expired': problem(
    504,
    'The message could not be delivered in the time it was given',
    'นำส่งข้อความไม่ได้ภายในเวลาที่กำหนด',
    'Find out why the receiver could not be reached, then send it again with sapan message resend.',
    'ตรวจว่าเหตุใดจึงติดต่อผู้รับไม่ได้ แล้วส่งใหม่ด้วย sapan message resend',
  ),
  'message-not-taken': problem(
    504,
    'The receiver’s gateway has the message, but its system did not take it in time',
    'เกตเวย์ผู้รับได้ข้อความแล้ว แต่ระบบของผู้รับไม่รับภายในเวลา',
    'Ask the receiver to mend its system, then send it again with sapan message resend.',
    'แจ้งผู้รับให้แก้ไขระบบ แล้วส่งใหม่ด้วย sapan message resend',
  ),
  'message-receipt-invalid': problem(
    422,
    'The message receipt does not hold',
    'ใบรับข้อความใช้ไม่ได้',
    'A receipt is signed by the receiving member, for a message that was sent to it, with the digest of its body.',
    'ใบรับต้องลงลายมือชื่อโดยสมาชิกผู้รับ สำหรับข้อความที่ส่งถึงตน และมีค่าแฮชของเนื้อหา',
  ),
})
