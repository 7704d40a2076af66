// What stands around the pods in a cluster: names, certificates, PostgreSQL, an issuer.
import { execFileSync, spawn } from 'node:child_process'
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { appendFileSync, chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { object } from './production.mjs'
import { sleep } from './containers.mjs'

/** Each on an address of its own within 127.0.0.0/8, so that all have the ports that production gives them. */
export const ADDRESSES = { 'scrip-write': '127.0.0.2', 'scrip-read': '127.0.0.3', database: '127.0.0.4', issuer: '127.0.0.5' }

const run = (command, ...rest) => execFileSync(command, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

export class Authority {
  constructor(folder) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    this.openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=test',
      '-keyout', 'ca.key', '-out', 'ca.crt')
  }

  openssl(...rest) {
    execFileSync('openssl', rest, { cwd: this.folder, stdio: 'pipe' })
  }

  /** @returns {{'tls.crt': string, 'tls.key': string, 'ca.crt': string}} as cert-manager fills a Secret */
  issue(...names) {
    const name = names[0]
    this.openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`,
      '-out', `${name}.csr`)
    writeFileSync(join(this.folder, `${name}.ext`), `subjectAltName=${names.map((each) => `DNS:${each}`).join(',')}\n`)
    this.openssl('x509', '-req', '-days', '1', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile',
      `${name}.ext`, '-out', `${name}.crt`)
    return { 'tls.crt': this.text(`${name}.crt`), 'tls.key': this.text(`${name}.key`), 'ca.crt': this.text('ca.crt') }
  }

  text(file) {
    return readFileSync(join(this.folder, file), 'utf8')
  }
}

/** PostgreSQL of this machine, set up as the Cluster says: its roles, who may come in and how, its limits. */
export class Database {
  constructor(folder, certificate) {
    const version = readdirSync('/usr/lib/postgresql').sort((a, b) => a - b).at(-1)
    this.bin = `/usr/lib/postgresql/${version}/bin`
    this.version = version
    this.data = join(folder, 'data')
    const { spec } = object('Cluster', 'scrip-database')
    // The owner of the database, and every role that the operator is to make, with the Secret that holds its password.
    const { owner, secret } = spec.bootstrap.initdb
    this.roles = [{ name: owner, passwordSecret: secret }, ...spec.managed.roles].map((role) => ({ ...role, password: randomBytes(18).toString('base64url') }))
    mkdirSync(folder, { recursive: true })
    run('chown', 'postgres', folder)
    run('runuser', '-u', 'postgres', '--', join(this.bin, 'initdb'), '-D', this.data, '-A', 'peer', '--data-checksums', '-E', 'UTF8')
    for (const [file, text] of [['server.crt', certificate['tls.crt']], ['server.key', certificate['tls.key']]]) {
      writeFileSync(join(this.data, file), text)
      chmodSync(join(this.data, file), 0o600)
      run('chown', 'postgres', join(this.data, file))
    }
    // As production, but for memory, which this machine has less of.
    const parameters = { ...spec.postgresql.parameters, shared_buffers: '64MB', ssl: 'on', listen_addresses: ADDRESSES.database, unix_socket_directories: folder }
    appendFileSync(join(this.data, 'postgresql.conf'), Object.entries(parameters).map(([key, value]) => `${key} = '${value}'\n`).join(''))
    writeFileSync(join(this.data, 'pg_hba.conf'), ['local all postgres peer', ...spec.postgresql.pg_hba].join('\n') + '\n')
    this.folder = folder
  }

  async start() {
    this.server = spawn('runuser', ['-u', 'postgres', '--', join(this.bin, 'postgres'), '-D', this.data], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.log = ''
    for (const stream of [this.server.stdout, this.server.stderr]) stream.on('data', (text) => (this.log += text))
    while (!this.log.includes('ready to accept connections')) {
      if (this.server.exitCode !== null) throw new Error(this.log)
      await sleep(50)
    }
    const { owner, database } = object('Cluster', 'scrip-database').spec.bootstrap.initdb
    for (const { name, password, inRoles = [] } of this.roles)
      this.sql(`create role ${name} login password '${password}' ${inRoles.length > 0 ? `in role ${inRoles}` : ''}`)
    this.sql(`create database ${database} owner ${owner}`)
  }

  sql(statement, database = 'postgres') {
    const psql = ['-u', 'postgres', '--', join(this.bin, 'psql'), '-h', this.folder, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', database]
    return execFileSync('runuser', psql, { input: statement, encoding: 'utf8' }).trim()
  }

  /** @returns {[string, object][]} each role's Secret, as psql and the service read it */
  secrets() {
    return this.roles.map(({ name, password, passwordSecret }) => [
      passwordSecret.name,
      { username: name, password, 'database.properties': `datasources.default.password=${password}\n` },
    ])
  }

  stop() {
    run('runuser', '-u', 'postgres', '--', join(this.bin, 'pg_ctl'), '-D', this.data, '-m', 'fast', 'stop')
  }
}

/** An issuer under the name that production trusts, with a certificate that the test's own authority signed. */
export class Issuer {
  constructor(address, audience, certificate) {
    this.address = address
    this.audience = audience
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'jwk' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
    this.key = pair.privateKey
    const keys = JSON.stringify({ keys: [{ ...pair.publicKey, kid: 'test', use: 'sig', alg: 'RS256' }] })
    this.server = createServer({ key: certificate['tls.key'], cert: certificate['tls.crt'] }, (request, response) => {
      if (request.url !== '/.well-known/jwks.json') response.statusCode = 404
      response.end(response.statusCode === 404 ? '' : keys)
    })
  }

  start() {
    return new Promise((done) => this.server.listen(443, ADDRESSES.issuer, done))
  }

  token(client, scope) {
    const now = Math.floor(Date.now() / 1000)
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { iss: this.address, sub: `${client}@clients`, azp: client, aud: this.audience, iat: now, exp: now + 3600, scope }
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'test' })}.${part(claims)}`
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(this.key, 'base64url')}`
  }

  stop() {
    this.server.close()
    this.server.closeAllConnections()
  }
}
