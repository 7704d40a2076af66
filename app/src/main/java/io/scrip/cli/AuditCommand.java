package io.scrip.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.scrip.audit.Erasure;
import io.scrip.audit.TrailKey;
import io.scrip.audit.TrailVerifier;
import io.scrip.audit.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code scrip audit}: what an auditor does with the trail, far from the service and its database.
 */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks the audit trail.")
public final class AuditCommand {
  private static final int VERIFIED = 0;
  private static final int BROKEN = 1;
  private static final int NO_ANSWER = 2;

  /** A public key in PEM takes 113 bytes; whatever is much longer is another file. */
  private static final int MAX_KEY_BYTES = 4096;

  private static final JsonFactory JSON = new JsonFactory();

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  public AuditCommand() {
    this(System.in, System.out, System.err);
  }

  AuditCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks a whole export of the trail, offline: that no event was changed, added, removed or",
        "reordered since it was written, and that none is missing at the end. Names the first that"
            + " was.",
        "Checks the record that an erasure was answered with as well."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:verified",
        "1:broken; the line says where",
        "2:no answer: wrong usage, an unreadable file or key, or a filtered selection"
      },
      exitCodeOnExecutionException = NO_ANSWER,
      footer = {"", "Example:", "  scrip audit verify trail.ndjson --public-key trail-key.pem"})
  int verify(
      @Parameters(
              paramLabel = "FILE",
              description =
                  "The export (NDJSON) or the erasure record (JSON), or - for standard input.")
          String file,
      @Option(
              names = "--public-key",
              required = true,
              paramLabel = "KEY",
              description = {
                "The Ed25519 public key that signs the trail: a PEM file, or 32 bytes in hex or",
                "base64. Give it again for each key that has signed a part of the trail."
              })
          String[] publicKeys,
      @Option(names = "--json", description = "Print the answer as one JSON object.")
          boolean json) {
    List<TrailKey> keys = new ArrayList<>();
    for (String text : publicKeys) {
      Optional<TrailKey> key = parse(text).or(() -> readKey(text));
      if (key.isEmpty()) {
        return noAnswer("--public-key: neither an Ed25519 public key nor a file that holds one");
      }
      keys.add(key.get());
    }
    try {
      return report(check(file, new TrailVerifier(keys)), json);
    } catch (IOException | InvalidPathException e) {
      return noAnswer("FILE cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<TrailKey> parse(String text) {
    try {
      return Optional.of(TrailKey.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<TrailKey> readKey(String path) {
    try (InputStream key = Files.newInputStream(Path.of(path))) {
      return parse(new String(key.readNBytes(MAX_KEY_BYTES), StandardCharsets.US_ASCII));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Verdict check(String file, TrailVerifier verifier) throws IOException {
    if (file.equals("-")) {
      return verifier.verify(in);
    }
    try (InputStream export = Files.newInputStream(Path.of(file))) {
      return verifier.verify(export);
    }
  }

  private int report(Verdict verdict, boolean json) throws IOException {
    out.println(json ? json(verdict) : sentence(verdict));
    out.flush();
    return switch (verdict) {
      case Verdict.Verified _, Verdict.Erased _ -> VERIFIED;
      case Verdict.Broken _ -> BROKEN;
      case Verdict.Selection _ -> NO_ANSWER;
    };
  }

  private int noAnswer(String why) {
    err.println("scrip audit verify: " + why);
    err.flush();
    return NO_ANSWER;
  }

  private static String sentence(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified v ->
          "verified: %d events (%d of them sealed) in %d chains with %d checkpoints, of tenant %s, as of %s"
              .formatted(
                  v.events(),
                  v.sealed(),
                  v.chains(),
                  v.checkpoints(),
                  printable(v.tenant()),
                  v.at());
      case Verdict.Erased(Erasure e) ->
          "verified: subject %s of tenant %s was erased at %s: %d data keys destroyed, %d tokens ended, %d of them shredded, request %s"
              .formatted(
                  e.subjectHex(),
                  printable(e.tenant()),
                  e.atText(),
                  e.keys(),
                  e.tokens(),
                  e.shredded(),
                  e.requestId());
      case Verdict.Broken b when b.sequence() == 0 ->
          "broken: line %d: %s".formatted(b.line(), b.what());
      case Verdict.Broken b ->
          "broken: line %d, chain %s, event %d: %s"
              .formatted(b.line(), b.chain(), b.sequence(), b.what());
      case Verdict.Selection s ->
          "not verified: a selection of %d events, as of %s; only a whole export can be checked"
              .formatted(s.events(), s.at());
    };
  }

  /** A tenant's name comes from the file, and a terminal obeys control characters. */
  private static String printable(String text) {
    return text.replaceAll("\\P{Print}", "?");
  }

  private static String json(Verdict verdict) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(verdict, json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Verdict verdict, JsonGenerator json) throws IOException {
    switch (verdict) {
      case Verdict.Verified verified -> write(verified, json);
      case Verdict.Erased(Erasure record) -> write(record, json);
      case Verdict.Broken broken -> write(broken, json);
      case Verdict.Selection selection -> {
        json.writeStringField("result", "selection");
        json.writeNumberField("events", selection.events());
        json.writeStringField("at", selection.at().toString());
      }
    }
  }

  private static void write(Verdict.Verified verified, JsonGenerator json) throws IOException {
    json.writeStringField("result", "verified");
    json.writeNumberField("events", verified.events());
    json.writeNumberField("sealed", verified.sealed());
    json.writeNumberField("chains", verified.chains());
    json.writeNumberField("checkpoints", verified.checkpoints());
    json.writeStringField("tenant", verified.tenant());
    json.writeStringField("at", verified.at().toString());
  }

  private static void write(Erasure record, JsonGenerator json) throws IOException {
    json.writeStringField("result", "erased");
    json.writeStringField("tenant", record.tenant());
    json.writeStringField("subjectDigest", record.subjectHex());
    json.writeNumberField("keys", record.keys());
    json.writeNumberField("tokens", record.tokens());
    json.writeNumberField("shredded", record.shredded());
    json.writeStringField("at", record.atText());
    json.writeStringField("requestId", record.requestId());
  }

  private static void write(Verdict.Broken broken, JsonGenerator json) throws IOException {
    json.writeStringField("result", "broken");
    json.writeNumberField("line", broken.line());
    json.writeStringField("chain", broken.chain());
    json.writeNumberField("sequence", broken.sequence());
    json.writeStringField("what", broken.what());
  }
}
