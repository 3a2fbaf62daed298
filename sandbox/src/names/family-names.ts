import { everyPair, parts } from './parts.ts'

const firsts = parts(`
ศรี Si|สุข Suk|ทอง Thong|แก้ว Kaeo|บุญ Bun|วงศ์ Wong|จันทร์ Chan|พรหม Phrom|อินทร์ In|ชัย Chai|เจริญ Charoen|รุ่ง Rung|
เพชร Phet|มณี Mani|สิงห์ Sing|คำ Kham|ดวง Duang|แสง Saeng|สว่าง Sawang|สม Som|มี Mi|พูน Phun|เพิ่ม Phoem|ยิ่ง Ying|อยู่ Yu|
อ่อน On|นิล Nin|เทพ Thep|ธรรม Tham|นาค Nak|บัว Bua|ปาน Pan|ปิ่น Pin|ผล Phon|พันธ์ Phan|พิทักษ์ Phithak|ภู่ Phu|มั่น Man|
ม่วง Muang|โพธิ์ Pho|ไพร Phrai|รัตน Rattana|ราช Rat|ฤทธิ์ Rit|เรือง Rueang|วัฒน Watthana|วิเศษ Wiset|สาย Sai|สิทธิ Sitthi|
สุวรรณ Suwan|เสน Sen|หอม Hom|หาญ Han|อารี Ari|อุดม Udom|เอี่ยม Iam|โอภาส Ophat|กลิ่น Klin|กิตติ Kitti|เกตุ Ket|เกษม Kasem|
เกิด Koet|ขวัญ Khwan|คง Khong|เครือ Khruea|งาม Ngam|จิตร Chit|ชื่น Chuen|ชู Chu|โชติ Chot|ดำรง Damrong|เดช Det|ตั้ง Tang|
ถาวร Thawon|ทวี Thawi|ทิพย์ Thip|นวล Nuan|นุ่ม Num|เนตร Net|ประเสริฐ Prasoet|ปัญญา Panya|พงษ์ Phong|พล Phon|พวง Phuang|
พิพัฒน์ Phiphat|พึ่ง Phueng|พุ่ม Phum|ไพศาล Phaisan|ภักดี Phakdi|มงคล Mongkhon|ยอด Yot|ลาภ Lap|เลิศ Loet|วรรณ Wan|
วิชา Wicha|วิริยะ Wiriya|ศักดิ์ Sak|ศิริ Siri|สกุล Sakun|สันติ Santi`)

const seconds = parts(`
สุข suk|ทอง thong|แก้ว kaeo|บุญ bun|วงศ์ wong|จันทร์ chan|ชัย chai|เจริญ charoen|มณี mani|สิงห์ sing|คำ kham|ใจ chai|
แสง saeng|สว่าง sawang|ศรี si|ดี di|งาม ngam|พันธ์ phan|พงษ์ phong|ผล phon|พล phon|รัตน์ rat|ศักดิ์ sak|สกุล sakun|
สวัสดิ์ sawat|สมบูรณ์ sombun|สมบัติ sombat|เรือง rueang|รักษ์ rak|ภักดี phakdi|เดช det|โชติ chot|กุล kun|กิจ kit|การ kan|
เกษม kasem|เกิด koet|ขำ kham|คง khong|เครือ khruea|จิตร chit|ชื่น chuen|ชาติ chat|ดวง duang|ดำรง damrong|ถาวร thawon|
ทรัพย์ sap|ทวี thawi|ทิพย์ thip|เทพ thep|ธรรม tham|นาค nak|นิยม niyom|นิล nin|เนตร net|บัว bua|บำรุง bamrung|
ประเสริฐ prasoet|ประทีป prathip|ปรีชา pricha|ปัญญา panya|พรหม phrom|พิทักษ์ phithak|พิพัฒน์ phiphat|เพชร phet|
ไพบูลย์ phaibun|ไพศาล phaisan|มงคล mongkhon|มั่นคง mankhong|มาก mak|ยิ่งยง yingyong|ยืนยง yuenyong|รุ่งเรือง rungrueang|
ฤทธิ์ rit|ลาภ lap|เลิศ loet|วัฒนา watthana|วิเศษ wiset|วิไล wilai|ศิริ siri|สิทธิ์ sit|สุนทร sunthon|สุวรรณ suwan|
เสถียร sathian|แสน saen|โสภณ sophon|อุดม udom|อารีย์ ari|อินทร์ in`)

/** Composed family names, more than 9,000; a family of the sandbox begins with one of its own while they last. */
export const familyNames = everyPair(firsts, seconds)
