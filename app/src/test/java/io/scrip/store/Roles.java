package io.scrip.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;

/** The two roles of PostgreSQL, made and granted as an operator does it. */
public final class Roles {
  public static final String SERVICE = "scrip_app";
  public static final String KEEPER = "scrip_keeper";

  /** Roles belong to the server, which all tests share. */
  private static final String MAKE =
      """
      do $$ begin
        if not exists (select 1 from pg_roles where rolname = 'scrip_app') then
          create role scrip_app login;
        end if;
        if not exists (select 1 from pg_roles where rolname = 'scrip_keeper') then
          create role scrip_keeper login in role scrip_app;
        end if;
      end $$
      """;

  private Roles() {}

  /** Puts both roles on a database that has its tables. */
  public static void grant(TestDatabase owner) {
    try {
      synchronized (Roles.class) {
        owner.execute(MAKE);
      }
      for (int i = 0; i < 2; i++) { // may be run again
        owner.execute(read("grants.sql"));
        owner.execute(read("grants-keeper.sql"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestDatabase as(TestDatabase owner, String role) {
    return Databases.as(owner, role);
  }

  private static String read(String script) {
    try (var file = Objects.requireNonNull(Roles.class.getResourceAsStream("/db/" + script))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
