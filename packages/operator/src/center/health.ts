import type { CenterHealthPoint } from '@sapan/exchange'
import { counted, type Language, type Text } from '@sapan/kernel'
import { emptyState, type SitePage } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { operatorPage } from '../parts/page.ts'
import { plot } from '../parts/plot.ts'
import { hoursIn, spanTabs } from '../parts/time-spans.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'

const words = {
  title: { th: 'สุขภาพของศูนย์กลาง', en: "The center's health" },
  lead: {
    th: 'คำขอจากเกตเวย์และผู้อื่น เวลาที่ใช้ตอบ และสารบบ เก็บไว้แปดวัน',
    en: 'What gateways and others ask, how long answers take, and the directory. Kept for eight days.',
  },
  none: { th: 'ยังไม่มีข้อมูลในช่วงนี้', en: 'Nothing is known of this time yet' },
  noneNext: {
    th: 'ศูนย์กลางเก็บตัวเลขทุกหนึ่งนาที เปิดหน้านี้ใหม่ในอีกสักครู่',
    en: 'The center keeps its numbers once a minute. Open this page again in a while.',
  },
  answered: { th: 'สำเร็จ', en: 'answered' },
  refused: { th: 'ถูกปฏิเสธ', en: 'refused' },
  failed: { th: 'ไม่สำเร็จ', en: 'failed' },
  half: { th: 'ครึ่งหนึ่ง', en: 'half' },
  most: { th: '99 ใน 100', en: '99 of 100' },
  left: { th: 'อายุที่เหลือ', en: 'left' },
  version: { th: 'ฉบับที่', en: 'version' },
  requests: { th: 'คำขอ', en: 'requests' },
  ms: { th: 'มิลลิวินาที', en: 'ms' },
  minutes: { th: 'นาที', en: 'min' },
} as const satisfies Record<string, Text>

export function healthRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator/health', needs: 'look', handle: healthPage }]
}

async function healthPage(request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const hours = hoursIn(query)
  const { points } = await operatorOf(request).door.get<{ points: readonly CenterHealthPoint[] }>(
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

function plotsOf(points: readonly CenterHealthPoint[], language: Language): ComponentChild {
  const times = points.map(({ at }) => Date.parse(at))
  const values = (of: (point: CenterHealthPoint) => number | null) => points.map(of)
  const common = { language, times }
  const { asked, slowest, least, published } = findings(points, language)
  return [
    plot({
      ...common,
      title: asked,
      unit: words.requests[language],
      series: [
        { name: words.answered[language], colour: 'success', values: values((point) => point.answered) },
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
      title: least,
      unit: words.minutes[language],
      series: [
        {
          name: words.left[language],
          colour: 'river',
          values: values((point) => Math.floor(point.directoryLeft / 60)),
        },
      ],
    }),
    plot({
      ...common,
      title: published,
      unit: words.version[language],
      series: [
        {
          name: words.version[language],
          colour: 'river',
          values: values((point) => point.directoryVersion),
        },
      ],
    }),
  ]
}

/** What each plot shows, said in a sentence. */
function findings(points: readonly CenterHealthPoint[], language: Language) {
  const sum = (of: (point: CenterHealthPoint) => number) =>
    points.reduce((total, point) => total + of(point), 0)
  const failed = sum((point) => point.failed)
  const all = failed + sum(({ answered, refused }) => answered + refused)
  const p99 = Math.max(...points.map((point) => point.p99 ?? 0))
  const left = Math.floor(Math.min(...points.map(({ directoryLeft }) => directoryLeft)) / 60)
  const version = points.at(-1)?.directoryVersion ?? 0
  const since = version - (points[0]?.directoryVersion ?? version)
  if (language === 'th')
    return {
      asked: `มีคำขอ ${all.toLocaleString('en')} ครั้ง ไม่สำเร็จ ${failed.toLocaleString('en')} ครั้ง`,
      slowest: `99 ใน 100 คำขอใช้เวลาไม่เกิน ${p99.toLocaleString('en')} มิลลิวินาที`,
      least: `สารบบเหลืออายุอย่างน้อย ${left.toLocaleString('en')} นาที`,
      published: `สารบบฉบับที่ ${version.toLocaleString('en')} ออกใหม่ ${since.toLocaleString('en')} ครั้งในช่วงนี้`,
    }
  return {
    asked: `${counted(all, 'request')}, of which ${failed.toLocaleString('en')} failed`,
    slowest: `99 of 100 requests took no more than ${p99.toLocaleString('en')} ms`,
    least: `The directory always had ${counted(left, 'minute')} left or more`,
    published: `Directory version ${version.toLocaleString('en')}, ${since.toLocaleString('en')} of them from this time`,
  }
}
