package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.crypto.FileCustody;
import io.scrip.crypto.InMemoryKeyTable;
import io.scrip.crypto.KeyConfig;
import io.scrip.crypto.Keyring;
import io.scrip.crypto.RecordSealer;
import io.scrip.crypto.RootKey;
import io.scrip.crypto.RootKind;
import io.scrip.crypto.RootSet;
import io.scrip.format.Mask;
import io.scrip.format.TokenFormat;
import io.scrip.identity.Actor;
import io.scrip.identity.Call;
import io.scrip.identity.Caller;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.Plaintext;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import io.scrip.journal.Effect;
import io.scrip.journal.Transaction;
import io.scrip.lease.LeaseTerms;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The vault's own parts over real keys and stores in memory. */
class VaultFixture {
  static final SecureRandom RANDOM = new SecureRandom();
  static final RootKey DIGEST_ROOT = RootKey.random(RootKind.DIGEST, RANDOM);
  static final Digests DIGESTS = Digests.of(DIGEST_ROOT);
  static final DataKeyMeter METER = new DataKeyMeter(KeyConfig.DEFAULT, InstantSource.system());
  static final MappingSealer SEALER = new MappingSealer(recordSealer(), DIGESTS, METER);
  static final LimitsConfig LIMITS =
      new LimitsConfig(65_536, 1_000, 16, 4_096, 256, 1_000, 16, Duration.ofHours(24), 3);
  static final Call CALL = call("clerk", TenantId.DEFAULT);
  static final String CARD = "4242424242424242";

  final InMemoryStores stores = new InMemoryStores(KeyState.first(DIGEST_ROOT.id()));
  final Catalog catalog = new Catalog(stores, state -> DIGESTS.enable(state.digestRoots()));
  final SpaceMeter meter = new SpaceMeter();
  final InstantSource clock = () -> stores.mappings.now;
  final Drafting drafting = new Drafting(SEALER, DIGESTS, RANDOM, clock, LIMITS);
  final TokenizeWork work =
      new TokenizeWork(
          catalog, stores.mappings, stores, new EverySubjectStays(), SEALER, meter, LIMITS);

  /** Nobody is erased here. */
  private static final class EverySubjectStays implements ErasureStore {
    @Override
    public Set<Long> keys(Transaction tx, TenantId tenant, Collection<LookupDigest> subject) {
      return Set.of();
    }

    @Override
    public Set<Long> present(Transaction tx, Collection<Long> keys) {
      return Set.copyOf(keys);
    }

    @Override
    public long destroy(Transaction tx, Set<Long> keys, long version) {
      return 0;
    }
  }

  private static RecordSealer recordSealer() {
    return Keyring.start(
            new InMemoryKeyTable(),
            Optional.of(new FileCustody(RootKey.random(RootKind.SEAL, RANDOM), RANDOM)),
            RootSet.of(DIGEST_ROOT),
            KeyConfig.DEFAULT,
            "node",
            RANDOM,
            InstantSource.system())
        .records();
  }

  static Call call(String subject, TenantId tenant) {
    Caller caller =
        new Caller(
            new Actor("https://issuer.example/", subject, "till"), tenant, Set.of("tokenize"));
    return new Call(caller, RequestId.random());
  }

  static Plaintext plaintext(String text) {
    return Plaintext.ofUtf8(text.getBytes(StandardCharsets.UTF_8));
  }

  static TokenizeRequest request(String data) {
    return request(data, Optional.empty(), Optional.empty());
  }

  static TokenizeRequest request(String data, Optional<String> name, Optional<Duration> ttl) {
    return new TokenizeRequest(
        plaintext(data), Optional.empty(), name, Optional.of("customer-7"), ttl, Map.of("k", "v"));
  }

  static Template template(
      String name, int revision, Template.Mode mode, String kind, Map<String, String> options) {
    return new Template(
        name,
        revision,
        TokenFormat.of(kind, options),
        mode,
        LeaseTerms.UNBOUNDED,
        Mask.parse("first=0,last=0,symbol=*"),
        Optional.empty(),
        true,
        false,
        false,
        Optional.empty());
  }

  /** Makes the template known to the catalog. */
  Template known(Template template) {
    return stores.commit(
        tx -> {
          stores.bump(tx);
          stores.insertTemplate(tx, row(template));
          return template;
        });
  }

  static CatalogStore.TemplateRow row(Template template) {
    return new CatalogStore.TemplateRow(
        TenantId.DEFAULT,
        template.name(),
        template.revision(),
        TemplateText.print(template),
        false,
        template.description());
  }

  Draft draft(TokenizeRequest request, Template template) {
    return drafting.draft(new Draft.Asked(CALL, request, template, Optional.empty(), 0));
  }

  List<Effect<TokenInfo>> apply(Draft... drafts) {
    return stores.commit(tx -> work.apply(tx, List.of(drafts)));
  }

  /** The one draft's answer, or its refusal thrown. */
  TokenInfo made(Draft draft) {
    return answer(apply(draft).getFirst());
  }

  static TokenInfo answer(Effect<TokenInfo> effect) {
    return switch (effect) {
      case Effect.Answered<TokenInfo> answered -> answered.answer();
      case Effect.Refused<TokenInfo> refused -> throw refused.refusal();
    };
  }
}
