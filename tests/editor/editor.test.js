// The schemas, as the YAML language server of editors reads them: true of every file of the example, the starters and our own
// kinds and profiles; a typo is marked; names and words of the language are proposed.
'use strict'

const { test } = require('node:test')
const assert = require('node:assert')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { getLanguageService } = require('yaml-language-server/lib/umd/languageservice/yamlLanguageService')
const { TextDocument } = require('vscode-languageserver-textdocument')
const Ajv = require('ajv')

const root = path.join(__dirname, '..', '..')
const program = process.env.PORTOLAN || path.join(root, 'target', 'debug', 'portolan')
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-editor-'))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))

const run = (...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const schemasOf = (folder, name) => {
  const output = path.join(scratch, name)
  run('schema', folder, '--output', output)
  return output
}

const service = (folder, schemas) => {
  const context = { resolveRelativePath: (relative, resource) => new URL(relative, resource).href }
  const request = uri => Promise.resolve(fs.readFileSync(uri.replace('file://', ''), 'utf8'))
  const server = getLanguageService({ schemaRequestService: request, workspaceContext: context, yamlSettings: {} })
  const index = JSON.parse(fs.readFileSync(path.join(schemas, 'index.json'), 'utf8'))
  server.configure({
    validate: true,
    completion: true,
    hover: true,
    yamlVersion: '1.2',
    schemas: index.schemas.map(({ schema, files }) => ({ uri: 'file://' + path.join(schemas, schema), fileMatch: files }))
  })
  return server
}

// The server keeps what it has parsed by address and version.
let version = 0
const document = (file, text) => TextDocument.create('file://' + file, 'yaml', ++version, text)

const yamlBelow = folder =>
  fs
    .readdirSync(folder, { recursive: true })
    .map(name => path.join(folder, name))
    .filter(file => /\.ya?ml$/.test(file) && !file.includes('.portolan'))

// The front matter of a Markdown file as the YAML file that it could be.
const frontMatters = folder =>
  fs
    .readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.md') && !/(README|index)\.md$/.test(name))
    .map(name => [path.join(folder, name), fs.readFileSync(path.join(folder, name), 'utf8')])
    .filter(([, text]) => text.startsWith('---\n'))
    .map(([file, text]) => [file.replace(/\.md$/, '-ficha.yaml'), text.slice(4, text.indexOf('\n---', 4) + 1)])

const faultsOf = async (server, files) => {
  const faults = []
  for (const [file, text] of files) {
    for (const fault of await server.doValidation(document(file, text), false)) {
      faults.push(`${path.relative(root, file)}:${fault.range.start.line + 1}: ${fault.message}`)
    }
  }
  return faults
}

const example = path.join(root, 'example-playbook')

test('every schema is one by its own standard', () => {
  const schemas = schemasOf(example, 'standard')
  const ajv = new Ajv({ allErrors: true, strict: false })
  const names = fs.readdirSync(schemas).filter(name => name !== 'index.json')
  for (const name of names) {
    const schema = JSON.parse(fs.readFileSync(path.join(schemas, name), 'utf8'))
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`)
    ajv.addSchema(schema, name)
  }
  for (const name of names) assert.ok(ajv.getSchema(name), name)
})

test('the example is right: lists, settings and front matter', async () => {
  const server = service(example, schemasOf(example, 'example'))
  const lists = yamlBelow(example).map(file => [file, fs.readFileSync(file, 'utf8')])
  const heads = frontMatters(example)
  assert.ok(lists.length > 8 && heads.length > 60, `${lists.length} lists, ${heads.length} heads`)
  assert.deepStrictEqual(await faultsOf(server, [...lists, ...heads]), [])
})

test('a typo in any file of the example is marked', async () => {
  const schemas = schemasOf(example, 'typos')
  const server = service(example, schemas)
  const index = JSON.parse(fs.readFileSync(path.join(schemas, 'index.json'), 'utf8'))
  const ofKind = file => index.schemas.some(({ files }) =>
    files.some(glob => !glob.startsWith('!') && glob.includes('/' + path.basename(path.dirname(file)) + '/')))
  const silent = []
  for (const [file, text] of frontMatters(example).filter(([file]) => ofKind(file))) {
    const faults = await faultsOf(server, [[file, text + 'campo_que_no_existe: algo\n']])
    if (faults.length === 0) silent.push(path.relative(root, file))
  }
  assert.deepStrictEqual(silent, [])
})

test('our own kind files and profiles are right, and a typo in one is marked', async () => {
  const server = service(example, schemasOf(example, 'own'))
  const kinds = yamlBelow(path.join(root, 'kinds')).filter(file => !/(common|settings)\.yaml$/.test(file))
  const profiles = yamlBelow(path.join(root, 'profiles'))
  const moved = [
    ...kinds.map(file => [path.join(scratch, 'types', path.basename(file)), fs.readFileSync(file, 'utf8')]),
    ...profiles.map(file => [path.join(scratch, 'profiles', path.basename(file)), fs.readFileSync(file, 'utf8')])
  ]
  assert.deepStrictEqual(await faultsOf(server, moved), [])
  const typo = [[path.join(scratch, 'types', 'x.yaml'), 'kind: x\nlabell: X\n']]
  assert.strictEqual((await faultsOf(server, typo)).length, 1)
})

for (const lang of ['es', 'en']) {
  test(`what init and new write is right (${lang})`, async () => {
    const folder = path.join(scratch, `init-${lang}`)
    run('init', folder, '--lang', lang)
    const settings = JSON.parse(fs.readFileSync(path.join(folder, '.vscode', 'settings.json'), 'utf8'))
    for (const schema of Object.keys(settings['yaml.schemas'])) {
      assert.ok(fs.existsSync(path.join(folder, schema)), schema)
    }
    const server = service(folder, path.join(folder, '.portolan', 'schema'))
    const files = yamlBelow(folder).map(file => [file, fs.readFileSync(file, 'utf8')])
    assert.ok(files.length >= 7)
    assert.deepStrictEqual(await faultsOf(server, [...files, ...frontMatters(folder)]), [])
    run('new', lang === 'es' ? 'canal' : 'channel', 'Radio 3', folder)
    assert.deepStrictEqual(await faultsOf(server, frontMatters(folder)), [])
  })
}

test('names and words of the language are proposed, and ids of what is there', async () => {
  const server = service(example, schemasOf(example, 'completion'))
  const labels = async (text, line, character) => {
    const file = path.join(example, '2-objetivos', 'canales', 'nuevo.yaml')
    const list = await server.doComplete(document(file, text), { line, character }, false)
    return list.items.map(item => item.label)
  }
  const names = await labels('titulo: Radio\n', 1, 0)
  assert.ok(names.includes('para_que') && names.includes('cadencia'), names.join(', '))
  assert.ok(!names.includes('purpose') && !names.includes('frequency'), names.join(', '))
  const words = await labels('titulo: Radio\npropiedad: \n', 1, 11)
  assert.ok(words.includes('propio') && words.includes('ajeno'), words.join(', '))
  const ids = await labels('titulo: Radio\nusos:\n  - \n', 2, 4)
  assert.ok(ids.includes('ribera-viva'), ids.join(', '))
  const file = path.join(example, '2-objetivos', 'canales', 'nuevo.yaml')
  const hover = await server.doHover(document(file, 'para_que: x\n'), { line: 0, character: 3 })
  assert.match(JSON.stringify(hover), /se echaría de menos/)
})
