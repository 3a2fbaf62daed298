import type { IncomingMessage, ServerResponse } from 'node:http'

/** The least page of a sign-in: who it is, is told by the form. The same for both providers. */
export interface ToldPage {
  details(request: IncomingMessage, response: ServerResponse): Promise<{ readonly uid: string }>
  /** Gives where the sign-in goes on. */
  finish(request: IncomingMessage, response: ServerResponse, person: number): Promise<string>
}

/** Answers `/sign-in/:uid`: GET with the page, POST with the way on. */
export async function answerTold(
  page: ToldPage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'POST') {
      const form = new URLSearchParams(await bodyOf(request))
      const location = await page.finish(request, response, Number(form.get('person')))
      response.writeHead(303, { location, 'content-length': 0 }).end()
      return
    }
    const { uid } = await page.details(request, response)
    const html = `<!doctype html><title>Sign in</title><form method="post" action="/sign-in/${uid}"><input name="person"></form>`
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': html.length }).end(html)
  } catch (error) {
    console.error(error)
    response.writeHead(500, { 'content-length': 0 }).end()
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
