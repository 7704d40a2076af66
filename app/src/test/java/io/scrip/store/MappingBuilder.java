package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.vault.Mapping;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A mapping with some of its parts replaced. */
record MappingBuilder(Mapping made) {
  MappingBuilder token(String of) {
    return copy(made.tenant(), Samples.digest(of), made.name(), made.subject(), made.value());
  }

  MappingBuilder tenant(String tenant) {
    return copy(new TenantId(tenant), made.token(), made.name(), made.subject(), made.value());
  }

  MappingBuilder name(String of) {
    return copy(made.tenant(), made.token(), digest(of), made.subject(), made.value());
  }

  MappingBuilder subject(String of) {
    return copy(made.tenant(), made.token(), made.name(), digest(of), made.value());
  }

  MappingBuilder value(String of) {
    return copy(made.tenant(), made.token(), made.name(), made.subject(), digest(of));
  }

  MappingBuilder convergence(String of) {
    return unique(digest(of), made.origin());
  }

  MappingBuilder origin(String of) {
    return unique(made.convergence(), digest(of));
  }

  MappingBuilder creator(String of) {
    return making(Samples.digest(of), made.template(), made.catalogVersion());
  }

  MappingBuilder template(String name) {
    return making(made.creator(), name, made.catalogVersion());
  }

  MappingBuilder catalogVersion(long version) {
    return making(made.creator(), made.template(), version);
  }

  MappingBuilder createdAt(Instant at) {
    return stored(made.record(), at, made.expiresAt(), made.sealed());
  }

  MappingBuilder expiresAt(Instant at) {
    return stored(made.record(), made.createdAt(), Optional.of(at), made.sealed());
  }

  MappingBuilder sealed(byte[] sealed) {
    return stored(made.record(), made.createdAt(), made.expiresAt(), sealed);
  }

  private static Optional<LookupDigest> digest(String of) {
    return Optional.of(Samples.digest(of));
  }

  private MappingBuilder copy(
      TenantId tenant,
      LookupDigest token,
      Optional<LookupDigest> name,
      Optional<LookupDigest> subject,
      Optional<LookupDigest> value) {
    return new MappingBuilder(
        new Mapping(
            made.record(),
            tenant,
            token,
            name,
            subject,
            value,
            made.convergence(),
            made.origin(),
            made.creator(),
            made.former(),
            made.template(),
            made.templateRevision(),
            made.derivation(),
            made.digestVersion(),
            made.catalogVersion(),
            made.createdAt(),
            made.expiresAt(),
            made.dataKeyId(),
            made.sealed(),
            made.rowMac()));
  }

  private MappingBuilder unique(Optional<LookupDigest> convergence, Optional<LookupDigest> origin) {
    return new MappingBuilder(
        new Mapping(
            made.record(),
            made.tenant(),
            made.token(),
            made.name(),
            made.subject(),
            made.value(),
            convergence,
            origin,
            made.creator(),
            made.former(),
            made.template(),
            made.templateRevision(),
            made.derivation(),
            made.digestVersion(),
            made.catalogVersion(),
            made.createdAt(),
            made.expiresAt(),
            made.dataKeyId(),
            made.sealed(),
            made.rowMac()));
  }

  private MappingBuilder making(LookupDigest creator, String template, long catalogVersion) {
    return new MappingBuilder(
        new Mapping(
            made.record(),
            made.tenant(),
            made.token(),
            made.name(),
            made.subject(),
            made.value(),
            made.convergence(),
            made.origin(),
            creator,
            made.former(),
            template,
            made.templateRevision(),
            made.derivation(),
            made.digestVersion(),
            catalogVersion,
            made.createdAt(),
            made.expiresAt(),
            made.dataKeyId(),
            made.sealed(),
            made.rowMac()));
  }

  private MappingBuilder stored(
      UUID record, Instant createdAt, Optional<Instant> expiresAt, byte[] sealed) {
    return new MappingBuilder(
        new Mapping(
            record,
            made.tenant(),
            made.token(),
            made.name(),
            made.subject(),
            made.value(),
            made.convergence(),
            made.origin(),
            made.creator(),
            made.former(),
            made.template(),
            made.templateRevision(),
            made.derivation(),
            made.digestVersion(),
            made.catalogVersion(),
            createdAt,
            expiresAt,
            made.dataKeyId(),
            sealed,
            made.rowMac()));
  }
}
