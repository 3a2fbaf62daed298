import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What can be wrong with a person's consent, with who is said to act, and with the lists that say whether both still stand. */
export const consentProblems = defineProblems({
  'consent-required': problem(
    403,
    'The grant needs the person’s consent',
    'สิทธิเข้าถึงนี้ต้องมีความยินยอมของเจ้าของข้อมูล',
    'Obtain the person’s consent and send its receipt in the header Sapan-Consent.',
    'ขอความยินยอมจากเจ้าของข้อมูล และส่งหลักฐานในเฮดเดอร์ Sapan-Consent',
  ),
  'consent-invalid': problem(
    403,
    'The consent receipt is not valid',
    'หลักฐานความยินยอมใช้ไม่ได้',
    'Send the receipt as the issuer gave it. If you did, ask the person to consent anew.',
    'ส่งหลักฐานตามที่ผู้ออกให้มาโดยไม่แก้ไข หากส่งถูกต้องแล้ว โปรดขอความยินยอมใหม่',
  ),
  'consent-expired': problem(
    403,
    'The consent has run out',
    'ความยินยอมหมดอายุแล้ว',
    'Ask the person to consent anew.',
    'ขอความยินยอมจากเจ้าของข้อมูลใหม่',
  ),
  'consent-withdrawn': problem(
    403,
    'The consent was withdrawn or suspended',
    'ความยินยอมถูกถอนหรือถูกระงับ',
    'Stop asking for this person’s data under this consent. Only the person can consent anew.',
    'หยุดขอข้อมูลของบุคคลนี้ตามความยินยอมนี้ เจ้าของข้อมูลเท่านั้นที่ให้ความยินยอมใหม่ได้',
  ),
  'consent-mismatch': problem(
    403,
    'The consent does not cover this call',
    'ความยินยอมไม่ครอบคลุมคำขอนี้',
    'Ask only for what the person consented to: this person, purpose, service, operation and these fields.',
    'ขอเฉพาะสิ่งที่เจ้าของข้อมูลยินยอมไว้ คือบุคคล วัตถุประสงค์ บริการ การทำงาน และรายการข้อมูลตามหลักฐาน',
  ),
  'consent-status-stale': problem(
    503,
    'Whether the consent still stands can’t be found out now',
    'ขณะนี้ตรวจสอบไม่ได้ว่าความยินยอมยังมีผลอยู่หรือไม่',
    'Try again in a minute. If it stays, ask the issuer whether its status lists can be reached.',
    'ลองใหม่ในหนึ่งนาที หากยังไม่ได้ โปรดสอบถามผู้ออกหลักฐานว่ารายการสถานะเข้าถึงได้หรือไม่',
  ),
  'status-list-invalid': problem(
    502,
    'A status list is not as its issuer must sign it',
    'รายการสถานะไม่ถูกต้องตามที่ผู้ออกต้องลงนาม',
    'Tell the issuer of the list.',
    'แจ้งผู้ออกรายการสถานะ',
  ),
  'actor-invalid': problem(
    403,
    'The token that says who acts is not valid',
    'โทเคนที่บอกว่าใครเป็นผู้กระทำใช้ไม่ได้',
    'Ask the issuer for a fresh token for your agency, or leave the header Sapan-Actor out.',
    'ขอโทเคนใหม่สำหรับหน่วยงานของคุณจากผู้ออก หรือไม่ส่งเฮดเดอร์ Sapan-Actor',
  ),
  'actor-withdrawn': problem(
    403,
    'Who acts may no longer act so',
    'ผู้กระทำไม่มีสิทธิกระทำการนี้แล้ว',
    'The person signs in again; if their session, mandate or duty has ended, somebody else must act.',
    'ให้ผู้กระทำเข้าสู่ระบบใหม่ หากอำนาจทำการแทนหรือหน้าที่สิ้นสุดแล้ว ต้องให้ผู้อื่นกระทำแทน',
  ),
  'actor-required': problem(
    403,
    'The grant is for calls of a proven actor',
    'สิทธิเข้าถึงนี้ใช้ได้เมื่อยืนยันได้ว่าใครเป็นผู้กระทำ',
    'Send a token of the kind that the grant names in the header Sapan-Actor.',
    'ส่งโทเคนชนิดที่สิทธิเข้าถึงกำหนดในเฮดเดอร์ Sapan-Actor',
  ),
  'actor-scope-outside': problem(
    403,
    'The mandate is not for this',
    'อำนาจทำการแทนไม่ครอบคลุมเรื่องนี้',
    'Ask the issuer for a token for the scope that this is about, if the mandate has it; or call for a purpose of its scope.',
    'ขอโทเคนสำหรับเรื่องที่จะทำ หากอำนาจทำการแทนครอบคลุม หรือเรียกเพื่อวัตถุประสงค์ของเรื่องที่ได้รับมอบ',
  ),
  'actor-status-stale': problem(
    503,
    'Whether the actor may still act can’t be found out now',
    'ขณะนี้ตรวจสอบไม่ได้ว่าผู้กระทำยังมีสิทธิอยู่หรือไม่',
    'Try again in a minute. If it stays, ask the issuer whether its status lists can be reached.',
    'ลองใหม่ในหนึ่งนาที หากยังไม่ได้ โปรดสอบถามผู้ออกโทเคนว่ารายการสถานะเข้าถึงได้หรือไม่',
  ),
})
