/**
 * A stand-in for Auth0 in development: issues tokens with the claims that Auth0 would. It exists in
 * the development environment only, and no other package knows of it.
 */
@NullMarked
package io.scrip.issuer;

import org.jspecify.annotations.NullMarked;
