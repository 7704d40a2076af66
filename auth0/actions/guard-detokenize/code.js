/**
 * Refuses a token that could open values to a client that is not marked for it.
 *
 * A grant is a line in a list, easily widened by mistake; the mark stands on the client itself. Both are needed. The mark is
 * `scrip_detokenize` in the client's metadata: `plain` for whole values, sealed ones as well, `masked` for a part of them.
 */
const OPENING = ['detokenize', 'detokenize:masked', 'decrypt'];
const MARKS = { plain: OPENING, masked: ['detokenize:masked'] };

exports.onExecuteCredentialsExchange = async (event, api) => {
  const audience = event.secrets && event.secrets.SCRIP_AUDIENCE;
  const asked = event.resource_server && event.resource_server.identifier;
  // Without the secret it cannot tell whose scopes these are, and takes them for ours.
  if (audience && asked !== audience) return;

  const scopes = event.accessToken && event.accessToken.scope;
  if (!Array.isArray(scopes)) {
    api.access.deny('invalid_request', 'It cannot be told which scopes the token would have.');
    return;
  }
  const metadata = (event.client && event.client.metadata) || {};
  const mark = metadata.scrip_detokenize;
  const permitted = Object.prototype.hasOwnProperty.call(MARKS, mark) ? MARKS[mark] : [];
  if (scopes.some((scope) => OPENING.includes(scope) && !permitted.includes(scope))) {
    api.access.deny('invalid_scope', 'The client is not marked to open values.');
  }
};
