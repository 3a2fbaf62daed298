import type { Language } from '@sapan/kernel'
import { colours, details, plainTime, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'

export interface Series {
  readonly name: string
  readonly colour: keyof typeof colours
  /** Drawn with gaps, so that it is told from the others without its colour. */
  readonly dash?: string
  /** One for each time; null where nothing is known. */
  readonly values: readonly (number | null)[]
}

export interface PlotOptions {
  readonly language: Language
  /** What is found in it. */
  readonly title: string
  /** Of the numbers: `ms`. */
  readonly unit: string
  /** Times at which the values stand, ms since 1970, the earliest first. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
}

const words = {
  table: { th: 'ดูเป็นตาราง', en: 'See it as a table' },
  time: { th: 'เวลา', en: 'Time' },
  unknown: { th: 'ไม่มีข้อมูล', en: 'none' },
}

const size = { width: 640, height: 240, left: 64, right: 120, top: 12, bottom: 36 }

/** Lines over time, drawn here: at most five, each with its name at its end, and the same numbers as a table beneath. */
export function plot(options: PlotOptions): ComponentChild {
  const { title } = options
  return h(
    'section',
    { 'aria-label': title },
    h('h2', null, title),
    h('div', { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': title }, picture(options)),
    asTable(options),
  )
}

function picture({ title, unit, times, series, language }: PlotOptions): ComponentChild {
  const most = niceCeiling(Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 1))
  const { width, height, left, right, top, bottom } = size
  const [first = 0, last = 1] = [times[0], times.at(-1)]
  const x = (at: number) => left + ((at - first) / Math.max(last - first, 1)) * (width - left - right)
  const y = (value: number) => height - bottom - (value / most) * (height - top - bottom)
  const grid = [0, most / 2, most].map((value) => [
    h('line', { x1: left, x2: width - right, y1: y(value), y2: y(value), stroke: colours.line }),
    label({ x: left - 8, y: y(value) + 5, text: shown(value), anchor: 'end' }),
  ])
  const ends = spread(series.map(({ values }) => y(lastOf(values))))
  return h(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${title} (${unit})` },
    grid,
    label({ x: left, y: height - 10, text: clock(first, language), anchor: 'start' }),
    label({ x: width - right, y: height - 10, text: clock(last, language), anchor: 'end' }),
    series.map(({ values, colour, dash, name }, place) => [
      linesOf(values, times).map((line) =>
        h('polyline', {
          points: line.map(([at, value]) => `${round(x(at))},${round(y(value))}`).join(' '),
          fill: 'none',
          stroke: colours[colour],
          'stroke-width': 2.5,
          'stroke-dasharray': dash,
          'stroke-linecap': 'round',
        }),
      ),
      label({
        x: width - right + 8,
        y: (ends[place] ?? 0) + 5,
        text: name,
        anchor: 'start',
        fill: colours[colour],
      }),
    ]),
  )
}

function label(of: {
  x: number
  y: number
  text: string
  anchor: 'start' | 'end'
  fill?: string
}): ComponentChild {
  const { x, y, text, anchor, fill = colours.slate } = of
  return h('text', { x: round(x), y: round(y), 'text-anchor': anchor, 'font-size': 14, fill }, text)
}

/** The parts of a line between which nothing is known. A single point is drawn as a dot. */
function linesOf(values: readonly (number | null)[], times: readonly number[]): [number, number][][] {
  const lines: [number, number][][] = [[]]
  for (const [place, value] of values.entries()) {
    const at = times[place]
    if (value === null || at === undefined) lines.push([])
    else lines.at(-1)?.push([at, value])
  }
  return lines
    .filter((line) => line.length > 0)
    .map((line) => (line.length === 1 ? [...line, ...line] : line))
}

function lastOf(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? 0
}

/** Names at the ends of lines, moved apart where they would lie on each other. */
function spread(places: readonly number[]): number[] {
  const least = 18
  const order = [...places.keys()].sort((a, b) => (places[b] ?? 0) - (places[a] ?? 0))
  const moved = [...places]
  let above = Number.POSITIVE_INFINITY
  for (const place of order) {
    moved[place] = Math.min(places[place] ?? 0, above - least)
    above = moved[place] ?? 0
  }
  return moved
}

/** The next of 1, 2, 5 times a power of ten. */
function niceCeiling(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return ([1, 2, 5, 10].find((times) => times * power >= most) ?? 10) * power
}

function asTable({ language, title, unit, times, series }: PlotOptions): ComponentChild {
  const value = (found: number | null | undefined) =>
    found === null || found === undefined ? words.unknown[language] : shown(found)
  return details(
    { summary: `${words.table[language]} (${unit})` },
    table({
      caption: title,
      isCaptionHidden: true,
      columns: [
        { title: words.time[language] },
        ...series.map(({ name }) => ({ title: name, isNumber: true })),
      ],
      rows: times.map((at, place) => [
        plainTime(at, language),
        ...series.map(({ values }) => value(values[place])),
      ]),
    }),
  )
}

function shown(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 })
}

function clock(at: number, language: Language): string {
  return plainTime(at, language).replace(/^(\d+ \S+) \d+/, '$1')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
