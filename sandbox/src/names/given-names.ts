import type { Text } from '@sapan/kernel'
import { everyPair, parts } from './parts.ts'

/** Names given to boys before about 2510 (1967). */
export const elderMale = parts(`
สมชาย Somchai|สมศักดิ์ Somsak|สมบูรณ์ Sombun|สมหมาย Sommai|สมพงษ์ Somphong|สมนึก Somnuek|สมคิด Somkhit|สมบัติ Sombat|
ประสิทธิ์ Prasit|ประเสริฐ Prasoet|ประยูร Prayun|ประจวบ Prachuap|ประทีป Prathip|ประดิษฐ์ Pradit|บุญมี Bunmi|
บุญส่ง Bunsong|บุญเลิศ Bunloet|บุญชู Bunchu|บุญธรรม Buntham|บุญช่วย Bunchuai|ทองดี Thongdi|ทองสุข Thongsuk|
ทองคำ Thongkham|คำปัน Khampan|คำดี Khamdi|วิชัย Wichai|วิเชียร Wichian|วิรัตน์ Wirat|วินัย Winai|วิโรจน์ Wirot|
วิทยา Witthaya|สุชาติ Suchat|สุเทพ Suthep|สุรชัย Surachai|สุวิทย์ Suwit|สุนทร Sunthon|สุรินทร์ Surin|สำราญ Samran|
สวัสดิ์ Sawat|สนั่น Sanan|เสน่ห์ Sane|จำลอง Chamlong|จำรัส Chamrat|จรูญ Charun|เจริญ Charoen|ชูชาติ Chuchat|
เฉลิม Chaloem|ไพโรจน์ Phairot|ไพบูลย์ Phaibun|พิชัย Phichai|พิชิต Phichit|มานพ Manop|มานิตย์ Manit|มนตรี Montri|
ถาวร Thawon|ธวัชชัย Thawatchai|ณรงค์ Narong|นิคม Nikhom|นิพนธ์ Niphon|อำนวย Amnuai|อนันต์ Anan|อุดม Udom|อรุณ Arun|
โสภณ Sophon|ศิริชัย Sirichai|กมล Kamon|เกษม Kasem|โกวิท Kowit|ชาญชัย Chanchai|ปรีชา Pricha|ปัญญา Panya|วสันต์ Wasan|
สถาพร Sathaphon|สัมฤทธิ์ Samrit|เสถียร Sathian|อดุลย์ Adun|อมร Amon|เอกชัย Ekkachai|บรรจง Banchong|บำรุง Bamrung
`)

/** Names given to girls before about 2510 (1967). */
export const elderFemale = parts(`
สมศรี Somsi|สมจิตร Somchit|สมพร Somphon|สมบุญ Sombun|บุญเรือน Bunruean|บุญศรี Bunsi|ทองม้วน Thongmuan|ประนอม Pranom|
ประไพ Praphai|มาลี Mali|มาลัย Malai|มณี Mani|ละออ La-o|ละเอียด La-iat|ลำดวน Lamduan|ลำใย Lamyai|วันดี Wandi|
วันเพ็ญ Wanphen|วรรณา Wanna|วิไล Wilai|วาสนา Watsana|สายหยุด Saiyut|สายใจ Saichai|สุดา Suda|สุนีย์ Suni|สุภาพ Suphap|
สุพรรณ Suphan|สำเนียง Samniang|สังวาลย์ Sangwan|ศรีนวล Sinuan|ศรีสุดา Sisuda|จันทร์เพ็ญ Chanphen|จินตนา Chintana|
จำเนียร Chamnian|จงกล Chongkon|ฉวีวรรณ Chawiwan|ชูศรี Chusi|ดวงใจ Duangchai|ดวงจันทร์ Duangchan|นงลักษณ์ Nonglak|
นงเยาว์ Nongyao|นิภา Nipha|นวลจันทร์ Nuanchan|บังอร Bang-on|บัวลอย Bualoi|บัวผัน Buaphan|เบญจมาศ Benchamat|
พรทิพย์ Phonthip|พิกุล Phikun|พยอม Phayom|เพ็ญศรี Phensi|ยุพิน Yuphin|ยุวดี Yuwadi|รัตนา Rattana|ระเบียบ Rabiap|
เรณู Renu|อารี Ari|อารมณ์ Arom|อำไพ Amphai|อัมพร Amphon|อุบล Ubon|อุไร Urai|อรทัย Orathai|กัลยา Kanlaya|
กรรณิการ์ Kannika|เกสร Keson|ขวัญใจ Khwanchai|คำแพง Khamphaeng|จรรยา Chanya|ชะอ้อน Cha-on|ทิพวรรณ Thipphawan|
ปราณี Prani|พเยาว์ Phayao|เพลินจิต Phloenchit|ไพลิน Phailin|มะลิวัลย์ Maliwan|ลัดดา Latda|สุวรรณี Suwanni|โสภา Sopha
`)

/** Names of the generations since: two parts each. */
export const youngerMale = everyPair(
  parts(`
กิตติ Kitti|ณัฐ Nattha|ธน Thana|ธีร Thira|ปิย Piya|พีร Phira|ภัทร Phatthara|ภาณุ Phanu|รัฐ Rattha|วร Wora|วีร Wira|
ศิริ Siri|ศุภ Supha|สิทธิ Sitthi|สุร Sura|อภิ Aphi|อนุ Anu|เกียรติ Kiatti|จักร Chakkra|ชน Chana|ธรรม Thamma|
พัชร Phatchara|ภูริ Phuri|วชิร Wachira|อัคร Akkhara|อิทธิ Itthi|เตช Techa|จิร Chira|ชย Chaya|นร Nara|ปฏิ Pati|ยุทธ Yuttha`),
  parts(`
พล phon|ศักดิ์ sak|พงษ์ phong|ชัย chai|วัฒน์ wat|เดช det|กร kon|วุฒิ wut|ภพ phop|พัฒน์ phat|นันท์ nan|วิชญ์ wit|
ชาติ chat|โชติ chot|ธัช that|วิทย์ wit|สิทธิ์ sit|เทพ thep|ดนัย danai|ภูมิ phum`),
)

export const youngerFemale = everyPair(
  parts(`
กนก Kanok|กมล Kamon|จิร Chira|ฐิติ Thiti|ณัฐ Nattha|ธัญ Thanya|ธน Thana|นันท Nantha|พัชร Phatchara|พิมพ์ Phim|
เพ็ญ Phen|ภัทร Phatthara|รัตน Rattana|วรรณ Wanna|วร Wora|วิภา Wipha|ศศิ Sasi|ศิริ Siri|ศุภ Supha|สุ Su|สิริ Siri|อร Ora|
อัญ Anya|กาญ Kan|ชล Chon|ชุติ Chuti|ปวี Pawi|ปิย Piya|มนัส Manat|จุฑา Chutha`),
  parts(`
พร phon|วรรณ wan|รัตน์ rat|นันท์ nan|ลักษณ์ lak|ภรณ์ phon|ทิพย์ thip|กาญจน์ kan|มาศ mat|มณี mani|นภา napha|วดี wadi|
นุช nut|ธิดา thida|ชนก chanok|พิมพ์ phim|ลดา lada|กานต์ kan|ฉัตร chat|ญาดา yada`),
)

/** Names of people who came from elsewhere: four for each sex and three of families. */
interface NewcomerNames {
  readonly male: readonly Text[]
  readonly female: readonly Text[]
  readonly families: readonly Text[]
}

const newcomerNames = (male: string, female: string, families: string): NewcomerNames => ({
  male: parts(male),
  female: parts(female),
  families: parts(families),
})

/** Across a border: Myanmar, Shan, Lao, Khmer. */
const near = [
  newcomerNames(
    'อ่อง Aung|วิน Win|ทุน Tun|โซ Soe',
    'เอ Aye|ขิ่น Khin|มิ้น Myint|ซู Hsu',
    'หม่อง Maung|ลา Hla|เต็ง Thein',
  ),
  newcomerNames(
    'จายคำ Saikham|จายหลวง Sailuang|จายแสง Saisaeng|จายทุน Saitun',
    'นางคำ Nangkham|นางหอม Nanghom|นางแสง Nangsaeng|นางเงิน Nangngoen',
    'ลุงคำ Lungkham|วงค์คำ Wongkham|แสงหลวง Saengluang',
  ),
  newcomerNames(
    'บุนมี Bounmy|คำหล้า Khamla|สมพอน Somphone|วันนา Vanna',
    'ดาวเฮือง Daoheuang|บัวหล้า Buala|แก้วมะนี Keomany|พอนสะหวัน Phonsavanh',
    'วงพะจัน Vongphachan|สีหาลาด Sihalath|พมมะจัน Phommachanh',
  ),
  newcomerNames(
    'โซกา Sokha|วันนะ Vannak|ดารา Dara|ระตะนะ Ratanak',
    'สุเพียบ Sopheap|จันธู Chanthou|ศรีมม Sreymom|บุปผา Bopha',
    'เกียว Keo|เจีย Chea|สก Sok',
  ),
]

/** From further away: Chinese, English, Indian, Japanese. */
const far = [
  newcomerNames(
    'เหว่ย Wei|จวิน Jun|เฉียง Qiang|ห่าว Hao',
    'เหมย Mei|หลิน Lin|ฟาง Fang|ลี่ Li',
    'หวัง Wang|เฉิน Chen|จาง Zhang',
  ),
  newcomerNames(
    'เดวิด David|โธมัส Thomas|ไมเคิล Michael|ปีเตอร์ Peter',
    'แอนนา Anna|ซาราห์ Sarah|เอ็มม่า Emma|ลอร่า Laura',
    'มิลเลอร์ Miller|บราวน์ Brown|คาร์เตอร์ Carter',
  ),
  newcomerNames(
    'ราหุล Rahul|อาร์จุน Arjun|วิกรม Vikram|สันเจย์ Sanjay',
    'ปรียา Priya|อัญชลี Anjali|ดีปา Deepa|มีรา Meera',
    'ชาร์มา Sharma|ปาเทล Patel|ซิงห์ Singh',
  ),
  newcomerNames(
    'เคนจิ Kenji|ฮิโรชิ Hiroshi|ทาคุมิ Takumi|ยูตะ Yuta',
    'ยูกิ Yuki|ฮานะ Hana|มิโฮะ Miho|อายะ Aya',
    'ทานากะ Tanaka|ซาโต้ Sato|โมริ Mori',
  ),
]

const cultures = [...near, ...far]

/** Numbers of the cultures that are near, and of those that are further away. */
export const nearCultures: readonly number[] = near.map((_, index) => index)
export const farCultures: readonly number[] = far.map((_, index) => near.length + index)

/** How many given names of a sex, and of families, each culture has. */
export const GIVEN_A_CULTURE = 4
export const FAMILIES_A_CULTURE = 3

export const newcomerMale = cultures.flatMap((culture) => culture.male)
export const newcomerFemale = cultures.flatMap((culture) => culture.female)
export const newcomerFamilies = cultures.flatMap((culture) => culture.families)
