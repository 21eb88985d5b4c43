// Every coded segment of a study package, with its words: node segments.mjs PACKAGE
// A line each, as JSON: the id of the coding, the name of its source, the name of its code, the words (null where there are none).
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'

/** Texts are UTF-8. A byte order mark at the beginning of a text is no part of it; in JSON it is a mistake, so there it stays and is refused. */
const decode = (bytes, mark = false) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: mark }).decode(bytes)

/** How the files of a package are read: from a folder, or from the same folder zipped. */
const files = (path) => (statSync(path).isDirectory() ? folder(realpathSync(path)) : zipped(readFileSync(path)))

function folder (path) {
  return (name) => {
    const real = realpathSync(join(path, name))
    if (!real.startsWith(path + sep)) throw new Error(`The file ${name} is a link that leaves the package.`)
    return readFileSync(real)
  }
}

/** Members of a ZIP file, by the directory at its end. */
function zipped (data) {
  let at = data.lastIndexOf('PK\x05\x06')
  if (at < 0) throw new Error('This is neither a folder nor a whole ZIP file.')
  const members = new Map()
  const count = data.readUInt16LE(at + 10)
  at = data.readUInt32LE(at + 16)
  if (count === 0xffff || at === 0xffffffff) throw new Error('The ZIP file is too large for this example: unpack it and give the folder.')
  for (let n = 0; n < count; n++) {
    const [method, packed, size] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20), data.readUInt32LE(at + 24)]
    const [name, extra, comment] = [28, 30, 32].map((field) => data.readUInt16LE(at + field))
    members.set(decode(data.subarray(at + 46, at + 46 + name)), { method, packed, size, begins: data.readUInt32LE(at + 42) })
    at += 46 + name + extra + comment
  }
  return (name) => {
    if (!members.has(name)) throw new Error(`The file ${name} is not in the package.`)
    const { method, packed, size, begins } = members.get(name)
    const from = begins + 30 + data.readUInt16LE(begins + 26) + data.readUInt16LE(begins + 28)
    const bytes = data.subarray(from, from + packed)
    return method === 8 ? inflateRawSync(bytes, { maxOutputLength: size + 1 }) : bytes
  }
}

/** A path in the package never leaves it, and never means the document itself. */
function safe (path) {
  if (/^\/|[\\\t\n\r]|^(\.\/+)*([^/]:|study\.json(\/+\.?)*$)|(^|\/)\.\.(\/|$)|^[./]*$/i.test(path)) throw new Error(`The path ${path} is none of the package.`)
  return path
}

/** Ids are compared without braces and capitals. */
const fold = (id) => id.replace(/^[\s{}]+|[\s{}]+$/g, '').toLowerCase()
const byId = (things) => new Map((things ?? []).map((thing) => [fold(thing.id ?? ''), thing]))

/** A source or memo, and all in it that has excerpts of its own: the words of a picture, a PDF or a page, and transcripts. */
function * holders (item) {
  yield item
  const within = [...(item.excerpts ?? []).map((excerpt) => excerpt.representation), item.representation]
  for (const inner of within) if (inner) yield * holders(inner)
  yield * item.transcripts ?? []
}

/** The words at a place; null where there are none. Positions count code points, so a text is an array of them: JavaScript's own count UTF-16. */
function words ({ span, representation }, letters, points) {
  if (span.type === 'page') return representation?.text || null
  if (!letters || !['text', 'transcript'].includes(span.type)) return null
  const [start, end] = span.type === 'text'
    ? [span.start, span.end]
    : [span.start ? points.get(fold(span.start))?.position : 0, span.end ? points.get(fold(span.end))?.position : letters.length]
  return start === undefined || end === undefined ? null : letters.slice(start, end).join('')
}

/** Every coding of a study: [id, source, code, words]. Raises an Error for what is no study of the standard 1.x. */
export function * segments (path) {
  const file = files(path)
  const { qualdata: version, study } = JSON.parse(decode(file('study.json'), true)) ?? {}
  if (typeof version !== 'string' || !/^1\.\d+$/.test(version) || !study) throw new Error(`This is no study of the standard 1.x, but of ${version ?? 'none'}.`)
  const codes = byId(study.codes)
  for (const source of [...(study.sources ?? []), ...(study.memos ?? [])]) {
    for (const holder of holders(source)) {
      const text = holder.stored === undefined ? holder.text : decode(file(safe(holder.stored)))
      const letters = text === undefined ? null : Array.from(text)
      const row = ({ id, code }, said) => [id, source.name, codes.get(fold(code))?.name, said]
      for (const coding of holder.codings ?? []) yield row(coding, null)
      for (const excerpt of holder.excerpts ?? []) {
        for (const coding of excerpt.codings ?? []) yield row(coding, words(excerpt, letters, byId(holder.sync_points)))
      }
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const row of segments(process.argv[2] ?? '.')) console.log(JSON.stringify(row))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 3
  }
}
