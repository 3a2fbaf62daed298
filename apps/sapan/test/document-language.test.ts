import { paragraph, renderDocument } from '@sapan/documents'
import { expect, it } from 'vitest'
import { documentLanguage } from '../src/documents/language.ts'

it.each(['th', 'en'] as const)(
  'what is signed visibly in a document that is in %s says so in it',
  async (language) => {
    const { bytes } = await renderDocument({
      language,
      title: 'A',
      author: 'A',
      created: 0,
      attachments: [],
      body: [paragraph(['A'])],
    })
    expect(documentLanguage(bytes)).toBe(language)
  },
)

it('a file that cannot be read is in no language; signing says what is wrong with it', () => {
  expect(documentLanguage(Buffer.from('hello'))).toBeUndefined()
})
