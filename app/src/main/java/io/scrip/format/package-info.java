/**
 * What a token looks like: random, card-shaped, address-shaped. Pure functions from data and random
 * bits to a token, called by the vault. It keeps nothing, looks nothing up, and never puts the data
 * into a message.
 */
@NullMarked
package io.scrip.format;

import org.jspecify.annotations.NullMarked;
