// What the reader in examples/other-language/ says of many packages: node words.mjs PACKAGE…
// One object as JSON: for each package a list of rows, or what is wrong with it, in words.
import { segments } from '../../../examples/other-language/segments.mjs'

const told = (path) => {
  try {
    return [...segments(path)]
  } catch (error) {
    return String(error.message)
  }
}
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((path) => [path, told(path)]))))
