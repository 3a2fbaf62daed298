/** What the provider answers: about 1 KB of JSON in the shape of a register's record. */
export const providerAnswer = JSON.stringify({
  person: {
    nationalId: '1234567890121',
    name: { th: { given: 'สมหญิง', family: 'ใจดี' }, en: { given: 'Somying', family: 'Jaidee' } },
    birthDate: '1990-04-12',
    sex: 'female',
    nationality: 'TH',
    address: {
      house: '99/1',
      moo: '4',
      subdistrict: '500101',
      district: '5001',
      province: '50',
      postcode: '50200',
    },
    household: '12345678901',
  },
  status: 'living',
  updatedAt: '2026-11-21T10:32:00+07:00',
  note: 'x'.repeat(605),
})

/** What the caller sends: 1 KB of JSON. */
export const callerBody = JSON.stringify({ query: { nationalId: '1234567890121' }, reason: 'y'.repeat(972) })

/** A whole HTTP/1.1 request as text, to be written as it is. */
export function requestText(path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(callerBody)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${callerBody}`
}
