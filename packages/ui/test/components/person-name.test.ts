import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { personName } from '../../src/index.ts'

const shown = (name: string, language: 'th' | 'en') =>
  renderToString(h('p', null, personName(name, language)))

describe('a name that somebody has', () => {
  it('turns nothing around it', () => {
    expect(shown('Somying Jaidee', 'en')).toBe('<p><bdi>Somying Jaidee</bdi></p>')
    expect(shown('สมหญิง ใจดี', 'th')).toBe('<p><bdi>สมหญิง ใจดี</bdi></p>')
  })

  it('in Thai says so on a page in English', () => {
    expect(shown('สมหญิง ใจดี', 'en')).toBe('<p><bdi lang="th">สมหญิง ใจดี</bdi></p>')
  })
})
