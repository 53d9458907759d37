// Valhalla's isochrone, from the npm package, on tiles of its own made from the
// same street data. Talks as peer.py does; origins come as [longitude, latitude].
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const require = createRequire(join(process.env.VALHALLA_HOME, 'package.json'))
const home = join(process.env.VALHALLA_HOME, 'node_modules', '@valhallajs', 'valhallajs')
const { Actor, getConfig } = require('@valhallajs/valhallajs')
const version = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version

const modes = { 'isochrone of 20 minutes': 1, 'isochrones of 5 to 30 minutes, six at once': 1 }
const minutes = { 'isochrone of 20 minutes': [20], 'isochrones of 5 to 30 minutes, six at once': [5, 10, 15, 20, 25, 30] }
let actor

async function load (task) {
  const tiles = join(task.scratch, 'tiles')
  mkdirSync(tiles)
  const config = await getConfig({ tileDir: tiles, tileExtract: '' })
  config.mjolnir.tile_dir = tiles
  delete config.mjolnir.tile_extract
  delete config.mjolnir.admin
  delete config.mjolnir.timezone
  config.mjolnir.concurrency = 2
  config.service_limits.isochrone.max_contours = 6
  config.mjolnir.logging = { type: 'std_err' }
  const file = join(task.scratch, 'valhalla.json')
  writeFileSync(file, JSON.stringify(config))
  execFileSync(process.execPath, [join(home, 'bin', 'valhalla-cli.js'), 'build_tiles', '-c', file, task.pbf],
    { cwd: task.scratch, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 30 })
  config.mjolnir.logging = { type: '' }
  actor = new Actor(config)
  await actor.isochrone(JSON.stringify(request([-2.7, 52.5], [20]))).catch(() => {})
}

function request ([lon, lat], contours) {
  return {
    locations: [{ lon, lat }],
    costing: 'pedestrian',
    costing_options: { pedestrian: { walking_speed: 4.8 } },
    contours: contours.map(time => ({ time })),
    polygons: true,
    reverse: true
  }
}

// run measures the requests; with answers it writes the areas of the outlines
// of the longest contour instead: square metres, one 64-bit float for each.
async function run (task) {
  let took = 0
  let cpu = 0
  const areas = []
  for (const place of task.places) {
    const text = JSON.stringify(request(place, minutes[task.mode]))
    const [began, spent] = [process.hrtime.bigint(), process.cpuUsage()]
    const reply = await actor.isochrone(text)
    took += Number(process.hrtime.bigint() - began) / 1e9
    const { user, system } = process.cpuUsage(spent)
    cpu += (user + system) / 1e6
    if (task.answers) areas.push(largest(JSON.parse(reply)))
  }
  if (task.answers) writeFileSync(task.answers, new Uint8Array(new Float64Array(areas).buffer))
  return { seconds: took, cpu }
}

function largest (collection) {
  return Math.max(0, ...collection.features.map(f => {
    const parts = f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates
    return parts.reduce((sum, rings) => sum + rings.reduce((a, ring, i) => a + (i === 0 ? 1 : -1) * area(ring), 0), 0)
  }))
}

// area of a small ring of degrees in square metres, on a sphere of 6,371 km.
function area (ring) {
  const metre = 6371000 * Math.PI / 180
  const k = Math.cos(ring[0][1] * Math.PI / 180)
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = [(ring[i][0] - ring[0][0]) * k, ring[i][1] - ring[0][1]]
    const [bx, by] = [(ring[i + 1][0] - ring[0][0]) * k, ring[i + 1][1] - ring[0][1]]
    sum += ax * by - ay * bx
  }
  return Math.abs(sum) / 2 * metre * metre
}

const say = reply => process.stdout.write(JSON.stringify(reply) + '\n')
for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line)
  try {
    const began = process.hrtime.bigint()
    if (task.do === 'load') {
      await load(task)
      say({ seconds: Number(process.hrtime.bigint() - began) / 1e9, version, modes, rss: process.memoryUsage.rss() })
    } else {
      say(await run(task))
    }
  } catch (e) {
    say({ error: String(e.message ?? e).split('\n')[0] })
  }
}
