package io.scrip.gateway;

import io.scrip.gateway.GatewayException.Conflict;
import io.scrip.gateway.GatewayException.StoreUnusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The credentials in Kong's declarative configuration: what stands under {@code jwt_secrets} of the
 * consumer {@code auth0-tenant}. Nothing else of the file is changed, comments included, and it is
 * replaced as a whole, so that Kong never reads a half.
 */
public final class KongFile implements CredentialStore {
  /** Ours has 6 KB; Kong itself takes much more, but by then it is not a file for this. */
  private static final long MAX_BYTES = 4_194_304;

  /** As many as a tenant publishes at most, and some that have left. */
  private static final int MAX_SEATS = 8;

  private final Path file;

  public KongFile(Path file) {
    this.file = file;
  }

  @Override
  public Snapshot read() throws GatewayException {
    String text = load();
    List<Credential> credentials = new KongDocument(text).credentials();
    List<Seat> seats = new ArrayList<>();
    for (Credential credential : credentials) {
      String name = name(seats.size());
      seats.add(new Seat(name, credential.held(name)));
    }
    if (seats.size() > MAX_SEATS) {
      throw new StoreUnusable("the consumer has more than " + MAX_SEATS + " credentials");
    }
    while (seats.size() < MAX_SEATS) {
      seats.add(new Seat(name(seats.size()), new Held.Vacant()));
    }
    return new Read(text, List.copyOf(seats));
  }

  private static String name(int index) {
    return "jwt_secrets[" + index + "]";
  }

  private String load() throws StoreUnusable {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new StoreUnusable("the file is longer than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new StoreUnusable("the file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private final class Read implements Snapshot {
    private final String text;
    private final List<Seat> seats;

    Read(String text, List<Seat> seats) {
      this.text = text;
      this.seats = seats;
    }

    @Override
    public List<Seat> seats() {
      return seats;
    }

    @Override
    public void apply(List<Change> changes) throws GatewayException {
      Map<String, Held> after = new LinkedHashMap<>();
      seats.forEach(seat -> after.put(seat.name(), seat.held()));
      changes.forEach(change -> after.put(change.seat().name(), change.target()));
      List<Credential> credentials = new ArrayList<>();
      after.forEach(
          (name, held) -> {
            if (held instanceof Held.Key) {
              credentials.add(Credential.of(name, held));
            }
          });
      String changed = new KongDocument(text).with(credentials);
      if (!load().equals(text)) {
        throw new Conflict("the file has changed meanwhile");
      }
      replace(changed);
    }

    private void replace(String changed) throws StoreUnusable {
      try {
        Path place = file.toRealPath();
        Path draft = Files.createTempFile(place.getParent(), "." + place.getFileName(), ".new");
        try {
          Files.writeString(draft, changed, StandardCharsets.UTF_8);
          Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(place));
          Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(draft);
        }
      } catch (IOException | UnsupportedOperationException e) {
        throw new StoreUnusable("the file cannot be written: " + e.getClass().getSimpleName());
      }
    }
  }
}
