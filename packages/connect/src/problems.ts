import { defineProblems, Problem, type Text } from '@sapan/kernel'

/** What a connector refuses, and what its source may be. */
export const connectProblems = defineProblems({
  'connector-source-unusable': {
    status: 503,
    title: { th: 'อ่านแหล่งข้อมูลของตัวเชื่อมไม่ได้', en: 'The source of the connector cannot be read' },
    next: {
      th: 'แก้ข้อมูลหรือแฟ้มจับคู่ตามที่บอก แล้วตรวจด้วย sapan connect check',
      en: 'mend the data or the mapping where it is said, then look with sapan connect check',
    },
  },
  'connector-source-down': {
    status: 503,
    title: { th: 'ติดต่อแหล่งข้อมูลของตัวเชื่อมไม่ได้', en: 'The source of the connector cannot be reached' },
    next: {
      th: 'ลองใหม่ในหนึ่งนาที หากยังไม่ได้ ให้หน่วยงานเจ้าของข้อมูลตรวจด้วย sapan connect check',
      en: 'try again in a minute; where it stays so, the agency that offers it looks with sapan connect check',
    },
  },
  'connector-source-slow': {
    status: 503,
    title: { th: 'แหล่งข้อมูลของตัวเชื่อมตอบช้าเกินไป', en: 'The source of the connector takes too long' },
    next: {
      th: 'ลองใหม่ในหนึ่งนาที หากยังช้า ให้หน่วยงานเจ้าของข้อมูลทำดัชนีของคอลัมน์ที่ใช้ค้น',
      en: 'try again in a minute; where it stays slow, the agency that offers it makes an index of the searched column',
    },
  },
  'connector-address-invalid': {
    status: 400,
    title: { th: 'ที่อยู่ของแหล่งข้อมูลใช้ไม่ได้', en: 'The address of the source cannot be used' },
    next: {
      th: 'ใส่ที่อยู่ในแฟ้มสิทธิ์ 0600 แล้วบอกด้วย --address-file หรือใส่ใน SAPAN_CONNECT_ADDRESS',
      en: 'put the address into a file of mode 0600 and name it with --address-file, or into SAPAN_CONNECT_ADDRESS',
    },
  },
  'connector-service-refused': {
    status: 422,
    title: {
      th: 'บริการที่อยู่หลังตัวเชื่อมปฏิเสธคำขอ',
      en: 'The service behind the connector refused the request',
    },
    next: {
      th: 'ตรวจค่าที่ส่ง หากถูกแล้ว ให้ถามหน่วยงานเจ้าของข้อมูล',
      en: 'look at the value that was sent; where it is right, ask the agency that offers the data',
    },
  },
  'connector-answer-unusable': {
    status: 502,
    title: {
      th: 'บริการที่อยู่หลังตัวเชื่อมตอบไม่ตรงตามคำอธิบายของมัน',
      en: 'The service behind the connector did not answer as its description says',
    },
    next: {
      th: 'แจ้งหน่วยงานเจ้าของข้อมูลให้ตรวจบริการกับแฟ้มจับคู่',
      en: 'tell the agency that offers the data to hold the service against its mapping',
    },
  },
  'connector-request-unknown': {
    status: 404,
    title: { th: 'ตัวเชื่อมไม่มีการทำงานนี้', en: 'The connector has no such operation' },
    next: {
      th: 'ดูเส้นทางที่มีด้วย sapan connect describe',
      en: 'see the paths that there are with sapan connect describe',
    },
  },
  'connector-request-invalid': {
    status: 400,
    title: { th: 'ค่าที่ใช้ค้นไม่ถูกต้อง', en: 'The value that is searched for is not valid' },
    next: { th: 'ส่งค่าที่ไม่ว่าง ยาวไม่เกิน 200 ตัวอักษร', en: 'send a value of 1 to 200 letters' },
  },
  'connector-too-many-rows': {
    status: 422,
    title: { th: 'พบข้อมูลมากเกินกว่าที่จะตอบ', en: 'More rows fit than may be answered' },
    next: {
      th: 'ค้นด้วยค่าที่เจาะจงกว่านี้ หรือขอให้ผู้ให้ข้อมูลเพิ่ม atMost',
      en: 'search by something more exact, or ask the provider to raise atMost',
    },
  },
})

/** What is wrong with a source, for those who can mend it. */
export function sourceUnusable(detail: Text, cause?: unknown): Problem {
  return new Problem(connectProblems['connector-source-unusable'], { detail, cause })
}

/** What is wrong with a service's answer: places, never values. */
export function answerUnusable(detail: Text): Problem {
  return new Problem(connectProblems['connector-answer-unusable'], { detail })
}

/** What is wrong with an address, without what stands in it. */
export function addressInvalid(detail: Text): Problem {
  return new Problem(connectProblems['connector-address-invalid'], { detail })
}

/** What is told of a place: `line 3: …`. */
export function placed(place: Text, told: Text): Text {
  return { th: `${place.th}: ${told.th}`, en: `${place.en}: ${told.en}` }
}
