import type { Divisions, Subdistrict } from '@sapan/thailand'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { area } from '../address.ts'
import { invalid, notFound } from '../application.ts'

interface ByCode {
  readonly Params: { readonly code: string }
}

function codeOf(request: FastifyRequest<ByCode>, digits: number): string {
  const { code } = request.params
  if (!/^\d+$/.test(code) || code.length !== digits)
    throw invalid('รหัสเขตการปกครอง', `The code must have ${digits} digits.`)
  return code
}

const withPostalCodes = (subdistrict: Subdistrict) => ({
  ...area(subdistrict),
  postalCodes: subdistrict.postalCodes,
})

/** Provinces, districts and sub-districts: the country pack's, so they need no database. */
export function divisionRoutes(app: FastifyInstance, divisions: Divisions): void {
  app.get('/provinces', async () => ({ provinces: divisions.provinces.map(area) }))
  app.get<ByCode>('/provinces/:code/districts', async (request) => {
    const code = codeOf(request, 2)
    if (divisions.province(code) === undefined) throw notFound()
    return { districts: divisions.districtsOf(code).map(area) }
  })
  app.get<ByCode>('/districts/:code/subdistricts', async (request) => {
    const code = codeOf(request, 4)
    if (divisions.district(code) === undefined) throw notFound()
    return { subdistricts: divisions.subdistrictsOf(code).map(withPostalCodes) }
  })
  app.get<ByCode>('/subdistricts/:code', async (request) => {
    const subdistrict = divisions.subdistrict(codeOf(request, 6))
    if (subdistrict === undefined) throw notFound()
    const { district } = subdistrict
    return {
      subdistrict: withPostalCodes(subdistrict),
      district: area(district),
      province: area(district.province),
    }
  })
}
