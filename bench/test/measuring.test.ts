import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, metric } from '../src/benchmark.ts'
import { workIn } from '../src/exchange/cpu-profile.ts'
import { MessageReader } from '../src/exchange/message-reader.ts'
import { callerBody, providerAnswer, requestText } from '../src/exchange/messages.ts'

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
const chunked =
  'HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n'

describe('measuring', () => {
  it('the median is the middle, or the mean of the two middle ones', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('the ratio is ours by the peer’s', () => {
    expect(metric(2000, 8000, 'exchanges/s')).toEqual({
      sapan: 2000,
      peer: 8000,
      ratio: 0.25,
      unit: 'exchanges/s',
    })
  })

  it('both messages have 1 KB of body', () => {
    expect(Buffer.byteLength(callerBody)).toBe(1024)
    expect(Buffer.byteLength(providerAnswer)).toBe(1024)
    expect(requestText('/r', {})).toContain('content-length: 1024\r\n')
  })

  it('every answer is counted once, with its status, wherever the stream is cut', () => {
    const kinds = fc.array(fc.boolean(), { maxLength: 8 })
    fc.assert(
      fc.property(kinds, fc.array(fc.nat(600), { maxLength: 12 }), (plain, cuts) => {
        const stream = Buffer.from(plain.map((is) => (is ? withLength : chunked)).join(''))
        const reader = new MessageReader()
        const seen: number[] = []
        const places = [
          0,
          ...cuts.map((at) => Math.min(at, stream.length)).sort((a, b) => a - b),
          stream.length,
        ]
        for (let i = 1; i < places.length; i++)
          reader.read(stream.subarray(places[i - 1], places[i]), (status) => seen.push(status))
        expect(seen).toEqual(plain.map((is) => (is ? 200 : 502)))
      }),
    )
  })

  it('time counts for the innermost work that has a name, between the two moments, and idle time for none', () => {
    const frame = (id: number, functionName: string, url: string, ...children: number[]) => ({
      id,
      callFrame: { functionName, url: `file:///sapan/packages/${url}` },
      children,
    })
    const profile = {
      nodes: [
        frame(1, '(root)', '', 2, 5, 6),
        frame(2, 'run', 'exchange/src/gateway/consumer/run.ts', 3),
        frame(3, '#seal', 'exchange/src/evidence/recorder.ts', 4),
        frame(4, 'stringify', ''),
        frame(5, '(idle)', ''),
        frame(6, 'poll', 'kernel/src/clock.ts'),
      ],
      startTime: 100,
      samples: [2, 4, 3, 5, 6, 2],
      timeDeltas: [10, 10, 10, 10, 10, 10],
    }
    expect([...workIn(profile, 110, 160)]).toEqual([
      ['the other steps', 10],
      ['sealing evidence', 20],
      ['the rest', 10],
    ])
  })
})
