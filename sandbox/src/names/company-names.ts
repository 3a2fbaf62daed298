import { joined, parts } from './parts.ts'

const firsts = parts(`
รุ่งเรือง Rungrueang|เจริญ Charoen|ทวี Thawi|มั่งมี Mangmi|สุข Suk|ทอง Thong|แก้ว Kaeo|เพชร Phet|ศรี Si|ไทย Thai|สยาม Sayam|เอก Ek|
ชัย Chai|วัฒนา Watthana|พูน Phun|ลาภ Lap|โชค Chok|บุญ Bun|แสง Saeng|ดาว Dao|จันทร์ Chan|ตะวัน Tawan|ธารา Thara|นที Nathi|
ภูผา Phupha|พนา Phana|บัวหลวง Bualuang|มะลิ Mali|กล้วยไม้ Kluaimai|ราชพฤกษ์ Ratchaphruek|ช้าง Chang|นกยูง Nokyung|พญา Phaya|
สิงห์ Sing|อุดม Udom|ไพศาล Phaisan|มั่นคง Mankhong|ก้าวหน้า Kaona|ร่วมใจ Ruamchai|สามัคคี Samakkhi|พัฒน Phatthana|วิริยะ Wiriya`)

const seconds = parts(`
กิจ kit|ผล phon|ทรัพย์ sap|ชัย chai|พาณิชย์ phanit|ไพบูลย์ phaibun|สิน sin|รัตน์ rat|วัฒน์ wat|มงคล mongkhon|โชติ chot|
ดี di|ยิ่ง ying|เลิศ loet|พร phon|ถาวร thawon`)

const trades = parts(`
การค้า Trading|ก่อสร้าง Construction|ขนส่ง Transport|การเกษตร Agriculture|อาหาร Foods|เทคโนโลยี Technology|พลังงาน Energy|
อสังหาริมทรัพย์ Property|การแพทย์ Medical|ท่องเที่ยว Travel|โลจิสติกส์ Logistics|สิ่งทอ Textiles|เฟอร์นิเจอร์ Furniture|การพิมพ์ Printing|
ซอฟต์แวร์ Software|วิศวกรรม Engineering|การบัญชี Accounting|ที่ปรึกษา Consulting|การศึกษา Education|เครื่องจักร Machinery|
ยานยนต์ Automotive|อิเล็กทรอนิกส์ Electronics|ค้าปลีก Retail|ค้าส่ง Wholesale|ประมง Fisheries|ข้าวไทย Rice|ยางพารา Rubber|
เครื่องสำอาง Cosmetics|รักษาความปลอดภัย Security|สื่อสาร Communications|ไฟฟ้า Electric|วัสดุ Materials`)

export interface CompanyName {
  readonly th: string
  readonly en: string
  /** What it says it does. */
  readonly trade: { readonly th: string; readonly en: string }
}

/** How many names there are. */
const COUNT = firsts.length * seconds.length * trades.length

/**
 * The name with a serial, without the form of the company. Each begins with สมมติ, "supposed", so that no one takes it
 * for a company that exists. Serials below `COUNT` have different names: 9,973 has no factor in common with it.
 */
export function companyName(serial: number): CompanyName {
  const at = (serial * 9_973) % COUNT
  const trade = trades[at % trades.length]
  const second = seconds[Math.floor(at / trades.length) % seconds.length]
  const first = firsts[Math.floor(at / trades.length / seconds.length)]
  if (trade === undefined || second === undefined || first === undefined) throw new RangeError('no such name')
  const own = joined(first, second)
  return { th: `สมมติ${own.th}${trade.th}`, en: `Sommot ${own.en} ${trade.en}`, trade }
}
