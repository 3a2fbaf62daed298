import { createLogger } from '@sapan/kernel'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ClockWatch } from '../../src/gateway/clock-watch.ts'

let now = Date.UTC(2026, 10, 23, 8)
let center: number | null = 0
const log = createLogger({ name: 'test', level: 'silent' })
const make = () =>
  new ClockWatch({ own: 'TH/GOV/RD/gateway-1', clock: () => now, log, center: () => center, most: 5 })
const hear = (watch: ClockWatch, ...aheads: number[]) => {
  for (const [n, ahead] of aheads.entries()) watch.hear(`TH/GOV/M${n}/gateway-1`, now / 1000 + ahead)
}

beforeEach(() => {
  center = 0
})

describe('the clock is held against others', () => {
  it('and is right where nobody is there to compare with', () => {
    center = null
    expect(make().standing()).toEqual({ center: null, peers: null, off: 'right' })
  })

  it('is off where the center says so, and the others do not say otherwise', () => {
    center = 6
    const watch = make()
    expect(watch.standing()).toMatchObject({ off: 'ours' })
    hear(watch, 6, 7, 6)
    expect(watch.standing()).toEqual({ center: 6, peers: 6, off: 'ours' })
    center = 5
    expect(watch.standing()).toMatchObject({ off: 'right' })
  })

  it('is not off where the others agree with it: then the center is', () => {
    center = -90
    const watch = make()
    hear(watch, 0, -1, 1)
    expect(watch.standing()).toEqual({ center: -90, peers: 0, off: 'center' })
  })

  it('is off by the others alone while the center is out of reach', () => {
    center = null
    const watch = make()
    hear(watch, -30, -31, -30)
    expect(watch.standing()).toEqual({ center: null, peers: -30, off: 'ours' })
  })

  it('neither by two others, nor by one among many that is off itself, nor by itself', () => {
    center = null
    const watch = make()
    hear(watch, 90, 90)
    watch.hear('TH/GOV/RD/gateway-1', now / 1000 + 90)
    expect(watch.standing()).toMatchObject({ peers: null, off: 'right' })
    hear(watch, 0, 90, 0)
    expect(watch.standing()).toMatchObject({ peers: 0, off: 'right' })
  })

  it('by what was said in the last ten minutes', () => {
    center = null
    const watch = make()
    hear(watch, 30, 30, 30)
    now += 600_000
    expect(watch.standing()).toMatchObject({ peers: null, off: 'right' })
  })
})

it('a clock that is off is told of once, and again when it is right', () => {
  const error = vi.spyOn(log, 'error')
  const info = vi.spyOn(log, 'info')
  const watch = make()
  watch.look()
  center = 60
  watch.look()
  watch.look()
  expect(error.mock.calls).toEqual([
    [{ center: 60, peers: null }, 'this clock is off: other gateways refuse what it signs'],
  ])
  expect(info).not.toHaveBeenCalled()
  center = 0
  watch.look()
  expect(info).toHaveBeenCalledOnce()
})
