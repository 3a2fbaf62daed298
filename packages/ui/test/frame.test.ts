import { h } from 'preact'
import { describe, expect, it } from 'vitest'
import { renderPage, sandboxPhase, uiAssets } from '../src/index.ts'

const page = {
  language: 'th',
  title: 'หน้าแรก',
  languages: { th: '/?lang=th', en: '/?lang=en' },
  home: '/',
  body: h('h1', null, 'สวัสดี'),
} as const

describe('page frame', () => {
  it('names its language and its title, and lets the keyboard skip to the content', () => {
    const html = renderPage(page)
    expect(html).toMatch(/^<!doctype html><html lang="th">/)
    expect(html).toContain('<title>หน้าแรก – สะพาน</title>')
    expect(html.indexOf('href="#main"')).toBeLessThan(html.indexOf('<header'))
    expect(html).toContain('<main id="main"')
  })

  it('links to the same page in the other language, and says which one is shown', () => {
    const html = renderPage({ ...page, language: 'en' })
    expect(html).toContain('<a href="/?lang=th" lang="th" hreflang="th">ไทย</a>')
    expect(html).toContain('<strong aria-current="true">English</strong>')
  })

  it('says that a demonstration is one', () => {
    expect(renderPage({ ...page, phase: sandboxPhase })).toContain(sandboxPhase.text.th)
    expect(renderPage(page)).not.toContain(sandboxPhase.text.th)
  })

  it('escapes what it is given', () => {
    const html = renderPage({ ...page, title: '<script>x</script>', body: h('p', null, '<img onerror=x>') })
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
  })

  it('runs no script, and every file it names is among its assets', () => {
    const html = renderPage(page)
    expect(html).not.toMatch(/<script|style="|onclick/)
    const named = [...html.matchAll(/(?:href|src)="(\/assets\/[^"?]+)[?"]/g)].map((match) => match[1] ?? '')
    const css = uiAssets().get('/assets/sapan.css')?.bytes.toString() ?? ''
    const fonts = [...css.matchAll(/url\("(?!data:)([^"]+)"\)/g)].map((match) => `/assets/${match[1]}`)
    expect([...named, ...fonts].filter((path) => !uiAssets().has(path))).toEqual([])
    expect(fonts.length).toBeGreaterThan(0)
  })
})
