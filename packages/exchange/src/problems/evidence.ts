import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What keeping, proving and reading evidence meets. */
export const evidenceProblems = defineProblems({
  'evidence-duplicate': problem(
    409,
    'This message of the exchange is kept already',
    'ข้อความนี้ของการแลกเปลี่ยนถูกบันทึกไว้แล้ว',
    'Each exchange needs its own identifier: begin a new exchange instead of sending this one again.',
    'การแลกเปลี่ยนแต่ละครั้งต้องมีรหัสของตนเอง ให้เริ่มการแลกเปลี่ยนใหม่แทนการส่งซ้ำ',
  ),
  'subject-token-invalid': problem(
    401,
    'The token by which a person asks who looked at their data is not valid',
    'โทเค็นที่ใช้ถามว่าใครดูข้อมูลของบุคคลใช้ไม่ได้',
    'Sign in again and ask anew: a token is for one gateway, one question and one minute.',
    'เข้าสู่ระบบแล้วถามใหม่ โทเค็นใช้ได้กับเกตเวย์เดียว คำถามเดียว ภายในหนึ่งนาที',
  ),
  'hints-token-invalid': problem(
    401,
    'The token by which an issuer fetches hints is not valid',
    'โทเค็นที่ผู้ออกใช้รับสัญญาณแจ้งเตือนใช้ไม่ได้',
    'Sign a fresh token with a key that the directory names: one is for one gateway, one question and one minute.',
    'ลงนามโทเค็นใหม่ด้วยกุญแจที่สารบบระบุ โทเค็นใช้ได้กับเกตเวย์เดียว คำถามเดียว ภายในหนึ่งนาที',
  ),
  'exchange-unknown': problem(
    404,
    'No evidence of this exchange is kept here',
    'ไม่พบหลักฐานของการแลกเปลี่ยนนี้',
    'Check the identifier with sapan evidence list, and ask the gateway of one of the two sides.',
    'ตรวจรหัสด้วย sapan evidence list และสอบถามที่เกตเวย์ของฝ่ายใดฝ่ายหนึ่ง',
  ),
  'exchange-ambiguous': problem(
    409,
    'Several sides of this exchange are kept here',
    'มีหลักฐานของหลายฝ่ายในการแลกเปลี่ยนนี้',
    'Name the member and the side, for example --member TH/GOV/DOPA --side provider.',
    'ระบุสมาชิกและฝ่าย เช่น --member TH/GOV/DOPA --side provider',
  ),
  'exchange-not-delivered': problem(
    502,
    'The request never reached the provider',
    'คำขอไปไม่ถึงผู้ให้บริการ',
    'Nothing was done. Send it again as a new exchange.',
    'ยังไม่มีการดำเนินการใด ส่งใหม่เป็นการแลกเปลี่ยนครั้งใหม่ได้',
  ),
  'exchange-answer-lost': problem(
    502,
    'The provider answered, but its answer did not arrive',
    'ผู้ให้บริการตอบแล้ว แต่คำตอบมาไม่ถึง',
    'The provider’s evidence has the answer. A read may be sent again; before a change, ask what was done.',
    'หลักฐานของผู้ให้บริการมีคำตอบ การอ่านส่งใหม่ได้ ส่วนการเปลี่ยนแปลงให้ถามก่อนว่าทำไปแล้วหรือไม่',
  ),
  'exchange-outcome-unknown': problem(
    502,
    'It is not known what came of the exchange',
    'ไม่ทราบผลของการแลกเปลี่ยน',
    'Ask the provider’s system whether the request was carried out before sending it again.',
    'สอบถามระบบของผู้ให้บริการว่าได้ดำเนินการแล้วหรือไม่ก่อนส่งใหม่',
  ),
  'witnesses-too-few': problem(
    500,
    'More witnesses are demanded than the directory names',
    'กำหนดจำนวนพยานมากกว่าที่สารบบระบุไว้',
    'Lower evidence.witnesses.atLeast, or have the center’s operator name more witnesses.',
    'ลดค่า evidence.witnesses.atLeast หรือให้ผู้ดูแลศูนย์กลางเพิ่มพยาน',
  ),
  'evidence-recover-needed': problem(
    500,
    'The log may not go on: its database was set back or moved',
    'ล็อกหลักฐานเดินต่อไม่ได้ เพราะฐานข้อมูลถูกย้อนกลับหรือย้าย',
    'Make sure that no newer copy of the database exists, then run sapan gateway recover.',
    'ตรวจให้แน่ใจว่าไม่มีสำเนาฐานข้อมูลที่ใหม่กว่า แล้วสั่ง sapan gateway recover',
  ),
  'evidence-recover-refused': problem(
    409,
    'There is nothing to recover from',
    'ไม่มีเหตุให้ต้องกู้คืน',
    'The log goes on by itself. Recover only after a restore or a move, when the status asks for it.',
    'ล็อกเดินต่อได้เอง ให้กู้คืนเฉพาะหลังย้อนกลับหรือย้ายฐานข้อมูล เมื่อสถานะแจ้ง',
  ),
  'evidence-damaged': problem(
    500,
    'Stored evidence does not agree with itself',
    'หลักฐานที่เก็บไว้ไม่ตรงกันเอง',
    'Run sapan audit: it names the row. Then restore the database from a copy made before.',
    'สั่ง sapan audit เพื่อดูว่าเป็นแถวใด แล้วกู้ฐานข้อมูลจากสำเนาก่อนหน้า',
  ),
  'evidence-erased': problem(
    410,
    'What was said in this exchange was removed by law',
    'เนื้อหาของการแลกเปลี่ยนนี้ถูกลบตามกฎหมายแล้ว',
    'That the exchange took place can still be proved: export it again.',
    'ยังพิสูจน์ได้ว่ามีการแลกเปลี่ยน ให้ส่งออกหลักฐานใหม่',
  ),
})
