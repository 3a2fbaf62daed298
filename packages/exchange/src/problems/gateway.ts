import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What a gateway meets in itself, and in the directory that it holds. */
export const gatewayProblems = defineProblems({
  // The gateway itself
  'evidence-unavailable': problem(
    503,
    'Evidence cannot be kept at the moment, so nothing is exchanged',
    'ขณะนี้บันทึกหลักฐานไม่ได้ จึงไม่แลกเปลี่ยนข้อมูล',
    'Try again shortly. The gateway’s operator checks its database; service resumes by itself.',
    'ลองใหม่ในไม่ช้า ผู้ดูแลเกตเวย์ต้องตรวจฐานข้อมูล บริการจะกลับมาเอง',
  ),
  'gateway-busy': problem(
    503,
    'The gateway has too much to do',
    'เกตเวย์มีงานมากเกินไป',
    'Try again after a pause that grows each time.',
    'ลองใหม่โดยเว้นช่วงนานขึ้นทุกครั้ง',
  ),
  'gateway-without-room': problem(
    503,
    'The gateway has no room for a body of this size at the moment',
    'ขณะนี้เกตเวย์ไม่มีที่ว่างสำหรับเนื้อหาขนาดนี้',
    'Try again later, or send less at once. The gateway’s operator makes room on its disk.',
    'ลองใหม่ภายหลังหรือแบ่งส่ง ผู้ดูแลเกตเวย์ต้องเพิ่มพื้นที่ดิสก์',
  ),
  'gateway-stopping': problem(
    503,
    'The gateway is stopping',
    'เกตเวย์กำลังหยุดทำงาน',
    'Try again: another gateway takes over, or this one is back soon.',
    'ลองใหม่ เกตเวย์อื่นจะรับช่วงหรือเกตเวย์นี้จะกลับมาในไม่ช้า',
  ),
  'gateway-not-ready': problem(
    503,
    'The gateway is not ready',
    'เกตเวย์ยังไม่พร้อม',
    'Try again shortly; /health says what is missing.',
    'ลองใหม่ในไม่ช้า ดูสิ่งที่ขาดได้ที่ /health',
  ),
  'gateway-fault': problem(
    500,
    'Something went wrong in the gateway',
    'เกตเวย์ทำงานผิดพลาด',
    'Tell the gateway’s operator the trace number; the reason is in its log.',
    'แจ้งเลขติดตามแก่ผู้ดูแลเกตเวย์ สาเหตุอยู่ในบันทึกของระบบ',
  ),
  'admin-token-required': problem(
    401,
    'The administrator’s token is missing or wrong',
    'ไม่มีโทเคนผู้ดูแลระบบหรือโทเคนไม่ถูกต้อง',
    'Send Authorization: Bearer with the token from the process’s folder.',
    'ส่ง Authorization: Bearer พร้อมโทเคนจากโฟลเดอร์ของโปรแกรม',
  ),
  'admin-not-allowed': problem(
    403,
    'This is not for the operator of a single member, or not for one who may only look',
    'ผู้ดูแลของสมาชิกรายเดียวทำสิ่งนี้ไม่ได้ หรือผู้ที่มีสิทธิดูอย่างเดียวทำไม่ได้',
    'Ask whoever runs the gateway to do it, or to give you the role change.',
    'ขอให้ผู้ดูแลเกตเวย์ทำให้ หรือให้บทบาท change แก่ท่าน',
  ),
  'origin-not-allowed': problem(
    403,
    'The service’s address is not among those at which your member’s systems answer',
    'ที่อยู่ของบริการไม่อยู่ในรายการที่ระบบของสมาชิกใช้ตอบได้',
    'Ask whoever runs the gateway to name this origin for you as an operator.',
    'ขอให้ผู้ดูแลเกตเวย์เพิ่มที่อยู่นี้ให้ผู้ดูแลของสมาชิก',
  ),
  'request-invalid': problem(
    422,
    'The request does not say what it must',
    'คำขอขาดข้อมูลหรือข้อมูลไม่ถูกต้อง',
    'Correct what the detail names.',
    'แก้ไขตามรายละเอียด',
  ),

  // The directory
  'directory-unavailable': problem(
    503,
    'The gateway has no directory yet',
    'เกตเวย์ยังไม่มีสารบบ',
    'The gateway’s operator checks that the center can be reached.',
    'ผู้ดูแลเกตเวย์ต้องตรวจว่าติดต่อศูนย์กลางได้',
  ),
  'directory-stale': problem(
    503,
    'The gateway’s directory is too old',
    'สารบบของเกตเวย์เก่าเกินไป',
    'The gateway’s operator restores the way to the center; service resumes by itself.',
    'ผู้ดูแลเกตเวย์ต้องแก้ไขการติดต่อศูนย์กลาง บริการจะกลับมาเอง',
  ),
  'directory-stale-for-new-peer': problem(
    503,
    'The directory is too old to meet a new peer',
    'สารบบเก่าเกินไปสำหรับเกตเวย์ที่ไม่เคยติดต่อ',
    'Known peers are still served. The gateway’s operator restores the way to the center.',
    'ยังให้บริการเกตเวย์ที่เคยติดต่อ ผู้ดูแลต้องแก้ไขการติดต่อศูนย์กลาง',
  ),
  'directory-rolled-back': problem(
    502,
    'The center offers an older directory than before',
    'ศูนย์กลางส่งสารบบที่เก่ากว่าเดิม',
    'The older one was refused. The center’s operator restores the newest directory, or explains the contradiction.',
    'ปฏิเสธฉบับเก่าแล้ว ผู้ดูแลศูนย์กลางต้องคืนฉบับล่าสุดหรือชี้แจงความขัดแย้ง',
  ),
  'directory-invalid': problem(
    502,
    'The directory is not validly signed',
    'ลายมือชื่อของสารบบไม่ถูกต้อง',
    'It was refused. Check that the gateway was joined to this center, by the root’s fingerprint.',
    'ปฏิเสธสารบบแล้ว ตรวจลายนิ้วมือใบรับรองรากว่าเกตเวย์เข้าร่วมกับศูนย์กลางนี้',
  ),
})
