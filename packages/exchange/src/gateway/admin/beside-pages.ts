import type { RequestListener } from 'node:http'

/** Where the operator's API has its addresses; what begins otherwise is a page's. */
const ofApi = /^\/(v1|health|metrics)(?![^/?])/

/** One listener for an operator's API and the pages beside it. */
export function besidePages(api: RequestListener, pages: RequestListener | undefined): RequestListener {
  if (pages === undefined) return api
  return (request, response) => (ofApi.test(request.url ?? '') ? api : pages)(request, response)
}
