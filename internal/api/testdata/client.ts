// A client whose types are made from the OpenAPI document: node client.js URL TOKEN.
// It asks, changes and asks again, and prints what it learnt. Lists come as CSV and
// GeoJSON too; this client reads JSON.
import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

const [url, token] = process.argv.slice(2)
const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } })

function found<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.status} ${JSON.stringify(answer.error)}`)
  return answer.data
}

const study = found(await client.GET('/api/v1/study'))
const areas = found(await client.GET('/api/v1/areas', { params: { query: { option: ['O1', 'O2'], sort: '-in_need_0_19', limit: 3 } } }))
const path = { id: 'from-node' }
const document: components['schemas']['OptionDocument'] = { id: path.id, name: 'From a client', based_on: 'O1', sites: [{ id: 'S09', status: 'closed' }] }
const made = await client.POST('/api/v1/options', { params: { query: { reason: 'a round trip' } }, body: document })
const first = found(made)
const changed = await client.PUT('/api/v1/options/{id}', {
  params: { path, header: { 'If-Match': made.response.headers.get('ETag') ?? '' } },
  body: { ...document, name: 'Changed by a client' },
})
const late = await client.PUT('/api/v1/options/{id}', { params: { path, header: { 'If-Match': '"1"' } }, body: document })
const whatIf = found(await client.POST('/api/v1/what-if', { body: { option_id: path.id, changes: [{ do: 'open', site_id: 'S09' }] } }))
const doorstep = found(await client.GET('/api/v1/reach', { params: { query: { postcode: 'EM1 1AA' } } }))
const job = found(await client.POST('/api/v1/optimise', { body: { keep: 20 } }))
const history = found(await client.GET('/api/v1/options/{id}/history', { params: { path } }))

console.log(
  JSON.stringify({
    study: study.name,
    areas: areas.items.map((area) => [area.option_id, area.area_code, area.in_need_0_19]),
    total: areas.total,
    document: first.document,
    revision: found(changed).revision,
    late: late.response.status,
    lateDetail: late.error?.detail ?? null,
    score: whatIf.score.score,
    nearest: doorstep.nearest.map((option) => option.site_id),
    unknown: doorstep.sites.at(-1)?.walk_min?.['adult'] ?? null,
    job: job.state,
    edits: history.edits.map((edit) => [edit.revision, edit.refused, edit.reason]),
  }),
)
