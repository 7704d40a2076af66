package io.scrip.store;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Optional;

/**
 * What may be stored where. The database itself is {@code datasources.default}: {@code url}, {@code
 * username}, {@code password} and the settings of the pool.
 *
 * @param allowH2 whether H2 in a file may be used in production: one process, one node, no replica;
 *     default {@code false}
 * @param migrate whether to bring the schema up to date at the start. Without it the program only
 *     looks, and does not start on an older schema. Default: {@code true} in development and on H2,
 *     else {@code false}, since the runtime role cannot change tables
 */
@ConfigurationProperties("scrip.store")
record StoreConfig(@Bindable(defaultValue = "false") boolean allowH2, Optional<Boolean> migrate) {}
