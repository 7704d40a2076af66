// Key pairs for tests and the acceptance suite.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'

/**
 * A new RSA pair. It goes through PEM because in Node 20 the two halves that generateKeyPairSync returns share a lock: the export of
 * one hangs for ever when the other is collected meanwhile.
 */
export function rsaPair(bits = 2048) {
  const written = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { publicKey: createPublicKey(written.publicKey), privateKey: createPrivateKey(written.privateKey) }
}
