import type { HealthPoint } from '@sapan/exchange'
import { counted, type Language, type Text } from '@sapan/kernel'
import { emptyState, type SitePage } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { operatorPage } from '../parts/page.ts'
import { plot } from '../parts/plot.ts'
import { hoursIn, spanTabs } from '../parts/time-spans.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'

const words = {
  title: { th: 'สุขภาพของเกตเวย์', en: "The gateway's health" },
  lead: {
    th: 'จำนวนและเวลาของการแลกเปลี่ยน ข้อความที่รอ และอายุของสารบบ ของสมาชิกทุกรายรวมกัน เก็บไว้แปดวัน',
    en: 'Exchanges and their times, messages that wait, and the age of the directory, of all members together. Kept for eight days.',
  },
  none: { th: 'ยังไม่มีข้อมูลในช่วงนี้', en: 'Nothing is known of this time yet' },
  noneNext: {
    th: 'เกตเวย์เก็บตัวเลขทุกหนึ่งนาที เปิดหน้านี้ใหม่ในอีกสักครู่',
    en: 'The gateway keeps its numbers once a minute. Open this page again in a while.',
  },
  succeeded: { th: 'สำเร็จ', en: 'succeeded' },
  refused: { th: 'ถูกปฏิเสธ', en: 'refused' },
  failed: { th: 'ไม่สำเร็จ', en: 'failed' },
  half: { th: 'ครึ่งหนึ่ง', en: 'half' },
  most: { th: '99 ใน 100', en: '99 of 100' },
  queued: { th: 'รอส่ง', en: 'waiting' },
  dead: { th: 'ส่งไม่สำเร็จ', en: 'dead letters' },
  age: { th: 'อายุ', en: 'age' },
  exchanges: { th: 'ครั้ง', en: 'exchanges' },
  ms: { th: 'มิลลิวินาที', en: 'ms' },
  messages: { th: 'ข้อความ', en: 'messages' },
  seconds: { th: 'วินาที', en: 's' },
} as const satisfies Record<string, Text>

export function healthRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator/health', needs: 'whole', handle: healthPage }]
}

async function healthPage(request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const hours = hoursIn(query)
  const { points } = await operatorOf(request).door.get<{ points: readonly HealthPoint[] }>(
    '/v1/health-history',
    { hours: String(hours) },
  )
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    spanTabs('/operator/health', hours, language),
    points.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : plotsOf(points, language),
  )
}

function plotsOf(points: readonly HealthPoint[], language: Language): ComponentChild {
  const times = points.map(({ at }) => Date.parse(at))
  const values = (of: (point: HealthPoint) => number | null) => points.map(of)
  const common = { language, times }
  const { title, slowest, waiting, oldest } = findings(points, language)
  return [
    plot({
      ...common,
      title,
      unit: words.exchanges[language],
      series: [
        { name: words.succeeded[language], colour: 'success', values: values((point) => point.succeeded) },
        {
          name: words.refused[language],
          colour: 'warning',
          dash: '6 4',
          values: values((point) => point.refused),
        },
        {
          name: words.failed[language],
          colour: 'danger',
          dash: '2 4',
          values: values((point) => point.failed),
        },
      ],
    }),
    plot({
      ...common,
      title: slowest,
      unit: words.ms[language],
      series: [
        { name: words.half[language], colour: 'river', values: values((point) => point.p50) },
        {
          name: words.most[language],
          colour: 'deepRiver',
          dash: '6 4',
          values: values((point) => point.p99),
        },
      ],
    }),
    plot({
      ...common,
      title: waiting,
      unit: words.messages[language],
      series: [
        { name: words.queued[language], colour: 'river', values: values((point) => point.queued) },
        { name: words.dead[language], colour: 'danger', dash: '2 4', values: values((point) => point.dead) },
      ],
    }),
    plot({
      ...common,
      title: oldest,
      unit: words.seconds[language],
      series: [{ name: words.age[language], colour: 'river', values: values((point) => point.directoryAge) }],
    }),
  ]
}

/** What each plot shows, said in a sentence. */
function findings(points: readonly HealthPoint[], language: Language) {
  const sum = (of: (point: HealthPoint) => number) => points.reduce((total, point) => total + of(point), 0)
  const most = (of: (point: HealthPoint) => number | null) =>
    Math.max(...points.map((point) => of(point) ?? 0))
  const failed = sum((point) => point.failed)
  const all = failed + sum(({ succeeded, refused }) => succeeded + refused)
  const p99 = most((point) => point.p99)
  const dead = points.at(-1)?.dead ?? 0
  const queued = most((point) => point.queued)
  const age = most((point) => point.directoryAge)
  if (language === 'th')
    return {
      title: `แลกเปลี่ยน ${all.toLocaleString('en')} ครั้ง ไม่สำเร็จ ${failed.toLocaleString('en')} ครั้ง`,
      slowest: `99 ใน 100 ครั้งใช้เวลาไม่เกิน ${p99.toLocaleString('en')} มิลลิวินาที`,
      waiting: `ข้อความรอส่งมากที่สุด ${queued.toLocaleString('en')} ตอนนี้ส่งไม่สำเร็จ ${dead.toLocaleString('en')}`,
      oldest: `สารบบเก่าที่สุด ${age.toLocaleString('en')} วินาที`,
    }
  return {
    title: `${counted(all, 'exchange')}, of which ${failed.toLocaleString('en')} failed`,
    slowest: `99 of 100 exchanges took no more than ${p99.toLocaleString('en')} ms`,
    waiting: `At most ${counted(queued, 'message')} waited; ${counted(dead, 'dead letter')} now`,
    oldest: `The directory was never older than ${counted(age, 'second')}`,
  }
}
