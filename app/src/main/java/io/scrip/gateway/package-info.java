/**
 * What the gateway has to know of the tenant: a credential for each signing key, kept like the
 * published JWK set. Called by the operator's command. It never takes away the last working key,
 * takes in none that must not verify, and writes nowhere but into the credentials of one consumer.
 */
@NullMarked
package io.scrip.gateway;

import org.jspecify.annotations.NullMarked;
