// Runs the schema part of the conformance suite with Ajv: node check.mjs [FOLDER OF SCHEMAS]
// Tells each case in which Ajv says something else than cases.json, and how many were looked at.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv/dist/2020.js'

const suite = new URL('../', import.meta.url)
const schemas = new URL(process.argv[2] ?? '../../../schemas/1.0/', import.meta.url)
const read = (url) => JSON.parse(readFileSync(fileURLToPath(url), 'utf8'))

// Strict but for what the standard does on purpose: a $ref beside minLength or not, and `required` in an `if`.
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
ajv.addVocabulary(['x-unit', 'x-refi-qda']) // which say something to people only
const validate = ajv.compile(read(new URL('study.schema.json', schemas)))

/** What is wrong with the verdict on a case, in words; undefined when it is right. */
function differs ({ path, schema }) {
  const accepted = validate(read(new URL(`${path}/study.json`, suite)))
  const found = (validate.errors ?? []).map((error) => `${error.keyword} at ${error.instancePath || 'the top'}`)
  if (schema === 'accepts') return accepted ? undefined : `refused: ${found.join(', ')}`
  const expected = `${schema.keyword} at ${schema.instance || 'the top'}`
  return found.includes(expected) ? undefined : `${accepted ? 'accepted' : `refused, but for ${found.join(', ')}`}, not for ${expected}`
}

const cases = read(new URL('cases.json', suite)).cases.filter(({ path, schema }) => schema !== 'cannot say' && !path.endsWith('.qualdata'))
const wrong = cases.map((one) => [one.path, differs(one)]).filter(([, what]) => what)
for (const [path, what] of wrong) console.log(`${path}: ${what}`)
console.log(`${cases.length} cases, ${wrong.length} of them wrong`)
process.exitCode = wrong.length ? 1 : 0
