import { describe, expect, it } from 'vitest'
import { answer, line } from './csc-line.ts'

const content = Buffer.from('หนังสือรับรอง')

describe('each refusal of a service has words of its own, in Thai and in English', () => {
  const request = (error_description: string) => ({ error: 'invalid_request', error_description })
  const cases: [number, object, string, RegExp, RegExp][] = [
    [400, { error: 'invalid_pin' }, 'signing-not-authorized', /PIN ไม่ถูกต้อง/, /PIN is wrong/],
    [400, { error: 'invalid_otp' }, 'signing-not-authorized', /OTP ไม่ถูกต้อง/, /OTP is wrong/],
    [400, { error: 'invalid_authentication_data' }, 'signing-not-authorized', /ไม่ถูกต้อง/, /is wrong/],
    [403, { error: 'access_denied' }, 'signing-not-authorized', /ไม่อนุญาต/, /denied/],
    [400, request('Credential locked'), 'signing-not-authorized', /ถูกปิด/, /closed/],
    [400, request('PIN locked'), 'signing-not-authorized', /ถูกปิด/, /closed/],
    [401, { error: 'invalid_token' }, 'signing-service-token-refused', /โทเค็น/, /not valid/],
    [401, { error: 'expired_token' }, 'signing-service-token-refused', /หมดอายุ/, /expired/],
    [403, { error: 'insufficient_scope' }, 'signing-service-token-refused', /ไม่มีสิทธิ์/, /cover/],
    [400, request('SAD expired'), 'signing-service-refused', /หมดอายุก่อน/, /ran out/],
    [400, request('Invalid parameter SAD'), 'signing-service-refused', /ใช้ไปแล้ว/, /was used/],
    [400, request('Hash is not authorized by the SAD'), 'signing-service-refused', /ไม่อยู่ใน/, /not authorise/],
    [400, request('Signing certificate is expired'), 'signing-service-refused', /หมดอายุ/, /expired/],
    [
      400,
      request('The credential identified by credentialID is disabled'),
      'signing-service-refused',
      /ระงับ/,
      /disabled/,
    ],
    [400, request('Numbers of signatures is too high'), 'signing-service-refused', /จำนวน/, /More/],
    [400, request('Invalid parameter signAlgo'), 'signing-service-refused', /อัลกอริทึม/, /algorithm/],
    [429, {}, 'signing-service-unavailable', /./, /./],
    [503, { error: 'temporarily_unavailable' }, 'signing-service-unavailable', /ชั่วคราว/, /moment/],
    [302, {}, 'signing-service-answer-invalid', /./, /./],
  ]

  it.each(cases)('%i %j', async (status, body, code, th, en) => {
    const there = await line()
    const key = await there.key()
    there.meddle = () => answer(status, body)
    const problem = await key.sign(content).catch((error: unknown) => error)
    expect(problem).toMatchObject({ code })
    const { detail, type } = problem as {
      detail?: { th: string; en: string }
      type: { title: { th: string; en: string } }
    }
    expect(detail?.th ?? type.title.th).toMatch(th)
    expect(detail?.en ?? type.title.en).toMatch(en)
  })
})
