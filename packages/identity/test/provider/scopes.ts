import type { ScopesCountry } from '../../src/provider/scopes.ts'

const register = { th: 'ทะเบียนที่ใช้พิสูจน์ตัวตน', en: 'the register' }
const name = (within?: string) => (within === undefined ? {} : { within })
const claim = (
  code: string,
  th: string,
  kind: ScopesCountry['claims'][number]['kind'],
  optional = false,
  within?: string,
) => ({ code, name: { th, en: code }, kind, source: register, optional, ...name(within) })

/** Scopes as a country may have them. */
export const scopes: ScopesCountry = {
  consentDays: 365,
  claims: [
    claim('name', 'ชื่อและนามสกุล', 'name'),
    claim('name#th', 'ชื่อและนามสกุลภาษาไทย', 'name', false, 'name'),
    claim('name#en', 'ชื่อและนามสกุลภาษาอังกฤษ', 'name', false, 'name'),
    claim('gender', 'เพศ', 'word', true),
    claim('locale', 'ภาษาที่คุณเลือก', 'word', true),
    claim('birthdate', 'วันเกิด', 'date'),
    claim('nationality', 'สัญชาติ', 'word'),
    claim('national_id', 'เลขประจำตัวประชาชน', 'number'),
    claim('email', 'อีเมล', 'email', true),
    claim('email_verified', 'อีเมลยืนยันแล้วหรือไม่', 'word', false, 'email'),
    claim('address', 'ที่อยู่ตามทะเบียนบ้าน', 'address'),
  ],
  scopes: [
    {
      code: 'applications',
      name: { th: 'ยื่นคำขอให้คุณ', en: 'applications' },
      claims: [],
      allows: [
        { th: 'ยื่นคำขอในนามของคุณ', en: 'Hand in applications in your name' },
        { th: 'อ่านคำขอของคุณ', en: 'Read your applications' },
      ],
    },
    { code: 'openid', name: { th: 'รู้ว่าเป็นคุณคนเดิม', en: 'openid' }, claims: [] },
    {
      code: 'profile',
      name: { th: 'ชื่อของคุณ', en: 'profile' },
      claims: ['name', 'name#th', 'name#en', 'gender', 'locale'],
    },
    { code: 'birthdate', name: { th: 'วันเกิดของคุณ', en: 'birthdate' }, claims: ['birthdate'] },
    { code: 'national_id', name: { th: 'เลขประจำตัว', en: 'national_id' }, claims: ['national_id'] },
    { code: 'email', name: { th: 'อีเมลของคุณ', en: 'email' }, claims: ['email', 'email_verified'] },
    { code: 'address', name: { th: 'ที่อยู่ของคุณ', en: 'address' }, claims: ['address'] },
  ],
}
