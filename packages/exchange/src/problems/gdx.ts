import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What callers of the GDX edge meet, and who sets it up. */
export const gdxProblems = defineProblems({
  'gdx-get-only': problem(
    405,
    'Only GET is answered here',
    'ช่องทางนี้รับเฉพาะ GET',
    'Call with GET, or call /r1/… for every other method.',
    'เรียกด้วย GET หากต้องใช้เมธอดอื่นให้เรียกที่ /r1/…',
  ),
  'gdx-secret-wrong': problem(
    401,
    'Consumer-Key and ConsumerSecret do not belong together',
    'Consumer-Key กับ ConsumerSecret ไม่ตรงกัน',
    'Check both with the operator of the gateway. After ten wrong secrets in a row the key waits a minute.',
    'ตรวจสอบทั้งสองค่ากับผู้ดูแลเกตเวย์ หากผิดติดกันสิบครั้งต้องรอหนึ่งนาที',
  ),
  'gdx-locked': problem(
    429,
    'Too many wrong attempts',
    'ลองผิดหลายครั้งเกินไป',
    'Wait as long as Retry-After says, then send the right secret.',
    'รอตามเวลาใน Retry-After แล้วส่งรหัสลับที่ถูกต้อง',
  ),
  'gdx-token-invalid': problem(
    401,
    'The token is missing, has ended, or is of another consumer',
    'ไม่มีโทเคน โทเคนหมดอายุ หรือเป็นของระบบอื่น',
    'Get a new one at /ws/auth/validate, and send it with the same Consumer-Key.',
    'ขอโทเคนใหม่ที่ /ws/auth/validate แล้วส่งพร้อม Consumer-Key เดียวกัน',
  ),
  'gdx-route-unknown': problem(
    404,
    'No exchange is set up for this address',
    'ยังไม่ได้ตั้งค่าการแลกเปลี่ยนสำหรับที่อยู่นี้',
    'Check path and parameters. The gateway’s operator sets addresses up with sapan gdx map.',
    'ตรวจเส้นทางและพารามิเตอร์ ผู้ดูแลเกตเวย์เพิ่มที่อยู่ได้ด้วย sapan gdx map',
  ),
  'gdx-query-invalid': problem(
    400,
    'The parameters are not those of this address',
    'พารามิเตอร์ไม่ตรงกับที่ที่อยู่นี้รับ',
    'Send each named parameter once and with a value, and no others.',
    'ส่งพารามิเตอร์ที่ระบุอย่างละหนึ่งครั้งพร้อมค่า และไม่ส่งพารามิเตอร์อื่น',
  ),
  'gdx-route-invalid': problem(
    422,
    'The address cannot be set up like this',
    'ตั้งค่าที่อยู่นี้ไม่ได้',
    'Let {Name} stand behind the service only, and name each parameter once: as a value that stands in the target, as a condition, or as ignored.',
    'ใส่ {Name} ได้เฉพาะหลังชื่อบริการ และระบุพารามิเตอร์แต่ละตัวครั้งเดียว คือค่าที่นำไปวาง เงื่อนไข หรือที่ไม่ใช้',
  ),
})
